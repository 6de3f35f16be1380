// A summary as a table, in HTML and in text: blocks that repeat are one row, which opens.
import { repeatText, sumOfCosts } from "../graph";
import { bar, pairs, styles } from "./page";
import type { Bundle } from "./show";
import type { RowGroup, Summary, SummaryRow } from "./summary";
import { atLeast, type Column, clipStart, count, escapeHtml, percent, shape, textTable } from "./text";

/** More rows than this are scrolled, or of a block left out. */
const openRows = 60;
/** And of these, no more are written; the data has them all. */
const mostRows = 400;

export function showSummary(summary: Summary): Bundle {
  return { "text/html": summaryHtml(summary), "text/plain": summaryText(summary) };
}

interface Sums {
  parameters: number;
  unknownWeights: boolean;
  multiplyAdds: number | null;
  share: number;
}

/** A row, or a group of rows. */
type Item = { row: SummaryRow } | { group: RowGroup; rows: SummaryRow[]; last: SummaryRow[]; sums: Sums };

function itemsOf({ rows, repeats }: Summary): Item[] {
  const items: Item[] = [];
  let at = 0;
  const plain = (end: number) => {
    for (const row of rows.slice(at, end)) items.push({ row });
  };
  for (const group of repeats) {
    const [start, end] = [group.blocks[0]?.start ?? at, group.blocks.at(-1)?.end ?? at];
    plain(start);
    const inside = rows.slice(start, end);
    const last = rows.slice(group.blocks.at(-1)?.start, end);
    items.push({ group, rows: inside, last, sums: sumsOf(inside) });
    at = end;
  }
  plain(rows.length);
  return items;
}

function sumsOf(rows: readonly SummaryRow[]): Sums {
  return { ...sumOfCosts(rows), share: rows.reduce((sum, { share }) => sum + share, 0) };
}

const costText = (cost: number | null) => (cost === null ? "?" : cost === 0 ? "" : count(Math.round(cost)));
const parametersText = ({ parameters, unknownWeights }: Pick<Sums, "parameters" | "unknownWeights">) =>
  parameters === 0 ? (unknownWeights ? "?" : "") : `${unknownWeights ? "≥ " : ""}${count(parameters)}`;

function columnsOf({ costIs }: Summary): Column[] {
  return [
    { title: "Name" },
    { title: "Layer" },
    { title: "Output" },
    { title: "Parameters", right: true },
    { title: "Multiply-adds", right: true },
    { title: costIs === "multiplyAdds" ? "Of cost" : "Of parameters", right: true },
  ];
}

function totalsOf({ totals, assumed }: Summary): [string, string][] {
  const sizes = Object.entries(assumed).map(([name, size]) => `${name} = ${size}`);
  const at = sizes.length > 0 ? ` (at ${sizes.join(", ")})` : "";
  const learned =
    totals.trainableParameters === totals.parameters
      ? ""
      : ` (${count(totals.trainableParameters)} trainable)`;
  return [
    ["ops", count(totals.ops)],
    ["parameters", `${atLeast(totals.unknownWeights)}${count(totals.parameters)}${learned}`],
    [
      "multiply-adds",
      totals.multiplyAdds === null
        ? "not known: some shapes or weights are missing"
        : `${count(totals.multiplyAdds)}${at}`,
    ],
  ];
}

function summaryText(summary: Summary): string {
  const cells = (row: SummaryRow, indent = "") => [
    indent + clipStart(row.name, 40 - indent.length),
    row.layer,
    shape(row.outputShape),
    parametersText(row),
    costText(row.multiplyAdds),
    percent(row.share),
  ];
  const lines = itemsOf(summary).flatMap((item) => {
    if ("row" in item) return [cells(item.row)];
    const { group, last, sums } = item;
    const head = [
      group.blocks.length > 1 ? `${repeatText(group)}, the last:` : `${repeatText(group)}:`,
      "",
      "",
      parametersText(sums),
      costText(sums.multiplyAdds),
      percent(sums.share),
    ];
    return [head, ...last.map((row) => cells(row, "  "))];
  });
  const left = lines.length - mostRows;
  const table = textTable(columnsOf(summary), lines.slice(0, mostRows));
  const totals = textTable([{ title: "Total" }, { title: "", right: true }], totalsOf(summary));
  return [table, ...(left > 0 ? [`… ${count(left)} more rows`] : []), "", totals].join("\n");
}

