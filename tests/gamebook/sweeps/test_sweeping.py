"""Sweeps: every point says what the same case says when it is solved alone, however the work is cut."""

from __future__ import annotations

import json

import numpy as np
import pytest

import gamebook
from gamebook.errors import InputError
from gamebook.sweeps.dataset import rest_points
from gamebook.sweeps.measures import measure, remove
from gamebook.sweeps.store import Store

OVER = ["s_F=0:1:7", "t_S=0:1:5"]
GAME_WITH_A_MARGIN = """
[game]
id = "one"
coordination = "1"
[[parties]]
id = "firm"
strategies = [{ id = "no" }, { id = "train" }]
[parameters]
margin = { default = 1, bounds = [0, 5] }
nash = { default = 1, bounds = [0, 5] }
[cells]
"0" = ["0"]
"1" = ["margin*nash"]
"""


def bits(dataset):
    return {name: dataset[name].values.tobytes() for name in dataset.data_vars}


@pytest.mark.parametrize(
    ("target", "point"),
    [
        ("no_tools", {"s_F": 0.5, "t_S": 0.0}),
        ("no_tools", {"s_F": 1.0, "t_S": 0.25}),
        ("package", {"s_F": 0.25, "t_S": 1.0}),
        ("poaching_oversized", {"s_F": 0.5, "t_S": 0.5}),
        ("oversized", {"s_F": 0.75, "t_S": 0.5}),
    ],
)
def test_a_point_of_a_sweep_says_what_solving_it_alone_says(target, point):
    case = gamebook.load(target)
    at = gamebook.sweep(case, {"s_F": [0.25, 0.5, 0.75, 1.0], "t_S": [0.0, 0.25, 0.5, 1.0]}).sel(point)
    alone = gamebook.solve(case, values=point)
    assert int(at.ess) == sum(1 << int("".join(map(str, each.pure)), 2) for each in alone.ess)
    assert int(at.sink_components) == len(alone.sink_components)
    assert int(at.sink_profiles) == sum(1 << int(name, 2) for sink in alone.sink_components for name in sink)
    assert int(at.rest_points) == len(alone.rest_points)
    assert int(at.nash) == len(alone.nash)
    verdict = alone.coordination
    assert bool(at.coordination_stable) is verdict.stable
    assert bool(at.coordination_certain) is verdict.certain
    assert bool(at.survives_exit) is verdict.survives_exit
    assert float(at.margin) == pytest.approx(verdict.margin, rel=1e-9)
    for name, role in (("coordination", "coordination"), ("status_quo", "start")):
        here, state = at.sel(state=name), next(each for each in alone.states if each.role == role)
        for figure in ("outlay", "revenue", "burden", "welfare", "net_cost", "fund_balance", "outlay_per_matched"):
            assert float(here[figure]) == pytest.approx(float(getattr(state.money, figure)), rel=1e-9, abs=1e-9)


def test_rest_points_of_a_store_are_those_of_the_single_games(tmp_path, no_tools):
    path = tmp_path / "s"
    gamebook.sweep(no_tools, OVER, out=path, block=8)
    rows = list(rest_points(path))
    shares, point = np.concatenate([each.shares for each in rows]), np.concatenate([each.point for each in rows])
    stability = [word for each in rows for word in each.stability]
    for number, rate in ((0, 0.0), (34, 1.0), (17, 0.5)):
        alone = gamebook.solve(no_tools, values={"s_F": rate, "t_S": rate}).rest_points
        here = np.flatnonzero(point == number)
        assert len(here) == len(alone)
        np.testing.assert_allclose(shares[here], [each.shares for each in alone], atol=1e-9)
        assert [stability[i] for i in here] == [str(each.stability) for each in alone]


@pytest.mark.parametrize("block", [1, 3, 8, 35])
def test_blocks_and_workers_leave_every_bit_as_it_is(no_tools, block):
    whole = bits(gamebook.sweep(no_tools, OVER, workers=1))
    assert bits(gamebook.sweep(no_tools, OVER, block=block, workers=2)) == whole


