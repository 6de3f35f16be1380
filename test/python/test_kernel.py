"""jupyter_kernel_test's suite over our kernel and over ipykernel, each with every capability that it has.

usage: test_kernel.py archbert|python3    prints one JSON object a test: name, outcome, detail
"""

import json
import sys
import unittest

import jupyter_kernel_test


class Archbert(jupyter_kernel_test.KernelTests):
    kernel_name = "archbert"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('to stderr')"
    completion_samples = [
        {"text": "[1, 2].fla", "matches": {"flat", "flatMap"}},
        {"text": "JSON.pars", "matches": {"parse"}},
        {"text": "%archbert capt", "matches": {"caption"}},
        {"text": "const fresh = new Ma"},
    ]
    complete_code_samples = ["1", "const a = 1;", "function f() { return 1 }", "for (const x of [1]) {}", "await 1", "%lsmagic"]
    incomplete_code_samples = ["function f() {", "const a = [1,", "`open", "if (true) {\n  1", "class A {", "/* open"]
    invalid_code_samples = ["const = 1", "let a b", "if )", "1 +* 2"]
    code_page_something = "console.log?"
    code_generate_error = "throw new Error('on purpose')"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "const six = 6; six * 7", "result": "42"},
        {"code": "await Promise.resolve(42)", "result": "42"},
        {"code": "[1, 2, 3].map((x) => x * 2)"},
    ]
    code_display_data = [
        {"code": "display.html('<b>bold</b>')", "mime": "text/html"},
        {"code": "display.svg('<svg xmlns=\"http://www.w3.org/2000/svg\"/>')", "mime": "image/svg+xml"},
        {"code": "display({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>bold</b>' }) })", "mime": "text/html"},
    ]
    code_history_pattern = "6 *?7"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "JSON.parse"
    code_clear_output = "clearOutput()"


class ArchbertWelcome(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "archbert"
    support_iopub_welcome = True


class Python(jupyter_kernel_test.KernelTests):
    """What ipykernel's own repository and its users fill in, so that a skip of ours that it has not is seen."""

    kernel_name = "python3"
    language_name = "python"
    file_extension = ".py"
    code_hello_world = "print('hello, world')"
    code_stderr = "import sys; print('to stderr', file=sys.stderr)"
    completion_samples = [{"text": "zi", "matches": {"zip"}}]
    complete_code_samples = ["1", "print('hello, world')", "def f(x):\n  return x*2\n\n"]
    incomplete_code_samples = ["print('''hello", "def f(x):\n  x*2"]
    invalid_code_samples = ["import = 7q"]
    code_page_something = "zip?"
    code_generate_error = "raise ValueError('on purpose')"
    code_execute_result = [{"code": "6*7", "result": "42"}, {"code": "1+2+3", "result": "6"}, {"code": "6*7", "result": "42"}]
    code_display_data = [{"code": "from IPython.display import HTML, display; display(HTML('<b>bold</b>'))", "mime": "text/html"}]
    code_history_pattern = "6?7"
    supported_history_operations = ("tail", "search", "range")
    code_inspect_sample = "zip"
    code_clear_output = "from IPython.display import clear_output; clear_output()"


class PythonWelcome(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "python3"
    support_iopub_welcome = True


SUITES = {"archbert": (Archbert, ArchbertWelcome), "python3": (Python, PythonWelcome)}


class JsonResult(unittest.TestResult):
    """One line of JSON a test; a failed subtest fails its test."""

    def startTest(self, test):
        super().startTest(test)
        self.outcome, self.detail = "passed", ""

    def note(self, outcome, detail):
        if self.outcome != "failed":
            self.outcome = outcome
        self.detail += detail

    def addError(self, test, err):
        super().addError(test, err)
        if test.id().startswith("setUpClass"):
            print(json.dumps({"name": test.id(), "outcome": "failed", "detail": self._exc_info_to_string(err, test)}))
        else:
            self.note("failed", self._exc_info_to_string(err, test))

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.note("failed", self._exc_info_to_string(err, test))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.note("skipped", reason)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.note("failed", f"{subtest}: {self._exc_info_to_string(err, test)}")

    def stopTest(self, test):
        super().stopTest(test)
        name = test.id().split(".")[-1].removeprefix("test_")
        print(json.dumps({"name": name, "outcome": self.outcome, "detail": self.detail}), flush=True)


def main():
    loader = unittest.TestLoader()
    suite = unittest.TestSuite(loader.loadTestsFromTestCase(case) for case in SUITES[sys.argv[1]])
    suite.run(JsonResult())


if __name__ == "__main__":
    main()
