// What callers whose types nobody checked may give to the API.
import assert from "node:assert/strict";
import * as archbert from "../../archbert";
import { standIn } from "./tasks/standIn";

const network = archbert.build("input 8x8x1\nstage 1 conv 8\nhead 10\n");
const model = standIn({ statements: { small: "is small" } });
const options = { model };

/** The call, however its types are. */
const call = (name: string, ...given: unknown[]): Promise<unknown> =>
  (async () => (archbert as unknown as Record<string, (...given: unknown[]) => unknown>)[name]?.(...given))();

const wrong: readonly (readonly [string, readonly unknown[], RegExp])[] = [
  ["load", [3], /^load: 3 is no file name or URL$/],
  ["load", [undefined], /^load: undefined is no file name/],
  ["load", ["net.onnx", null], /^load: null are no options/],
  ["load", ["net.onnx", { onProgress: 3 }], /^load onProgress: 3 is no function/],
  ["load", ["file://%zz"], /^file:\/\/%zz: not a URL of a file/],
  ["build", [3], /^build: 3 is no program/],
  ["build", [network], /^build: an object is no program\. Give its text, or what parse returns/],
  ["build", [{ input: {}, head: {}, body: [{ kind: "stage", block: "nope" }] }], /^build: an object is no/],
  ["format", [null], /^format: null is no program/],
  ["facts", ["net.onnx"], /^facts: "net\.onnx" is no network\. Give what load or build returns/],
  ["facts", [network, null], /^facts: null are no options/],
  ["caption", [null], /^caption: null is no network/],
  ["summary", [[]], /^summary: a list is no network/],
  ["draw", [{}], /^draw: an object is no network/],
  ["reason", ["net.onnx", "small", options], /^reason: "net\.onnx" is no network/],
  ["reason", [network, 3, options], /^reason: 3 is no text/],
  ["reason", [network, "small", { model: 3 }], /^model: 3 is no model: it cannot read/],
  ["reason", [network, "small", { model, signal: {} }], /^reason signal: an object is no AbortSignal/],
  ["ask", [network, ["small"], options], /^ask: a list is no text/],
  ["ask", [network, "small", { model, onEvent: "x" }], /^ask onEvent: "x" is no function/],
  ["search", [3, [], options], /^search: 3 is no text/],
  ["search", ["small", [3], options], /^search: 3 is no place to search\. Give networks, files/],
  ["search", ["small", null, options], /^search: null is no place to search/],
  ["search", ["small", [network], { model, folder: 3 }], /^search folder: 3 is no folder/],
  ["compare", [network, "net.onnx", options], /^compare: "net\.onnx" is no network/],
  ["compare", [network], /^compare: undefined is no network/],
  ["generate", [3, options], /^generate: 3 is no text/],
  ["generate", ["small", { model, count: "3" }], /^generate count: "3" is not a whole number from 1 to 50/],
  ["wish", [{}, options], /^wish: an object is no text/],
  ["wish", ["small", { model, samples: -1 }], /^wish samples: -1 is not a whole number from 0 to 1000/],
  ["useModel", [{ read: () => null }], /^model: an object is no model: it cannot judge/],
  ["cosine", [new Float32Array(1), new Float32Array(2)], /^cosine: vectors of 1 and 2 numbers/],
];

describe("arguments", () => {
  for (const [name, given, message] of wrong) {
    it(`${name} says what is wrong: ${message.source}`, () =>
      assert.rejects(
        () => call(name, ...given),
        (error: unknown) => {
          assert.ok(error instanceof archbert.ArchError, String(error));
          assert.match(error.message, message);
          return true;
        },
      ));
  }
});
