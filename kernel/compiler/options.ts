// The compiler options of a notebook: ours, then the folder's tsconfig.json, then what the user sets at run time.
import { statSync } from "node:fs";
import { join, parse } from "node:path";
import type { CompilerOptions, Diagnostic } from "typescript";
import { ArchError } from "../../archbert/graph/errors";
import { distance } from "../../archbert/graph/nearest";
import { nodeTypeRoot } from "./locate";
import { ts } from "./stock";

/** What the user may set, under tsconfig's names. */
export type UserOptions = Readonly<Record<string, unknown>>;

/** Options that decide how cells are run rather than how they are checked: the kernel's own business. */
const reserved = new Set([
  "allowJs", "baseUrl", "checkJs", "composite", "declaration", "declarationDir", "declarationMap", "emitDeclarationOnly",
  "emitBOM", "importHelpers", "incremental", "inlineSourceMap", "inlineSources", "isolatedDeclarations", "isolatedModules",
  "mapRoot", "module", "moduleDetection", "moduleResolution", "newLine", "noCheck", "noEmit", "noEmitHelpers",
  "noEmitOnError", "noLib", "noResolve", "out", "outDir", "outFile", "project", "preserveConstEnums", "removeComments",
  "rootDir", "rootDirs", "skipDefaultLibCheck", "skipLibCheck", "sourceMap", "sourceRoot", "tsBuildInfoFile",
  "verbatimModuleSyntax", "erasableSyntaxOnly",
]); // biome-ignore format: a table

/** Checks of unused names make no sense where the next cell may use them. */
const pointless = new Set(["noUnusedLocals", "noUnusedParameters"]);

/** The first target whose cells may await outside functions. */
const leastTarget = ts.ScriptTarget.ES2017;

/** The names that a user may set. */
function settable(): string[] {
  return ts.optionDeclarations
    .filter(
      ({ name, type }) =>
        !reserved.has(name) &&
        (type !== "object" || name === "paths") &&
        !/^(help|all|version|init|build|watch|locale|pretty|listFiles|showConfig|diagnostics|extendedDiagnostics|generate\w+|explain\w+|trace\w+|list\w+|ignoreConfig)$/.test(
          name,
        ),
    )
    .map(({ name }) => name);
}

function library(): string[] {
  const major = Number(process.versions.node.split(".")[0]);
  const names =
    major >= 24
      ? ["es2025", "esnext.disposable"]
      : ["es2024", "es2025.iterator", "es2025.collection", "esnext.disposable"];
  return names.map((name) => `lib.${name}.d.ts`);
}

function defaults(folder: string): CompilerOptions {
  return {
    target: ts.ScriptTarget.ES2024,
    lib: library(),
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: ["node"],
    typeRoots: [join(folder, "node_modules", "@types"), nodeTypeRoot()],
    // Strict as TypeScript 6 is by default, but for the annotations that a quick cell does without.
    strict: true,
    noImplicitAny: false,
    useUnknownInCatchVariables: false,
    esModuleInterop: true,
    allowSyntheticDefaultImports: true,
    resolveJsonModule: true,
    allowImportingTsExtensions: true,
    allowJs: true,
    checkJs: false,
    experimentalDecorators: false,
    skipLibCheck: true,
    declaration: true,
    sourceMap: true,
    newLine: ts.NewLineKind.LineFeed,
    noErrorTruncation: false,
    // The whole disk: a notebook may import from the folder beside its own.
    rootDir: parse(folder).root,
    outDir: "outDir",
    jsx: undefined,
  };
}

export interface Configuration {
  options: CompilerOptions;
  /** What was wrong with the folder's tsconfig.json, in a sentence each. */
  warnings: string[];
  /** Of the tsconfig.json that was read. */
  stamp: string;
}

/** Changes when the folder's tsconfig.json does. */
export function configStamp(folder: string): string {
  const stat = statSync(join(folder, "tsconfig.json"), { throwIfNoEntry: false });
  return stat ? `${stat.mtimeMs}/${stat.size}` : "";
}

