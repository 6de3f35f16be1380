// npm test: installs what is missing, type-checks, lints, builds, and runs every suite.
// `npm test -- archbert kernel/magics`, or ONLY="archbert kernel/magics" npm test, runs the suites below those folders.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  build,
  environment,
  installJupyter,
  installNodePackages,
  main,
  node,
  root,
  run,
  say,
} from "./setup.mjs";

const bin = (...path) => join(root, "node_modules", ...path);

/** Specs below the folders or files that were asked for; all of them by default. */
function specs() {
  const wanted = [...process.argv.slice(2), ...(process.env.ONLY ?? "").split(/[\s,]+/)].filter(Boolean);
  return wanted.flatMap((name) => {
    const path = name.replace(/^test\//, "").replace(/\.test\.ts$/, "");
    return [
      "--spec",
      existsSync(join(root, "test", path)) ? `dist/test/${path}/**/*.test.js` : `dist/test/${path}.test.js`,
    ];
  });
}

/** Runs mocha. Returns its counts; a run that ends without them has failed once. */
function runMocha() {
  const folder = mkdtempSync(join(tmpdir(), "archbert-test-"));
  const file = join(folder, "counts.json");
  try {
    const chosen = specs();
    // With no specs of our own, those of .mocharc.json hold.
    const rc = chosen.length ? ["--no-config", "--timeout", "20000", "--exit"] : [];
    const status = run(
      node,
      [
        bin("mocha", "bin", "mocha.js"),
        ...rc,
        ...chosen,
        "--reporter",
        join(root, "scripts", "reporter.cjs"),
      ],
      { env: { ...environment(), ARCHBERT_COUNTS: file } },
    );
    const counts = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
    if (counts && (status === 0 || counts.failed > 0)) return counts;
    say(`mocha ended with status ${status}${counts ? "" : " before its tests did"}`);
    return { passed: counts?.passed ?? 0, failed: 1, skipped: counts?.skipped ?? 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main(() => {
  installNodePackages();
  installJupyter();
  const checks = [
    ["types", build()],
    ["lint", run(node, [bin("@biomejs", "biome", "bin", "biome"), "check", "."]) === 0],
  ];
  for (const [name, passed] of checks) say(`${name}: ${passed ? "ok" : "failed"}`);
  const total = runMocha();
  for (const [, passed] of checks) total[passed ? "passed" : "failed"]++;
  if (total.skipped > 0) say(`${total.skipped} skipped; each says why above`);
  say(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
});
