// What the kernel says about itself.
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Connection } from "./sockets";
import { type Content, protocolVersion } from "./wire";

/** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#kernel-info */
export function kernelInfo(): Content {
  const version = packageVersion(path.join(__dirname, "../../../package.json"));
  const typescript = packageVersion(require.resolve("typescript/package.json"));
  return {
    status: "ok",
    protocol_version: protocolVersion,
    implementation: "archbert",
    implementation_version: version,
    language_info: {
      name: "typescript",
      version: typescript,
      mimetype: "text/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      codemirror_mode: { name: "javascript", mode: "typescript", typescript: true },
      nbconvert_exporter: "",
    },
    banner: `ArchBERT Lab ${version}: TypeScript ${typescript} on Node ${process.versions.node}. %lsmagic lists the magics.`,
    debugger: false,
    supported_features: [],
    help_links: [
      { text: "TypeScript handbook", url: "https://www.typescriptlang.org/docs/handbook/" },
      { text: "Node.js documentation", url: "https://nodejs.org/docs/latest-v24.x/api/" },
    ],
  };
}

export function connectInfo(connection: Connection): Content {
  const { shell_port, iopub_port, stdin_port, control_port, hb_port } = connection;
  return { status: "ok", shell_port, iopub_port, stdin_port, control_port, hb_port };
}

function packageVersion(file: string): string {
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
