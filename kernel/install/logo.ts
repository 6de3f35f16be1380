// The kernel's logo: a small network whose last node speaks.

export const logoSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">
  <rect width="64" height="64" rx="12" fill="#1f3a5f"/>
  <g fill="none" stroke="#8fd3ff" stroke-width="3" stroke-linecap="round">
    <path d="M14 20 L32 14 M14 20 L32 33 M14 44 L32 33 M14 44 L32 51"/>
    <path d="M32 14 C42 14 42 26 46 29 M32 33 L45 33 M32 51 C42 51 42 40 46 37"/>
  </g>
  <g fill="#ffffff">
    <circle cx="14" cy="20" r="5"/><circle cx="14" cy="44" r="5"/>
    <circle cx="32" cy="14" r="5"/><circle cx="32" cy="33" r="5"/><circle cx="32" cy="51" r="5"/>
  </g>
  <path d="M42 24 h14 a4 4 0 0 1 4 4 v10 a4 4 0 0 1 -4 4 h-4 l-5 6 v-6 h-5 a4 4 0 0 1 -4 -4 v-10 a4 4 0 0 1 4 -4 z" fill="#ffb454"/>
  <path d="M43 31 h12 M43 36 h8" stroke="#1f3a5f" stroke-width="2.5" stroke-linecap="round"/>
</svg>
`;

/** The logo as a PNG of the given width. */
export function logoPng(widthPx: number): Buffer {
  // Loaded here, since it is native code and few commands draw the logo.
  const { Resvg } = require("@resvg/resvg-js") as typeof import("@resvg/resvg-js");
  return new Resvg(logoSvg, { fitTo: { mode: "width", value: widthPx } }).render().asPng();
}
