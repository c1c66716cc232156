"""Runs a sweep on a Dask cluster that is already there: its workers compute the blocks, this process writes them.

The same blocks are computed by the same code as on this machine, so the bits are the same too; a worker with another
version of the program or of what it computes with is refused. Blocks of a worker that is lost are computed by others.
"""

from __future__ import annotations

import hashlib
import importlib.util
import itertools
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from gamebook.errors import InputError
from gamebook.provenance import provenance
from gamebook.sweeps.definition import Sweep
from gamebook.sweeps.engine import Arrays
from gamebook.sweeps.layout import Block

if TYPE_CHECKING:
    from distributed import Client, Future

SECONDS_TO_CONNECT = 10
PATIENCE = 60.0
"""Seconds without any worker after which a run gives up; its store can be resumed."""
SECONDS_TO_FETCH = 20.0
"""To fetch the arrays of a block: a scheduler can wait long for a worker that has just been lost, so the block is then
sent on again, with twice the time."""
LOOK_EVERY = 5.0
AHEAD = 2
"""Blocks per thread of the cluster that wait or run at a time: results wait in the workers' memory."""
MOST_ATTEMPTS = 5
"""How often a block is tried whose worker was lost."""
LOST = ("cancelled", "lost")
MADE_WITH = ("gamebook", "code_sha256", "numpy", "scipy", "numba", "platform")


class Cluster:
    """Computes blocks on a cluster.

    Parameters
    ----------
    address : of the scheduler, such as ``tcp://10.0.0.5:8786``

    Raises
    ------
    InputError
        If Dask is not installed, nobody answers at the address, or there are no workers.
    """

    def __init__(self, address: str) -> None:
        if importlib.util.find_spec("distributed") is None:
            raise InputError("cluster.package")
        from distributed import Client

        self.address = address
        try:
            self.client: Client = Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise InputError("cluster.unreachable", address=address, reason=type(error).__name__) from error
        if not self.threads:
            self.client.close()
            raise InputError("cluster.no_workers", address=address)

    @property
    def threads(self) -> int:
        """How many threads the workers have together."""
        return sum(self.client.nthreads().values())

    def __call__(self, sweep: Sweep, blocks: Iterable[Block]) -> Iterator[tuple[Block, Arrays]]:
        """Yield every block with its arrays as soon as it is done."""
        _ = sweep.source  # proved once here instead of on every worker
        run = _Run(self, sweep)
        waiting = iter(blocks)
        try:
            while True:
                room = max(1, AHEAD * self.threads) - len(run.running)
                for block in itertools.islice(waiting, max(0, room)):
                    run.submit(block)
                if not run.running:
                    return
                yield from run.finished()
        finally:
            run.cancel()

    def close(self) -> None:
        """Leave the cluster as it was."""
        self.client.close()


class _Run:
    """Blocks of one sweep on their way."""

    def __init__(self, cluster: Cluster, sweep: Sweep) -> None:
        import cloudpickle

        self.cluster, self.client = cluster, cluster.client
        self.content: bytes = cloudpickle.dumps(sweep)
        self.digest = hashlib.sha256(self.content).hexdigest()
        self.made_with = {key: sweep.identity[key] for key in MADE_WITH}
        self.running: dict[Future, Block] = {}
        self.attempts: dict[int, int] = {}
        self.shared = self._share()
        self.seen_workers = time.monotonic()

    def _share(self) -> Future:
        """Put the sweep into the memory of every worker, where it stays as long as one of them does."""
        shared: Future = self.client.scatter(self.content, broadcast=True, hash=False)
        return shared

    def submit(self, block: Block) -> None:
        """Have a block computed."""
        attempt = self.attempts[block.number] = self.attempts.get(block.number, 0) + 1
        if attempt > MOST_ATTEMPTS:
            raise InputError("cluster.lost", address=self.cluster.address, attempts=MOST_ATTEMPTS)
        key = f"gamebook-{self.digest[:16]}-{block.number}-{attempt}"
        future = self.client.submit(_computed, self.shared, self.digest, block, self.made_with, key=key, pure=False)
        self.running[future] = block

    def finished(self) -> Iterator[tuple[Block, Arrays]]:
        """Yield the blocks that are done, waiting for the first; send those on again whose worker was lost."""
        from distributed import CancelledError, wait

        try:
            with self.client.as_current():
                done = wait(list(self.running), timeout=LOOK_EVERY, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            self._look_for_workers()
            return
        except CancelledError:
            # The scheduler has forgotten some blocks with the worker that had them.
            done = {future for future in self.running if future.status in LOST}
        for future in done:
            block = self.running.pop(future)
            found = self._result(future, SECONDS_TO_FETCH * 2.0 ** (self.attempts[block.number] - 1))
            if found is None:
                self.submit(block)
            else:
                yield block, found

    def _result(self, future: Future, seconds: float) -> Arrays | None:
        """Arrays of a block; None if they were lost with their worker."""
        from distributed import CancelledError, KilledWorker

        try:
            if future.status not in LOST:
                found: Arrays = future.result(timeout=seconds)
                return found
        except TimeoutError:
            return None
        except (KilledWorker, CancelledError, OSError):
            pass
        self.shared = self._share()  # it may have been lost with all its holders
        return None

    def _look_for_workers(self) -> None:
        """Give up when there has been no worker for a while.

        Raises
        ------
        InputError
            What is stored stays.
        """
        now = time.monotonic()
        if self.client.status == "running" and self.cluster.threads:
            self.seen_workers = now
        elif now - self.seen_workers > PATIENCE:
            raise InputError("cluster.no_workers", address=self.cluster.address)

    def cancel(self) -> None:
        """Take back what is not done."""
        if self.running:
            self.client.cancel(list(self.running), force=True)
        self.running.clear()


_HELD: dict[str, Sweep] = {}


def _computed(content: bytes, digest: str, block: Block, made_with: Mapping[str, object]) -> Arrays:
    """Compute a block; runs on a worker, which keeps the sweep for the next one.

    Raises
    ------
    InputError
        If the worker would compute with something else than whoever asked.
    """
    if digest not in _HELD:
        import cloudpickle

        own: Mapping[str, Any] = provenance(digest=None)
        differing = [key for key, value in made_with.items() if own[key] != value]
        if differing:
            said = ", ".join(f"{key} {str(own[key])[:12]} / {str(made_with[key])[:12]}" for key in differing)
            raise InputError("cluster.version", differences=said)
        _HELD.clear()
        _HELD[digest] = cloudpickle.loads(content)
    return _HELD[digest].compute(block)
