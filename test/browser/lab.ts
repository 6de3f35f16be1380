// A real JupyterLab in a real browser, driven by what its user sees.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { type Jupyter, killGroup, projectFolder, python } from "../python/jupyter";

const browsers = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
export const browserPath = browsers.find((path) => path && existsSync(path));
/** Where the pictures of a run are kept, to be looked at. */
export const picturesFolder = join(projectFolder, "notebooks", "out", "browser");

/** A browser that asks nothing of the network by itself. */
const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export interface Lab {
  readonly page: Page;
  /** Opens a notebook of the served folder and waits for its kernel. */
  open(notebook: string): Promise<void>;
  /** The n-th code cell, from 0. */
  codeCell(index: number): Locator;
  /** Types into the cell and runs it, staying in it. */
  run(cell: Locator, source?: string): Promise<void>;
  picture(name: string): Promise<void>;
  dispose(): Promise<void>;
}

/** The text as its reader sees it: what is hidden is not there. */
// biome-ignore lint/performance/useDomNodeTextContent: hidden text would count, too
export const seen = (locator: Locator) => locator.innerText();

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer().on("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => found(address && typeof address === "object" ? address.port : 0));
    });
  });
}

async function startServer(jupyter: Jupyter, folder: string): Promise<{ server: ChildProcess; url: string }> {
  const port = await freePort();
  const args = ["--no-browser", "--allow-root", `--port=${port}`, "--ServerApp.port_retries=0"];
  const open = ["--IdentityProvider.token=", "--ServerApp.password=", "--ServerApp.disable_check_xsrf=True"];
  const server = spawn(python, ["-m", "jupyterlab", ...args, ...open, `--ServerApp.root_dir=${folder}`], {
    cwd: folder,
    env: jupyter.env,
    detached: process.platform !== "win32",
    stdio: ["ignore", "ignore", "pipe"],
  });
  let log = "";
  server.stderr?.on("data", (chunk: Buffer) => {
    log = (log + chunk).slice(-4000);
  });
  const url = `http://127.0.0.1:${port}`;
  for (let waitedMs = 0; waitedMs < 60_000; waitedMs += 200) {
    if (server.exitCode !== null) throw new Error(`JupyterLab ended:\n${log}`);
    const answered = await fetch(`${url}/api/status`)
      .then(({ ok }) => ok)
      .catch(() => false);
    if (answered) return { server, url };
    await new Promise((wait) => setTimeout(wait, 200));
  }
  killGroup(server);
  throw new Error(`JupyterLab did not answer in a minute:\n${log}`);
}

/** Starts both; `folder` is what the file browser shows. */
export async function openLab(jupyter: Jupyter, folder: string): Promise<Lab> {
  const { server, url } = await startServer(jupyter, folder);
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch({ executablePath: browserPath as string, headless: true, args: quiet });
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    page.setDefaultTimeout(40_000);
    return labOf(page, url, async () => {
      await browser?.close();
      killGroup(server);
    });
  } catch (error) {
    await browser?.close();
    killGroup(server);
    throw error;
  }
}

function labOf(page: Page, url: string, dispose: () => Promise<void>): Lab {
  // Not the notebook's own indicator: it says idle before there is a kernel, and a cell that runs then is dropped.
  const kernelIsIdle = page
    .locator("#jp-bottom-panel, .jp-StatusBar-Widget")
    .getByText("TypeScript (ArchBERT) | Idle");
  return {
    page,
    async open(notebook) {
      await page.goto(`${url}/lab/tree/${notebook}?reset`);
      await page.locator(".jp-Notebook .jp-CodeCell").first().waitFor();
      await kernelIsIdle.first().waitFor();
    },
    codeCell: (index) => page.locator(".jp-Notebook .jp-CodeCell").nth(index),
    async run(cell, source) {
      const editor = cell.locator(".cm-content");
      await editor.click();
      if (source !== undefined) {
        await page.keyboard.press("ControlOrMeta+a");
        await page.keyboard.insertText(source);
      }
      await page.keyboard.press("ControlOrMeta+Enter");
    },
    async picture(name) {
      await page.screenshot({ path: join(picturesFolder, `${name}.png`) });
    },
    dispose,
  };
}
