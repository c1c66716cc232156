"""The verb ``robust``: its figures, instruments, other dynamics, refusals, and its page in both languages."""

from __future__ import annotations

import itertools
import json

import pytest

import gamebook
from gamebook.errors import InputError
from gamebook.robustness.claim import Claim
from gamebook.robustness.instruments import needs
from gamebook.robustness.robustness import robust


@pytest.fixture(scope="module")
def package():
    return robust(gamebook.load("package"), draws=16384)


# An independent program found these percentages: docs/explanation/model.md.
MODEL = {
    "verdict": (93, 74, 60), "verdict_and_trap": (93, 73, 55), "both": (85, 68, 52), "all": (80, 54, 37),
}  # fmt: skip


@pytest.mark.parametrize("kind", MODEL)
def test_the_package_holds_as_often_as_an_independent_program_found(package, kind):
    (row,) = (row for row in package.rows if row.kind == kind)
    assert [100 * each.share.share for each in row.shares] == pytest.approx(MODEL[kind], abs=2.0)
    assert package.trap.profiles == ("1000",)


def test_instruments_left_out_and_smallest_sets_are_those_of_solving_each(package):
    case = gamebook.load("package")
    tools = [tool for tool in case.game.instruments if tool.id in package.instruments]
    enough = []
    for size in range(len(tools) + 1):
        for chosen in itertools.combinations(tools, size):
            off = {symbol: 0.0 for tool in tools if tool not in chosen for symbol in tool.switches}
            names = {tool.id for tool in chosen}
            if any(set(known) <= names for known in enough):
                continue
            if certain(case, off):
                enough.append(names)
    assert [set(each) for each in package.needs.enough] == enough
    assert package.needs.all_tried
    assert {each.instrument for each in package.needs.left_out if not each.holds} == {
        "information_platform", "worker_training_subsidy",
    }  # fmt: skip


def certain(case, values):
    from gamebook.problem import case_problem
    from solvers.attractors import is_only_sink

    problem = case_problem(case, values, None, None)
    return is_only_sink(problem.pure.losses, problem.coordination)


def test_with_many_instruments_small_sets_are_tried_and_that_is_said():
    case = gamebook.load("seeds_mix")
    from gamebook.problem import case_problem

    problem = case_problem(case, None, None, None)
    found = needs(
        case, Claim("certain", ()), settings=problem.settings, in_force=problem.instruments, values=None, given=None
    )
    assert len(found.left_out) > 16
    assert not found.all_tried
    assert all(len(each) <= found.largest < len(found.left_out) for each in found.enough)
    assert all(certain(case, _without(case, found, each)) for each in found.enough[:3])


def _without(case, found, kept):
    tools = {tool.id: tool for tool in case.game.instruments}
    return {s: 0.0 for each in found.left_out if each.instrument not in kept for s in tools[each.instrument].switches}


def test_the_political_terms_and_what_is_left_of_them_hold_the_government(package):
    (held,) = package.political
    assert held.gain == pytest.approx(2.821, abs=1e-3)
    assert {entry.id: round(x, 3) for entry, x in held.terms} == {
        "assessment_reward": 6.5, "accountability_loss": 2.866,
    }  # fmt: skip
    part = held.needed
    case = gamebook.load("package")
    game = case.game.parameters
    for factor, stable in ((part + 1e-6, True), (part - 1e-6, False)):
        scaled = {symbol: game[symbol].default * factor for symbol in ("A_G", "M")}
        assert gamebook.solve(case, values=scaled).coordination.stable is stable


def test_the_status_quo_of_the_package_gets_there_under_every_dynamics(package):
    assert [path.profile for path in package.other] == ["1111"] * 4
    stuck = robust(gamebook.load("no_tools"), draws=64)
    assert stuck.end == "1000"
    assert {path.same for path in stuck.other} <= {True, False}


def test_draws_and_page_say_the_same_in_both_languages(run, package):
    assert run("robust", "package", "--draws", "16384") == 0
    english = run.out
    assert "74." in english.split("How often")[0]
    assert run("robust", "package", "--draws", "16384", "--lang", "zh") == 0
    share = f"{100 * package.rows[0].shares[1].share.share:.1f}"
    assert f"{share} %" in english
    assert f"{share}%" in run.out
    assert run("robust", "package", "--draws", "256", "--json", "-", "--set", "s_F=0.1") == 0
    data = json.loads(run.out)
    assert data["schema"] == "gamebook/robustness/1"
    assert data["set"] == {"s_F": 0.1}
    assert [row["what"] for row in data["draws"]["rows"]] == list(MODEL)


@pytest.mark.parametrize(
    "target",
    ["oversized", "poaching_package", "firm_size", "stag-hunt", pytest.param("inspection", marks=pytest.mark.slow)],
)
def test_other_games_and_scenarios_have_a_page_too(run, target):
    assert run("robust", target, "--draws", "64") == 0
    assert "joint draws" in run.out
    assert all(len(line) <= 80 for line in run.out.splitlines())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["two_regions"], "six populations"),
        (["rock-paper-scissors"], "two strategies"),
        (["inspection/inspection_dynamic"], "depend on shares"),
        (["package", "--within", "0.1,2"], "above 0 and at most 1"),
        (["package", "--draws", "3"], "from 16 to"),
        (["no_tools", "--claim", "certain"], "does not hold"),
        (["matching-pennies", "--claim", "stable"], "names no coordination profile"),
    ],
)
def test_what_cannot_be_examined_is_refused_in_one_message(run, arguments, words):
    assert run("robust", *arguments) == 2
    assert words in " ".join(run.err.split())


def test_a_claim_of_ones_own_is_examined():
    found = robust(gamebook.load("no_tools"), claim="stable", draws=1024, within=[0.2])
    assert found.claim.kind == "stable"
    assert found.rows[0].shares[0].share.share == pytest.approx(0.68, abs=0.05)
    with pytest.raises(InputError, match="does not hold"):
        robust(gamebook.load("oversized"), claim="stable")
