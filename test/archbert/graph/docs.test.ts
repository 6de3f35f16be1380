// The page of the architecture's data against the code.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ops } from "../../../archbert/graph";
import { fixture } from "../networks";

const docs = join(resolve(__dirname, "..", "..", "..", ".."), "docs");
const page = readFileSync(join(docs, "architecture.md"), "utf8");

/** First cells of a table, of the rows below this heading. */
function firstCells(heading: string): string[] {
  const table = new RegExp(`^\\| ${heading} \\|.*\\n\\|[ -|]*\\n((?:\\|.*\\n)*)`, "m").exec(page)?.[1] ?? "";
  return table.split("\n").flatMap((row) => /^\| `(\w+)` \|/.exec(row)?.[1] ?? []);
}

describe("docs/architecture.md", () => {
  it("lists every op under its role, and no other", () => {
    const rows = [...page.matchAll(/^\| (\w+) \| ((?:`\w+` ?)+)\|$/gm)];
    const listed = rows.flatMap(([, role, cell = ""]) =>
      [...cell.matchAll(/`(\w+)`/g)].map(([, op]) => `${role} ${op}`),
    );
    const known = Object.entries(ops).map(([op, { role }]) => `${role} ${op}`);
    assert.deepEqual(listed.sort(), known.sort());
  });

  it("lists the fields of an architecture and of a node", async () => {
    const architecture = await fixture("resnet50");
    assert.deepEqual(firstCells("field of an architecture").sort(), Object.keys(architecture).sort());
    assert.deepEqual(firstCells("field of a node").sort(), Object.keys(architecture.nodes[0] ?? {}).sort());
  });
});
