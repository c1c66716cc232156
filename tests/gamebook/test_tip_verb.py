"""``tip`` from Python and from the command line: every switch, the smallest push, years, and what is not proved."""

import csv
import json

import numpy as np
import pytest
from rich.cells import cell_len

import gamebook
from gamebook import cli
from gamebook.errors import InputError
from gamebook.figures.style import drawing
from gamebook.figures.tipping import tip_sheet
from tests.gamebook.test_figure_layout import words_of

HUNT = [[[2, 2], [0, 3]], [[2, 0], [2, 3]]]


@pytest.fixture(scope="module")
def subsidy():
    return gamebook.tip(gamebook.load("subsidy_only"), by=["firm", "worker"], border=False, points=60)


@pytest.fixture(scope="module")
def taxed():
    """A case whose status quo is close to the border of its basin."""
    return gamebook.tip(gamebook.load("tax_only"), points=60)


@pytest.mark.parametrize(
    ("target", "mass"),
    [("no_tools", 0.6933), ("subsidy_only", 0.4551), ("tax_only", 0.3594), ("platform_only", 0.6126)],
)
def test_critical_mass_is_that_of_the_calibration(target, mass):
    result = gamebook.tip(gamebook.load(target), border=False, points=60)
    (switch,) = result.diagonal.switches
    assert switch.position == pytest.approx(mass, abs=0.001)
    assert (switch.below.profile, switch.above.profile) == ("1000", "1111")
    assert np.ptp(switch.shares) == 0.0
    assert result.complete


def test_fixed_shares_stay_fixed_on_the_diagonal():
    result = gamebook.tip(gamebook.load("no_tools"), given={"x_G": 1.0}, border=False, points=60)
    (switch,) = result.diagonal.switches
    assert switch.shares[0] == 1.0
    assert np.ptp(switch.shares[1:]) == 0.0
    assert [len(line.movers) for line in result.lines] == [3, 3, 1, 1, 1]


def test_paths_from_both_sides_of_every_switch_end_where_it_says(subsidy):
    case = gamebook.load("subsidy_only")
    count = 0
    for line in subsidy.lines:
        for switch in line.switches:
            for position, ending in ((switch.low - 1e-5, switch.below), (switch.high + 1e-5, switch.above)):
                path = gamebook.simulate(case, starts=line.shares(position)[None], points=2)
                assert path.ends[0].profile == ending.profile
                count += 1
    assert count == 12
    assert [line.kind for line in subsidy.lines] == ["diagonal", "toward", *["party"] * 4, "group"]


def test_a_group_moves_while_the_others_stay(subsidy):
    group = subsidy.lines[-1]
    (switch,) = group.switches
    assert (switch.shares[0], switch.shares[3]) == (0.5, 0.2)
    # Both cover the same part of their ways from 0.2 and 0.3 to 1.
    assert (switch.shares[1] - 0.2) / 0.8 == pytest.approx((switch.shares[2] - 0.3) / 0.7)
    alone = subsidy.alone("x_F").nearest(upwards=True)
    assert switch.shares[1] < alone.position < 1.0


