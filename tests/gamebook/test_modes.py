"""Modes of the government: each against the conditional game it stands for, and what they mean for the others."""

import itertools

import numpy as np
import pytest

import gamebook
from gamebook.book import Case
from payoffs.game import load_game
from payoffs.pages import parse_page


@pytest.fixture(scope="module")
def solutions():
    names = ("package", "oversized", "poaching_oversized", "no_tools", "two_regions", "inspection", "stag-hunt")
    return {name: gamebook.solve(gamebook.load(name)) for name in names}


def modes(solution):
    return {mode.name: mode for mode in solution.government.modes}


@pytest.mark.parametrize("name", ["package", "oversized", "no_tools", "two_regions"])
def test_a_committed_government_plays_the_conditional_game(name, solutions):
    committed = modes(solutions[name])["committed"]
    held = gamebook.solve(gamebook.load(name), given={"x_G": 1.0})
    assert set(committed.stable) == {held.full_name(point.pure) for point in held.ess}
    assert committed.sinks == held.sink_components
    assert committed.end == held.full_name(held.end)
    assert committed.others.share == held.coordination.basin.share
    assert held.government is None  # nobody public is free to choose


def test_too_rich_a_mix_makes_an_evolving_government_step_back_but_not_a_committed_one(solutions):
    found = modes(solutions["oversized"])
    assert (found["evolving"].stable, found["evolving"].end) == (("0111",), "0111")
    assert (found["committed"].stable, found["committed"].end) == (("1111",), "1111")
    # The others coordinate from almost every start either way.
    assert found["evolving"].others.low > 0.99
    assert found["committed"].others.low > 0.99
    # Stepping back pays once the others coordinate; from the status quo it would leave them where they are.
    assert found["farsighted"].held == {0: 1.0}
    assert found["evolving"].payoff > found["committed"].payoff > passive_payoff("oversized")
    assert solutions["oversized"].government.differ


def passive_payoff(name):
    """The government's payoff where the others end up if it never acts."""
    held = gamebook.solve(gamebook.load(name), given={"x_G": 0.0})
    return held.payoffs_at(np.array(held.end))[0]


def test_commitment_ends_the_cycle_of_fierce_poaching(solutions):
    found = modes(solutions["poaching_oversized"])
    assert (found["evolving"].end, found["evolving"].payoff) == (None, None)
    assert found["committed"].stable == ("1111",)


def test_a_farsighted_government_takes_what_pays_more_at_the_end(solutions):
    found = modes(solutions["inspection"])
    assert found["farsighted"].held == {0: 0.0}
    assert found["farsighted"].payoff > found["committed"].payoff


def test_modes_that_lead_to_the_same_do_not_differ(solutions):
    assert not solutions["package"].government.differ
    # Samples of three and of four shares never agree to the last digit.
    assert not solutions["no_tools"].government.differ
    assert solutions["stag-hunt"].government is None  # no public party


TWO_PUBLIC = """
[game]
id = "two"
coordination = "101"
[[parties]]
id = "centre"
symbol = "C"
public = true
strategies = [{ id = "off" }, { id = "on" }]
[[parties]]
id = "city"
symbol = "T"
public = true
strategies = [{ id = "off" }, { id = "on" }]
[[parties]]
id = "firm"
symbol = "F"
strategies = [{ id = "no" }, { id = "yes" }]
[cells]
"""


def two_public(cell):
    cells = "".join(
        f'"{"".join(map(str, s))}" = [{", ".join(f"{u!r}" for u in map(str, cell(*s)))}]\n'
        for s in itertools.product((0, 1), repeat=3)
    )
    return Case.of(load_game(parse_page(TWO_PUBLIC + cells)))


def test_several_public_parties_commit_together_and_to_their_own_coordination_strategies():
    # The firm joins only if exactly one of the two acts; both gain 5 from that, and acting costs 1 and 2.
    case = two_public(lambda c, t, f: (5 * f - c, 5 * f - 2 * t, f * (1 if c + t == 1 else -1)))
    found = modes(gamebook.solve(case))
    assert found["committed"].held == {0: 1.0, 1: 0.0}
    assert found["committed"].payoff == pytest.approx(9.0)
    assert found["farsighted"].held == {0: 1.0, 1: 0.0}
    assert found["farsighted"].payoff == max(9.0, 8.0, 0.0, -3.0)


def test_what_pays_more_is_open_where_a_commitment_leads_nowhere():
    # Matching pennies between city and firm while the centre is off; it is the only one that is free of --given.
    case = two_public(lambda c, t, f: (0, (1 - c) * (1 if t == f else -1), 0 if c else (-1 if t == f else 1)))
    solution = gamebook.solve(case, given={"x_T": 0.5})
    assert solution.government.open
    assert [mode.name for mode in solution.government.modes] == ["evolving", "committed"]
    assert "is open" in solution.report("en")
    assert "无法判定" in solution.report("zh")


def test_report_and_json_say_the_modes_in_both_languages(solutions):
    report = solutions["oversized"].report("en")
    assert "committed (x_G = 1)  1111" in report
    assert "承诺（x_G = 1）" in solutions["oversized"].report("zh")
    assert "all the same; stable:" in solutions["package"].report("en")
    data = solutions["oversized"].to_json()["government"]
    assert data["parties"] == ["government"]
    assert [mode["mode"] for mode in data["modes"]] == ["evolving", "committed", "farsighted"]
    assert data["modes"][1]["held"] == {"x_G": 1.0}
    assert data["modes"][0]["payoff"] == pytest.approx(14.351, abs=1e-3)
    assert solutions["stag-hunt"].to_json()["government"] is None
