// docs/corpus.md: every network of the corpus, ours beside theirs, the misses on top.
import { type Figure, figures, type Misses, offBy, type Row } from "./rows";

const titles: Record<Figure, string> = {
  parameters: "parameters equal",
  multiplyAdds: "multiply-adds within 2 %",
  stages: "stages as in the paper",
  family: "family right",
};

export function table(rows: readonly Row[], known: Misses): string {
  return `# The corpus

Real networks that nobody here designed, exported by the packages that publish them, and what the graph's rooms make of
them. Files, manifests and export scripts lie in [test/corpus](../test/corpus/corpus.py), which says where each figure comes
from. This page is written by the test: \`UPDATE_GOLDEN=1 npx mocha dist/test/corpus/corpus.test.js\`.

${summary(rows)}

## Misses

${missing(rows, known)}

## All networks

"Theirs" is the count of the package that built the network (parameters) and of a counter that is not ours
(multiply-adds), less what the exporter folded away. A dash: nobody's figure, no stages in the paper, no family of our list.

| network | parameters | theirs | multiply-adds | theirs | off by | stages | paper | family | true |
| --- | ---: | ---: | ---: | ---: | ---: | --- | --- | --- | --- |
${rows.map(line).join("\n")}

## Captions

${rows.map(({ name, caption }) => `**${name}.** ${plain(caption)}`).join("\n\n")}
`;
}

function summary(rows: readonly Row[]): string {
  const lines = figures.map((figure) => {
    const asked = rows.filter(({ entry }) => figure === "family" || entry[figure] !== null);
    const right = asked.filter(({ wrong }) => !wrong.includes(figure));
    return `| ${titles[figure]} | ${right.length} | ${asked.length} |`;
  });
  const named = rows.filter(({ entry }) => entry.family !== null).length;
  const untrue = rows.filter(({ entry, facts }) => facts.family && facts.family.name !== entry.family).length;
  return `${rows.length} networks, ${named} of them of a family that ArchBERT knows; families wrongly named: ${untrue}.

| | right | of |
| --- | ---: | ---: |
${lines.join("\n")}`;
}

function missing(rows: readonly Row[], known: Misses): string {
  const lines = rows.flatMap((row) =>
    row.wrong.map(
      (figure) =>
        `| ${row.name} | ${figure} | ${ours(row, figure)} | ${theirs(row, figure)} | ${known[row.name]?.[figure] ?? ""} |`,
    ),
  );
  if (lines.length === 0) return "None.";
  return ["| network | figure | ours | theirs | why |", "| --- | --- | --- | --- | --- |", ...lines].join(
    "\n",
  );
}

function line(row: Row): string {
  const off = offBy(row.entry, row.facts);
  const cells = [
    `[${row.name}](${row.entry.paper})`,
    ours(row, "parameters"),
    theirs(row, "parameters"),
    ours(row, "multiplyAdds"),
    theirs(row, "multiplyAdds"),
    off === null ? "-" : `${(100 * off).toFixed(2)} %`,
    ours(row, "stages"),
    theirs(row, "stages"),
    ours(row, "family"),
    theirs(row, "family"),
  ];
  return `| ${cells.join(" | ")} |`;
}

const count = (value: number | null) => value?.toLocaleString("en-US") ?? "-";

function ours({ facts }: Row, figure: Figure): string {
  if (figure === "stages") return facts.stages.map(({ blocks }) => blocks).join(" ") || "-";
  return figure === "family" ? (facts.family?.name ?? "-") : count(facts[figure]);
}

function theirs({ entry }: Row, figure: Figure): string {
  if (figure === "stages") return entry.stages?.join(" ") ?? "-";
  if (figure === "family") return entry.family ?? "-";
  return count(figure === "parameters" ? entry.parameters - (entry.folded ?? 0) : entry.multiplyAdds);
}

const plain = (text: string) => text.replace(/[<>|*_`[\]\\]/g, (char) => `\\${char}`);
