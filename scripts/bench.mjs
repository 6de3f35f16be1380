// npm run bench: every benchmark of test/bench, one after another. Arguments choose by name.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import {
  build,
  installJupyter,
  installNodePackages,
  main,
  node,
  root,
  run,
  SetupError,
  say,
} from "./setup.mjs";

main(() => {
  installNodePackages();
  installJupyter();
  if (!build()) throw new SetupError("the build failed, see above");
  const folder = join(root, "dist", "test", "bench");
  const wanted = process.argv.slice(2);
  const benches = (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => name.endsWith(".bench.js"))
    .filter((name) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
    .sort();
  if (benches.length === 0) throw new SetupError("no benchmark of that name in test/bench");
  let failed = 0;
  for (const name of benches) {
    say(`\n${name.replace(".bench.js", "")}`);
    if (run(node, [join(folder, name)]) !== 0) failed++;
  }
  return failed === 0 ? 0 : 1;
});
