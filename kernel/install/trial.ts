// Whether a kernel's command starts a kernel: its heartbeat must answer.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KernelSpec } from "./kernelSpec";

const host = "127.0.0.1";

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer().on("error", failed);
    probe.listen(0, host, () => {
      const address = probe.address();
      const port = address && typeof address === "object" ? address.port : 0;
      probe.close(() => found(port));
    });
  });
}

/**
 * Starts the kernel and ends it again.
 *
 * @returns how long it took to answer, in ms
 * @throws Error with the last line that the kernel wrote, when it does not answer
 */
export async function tryKernel(spec: KernelSpec, timeoutMs = 10_000): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "archbert-trial-"));
  const connectionFile = join(folder, "connection.json");
  const [shell, iopub, stdin, control, heartbeat] = await Promise.all(Array.from({ length: 5 }, freePort));
  const ports = {
    shell_port: shell,
    iopub_port: iopub,
    stdin_port: stdin,
    control_port: control,
    hb_port: heartbeat,
  };
  const connection = { ...ports, transport: "tcp", ip: host, key: "trial", signature_scheme: "hmac-sha256" };
  writeFileSync(connectionFile, JSON.stringify({ ...connection, kernel_name: "trial" }), { mode: 0o600 });

  const [command = "", ...words] = spec.argv;
  const started = performance.now();
  const child = spawn(
    command,
    words.map((word) => (word === "{connection_file}" ? connectionFile : word)),
    { stdio: ["ignore", "ignore", "pipe"], cwd: folder },
  );
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2000);
  });
  const ended = new Promise<never>((_, failed) => {
    child.once("error", failed);
    child.once("exit", (code, signal) =>
      failed(new Error(lastLine(said) ?? `it ended with ${signal ?? code}`)),
    );
  });
  ended.catch(() => {}); // Also settles after the race, when we end the kernel ourselves.

  // Loaded here, since it is native code and few commands try a kernel.
  const { Request } = await import("zeromq");
  const socket = new Request({ linger: 0, receiveTimeout: timeoutMs });
  try {
    socket.connect(`tcp://${host}:${heartbeat}`);
    await socket.send("ping");
    await Promise.race([socket.receive(), ended]);
    return performance.now() - started;
  } finally {
    socket.close();
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

function lastLine(text: string): string | undefined {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^at |^Node\.js v/.test(line))
    .at(-1);
}
