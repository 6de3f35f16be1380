// npm run kernel: the kernel of this checkout in a terminal, through jupyter console.
import { main, prepareKernel, python, run } from "./setup.mjs";

main(() => {
  prepareKernel();
  return run(python, ["-m", "jupyter_console", "--kernel", "archbert", ...process.argv.slice(2)]);
});
