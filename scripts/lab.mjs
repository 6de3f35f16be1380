// npm run lab: JupyterLab with the kernel, in the notebooks folder. Further arguments go to JupyterLab.
import {
  archbert,
  build,
  installJupyter,
  installNodePackages,
  main,
  python,
  run,
  SetupError,
} from "./setup.mjs";

main(() => {
  installNodePackages();
  installJupyter();
  if (!build()) throw new SetupError("the build failed, see above");
  if (archbert("install", "--sys-prefix") !== 0)
    throw new SetupError("the kernel could not be registered, see above");
  // JupyterLab refuses to run as root unless told; in a container root is often the only user.
  const root = process.getuid?.() === 0 ? ["--allow-root"] : [];
  return run(python, ["-m", "jupyterlab", ...root, "notebooks/tour.ipynb", ...process.argv.slice(2)]);
});
