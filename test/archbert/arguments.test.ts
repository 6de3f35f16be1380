// What callers whose types nobody checked may give to the API.
import assert from "node:assert/strict";
import * as archbert from "../../archbert";
import * as graph from "../../archbert/graph/doors";
import * as automl from "../../automl";
import * as compute from "../../compute";
import * as datasets from "../../datasets";
import { standIn } from "./tasks/standIn";

const network = archbert.build("input 8x8x1\nstage 1 conv 8\nhead 10\n");
const model = standIn({ statements: { small: "is small" } });
const options = { model };

const program = archbert.parse("input 8x8x1\nstage 1 conv 8\nhead 10\n");
const random = archbert.rng(1);
const known = archbert.know(network);
const trained = { architecture: network, weights: [] };

type Wrong = readonly (readonly [string, readonly unknown[], RegExp])[];

const ofArchbert: Wrong = [
  ["load", [3], /^load: 3 is no file name or URL$/],
  ["load", [undefined], /^load: undefined is no file name/],
  ["load", ["net.onnx", null], /^load: null are no options/],
  ["load", ["net.onnx", { onProgress: 3 }], /^load onProgress: 3 is no function/],
  ["load", ["file://%zz"], /^file:\/\/%zz: not a URL of a file/],
  ["build", [3], /^build: 3 is no program/],
  ["build", [network], /^build: an object is no program\. Give what parse returns/],
  ["build", [{ input: {}, head: {}, body: [{ kind: "stage", block: "nope" }] }], /^build: an object is no/],
  ["format", [null], /^format: null is no program/],
  ["format", [{ ...program, head: { classes: Number.NaN, dropout: 0 } }], /^line 3, column 6: "NaN"/],
  ["format", [{ ...program, name: "a b\nhead 3" }], /^line 1, column 11: "b"/],
  ["format", [{ ...program, name: "a # b" }], /^format: an object is no program\. Give what parse returns/],
  ["format", [{ ...program, name: undefined }], /^format: an object is no program/],
  ["format", [{ ...program, body: [{ kind: "stage", block: "conv" }] }], /^line 2, column 7: "undefined"/],
  ["build", [{ ...program, name: "a # b" }], /^build: an object is no program/],
  ["facts", ["net.onnx"], /^facts: "net\.onnx" is no network\. Give what load or build returns/],
  ["facts", [network, null], /^facts: null are no options/],
  ["facts", [network, { sizes: null }], /^facts sizes: null is not an object of sizes by name/],
  ["caption", [network, { facts: {} }], /^caption facts: an object is not what facts returns/],
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
  ["cosine", [3, 4], /^cosine: 3 is no Float32Array/],
  ["modelFor", [null], /^modelFor: null are no options/],
  ["importArchitecture", [undefined], /^importArchitecture: undefined is not what bytesSource returns$/],
  ["importArchitecture", [{ name: "a", size: 3 }], /^importArchitecture: an object is not what bytesSource/],
  ["bytesSource", ["a.onnx", "bytes"], /^bytesSource: "bytes" is no Uint8Array/],
  ["parse", [5], /^parse: 5 is no text/],
  ["nextTokens", [5], /^nextTokens: 5 is no text/],
  ["mutate", [5], /^mutate: 5 is no program\. Give what parse returns/],
  ["mutate", [program], /^mutate: undefined is no random generator\. Give what rng\(seed\) returns/],
  ["mutate", [program, random, { steps: "two" }], /^mutate steps: "two" is not a whole number from 1 to/],
  ["mutate", [program, random, { claims: [{ kind: "has" }] }], /^mutate claims: an object is no claim/],
  ["mutate", [{ ...program, stem: 5 }, random], /^mutate: an object is no program/],
  ["mutate", [{ ...program, head: { classes: "x" } }, random], /^line 3, column 6: "x"/],
  ["applyMutation", ["grow", program, random], /^applyMutation: "grow" is no mutation\. Choose one of/],
  ["repair", [program, [{ kind: "number", quantity: "mood" }], random], /^repair: an object is no claim/],
  ["repair", [program, "residual", random], /^repair: "residual" is no list of claims/],
  ["mend", ["input 8x8x1"], /^mend: "input 8x8x1" is no program/],
  ["know", [5], /^know: 5 is no network/],
  ["check", [{ kind: "is" }, known], /^check: an object is no claim/],
  [
    "check",
    [{ kind: "has", not: false, thing: "conv" }, network],
    /^check: an object is not what know returns/,
  ],
  ["holds", [[], 3], /^holds: 3 is not what know returns/],
  ["answer", [{ kind: "askCount" }, known], /^answer: an object is no query/],
  ["contradiction", [[3]], /^contradiction: 3 is no claim/],
  ["claimText", [{ kind: "kernel", size: [] }], /^claimText: an object is no claim/],
  ["costs", [null], /^costs: null is no network/],
  ["sumOfCosts", [[3]], /^sumOfCosts: 3 is not one of what costs returns/],
  ["canonicalHash", [3], /^canonicalHash: 3 is no network/],
  ["joinStages", ["input 8x8x1"], /^joinStages: "input 8x8x1" is no program/],
  ["evaluate", ["B", null], /^evaluate: null are no options/],
  ["canonicalize", [{}], /^canonicalize: an object is no network/],
  ["labelOf", [{}], /^labelOf: an object is not a node of a network/],
  ["shapeText", ["8x8"], /^shapeText: "8x8" is no shape\. Give a list of dimensions/],
  ["drawPair", [network, 3], /^drawPair: 3 is no network/],
  ["showArchitecture", [5], /^showArchitecture: 5 is no network/],
  ["showCaption", [{ text: "a" }], /^showCaption: an object is not what caption returns/],
  ["showDrawing", [{ name: "a", svg: "<svg/>" }], /^showDrawing: an object is not what draw returns/],
  ["showOpenDrawing", [{}, network], /^showOpenDrawing: an object is not what draw returns/],
  [
    "showPairDrawing",
    [{ name: "a", svg: "" }],
    /^showPairDrawing: an object is not what draw of two networks/,
  ],
  ["showStageCosts", [network], /^showStageCosts: an object is not what cost returns/],
  ["showFacts", [network], /^showFacts: an object is not what facts returns/],
  ["showFound", [[]], /^showFound: a list is not what search returns/],
  ["showAnswer", [undefined], /^showAnswer: undefined is not what ask returns/],
];

