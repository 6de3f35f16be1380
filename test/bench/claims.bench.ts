// What training and generation do in their loops: random networks with what is said of them, and repair towards wishes.
import {
  build,
  type Claim,
  check,
  format,
  know,
  type Program,
  parse,
  repair,
  rng,
} from "../../archbert/graph";
import { prompt, question, randomProgram, statement } from "../../datasets";

const networks = 1000;
const wishes = 2000;

/** CPU time: other processes may share the core. */
function timed(action: () => void): number {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function each(count: number, action: (i: number) => void): string {
  const times = Array.from({ length: count }, (_, i) => timed(() => action(i)));
  const perSecond = (1000 * count) / times.reduce((a, b) => a + b, 0);
  return `${perSecond.toFixed(0)} a second`;
}

function wish(i: number): { claims: Claim[]; start: Program } {
  const random = rng(1_000_000 + i);
  const program = randomProgram(random);
  const wordings = i % 2 === 0 ? "train" : "test";
  const { claims } = prompt(program, know(build(program)), random, { wordings });
  return { claims, start: randomProgram(random) };
}

function repairs(): [string, string][] {
  let met = 0;
  const times: number[] = [];
  for (let i = 0; i < wishes; i++) {
    const { claims, start } = wish(i);
    let program = start;
    times.push(timed(() => ({ program } = repair(start, claims, rng(i)))));
    const known = know(build(parse(format(program))));
    if (claims.every((claim) => check(claim, known).verdict !== "refuted")) met++;
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => `${times[Math.min(wishes - 1, Math.floor(share * wishes))]?.toFixed(1)} ms`;
  return [
    [`wishes met, of ${wishes}, from an unrelated program`, String(met)],
    ["repair, median", at(0.5)],
    ["repair, 99 of 100 within", at(0.99)],
    ["repair, longest", at(1)],
  ];
}

const programs = Array.from({ length: networks }, (_, i) => randomProgram(rng(i)));
const rows: [string, string][] = [
  ["random programs", each(networks, (i) => randomProgram(rng(networks + i)))],
  ["build", each(networks, (i) => build(programs[i] ?? randomProgram(rng(i))))],
  [
    "networks with 8 statements",
    each(networks, (i) => {
      const random = rng(2 * networks + i);
      const known = know(build(randomProgram(random)));
      for (let k = 0; k < 8; k++) statement(known, random, { wordings: "train", holds: k % 2 === 0 });
    }),
  ],
  [
    "networks with 8 statements, 6 questions, a wish",
    each(networks, (i) => {
      const random = rng(3 * networks + i);
      const program = randomProgram(random);
      const known = know(build(program));
      for (let k = 0; k < 8; k++) statement(known, random, { wordings: "train", holds: k % 2 === 0 });
      for (let k = 0; k < 6; k++) question(known, random, { wordings: "train" });
      prompt(program, known, random, { wordings: "train" });
    }),
  ],
  ...repairs(),
];
console.log(`claims, one core, CPU time, Node ${process.version}`);
for (const [what, figure] of rows) console.log(`${what.padEnd(52)} ${figure.padStart(14)}`);
