"""The points of a plan, computed in blocks that stay in the cache of a core, by several threads."""

from __future__ import annotations

import itertools
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from payoffs.enclosures import LARGEST
from payoffs.graph_values import Floating
from payoffs.parameters import Parameter
from payoffs.tensor_proof import Proof, outside, violated

BLOCK = 8192  # points worked on together: fewer waste time between operations, more do not fit into the cache


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """How to compute blocks of points.

    Parameters
    ----------
    proof : what is known about the payoffs
    parameters : those that vary
    by_matrix : whether to use the matrix product of the proof
    """

    proof: Proof
    parameters: Sequence[Parameter]
    by_matrix: bool

    def evaluate(self, points: Floating, out: Floating | None, threads: int | None) -> NDArray[np.bool_]:
        """Fill `out`, shape (points, payoffs), if it is given; return which points are refused."""
        refused = np.empty(len(points), dtype=np.bool_)
        count = -(-len(points) // BLOCK)
        shares = max(1, min(count, cores() if threads is None else threads))
        cuts = [*(BLOCK * (count * share // shares) for share in range(shares)), len(points)]
        spans = [slice(first, last) for first, last in itertools.pairwise(cuts)]
        if len(spans) == 1:
            self._fill(points, out, refused, spans[0])
        else:
            with ThreadPoolExecutor(len(spans)) as pool:
                for done in [pool.submit(self._fill, points, out, refused, span) for span in spans]:
                    done.result()
        return refused

    def _fill(self, points: Floating, out: Floating | None, refused: NDArray[np.bool_], span: slice) -> None:
        size = min(BLOCK, span.stop - span.start)
        kind = _Checker if out is None else _Multiplier if self.by_matrix else _Runner
        worker = kind(self, size)
        for start in range(span.start, span.stop, BLOCK):
            block = slice(start, min(start + BLOCK, span.stop))
            refused[block] = worker.fill(points[block], None if out is None else out[block])


class _Checker:
    """One thread's working memory for checks alone."""

    def __init__(self, blocks: Blocks, size: int) -> None:
        self.proof, self.checks = blocks.proof, blocks.proof.checks
        self.low = np.array([[max(each.low, -LARGEST)] for each in blocks.parameters])
        self.high = np.array([[min(each.high, LARGEST)] for each in blocks.parameters])
        # Computed in place of a point that is out of bounds.
        self.stand_in = np.array([[each.default] for each in blocks.parameters])
        self.check_memory = self.checks.program.memory(size)

    def fill(self, values: Floating, out: Floating | None) -> NDArray[np.bool_]:
        """Compute one block of points; return which are refused: their payoffs are NaN."""
        points = np.array(values.T, order="C")
        refused: NDArray[np.bool_] = np.logical_not(((points >= self.low) & (points <= self.high)).all(axis=0))
        if refused.any():
            points[:, refused] = self.stand_in
        refused |= self.compute(points, out)
        if out is not None and refused.any():
            out[refused] = np.nan
        return refused

    def compute(self, points: Floating, out: Floating | None) -> NDArray[np.bool_]:
        """Compute points within the bounds; return which violate a range."""
        return violated(self.checks, points, self.check_memory)


class _Multiplier(_Checker):
    """One thread's working memory for the matrix product."""

    def __init__(self, blocks: Blocks, size: int) -> None:
        super().__init__(blocks, size)
        if blocks.proof.matrix is None:
            raise ValueError("the payoffs have no matrix product")
        self.matrix = blocks.proof.matrix
        self.memory = self.matrix.memory(size)

    def compute(self, points: Floating, out: Floating | None) -> NDArray[np.bool_]:
        if out is not None:
            self.matrix.fill(points, out, self.memory)
        return super().compute(points, out)


class _Runner(_Checker):
    """One thread's working memory for expressions: payoffs and checks share theirs."""

    def __init__(self, blocks: Blocks, size: int) -> None:
        super().__init__(blocks, size)
        self.program = self.proof.expressions
        self.memory = self.program.memory(size)
        self.rows = np.empty((self.proof.payoffs, size))

    def compute(self, points: Floating, out: Floating | None) -> NDArray[np.bool_]:
        values, count = self.program.run(points, self.memory), points.shape[1]
        for row, value in zip(self.rows, values, strict=False):
            np.add(value, 0.0, out=row[:count])  # the sum turns -0.0 into 0.0
        if out is not None:
            out[:] = self.rows[:, :count].T
        return outside(self.checks, values[len(self.rows) :], count)


def cores() -> int:
    """Return how many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # only Linux tells
        return os.cpu_count() or 1
