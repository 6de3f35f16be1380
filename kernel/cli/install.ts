// archbert install, archbert uninstall: the kernel among Jupyter's kernels.
import {
  defaultDisplayName,
  defaultName,
  type Installation,
  install,
  tryKernel,
  uninstall,
} from "../install";
import { verb } from "../verbs/verb";

const place = {
  user: { kind: "flag", summary: "for this user; so it is when nothing else is asked for" },
  sysPrefix: { kind: "flag", summary: "into the active virtual or conda environment" },
  prefix: { kind: "file", summary: "below this folder, in share/jupyter/kernels" },
  name: { kind: "text", summary: "what Jupyter calls the kernel", default: defaultName },
} as const;

export const installVerb = verb({
  name: "install",
  summary: "registers the kernel with Jupyter",
  examples: [
    { words: "", does: "for this user; no Python is needed" },
    { words: "--sys-prefix", does: "into the active virtual or conda environment" },
  ],
  args: {},
  options: {
    ...place,
    displayName: { kind: "text", summary: "what front ends show", default: defaultDisplayName },
  },
  async run(input): Promise<Installation> {
    const installed = install(input);
    try {
      await tryKernel(installed.spec);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      installed.warnings.push(`The kernel does not start: ${why}. archbert doctor says more.`);
    }
    return installed;
  },
  toText({ name, folder, spec, warnings }) {
    const lines = [
      `Installed ${spec.display_name} as ${name} in ${folder}`,
      ...warnings.map((text) => `Warning: ${text}`),
    ];
    return lines.join("\n");
  },
  toJson: ({ name, folder, spec, warnings }) => ({ name, folder, argv: spec.argv, warnings }),
});

export const uninstallVerb = verb({
  name: "uninstall",
  summary: "takes the kernel away from Jupyter",
  examples: [{ words: "--sys-prefix", does: "from the active virtual or conda environment" }],
  args: {},
  options: place,
  run: (input) => ({ folder: uninstall(input) }),
  toText: ({ folder }) => `Removed ${folder}`,
  toJson: (removed) => removed,
});