def test_many_points_have_the_same_bits_in_blocks_that_begin_anywhere(no_tools):
    over = ["s_F=0:1:97", "t_S=0:1:31"]
    measures = ["rest", "money", "pure"]
    whole = bits(gamebook.sweep(no_tools, over, measures=measures, workers=1))
    for block in (89, 1000):
        assert bits(gamebook.sweep(no_tools, over, measures=measures, block=block, workers=3)) == whole


def test_a_store_holds_what_memory_holds(tmp_path, no_tools):
    stored = gamebook.sweep(no_tools, OVER, out=tmp_path / "s", block=4)
    memory = gamebook.sweep(no_tools, OVER)
    assert bits(stored) == bits(memory)
    assert stored["outlay"].attrs["units"] == memory["outlay"].attrs["units"] == "kCNY per worker and year"
    assert list(stored["population"].values) == ["G", "F", "W", "P"]
    assert json.loads(stored.attrs["sweep"])["target"] == "no_tools"


def test_pure_measures_are_the_same_without_the_search_for_mixed_points(no_tools):
    quick, full = gamebook.sweep(no_tools, OVER, measures=["pure"]), gamebook.sweep(no_tools, OVER)
    assert {"ess", "sink_profiles", "coordination_certain", "margin"} < set(quick) < set(full)
    for name in quick:
        assert quick[name].values.tobytes() == full[name].values.tobytes()


def test_points_that_the_pages_refuse_have_a_status_and_do_not_stop_the_rest(package):
    # The page has the earmarks sum to at most 1.
    found = gamebook.sweep(package, {"e_F": [0.2, 0.4, 0.9], "t_S": [0.0, 0.5]}, block=2)
    assert found["status"].values.tolist() == [[0, 0], [0, 0], [4, 4]]
    assert np.isnan(found["margin"].values[2]).all()
    assert np.isfinite(found["margin"].values[:2]).all()
    assert found["vertices"].values[2].tolist() == [[255] * 16] * 2
    assert found["coordination_stable"].values[2].tolist() == [-1, -1]


def test_an_axis_of_the_status_quo_moves_the_money_there_and_no_equilibrium(no_tools):
    found = gamebook.sweep(no_tools, {"x_F": [0.2, 0.9], "s_F": [0.0, 0.5]})
    alone = gamebook.solve(no_tools, values={"s_F": 0.5}, start={"x_F": 0.9})
    state = next(each for each in alone.states if each.role == "start")
    at = found.sel(x_F=0.9, s_F=0.5)
    assert float(at.outlay.sel(state="status_quo")) == pytest.approx(float(state.money.outlay), rel=1e-12)
    assert found["ess"].values[0].tolist() == found["ess"].values[1].tolist()
    assert found["outlay"].sel(state="coordination").values[0].tolist() == found["outlay"].sel(
        state="coordination"
    ).values[1].tolist()


def test_a_bundle_scales_what_the_scenario_sets(package):
    found = gamebook.sweep(package, {"bundle:s_F+t_S": [0.0, 0.5, 1.0]})
    alone = gamebook.solve(package, values={"s_F": 0.1, "t_S": 0.15})
    assert float(found["margin"].values[1]) == pytest.approx(alone.coordination.margin, rel=1e-9)


def test_fixed_shares_sweep_the_game_of_the_others(package):
    found = gamebook.sweep(package, {"s_F": [0.0, 0.4]}, given={"x_G": 1.0})
    alone = gamebook.solve(package, values={"s_F": 0.4}, given={"x_G": 1.0})
    assert found["vertices"].shape == (2, 8)
    assert int(found["rest_points"][1]) == len(alone.rest_points)
    assert float(found["margin"][1]) == pytest.approx(alone.coordination.margin, rel=1e-9)


