// npm run lab: JupyterLab with the kernel, in the notebooks folder. Further arguments go to JupyterLab.
import { main, prepareKernel, python, run } from "./setup.mjs";

main(() => {
  prepareKernel();
  // JupyterLab refuses to run as root unless told; in a container root is often the only user.
  const root = process.getuid?.() === 0 ? ["--allow-root"] : [];
  return run(python, ["-m", "jupyterlab", ...root, "notebooks/tour.ipynb", ...process.argv.slice(2)]);
});
