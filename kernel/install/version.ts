// The version of this package, from its package.json.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../compiler/locate";

export const version: string = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")).version;
