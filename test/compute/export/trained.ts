// Networks with weights as they may be after training.
import { readFileSync } from "node:fs";
import { bytesSource, importArchitecture } from "../../../archbert/graph";
import { build, type Program } from "../../../archbert/graph/language";
import { rng } from "../../../archbert/graph/random";
import { exportOnnx, toModel, type Weight } from "../../../compute";

/** The network of the program: no scale is 1, no shift 0. */
export async function someTrained(program: Program, seed: number) {
  const architecture = build(program);
  const network = await toModel(architecture, { seed, backend: "cpu" });
  const random = rng(seed);
  const weights = (await network.weights()).map(({ name, shape, data }) => {
    const low = /\.(scale|variance)$/.test(name) ? 0.5 : -0.3;
    return { name, shape, data: /weight$/.test(name) ? data : data.map(() => low + 0.8 * random.next()) };
  });
  network.dispose();
  return { architecture, weights };
}

/** The same network by way of an ONNX file: as it is read, with the same numbers. */
export async function byOnnx(
  { architecture, weights }: Awaited<ReturnType<typeof someTrained>>,
  file: string,
) {
  await exportOnnx({ architecture, weights }, file);
  const read = await importArchitecture(bytesSource(file, readFileSync(file)));
  const shapes = new Map(
    read.nodes.flatMap((node) => node.parameters.map((each) => [each.name, each.shape])),
  );
  return {
    architecture: read,
    weights: weights.map((weight) => seenAs(weight, shapes.get(weight.name) ?? [])),
  };
}

/** A norm over groups is written with a scale of [channels, 1, 1], a matrix over tokens as [in, out]. */
function seenAs({ name, shape, data }: Weight, wanted: readonly number[]): Weight {
  const [rows = 1, columns = 1] = shape;
  const isTurned = shape.length === 2 && rows !== columns && wanted.join() === `${columns},${rows}`;
  if (!isTurned) return { name, shape: wanted, data };
  return {
    name,
    shape: wanted,
    data: data.map((_, i) => data[(i % rows) * columns + Math.floor(i / rows)] as number),
  };
}
