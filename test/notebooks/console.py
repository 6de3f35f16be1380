"""Types into a real `jupyter console` and looks at its terminal."""

import sys

import pexpect


def main():
    child = pexpect.spawn(
        sys.executable,
        ["-m", "jupyter_console", "--kernel", "archbert", "--ZMQTerminalInteractiveShell.simple_prompt=True", "--no-confirm-exit"],
        encoding="utf8",
        timeout=30,
        dimensions=(40, 120),
    )
    child.expect(r"In \[1\]:")
    child.sendline("const seven: number = 7; seven * 6")
    child.expect(r"Out\[1\]:.*42")
    child.expect(r"In \[2\]:")
    child.sendline("console.log('to ' + 'the terminal')")
    child.expect("to the terminal")
    child.expect(r"In \[3\]:")
    child.sendline("throw new RangeError('on ' + 'purpose')")
    child.expect(r"RangeError\S*: on purpose")  # coloured
    child.expect(r"In \[4\]:")
    child.sendline("seven + 1")
    child.expect(r"Out\[4\]:.*8")
    child.expect(r"In \[5\]:")
    child.sendline("prompt('Your name? ')")
    child.expect(r"Your name\?")
    child.sendline("Ada")
    child.expect("Ada")
    child.expect(r"In \[6\]:")
    child.sendeof()
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus or 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except pexpect.ExceptionPexpect as error:
        print(error)
        sys.exit(1)
