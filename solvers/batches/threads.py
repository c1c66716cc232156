"""Chunks of work on several threads; kernels release the interpreter's lock, so these run at the same time."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def on_threads(work: Callable[[int, int], None], count: int, chunk: int, threads: int) -> None:
    """Call ``work(first, end)`` for every chunk of the games, on several threads."""
    ranges = [(first, min(first + chunk, count)) for first in range(0, count, chunk)]
    if threads == 1 or len(ranges) <= 1:
        for first, end in ranges:
            work(first, end)
        return
    with ThreadPoolExecutor(min(threads, len(ranges))) as pool:
        running = [pool.submit(work, first, end) for first, end in ranges]
        try:
            for task in running:
                task.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