/** The compiler options of a folder with what the user has set. */
export function configure(folder: string, set: UserOptions): Configuration {
  const warnings: string[] = [];
  const stamp = configStamp(folder);
  const { options: configured, raw } = readConfig(folder, warnings);
  const wanted = { ...raw, ...set };
  const options: CompilerOptions = { ...defaults(folder) };
  if ("strict" in wanted) {
    delete options.noImplicitAny;
    delete options.useUnknownInCatchVariables;
  }
  if (isTooOld(configured.target)) {
    const [own, given] = [options.target, configured.target].map(targetName);
    if (set.target === undefined || set.target === null) {
      warnings.push(`tsconfig.json: cells may await, which the target ${given} cannot: ${own} is taken`);
    }
    delete configured.target;
  }
  for (const [name, value] of Object.entries(configured)) {
    if (value === undefined || name === "configFilePath") continue;
    if (!reserved.has(name) && !pointless.has(name)) options[name] = value;
  }
  Object.assign(options, converted(folder, set));
  if (configured.configFilePath) options.configFilePath = configured.configFilePath;
  if (options.types && !options.types.includes("node")) options.types = ["node", ...options.types];
  options.typeRoots = [...(options.typeRoots ?? []), nodeTypeRoot()];
  return { options, warnings, stamp };
}

function isTooOld(target: CompilerOptions["target"]): boolean {
  return target !== undefined && target < leastTarget;
}

function targetName(target: CompilerOptions["target"]): unknown {
  return shownOptions({ target }).target;
}

function readConfig(folder: string, warnings: string[]): { options: CompilerOptions; raw: UserOptions } {
  const path = join(folder, "tsconfig.json");
  if (!ts.sys.fileExists(path)) return { options: {}, raw: {} };
  const warn = (diagnostic: Diagnostic) => warnings.push(sentence(diagnostic));
  const { config, error } = ts.readConfigFile(path, ts.sys.readFile) as {
    config?: { compilerOptions?: UserOptions };
    error?: Diagnostic;
  };
  if (error) warn(error);
  // Only the options count, not which files the project has: the listing of a big folder is not waited for.
  const host = { ...ts.sys, useCaseSensitiveFileNames: true, readDirectory: () => [] };
  const parsed = ts.parseJsonConfigFileContent(config ?? {}, host, folder, undefined, path);
  const noInputs = 18003;
  for (const diagnostic of parsed.errors)
    if (diagnostic.code !== noInputs && diagnostic.code !== 18002) warn(diagnostic);
  return { options: parsed.options, raw: parsed.options };
}

function sentence({ file, start, messageText }: Diagnostic): string {
  const text = ts.flattenDiagnosticMessageText(messageText, " ");
  const line = file && start !== undefined ? `:${file.getLineAndCharacterOfPosition(start).line + 1}` : "";
  return `tsconfig.json${line}: ${text}`;
}

/**
 * Options under tsconfig's names as the compiler wants them; what is null is not set.
 *
 * @throws ArchError for an unknown name, one that the kernel keeps to itself, or a value of the wrong kind or
 *   that no cell could run with
 */
export function converted(folder: string, set: UserOptions): CompilerOptions {
  const known = settable();
  for (const name of Object.keys(set)) {
    if (known.includes(name)) continue;
    if (reserved.has(name)) {
      throw new ArchError(`the compiler option "${name}" is the kernel's own: it decides how cells run`);
    }
    throw new ArchError(`no compiler option "${name}"`, { fix: `Did you mean "${nearest(name, known)}"?` });
  }
  const { options, errors } = ts.convertCompilerOptionsFromJson(set, folder);
  const [first] = errors;
  if (first) throw new ArchError(ts.flattenDiagnosticMessageText(first.messageText, " "));
  if (isTooOld(options.target)) {
    throw new ArchError(`cells may await, which the target ${targetName(options.target)} cannot`, {
      fix: `Choose ${targetName(leastTarget)} or a later one`,
    });
  }
  const { configFilePath: _, ...rest } = options;
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
}

/** The options in force that a user may set, under tsconfig's names and with its values. */
export function shownOptions(options: CompilerOptions): UserOptions {
  const shown: Record<string, unknown> = {};
  for (const { name, type } of ts.optionDeclarations) {
    const value = options[name];
    if (value === undefined || reserved.has(name) || name === "typeRoots") continue;
    const spelled = type instanceof Map ? [...type].find(([, meaning]) => meaning === value)?.[0] : undefined;
    shown[name] = spelled ?? value;
  }
  if (options.lib) shown.lib = options.lib.map((file) => file.replace(/^lib\.|\.d\.ts$/g, ""));
  return shown;
}

function nearest(name: string, names: readonly string[]): string {
  let best = names[0] ?? "";
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of names) {
    const away = distance(name.toLowerCase(), candidate.toLowerCase());
    if (away < least) [best, least] = [candidate, away];
  }
  return best;
}
