// Claims and questions in short English: what is shown beside a verdict.
import { article, amount as rounded } from "../words";
import { type Amount, adjectives, type Claim, families, type Quantity, type Query } from "./claim";
import { massThings, quantityWords, relationWords, thingWords, topicWords } from "./words";

/** "fewer than 30,000 parameters", "no dropout", "3x3 convolutions only". */
export function claimText(claim: Claim): string {
  switch (claim.kind) {
    case "has": {
      const [one, many] = thingWords[claim.thing];
      return `${claim.not ? "no " : ""}${massThings.has(claim.thing) ? one : many}`;
    }
    case "count": {
      const [one, many] = thingWords[claim.thing];
      const [relation] = relationWords[claim.relation];
      return `${relation} ${amountText(claim.amount)} ${claim.amount.value === 1 ? one : many}`;
    }
    case "more":
      return `more ${thingWords[claim.thing][1]} than ${thingWords[claim.than][1]}`;
    case "number":
      return numberText(claim);
    case "kernel": {
      const edges = claim.size.length === 1 ? [claim.size[0], claim.size[0]] : claim.size;
      const text = `${edges.join("x")} convolutions`;
      if (claim.only) return claim.not ? `not only ${text}` : `${text} only`;
      return claim.not ? `no ${text}` : text;
    }
    case "input": {
      const [features] = claim.size;
      const size =
        claim.size.length === 1
          ? `${features} ${features === 1 ? "feature" : "features"}`
          : claim.size.join("x");
      return claim.not ? `an input other than ${size}` : `an input of ${size}`;
    }
    case "stages":
      return `${claim.not ? "no " : ""}stages of ${claim.blocks.join(", ")} blocks`;
    case "is": {
      const { word, not } = claim;
      if (adjectives.some((each) => each === word)) return not ? `not ${word}` : word;
      const noun = families.some((each) => each === word) || word === "transformer";
      const text = `${article(word)} ${word === "mlp" ? "MLP" : noun ? word : `${word} network`}`;
      return not ? `not ${text}` : text;
    }
  }
}

/** "how many parameters does it have?" */
export function queryText(query: Query): string {
  switch (query.kind) {
    case "askNumber":
      return `${asked(query.quantity)}${stageText(query.quantity, query.stage)}?`;
    case "askCount":
      return `how many ${thingWords[query.thing][1]} does it have?`;
    case "askWhether":
      return `is this true of it: ${query.claims.map(claimText).join("; ")}?`;
    case "askWhat":
      return `${topicWords[query.topic]}?`;
  }
}

function asked(quantity: Quantity): string {
  const words = quantityWords[quantity];
  if ("counted" in words) return `how many ${words.counted[1]} does it have`;
  const [, noun = "", rest = ""] = /^an? (first convolution) with a (.*)$/.exec(words.sized) ?? [];
  return noun ? `what is the ${rest} of its ${noun}` : `what is its ${words.sized.replace(/^an? /, "")}`;
}

function numberText({ quantity, stage, relation, amount }: Extract<Claim, { kind: "number" }>): string {
  const words = quantityWords[quantity];
  const [counted, sized] = relationWords[relation];
  const number = amountText(amount);
  const text =
    "counted" in words
      ? `${counted} ${number} ${words.counted[amount.value === 1 ? 0 : 1]}`
      : `${words.sized} of ${sized === "" ? "" : `${sized} `}${number}`;
  return `${text}${stageText(quantity, stage)}`;
}

function stageText(quantity: Quantity, stage: number | null): string {
  if (quantity !== "stageWidth" && quantity !== "stageBlocks") return "";
  return stage === null || stage === 0 ? " in the last stage" : ` in stage ${stage}`;
}

/** Large numbers short where nothing is lost ("25.6 M"), else in full with commas. */
function amountText({ value, tolerance }: Amount): string {
  const short = rounded(value);
  const unit = { k: 1e3, M: 1e6, G: 1e9, T: 1e12 }[short.slice(-1)] ?? 1;
  const isWhole = Math.abs(Number.parseFloat(short) * unit - value) < 1e-6 * Math.max(1, value);
  if (value >= 1e6 && (isWhole || tolerance > 0)) return short;
  return Number.isInteger(value) ? value.toLocaleString("en-US") : String(value);
}
