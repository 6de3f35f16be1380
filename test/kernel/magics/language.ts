// A language that compiles nothing: for tests of what surrounds it.
import type { Language, Variable } from "../../../kernel/language";

export interface FakeLanguage extends Language {
  /** The sources that were completed or run. */
  readonly asked: { source: string; position?: number }[];
}

export function fakeLanguage(
  values: Readonly<Record<string, { type: string; value?: unknown }>> = {},
): FakeLanguage {
  const asked: FakeLanguage["asked"] = [];
  const options: Record<string, unknown> = { strict: false };
  return {
    asked,
    async execute(source) {
      asked.push({ source });
      return { value: undefined };
    },
    complete(source, position) {
      asked.push({ source, position });
      return { start: position, end: position, items: [{ text: "fromLanguage" }] };
    },
    inspect(source, position) {
      asked.push({ source, position });
      return undefined;
    },
    isComplete: () => ({ status: "complete" }),
    interrupt() {},
    variables: (): Variable[] => Object.entries(values).map(([name, { type }]) => ({ name, type })),
    valueOf: (name) => values[name]?.value,
    setCompilerOptions: (changed) => void Object.assign(options, changed),
    compilerOptions: () => options,
    reset() {},
    dispose() {},
  };
}
