// npm run kernel: the kernel of this checkout in a terminal, through jupyter console.
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
  return run(python, ["-m", "jupyter_console", "--kernel", "archbert", ...process.argv.slice(2)]);
});
