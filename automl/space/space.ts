// The space of a study: programs for its data that meet the claims of its prompt.
import {
  ArchError,
  build,
  type CheckedClaim,
  canonicalProgram,
  isBeyond,
  joinStages,
  mend,
  mutate,
  type Program,
  parse,
  type Rng,
  repair,
  rng,
} from "../../archbert/graph";
import {
  type Claim,
  check,
  claimText,
  contradiction,
  holds,
  type Known,
  know,
} from "../../archbert/graph/claims";
import type { Input } from "../../archbert/graph/language";
import { randomProgram } from "../../datasets";
import { costOf } from "./cost";
import { startTexts } from "./starts";

/** A program that may be trained. */
export interface Member {
  program: Program;
  /** Canonical, without a name: equal for programs that build the same network. */
  text: string;
  known: Known;
}

export interface Neighbour extends Member {
  mutation: string;
}

export interface Space {
  readonly claims: readonly Claim[];
  readonly input: Input;
  readonly classes: number;
  /** The program for this data if no claim is refuted by it; mended towards the claims where that helps, else null. */
  admit(program: Program, random?: Rng): Member | null;
  /** What is tried first, the best guess first. */
  readonly starts: readonly Member[];
  /** Whether it may be guessed: not much more costly than the first guess. */
  isCheap(member: Member): boolean;
  random(random: Rng): Member | null;
  /** One rewriting away. */
  neighbour(member: Program, random: Rng): Neighbour | null;
  /** How the claims stand on the network, with its nodes. */
  check(known: Known): CheckedClaim[];
}

/** What the data gives, and no program chooses. */
export interface Frame {
  /** Of one input: [height, width, channels] or [features]. */
  shape: readonly number[];
  classes: number;
}

/** What is guessed may cost so many times what the first guess costs. */
const mostTimes = 2;
const attempts = 30;

/**
 * @throws ArchError where no network for this data can meet the claims, or none is found that does; where the data are
 *   neither pictures nor vectors
 */
export function createSpace(claims: readonly Claim[], { shape, classes }: Frame): Space {
  const input = inputOf(shape);
  const fitted = (program: Program): Program => ({
    ...program,
    name: null,
    input,
    head: { ...program.head, classes },
  });
  const texts = startTexts(claims, input, classes);
  refuseImpossible(claims, know(build(parse(texts[0] ?? ""))), { shape, classes });

  const member = (program: Program): Member | null => {
    let known: Known;
    try {
      known = know(build(program));
    } catch (error) {
      // A size or width that the data's shape does not allow.
      if (error instanceof ArchError) return null;
      throw error;
    }
    return holds(claims, known) === false ? null : { program, text: canonicalProgram(program), known };
  };
  // In the fewest lines, unless the claims ask for as many stages as were written.
  const shortest = (program: Program): Member | null => {
    const joined = joinStages(program);
    return member(joined) ?? (joined.body.length < program.body.length ? member(program) : null);
  };
  const admit = (program: Program, random?: Rng): Member | null => {
    const own = fitted(program);
    const asIs = shortest(own);
    const whole = asIs || !random ? null : mend(own);
    return whole && random ? shortest(fitted(repair(whole, claims, random).program)) : asIs;
  };

  const starts = texts.flatMap((text) => admit(parse(text)) ?? []);
  if (starts.length === 0) {
    // None as it is: then the middle one, mended, or whatever is found.
    const random = rng(1);
    const mended =
      admit(parse(texts[3] ?? ""), random) ?? firstOf(() => admit(randomProgram(random), random));
    if (!mended) throw notFound(claims);
    starts.push(mended);
  }
  const most = mostTimes * Math.max(...starts.map(({ known }) => costOf(known)));
  const isCheap = ({ known }: Member) => costOf(known) <= most;
  const cheap = <T extends Member>(guess: () => T | null) =>
    firstOf(() => {
      const one = guess();
      return one && isCheap(one) ? one : null;
    });

  return {
    claims,
    input,
    classes,
    starts,
    admit,
    isCheap,
    random: (random) => cheap(() => admit(randomProgram(random), random)),
    neighbour: (program, random) =>
      cheap(() => {
        const { program: changed, mutation } = mutate(program, random);
        const one = admit(changed, random);
        const made = [changed, joinStages(changed)].map(canonicalProgram);
        const isAsMade = one && made.includes(one.text);
        return one && { ...one, mutation: isAsMade ? mutation : `${mutation} + repair` };
      }),
    check: (known) => claims.map((claim) => check(claim, known)),
  };
}

/** The first that comes out of some tries; null where none does. */
function firstOf<T>(guess: () => T | null): T | null {
  for (let i = 0; i < attempts; i++) {
    const one = guess();
    if (one) return one;
  }
  return null;
}

function inputOf(shape: readonly number[]): Input {
  const [first = 0, width = 0, channels = 0] = shape;
  if (shape.length === 3) return { kind: "picture", height: first, width, channels };
  if (shape.length === 1) return { kind: "features", features: first };
  throw new ArchError(`the data have inputs of ${shape.join("x") || "no size"}`, {
    fix: "Give pictures, whose shape is [height, width, channels], or vectors, [features]",
  });
}

function notFound(claims: readonly Claim[]): ArchError {
  return new ArchError(`no network for this data is found with ${claims.map(claimText).join(" and ")}`, {
    fix: "Drop or loosen one of them",
  });
}

/** Claims that the data decides, whatever the program. */
const ofData = new Set(["classes", "inputHeight", "inputWidth", "inputChannels", "inputFeatures"]);

function refuseImpossible(claims: readonly Claim[], known: Known, { shape, classes }: Frame): void {
  const against = contradiction(claims);
  if (against) {
    throw new ArchError(`no network can meet the prompt: ${against.map(claimText).join(" and ")}`, {
      fix: "Drop one of them",
    });
  }
  for (const claim of claims) {
    if (isBeyond(claim)) {
      throw new ArchError(
        `the prompt asks for ${claimText(claim)}, which no program of the architecture language has`,
        { fix: "Drop it from the prompt; docs/architecture-language.md lists what there is" },
      );
    }
    const isOfData = claim.kind === "input" || (claim.kind === "number" && ofData.has(claim.quantity));
    if (isOfData && holds([claim], known) === false) {
      throw new ArchError(
        `the prompt asks for ${claimText(claim)}, and the data has inputs of ${shape.join("x")} in ${classes} classes`,
        { fix: "Drop it from the prompt, or give other data" },
      );
    }
  }
}