def test_segments_are_swept_like_parties():
    case = gamebook.load("firm_size")
    found = gamebook.sweep(case, {"s_F": [0.0, 0.2, 0.4]})
    alone = gamebook.solve(case, values={"s_F": 0.4})
    assert int(found["rest_points"][2]) == len(alone.rest_points)
    assert float(found["margin"][2]) == pytest.approx(alone.coordination.margin, rel=1e-9)
    state = next(each for each in alone.states if each.role == "coordination")
    assert float(found["outlay"].sel(state="coordination")[2]) == pytest.approx(float(state.money.outlay), rel=1e-9)


def test_weights_of_segments_vary_and_the_others_share_the_rest(tmp_path):
    case = gamebook.load("worker_tiers")
    found = gamebook.sweep(case, {"s_W": [1.0, 1.5], "weight:not_retrainable": [0.1, 0.2, 0.6]}, block=4)
    as_it_is = gamebook.sweep(case, {"s_W": [1.0, 1.5]})
    page = tmp_path / "aging.toml"
    weights = {"foundation": 0.15, "transition": 0.25, "not_retrainable": 0.6}
    values = {part.id: part.values for part in case.scenario.segments}
    rows = [
        f'[[segments]]\nparty = "worker"\nid = "{name}"\nweight = {weight}\n[segments.values]\n'
        + "".join(f"{symbol} = {value}\n" for symbol, value in values[name].items())
        for name, weight in weights.items()
    ]
    head = '[scenario]\nid = "aging"\ngame = "training-investment"\nextends = ["package"]\n'
    page.write_text(head + "".join(rows), encoding="utf-8")
    aging = gamebook.sweep(gamebook.load(page), {"s_W": [1.0, 1.5]})
    for name in ("margin", "outlay", "payoffs", "matched"):
        np.testing.assert_allclose(found[name].values[:, 1], as_it_is[name].values, rtol=1e-12)
        np.testing.assert_allclose(found[name].values[:, 2], aging[name].values, rtol=1e-12)
    assert (found["ess"].values[:, 2] == aging["ess"].values).all()


@pytest.mark.parametrize(
    ("over", "words"),
    [
        (["weight:smal=0.1,0.2"], "Did you mean small"),
        (["weight:small=0,0.5"], "strictly between"),
        (["weight:small=0.2,0.5", "weight:large=0.2,0.5"], "varies on two axes"),
    ],
)
def test_wrong_weights_are_refused(over, words):
    with pytest.raises(InputError, match=words):
        gamebook.sweep(gamebook.load("firm_size"), over)


def test_measures_that_follow_paths_say_what_the_verbs_say(no_tools):
    names = ["basin", "reached", "years", "critical_mass"]
    found = gamebook.sweep(no_tools, {"t_S": [0.0, 1.0]}, measures=names)
    alone = gamebook.solve(no_tools, values={"t_S": 1.0})
    basin = alone.coordination.basin
    assert found["basin"].values[1].tolist() == [basin.share, basin.low, basin.high]
    assert found["reached"].values.tolist() == [int(alone.coordination.reached)] * 2 == [0, 0]
    assert np.isnan(found["years"].values).all()
    assert found["critical_mass"].values[:, 0] == pytest.approx([0.6933, 0.3594], abs=1e-3)


def test_an_own_measure_is_stored_and_part_of_what_the_sweep_is(tmp_path, no_tools):
    register = measure("push", unit="kCNY", title={"en": "push", "zh": "推动"}, depth="payoffs", version="1")
    register(lambda block: block.payoffs[:, 0, -1] - block.payoffs[:, 0, 0])
    try:
        found = gamebook.sweep(no_tools, OVER, measures=["push"], out=tmp_path / "s")
        tensor = no_tools.tensor(s_F=0.5, t_S=0.5)
        push = tensor[0, 1, 1, 1, 1] - tensor[0, 0, 0, 0, 0]
        assert float(found["push"].sel(s_F=0.5, t_S=0.5)) == pytest.approx(push)
        measure("push", unit="kCNY", title="push", depth="payoffs", version="2")(lambda block: block.payoffs[:, 0, 0])
        with pytest.raises(InputError, match="measures"):
            gamebook.sweep(no_tools, OVER, measures=["push"], out=tmp_path / "s", resume=True)
        measure("push", unit="kCNY", title="push", depth="payoffs")(lambda block: block.payoffs[:3, 0, 0])
        with pytest.raises(InputError, match="shape"):
            gamebook.sweep(no_tools, OVER, measures=["push"])
    finally:
        remove("push")


