// Images: recognised by their first bytes, and SVG drawn as PNG for front ends that show nothing else.

const signatures: [mimeType: string, bytes: (number | undefined)[]][] = [
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["image/gif", [0x47, 0x49, 0x46, 0x38]],
  [
    "image/webp",
    [0x52, 0x49, 0x46, 0x46, undefined, undefined, undefined, undefined, 0x57, 0x45, 0x42, 0x50],
  ],
];

/** @returns the MIME type of an image file's bytes; `undefined` for anything else */
export function imageType(bytes: Uint8Array): string | undefined {
  const found = signatures.find(([, signature]) =>
    signature.every((byte, i) => byte === undefined || bytes[i] === byte),
  );
  if (found) return found[0];
  if (bytes[0] !== 0x3c && bytes[0] !== 0xef) return undefined;
  const start = new TextDecoder().decode(bytes.subarray(0, 1000));
  return /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<svg[\s>]/.test(start) ? "image/svg+xml" : undefined;
}

/** Of an image file whose bytes are shown as they are. */
export const largestImageBytes = 8 << 20;
/** Of an SVG that is drawn, in UTF-16 code units. */
const longestSvg = 20_000_000;
/** Of the PNG, in pixels. */
const mostPixels = 8_000_000;
const longestSide = 8192;
const patienceMs = 10_000;
/**
 * As wide as Arial and Helvetica, for which drawings and plots are laid out; comes with the package, since a machine may
 * have no font at all, and then the renderer leaves text out without a word. A `defaultFontFamily` would override it.
 */
const sansSerif = "Arimo";
const fontFiles = () =>
  ["400Regular/Arimo_400Regular.ttf", "700Bold/Arimo_700Bold.ttf"].map((file) =>
    require.resolve(`@expo-google-fonts/arimo/${file}`),
  );

export interface Raster {
  png: Buffer;
  /** At which it is meant to be seen, in CSS pixels. */
  width: number;
  height: number;
}

/**
 * Draws an SVG at twice its size where that is affordable, at less where it is not.
 *
 * @returns `undefined` where the SVG is too large, takes too long, or is no SVG
 */
export async function rasterise(svg: string): Promise<Raster | undefined> {
  if (typeof svg !== "string" || svg.length > longestSvg) return undefined;
  const { Resvg, renderAsync } = await import("@resvg/resvg-js");
  const impatience = new AbortController();
  const timer = setTimeout(() => impatience.abort(), patienceMs);
  try {
    const safe = selfContained(svg);
    const font = { loadSystemFonts: true, fontFiles: fontFiles(), sansSerifFamily: sansSerif };
    // The size is asked of the renderer itself: an SVG may give it in many ways.
    const { width, height } = new Resvg(safe, { font: { loadSystemFonts: false } });
    const affordable = Math.sqrt(mostPixels / (width * height));
    const zoom = Math.min(2, affordable, longestSide / width, longestSide / height);
    if (!(width * zoom >= 1 && height * zoom >= 1)) return undefined;
    const drawn = await Promise.race([
      renderAsync(safe, { fitTo: { mode: "zoom", value: zoom }, font }, impatience.signal),
      new Promise<undefined>((resolve) =>
        impatience.signal.addEventListener("abort", () => resolve(undefined)),
      ),
    ]);
    return drawn && { png: drawn.asPng(), width: Math.round(width), height: Math.round(height) };
  } catch {
    return undefined; // no SVG, or none that can be drawn; front ends still get the source
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The renderer would read the files that an SVG names; only what lies inside may be drawn. A document type could hide
 * such a name in an entity.
 */
export function selfContained(svg: string): string {
  return svg
    .replace(/<!DOCTYPE\b[^[>]*(?:\[[\s\S]*?\]\s*)?>/gi, "")
    .replace(
      /(href\s*=\s*)(?:"([^"]*)"|'([^']*)')/gi,
      (_, name: string, double?: string, single?: string) => {
        const target = double ?? single ?? "";
        return /^(?:#[\w.:-]+|data:image\/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*)$/.test(target)
          ? `${name}"${target}"`
          : `${name}""`;
      },
    );
}
