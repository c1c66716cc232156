"""Runs a sweep on this machine: block after block on several threads, each written when it is done.

The compiled code runs outside Python's lock, so threads share the work as well as processes would and need neither
copies nor a start of their own. Blocks are written by the thread that called, in the order in which they end.
"""

from __future__ import annotations

import errno
import itertools
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Protocol

from gamebook.errors import InputError
from gamebook.sweeps.definition import Sweep
from gamebook.sweeps.layout import Block
from gamebook.sweeps.measures import Array
from solvers.batches.equilibria import processors

MOST_WORKERS = 1024
AHEAD = 1
"""Blocks computed ahead of the writing, beside those at work."""

Progress = Callable[[str, int, int], None]
Arrays = tuple[dict[str, Array], dict[str, Array]]


class Sink(Protocol):
    """What takes the blocks: a store, or memory."""

    def write(self, block: Block, arrays: dict[str, Array], ragged: dict[str, Array]) -> None:
        """Keep a block."""
        ...


class Engine(Protocol):
    """What computes blocks, in any order."""

    def __call__(self, sweep: Sweep, blocks: Iterable[Block]) -> Iterator[tuple[Block, Arrays]]:
        """Yield every block with its arrays."""
        ...

    def close(self) -> None:
        """Leave what it works with as it was."""
        ...


class Threads:
    """Computes blocks on several threads of this process.

    Parameters
    ----------
    workers : as many as there are processors if None
    """

    def __init__(self, workers: int | None = None) -> None:
        if workers is not None and not 1 <= workers <= MOST_WORKERS:
            raise InputError("sweep.workers", value=workers, most=MOST_WORKERS)
        self.workers = workers or processors()

    def __call__(self, sweep: Sweep, blocks: Iterable[Block]) -> Iterator[tuple[Block, Arrays]]:
        """Yield every block with its arrays as soon as it is done."""
        _ = sweep.source  # made once, before several threads would
        waiting = iter(blocks)
        if self.workers == 1:
            for block in waiting:
                yield block, sweep.compute(block)
            return
        running: dict[Future[Arrays], Block] = {}
        with ThreadPoolExecutor(self.workers) as pool:
            try:
                while True:
                    for block in itertools.islice(waiting, self.workers + AHEAD - len(running)):
                        running[pool.submit(sweep.compute, block)] = block
                    if not running:
                        return
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        yield running.pop(future), future.result()
            finally:
                # An interrupted run waits for the blocks at work only.
                pool.shutdown(wait=True, cancel_futures=True)


    def close(self) -> None:
        """Nothing is held between runs."""


class Interrupted(KeyboardInterrupt):
    """The user interrupted a run; what is stored stays.

    Parameters
    ----------
    done, total : points
    """

    def __init__(self, done: int, total: int) -> None:
        super().__init__()
        self.done, self.total = done, total


def run(
    sweep: Sweep, sink: Sink, engine: Engine, *, done: Iterable[int] = (), progress: Progress | None = None
) -> int:
    """Compute all blocks that are not done and hand them to the sink.

    Parameters
    ----------
    done : numbers of the blocks that need not be computed
    progress : called with "sweep", the points that are done and how many there are

    Returns
    -------
    how many blocks were computed

    Raises
    ------
    Interrupted
        If the user interrupts; blocks that were written stay.
    InputError
        If the disk is full or cannot be written; likewise.
    """
    skipped = frozenset(done)
    blocks = (block for block in sweep.layout.blocks() if block.number not in skipped)
    total = sweep.layout.points
    finished = sum(block.points for block in sweep.layout.blocks() if block.number in skipped) if skipped else 0
    computed = 0
    if progress is not None:
        progress("sweep", finished, total)
    try:
        for block, (arrays, ragged) in engine(sweep, blocks):
            sink.write(block, arrays, ragged)
            computed, finished = computed + 1, finished + block.points
            if progress is not None:
                progress("sweep", finished, total)
    except KeyboardInterrupt as error:
        raise Interrupted(finished, total) from error
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EIO):
            raise
        reason = error.strerror or type(error).__name__
        raise InputError("sweep.disk", reason=reason, done=f"{finished:,}", total=f"{total:,}") from error
    return computed
