"""``rerun`` of basins and tipping points: bit for bit from their own content, and refused where that is broken."""

import json
from pathlib import Path

import pytest

import gamebook
from gamebook.cli import run
from tests.gamebook.repeated_results import changed, leaves, refused, rerun, write

pytestmark = pytest.mark.usefixtures("desk")

ROOT = Path(__file__).parents[2]
HUNT = [[[2, 2], [0, 3]], [[2, 0], [2, 3]]]
QUICK = {"basins": ["--samples", "32", "--width", "1"], "tip": ["--no-border", "--points", "20"]}


@pytest.mark.parametrize(
    "options",
    [
        ["basins", "subsidy_only", "--map", "x_F,x_W", "--grid", "4", "--given", "x_G=1", "--seed", "5"],
        ["basins", "no_tools", "--around", "0.2", "--start", "x_F=0.6", "--set", "V=80"],
        ["basins", "two_regions", "--speed", "x_G=0.5"],
        ["tip", "no_tools", "--by", "firm,worker", "--start", "x_F=0.4", "--speed", "x_G=0.5"],
        ["tip", "subsidy_only", "--given", "x_G=0.5", "--toward", "x_F=0.9,x_W=0.8"],
        ["tip", "package", "--toward", "0000"],
        ["tip", "subsidy_only", "--set", "theta_F=0.5"],
        ["basins", "greenwash_dynamic_both"],
    ],
    ids=" ".join,
)
def test_a_survey_repeats_bit_for_bit(options, capsys):
    assert run([*options, *QUICK[options[0]], "--json", "result.json"]) in (0, 1)
    capsys.readouterr()
    code, found = rerun(capsys, "result.json")
    assert (found["verdict"], found["differences"], found["not_compared"]) == ("identical", [], [])
    assert (code, found["pages"], found["versions"]) == (0, "same", {})
    assert found["compared"] > 80


def test_surveys_of_an_array_repeat_from_the_stored_payoffs(tmp_path, capsys):
    survey = gamebook.basins(HUNT, start={"x_1": 0.3}, around=0.2, samples=16, width=None)
    tipping = gamebook.tip(HUNT, start={"x_1": 0.3}, points=20)
    for name, result in (("a", survey), ("b", tipping)):
        code, found = rerun(capsys, write(tmp_path / f"{name}.json", result.to_json()))
        assert (code, found["verdict"], found["pages"]) == (0, "identical", "array")


def test_a_changed_number_is_found(tmp_path, capsys):
    data = gamebook.tip(gamebook.load("no_tools"), border=False, points=20).to_json()
    path = write(tmp_path / "a.json", changed(data, ("lines", 0, "switches", 0, "position"), 0.5))
    code, found = rerun(capsys, path)
    assert (code, found["verdict"]) == (1, "different")
    assert found["differences"][0]["where"] == "lines.0.switches.0.position"


@pytest.mark.parametrize(
    ("place", "value"),
    [(("payoffs",), [1, 2]), (("goal",), "111"), (("toward", "x_1"), 2.0), (("scanned",), 0), (("lines",), [])],
)
def test_broken_tipping_points_are_refused_by_the_key(place, value, tmp_path, capsys):
    data = json.loads(json.dumps(gamebook.tip(HUNT, border=False, points=20).to_json()))
    words = refused(capsys, write(tmp_path / "a.json", changed(data, place, value)))
    assert place[0] in words


def test_the_reference_names_every_key_of_both_objects():
    words = (ROOT / "docs" / "reference" / "json.md").read_text(encoding="utf-8")
    survey = gamebook.basins(HUNT, map_axes=["x_1", "x_2"], grid=2, samples=16, width=None).to_json()
    tipping = gamebook.tip(HUNT, points=20).to_json()
    free = {"speeds", "box", "shares", "begin", "end", "change", "toward", "start", "provenance", "parameters"}
    keys = set()
    for data in (survey, tipping):
        for place, _ in leaves(data):
            named = [key for key in place if isinstance(key, str)]
            inside = next((k for k, key in enumerate(named) if key in free), len(named))
            keys.update(named[: inside + 1])
    assert sorted(key for key in keys if f"`{key}`" not in words) == []
