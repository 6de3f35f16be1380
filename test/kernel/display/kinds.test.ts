import assert from "node:assert/strict";
import { html, jpeg, json, latex, markdown, png, table, toMimeBundle } from "../../../kernel/display";

const dataOf = async (value: unknown) => (await toMimeBundle(value)).data;
const textOf = async (value: unknown) => String((await dataOf(value))["text/plain"]);
const onePixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const evil = `<script>alert(1)</script>"'&`;

describe("tables", () => {
  it("show arrays of objects, numbers to the right", async () => {
    const data = await dataOf([{ layer: "conv1", width: 64 }, { layer: "fc" }]);
    assert.equal(data["text/plain"], "layer  width\nconv1     64\nfc");
    assert.match(String(data["text/html"]), /<td style="text-align:right">64<\/td>/);
  });

  it("show maps, sets and matrices", async () => {
    for (const value of [
      new Map([["a", 1]]),
      new Set([1, 2]),
      [
        [1, 2],
        [3, 4],
      ],
    ]) {
      assert.match(String((await dataOf(value))["text/html"]), /<table>/);
    }
    const many = new Map(Array.from({ length: 100 }, (_, i) => [i, i]));
    assert.match(String((await dataOf(many))["text/html"]), /… 40 more rows/);
    assert.ok(!("text/html" in (await dataOf([1, 2, 3]))), "a flat array is text");
    assert.ok(!("text/html" in (await dataOf([]))));
  });

  it("escape names and values", async () => {
    for (const value of [[{ [evil]: evil }], new Map([[evil, { [evil]: evil }]]), new Set([evil])]) {
      const shown = String((await dataOf(value))["text/html"]);
      assert.doesNotMatch(shown, /<script/);
      assert.match(shown, /&(lt|#60);script&(gt|#62);/);
    }
  });

  it("take columns and a number of rows, and bear a getter that throws", async () => {
    const rows = [1, 2, 3].map((a) => ({ a, b: 0 }));
    assert.equal(await textOf(table(rows, { columns: ["a"], maxRows: 2 })), "a\n1\n2\n… 1 more row");
    const shown = await textOf([
      {
        get a() {
          throw new Error("no");
        },
      },
    ]);
    assert.match(shown, /its getter throws/);
    assert.throws(() => table("x" as never), /table: the rows are not an array of objects/);
  });
});

describe("numbers", () => {
  it("of a typed array, with their bounds", async () => {
    assert.equal(await textOf(Float32Array.of(1, 2, 6)), "Float32Array(3) [1, 2, 6]\nmin 1, max 6, mean 3");
    assert.match(await textOf(new Float64Array(5000)), /^Float64Array\(5,000\) \[(0, ){20}…/);
    assert.match(await textOf(Float32Array.of(Number.NaN, 2)), /mean 2, 1 NaN$/);
    assert.match(await textOf(BigInt64Array.of(1n, 3n)), /min 1, max 3, mean 2/);
    assert.equal(await textOf(new Uint8Array()), "Uint8Array(0)");
  });

  it("of a tensor, nested as its shape", async () => {
    const tensor = { shape: [2, 2], dtype: "int32", data: async () => Int32Array.of(1, 2, 3, 4) };
    assert.equal(await textOf(tensor), "Tensor int32 [2, 2]\n[[1, 2],\n [3, 4]]\nmin 1, max 4, mean 2.5");
    assert.equal(await textOf({ ...tensor, isDisposed: true }), "Tensor int32 [2, 2] (disposed)");
    assert.equal(
      await textOf({ ...tensor, shape: [], data: async () => Int32Array.of(7) }),
      "Tensor int32 []\n7",
    );
    const failing = { ...tensor, data: () => Promise.reject(new Error("lost")) };
    assert.match(await textOf(failing), /its values cannot be read: Error: lost/);
    const large = { shape: [3000, 3000], dtype: "float32", data: () => assert.fail("read") };
    assert.equal(await textOf(large), "Tensor float32 [3000, 3000], 9,000,000 values");
  });
});

describe("images", () => {
  it("are known by their bytes", async () => {
    assert.equal((await dataOf(Buffer.from(onePixel, "base64")))["image/png"], onePixel);
    assert.ok("image/gif" in (await dataOf(Buffer.from("GIF89a..."))));
    assert.ok("image/jpeg" in (await dataOf(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0))));
    const svg = Buffer.from(
      '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    );
    assert.deepEqual(Object.keys(await dataOf(svg)).sort(), ["image/png", "image/svg+xml", "text/plain"]);
    assert.match(await textOf(Buffer.from("plain")), /^Buffer\(5\)/);
  });
});

describe("helpers", () => {
  it("name the type of what they are given", async () => {
    assert.equal((await dataOf(html("<b>x</b>")))["text/html"], "<b>x</b>");
    assert.deepEqual(await dataOf(markdown("# x")), { "text/markdown": "# x", "text/plain": "# x" });
    assert.equal((await dataOf(latex("$x$")))["text/latex"], "$x$");
    assert.deepEqual((await dataOf(json({ a: [1] })))["application/json"], { a: [1] });
    assert.equal((await dataOf(png(Buffer.from(onePixel, "base64"))))["image/png"], onePixel);
    assert.throws(() => jpeg(Buffer.from(onePixel, "base64")), /not the bytes of an image\/jpeg file/);
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    assert.throws(() => json(cyclic), /json: the value is no JSON/);
  });
});

describe("networks and what is said of them", () => {
  const network = {
    version: 1,
    name: evil,
    format: "onnx",
    inputs: [{ id: "x", shape: [1, 3], dtype: "float32" }],
    outputs: ["y"],
    nodes: [
      {
        id: evil,
        op: "linear",
        inputs: ["x"],
        outputs: [{ id: "y", shape: [1, 2], dtype: "float32" }],
        attributes: { inFeatures: 3, outFeatures: 2 },
        parameters: [{ name: "w", shape: [3, 2], dtype: "float32", trainable: true }],
        source: { name: evil, ops: ["Gemm"] },
      },
    ],
    metadata: { producer: evil },
  };

  it("show as cards even as copies, escaped", async () => {
    const caption = { text: evil, claims: [{ text: evil, verdict: "proved", nodes: [evil] }] };
    for (const value of [network, caption]) {
      const shown = String((await dataOf(structuredClone(value)))["text/html"]);
      assert.match(shown, /&(lt|#60);script&(gt|#62);/);
      assert.doesNotMatch(shown, /<script/);
    }
  });
});
