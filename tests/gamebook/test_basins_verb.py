"""``basins`` from Python and from the command line: shares with intervals, maps, tables, figures, refusals."""

import csv
import json

import numpy as np
import pytest
from rich.cells import cell_len

import gamebook
from gamebook import cli
from gamebook.basin_result import Ending
from gamebook.errors import InputError
from gamebook.figures.basins import map_sheet, part_sheet
from gamebook.figures.style import drawing
from tests.gamebook.test_figure_layout import words_of

HUNT = [[[2, 2], [0, 3]], [[2, 0], [2, 3]]]


@pytest.fixture(scope="module")
def mapped():
    """A small map of a bistable case with one share fixed."""
    case = gamebook.load("subsidy_only")
    return gamebook.basins(case, given={"x_G": 1.0}, map_axes=["x_F", "x_W"], grid=12, samples=64, width=None)


@pytest.mark.parametrize(
    ("target", "share"),
    [("no_tools", 0.19), ("subsidy_only", 0.59), ("tax_only", 0.760), ("order_only", 0.273), ("package", 1.0)],
)
def test_basins_of_coordination_are_those_of_the_calibration(target, share):
    survey = gamebook.basins(gamebook.load(target))
    assert survey.part("1111").share == pytest.approx(share, abs=0.01)
    assert survey.sample.widest <= 0.01
    assert survey.complete
    assert sum(part.count for part in survey.parts) == survey.sample.samples


def test_a_cycle_is_an_ending_of_its_own_with_its_profiles():
    survey = gamebook.basins(gamebook.load("poaching_oversized"), width=None, samples=8)
    assert survey.parts[0].ending == Ending("heteroclinic")
    assert (survey.parts[0].share.share, survey.parts[0].count) == (1.0, 64)
    report = survey.report("en")
    assert "1111 > 0111 > 0011 > 0010 > 1010 > 1110 > 1111" in report
    assert "was seen on 64 of them, and is not proved" in " ".join(report.split())


def test_the_seed_decides_every_bit_and_is_recorded():
    def shares(seed):
        return gamebook.basins(HUNT, seed=seed, samples=32, width=None).to_json()["outcomes"]

    assert shares(3) == shares(3) != shares(4)
    assert gamebook.basins(HUNT, seed=3, samples=32, width=None).to_json()["seed"] == 3


def test_starts_around_the_status_quo_only_leave_it_if_the_border_is_near():
    near = gamebook.basins(gamebook.load("tax_only"), around=0.05, width=None)
    assert near.part("1000").share == 1.0
    far = gamebook.basins(gamebook.load("tax_only"), around=0.3, width=None)
    assert 0.0 < far.part("1111").share < 1.0
    assert far.low.tolist() == pytest.approx([0.2, 0.0, 0.0, 0.0])
    assert "uniform within 0.3 of the status quo" in " ".join(far.report().split())


def test_a_width_that_the_budget_does_not_allow_is_said_and_costs_exit_code_1(desk, capsys):
    assert cli.run(["basins", "no_tools", "--width", "0.001", "--most-starts", "8192", "--quiet"]) == 1
    assert "Not reached" in capsys.readouterr().out


def test_segments_and_regions_have_basins_too():
    survey = gamebook.basins(gamebook.load("two_regions"), map_axes=["x_F", "x_W_hub"], grid=4, samples=64, width=None)
    ends = {part.ending.profile for part in survey.parts}
    assert ends == {"1|111|111", "1|111|000"}
    assert survey.map.axes == ("x_F", "x_W_hub")
    assert {population["share"] for population in survey.to_json()["populations"]} >= {"x_W_hub"}


def test_the_map_agrees_with_paths_from_its_cells(mapped):
    found = mapped.map
    row, column = 8, 5
    start = {"x_F": float(found.across[column]), "x_W": float(found.up[row])}
    path = gamebook.simulate(gamebook.load("subsidy_only"), given={"x_G": 1.0}, start=start, points=2)
    assert path.ends[0].profile == found.endings[found.code[row, column]].profile
    in_grid = sum(found.share(ending) for ending in found.endings)
    assert in_grid == pytest.approx(1.0)
    if path.ends[0].profile == "1111":
        assert path.years_to_goal[0] == pytest.approx(found.years[row, column], rel=1e-6)
    assert {ending.profile for ending in found.endings} == {"1000", "1111"}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_report_fits_80_columns_and_draws_the_map_with_the_status_quo(mapped, lang):
    report = mapped.report(lang)
    hanging = 2 if lang == "zh" else 0  # Chinese punctuation may hang over the edge
    assert max(cell_len(line) for line in report.splitlines()) <= 80 + hanging
    drawn = [line for line in report.splitlines() if set(line.split()[-1:][0] if line.split() else "") >= {"A", "B"}]
    assert len(drawn) >= 5
    assert sum("@" in line for line in report.splitlines()) == 2  # on the map, and in its key
    assert "x_G = 1" in report
    assert "x_P = 0.2" in report


