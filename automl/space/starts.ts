// The sane defaults: what a practitioner would try first for data of that shape, of the kind that the prompt names.
import type { Claim, Thing } from "../../archbert/graph/claims";
import type { BlockName, Input } from "../../archbert/graph/language";

/** What kind of block a word of the prompt asks for. */
const blockOfThing: Partial<Record<Thing, BlockName>> = {
  residual: "residual",
  basicBlock: "residual",
  skipConnection: "residual",
  bottleneck: "bottleneck",
  invertedResidual: "inverted",
  depthwiseConv: "separable",
  depthwiseSeparable: "separable",
  groupedConv: "bottleneck",
  attention: "transformer",
  transformerBlock: "transformer",
  patchEmbedding: "transformer",
};

const blockOfWord: Readonly<Record<string, BlockName>> = {
  transformer: "transformer",
  mlp: "mlp",
  MLP: "mlp",
  ResNet: "residual",
  "Wide ResNet": "residual",
  ResNeXt: "bottleneck",
  VGG: "conv",
  AlexNet: "conv",
  MobileNetV1: "separable",
  MobileNetV2: "inverted",
  MnasNet: "inverted",
  MobileNetV3: "inverted",
  EfficientNet: "inverted",
  EfficientNetV2: "inverted",
  ViT: "transformer",
};

function wantedBlock(claims: readonly Claim[], input: Input): BlockName {
  for (const claim of claims) {
    if ("not" in claim && claim.not) continue;
    const block =
      claim.kind === "is"
        ? blockOfWord[claim.word]
        : claim.kind === "has" || claim.kind === "count"
          ? blockOfThing[claim.thing]
          : undefined;
    if (block) return block;
  }
  return input.kind === "features" ? "mlp" : "residual";
}

/** From large to small: width of the first stage, and blocks in each. */
const sizes = [
  { width: 32, repeat: 2 },
  { width: 24, repeat: 2 },
  { width: 24, repeat: 1 },
  { width: 16, repeat: 2 },
  { width: 16, repeat: 1 },
  { width: 12, repeat: 1 },
  { width: 8, repeat: 1 },
  { width: 4, repeat: 1 },
] as const;

/** Texts of programs, the largest first; which of them the claims allow is for the space to say. */
export function startTexts(claims: readonly Claim[], input: Input, classes: number): string[] {
  const block = wantedBlock(claims, input);
  const wantsGate = claims.some(
    (claim) => claim.kind === "has" && claim.thing === "squeezeExcitation" && !claim.not,
  );
  const gate = wantsGate && block !== "mlp" && block !== "transformer" ? " se 4" : "";
  const size =
    input.kind === "picture" ? `${input.height}x${input.width}x${input.channels}` : `${input.features}`;
  return sizes.map(({ width, repeat }) => {
    const body =
      block === "mlp"
        ? [`stage ${repeat} mlp ${width * 4}`]
        : block === "transformer"
          ? transformer(input, width, repeat)
          : convolutional(input, block, width, repeat, gate);
    return [`input ${size}`, ...body, `head ${classes}`, ""].join("\n");
  });
}

function transformer(input: Input, width: number, repeat: number): string[] {
  if (input.kind === "features") return [`stage ${repeat} transformer ${width}`];
  // About 64 tokens: attention costs their square.
  const kernel = Math.max(1, Math.round(Math.sqrt((input.height * input.width) / 64)));
  return [`stem patch ${width} kernel ${Math.max(2, kernel)}`, `stage ${repeat + 1} transformer ${width}`];
}

function convolutional(
  input: Input,
  block: BlockName,
  width: number,
  repeat: number,
  gate: string,
): string[] {
  const side = input.kind === "picture" ? Math.min(input.height, input.width) : 1;
  const stages = side > 16 ? 3 : side > 4 ? 2 : 1;
  const stride = (i: number) => (i === 0 && side <= 16 ? "" : " stride 2");
  // Large pictures are made smaller at once.
  const stem = `stem conv ${width}${side > 64 ? " stride 2" : ""}`;
  return [
    stem,
    ...Array.from(
      { length: stages },
      (_, i) => `stage ${repeat} ${block} ${Math.round(width * 1.5 ** i)}${stride(i)}${gate}`,
    ),
  ];
}
