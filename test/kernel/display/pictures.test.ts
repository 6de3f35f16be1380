import assert from "node:assert/strict";
import { Resvg } from "@resvg/resvg-js";
import { plot, rasterise, svg, toMimeBundle } from "../../../kernel/display";
import { selfContained } from "../../../kernel/display/image";

const dataOf = async (value: unknown) => (await toMimeBundle(value)).data;
const drawing = (inside: string, size = 'width="40" height="20"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${size}>${inside}</svg>`;

describe("SVG", () => {
  it("has a PNG beside it, twice its size", async () => {
    const { data, metadata } = await toMimeBundle(svg(drawing("<rect width='40' height='20'/>")));
    assert.deepEqual(metadata, { "image/png": { width: 40, height: 20 } });
    const png = Buffer.from(String(data["image/png"]), "base64");
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [80, 40]);
  });

  it("of any size gives a PNG of bounded size, or none", async () => {
    const large = await rasterise(drawing("<rect width='9' height='9'/>", 'width="20000" height="20000"'));
    assert.ok(large && large.png.readUInt32BE(16) <= 2829);
    assert.equal(await rasterise(drawing("", 'width="1e9" height="1"')), undefined);
    assert.equal(await rasterise("<svg"), undefined);
    assert.equal(await rasterise("no svg at all"), undefined);
  });

  it("has its text in the package's own sans serif, whatever fonts the machine has, or none", async () => {
    const drawn = (family: string, weight: string) =>
      drawing(
        `<text x="5" y="30" font-size="20" font-family="${family}" font-weight="${weight}">97.3 %</text>`,
        'width="120" height="40"',
      );
    const regular = require.resolve("@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf");
    const bold = require.resolve("@expo-google-fonts/arimo/700Bold/Arimo_700Bold.ttf");
    for (const [family, weight, file] of [
      ["sans-serif", "normal", regular],
      ["No Such Font, sans-serif", "bold", bold],
    ] as const) {
      const source = drawn(family, weight);
      const alone = { loadSystemFonts: false, fontFiles: [file], sansSerifFamily: "Arimo" };
      const wanted = new Resvg(source, { fitTo: { mode: "zoom", value: 2 }, font: alone }).render();
      const blank = new Resvg(source, {
        fitTo: { mode: "zoom", value: 2 },
        font: { loadSystemFonts: false },
      });
      assert.deepEqual((await rasterise(source))?.png, wanted.asPng(), family);
      assert.notDeepEqual(wanted.asPng(), blank.render().asPng(), "there is text to see");
    }
  });

  it("reads no file", () => {
    const inside = '<image xlink:href="/etc/a.png"/><image href=\'b.png\'/><use href="#a"/>';
    assert.equal(
      selfContained(drawing(inside)),
      drawing('<image xlink:href=""/><image href=""/><use href="#a"/>'),
    );
    assert.doesNotMatch(selfContained('<image href="&#47;etc/a.png"/>'), /etc/);
    assert.doesNotMatch(selfContained('<image href="data:image/svg+xml;base64,AAAA"/>'), /svg/);
    const hidden = '<!DOCTYPE svg [<!ENTITY f "/etc/a.png">]>';
    assert.equal(selfContained(`${hidden}<svg><image href="&f;"/></svg>`), '<svg><image href=""/></svg>');
  });
});

describe("Plotly figures", function () {
  this.timeout(60_000);

  it("show live and as a picture", async () => {
    const figure = {
      data: [{ y: Float32Array.of(1, 3, 2), name: "loss" }],
      layout: { width: 300, height: 200 },
    };
    for (const value of [figure, plot(figure.data, figure.layout)]) {
      const { data, metadata } = await toMimeBundle(value);
      assert.deepEqual(data["application/vnd.plotly.v1+json"], {
        data: [{ y: [1, 3, 2], name: "loss" }],
        layout: { width: 300, height: 200 },
      });
      assert.deepEqual(metadata["image/png"], { width: 300, height: 200 });
      assert.equal(data["text/plain"], 'Plotly figure: scatter "loss"');
    }
  });

  it("are data: no functions, no server, no image to fetch", async () => {
    const data = [{ y: [1], onclick: () => 1 }];
    const layout = {
      images: [{ source: "https://example.org/a.png" }, { source: "data:image/png;base64,AAAA" }],
    };
    const shown = await dataOf({ data, layout, config: { plotlyServerURL: "https://example.org" } });
    assert.deepEqual(shown["application/vnd.plotly.v1+json"], {
      data: [{ y: [1] }],
      layout: { images: [{ source: "data:image/png;base64,AAAA" }] },
    });
  });

  it("say why there is no picture", async () => {
    const heatmap = await dataOf(plot([{ type: "heatmap", z: [[1]] }]));
    assert.ok(!("image/png" in heatmap));
    assert.match(String(heatmap["text/plain"]), /cannot show a trace of type "heatmap"/);
  });

  it("of many points are drawn with fewer, and say so", async () => {
    const y = Float64Array.from({ length: 150_000 }, (_, i) => Math.sin(i / 1000));
    const shown = await dataOf(plot([{ y, mode: "lines" }]));
    assert.ok(!("application/vnd.plotly.v1+json" in shown));
    assert.ok("image/png" in shown);
    assert.match(String(shown["text/plain"]), /picture only\)\n\(its picture shows at most 10,000 points/);
  });

  it("are told from other objects with data", async () => {
    for (const value of [
      { data: [] },
      { data: [{ id: 1 }] },
      { data: [{ y: [1] }], page: 2 },
      { data: "x" },
    ]) {
      assert.ok(!("application/vnd.plotly.v1+json" in (await dataOf(value))));
    }
    assert.throws(() => plot("x" as never), /plot: the traces are not an array of objects/);
  });

  it("are inlined on request, in a frame of their own that their text cannot leave", async () => {
    const shown = await dataOf(plot([{ y: [1], name: '</script><img src="x">' }]).interactive());
    const page = String(shown["text/html"]);
    assert.match(page, /^<iframe srcdoc="[^"]*" sandbox="allow-scripts" [^<>]*><\/iframe>$/);
    assert.doesNotMatch(page, /<img src=&quot;x/);
    assert.ok(page.length < 1_600_000);
  });
});
