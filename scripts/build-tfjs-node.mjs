// Builds tfjs-node against the TensorFlow of a PyPI wheel, since the library that tfjs-node downloads itself is of 2020:
//
//   node scripts/build-tfjs-node.mjs FOLDER [--wheel tensorflow-cpu==2.21.0] [--nodedir /usr]
//
// Needs pip, a C++ compiler, make, Node's headers (under NODEDIR/include/node), and some 1.5 GB of disk. Prints the
// line that makes ArchBERT use what was built. `--wheel tensorflow` takes the build for GPUs, which needs CUDA.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { main, node, SetupError, say } from "./setup.mjs";

const tfjs = "4.22.0";

function step(what, program, args, cwd) {
  say(what);
  const done = spawnSync(program, args, { cwd, encoding: "utf8", maxBuffer: 1 << 28 });
  if (done.status === 0) return;
  const output = done.error ? done.error.message : `${done.stdout}${done.stderr}`.trim();
  throw new SetupError(`${what} failed:\n${output.split("\n").slice(-20).join("\n")}`);
}

function link(target, path) {
  rmSync(path, { recursive: true, force: true });
  symlinkSync(target, path);
}

main(() => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      wheel: { type: "string", default: "tensorflow-cpu==2.21.0" },
      nodedir: { type: "string", default: "/usr" },
    },
  });
  if (!positionals[0])
    throw new SetupError("name a folder to build in: node scripts/build-tfjs-node.mjs FOLDER");
  const folder = resolve(positionals[0]);
  if (!existsSync(join(values.nodedir, "include", "node", "node_api.h"))) {
    throw new SetupError(
      `there are no headers of Node under ${values.nodedir}/include/node; name where they are with --nodedir`,
    );
  }
  const wheel = join(folder, "wheel");
  mkdirSync(wheel, { recursive: true });
  step(`fetching ${values.wheel}`, "python3", [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--no-deps",
    "--target",
    wheel,
    values.wheel,
  ]);
  const library = join(wheel, "tensorflow");
  const packages = [`@tensorflow/tfjs-node@${tfjs}`, `@tensorflow/tfjs@${tfjs}`, "node-gyp"];
  step(
    "fetching tfjs-node",
    "npm",
    ["install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", ...packages],
    folder,
  );

  const built = join(folder, "node_modules", "@tensorflow", "tfjs-node");
  const lib = join(built, "deps", "lib");
  mkdirSync(lib, { recursive: true });
  link(join(library, "include"), join(built, "deps", "include"));
  const names = { cc: ["libtensorflow.so", "libtensorflow.so.2"], framework: ["libtensorflow_framework.so"] };
  for (const [part, aliases] of Object.entries(names)) {
    const file = `libtensorflow_${part}.so.2`;
    if (!readdirSync(library).includes(file)) throw new SetupError(`${values.wheel} holds no ${file}`);
    for (const name of [file, ...aliases]) link(join(library, file), join(lib, name));
  }
  step(
    "building",
    node,
    [
      join(folder, "node_modules", "node-gyp", "bin", "node-gyp.js"),
      "rebuild",
      `--nodedir=${values.nodedir}`,
      "--module_name=tfjs_binding",
      `--module_path=${join(built, "lib", "napi-v8")}`,
      "--napi_version=9",
      "--napi_build_version=8",
    ],
    built,
  );
  say(`built; to use it:\n  export ARCHBERT_TFJS_NODE=${built}`);
  return 0;
});
