// Families of networks that read text, sound and other sequences, by what such a network must have and must not have. To add a family: one entry.
import {
  all,
  allBlocks,
  type Condition,
  has,
  motif,
  noConvolutions,
  not,
  oneStage,
  onlyOps,
  onlySelf,
  planar,
  tokens,
} from "../conditions";
import {
  beginsWith,
  biased,
  blocksAtLeast,
  causalDecoder,
  convolutions,
  encoderDecoder,
  narrows,
  normed,
  normedEmbeddings,
  relative,
  stackOf,
  towers,
} from "./reading";
import type { Signature } from "./signature";

/** Blocks of one kind over tokens, and nothing else that mixes places. */
const language = all(tokens, onlySelf, noConvolutions, oneStage, not(motif("recurrent")), not(relative));
const layerNorms = all(has("layerNorm", 3), not(has("rmsNorm")));
const rmsNorms = all(has("rmsNorm", 3), not(has("layerNorm")));
const either =
  (...conditions: Condition[]): Condition =>
  (evidence) =>
    conditions.some((condition) => condition(evidence));
/** The feed-forward parts are gated by this activation: one a block. */
const gates = (activation: string): Condition => all(has(activation, 2), has("mul", 2));

export const sequence: readonly Signature[] = [
  {
    name: "BERT-like",
    confidence: 0.9,
    needs: [language, allBlocks("encoder", "post"), layerNorms, has("gelu", 2), not(motif("rotaryPosition"))],
  },
  {
    name: "GPT-like",
    confidence: 0.9,
    needs: [
      language,
      either(allBlocks("decoder", "pre"), allBlocks("decoder", "post")),
      layerNorms,
      either(has("gelu", 2), has("relu", 2)),
      not(has("silu")),
      // A text tower, or a classifier, reads one place of the sequence.
      not(has("argMax")),
    ],
  },
  {
    name: "Llama-like",
    confidence: 0.9,
    needs: [
      language,
      allBlocks("decoder", "pre"),
      rmsNorms,
      gates("silu"),
      motif("rotaryPosition"),
      not(motif("mixtureOfExperts")),
    ],
  },
  {
    name: "T5-like",
    confidence: 0.95,
    needs: [
      tokens,
      encoderDecoder,
      causalDecoder,
      normed("pre"),
      rmsNorms,
      biased,
      noConvolutions,
      not(motif("rotaryPosition")),
    ],
  },
  {
    name: "BART-like",
    confidence: 0.85,
    needs: [
      tokens,
      encoderDecoder,
      causalDecoder,
      normed("pre", "post"),
      layerNorms,
      normedEmbeddings,
      has("gelu", 2),
      noConvolutions,
    ],
  },
  {
    name: "CLIP-like",
    confidence: 0.9,
    needs: [towers, tokens, blocksAtLeast(2)],
  },
  {
    name: "wav2vec-like",
    confidence: 0.95,
    needs: [
      beginsWith([10, 5], [3, 2], [3, 2], [3, 2], [3, 2], [2, 2], [2, 2]),
      motif("positionConvolution"),
      blocksAtLeast(2),
      onlySelf,
      not(tokens),
    ],
  },
  {
    name: "Whisper-like",
    confidence: 0.95,
    needs: [
      beginsWith([3, 1], [3, 2]),
      convolutions(2),
      tokens,
      encoderDecoder,
      causalDecoder,
      normed("pre"),
      layerNorms,
      has("gelu", 4),
    ],
  },
  { name: "LSTM", confidence: 0.9, needs: [stackOf("lstm"), noConvolutions, not(has("attention"))] },
  { name: "GRU", confidence: 0.9, needs: [stackOf("gru"), noConvolutions, not(has("attention"))] },
  {
    name: "CRNN",
    confidence: 0.9,
    needs: [
      has("conv", 3),
      planar,
      motif("recurrent"),
      not(motif("residual")),
      not(has("attention")),
      not(tokens),
      not(has("upsample")),
    ],
  },
  {
    name: "autoencoder",
    confidence: 0.97,
    needs: [
      narrows,
      not(motif("residual")),
      not(motif("recurrent")),
      not(has("attention")),
      not(has("embedding")),
      not(has("concat")),
      not(has("matmul")),
    ],
  },
  {
    name: "MLP",
    confidence: 0.95,
    needs: [
      has("linear", 2),
      not(tokens),
      onlyOps("linear", "flatten", "reshape", "squeeze", "unsqueeze", "dropout", "cast", "identity"),
    ],
  },
];
