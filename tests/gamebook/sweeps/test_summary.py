"""The summary of a store: counts, where verdicts change, the cheapest policy, in both languages and as data."""

from __future__ import annotations

import json

import numpy as np
import pytest

import gamebook
from gamebook import cli
from gamebook.reports.sweep import summary_report
from gamebook.sweeps.summary import summarise
from gamebook.sweeps.sweeping import state


@pytest.fixture(scope="module")
def found(tmp_path_factory, package):
    path = tmp_path_factory.mktemp("summary") / "s"
    gamebook.sweep(package, ["s_W=0:3:13", "I_p=0:1:11"], out=path, block=30)
    return summarise(path)


def test_counts_changes_and_cheapest_point_are_those_of_the_dataset(found):
    data = gamebook.open_sweep(found.path)
    certain, outlay = data["coordination_certain"].values == 1, data["outlay"].sel(state="coordination").values
    assert found.coordination == {"certain": int(certain.sum()), "stable": int((~certain).sum())}
    assert sum(each.points for each in found.regimes) == found.points == 143
    assert {each.ess for each in found.regimes} == {("1111",), ("1000", "1111")}
    along = {each.name: each for each in found.along}
    assert along["s_W"].changes.tolist() == (certain[1:] != certain[:-1]).sum(axis=1).tolist()
    assert along["I_p"].classes["certain"] == pytest.approx(certain.mean(axis=0))
    assert along["I_p"].means["outlay"] == pytest.approx(outlay.mean(axis=0))
    place = np.unravel_index(np.where(certain, outlay, np.inf).argmin(), certain.shape)
    assert found.cheapest.outlay == outlay[place]
    assert found.cheapest.place == {"s_W": float(data["s_W"][place[0]]), "I_p": float(data["I_p"][place[1]])}


def test_report_is_in_both_languages_and_data_is_json(found):
    assert "Smallest public outlay" in summary_report(found, "en")
    assert "公共支出最小" in summary_report(found, "zh", measures=True)
    assert max(map(len, summary_report(found, "en", measures=True).splitlines())) <= 80
    data = json.loads(json.dumps(found.to_json(), allow_nan=False))
    assert data["checksum"] == found.checksum
    assert data["cheapest"]["outlay"] == found.cheapest.outlay


def test_a_store_that_is_not_finished_says_so(tmp_path, package):
    gamebook.sweep(package, ["s_W=0:3:4"], out=tmp_path / "s", block=2)
    (tmp_path / "s" / "done" / "00000000.json").unlink()
    partial = summarise(tmp_path / "s")
    assert (partial.stored, partial.points, partial.checksum) == (2, 4, None)
    assert not partial.all_decided
    assert "2 of 4 points are stored" in summary_report(partial, "en")


def test_where_no_coordination_is_named_the_regime_is_what_changes(tmp_path):
    case = gamebook.load("inspection")
    symbol = next(iter(case.game.parameters))
    high = case.game.parameters[symbol].high
    gamebook.sweep(case, {symbol: np.linspace(0.0, min(high, 40.0), 9)}, out=tmp_path / "s")
    said = summarise(tmp_path / "s")
    assert said.coordination == {}
    assert int((said.along[0].changes > 0).sum()) == len(said.regimes) - 1 >= 1
    assert symbol in summary_report(said, "en")


def test_a_store_of_a_game_without_parameters_can_move_the_status_quo(tmp_path):
    page = tmp_path / "hunt.nfg"
    page.write_text('NFG 1 R "hunt" { "a" "b" } { 2 2 }\n\n2 2 1 0 0 1 3 3\n', encoding="utf-8")
    data = gamebook.sweep(gamebook.load(page), {"x_P1": [0.25, 0.75]})
    assert data["ess"].values.tolist() == [9, 9]
    own = gamebook.load(page).tensor()[0]
    x, y = 0.75, 0.5
    mean = (1 - x) * ((1 - y) * own[0, 0] + y * own[0, 1]) + x * ((1 - y) * own[1, 0] + y * own[1, 1])
    assert float(data["payoffs"].sel(x_P1=0.75, state="status_quo")[0]) == pytest.approx(mean)


def test_an_estimate_says_points_size_and_time_and_writes_nothing(tmp_path, capsys, package):
    code = cli.run(["sweep", "package", "--over", "s_W=0:3:301", "--over", "I_p=0:1:401", "--dry-run", "--lang", "en"])
    said = capsys.readouterr().out
    assert code == 0
    assert "120,701 policy points" in said
    assert "MB before compression" in said
    assert "workers" in said
    assert list(tmp_path.iterdir()) == []
    assert state(package, ["s_W=0:3:301", "I_p=0:1:401"]).layout.count == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["sweep", "package", "--over", "s_F=0:1:3"], "--out STORE"),
        (["sweep", "package", "--over", "s_F=0:1:3", "--out", "s", "--resume", "--overwrite"], "give one of them"),
        (["sweep", "package", "--over", "s_F=0:1:3", "--out", "s", "--block", "0"], "at least 1"),
        (["sweep", "package", "--out", "s"], "at least one axis"),
        (["sweep", "package", "--over", "s_F=0,1", "--out", "s", "--cluster", "x", "--workers", "2"], "Leave one"),
        (["show", "package", "--export", "s.csv"], "which package is not"),
    ],
)
def test_options_that_do_not_fit_are_refused(words, said, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert cli.run([*words, "--lang", "en"]) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
