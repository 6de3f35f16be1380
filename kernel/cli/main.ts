#!/usr/bin/env node
// The command `archbert`. Loads nothing before it knows that this Node can run the rest.

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(`archbert needs Node 22.12 or later; this is ${process.versions.node}.\n`);
  process.exitCode = 1;
} else {
  import("./program.js").then(({ main }) => main(process.argv.slice(2)));
}
