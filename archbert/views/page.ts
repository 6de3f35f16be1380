// The looks that all views share: inline, since a notebook that is not trusted keeps no style element, and by
// JupyterLab's own variables where there are any, so that light and dark both read.

export const ink = "var(--jp-content-font-color1, inherit)";
export const faint = "var(--jp-content-font-color2, #6b7686)";
export const line = "var(--jp-border-color2, rgba(128, 138, 150, 0.35))";
export const accent = "var(--jp-brand-color1, #3f78c4)";
export const ground = "var(--jp-layout-color2, rgba(128, 138, 150, 0.12))";
const mono = "var(--jp-code-font-family, ui-monospace, Menlo, Consolas, monospace)";

export const styles = {
  card: `display:inline-block;max-width:60em;padding:10px 14px;border:1px solid ${line};border-radius:8px;color:${ink};font-size:13px;line-height:1.45`,
  title: "font-size:15px;font-weight:600;overflow-wrap:anywhere",
  subtitle: `color:${faint}`,
  table: `border-collapse:collapse;color:${ink};font-size:12px;text-align:left`,
  head: `padding:3px 10px;border-bottom:1px solid ${line};color:${faint};font-weight:600;white-space:nowrap`,
  cell: "padding:2px 10px;text-align:left;white-space:nowrap;vertical-align:top",
  number: "padding:2px 10px;text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums",
  name: `padding:2px 10px;text-align:left;font-family:${mono};overflow-wrap:anywhere;max-width:26em`,
  wide: "padding:2px 10px;vertical-align:top;overflow-wrap:anywhere",
  label: `padding:2px 14px 2px 0;color:${faint};white-space:nowrap;vertical-align:top;text-align:left;font-weight:normal`,
  summary: `cursor:pointer;color:${accent};font-size:12px;padding:4px 0`,
  code: `font-family:${mono};font-size:11px`,
} as const;

/** A bar as long as the share, 0 to 1. */
export function bar(share: number): string {
  if (!(share > 0)) return "";
  const width = Math.max(1, Math.round(share * 80));
  return `<span style="display:inline-block;width:${width}px;height:8px;border-radius:2px;background:${accent}"></span>`;
}

/** A value beside its name, one pair a line. Both come escaped. */
export function pairs(rows: readonly (readonly [string, string])[]): string {
  const lines = rows.map(
    ([name, value]) =>
      `<tr><th style="${styles.label}">${name}</th><td style="${styles.wide};text-align:left">${value}</td></tr>`,
  );
  return `<table style="${styles.table}">${lines.join("")}</table>`;
}
