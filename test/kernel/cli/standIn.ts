// The command line with a stand-in for ArchBERT's model: run as a program of its own.
import { useModel } from "../../../archbert";
import { main } from "../../../kernel/cli/program";
import { standIn } from "../../archbert/tasks/standIn";

useModel(
  standIn({
    statements: {
      "It has residual connections.": "residual",
      "no dropout, residual": "no dropout; residual",
      "It has dropout.": "dropout",
      residual: "residual",
    },
    questions: { "How many classes?": "number classes" },
    wishes: {
      "small and residual": "is small; residual",
      "dropout and none": "dropout; no dropout",
      "a tiny residual network.": "residual; parameters < 2k",
    },
    programs: ["input 8x8x1\nstem conv 8\nstage 1 residual 16\nhead 10\n"],
  }),
);

void main(process.argv.slice(2));
