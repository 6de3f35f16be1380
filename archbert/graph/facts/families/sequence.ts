// Families of networks that read text, sound and other sequences, by what such a network must have and must not have. To add a family: one entry.
import {
  allBlocks,
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
import type { Signature } from "./signature";

export const sequence: readonly Signature[] = [
  {
    name: "BERT-like",
    confidence: 0.9,
    needs: [
      tokens,
      allBlocks("encoder", "post"),
      onlySelf,
      noConvolutions,
      oneStage,
      has("gelu", 2),
      has("layerNorm"),
    ],
  },
  {
    name: "GPT-like",
    confidence: 0.9,
    needs: [
      tokens,
      allBlocks("decoder", "pre"),
      onlySelf,
      noConvolutions,
      oneStage,
      has("gelu", 2),
      has("layerNorm"),
    ],
  },
  {
    name: "Llama-like",
    confidence: 0.9,
    needs: [
      tokens,
      allBlocks("decoder", "pre"),
      onlySelf,
      noConvolutions,
      oneStage,
      has("silu", 2),
      has("rmsNorm", 4),
      not(has("layerNorm")),
    ],
  },
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
    name: "MLP",
    confidence: 0.95,
    needs: [
      has("linear", 2),
      not(tokens),
      onlyOps("linear", "flatten", "reshape", "squeeze", "unsqueeze", "dropout", "cast", "identity"),
    ],
  },
];
