// Mocha's spec reporter, which also leaves its counts in the file that ARCHBERT_COUNTS names.
const { writeFileSync } = require("node:fs");
const { reporters, Runner } = require("mocha");

class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      const counts = JSON.stringify({ passed: passes, failed: failures, skipped: pending });
      if (process.env.ARCHBERT_COUNTS) writeFileSync(process.env.ARCHBERT_COUNTS, counts);
    });
  }
}

module.exports = CountingReporter;
