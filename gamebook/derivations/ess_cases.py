"""The cases in which each pure point is evolutionarily stable, and how the cases lie to one another.

Cases may overlap: two points are stable at the same values, and the start decides. They may leave a gap: no pure point
is stable. Both are shown by a point of the parameters, confirmed exactly, or excluded by a proof; otherwise the answer
says that neither was found.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import sympy
from numpy.typing import NDArray

from gamebook.derivations.common_factors import grouped
from gamebook.derivations.evaluation import InexactError
from gamebook.derivations.field import Field
from gamebook.derivations.inequalities import Inequality, stability_conditions
from gamebook.derivations.point_search import find_point, nearer
from gamebook.derivations.pure_points import PurePoint
from gamebook.derivations.signs import Point, Signs


@dataclass(frozen=True, slots=True, eq=False)
class EssCase:
    """A pure point that is, or can be, evolutionarily stable.

    Attributes
    ----------
    number : of the case, from 1
    conditions : what must hold; empty if it always is
    holds_here : whether they all hold at the values in use; None if a value is irrational
    witness : a point where they all hold, if one is known
    """

    number: int
    point: PurePoint
    conditions: tuple[Inequality, ...]
    holds_here: bool | None
    witness: Point | None


@dataclass(frozen=True, slots=True, eq=False)
class Overlap:
    """Two cases: ``together`` is True with a witness, False with a proof ("edge" or "certificate"), None if open."""

    first: int
    second: int
    together: bool | None
    witness: Point | None
    proof: str


@dataclass(frozen=True, slots=True, eq=False)
class EssCases:
    """All cases.

    Attributes
    ----------
    overlaps : one per pair of cases
    gap : a point where no pure point is stable and none has a zero eigenvalue, if one was found
    covers : whether it is proved that some case always holds
    tried : number of sampled points
    """

    cases: tuple[EssCase, ...]
    overlaps: tuple[Overlap, ...]
    gap: Point | None
    covers: bool
    tried: int


def ess_cases(
    field: Field, points: Sequence[PurePoint], signs: Signs, here: Mapping[sympy.Symbol, Fraction]
) -> EssCases:
    """Return the cases and compare each with every other."""
    can_be = [point for point in points if point.kind in ("ess", "conditional")]
    conditions = [stability_conditions(field, point, signs) for point in can_be]
    masks = [_mask(found, signs) for found in conditions]
    cases = tuple(
        EssCase(number, point, found, _holds(found, signs, here), _witness(mask, [found], signs))
        for number, (point, found, mask) in enumerate(zip(can_be, conditions, masks, strict=True), start=1)
    )
    overlaps = tuple(
        _overlap(field, cases[one], cases[other], masks[one] & masks[other], signs, here)
        for one, other in itertools.combinations(range(len(cases)), 2)
    )
    covers = any(not case.conditions for case in cases)
    gap = None if covers else _gap(points, signs)
    if gap is not None:
        escapes = [next(e for e in point.eigenvalues if signs.domain.value(e, gap) > 0) for point in points]
        gap = nearer(signs.domain, escapes, gap, here)
    return EssCases(cases, overlaps, gap, covers, signs.domain.count)


def _mask(conditions: Sequence[Inequality], signs: Signs) -> NDArray[np.bool_]:
    mask = np.ones(signs.domain.count, dtype=np.bool_)
    for condition in conditions:
        mask &= signs.domain.at_samples(condition.margin) > 0
    return mask


def _holds(conditions: Sequence[Inequality], signs: Signs, here: Mapping[sympy.Symbol, Fraction]) -> bool | None:
    values = [signs.value_here(condition.margin, here) for condition in conditions]
    if any(value is None for value in values):
        return None
    return all(value > 0 for value in values if value is not None)


def _witness(mask: NDArray[np.bool_], conditions: Sequence[Sequence[Inequality]], signs: Signs) -> Point | None:
    """Return a sampled point at which all conditions hold exactly."""
    margins = [condition.margin for group in conditions for condition in group]
    for index in np.flatnonzero(mask)[:8]:
        point = signs.domain.point(int(index))
        try:
            if all(signs.domain.value(margin, point) > 0 for margin in margins) and signs.domain.holds(point):
                return point
        except InexactError:
            continue
    return None


def _overlap(
    field: Field,
    one: EssCase,
    other: EssCase,
    both: NDArray[np.bool_],
    signs: Signs,
    here: Mapping[sympy.Symbol, Fraction],
) -> Overlap:
    different = [place for place in range(field.n) if one.point.profile[place] != other.point.profile[place]]
    if len(different) == 1 and not field.on_own(different[0]):
        # The party that differs has opposite eigenvalues at the two ends of the edge.
        return Overlap(one.number, other.number, False, None, "edge")
    margins = [condition.margin for condition in (*one.conditions, *other.conditions)]
    witness = _witness(both, [one.conditions, other.conditions], signs)
    if witness is not None:
        near = nearer(signs.domain, margins, witness, here)
        return Overlap(one.number, other.number, True, near, "witnesses")
    if _contradict(one, other, signs) or signs.impossible(margins):
        return Overlap(one.number, other.number, False, None, "certificate")
    witness = find_point(signs.domain, margins)
    if witness is not None:
        return Overlap(one.number, other.number, True, nearer(signs.domain, margins, witness, here), "witnesses")
    return Overlap(one.number, other.number, None, None, "")


def _contradict(one: EssCase, other: EssCase, signs: Signs) -> bool:
    """Tell whether it is proved that some party's two conditions, one of each case, have a sum that is not positive."""
    return any(
        signs.of(grouped(first.margin + second.margin)).mark in ("-", "0")
        for first, second in itertools.product(one.conditions, other.conditions)
        if first.player == second.player
    )


def _gap(points: Sequence[PurePoint], signs: Signs) -> Point | None:
    """Return a point of the domain at which every pure point has a positive eigenvalue."""
    gap = np.ones(signs.domain.count, dtype=np.bool_)
    for point in points:
        if point.kind in ("ess", "conditional"):
            escapes = [signs.domain.at_samples(point.eigenvalues[player]) > 0 for player in point.undecided]
            gap &= np.any(escapes, axis=0) if escapes else False
        elif point.kind == "critical":
            return None
    for index in np.flatnonzero(gap)[:8]:
        where = signs.domain.point(int(index))
        try:
            if signs.domain.holds(where) and all(_escapes(point, signs, where) for point in points):
                return where
        except InexactError:
            continue
    return None


def _escapes(point: PurePoint, signs: Signs, where: Point) -> bool:
    if point.kind not in ("ess", "conditional"):
        return True
    return any(signs.domain.value(point.eigenvalues[player], where) > 0 for player in point.undecided)
