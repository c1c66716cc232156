"""What the benchmarks share: rounds and medians, peak memory, the machine, cases in processes of their own, tables."""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import metadata
from typing import Any


@dataclass(frozen=True)
class Rounds:
    """Times of several calls of the same work.

    Attributes
    ----------
    wall : seconds of each call by the clock
    processor : seconds of each call that the process spent on all processors together
    """

    wall: tuple[float, ...]
    processor: tuple[float, ...]

    @property
    def median(self) -> float:
        """Median by the clock."""
        return statistics.median(self.wall)

    @property
    def work(self) -> float:
        """Median of the processor's time; it suffers less from a busy machine."""
        return statistics.median(self.processor)


def rounds_of(work: Callable[[], object], rounds: int) -> Rounds:
    """Time some calls, one after the other."""
    wall, processor = [], []
    for _ in range(rounds):
        began, spent = time.perf_counter(), time.process_time()
        work()
        wall.append(time.perf_counter() - began)
        processor.append(time.process_time() - spent)
    return Rounds(tuple(wall), tuple(processor))


def peak_memory() -> float:
    """Largest memory of this process so far, in MiB."""
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / 2**20 if sys.platform == "darwin" else size / 2**10


def separately(script: str, *arguments: str, python: str = sys.executable) -> dict[str, Any]:
    """Run a script that prints JSON in a process of its own, so that its peak memory is its own."""
    safely = os.environ | {"PYTHONSAFEPATH": "1"}  # as -P, which a Python before 3.11 does not know
    run = subprocess.run([python, script, *arguments], env=safely, capture_output=True, text=True, check=False)
    if run.returncode:
        raise SystemExit(run.stderr)
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def processor() -> str:
    """Name of the processor's type where the system tells it."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("model name"):
                    return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or "unknown processor"


def machine(*packages: str) -> str:
    """Versions of Python and of some packages, the system and the processor, in one line without a full stop."""
    versions = ", ".join(f"{package} {metadata.version(package)}" for package in packages)
    return (
        f"Python {platform.python_version()}, {versions}; {platform.system()} {platform.machine()}, {processor()}, "
        f"{os.cpu_count()} cores"
    )


def load() -> float | None:
    """How many processes wanted a processor during the last minute, on average; None where the system does not say."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else None


def table(header: Sequence[str], rows: Sequence[Sequence[str]], texts: int = 1) -> list[str]:
    """Lines of a Markdown table; all columns but the first ``texts`` hold numbers."""
    rule = ["---"] * texts + ["---:"] * (len(header) - texts)
    return [f"| {' | '.join(header)} |", f"|{'|'.join(rule)}|", *(f"| {' | '.join(row)} |" for row in rows)]
