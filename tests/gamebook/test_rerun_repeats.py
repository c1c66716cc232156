"""``rerun``: a stored result or simulation repeats bit for bit from its own content."""

import json
from pathlib import Path

import pytest

import gamebook
from gamebook.cli import run
from gamebook.repeat import repeat
from tests.gamebook.repeated_results import PAGE, changed, rerun, write

pytestmark = pytest.mark.usefixtures("desk")

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "options",
    [
        ["package"],
        ["no_tools", "--set", "s_F=0.3", "--set", "V=80", "--seed", "17"],
        ["no_tools", "--start", "x_F=0.9", "--budget", "5000"],
        ["oversized", "--given", "x_G=1"],
        ["package", "--given", "x_G=0.5", "--given", "x_P=0"],
        ["training-investment"],
        ["poaching_oversized"],
    ],
    ids=" ".join,
)
def test_a_result_repeats_bit_for_bit(options, capsys):
    assert run(["solve", *options, "--json", "result.json"]) in (0, 1)
    capsys.readouterr()
    code, found = rerun(capsys, "result.json")
    assert (code, found["verdict"], found["differences"]) == (0, "identical", [])
    assert (found["schema"], found["pages"], found["versions"]) == ("gamebook/rerun/1", "same", {})
    assert found["not_compared"] == []
    assert found["compared"] > 250


def test_the_reference_names_every_key_that_rerun_prints(stored, tmp_path, capsys):
    words = (ROOT / "docs" / "reference" / "json.md").read_text(encoding="utf-8")
    _, found = rerun(capsys, write(tmp_path / "result.json", changed(stored, ("coordination", "margin"), 1.0)))
    keys = {*found, *found["differences"][0]}
    assert sorted(key for key in keys if f"`{key}`" not in words) == []


@pytest.mark.parametrize("payoffs", [[[[2, 2], [0, 3]], [[2, 0], [2, 3]]], [[[0, 1], [1, 0]], [[1, 0], [0, 1]]]])
def test_a_payoff_array_repeats_from_the_stored_payoffs(payoffs, tmp_path, capsys):
    solution = gamebook.solve(payoffs, start={"x_1": 0.3}, seed=5)
    code, found = rerun(capsys, write(tmp_path / "array.json", solution.to_json()))
    assert (code, found["verdict"], found["pages"]) == (0, "identical", "array")


def test_what_solve_stores_is_enough_to_repeat_it(tmp_path):
    (tmp_path / "own" / "games" / "training-investment" / "scenarios").mkdir(parents=True)
    (tmp_path / "own" / "games" / "training-investment" / "scenarios" / "mine.toml").write_text(PAGE.format(0.2))
    case = gamebook.load("mine", book=["own"], replace=True)
    data = gamebook.solve(case, values={"V": 80}, most_boxes=9000).to_json()
    assert data["set"] == {"V": 80.0}
    assert data["boxes"] == 9000
    assert data["tie_tolerance"] > 0
    made = data["provenance"]
    assert (made["book"], made["replace"]) == (["own"], True)
    assert made["game_sha256"] == case.game.digest != made["pages_sha256"] == case.digest


@pytest.mark.parametrize(
    "options",
    [
        ["package", "--set", "V=80", "--points", "5"],
        ["no_tools", "--start", "x_F=0.7", "--years", "80", "--revision-rate", "0.2", "--delta", "0.3"],
        ["package", "--grid", "2", "--points", "6", "--speed", "x_G=0.5", "--given", "x_P=0.4"],
    ],
    ids=" ".join,
)
def test_a_simulation_repeats_bit_for_bit(options, capsys):
    assert run(["simulate", *options, "--json", "result.json"]) in (0, 1)
    capsys.readouterr()
    code, found = rerun(capsys, "result.json")
    assert (code, found["verdict"], found["differences"], found["not_compared"]) == (0, "identical", [], [])
    assert (found["of"], found["pages"], found["altered"]) == ("gamebook/simulation/1", "same", [])
    assert found["compared"] > 250


def test_a_simulation_states_the_very_start_of_each_path(tmp_path):
    (tmp_path / "starts.csv").write_text("x_F,x_W\n0.1,0.7\n0.3,0.9\n")
    assert run(["simulate", "package", "--starts", "starts.csv", "--points", "3", "--json", "result.json"]) == 0
    data = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
    assert [(path["start"]["x_F"], path["start"]["x_W"]) for path in data["paths"]] == [(0.1, 0.7), (0.3, 0.9)]
    assert repeat(tmp_path / "result.json").verdict == "identical"
