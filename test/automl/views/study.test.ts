// A study, a trial's origin and the curve: what they say, and that whatever a storage holds stays text.
import assert from "node:assert/strict";
import { newBoard, searchCurve, showBoard, showStudy, showWhy } from "../../../automl/views";
import { parseHtml, tricks } from "../../archbert/markup";
import { hostile } from "../../archbert/networks";
import { program, study, trial, trials } from "./trials";

const why = study().why(1);

describe("views of a study", () => {
  it("say what a person asks first", () => {
    const text = showStudy(study())["text/plain"];
    assert.match(text, /^a small residual network, under 30k parameters\n\n {2}input 8x8x1\n/);
    assert.match(text, /^best +trial 1, 12,346 parameters$/m);
    assert.match(text, /^validation +97\.5 % after 10 epochs$/m);
    assert.match(text, /^test +98\.1 %, loss 0\.080, looked at once/m);
    assert.match(text, /^exports +best\/model\.onnx$/m);
    assert.match(text, /^Not understood, and so no constraint: "It is pretty\."$/m);
    assert.match(text, /^ +1 +1 +conv 16 /m);
  });

  it("say so where there is no best, or no test yet", () => {
    assert.match(
      showStudy(study({ best: null, trials: [] }))["text/plain"],
      /^best +none: no trial is complete$/m,
    );
    const { best } = study();
    assert.ok(best);
    const unwritten = { ...best, exports: [], notExported: "best: the disk is full" };
    for (const [storage, said] of [
      [
        "sqlite:///study.db",
        /^exports +none, best: the disk is full; the study can be resumed with another --out$/m,
      ],
      [null, /^exports +none, best: the disk is full$/m],
    ] as const) {
      assert.match(showStudy(study({ storage, best: unwritten }))["text/plain"], said);
    }
    const early = study({ best: { ...best, testScore: null } });
    assert.match(showStudy(early)["text/plain"], /^test +not looked at yet/m);
  });

  it("tell why: the change, the rankings, the outcome", () => {
    const parentProgram = program.replace("residual 32", "residual 16");
    const text = showWhy({ ...why, parentProgram })["text/plain"];
    assert.match(text, /^Trial 1\n {2}input 8x8x1\n {2}stem conv 16\n\+ stage 2 residual 32 stride 2\n/);
    assert.match(text, /^came from +widen of trial 0$/m);
    assert.match(text, /^chosen +ranked 1 of 40 candidates/m);
    assert.match(text, /^expected +96\.0 % on the validation examples$/m);
    assert.match(text, /^prior +-0\.50 +0\.40 +3 of 40$/m);
    assert.match(text, /^place +1 among the complete trials$/m);
    assert.match(text, /✓ fewer than 30,000 parameters/);
    const html = String(showWhy({ ...why, parentProgram })["text/html"]);
    assert.match(html, /<b>stage 2 residual 32 stride 2<\/b>/);
  });

  it("escape whatever a storage holds", () => {
    for (const text of hostile) {
      const bad = trial(0, {
        program: text,
        reason: text,
        origin: { ...why, how: "mutation", mutation: text, parent: 0 },
        claims: [{ text, verdict: "unchecked", nodes: [text] }],
      });
      const { best } = study();
      assert.ok(best);
      const all = { prompt: text, data: text, strategy: text, seed: 1, storage: text };
      const said = { understood: [text], notUnderstood: [text] };
      const board = { ...newBoard(all), ...said, trials: [bad], total: 1 };
      const bundles = [
        showBoard(board, { seconds: 1 }),
        showBoard({ ...board, trials: [], end: { how: "failed", note: text } }, { seconds: 1 }),
        showStudy(
          study({
            ...all,
            claims: [text],
            notUnderstood: [text],
            backend: text,
            trials: [bad],
            best: { ...best, number: 0, program: text, exports: [text] },
          }),
        ),
        showWhy({
          ...why,
          ...bad,
          mutation: text,
          parentProgram: text,
          rankings: [{ ranker: text, score: 1, weight: 1, rank: 1 }],
        }),
      ];
      for (const { "text/html": html, "text/plain": plain } of bundles) {
        const body = parseHtml(String(html));
        assert.equal(
          body.querySelectorAll("script, img, svg, iframe, a, style, input").length,
          0,
          String(html),
        );
        for (const element of body.querySelectorAll("*")) {
          for (const name of element.getAttributeNames())
            assert.ok(["style", "title", "colspan"].includes(name), name);
        }
        assert.doesNotMatch(plain, tricks);
      }
      const figure = JSON.stringify(searchCurve([bad]));
      assert.doesNotMatch(figure, /<(?!br>)/, figure);
    }
  });

  it("draw every trial with a value, and the best so far", () => {
    assert.equal(searchCurve([]), undefined);
    assert.equal(searchCurve([trial(0, { state: "running", values: null })]), undefined);
    const figure = searchCurve([...trials, trial(5)]);
    const [best, complete, pruned] = figure?.data ?? [];
    assert.deepEqual(
      [best?.x, best?.y],
      [
        [0, 1, 5],
        [0.95, 0.975, 0.975],
      ],
    );
    assert.deepEqual(
      [complete?.x, complete?.y],
      [
        [0, 1, 5],
        [0.95, 0.975, 0.95],
      ],
    );
    assert.deepEqual([pruned?.x, pruned?.y], [[2], [0.6]]);
  });

  it("draw a trial far below the others on the lower edge, and all others apart", () => {
    const worth = (number: number, accuracy: number) =>
      trial(number, { values: { accuracy, loss: 1, epochs: 10, seconds: 2 } });
    const usual = [0.93, 0.95, 0.94, 0.97, 0.96].map((accuracy, i) => worth(i, accuracy));
    const rangeOf = (figure: ReturnType<typeof searchCurve>) => {
      assert.ok(figure);
      return (figure.layout.yaxis as { range: [number, number] }).range;
    };
    const figure = searchCurve([...usual, worth(5, 0.1)]);
    const range = rangeOf(figure);
    assert.ok(range[0] > 0.9 && range[0] < 0.93 && range[1] > 0.97 && range[1] < 1, String(range));
    const [, complete = {}, low = {}] = figure?.data ?? [];
    assert.deepEqual(complete.y, [0.93, 0.95, 0.94, 0.97, 0.96]);
    assert.deepEqual([low.name, low.x, low.text], ["far below", [5], ["10.0 %"]]);
    const [edge = 0] = low.y as number[];
    assert.ok(edge > range[0] && edge < 0.93);
    assert.match((low.hovertext as string[])[0] ?? "", /^trial 5: 10\.0 %/);
    const spread = searchCurve([0.5, 0.6, 0.7, 0.8, 0.9].map((accuracy, i) => worth(i, accuracy)));
    assert.ok(rangeOf(spread)[0] < 0.5);
  });
});
