"""What a batch returns: one row per point, and what is known of each game."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solvers.arrays import Booleans, Floats, Integers
from solvers.attractors import Profile
from solvers.rest_points.components import whole_face
from solvers.rest_points.records import CLASSES
from solvers.rest_points.response import closed_face_names
from solvers.rest_points.workspace import Bits
from solvers.results import Component, Equilibria, Undecided
from solvers.stability import Stability

STATUSES = ("complete", "near ties", "undecided", "budget")
"""What ``Batch.status`` holds, by number; the words of ``Equilibria.status``."""

VERDICTS = {1: True, 0: False, -1: None}
"""What ``Batch.whole_nash`` holds, as ``Component.is_nash`` has it."""


@dataclass(frozen=True, slots=True, eq=False)
class GameView:
    """One game of a batch.

    Attributes
    ----------
    shares : shape (points, n); pure profiles first, in C order
    stability : class per point
    nash, strict, verified, ties : shape (points,)
    regret, residual, radius : shape (points,), as in ``RestPoint``
    status, complete : as in ``Equilibria``
    components : as in ``Equilibria``; of a search for Nash equilibria without those that hold none
    undecided : as in ``Equilibria``
    sink_components, closed_faces : as in ``Equilibria``; None if they were not asked for
    """

    shares: Floats
    stability: tuple[Stability, ...]
    nash: Booleans
    strict: Booleans
    verified: Booleans
    ties: Booleans
    regret: Floats
    residual: Floats
    radius: Floats
    status: str
    complete: bool
    components: tuple[Component, ...]
    undecided: tuple[Undecided, ...]
    sink_components: tuple[tuple[Profile, ...], ...] | None
    closed_faces: tuple[str, ...] | None


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Points of many games in flat arrays; those of game i are the rows ``offsets[i]`` to ``offsets[i + 1]``.

    Attributes
    ----------
    shape : leading axes of the payoffs; games are numbered in C order over them
    players : number of players, n
    what : ``pure``, ``nash`` or ``rest``
    offsets : shape (games + 1,)
    game : shape (rows,), number of the game
    shares : shape (rows, n), share of index 1
    face : shape (rows,), 0 or 1 for a pure, 2 for a mixing player: digits in base 3, player 0 lowest
    mixing : shape (rows,), how many players mix
    stability : shape (rows,), position in ``Stability``
    nash, strict, verified, ties : shape (rows,); ties where a pure player is indifferent
    regret, residual, radius : shape (rows,), as in ``RestPoint``
    status : shape (games,), position in ``STATUSES``
    nash_profiles, strict_profiles : shape (games,), pure profiles as bits: bit s is position s in C order
    sinks, sink_offsets : sink components as such sets of profiles, and where each game's begin; None if not asked for
    closed, closed_offsets : minimal closed faces as digits in base 3, and where each game's begin; None likewise
    whole, whole_nash, whole_offsets : faces that consist of rest points and lie in no other such face, as digits in
        base 3; whether these are Nash equilibria: 1 all, 0 none, -1 some; where each game's begin. A search for
        Nash equilibria leaves out those of which none is. Of the games in ``singly`` none is here
    singly : games that were solved one at a time because they have other components, undecided regions, or points on
        a border
    """

    shape: tuple[int, ...]
    players: int
    what: str
    offsets: Integers
    game: Integers
    shares: Floats
    face: NDArray[np.int16]
    mixing: NDArray[np.int8]
    stability: NDArray[np.int8]
    nash: Booleans
    strict: Booleans
    verified: Booleans
    ties: Booleans
    regret: Floats
    residual: Floats
    radius: Floats
    status: NDArray[np.int8]
    nash_profiles: Bits
    strict_profiles: Bits
    sinks: Bits | None
    sink_offsets: Integers | None
    closed: NDArray[np.int16] | None
    closed_offsets: Integers | None
    whole: NDArray[np.int16]
    whole_nash: NDArray[np.int8]
    whole_offsets: Integers
    singly: Mapping[int, Equilibria]

    def __len__(self) -> int:
        """Return the number of games."""
        return math.prod(self.shape)

    @property
    def complete(self) -> Booleans:
        """Whether every rest point of the kind asked for is proved to be listed; shape (games,)."""
        return np.asarray(self.status == 0)

    @property
    def component_counts(self) -> Integers:
        """How many components, that is continua of rest points of the kind asked for, each game has; shape (games,)."""
        counts = np.diff(self.whole_offsets)
        for game, alone in self.singly.items():
            counts[game] = len(self._asked_for(alone.components))
        return counts

    def game_view(self, number: int) -> GameView:
        """Return what is known of one game."""
        rows = slice(int(self.offsets[number]), int(self.offsets[number + 1]))
        alone = self.singly.get(number)
        status = STATUSES[int(self.status[number])]
        return GameView(
            shares=self.shares[rows],
            stability=tuple(CLASSES[code] for code in self.stability[rows].tolist()),
            nash=self.nash[rows],
            strict=self.strict[rows],
            verified=self.verified[rows],
            ties=self.ties[rows],
            regret=self.regret[rows],
            residual=self.residual[rows],
            radius=self.radius[rows],
            status=status,
            complete=status == "complete",
            components=self._whole(number) if alone is None else self._asked_for(alone.components),
            undecided=alone.undecided if alone is not None else (),
            sink_components=self._sinks(number),
            closed_faces=self._closed(number),
        )

    def _asked_for(self, components: tuple[Component, ...]) -> tuple[Component, ...]:
        return tuple(item for item in components if self.what == "rest" or item.is_nash is not False)

    def _whole(self, number: int) -> tuple[Component, ...]:
        """Faces that consist of rest points, the largest first."""
        rows = slice(int(self.whole_offsets[number]), int(self.whole_offsets[number + 1]))
        found = [
            whole_face("".join("01*"[code // 3**i % 3] for i in range(self.players)), VERDICTS[verdict])
            for code, verdict in zip(self.whole[rows].tolist(), self.whole_nash[rows].tolist(), strict=True)
        ]
        return tuple(sorted(found, key=lambda item: (-item.dimension, item.face)))

    def _sinks(self, number: int) -> tuple[tuple[Profile, ...], ...] | None:
        if self.sinks is None or self.sink_offsets is None:
            return None
        words = self.sinks[self.sink_offsets[number] : self.sink_offsets[number + 1]].tolist()
        return tuple(sorted(tuple(profiles_of(word, self.players)) for word in words))

    def _closed(self, number: int) -> tuple[str, ...] | None:
        if self.closed is None or self.closed_offsets is None:
            return None
        codes = self.closed[self.closed_offsets[number] : self.closed_offsets[number + 1]]
        return closed_face_names(codes.astype(np.int64), self.players)


def offsets_of(counts: Integers) -> Integers:
    """Where the rows of each game begin, and where the last game's end.

    Examples
    --------
    >>> offsets_of(np.array([2, 0, 1])).tolist()
    [0, 2, 2, 3]
    """
    return np.concatenate([[0], np.cumsum(counts)])


def profiles_of(word: int, players: int) -> list[Profile]:
    """Pure profiles in a set of bits in C order, in that order.

    Examples
    --------
    >>> profiles_of(0b1010, 2)
    [(0, 1), (1, 1)]
    """
    positions = [s for s in range(1 << players) if word >> s & 1]
    return [tuple(s >> (players - 1 - i) & 1 for i in range(players)) for s in positions]