const floats = [new Float32Array(2)];
const step = { decays: [true], weightDecay: 0 };
const few = { inputs: new Float32Array(3), labels: new Int32Array(3), shape: [1], classes: 1 };

const ofCompute: Wrong = [
  ["train", [5], /^train: 5 is no network/],
  ["train", [network], /^train: undefined is not training and validation examples/],
  ["train", [network, { training: {}, validation: {} }], /^training examples: an object is not inputs with/],
  ["train", [network, { training: {}, validation: {} }, null], /^train: null are no options/],
  ["train", [network, { training: {}, validation: {} }, { checkpoint: 3 }], /^checkpoint: 3 is no name of a/],
  ["checkParts", [null], /^checkParts: null is not examples by their name/],
  ["checkParts", [{ training: null }], /^training examples: null is not inputs with/],
  ["toModel", [{}], /^toModel: an object is no network/],
  ["evaluate", [network], /^evaluate: an object is not what train or loadTrained returns/],
  ["evaluate", [{ architecture: {}, weights: [] }], /^evaluate: an object is no network/],
  ["evaluate", [{ ...trained, weights: [3] }], /^evaluate: 3 is not a weight/],
  ["predict", [trained, [1, 2]], /^predict: the inputs must be a Float32Array/],
  ["exportOnnx", [undefined, "a.onnx"], /^exportOnnx: undefined is not what train or loadTrained returns/],
  ["exportOnnx", [trained, 5], /^exportOnnx: 5 is no name of a file/],
  ["exportTfjs", [trained], /^exportTfjs: undefined is no name of a folder/],
  ["saveTrained", [trained, null], /^saveTrained: null is no name of a folder/],
  ["loadTrained", [{}], /^loadTrained: an object is no name of a folder/],
  ["noMoments", [3], /^noMoments: 3 is no list of sizes/],
  ["noMoments", [["2"]], /^noMoments: "2" is no size/],
  ["adamW", [floats, floats, null, 1, step], /^adamW: null is not what noMoments returns/],
  ["adamW", [floats, floats, compute.noMoments([2]), 1], /^adamW: undefined is not options with decays/],
  ["adamW", [floats, [3], compute.noMoments([2]), 1, step], /^adamW: 3 is no Float32Array/],
  [
    "adamW",
    [floats, floats, compute.noMoments([3]), 1, step],
    /^adamW: the gradients and the moments do not/,
  ],
  ["writeContainer", [3, {}, floats], /^writeContainer: 3 is no name of a file/],
  ["writeContainer", ["a.bin", {}, 3], /^writeContainer: 3 is no list of Float32Arrays/],
  ["readContainer", [3, 10], /^readContainer: 3 is no name of a file/],
];

const data = { name: "few", description: "", source: "", train: few, validation: few, test: few };

