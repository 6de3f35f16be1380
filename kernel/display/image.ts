// Images: recognised by their first bytes, and SVG drawn as PNG for front ends that show nothing else.

const signatures: [mimeType: string, bytes: number[]][] = [
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["image/gif", [0x47, 0x49, 0x46, 0x38]],
];

/** @returns the MIME type of an image file's bytes; `undefined` for anything else */
export function imageType(bytes: Uint8Array): string | undefined {
  return signatures.find(([, signature]) => signature.every((byte, i) => bytes[i] === byte))?.[0];
}

/** Of the SVG, in UTF-16 code units. */
const longestSvg = 2_000_000;
/** Of the PNG, in pixels. */
const widest = 2400;

export interface Raster {
  png: Buffer;
  /** At which it is meant to be seen, in CSS pixels. */
  width: number;
  height: number;
}

/** @returns `undefined` where the SVG is too large or no SVG */
export async function rasterise(svg: string): Promise<Raster | undefined> {
  if (svg.length > longestSvg) return undefined;
  const { Resvg } = await import("@resvg/resvg-js");
  try {
    const drawing = new Resvg(withoutFiles(svg), { font: { loadSystemFonts: true } });
    const { width, height } = drawing;
    const zoom = Math.min(2, widest / width, widest / height);
    const image = new Resvg(withoutFiles(svg), {
      fitTo: { mode: "zoom", value: zoom },
      font: { loadSystemFonts: true, defaultFontFamily: "DejaVu Sans" },
    }).render();
    return { png: image.asPng(), width: Math.round(width), height: Math.round(height) };
  } catch {
    return undefined; // the SVG stays as it is; a front end may know better
  }
}

/** The rasteriser would read the files that an image names; only what is inside the SVG itself may be drawn. */
function withoutFiles(svg: string): string {
  return svg.replace(/((?:xlink:)?href\s*=\s*)(["'])(?!\s*(?:#|data:))[^"']*\2/gi, "$1$2$2");
}
