"""The verdict on games built to mislead it."""

import numpy as np
import pytest

import gamebook
from gamebook.analysis import solve
from gamebook.book import Case
from payoffs.game import load_game
from payoffs.pages import parse_page
from solvers.attractors import closed_faces, is_only_sink, sink_components
from solvers.pure import pure_profiles

SIX_CYCLE = [(1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 1, 1), (0, 0, 1), (1, 0, 1)]


def page(cells, coordination, names=("g", "f", "w", "p")):
    """A game page with a payoff table."""
    parties = "".join(
        f'[[parties]]\nid = "party_{name}"\nsymbol = "{name.upper()}"\nindicator = "{name}"\nshare = "x_{name}"\n'
        'strategies = [{ id = "no" }, { id = "yes" }]\n'
        for name in names
    )
    rows = "".join(f'"{key}" = [{", ".join(map(str, row))}]\n' for key, row in cells.items())
    return f'[game]\nid = "built"\ncoordination = "{coordination}"\n{parties}[cells]\n{rows}'


def six_cycle_game():
    """{1111} is the only closed face, yet (g, f, w) circle for ever at p = 0 and most starts follow them."""
    advantages = np.zeros((4, 2, 2, 2, 2))
    for profile in np.ndindex(2, 2, 2, 2):
        advantages[(3, *profile)] = 1.0 if profile[:3] == (1, 1, 1) else -1.0
    for p in (0, 1):
        for here, there in zip(SIX_CYCLE, SIX_CYCLE[1:] + SIX_CYCLE[:1], strict=True):
            mover = next(i for i in range(3) if here[i] != there[i])
            towards = 1.0 if there[mover] == 1 else -1.0
            for own in (0, 1):
                cell = list(here)
                cell[mover] = own
                advantages[(mover, *cell, p)] = towards
        # From 000 and 111 of (g, f, w): at p = 1 everyone holds 111; elsewhere they leave for the cycle.
    for mover in range(3):
        for others in np.ndindex(2, 2):
            for p in (0, 1):
                cell = list(others)
                cell.insert(mover, 0)
                if others == (1, 1):
                    value = 1.0 if p == 1 else -1.0
                elif others == (0, 0):
                    value = 1.0
                else:
                    continue
                for own in (0, 1):
                    cell[mover] = own
                    advantages[(mover, *cell, p)] = value
    payoffs = np.zeros_like(advantages)
    for player in range(4):
        shape = [1] * 4
        shape[player] = 2
        payoffs[player] = advantages[player] * np.array([0.0, 1.0]).reshape(shape)
    return payoffs


def case_of(payoffs, coordination):
    cells = {"".join(map(str, s)): [float(payoffs[(i, *s)]) for i in range(4)] for s in np.ndindex(2, 2, 2, 2)}
    return Case.of(load_game(parse_page(page(cells, coordination), "built.toml")))


def test_a_single_closed_face_does_not_make_coordination_certain():
    payoffs = six_cycle_game()
    losses = pure_profiles(payoffs, tie_tolerance=1e-10).losses
    assert "1111" in closed_faces(losses)
    assert len(sink_components(losses)) == 2
    solution = solve(case_of(payoffs, "1111"))
    assert solution.coordination.stable is True
    assert solution.coordination.certain is False
    assert solution.coordination.likely is False
    assert solution.basins.unsettled.share > 0.5
    assert sorted(len(sink) for sink in solution.sink_components) == [1, 6]
    assert solution.equilibria.closed_faces == ("1111",)


def test_a_tie_that_could_open_a_way_out_leaves_certain_open():
    # Both prefer 1 whatever the other does, except that the first is indifferent when the second plays 0.
    payoffs = np.array([[[0.0, 0.0], [0.0, 1.0]], [[0.0, 0.0], [0.0, 1.0]]])
    losses = pure_profiles(payoffs, tie_tolerance=1e-10).losses
    assert is_only_sink(losses, (1, 1)) is None


def test_ties_elsewhere_do_not_hide_a_proof():
    # 11 is strict; from 00 one party is indifferent but the other moves on; every way leads to 11.
    payoffs = np.array([[[0.0, 0.0], [0.0, 1.0]], [[0.0, 1.0], [0.0, 1.0]]])
    losses = pure_profiles(payoffs, tie_tolerance=1e-10).losses
    assert is_only_sink(losses, (1, 1)) is True


def test_a_weak_coordination_profile_is_called_open_not_stable():
    cells = {"00": [0, 0], "01": [0, 0], "10": [0, 0], "11": [0, 1]}
    solution = solve(Case.of(load_game(parse_page(page(cells, "11", ("a", "b")), "weak.toml"))))
    assert solution.coordination.stable is None
    assert solution.coordination.basin is None
    assert solution.blockers[0].gain == pytest.approx(0.0)


@pytest.mark.parametrize("scale", [1e12, 1e-12])
def test_the_verdict_does_not_depend_on_the_unit_of_money(scale):
    tensor = np.asarray(gamebook.load("no_tools").tensor())
    plain, scaled = solve(case_of(tensor, "1111")), solve(case_of(scale * tensor, "1111"))
    assert plain.sink_components == scaled.sink_components
    assert scaled.coordination.margin == pytest.approx(scale * plain.coordination.margin)
    assert (scaled.coordination.stable, scaled.coordination.certain) == (True, False)
    assert scaled.coordination.basin.share == pytest.approx(plain.coordination.basin.share, abs=1e-3)
    assert scaled.all_verified


def test_two_party_games_are_cross_checked_with_another_program():
    solution = solve([[[2, 2], [0, 3]], [[2, 0], [2, 3]]])
    assert solution.cross_check.equilibria == 3
    assert solution.cross_check.agrees is True
    assert solve(np.zeros((2, 2, 2))).cross_check.agrees is None
