"""Scenarios with segments and regions as a user runs them: solve, simulate, diff, show, list and rerun."""

import csv
import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from gamebook.cli import run

# One firm in five finds training dear; the others would train in any case.
PAGE = """
[scenario]
id = "mine"
game = "training-investment"
extends = ["package"]
[start]
x_G = 0.5
x_F = 0.3
x_W = 0.3
x_P = 0.2
[[segments]]
party = "firm"
id = "dear"
name = { en = "dear", zh = "高成本" }
weight = 0.2
values = { C_F = 40 }
[[segments]]
party = "firm"
id = "cheap"
weight = 0.8
values = { A = 0 }
"""


def said(capsys, *arguments, code=0):
    assert run([*arguments, "--quiet"]) == code
    return capsys.readouterr().out


def data(capsys, *arguments, code=0):
    return json.loads(said(capsys, *arguments, "--json", "-", code=code))


@pytest.fixture(scope="module")
def tiers(tmp_path_factory):
    path = tmp_path_factory.mktemp("tiers") / "tiers.json"
    assert run(["solve", "worker_tiers", "--json", str(path), "--quiet"]) == 0
    return path


def test_the_tier_that_can_hardly_be_retrained_stays_out_and_all_others_coordinate(tiers):
    found = json.loads(tiers.read_text())
    assert found["complete"]
    assert found["verified"]
    ess = [point for point in found["rest_points"] if point["ess"]]
    assert [point["pure"] for point in ess] == ["1|1|110|1"]
    assert found["sink_components"] == [["1|1|110|1"]]
    assert ess[0]["shares"] == [1.0, 1.0, 1.0, 1.0, 0.0, 1.0]
    assert ess[0]["party_shares"] == [1.0, 1.0, 0.8, 1.0]
    assert [p["share"] for p in found["populations"]][2:5] == [
        "x_W_foundation", "x_W_transition", "x_W_not_retrainable"
    ]  # fmt: skip
    assert found["parties"] == ["government", "firm", "worker", "provider"]
    overall = found["coordination"]
    assert (overall["profile"], overall["stable"], overall["reached"]) == ("1|1|111|1", False, False)
    alone = {part["population"]: part for part in overall["populations"]}
    for name, part in alone.items():
        joins = name != "worker_not_retrainable"
        assert (part["stable"], part["certain"], part["reached"]) == (joins, joins, joins)
        assert part["basin"]["share"] == (1.0 if joins else 0.0)
        assert part["basin"]["low"] <= part["basin"]["share"] <= part["basin"]["high"]
    assert alone["worker_not_retrainable"]["loss_from_leaving"] == pytest.approx(-1.059, abs=1e-3)
    assert alone["government"]["survives_exit"] is None


def test_two_regions_are_bistable_and_solved_to_the_end(capsys):
    found = data(capsys, "solve", "two_regions")
    assert found["complete"]
    assert sorted(point["pure"] for point in found["rest_points"] if point["ess"]) == ["1|111|000", "1|111|111"]
    assert found["sink_components"] == [["1|111|000"], ["1|111|111"]]
    assert found["status_quo"]["end"] == "1|111|000"
    shares = {profile: share["share"] for profile, share in found["basins"]["outcomes"].items()}
    assert sum(shares.values()) == pytest.approx(1.0)
    alone = {part["population"]: part for part in found["coordination"]["populations"]}
    assert alone["firm_rust_belt"]["loss_from_leaving"] == pytest.approx(0.371, abs=1e-3)
    assert alone["firm_rust_belt"]["basin"]["share"] == pytest.approx(shares["1|111|111"])
    assert alone["firm_hub"]["basin"]["share"] == 1.0
    assert {name for name, part in alone.items() if part["certain"]} == {
        "government", "firm_hub", "worker_hub", "provider_hub"
    }  # fmt: skip
    assert {name for name, part in alone.items() if not part["survives_exit"]} == {"government", "firm_rust_belt"}


@pytest.mark.parametrize("name", ["firm_size", "informal"])
def test_small_firms_and_informal_workers_join_for_certain(name, capsys):
    found = data(capsys, "solve", name)
    assert len([point for point in found["rest_points"] if point["ess"]]) == 1
    assert found["coordination"]["certain"]
    assert all(part["certain"] for part in found["coordination"]["populations"])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_reports_name_every_population_and_fit_the_page(lang, capsys):
    for arguments in (["solve", "worker_tiers"], ["simulate", "two_regions"], ["diff", "package", "two_regions"]):
        report = said(capsys, *arguments, "--lang", lang)
        # A closing mark may hang over the edge.
        assert all(cell_len(line.rstrip("。，；")) <= 80 for line in report.splitlines()), arguments
        assert "…" not in report
        word = {"en": "rust belt", "zh": "老工业区"}[lang] if "two_regions" in arguments else "W3"
        assert word in report
    shown = said(capsys, "show", "worker_tiers", "--lang", lang)
    assert re.search(r"not_retrainable +0\.2 +C_W = 14", shown)


