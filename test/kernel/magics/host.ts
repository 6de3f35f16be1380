// A host that records what it is asked for.
import type { DisplayOptions, Host } from "../../../kernel/host";
import type { Language } from "../../../kernel/language";
import { fakeLanguage } from "./language";

export interface FakeHost extends Host {
  readonly shown: { value: unknown; options: DisplayOptions }[];
  readonly paged: unknown[];
  readonly written: string[];
  readonly asked: string[];
  readonly hints: (string | undefined)[];
  readonly abort: AbortController;
}

export function fakeHost({
  answer = "",
  language = fakeLanguage(),
}: {
  answer?: string;
  language?: Language;
} = {}): FakeHost {
  const abort = new AbortController();
  const host: FakeHost = {
    language,
    shown: [],
    paged: [],
    written: [],
    asked: [],
    hints: [],
    abort,
    signal: abort.signal,
    async display(value, options = {}) {
      host.shown.push({ value, options });
    },
    async page(value) {
      host.paged.push(value);
    },
    write: (stream, text) => void host.written.push(`${stream}: ${text}`),
    clearOutput() {},
    hint: (text) => void host.hints.push(text),
    prompt(question) {
      host.asked.push(question);
      return answer;
    },
  };
  return host;
}