def test_the_table_has_a_line_per_cell_and_the_json_the_same_numbers(desk, capsys):
    options = ["--map", "x_F,x_W", "--grid", "5", "--samples", "32", "--width", "1"]
    assert cli.run(["basins", "subsidy_only", *options, "--csv", "a.csv", "--json", "a.json", "--quiet"]) == 0
    rows = list(csv.DictReader((desk / "a.csv").read_text(encoding="utf-8-sig").splitlines()))
    data = json.loads((desk / "a.json").read_text(encoding="utf-8"))
    assert data["schema"] == "gamebook/basins/1"
    assert len(rows) == 25
    code = data["map"]["codes"][2][3]
    cell = rows[2 * 5 + 3]
    assert (float(cell["x_F"]), float(cell["x_W"])) == (0.7, 0.5)
    assert cell["profile"] == data["map"]["endings"][code]["profile"]
    assert float(cell["years"]) == data["map"]["years"][2][3]
    assert sum(outcome["starts"] for outcome in data["outcomes"]) == data["samples"] == 256


@pytest.mark.parametrize("width_mm", [84, 170])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_figures_of_maps_fit_their_width_and_tell_endings_apart_without_colour(mapped, lang, width_mm):
    sheet = map_sheet(mapped, mapped.map, lang)
    assert len({fill.hatch for fill in sheet.fills}) == len(sheet.fills) == 2
    with drawing(sheet.family):
        figure = sheet.figure(width_mm)
        figure.draw_without_rendering()
    page = figure.bbox
    for words, box in words_of(figure):
        assert page.x0 <= box.x0 < box.x1 <= page.x1 + 0.5, words
        assert page.y0 <= box.y0 < box.y1 <= page.y1 + 0.5, words
    assert [label.split()[-1] for label in sheet.labels] == ["1000", "1111"]
    assert ("x_{" in sheet.across) or ("mathrm{F}" in sheet.across)


def test_without_a_map_the_figure_shows_the_parts_with_their_intervals(mapped):
    sheet = part_sheet(mapped, "en")
    np.testing.assert_allclose(sheet.shares, [part.share.share for part in mapped.parts])
    assert (sheet.low <= sheet.shares).all()
    assert (sheet.high >= sheet.shares).all()


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_figures_are_written_in_every_kind_and_never_over_a_file(desk, capsys, kind):
    arguments = ["basins", "subsidy_only", "--map", "x_F,x_W", "--grid", "4", "--width", "1", "--figure", f"a.{kind}"]
    assert cli.run([*arguments, "--width-mm", "84", "--quiet"]) == 0
    assert (desk / f"a.{kind}").stat().st_size > 1000
    assert cli.run([*arguments, "--quiet"]) == 2
    assert "exists already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"map_axes": ["x_F"]}, "name two shares"),
        ({"map_axes": ["x_F", "x_F"]}, "have a population in common"),
        ({"map_axes": ["x_F", "x_w"]}, "x_W"),
        ({"map_axes": ["x_F", "x_G"], "given": {"x_G": 1.0}}, "held fixed"),
        ({"map_axes": ["x_F", "x_W"], "grid": 1}, "from 2 to"),
        ({"around": 0.0}, "above 0 and up to 1"),
        ({"width": 2.0}, "width of the intervals is 2.0"),
        ({"sets": 3}, "at least 8 sets"),
        ({"revision_rate": 0.0}, "nothing moves"),
        ({"speeds": {"x_G": 0.0}}, "speed"),
        ({"seed": -1}, "seed"),
    ],
)
def test_impossible_requests_are_refused_with_what_to_do(options, words):
    with pytest.raises(ValueError, match=words):
        gamebook.basins(gamebook.load("no_tools"), **options)


@pytest.mark.parametrize("scale", [1e-12, 1e12])
def test_basins_do_not_depend_on_the_unit_of_payoffs(scale):
    plain = gamebook.basins(HUNT, samples=64, width=None)
    scaled = gamebook.basins(scale * np.array(HUNT), samples=64, width=None)
    assert [part.count for part in plain.parts] == [part.count for part in scaled.parts]


def test_refusals_speak_chinese():
    with pytest.raises(InputError) as caught:
        gamebook.basins(HUNT, around=3.0)
    assert "幅度" in caught.value.text("zh")