const ofAutoml: Wrong = [
  ["search", [5], /^search: 5 is no prompt/],
  ["search", ["a small network", null], /^search: null are no options/],
  ["search", ["a small network", { storage: 5 }], /^search: 5 is not a storage, nor the URL of one/],
  ["search", ["a small network", { data: 5 }], /^data: 5 is not a dataset, nor the name of one/],
  ["search", ["a small network", { strategy: 5 }], /^strategy: 5 is not a strategy, nor the name of one/],
  ["search", ["small", { data: { ...data, test: {} } }], /^data test: an object is not inputs with labels/],
  ["search", ["a small network", { out: 5 }], /^out: 5 is no name of a folder/],
  ["search", ["a small network", { folder: 5 }], /^search folder: 5 is no folder/],
  ["search", ["a small network", { claims: ["small"] }], /^claims: "small" is no claim/],
  ["search", ["a small network", { guide: {} }], /^guide: an object is not an object with read, write, fit$/],
  [
    "search",
    ["a small network", { evaluator: 5 }],
    /^evaluator: 5 is not an object with config, evaluate, retrain$/,
  ],
  ["search", ["a small network", { pruner: 5 }], /^pruner: 5 is not an object with prune$/],
  ["loadStudy", ["study.db", null], /^loadStudy: null are no options/],
  ["openStorage", ["study.db", null], /^openStorage: null are no options/],
  ["resume", [undefined], /^resume: undefined is not a storage, nor the URL of one/],
  ["openStorage", [5], /^openStorage: 5 is no URL of a storage/],
];

const spoken = { wordings: "train", holds: true };

const ofDatasets: Wrong = [
  ["loadDataset", [5], /^loadDataset: 5 is no name of a dataset/],
  ["loadDataset", ["digits", null], /^loadDataset: null are no options/],
  ["readIdx", [5], /^readIdx: 5 is no name of a file/],
  ["parseIdx", ["bytes", "a"], /^parseIdx: "bytes" is no Uint8Array/],
  ["select", [null, [0]], /^select: null is not inputs with labels, a shape and classes/],
  ["select", [{ ...few, labels: [0] }, [0]], /^select labels: a list is no Int32Array/],
  ["select", [few, [3]], /^select: 3 is not a whole number from 0 to 2/],
  ["concatenate", [few, { ...few, shape: [3] }], /^concatenate: some examples are 1, others 3/],
  ["stratifiedSplit", [5, [1], { seed: 1 }], /^stratifiedSplit: 5 is no list of labels/],
  ["stratifiedSplit", [few.labels, [2, 2], { seed: 1 }], /^stratifiedSplit: 4 examples of 3 cannot/],
  ["stratifiedSplit", [few.labels, [1]], /^stratifiedSplit: undefined are no options/],
  ["checkDataset", [few, "mine"], /^mine: an object is not a dataset, nor the name of one/],
  ["randomProgram", [5], /^randomProgram: 5 is no random generator\. Give what rng\(seed\) returns/],
  ["variant", [network, random], /^variant: an object is no program/],
  ["lookalike", [program], /^lookalike: undefined is no random generator/],
  ["statement", [network, random, spoken], /^statement: an object is not what know returns/],
  ["statement", [known, random, { wordings: "train" }], /^statement holds: undefined is no boolean/],
  ["question", [known, random], /^question: undefined are no options/],
  [
    "question",
    [known, random, { wordings: "all" }],
    /^question wordings: "all" is no kind of wordings\. Choose/,
  ],
  ["prompt", [program, known, 1, spoken], /^prompt: 1 is no random generator/],
  ["nonsense", [random], /^nonsense: undefined are no options/],
];

/** Its own door checks the same. */
const ofGraph: Wrong = ofArchbert.filter(([name]) => name in graph);

const rooms: readonly (readonly [string, object, Wrong])[] = [
  ["archbert", archbert, ofArchbert],
  ["archbert/graph", graph, ofGraph],
  ["archbert/compute", compute, ofCompute],
  ["archbert/automl", automl, ofAutoml],
  ["archbert/datasets", datasets, ofDatasets],
];

for (const [room, functions, wrong] of rooms) {
  /** The call, however its types are. */
  const call = async (name: string, given: readonly unknown[]): Promise<unknown> =>
    (functions as Record<string, (...given: readonly unknown[]) => unknown>)[name]?.(...given);

  describe(`arguments of ${room}`, () => {
    for (const [name, given, message] of wrong) {
      it(`${name} says what is wrong: ${message.source}`, () =>
        assert.rejects(call(name, given), (error: unknown) => {
          assert.ok(error instanceof archbert.ArchError, String(error));
          assert.match(error.message, message);
          return true;
        }));
    }
  });
}

describe("functions behind checks", () => {
  it("do what they did, under their names", () => {
    assert.equal(archbert.mutate.name, "mutate");
    assert.notEqual(archbert.mutate(program, random).mutation, "");
    assert.equal(archbert.check({ kind: "has", not: false, thing: "conv" }, known).verdict, "proved");
    assert.match(archbert.showFacts(archbert.facts(network))["text/plain"], /parameters/);
  });
});
