// Importers by format. To add one: its folder here, and a line below.
import type { Architecture } from "../architecture";
import { ImportError } from "../errors";
import type { Importer } from "./importer";
import { keras } from "./keras";
import { onnx } from "./onnx";
import { program } from "./program";
import type { ByteSource } from "./source";
import { tfjs } from "./tfjs";

export type { Importer } from "./importer";
export { type ByteSource, bytesSource } from "./source";

export const importers = {
  onnx,
  tfjs,
  keras,
  program,
} satisfies Record<string, Importer>;

/**
 * The architecture in a file of any format known, told by its content.
 *
 * @param source borrowed; read by position
 * @throws ImportError when no importer knows the file, or it is damaged
 */
export async function importArchitecture(source: ByteSource): Promise<Architecture> {
  if (source.size === 0) throw new ImportError("the file is empty", { where: source.name });
  const head = await source.read(0, Math.min(4096, source.size));
  const importer = Object.values(importers).find(({ sniff }) => sniff(head));
  if (importer) return importer.read(source);
  const fix = `Known formats: ${Object.values(importers)
    .map(({ title }) => title)
    .join(", ")}`;
  throw new ImportError(guess(head), { where: source.name, fix });
}

/** What the user may have given instead. */
function guess(head: Uint8Array): string {
  const raw = new TextDecoder("latin1").decode(head.subarray(0, 512));
  const text = raw.trimStart();
  if (/^<(!doctype|html|\?xml)/i.test(text))
    return "a web page, not a network; the address may want a login or show the file's page instead of the file";
  if (raw.startsWith("GGUF") || /^\{"(__metadata__|[^"]*":\{"(dtype|shape|data_offsets)")/.test(raw.slice(8)))
    return "weights alone (GGUF, safetensors), which say nothing of the network's graph; export the model to ONNX";
  if (raw.slice(4, 8) === "TFL3")
    return "TensorFlow Lite, which is not a format this reads; convert it with `python -m tf2onnx.convert --tflite`";
  if (head[0] === 0x80 && (head[1] ?? 0) <= 5)
    return "a pickle of Python (PyTorch's old .pt files are), which could run anything; export the model with torch.onnx.export";
  if (text.startsWith("version https://git-lfs"))
    return "a Git LFS pointer, not the file itself; fetch it with `git lfs pull`";
  if (/^\[\s*\{\s*"(weights|paths)"/.test(text))
    return "a TensorFlow.js weights manifest, which lists weights, not layers";
  if (text.startsWith("{") || text.startsWith("[")) return "JSON, not a network in a format this reads";
  return "not a network in a format this reads";
}
