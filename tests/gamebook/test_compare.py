"""Scenarios side by side: the numbers of solving each, known facts, files, and refusals."""

from __future__ import annotations

import csv
import json

import pytest

import gamebook
from gamebook.side_by_side import compare

NAMES = ("no_tools", "package", "oversized")


@pytest.fixture(scope="module")
def found():
    return compare([gamebook.load(name) for name in NAMES])


def row(found, key):
    return next(each for each in found.rows if each.key == key).values


# docs/explanation/model.md, computed by an independent program.
def test_known_facts_of_the_scenarios_stand_side_by_side(found):
    assert row(found, "ess") == (("1111", "1000"), ("1111",), ("0111",))
    assert row(found, "certain") == (False, True, False)
    assert row(found, "end") == ("1000", "1111", "0111")
    assert [share.share for share in row(found, "basin")] == pytest.approx([0.19, 1.0, 0.0], abs=0.01)
    assert row(found, "critical_mass")[0] == pytest.approx((0.6933,), abs=1e-4)
    assert row(found, "critical_mass")[1:] == ((), ())
    assert row(found, "coordination.outlay")[1] == pytest.approx(9.025, abs=1e-3)
    assert row(found, "coordination.burden")[1] == pytest.approx(1.76, abs=1e-3)
    assert row(found, "cost.policy_cost")[1] == pytest.approx(6.981, abs=1e-3)
    assert row(found, "end.mismatch")[1] == pytest.approx(1 - 0.6167, abs=1e-4)
    assert row(found, "regime") == ("a", "b", "c")


def test_every_number_is_that_of_solving_the_scenario_alone(found):
    for place, name in enumerate(NAMES):
        alone = gamebook.solve(gamebook.load(name))
        assert row(found, "margin")[place] == alone.coordination.margin
        assert row(found, "robust")[place] == alone.robustness.holds.share
        state = next(state for state in alone.states if state.role == "coordination")
        assert row(found, "coordination.payoff.firm")[place] == float(state.payoffs[1])
        assert row(found, "coordination.displacement")[place] == pytest.approx(float(state.measures["displacement"]))


def test_years_and_critical_mass_are_those_of_tip(found):
    tipping = gamebook.tip(gamebook.load("package"), border=False)
    assert row(found, "years") == (None, pytest.approx(tipping.years, rel=1e-6), None)
    alone = gamebook.tip(gamebook.load("no_tools"), border=False)
    assert row(found, "critical_mass")[0][0] == pytest.approx(alone.diagonal.switches[0].position, abs=1e-6)


def test_what_differs_is_marked_and_what_does_not_is_not(found):
    marks = {each.key: each.differs for each in found.rows}
    assert marks["certain"]
    assert not marks["survives_exit"]
    assert not marks["start.under_skilled"]


def test_parties_are_named_in_the_language_of_the_reader(found):
    (line,) = (line for line in found.report("zh").splitlines() if "最薄弱的一方" in line)
    assert line.split()[1:4] == ["企业", "政府", "政府"]


def test_report_fits_the_page_and_breaks_into_blocks_of_columns():
    many = compare([gamebook.load(n) for n in (*NAMES, "subsidy_only", "tax_only", "seeds_mix", "order_only")])
    for lang in ("en", "zh"):
        lines = many.report(lang).splitlines()
        from rich.cells import cell_len

        assert max(map(cell_len, lines)) <= 80
        text = "\n".join(lines)
        for letter in "ABCDEFG":
            assert f" {letter} " in text


def test_files_hold_the_same_numbers(run, tmp_path):
    files = {kind: tmp_path / f"out.{kind}" for kind in ("csv", "tex", "svg", "json")}
    assert run("compare", "no_tools", "package", "--csv", files["csv"], "--latex", files["tex"],
               "--figure", files["svg"], "--json", files["json"]) == 0  # fmt: skip
    assert "critical mass on the diagonal" in run.out
    with files["csv"].open(encoding="utf-8-sig", newline="") as file:
        table = {line["measure"]: line for line in csv.DictReader(file)}
    data = {each["measure"]: each for each in json.loads(files["json"].read_text(encoding="utf-8"))["measures"]}
    assert float(table["margin"]["package"]) == data["margin"]["values"][1]
    assert float(table["basin.low"]["no_tools"]) == data["basin"]["values"][0]["low"]
    latex = files["tex"].read_text(encoding="utf-8")
    assert "margin of coordination (kCNY per worker and year) & 1.332 & 2.821" in latex
    assert latex.count(r"\midrule") == 5
    assert files["svg"].read_text(encoding="utf-8").startswith("<?xml")


def test_games_without_money_or_coordination_are_compared_too(run):
    assert run("compare", "inspection/inspection_static", "inspection/inspection_dynamic") in (0, 1)
    assert "ESS" in run.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["package"], "name 2 to 24"),
        (["package", "stag-hunt"], "compare scenarios of one game"),
        (["package", "no_tols"], "Did you mean no_tools"),
        (["package", "no_tools", "--set", "v=1"], "Did you mean"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_one_message(run, arguments, words):
    assert run("compare", *arguments) == 2
    assert words in " ".join(run.err.split())
