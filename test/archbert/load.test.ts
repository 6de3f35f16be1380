import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import * as archbert from "../../archbert";

const fixture = join(__dirname, "../../../test/fixtures/resnet50.onnx.gz");

describe("load", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "archbert-load-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const refused = (file: string, message: RegExp, options?: archbert.LoadOptions) =>
    assert.rejects(
      archbert.load(file, options),
      (error: unknown) => error instanceof archbert.ImportError && message.test(error.message),
    );

  it("reads a file, gzip or not, and names the network after it", async () => {
    const architecture = await archbert.load(fixture);
    assert.equal(architecture.name, "resnet50");
    assert.ok(archbert.isArchitecture(architecture));
    assert.equal(archbert.facts(architecture).family?.name, "ResNet");
  });

  it("says what is wrong with what is no network", async () => {
    await refused(join(folder, "ghost.onnx"), /ghost\.onnx: no such file/);
    await refused(folder, /a folder, not a file/);
    const empty = join(folder, "empty.onnx");
    writeFileSync(empty, "");
    await refused(empty, /the file is empty/);
    const page = join(folder, "page.onnx");
    writeFileSync(page, "<html><body>404</body></html>");
    await refused(page, /a web page, not a network/);
    const packed = join(folder, "bad.onnx.gz");
    writeFileSync(packed, Buffer.from([0x1f, 0x8b, 1, 2, 3]));
    await refused(packed, /damaged gzip/);
    await refused("a\0b", /zero byte/);
  });

  describe("from a server", () => {
    let server: Server;
    let address: string;
    const asked: string[] = [];
    const corpus = (path: string) => gunzipSync(readFileSync(join(__dirname, "../../../test/corpus", path)));
    const routes: Record<string, RequestListener> = {
      "/antispoof/model.json?raw=1": (_, response) => response.end(corpus("tfjs/antispoof.json.gz")),
      "/resnet50.onnx.gz": (_, response) => response.end(readFileSync(fixture)),
      "/page": (_, response) => response.end("<!doctype html><p>Sign in"),
      "/missing": (_, response) => response.writeHead(404).end(),
      "/slow": () => undefined,
      "/endless": (_, response) => {
        const write = () => {
          while (!response.destroyed && response.write(Buffer.alloc(1 << 16)));
        };
        response.on("drain", write);
        write();
      },
    };
    before((done) => {
      server = createServer((request, response) => {
        asked.push(request.url ?? "");
        routes[request.url ?? ""]?.(request, response);
      });
      server.listen(0, "127.0.0.1", () => {
        address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        done();
      });
    });
    after((done) => {
      server.closeAllConnections();
      server.close(() => done());
    });

    it("downloads, and tells of progress", async () => {
      const seen: number[] = [];
      const architecture = await archbert.load(`${address}/resnet50.onnx.gz`, {
        onProgress: ({ receivedBytes }) => seen.push(receivedBytes),
      });
      assert.equal(archbert.facts(architecture).depth, 50);
      assert.equal(seen.at(-1), readFileSync(fixture).length);
    });

    it("takes a model.json and leaves the weights beside it alone", async () => {
      asked.length = 0;
      const architecture = await archbert.load(`${address}/antispoof/model.json?raw=1`);
      assert.equal(architecture.name, "antispoof");
      assert.equal(archbert.facts(architecture).parameters, 426_545);
      assert.deepEqual(asked, ["/antispoof/model.json?raw=1"]);
    });

    it("stops at the size limit, the timeout, and the signal", async () => {
      await refused(`${address}/endless`, /larger than 1000000 bytes/, { maxBytes: 1_000_000 });
      await refused(`${address}/slow`, /no answer within 0\.05 s/, { timeoutMs: 50 });
      const abort = new AbortController();
      setTimeout(() => abort.abort(new Error("enough")), 30);
      await assert.rejects(archbert.load(`${address}/slow`, { signal: abort.signal }), /enough/);
      await assert.rejects(archbert.load(fixture, { signal: abort.signal }), /enough/);
    });

    it("says what the server says", async () => {
      await refused(`${address}/missing`, /the server answers 404/);
      await refused(`${address}/page`, /a web page, not a network/);
      await refused("http://127.0.0.1:1/x.onnx", /cannot be downloaded/);
    });
  });
});

describe("isArchitecture", () => {
  it("tells architectures from the rest", async () => {
    assert.ok(archbert.isArchitecture(await archbert.load(fixture)));
    for (const value of [undefined, null, 1, "x", [], {}, { version: 1, nodes: [] }])
      assert.ok(!archbert.isArchitecture(value));
  });
});
