// archbert doctor: what the product stands on, and what to do where something is wrong.
import { type Check, examine } from "../install";
import { verb } from "../verbs/verb";

const marks: Record<Check["status"], string> = { ok: "ok   ", warn: "warn ", error: "ERROR" };

export const doctorVerb = verb({
  name: "doctor",
  summary: "examines this machine: Node, the kernel, what it trains on, Jupyter, memory",
  examples: [{ words: "", does: "says what is well, and what to do where something is not" }],
  args: {},
  options: {},
  run: () => examine(),
  toText({ checks }) {
    const width = Math.max(...checks.map(({ name }) => name.length));
    return checks
      .flatMap(({ name, status, found, fix }) => [
        `${marks[status]} ${name.padEnd(width)}  ${found}`,
        ...(fix ? [`${" ".repeat(width + 8)}${fix}`] : []),
      ])
      .join("\n");
  },
  toJson: (report) => report,
  failed: ({ status }) => status === "error",
});