function summaryHtml(summary: Summary): string {
  const items = itemsOf(summary);
  const columns = columnsOf(summary);
  const table = (rows: readonly string[], head: (column: Column, i: number) => string) =>
    `<table style="${styles.table}"><thead><tr>${columns.map(head).join("")}<th style="${styles.head}"></th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
  const rowHtml = ({ name, layer, outputShape, ...cost }: SummaryRow, i: number) =>
    [
      `${rowStart(i, cost)}<td style="${styles.name}">${escapeHtml(clipStart(name, 60))}</td>`,
      `<td style="${styles.cell}">${escapeHtml(layer)}</td>`,
      `<td style="${styles.cell}">${escapeHtml(shape(outputShape))}</td>`,
      `${costCells(cost)}</tr>`,
    ].join("");
  const groupHtml = ({ group, rows, last, sums }: Extract<Item, { group: RowGroup }>, i: number) => {
    const isWhole = rows.length <= openRows || group.blocks.length === 1;
    const [shown, what] = isWhole ? [rows, `all ${rows.length} ops`] : [last, "the last of them"];
    const inner = limited(shown.map(rowHtml), (some) => table(some, plainHead));
    const title = `<b>${repeatText(group)}</b>`;
    const opened = `<details><summary style="${styles.summary}">${title}: ${what}</summary>${inner}</details>`;
    return `${rowStart(i, sums)}<td colspan="3" style="${styles.cell}">${opened}</td>${costCells(sums)}</tr>`;
  };
  const all = items.map((item, i) => ("row" in item ? rowHtml(item.row, i) : groupHtml(item, i)));
  const rows = limited(all, (some) => table(some, sortingHead));
  const totals = pairs(totalsOf(summary).map(([name, value]) => [name, escapeHtml(value)] as const));
  const title = `<div style="${styles.title}">${escapeHtml(summary.name || "network")}</div>`;
  const box = all.length > openRows ? "max-height:42em;overflow:auto" : "";
  return `<div>${title}${totals}<div style="${box}">${rows}</div></div>`;
}

/** What rows are sorted by: the network's order, parameters, multiply-adds, share. */
const rowStart = (order: number, { parameters, multiplyAdds, share }: Sums) =>
  `<tr data-k="${[order, parameters, multiplyAdds ?? 0, Number(share.toPrecision(6))].join()}">`;

const headStyle = ({ right }: Column) => `${styles.head};text-align:${right ? "right" : "left"}`;
const plainHead = (column: Column) => `<th style="${headStyle(column)}">${column.title}</th>`;

/** A click sorts by the column, the greatest first; another turns it around. Where scripts are dropped, it only heads. */
function sortingHead(column: Column, i: number): string {
  if (i === 1 || i === 2) return plainHead(column);
  const key = i === 0 ? 0 : i - 2;
  // Kept on the heading: 1 and -1 by turns.
  const act = [
    "const body=this.closest('table').tBodies[0]",
    `turn=this.dataset.turn=-(this.dataset.turn||${key === 0 ? -1 : 1})`,
    `key=row=>row.dataset.k.split(',')[${key}]`,
  ]
    .join()
    .concat(";[...body.rows].sort((a,b)=>turn*(key(a)-key(b))).forEach(row=>body.append(row))");
  const hint = key === 0 ? "sort as the network runs" : "sort by it";
  return `<th style="${headStyle(column)};cursor:pointer" title="${hint}" onclick="${act}">${column.title} ⇅</th>`;
}

function limited(rows: readonly string[], table: (rows: readonly string[]) => string): string {
  if (rows.length <= mostRows) return table(rows);
  const note = `<div style="${styles.subtitle}">… ${count(rows.length - mostRows)} more rows in .rows</div>`;
  return table(rows.slice(0, mostRows)) + note;
}

function costCells({ multiplyAdds, share, ...held }: Sums): string {
  return [
    `<td style="${styles.number}">${parametersText(held)}</td>`,
    `<td style="${styles.number}">${costText(multiplyAdds)}</td>`,
    `<td style="${styles.number}">${percent(share)}</td><td style="${styles.cell}">${bar(share)}</td>`,
  ].join("");
}
