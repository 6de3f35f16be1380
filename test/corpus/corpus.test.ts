import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { bytesSource, check, importArchitecture, know } from "../../archbert/graph";
import { entries, type Figure, figures, folder, isFalse, kinds, misses, type Row, row } from "./rows";
import { table } from "./table";

const page = join(folder, "../../docs/corpus.md");

describe("corpus of real networks", function () {
  this.timeout(120_000);
  const known = misses();
  const rows: Row[] = [];

  for (const kind of kinds) {
    for (const [name, entry] of entries(kind)) {
      it(`${name} is what its exporter and its paper say`, async () => {
        const found = await row(name, entry);
        rows.push(found);
        const { family, stages, parameters, multiplyAdds } = found.facts;
        const ours = {
          family: family?.name ?? null,
          stages: stages.map(({ blocks }) => blocks),
          parameters,
          multiplyAdds,
        };
        assert.ok(!isFalse(found), `called ${ours.family}, which it is not`);
        const excused = Object.keys(known[name] ?? {}) as Figure[];
        for (const figure of figures) {
          const is = found.wrong.includes(figure);
          const told = `${JSON.stringify(ours[figure])}, not ${JSON.stringify(entry[figure])}`;
          if (is) assert.ok(excused.includes(figure), `${figure}: ${told}`);
          else assert.ok(!excused.includes(figure), `${figure} is right now: take it out of misses.json`);
        }
      });
    }
  }

  it("lists no miss of a network that is not there", () => {
    const names = new Set(kinds.flatMap((kind) => entries(kind).map(([name]) => name)));
    assert.deepEqual(
      Object.keys(known).filter((name) => !names.has(name)),
      [],
    );
  });

  it("a family of a later version is still of the first", async () => {
    for (const [name, word] of [
      ["resnetv2_50", "ResNet"],
      ["deit_tiny_distilled", "ViT"],
    ] as const) {
      const [, entry] = entries("vision").find(([each]) => each === name) ?? [];
      assert.ok(entry);
      const bytes = gunzipSync(readFileSync(join(folder, entry.file)));
      const known = know(await importArchitecture(bytesSource(`${name}.onnx`, bytes)));
      assert.equal(check({ kind: "is", not: false, word }, known).verdict, "proved");
      assert.equal(check({ kind: "is", not: false, word: "VGG" }, known).verdict, "refuted");
    }
  });

  it("docs/corpus.md says what is so", () => {
    const text = table(rows, known);
    if (process.env.UPDATE_GOLDEN) writeFileSync(page, text);
    assert.equal(
      readFileSync(page, "utf8"),
      text,
      "run again with UPDATE_GOLDEN=1 and review the difference",
    );
  });
});
