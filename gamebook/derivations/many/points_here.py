"""Mixed rest points at the values in use, found with proof by the solver of games with any number of strategies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from payoffs.game import Game
from solvers.general.equilibria import general_equilibria


@dataclass(frozen=True, slots=True, eq=False)
class MixedHere:
    """A mixed rest point: the shares of all strategies per party, eigenvalues on the simplices, and its kind."""

    shares: tuple[tuple[float, ...], ...]
    eigenvalues: tuple[complex, ...]
    kind: str
    is_nash: bool


@dataclass(frozen=True, slots=True, eq=False)
class MixedPointsHere:
    """All mixed rest points; `components` counts continua, `complete` tells whether others are excluded by proof."""

    points: tuple[MixedHere, ...]
    components: int
    complete: bool


def mixed_points_here(game: Game, values: Mapping[str, float]) -> MixedPointsHere:
    """Return the mixed rest points of a game at given values."""
    found = general_equilibria(game.tensor(**values))
    points = tuple(
        MixedHere(
            tuple(tuple(map(float, shares)) for shares in point.profile),
            tuple(map(complex, point.eigenvalues)),
            point.stability.value,
            point.is_nash,
        )
        for point in found.rest_points
        if point.pure is None
    )
    return MixedPointsHere(points, len(found.components), found.complete)
