// The answers to requests that run no cell: completion, inspection, completeness, history, comms.
import type { CommManager } from "./comms";
import type { History } from "./history";
import type { Language } from "./language";
import type { Magics } from "./magics";
import type { Content } from "./protocol/wire";
import { toCodePoints, toOffset } from "./text";

export interface Answerer {
  language: Language;
  magics: Magics;
  history: History;
  comms: CommManager;
}

type Answer = (content: Content, of: Answerer) => Content;

/** Request type to the content of its reply. */
export const answers: Record<string, Answer> = {
  complete_request(content, { magics, language }) {
    const { code, cursor } = codeAndCursor(content);
    const { start, end, items } = magics.complete(code, cursor) ?? language.complete(code, cursor);
    const span = { start: toCodePoints(code, start), end: toCodePoints(code, end) };
    const types = items.map(({ text, type = "", signature = "" }) => ({ text, type, signature, ...span }));
    return {
      status: "ok",
      matches: items.map(({ text }) => text),
      cursor_start: span.start,
      cursor_end: span.end,
      metadata: { _jupyter_types_experimental: types },
    };
  },

  inspect_request(content, { magics, language }) {
    const { code, cursor } = codeAndCursor(content);
    const found = magics.inspect(code, cursor) ?? language.inspect(code, cursor);
    if (!found) return { status: "ok", found: false, data: {}, metadata: {} };
    const { signature, documentation } = found;
    const fenced = signature && `\`\`\`typescript\n${signature}\n\`\`\``;
    const data = {
      "text/plain": paragraphs(signature, documentation),
      "text/markdown": paragraphs(fenced, documentation),
    };
    return { status: "ok", found: true, data, metadata: {} };
  },

  is_complete_request(content, { magics, language }) {
    const code = String(content.code ?? "");
    return { ...(magics.isComplete(code) ?? language.isComplete(code)) };
  },

  history_request: (content, { history }) => history.answer(content),

  comm_info_request: (content, { comms }) => comms.info(content.target_name as string | undefined),
};

function codeAndCursor(content: Content): { code: string; cursor: number } {
  const code = String(content.code ?? "");
  const cursor = content.cursor_pos;
  return { code, cursor: typeof cursor === "number" ? toOffset(code, cursor) : code.length };
}

function paragraphs(...parts: string[]): string {
  return parts.filter(Boolean).join("\n\n");
}
