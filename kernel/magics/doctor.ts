// %doctor: short for %archbert doctor.
import { verbs } from "../verbs";
import type { CommandMagic } from "./magic";

export const doctor = {
  kind: "command",
  name: "doctor",
  summary: verbs.doctor.summary,
  command: verbs.doctor,
} satisfies CommandMagic;
