// ONNX, any IR version and opset.
import type { Architecture } from "../../architecture";
import { canonicalize } from "../../canonical";
import type { Importer } from "../importer";
import { build } from "./build";
import { channelsFirst } from "./channelsFirst";
import { decode } from "./decode";
import { slim } from "./slim";

export const onnx: Importer = {
  title: "ONNX",
  // A ModelProto begins with its IR version (field 1, varint), or rarely with another of its first fields.
  sniff: (head) => {
    const [tag, value] = head;
    if (tag === 0x08) return value !== undefined && value < 128;
    return tag === 0x12 || tag === 0x3a || tag === 0x42;
  },
  read: async (source): Promise<Architecture> => {
    const file = await decode(await slim(source), source.name);
    return canonicalize(channelsFirst(build(file, nameOf(file.graph.name, source.name), source.name)));
  },
};

/** Exporters call every graph the same: the file's name says more. */
function nameOf(graph: string, file: string): string {
  const base =
    file
      .split(/[\\/]/)
      .at(-1)
      ?.replace(/\.gz$/, "")
      .replace(/\.onnx$/, "") ?? "";
  const generic =
    /^(main_graph|main|graph|torch[-_]jit[-_]export|torch-jit.*|model|tf2onnx|Model\d*|Graph)?$/i;
  return generic.test(graph) || base !== "" ? base || graph : graph;
}
