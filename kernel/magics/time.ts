// %time EXPR and %%time: how long it takes, its value kept.
import type { Around, ExpressionMagic } from "./magic";

interface Begun {
  wallMs: number;
  cpu: NodeJS.CpuUsage;
}

export const time: ExpressionMagic = {
  kind: "expression",
  name: "time",
  summary: "runs an expression or a cell and says how long it took: wall clock and processor",
  examples: [
    { words: "await fetch(url)", does: "the time until the promise is fulfilled" },
    { words: "net.nodes.map((node) => node.op)", does: "shows the value, too" },
  ],
  around({ write }): Around {
    let cell: Begun | undefined;
    const begin = (): Begun => ({ cpu: process.cpuUsage(), wallMs: performance.now() });
    const end = async <T>(begun: unknown, value: T): Promise<Awaited<T>> => {
      const result = await value;
      const before = begun as Begun;
      const wallMs = performance.now() - before.wallMs;
      const { user, system } = process.cpuUsage(before.cpu);
      const processor = `${duration(user / 1000)} user, ${duration(system / 1000)} system`;
      write("stdout", `Wall time: ${duration(wallMs)} (processor: ${processor})\n`);
      return result;
    };
    async function endCell(): Promise<void>;
    async function endCell<T>(value: T): Promise<Awaited<T>>;
    async function endCell(value?: unknown): Promise<unknown> {
      const begun = cell ?? begin();
      cell = undefined;
      return end(begun, value);
    }
    return {
      begin,
      end,
      beginCell() {
        cell = begin();
      },
      endCell,
    };
  },
};

/** 0.8 µs, 12.3 ms, 4.56 s, 2 min 5 s */
export function duration(ms: number): string {
  if (ms < 1) return `${Number((ms * 1000).toPrecision(3))} µs`;
  if (ms < 1000) return `${Number(ms.toPrecision(3))} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(2)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