@pytest.mark.parametrize(
    ("over", "options", "words"),
    [
        (["s_F=0:1:3"], {"measures": ["margins"]}, "margin"),
        (["s_F=0:1:3"], {"values": {"s_F": 0.2}}, "drop one"),
        (["x_F=0.1,0.2"], {"given": {"x_F": 1.0}}, "no effect"),
        (["s_F=0:1:3"], {"workers": 0}, "--workers"),
        (["theta_F=0,0.5", "s_F=0,0.5"], {}, "share"),
        (["Delta_G=0,1"], {}, "Delta_G"),
    ],
)
def test_what_cannot_be_swept_is_refused_before_any_work(no_tools, over, options, words):
    with pytest.raises(ValueError, match=words):
        gamebook.sweep(no_tools, over, **options)


def test_too_many_points_are_refused_with_size_time_and_every_other_fault(no_tools):
    over = ["s_F=0:1:1000001", "t_S=0:1:1000000", "s_W=9:1:3", "nosuch=0,1"]
    with pytest.raises(InputError) as refused:
        gamebook.sweep(no_tools, over)
    for words in ("2,000,002,000,000", "1,000,000,000,000", "TB", "days", "s_W", "nosuch"):
        assert words in refused.value.text("en")
    assert "天" in refused.value.text("zh")


def test_an_existing_store_is_kept_unless_it_is_resumed_or_replaced(tmp_path, no_tools):
    path = tmp_path / "s"
    gamebook.sweep(no_tools, OVER, out=path, block=4)
    checksum = Store.reading(path).checksum()
    with pytest.raises(InputError, match="--resume"):
        gamebook.sweep(no_tools, OVER, out=path, block=4)
    with pytest.raises(InputError, match="values"):
        gamebook.sweep(no_tools, OVER, values={"s_W": 1.0}, out=path, block=4, resume=True)
    assert Store.reading(path).checksum() == checksum
    gamebook.sweep(no_tools, OVER, values={"s_W": 1.0}, out=path, block=4, overwrite=True)
    assert Store.reading(path).checksum() != checksum


def test_a_store_that_another_run_writes_to_is_neither_resumed_nor_replaced(tmp_path, no_tools):
    gamebook.sweep(no_tools, OVER, out=tmp_path / "s", measures=["pure"])
    with Store.reading(tmp_path / "s").writing():
        for how in ({"resume": True}, {"overwrite": True}):
            with pytest.raises(InputError, match="another run"):
                gamebook.sweep(no_tools, OVER, out=tmp_path / "s", measures=["pure"], **how)
    assert Store.reading(tmp_path / "s").checksum() is not None


def test_a_parameter_that_every_segment_sets_itself_has_no_axis():
    with pytest.raises(InputError, match="C_F"):
        gamebook.sweep(gamebook.load("firm_size"), {"C_F": [4.0, 5.0]})


def test_a_parameter_with_the_name_of_a_measure_has_another_name_as_a_dimension(tmp_path):
    page = tmp_path / "game.toml"
    page.write_text(GAME_WITH_A_MARGIN, encoding="utf-8")
    case = gamebook.load(page)
    found = gamebook.sweep(case, {"margin": [1.0, 2.0]}, out=tmp_path / "s", sample=2, uncertain=["nash=uniform:1:2"])
    assert found["margin_value"].values.tolist() == [1.0, 2.0]
    assert found["nash_value"].dims == ("draw",)
    assert found["margin"].dims == ("margin_value", "draw")


def test_only_stores_are_ever_removed(tmp_path, no_tools):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(InputError, match="no store"):
        gamebook.sweep(no_tools, OVER, out=tmp_path / "mine", overwrite=True)
    assert (tmp_path / "mine" / "letter.txt").exists()