def test_a_result_with_segments_can_be_repeated(tiers, desk, capsys):
    assert "bit for bit" in said(capsys, "rerun", str(tiers), "--lang", "en")
    said(capsys, "simulate", "firm_size", "--given", "x_F_small=0", "--json", "paths.json", "--points", "3")
    assert "bit for bit" in said(capsys, "rerun", "paths.json", "--lang", "en")
    changed = json.loads(tiers.read_text())
    changed["segments"][2]["values"]["C_W"] = 5.0
    Path("changed.json").write_text(json.dumps(changed))
    report = said(capsys, "rerun", "changed.json", "--lang", "en", code=1)
    assert "It DIFFERS" in report
    assert "it gives segments otherwise" in report
    changed["segments"][2]["weight"] = 0.9
    Path("changed.json").write_text(json.dumps(changed))
    assert run(["rerun", "changed.json", "--lang", "en"]) == 2
    assert "weights of worker sum to" in capsys.readouterr().err


def test_segments_of_a_page_of_ones_own(desk, capsys):
    Path("mine.toml").write_text(PAGE)
    found = data(capsys, "solve", "mine.toml")
    ends = [point["pure"] for point in found["rest_points"] if point["ess"]]
    assert ends == ["1|01|1|1"]
    assert found["states"][0]["party_shares"] == [0.5, 0.3, 0.3, 0.2]
    report = said(capsys, "solve", "mine.toml", "--lang", "zh")
    assert "企业（高成本）" in report
    held = data(capsys, "solve", "mine.toml", "--given", "x_F_dear=1,x_G=1")
    assert held["given"] == {"x_F_dear": 1.0, "x_G": 1.0}
    assert len(held["basins"]["outcomes"]) == 1


def test_tables_of_results_hold_the_verdict_by_population_and_the_modes(desk, capsys):
    said(capsys, "solve", "worker_tiers", "--table", "tiers.csv", "--lang", "en")
    with Path("tiers.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.reader(file) if row[0] in ("Population by population", "Modes of the government")]
    told = {(row[1], row[2]): row[3] for row in rows}
    assert told["W3", "share"] == "x_W_not_retrainable"
    assert float(told["W3", "loss from leaving if all coordinate"]) == pytest.approx(-1.059, abs=1e-3)
    assert told["W3", "certain"] == "no"
    assert told["committed", "status quo leads to"] == "1|1|110|1"


def test_diff_sets_split_and_whole_parties_side_by_side(capsys):
    found = data(capsys, "diff", "package", "worker_tiers")
    assert found["parameters"] == []
    assert not found["identical"]
    assert found["groups"]["worker"]["a"] == []
    assert found["groups"]["worker"]["b"][0] == "foundation 0.3 (iota = 1, C_W = 4)"
    states = {state["role"]: state for state in found["states"]}
    assert states["coordination"]["profile"] == "1111 / 1|1|111|1"
    assert states["coordination"]["money"]["outlay"]["a"] == pytest.approx(9.025, abs=1e-3)
    assert states["coordination"]["measures"]["matched"]["b"] < states["coordination"]["measures"]["matched"]["a"]
    assert data(capsys, "diff", "worker_tiers", "worker_tiers")["identical"]


def test_list_and_show_tell_what_splits_the_parties(capsys):
    rows = {row["name"]: row for row in data(capsys, "list", "scenarios", "--game", "training-investment")["scenarios"]}
    assert [part["id"] for part in rows["two_regions"]["regions"]] == ["hub", "rust_belt"]
    assert "segments" not in rows["package"]
    shown = data(capsys, "show", "informal")["segments"]
    assert shown[1]["values"] == {"L": 40.0, "C_W": 7.0, "irr": 1.0, "elig": 0.0}


REFUSALS = {
    ("solve", "two_regions", "--set", "V=60"): (["V=60", "no effect"], "不会起作用"),
    ("solve", "worker_tiers", "--given", "x_W_fundation=1"): (["x_W_foundation"], "x_W_foundation"),
    ("simulate", "worker_tiers", "--speed", "x_W_none=2"): (["x_W_transition"], "x_W_transition"),
}


@pytest.mark.parametrize("arguments", REFUSALS, ids=" ".join)
def test_what_would_be_lost_is_refused_in_both_languages(arguments, capsys):
    words, chinese = REFUSALS[arguments]
    assert run([*arguments, "--lang", "en"]) == 2
    err = capsys.readouterr().err
    assert all(word in err for word in words)
    assert run([*arguments, "--lang", "zh"]) == 2
    assert chinese in capsys.readouterr().err


def test_a_value_for_all_reaches_segments_that_do_not_set_it(capsys):
    # iota is set by two of three tiers; the transition tier takes what is said for all.
    command = ("simulate", "worker_tiers", "--points", "2")
    usual, harder = (data(capsys, *command, *more) for more in ([], ["--set", "iota=20"]))
    place = usual["shares"].index("x_W_transition")
    assert usual["paths"][0]["end"]["profile"] == "1|1|110|1"
    assert harder["paths"][0]["shares"][-1][place] < 1e-3
