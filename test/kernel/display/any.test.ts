import assert from "node:assert/strict";
import { createHook } from "node:async_hooks";
import fc from "fast-check";
import { hasDisplay, jupyterDisplay, toMimeBundle } from "../../../kernel/display";

const dataOf = async (value: unknown) => (await toMimeBundle(value)).data;
const textOf = async (value: unknown) => String((await dataOf(value))["text/plain"]);
const own = (display: () => unknown) => ({ [jupyterDisplay]: display });

describe("display of any value", () => {
  it("shows nothing for undefined only", () => {
    assert.deepEqual([undefined, null, 0, "", false].map(hasDisplay), [false, true, true, true, true]);
  });

  it("writes plain values as text", async () => {
    assert.equal(await textOf("a\nb"), "a\nb");
    assert.equal(await textOf(null), "null");
    assert.equal(await textOf(12n), "12n");
    assert.equal(await textOf(new Promise(() => {})), "Promise { <pending> }");
    assert.match(await textOf(circular()), /\[Circular \*1\]/);
  });

  it("writes a promise without what async hooks hang on it", async () => {
    const hook = createHook({ init() {} }).enable();
    try {
      assert.equal(await textOf(new Promise(() => {})), "Promise { <pending> }");
      assert.equal(await textOf(Promise.resolve(3)), "Promise { 3 }");
    } finally {
      hook.disable();
    }
  });

  it("writes a function or a class by how it is called", async () => {
    assert.equal(
      await textOf(function add(a: number, b: number) {
        return a + b;
      }),
      "function add(a, b)",
    );
    const twice = (a: number) => a * 2;
    assert.equal(await textOf(twice), "twice = (a) => …");
    assert.equal(await textOf(class Net extends Map {}), "class Net extends Map");
  });

  it("writes an error with its properties and causes, without its stack", async () => {
    const error = Object.assign(new TypeError("wrong", { cause: new RangeError("deep") }), { code: "E1" });
    assert.equal(await textOf(error), "TypeError: wrong\n  code: E1\n  because of RangeError: deep");
  });

  it("never throws, and has text for anything", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.anything({ withBigInt: true, withTypedArray: true, withMap: true, withSet: true }),
        async (value) => {
          assert.equal(typeof (await dataOf(value))["text/plain"], "string");
        },
      ),
      { seed: 7, numRuns: 200 },
    );
  });

  it("bears values that resist", async () => {
    const refuse = () => {
      throw new Error("no");
    };
    const traps = { get: refuse, ownKeys: refuse, has: refuse, getPrototypeOf: refuse };
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const hostile: unknown[] = [
      new Proxy({}, traps),
      [new Proxy({}, traps)],
      proxy,
      Object.defineProperty({}, "shape", { get: refuse, enumerable: true }),
      [
        {
          get a() {
            return refuse();
          },
        },
      ],
      Object.defineProperty(new Error("x"), "message", { get: refuse }),
      Object.defineProperty(new Error("x"), "stack", { get: refuse }),
      { [Symbol.for("nodejs.util.inspect.custom")]: refuse },
      Object.defineProperty({}, jupyterDisplay, { get: refuse }),
      { toString: refuse, [Symbol.toPrimitive]: refuse },
      Object.create(null),
      Object.setPrototypeOf(
        Object.assign(() => 1, { a: 1 }),
        null,
      ),
    ];
    for (const value of hostile) assert.equal(typeof (await dataOf(value))["text/plain"], "string");
  });

  it("bounds what is large", async () => {
    const wide = Object.fromEntries(Array.from({ length: 30_000 }, (_, i) => [`key${i}`, i]));
    const cube = Array.from({ length: 60 }, () => Array.from({ length: 60 }, () => Array(60).fill({ a: 1 })));
    const rows = Array.from({ length: 10_000 }, () => ({ text: "x".repeat(10_000) }));
    for (const value of ["x".repeat(3_000_000), wide, { wide }, cube, rows, new Map(Object.entries(wide))]) {
      const size = JSON.stringify(await dataOf(value)).length;
      assert.ok(size < 250_000, `${size}`);
    }
    assert.match(await textOf("x".repeat(3_000_000)), /… 2,900,000 more characters$/);
    assert.match(await textOf(wide), /… 29,900 more properties$/);
    assert.match(await textOf(rows), /… 9,940 more rows$/);
  });

  it("does not cut a character in half", async () => {
    const text = await textOf("😀".repeat(100_000).slice(1));
    assert.doesNotMatch(text, /[\ud800-\udbff](?![\udc00-\udfff])/);
  });
});

describe("a value's own display", () => {
  it("is used, at once or by a promise, with metadata or without", async () => {
    assert.deepEqual(await dataOf(own(() => ({ "text/html": "<b>x</b>", "text/plain": "x" }))), {
      "text/html": "<b>x</b>",
      "text/plain": "x",
    });
    const later = own(async () => ({ data: { "text/plain": "y" }, metadata: { a: 1 } }));
    assert.deepEqual(await toMimeBundle(later), { data: { "text/plain": "y" }, metadata: { a: 1 } });
  });

  it("falls back to text, with a note, when it throws or returns nothing of use", async () => {
    const thrown = own(() => {
      throw new Error("out of ink");
    });
    assert.match(await textOf(thrown), /\(its display failed: out of ink\)$/);
    assert.match(
      await textOf(own(async () => Promise.reject(new Error("late")))),
      /its display failed: late/,
    );
    assert.match(await textOf(own(() => 7)), /its display is 7, not an object of MIME types/);
    assert.match(await textOf(own(() => ({ html: "x" }))), /html is no MIME type/);
  });

  it("is checked: bytes become base64, JSON types JSON", async () => {
    const cyclic = circular();
    const data = await dataOf(
      own(() => ({
        "image/png": Uint8Array.of(1, 2, 3),
        "application/x+json": { n: 1n, f: Float32Array.of(1, 2), g: () => 1 },
        "application/json": cyclic,
        "text/html": 5,
      })),
    );
    assert.equal(data["image/png"], "AQID");
    assert.deepEqual(data["application/x+json"], { n: "1", f: [1, 2] });
    assert.equal(data["text/html"], "5");
    assert.ok(!("application/json" in data));
    assert.match(String(data["text/plain"]), /application\/json is left out: .*circular/);
  });
});

function circular(): object {
  const value: Record<string, unknown> = { a: 1 };
  value.self = value;
  return value;
}
