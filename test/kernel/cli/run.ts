// Runs the command line as a user does, in a process of its own.
import { spawn } from "node:child_process";
import path from "node:path";

export const root = path.join(__dirname, "../../../..");
const main = path.join(root, "dist/kernel/cli/main.js");

export interface Ran {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** @param options `timeoutMs`: after it the process is killed, and its status null; 0 for never */
export function archbert(
  words: readonly string[],
  {
    folder = root,
    program = main,
    timeoutMs = 0,
  }: { folder?: string; program?: string; timeoutMs?: number } = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...words], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      // Killed for good, as one that hangs in a call of the system would be.
      timeout: timeoutMs,
      killSignal: "SIGKILL",
    });
    const ran: Ran = { status: null, stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      ran.stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      ran.stderr += text;
    });
    child.once("error", reject).once("close", (status) => resolve({ ...ran, status }));
  });
}
