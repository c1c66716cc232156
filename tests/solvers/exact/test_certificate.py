"""The exact proof agrees with true lists, and finds what is wrong with false ones."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

import gamebook
from solvers.equilibria import equilibria
from solvers.exact.certificate import certify

HUNT = [[[2, 2], [0, 3]], [[2, 0], [2, 3]]]


def random_game(seed: int, players: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(players,) + (2,) * players)


def statuses(proof) -> dict[str, str]:
    return {face.face: face.status for face in proof.faces}


@pytest.mark.parametrize(("players", "count"), [(1, 3), (2, 20), (3, 20), (4, 8), (5, 1)])
def test_random_games_are_certified_and_every_point_lies_in_its_enclosure(players, count):
    for seed in range(count):
        result = equilibria(random_game(seed, players))
        proof = certify(result)
        assert proof.certified, (seed, proof.open_faces)
        assert len(proof.points) == len(result.rest_points)
        for point, each in zip(result.rest_points, proof.points, strict=True):
            assert (each.low <= point.shares + 1e-12).all()
            assert (point.shares - 1e-12 <= each.high).all()
            assert (each.high - each.low <= 1e-12).all()
            assert each.is_nash == point.is_nash


@pytest.mark.parametrize("name", ["no_tools", "package", "seeds_mix", "poaching_oversized", "oversized"])
def test_built_in_scenarios_are_certified(name):
    result = gamebook.solve(gamebook.load(name)).equilibria
    assert certify(result).certified


def test_a_rest_point_left_out_of_the_list_is_found():
    result = equilibria(random_game(3, 3))
    mixed = next(point for point in result.rest_points if len(point.mixing) == 2)
    short = replace(result, rest_points=tuple(point for point in result.rest_points if point is not mixed))
    proof = certify(short)
    assert not proof.certified
    face = "".join("*" if i in mixed.mixing else str(int(share)) for i, share in enumerate(mixed.shares))
    assert statuses(proof)[face] == "missed"
    assert np.abs(proof.extra[0] - mixed.shares).max() < 1e-12


def test_a_point_that_is_no_rest_point_is_not_certified():
    result = equilibria(HUNT)
    wrong = tuple(replace(point, shares=point.shares + 1e-6) if point.mixing else point for point in result.rest_points)
    proof = certify(replace(result, rest_points=wrong))
    assert not proof.certified
    assert [each.agrees for each in proof.points] == [True, True, True, True, False]


@pytest.mark.parametrize("number", range(5))
def test_a_false_word_on_nash_is_not_certified(number):
    result = equilibria(HUNT)
    points = list(result.rest_points)
    points[number] = replace(points[number], is_nash=not points[number].is_nash)
    proof = certify(replace(result, rest_points=tuple(points)))
    assert not proof.certified
    assert not proof.points[number].agrees


def test_the_enclosure_of_the_stag_hunt_holds_two_thirds_and_little_else():
    proof = certify(equilibria(HUNT)).points[-1]
    assert (proof.low < 2 / 3).all()
    assert (proof.high > 2 / 3).all()
    assert (proof.high - proof.low < 1e-15).all()


def test_exact_payoffs_decide_what_their_floats_cannot():
    # 1/3 + 1e-18 and 1/3 are the same float: indifference as floats, a strict preference exactly.
    third, more = Fraction(1, 3), Fraction(1, 3) + Fraction(1, 10**18)
    exact = [[[third, third], [more, more]], [[Fraction(0), Fraction(1)], [Fraction(0), Fraction(1)]]]
    result = equilibria([[[float(v) for v in row] for row in table] for table in exact])
    assert result.ties
    assert certify(result).certified  # of the game in floats, with its continuum
    proof = certify(result, payoffs=exact)
    assert [each.is_nash for each in proof.points] == [False, False, False, True]
    assert not proof.certified  # the list in floats is not that of the exact game


def test_no_degenerate_game_hides_a_rest_point_outside_what_was_listed():
    rng = np.random.default_rng(7)
    seen = set()
    for _ in range(60):
        result = equilibria(rng.integers(-1, 2, size=(3, 2, 2, 2)))
        proof = certify(result)
        assert "missed" not in statuses(proof).values()
        assert all(point.exists and point.agrees for point in proof.points)
        assert proof.certified or not result.complete
        seen |= set(statuses(proof).values())
    assert {"proved", "continuum", "covered"} <= seen  # the sample really holds ties of every kind


def test_a_continuum_that_is_not_listed_is_missed():
    result = equilibria(np.zeros((2, 2, 2)))
    assert certify(result).certified
    proof = certify(replace(result, components=()))
    assert not proof.certified
    assert "missed" in statuses(proof).values()


def test_payoffs_in_other_units_have_the_same_certificate():
    payoffs = random_game(11, 3)
    units = np.array([1e-9, 1.0, 1e12]).reshape(3, 1, 1, 1)
    one, other = certify(equilibria(payoffs)), certify(equilibria(payoffs * units))
    assert one.certified
    assert other.certified
    assert statuses(one) == statuses(other)
