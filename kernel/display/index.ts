// How results look: https://jupyter-client.readthedocs.io/en/stable/messaging.html#display-data
export { hasDisplay, toMimeBundle } from "./bundle";
export { type Raster, rasterise } from "./image";
export { type Displayable, jupyterDisplay, type MimeBundle } from "./mime";
export { type Figure, type Plot, plot } from "./plotly";
export { escapeHtml, html, jpeg, json, latex, markdown, png, raw, svg } from "./show";
export { type Row, type TableOptions, table } from "./table";
