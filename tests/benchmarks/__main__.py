"""Measure: `python -m tests.benchmarks [name ...]`; exits with 1 when a promise is not kept."""

import importlib
import os
import sys

from tests.benchmarks.figures import Report

NAMES = ("polling", "download", "upload", "start", "gui", "picker")


def main(names: list[str]) -> int:
    """Run the benchmarks of these names, all by default; gives the exit code."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false;qt.accessibility.*=false")
    if unknown := set(names) - set(NAMES):
        print(f"There is no benchmark {', '.join(sorted(unknown))}. There are: {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    report = Report()
    for name in names or NAMES:
        importlib.import_module(f"tests.benchmarks.{name}").measure(report)
    print("All promises are kept." if report.kept else "A promise is not kept: see the lines with !!.")
    return 0 if report.kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
