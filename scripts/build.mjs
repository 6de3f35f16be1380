// npm run build: the compiled package in dist/.
import { build, installNodePackages, main } from "./setup.mjs";

main(() => {
  installNodePackages();
  return build() ? 0 : 1;
});
