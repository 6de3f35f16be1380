// A trained network as files.
import { statSync } from "node:fs";
import path from "node:path";
import { ArchError } from "../../../archbert/graph/errors";
import { checkFolder } from "../../../compute/files";
import type { Trained } from "../../../compute/trained";

/** Writes it. @returns what was written */
export type Writer = (trained: Trained) => Promise<string[]>;

/**
 * How something of that name is written; asked first, so that nothing is trained in vain.
 *
 * @param out an .onnx file, or a folder for all formats
 * @throws ArchError where it cannot be written
 */
export function writerFor(out: string, folder: string): Writer {
  const place = path.resolve(folder, out);
  const ending = path.extname(out).toLowerCase();
  const found = statSync(place, { throwIfNoEntry: false });
  if (ending === ".onnx") {
    const parent = statSync(path.dirname(place), { throwIfNoEntry: false });
    if (!parent?.isDirectory())
      throw new ArchError("its folder does not exist", { where: out, fix: "Make it first" });
    if (found?.isDirectory()) throw new ArchError("it is a folder", { where: out });
    checkFolder(path.dirname(place), path.dirname(out));
    return async (trained) => {
      const { exportOnnx } = await import("../../../compute/index.js");
      await exportOnnx(trained, place);
      return [out];
    };
  }
  if (ending !== "" && !found?.isDirectory()) {
    throw new ArchError("a trained network is an .onnx file, or a folder with all formats", {
      where: out,
      fix: "Give a name that ends with .onnx, or a folder's without an ending",
    });
  }
  if (found && !found.isDirectory())
    throw new ArchError("it is a file", { where: out, fix: "Name a folder" });
  checkFolder(place, out);
  return async (trained) => {
    const { exportOnnx, exportTfjs, saveTrained } = await import("../../../compute/index.js");
    await saveTrained(trained, place);
    await exportOnnx(trained, path.join(place, "model.onnx"));
    await exportTfjs(trained, path.join(place, "tfjs"));
    return ["trained.json", "weights.bin", "model.onnx", "tfjs"].map((name) => path.join(out, name));
  };
}
