#!/usr/bin/env node
// The command `archbert`. Loads nothing before it knows that this Node can run the rest.

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(`archbert needs Node 22.12 or later; this is ${process.versions.node}.\n`);
  process.exitCode = 1;
} else {
  // V8's cache of compiled code, on disk: later starts are a third faster.
  (require("node:module") as typeof import("node:module")).enableCompileCache?.();
  import("./program.js").then(({ main }) => main(process.argv.slice(2)));
}
