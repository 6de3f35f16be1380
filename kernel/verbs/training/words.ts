// A training in words.
import type { Evaluation, Metrics } from "../../../compute/trained";
import { type Course, secondsLeft } from "./course";

/** "97.5 %"; accuracies are told to a tenth. */
export const accuracyText = (accuracy: number): string => `${(100 * accuracy).toFixed(1)} %`;

/** "98.3 %, loss 0.083". */
export const scoreText = ({ accuracy, loss }: Evaluation): string =>
  `${accuracyText(accuracy)}, loss ${loss.toPrecision(3)}`;

export const plural = (n: number, one: string): string => `${n} ${n === 1 ? one : `${one}s`}`;

/** "0.8 s", "12 s", "3 min 20 s", "2 h 5 min". */
export function durationText(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes} min ${whole % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The compact line: how far it is, and what it is worth; parts to be joined. */
export function progressOf(course: Course): string[] {
  const { end, history, epochs, step } = course;
  if (end !== null) return end.how === "done" ? resultOf(course) : [end.note, ...worthOf(course)];
  if (history.length === epochs) return ["scoring the test examples", ...worthOf(course)];
  const epoch = `epoch ${step?.epoch ?? history.length + 1} of ${epochs}`;
  const worth = history.length > 0 ? worthOf(course) : step ? [`loss ${step.loss.toPrecision(3)}`] : [];
  const left = secondsLeft(course);
  return [epoch, ...worth, ...(left === null ? [] : [`about ${durationText(left)} left`])];
}

/** Of the latest epoch. */
function worthOf({ history }: Course): string[] {
  const last = history.at(-1);
  return last ? epochWorth(last) : [];
}

export function epochWorth({
  loss,
  accuracy,
  validationLoss,
  validationAccuracy,
}: Course["history"][number]): string[] {
  return [
    `training ${scoreText({ accuracy, loss })}`,
    `validation ${scoreText({ accuracy: validationAccuracy, loss: validationLoss })}`,
  ];
}

function resultOf(course: Course): string[] {
  const { history, bestEpoch, test, end } = course;
  const seconds = end?.how === "done" ? end.seconds : 0;
  const best = history[bestEpoch - 1];
  return [
    `${plural(history.length, "epoch")} in ${durationText(seconds)}`,
    `kept: epoch ${bestEpoch}`,
    ...(best
      ? [`validation ${scoreText({ accuracy: best.validationAccuracy, loss: best.validationLoss })}`]
      : []),
    ...(test ? [`test ${scoreText(test)}`] : []),
  ];
}

/** Why a training ended before its last epoch; empty where it did not. */
export function stoppedText(stopped: Metrics["stopped"]): string {
  const reasons: Record<Metrics["stopped"], string> = {
    epochs: "",
    patience: "ended early: the validation got no better",
    time: "ended by its time limit",
  };
  return reasons[stopped];
}
