// npm start: from a fresh clone to an executed tour notebook.
import { mkdirSync } from "node:fs";
import { join, relative } from "node:path";
import { main, prepareKernel, python, root, run, SetupError, say } from "./setup.mjs";

main(() => {
  const started = performance.now();
  prepareKernel();

  const out = join(root, "notebooks", "out");
  const executed = join(out, "tour.ipynb");
  mkdirSync(out, { recursive: true });
  say("\nRunning the tour, notebooks/tour.ipynb");
  const tour = run(python, ["scripts/run_notebook.py", "notebooks/tour.ipynb", executed]);
  if (tour !== 0) throw new SetupError("the tour stopped, see above");
  const html = run(python, ["-m", "nbconvert", "--log-level=ERROR", "--to", "html", executed]);
  if (html !== 0) throw new SetupError("nbconvert could not write the HTML, see above");

  const shown = (name) => relative(process.cwd(), join(out, name));
  say(`\nDone in ${((performance.now() - started) / 1000).toFixed(0)} s.`);
  say(`  executed notebook   ${shown("tour.ipynb")}`);
  say(`  the same as HTML    ${shown("tour.html")}`);
  say("  try it yourself     npm run lab");
});
