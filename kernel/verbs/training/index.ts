// Trains a network on a dataset, and shows how that goes.
import type { Architecture } from "../../../archbert/graph/architecture";
import { withDisplay } from "../../../archbert/views";
import { evaluate, train } from "../../../compute";
import type { Evaluation, Settings, Trained } from "../../../compute/trained";
import { loadDataset } from "../../../datasets";
import type { VerbContext } from "../verb";
import { newCourse } from "./course";
import { showTrained } from "./view";
import { watch } from "./watch";
import { writerFor } from "./write";

/** What training gives: the weights of the best epoch, and how well they do on examples never seen. */
export interface TrainedOnData extends Trained {
  /** Its name. */
  readonly data: string;
  /** On the test examples, looked at once, when all else was over. */
  readonly test: Evaluation;
  /** What `out` wrote. */
  readonly files: readonly string[];
}

export interface TrainOptions extends Partial<Settings> {
  data: string;
  out?: string | undefined;
}

/** @throws ArchError where data, network, options or `out` are not as they should be; what the training throws */
export async function trainOnData(
  network: Architecture,
  { data, out, ...settings }: TrainOptions & Pick<Settings, "epochs">,
  context: VerbContext,
): Promise<TrainedOnData> {
  const { folder, signal } = context;
  const write = out === undefined ? undefined : writerFor(out, folder);
  const { name, train: training, validation, test } = await loadDataset(data, { folder });
  const trained = await watch(
    {
      course: newCourse({ name: network.name, data: name, epochs: settings.epochs }),
      train: (onEvent) => train(network, { training, validation }, { ...settings, signal, onEvent }),
      test: (it) => evaluate(it, test),
    },
    context,
  );
  const files = (await write?.(trained)) ?? [];
  return withDisplay(Object.assign(trained, { data: name, files }), showTrained);
}
