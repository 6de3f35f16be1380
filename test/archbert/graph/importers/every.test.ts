import assert from "node:assert/strict";
import { bytesSource, facts, ImportError, importArchitecture, importers } from "../../../../archbert/graph";
import { formats, loadSeeds } from "../fuzzing";

/** Which importer is for the files of a kind. */
const readers: Record<(typeof formats)[number], keyof typeof importers> = {
  onnx: "onnx",
  keras: "keras",
  archive: "keras",
  tfjs: "tfjs",
  program: "program",
};

describe("every importer", () => {
  const seeds = loadSeeds();

  it("has files that this test knows", () => {
    assert.deepEqual([...new Set(Object.values(readers))].sort(), Object.keys(importers).sort());
    for (const { title } of Object.values(importers)) assert.match(title, /\w/);
  });

  for (const format of formats) {
    const files = seeds[format];
    it(`tells ${format} by its content, whatever its name`, async () => {
      assert.ok(files.length > 0);
      for (const bytes of files) {
        const first = Object.entries(importers).find(([, { sniff }]) => sniff(bytes.subarray(0, 4096)));
        assert.equal(first?.[0], readers[format]);
        const architecture = await importArchitecture(bytesSource("anything.bin", bytes));
        assert.equal(architecture.version, 1);
        assert.ok(facts(architecture).parameters >= 0);
        assert.deepEqual(JSON.parse(JSON.stringify(architecture)), architecture);
      }
    }).timeout(30_000);

    it(`answers ${format} cut off anywhere with an ImportError, or a graph`, async () => {
      const smallest = [...files].sort((a, b) => a.length - b.length)[0] ?? new Uint8Array();
      for (let i = 1; i <= 40; i++) {
        const part = smallest.subarray(0, Math.floor((smallest.length * i) / 41));
        try {
          await importArchitecture(bytesSource("part", part));
        } catch (error) {
          assert.ok(error instanceof ImportError, String(error));
          assert.match(error.message, /^part/);
        }
      }
    }).timeout(30_000);
  }

  it("looks at any beginning without a mistake", () => {
    for (let byte = 0; byte < 256; byte++) {
      for (const { sniff } of Object.values(importers)) {
        for (const length of [0, 1, 2, 9])
          assert.equal(typeof sniff(new Uint8Array(length).fill(byte)), "boolean");
      }
    }
  });
});
