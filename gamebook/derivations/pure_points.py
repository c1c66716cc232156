"""All pure points of a game with their eigenvalues, the signs of these, and what follows for stability.

At a pure point the Jacobian is diagonal, so its entries are the eigenvalues: a party's gain from deviating. With
payoffs that do not depend on shares a pure point is evolutionarily stable exactly if all of them are negative. A zero
real part is left undecided: linearisation does not settle it.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import sympy

from gamebook.derivations.field import Field
from gamebook.derivations.payoff_cells import Profile
from gamebook.derivations.signs import Sign, Signs

Kind = Literal["ess", "saddle", "source", "unstable", "critical", "conditional"]


@dataclass(frozen=True, slots=True, eq=False)
class PurePoint:
    """A pure point.

    Attributes
    ----------
    number : from 1, in the order in which papers list the points
    profile : strategy of each party
    directions : a party and the strategy to which it would turn, one per eigenvalue
    eigenvalues, signs : in formulas, and their signs over the domain; with two strategies one per party
    kind : what the signs prove; "conditional" if the point is stable under conditions
    numbers : the eigenvalues at the values in use, exact; None where one is irrational
    kind_here : the kind at the values in use
    """

    number: int
    profile: Profile
    directions: tuple[tuple[int, int], ...]
    eigenvalues: tuple[sympy.Expr, ...]
    signs: tuple[Sign, ...]
    kind: Kind
    numbers: tuple[Fraction | None, ...]
    kind_here: Kind

    @property
    def undecided(self) -> tuple[int, ...]:
        """The places of eigenvalues that have to be negative for the point to be stable, and are not known to be."""
        return tuple(place for place, sign in enumerate(self.signs) if sign.mark == "x")


def ordered_profiles(shape: Sequence[int]) -> list[Profile]:
    """Return the pure profiles as papers number them: by how many cooperate, then the first parties first.

    With more than two strategies they stand in the order of the strategies, the last party changing fastest.

    Examples
    --------
    >>> ordered_profiles([2, 2]), ordered_profiles([1, 3])
    ([(0, 0), (1, 0), (0, 1), (1, 1)], [(0, 0), (0, 1), (0, 2)])
    """
    found = list(itertools.product(*map(range, shape)))
    if max(shape) > 2:
        return found
    return sorted(found, key=lambda profile: (sum(profile), [-own for own in profile]))


def kind_of(marks: Sequence[str]) -> Kind:
    """Return what the signs of the eigenvalues say.

    Examples
    --------
    >>> kind_of("--"), kind_of("+-"), kind_of("++"), kind_of("0-"), kind_of("x-"), kind_of("+x"), kind_of("+0")
    ('ess', 'saddle', 'source', 'critical', 'conditional', 'unstable', 'unstable')
    """
    if "+" in marks:
        if set(marks) == {"+"}:
            return "source"
        return "saddle" if "-" in marks and "0" not in marks else "unstable"
    if "0" in marks:
        return "critical"
    return "conditional" if "x" in marks else "ess"


def pure_points(field: Field, signs: Signs, here: Mapping[sympy.Symbol, Fraction]) -> tuple[PurePoint, ...]:
    """Return all pure points.

    Parameters
    ----------
    here : the values in use of the symbolic parameters
    """
    result = []
    for number, profile in enumerate(ordered_profiles(field.cells.game.shape), start=1):
        directions = field.directions(profile)
        losses = [field.loss(player, profile, other) for player, other in directions]
        found = [signs.of(loss).reversed() for loss in losses]
        numbers = [None if (value := signs.value_here(loss, here)) is None else -value for loss in losses]
        marks = ["x" if value is None else "+" if value > 0 else "-" if value < 0 else "0" for value in numbers]
        result.append(
            PurePoint(
                number=number,
                profile=profile,
                directions=directions,
                eigenvalues=tuple(-loss for loss in losses),
                signs=tuple(found),
                kind=kind_of([sign.mark for sign in found]),
                numbers=tuple(numbers),
                kind_here=kind_of(marks),
            )
        )
    return tuple(result)
