"""A formula graph as a list of array operations, for many points at a time.

Only what the wanted nodes need and what varies is computed, each node once. The numbers are those of
:mod:`payoffs.tensor` to the last bit: the same operations in the same order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from payoffs.enclosures import Enclosure
from payoffs.formula_graph import PARAMETER, Graph, Operation
from payoffs.graph_values import Floating, operate, without_infinities


@dataclass(frozen=True, slots=True)
class _Step:
    operation: Operation
    operands: tuple[int, ...]
    target: int


class Program:
    """The steps that compute some nodes of a graph.

    Parameters
    ----------
    graph, known : the graph and what is known about its nodes
    varied : symbols of the parameters that vary, in the order of the rows of the points
    wanted : nodes to compute

    Examples
    --------
    >>> from payoffs.enclosures import enclosures
    >>> from payoffs.expressions import parse
    >>> graph = Graph()
    >>> x = graph.parameter("x")
    >>> node = graph.formula(parse("2*(3*x - 1)").tree, {"x": x})
    >>> program = Program(graph, enclosures(graph, {"x": (0.0, 1.0)}), ["x"], [node])
    >>> program.run(np.array([[0.0, 0.5]]), program.memory(2))
    [array([-2.,  1.])]
    """

    def __init__(self, graph: Graph, known: Sequence[Enclosure], varied: Sequence[str], wanted: Sequence[int]) -> None:
        self.inputs = len(varied)
        # Slots: the varied parameters, then working arrays, which are used again once nobody needs what they hold.
        self._slots: dict[int, int] = {}
        self._constants: dict[int, Floating] = {}
        self._constant_slots: dict[str, int] = {}
        self._results = [known[node].node for node in wanted]
        self._constant_of = {node: known[node].constant for node in self._results}
        needed = self._needed(graph, known)
        last_use = self._last_use(graph, known, needed)
        self.steps, self.size = self._schedule(graph, known, varied, needed, last_use)

    @property
    def is_empty(self) -> bool:
        """Whether nothing varies that is wanted."""
        return not self.steps

    def _needed(self, graph: Graph, known: Sequence[Enclosure]) -> list[int]:
        waiting = [node for node in self._results if known[node].constant is None]
        needed = set(waiting)
        while waiting:
            for below in graph.operations[waiting.pop()].below:
                node = known[below].node
                if known[below].constant is None and node not in needed:
                    needed.add(node)
                    waiting.append(node)
        return sorted(needed)

    def _last_use(self, graph: Graph, known: Sequence[Enclosure], needed: Sequence[int]) -> dict[int, int]:
        last = {}
        for node in needed:
            for below in graph.operations[node].below:
                last[known[below].node] = node
        return last | dict.fromkeys(self._results, len(graph.operations))

    def _schedule(
        self,
        graph: Graph,
        known: Sequence[Enclosure],
        varied: Sequence[str],
        needed: Sequence[int],
        last_use: dict[int, int],
    ) -> tuple[list[_Step], int]:
        steps: list[_Step] = []
        free: list[int] = []
        size = self.inputs
        rows = {symbol: row for row, symbol in enumerate(varied)}
        for node in needed:
            operation = graph.operations[node]
            if operation.kind == PARAMETER:
                self._slots[node] = rows[str(operation.data)]
                continue
            operands = tuple(self._operand(known[below]) for below in operation.below)
            # The target is never an operand: some numpy loops give other bits when they overwrite what they read.
            target = free.pop() if free else size
            size = max(size, target + 1)
            self._slots[node] = target
            steps.append(_Step(operation, operands, target))
            for used in {known[below].node for below in operation.below if known[below].constant is None}:
                if last_use[used] == node and self._slots[used] >= self.inputs:
                    free.append(self._slots[used])
        return steps, size

    def _operand(self, known: Enclosure) -> int:
        """Return the slot of a node; constants have negative ones."""
        if known.constant is None:
            return self._slots[known.node]
        slot = self._constant_slots.setdefault(known.constant.hex(), -1 - len(self._constants))
        self._constants[slot] = np.asarray(known.constant)
        return slot

    def memory(self, points: int) -> Floating:
        """Return working memory for :meth:`run` with up to so many points."""
        return np.empty((self.size - self.inputs, points))

    def run(self, points: NDArray[np.float64], memory: Floating) -> list[Floating]:
        """Compute the wanted nodes.

        Parameters
        ----------
        points : shape (parameters that vary, points), finite, each row contiguous
        memory : what :meth:`memory` returned for at least so many points

        Returns
        -------
        for each wanted node an array of one value per point, or of shape () if it is the same everywhere; it may lie in
        `memory` or in `points`, so it holds until the next run. NaN where the value, or one on the way to it, is not
        finite.
        """
        arrays = [*points, *(row[: points.shape[1]] for row in memory)]
        try:
            with np.errstate(divide="raise", over="raise", invalid="raise", under="ignore"):
                self._run(arrays, careful=False)
        except FloatingPointError:
            with np.errstate(all="ignore"):
                self._run(arrays, careful=True)
        constants = self._constant_of
        return [
            arrays[self._slots[node]] if constants[node] is None else np.asarray(constants[node])
            for node in self._results
        ]

    def _run(self, arrays: Sequence[Floating], *, careful: bool) -> None:
        for step in self.steps:
            operands = [self._constants[slot] if slot < 0 else arrays[slot] for slot in step.operands]
            operate(step.operation, operands, arrays[step.target])
            if careful:
                without_infinities(arrays[step.target])
