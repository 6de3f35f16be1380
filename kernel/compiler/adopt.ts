// How a program takes in a cell that it was not made with: the cell gets what a program keeps on its own files.
import type { BoundFile } from "./stock";

/** Words by which a cell may reach beyond itself, wherever they stand. */
const outward = /\b(import|require|declare|global|module|namespace)\b|\/\/\/|@ts-/;

/** Whether a cell may import or touch anything global: then only a program of its own will do. */
export function reachesOut(text: string): boolean {
  return outward.test(text);
}

/**
 * @param model the cell that the program was made with
 * @param count of the cells that it has taken in, this one included
 */
export function adopt(file: BoundFile, model: BoundFile, count: number): void {
  const { path, resolvedPath, originalFileName, packageJsonLocations, packageJsonScope, version } = model;
  Object.assign(file, {
    // A path of its own: the checker drops an error that it has had before of the same path and place.
    path: `${path}#${count}`,
    resolvedPath,
    originalFileName,
    packageJsonLocations,
    packageJsonScope,
    version,
    imports: [],
    moduleAugmentations: [],
    ambientModuleNames: [],
  });
}