def test_years_are_those_of_simulated_paths_and_missing_on_the_wrong_side(subsidy):
    way, case = subsidy.way, gamebook.load("subsidy_only")
    on_the_way = np.flatnonzero(way.at > way.switches[0].high)
    assert np.isnan(way.years[way.at < way.switches[0].low]).all()
    k = int(on_the_way[len(on_the_way) // 2])
    path = gamebook.simulate(case, starts=way.shares(float(way.at[k]))[None], points=2)
    assert way.years[k] == pytest.approx(path.years_to_goal[0], rel=1e-6)
    assert subsidy.years is None
    package = gamebook.tip(gamebook.load("package"), border=False, points=20)
    assert package.years == pytest.approx(gamebook.simulate(gamebook.load("package"), points=2).years_to_goal[0])


def test_the_nearest_border_lies_between_its_bounds_and_is_confirmed(taxed):
    border, case = taxed.border, gamebook.load("tax_only")
    assert 0.85 * border.distance < border.at_least < border.distance
    assert np.linalg.norm(border.shares - taxed.start) == pytest.approx(border.distance)
    assert border.confirmed
    assert border.beyond.profile == "1111"
    # No line of the report crosses the border nearer than the nearest border.
    nearest = [np.linalg.norm(s.shares - taxed.start) for line in taxed.lines[1:] for s in line.switches]
    assert min(nearest) >= border.distance - 1e-6
    for part, end in ((0.999, "1000"), (1.001, "1111")):
        start = taxed.start + part * (border.shares - taxed.start)
        assert gamebook.simulate(case, starts=start[None], points=2).ends[0].profile == end


def test_payoffs_that_depend_on_shares_move_the_critical_mass_and_are_enclosed_too():
    # A subsidy that tapers as more firms train has to start from further up.
    case = gamebook.load("subsidy_only")
    result = gamebook.tip(case, values={"theta_F": 0.5}, border=False, points=60)
    (switch,) = result.diagonal.switches
    assert 0.4551 + 0.01 < switch.position < 0.6933
    assert result.diagonal.is_proved
    for position, end in ((switch.low - 1e-5, "1000"), (switch.high + 1e-5, "1111")):
        start = result.diagonal.shares(position)[None]
        path = gamebook.simulate(case, values={"theta_F": 0.5}, starts=start, points=2)
        assert path.ends[0].profile == end


def test_where_everything_leads_to_coordination_there_is_nothing_to_tip():
    result = gamebook.tip(gamebook.load("package"), points=20)
    assert all(line.switches == () and line.unproved == 0.0 for line in result.lines)
    assert (result.border.everywhere, result.border.distance) == (True, None)
    assert "every start leads to 1111" in result.report()


def test_without_a_strict_equilibrium_no_switch_is_claimed_and_nothing_is_called_proved():
    result = gamebook.tip(gamebook.load("poaching_oversized"), points=8)
    assert {line.stretches[0].ending.status for line in result.lines} == {"heteroclinic"}
    assert result.border.directions == 0
    report = " ".join(result.report().split())
    assert "Not enclosed: 100 % of the line" in report
    assert "would have been missed" in report
    assert "Between the switches all starts are enclosed" not in report


def test_segments_move_together_as_their_party():
    result = gamebook.tip(gamebook.load("two_regions"), by=["firm"], border=False, points=20)
    firm = result.alone("x_F")
    assert [result.populations[i].share for i in firm.movers] == ["x_F_hub", "x_F_rust_belt"]
    assert result.here.profile == "1|111|000"
    assert [switch.above.profile for switch in result.diagonal.switches] == ["1|111|111"]
    # The group asked for is the party, which is there already.
    assert [line.kind for line in result.lines].count("group") == 0


def test_another_goal_and_shares_to_move_to():
    back = gamebook.tip(gamebook.load("package"), toward="0000", border=False, points=20)
    assert back.goal == "0000"
    assert back.way.end.tolist() == [0.0] * 4
    part = gamebook.tip(gamebook.load("tax_only"), toward={"x_F": 0.9, "x_W": 0.9}, border=False, points=20)
    assert part.goal == "1111"
    assert part.way.end.tolist() == [0.5, 0.9, 0.9, 0.2]


def test_the_hunt_of_two_has_its_border_where_algebra_puts_it():
    result = gamebook.tip(HUNT, start={"x_1": 0.5, "x_2": 0.5})
    assert result.diagonal.switches[0].position == pytest.approx(2.0 / 3.0, abs=1e-6)
    assert result.border.distance == pytest.approx(np.sqrt(2.0) / 6.0, abs=1e-6)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("result", ["subsidy", "taxed"])
def test_reports_fit_80_columns_and_state_the_resolution(result, lang, request):
    tipping = request.getfixturevalue(result)
    report = tipping.report(lang)
    hanging = 2 if lang == "zh" else 0  # Chinese punctuation may hang over the edge
    assert max(cell_len(line) for line in report.splitlines()) <= 80 + hanging
    assert "1e-06" in report
    assert f"{tipping.diagonal.switches[0].position:.4f}" in report


def test_json_and_table_tell_the_same(desk, capsys):
    options = ["--by", "firm,W", "--no-border", "--points", "40", "--json", "a.json", "--csv", "a.csv", "--quiet"]
    assert cli.run(["tip", "no_tools", *options]) == 0
    data = json.loads((desk / "a.json").read_text(encoding="utf-8"))
    rows = list(csv.DictReader((desk / "a.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert data["schema"] == "gamebook/tip/1"
    assert [line["kind"] for line in data["lines"]] == ["diagonal", "toward", *["party"] * 4, "group"]
    assert data["lines"][-1]["movers"] == ["x_F", "x_W"]
    assert data["border"] is None
    assert len(rows) == 7 * 101
    last = [row for row in rows if row["line"] == "diagonal"][-1]
    assert (last["profile"], float(last["x_G"])) == ("1111", pytest.approx(1.0))
    assert data["status_quo"]["profile"] == "1000"


@pytest.mark.parametrize("width_mm", [84, 170])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_figures_fit_their_width_and_show_every_line(subsidy, lang, width_mm):
    sheet = tip_sheet(subsidy, lang)
    assert len(sheet.strips) == 7
    assert [len(strip.switches) for strip in sheet.strips] == [1, 1, 0, 1, 1, 1, 1]
    assert len({fill.hatch for fill in sheet.fills}) == len(sheet.fills)
    with drawing(sheet.family):
        figure = sheet.figure(width_mm)
        figure.draw_without_rendering()
    page = figure.bbox
    for words, box in words_of(figure):
        assert page.x0 <= box.x0 < box.x1 <= page.x1 + 0.5, words
        assert page.y0 <= box.y0 < box.y1 <= page.y1 + 0.5, words


def test_a_figure_is_written(desk, capsys):
    options = ["--no-border", "--points", "20", "--figure", "a.svg", "--lang", "zh", "--quiet"]
    assert cli.run(["tip", "no_tools", *options]) == 0
    assert "<svg" in (desk / "a.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"by": ["frm"]}, "Did you mean firm"),
        ({"by": ["government"], "given": {"x_G": 1.0}}, "held fixed"),
        ({"toward": "11"}, "1111"),
        ({"toward": {"x_F": 1.5}}, "1.5"),
        ({"toward": {"x_F": 0.2}}, "the status quo itself"),
        ({"points": 3}, "scanned at 3 points"),
        ({"tolerance": 0.5}, "tolerance of switches"),
        ({"revision_rate": -1.0}, "above 0"),
    ],
)
def test_impossible_requests_are_refused_with_what_to_do(options, words):
    with pytest.raises(ValueError, match=words):
        gamebook.tip(gamebook.load("no_tools"), border=False, **options)


def test_a_status_quo_on_the_border_is_refused_with_both_ways_out():
    case = gamebook.load("no_tools")
    from dataclasses import replace

    with pytest.raises(InputError, match="--given x_F=1") as caught:
        gamebook.tip(replace(case, start={**case.start, "x_F": 1.0}))
    assert "边界" in caught.value.text("zh")


def test_a_status_quo_on_a_border_is_said_to_lie_on_one():
    # Its middle lies on the way into a saddle around which everything turns.
    result = gamebook.tip(gamebook.load("mckelvey-mclennan"), points=20)
    assert result.here.status == "at rest"
    assert result.years is None
    assert result.border.distance < 1e-6
    report = result.report()
    assert "111 is not reached for good" in report
    assert "more, see --json" in report
    assert len(report.splitlines()) < 120
