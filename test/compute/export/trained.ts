// Networks with weights as they may be after training.
import { build, type Program } from "../../../archbert/graph/language";
import { rng } from "../../../archbert/graph/random";
import { toModel } from "../../../compute";

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
