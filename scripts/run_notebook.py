"""Runs a notebook headless and writes what it became, telling each cell as it goes.

usage: run_notebook.py NOTEBOOK EXECUTED [--timeout SECONDS]
"""

import argparse
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError


def first_line(cell, width=60):
    line = next((text for text in cell.source.splitlines() if text.strip()), "")
    return line if len(line) <= width else line[: width - 1] + "…"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("notebook", type=Path)
    parser.add_argument("executed", type=Path)
    parser.add_argument("--timeout", type=int, default=300, help="seconds a cell may take")
    options = parser.parse_args()

    notebook = nbformat.read(options.notebook, as_version=4)
    code = [index for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    started = {}

    def on_start(cell, cell_index):
        started[cell_index] = time.monotonic()
        number = code.index(cell_index) + 1
        print(f"  [{number:2}/{len(code)}] {first_line(cell):60}", end=" ", flush=True)

    def on_executed(cell, cell_index, execute_reply):
        seconds = time.monotonic() - started[cell_index]
        expected = "raises-exception" in cell.metadata.get("tags", [])
        failed = execute_reply["content"]["status"] != "ok"
        note = ("  an error, as intended" if expected else "  an error") if failed else ""
        print(f"{seconds:6.1f} s{note}", flush=True)

    client = NotebookClient(
        notebook,
        timeout=options.timeout,
        resources={"metadata": {"path": str(options.notebook.resolve().parent)}},
        on_cell_execute=on_start,
        on_cell_executed=on_executed,
    )
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    finally:
        options.executed.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, options.executed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
