"""Cases whose payoffs depend on shares, from the command line's results down: static beside dynamic, what is certain,
money at the rates of the day, and what is refused.
"""

import json

import numpy as np
import pytest
from scipy.integrate import solve_ivp

import gamebook
from gamebook.basin_survey import basins as survey_basins
from gamebook.difference import difference as diff
from gamebook.errors import InputError
from gamebook.repeat import repeat
from payoffs.ledger import profile_weights
from solvers.stability import Stability

TAPERED = {"theta_F": 0.5, "theta_S": 1.0, "eps": 0.3}


@pytest.fixture(scope="module")
def dynamic():
    return gamebook.solve(gamebook.load("inspection_dynamic"))


@pytest.fixture(scope="module")
def tapered():
    return gamebook.solve(gamebook.load("package"), values=TAPERED)


def inside(equilibria):
    (point,) = [point for point in equilibria.rest_points if len(point.mixing) == 2]
    return point


# The published pair: constant against falling fine.


def test_static_and_dynamic_fine_have_the_published_centre_and_focus_side_by_side(dynamic):
    static = gamebook.solve(gamebook.load("inspection_static"))
    turn = 2j * np.sqrt(6.0) / 5.0
    for equilibria in (static.equilibria, dynamic.share_dependence.static.equilibria):
        centre = inside(equilibria)
        assert np.allclose(centre.shares, [0.4, 0.8], rtol=0, atol=1e-14)
        assert np.allclose(centre.eigenvalues, [turn, -turn], rtol=0, atol=1e-14)
        assert centre.stability is Stability.NEUTRAL
    focus = inside(dynamic.equilibria)
    swirl = -0.8 + 4j * np.sqrt(2.0) / 5.0
    assert np.allclose(focus.shares, [0.4, 0.8], rtol=0, atol=1e-14)
    assert np.allclose(focus.eigenvalues, [swirl, np.conj(swirl)], rtol=0, atol=1e-13)
    assert focus.stability is Stability.SINK
    assert focus.is_evolutionarily_stable is None
    assert dynamic.all_verified


def test_report_sets_the_two_side_by_side_in_both_languages(dynamic):
    english, chinese = dynamic.report("en"), dynamic.report("zh")
    row = next(line for line in english.splitlines() if line.startswith("  (0.400, 0.800) neutral"))
    assert row.split() == ["(0.400,", "0.800)", "neutral", "0", "±", "0.980i", "sink", "-0.800", "±", "1.131i"]
    assert "static: goes round for ever (not proved); dynamic: ends at" in english
    assert "Only dynamic rates make (0.400, 0.800) attract." in english
    assert "(0.400, 0.800)，吸引域 100%" in chinese
    assert "只有动态力度使 (0.400, 0.800) 具有吸引性。" in chinese
    assert "nashpy" not in english


def test_mixed_state_has_its_basin_its_price_and_the_end_of_the_status_quo(dynamic):
    about = dynamic.share_dependence
    (basin,) = about.basins
    assert (basin.share, basin.low > 0.99) == (1.0, True)
    assert np.allclose(about.end, [0.4, 0.8], rtol=0, atol=1e-12)
    (end,) = [state for state in dynamic.states if state.role == "end"]
    assert np.allclose(end.shares, [0.4, 0.8], rtol=0, atol=1e-12)
    # Inspecting pays -1 + 25*.2*.2 = 0 there, as not inspecting does; the firm bears its cost of compliance, 2.
    assert np.allclose(end.payoffs, [0.0, -2.0], rtol=0, atol=1e-12)


def test_certain_is_open_where_only_the_response_graph_would_say_so(dynamic):
    found = gamebook.solve(gamebook.load("greenwash_dynamic_both"))
    assert found.coordination.stable
    assert found.share_dependence.dominant is None
    assert found.coordination.certain in (None, False)
    assert dynamic.coordination is None


def test_constant_game_can_be_solved_as_an_array_of_degree_zero_and_one():
    hunt = np.array([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]])
    plain = gamebook.solve(hunt)
    raised = gamebook.solve(np.broadcast_to(hunt[..., None, None], (2, 2, 2, 2, 1)).copy())
    assert [p.shares.tolist() for p in raised.nash] == [p.shares.tolist() for p in plain.nash]
    assert raised.share_dependence.degrees == (1, 0)
    assert raised.share_dependence.static is None


# The policy game.


def test_tapered_package_is_certain_by_dominance_and_pays_less(tapered):
    full = gamebook.solve(gamebook.load("package"))
    assert tapered.coordination.stable
    assert tapered.coordination.certain
    assert tapered.share_dependence.dominant == (1, 1, 1, 1)
    assert tapered.coordination.reached
    outlay = {name: next(s for s in found.states if s.role == "coordination").money.outlay
              for name, found in (("full", full), ("tapered", tapered))}  # fmt: skip
    assert outlay["full"] - outlay["tapered"] == pytest.approx(0.5 * 1.8)
    # At coordination the firm keeps half of the subsidy of 1.8 and is not taxed either way.
    gain = {name: found.rest_points[15].advantages[1] for name, found in (("full", full), ("tapered", tapered))}
    assert gain["full"] - gain["tapered"] == pytest.approx(1.8 * 0.5 + 1.35, abs=1e-9)


def test_taper_makes_coordination_certain_where_full_rates_drive_the_government_out():
    found = gamebook.solve(gamebook.load("oversized_tapered"))
    assert [point.pure for point in found.ess] == [(1, 1, 1, 1)]
    assert (found.coordination.certain, found.coordination.reached) == (True, True)
    static = found.share_dependence.static
    assert [point.pure for point in static.equilibria.ess] == [(0, 1, 1, 1)]
    assert static.end.tolist() == [0.0, 1.0, 1.0, 1.0]
    # Where all coordinate s_F, s_W and s_P are gone: the government saves .6*9 + 5 + 5*m of its loss of 8.050.
    coordination = next(state for state in found.states if state.role == "coordination")
    saved = 0.6 * 9 + 5 + 5 * (coordination.measures["matched"])
    assert coordination.advantages[0] == pytest.approx(-8.050 + saved, abs=6e-4)


def test_static_twin_is_the_case_without_the_tools(tapered):
    full = gamebook.solve(gamebook.load("package"))
    twin = tapered.share_dependence.static.equilibria
    assert len(twin.rest_points) == len(full.rest_points)
    for one, other in zip(twin.rest_points, full.rest_points, strict=True):
        assert np.array_equal(one.shares, other.shares)
        assert np.array_equal(one.eigenvalues, other.eigenvalues)


def test_tool_in_force_without_effect_leaves_the_bits_of_the_case_without_it():
    # The skill evaluation subsidy is not paid under the package, so that nothing tapers.
    idle, full = (gamebook.solve(gamebook.load("package"), values=v) for v in ({"theta_E": 1.0}, None))
    assert idle.share_dependence is None
    assert idle.payoffs.tobytes() == full.payoffs.tobytes()
    assert idle.basins.outcomes == full.basins.outcomes
    assert idle.coordination.certain


def test_segments_and_regions_depend_on_the_share_of_the_whole_party():
    found = gamebook.solve(gamebook.load("firm_size"), values={"theta_F": 0.5})
    assert found.share_dependence.degrees == (0, 1, 1, 0, 0)
    point = next(point for point in found.rest_points if point.pure == (1, 0, 1, 1, 1))
    # x_F = .4 where only the large train: each of them is paid s_F (C_F + T_c) (1 - .5*.4), with C_F = 4 for large.
    case = gamebook.load("firm_size")
    held = gamebook.solve(case, values={"s_F": case.values["s_F"] * (1 - 0.5 * 0.4)})
    same = next(p for p in held.rest_points if p.pure == (1, 0, 1, 1, 1))
    assert np.allclose(point.advantages, same.advantages, rtol=0, atol=1e-12)
    assert np.allclose(point.payoffs, same.payoffs, rtol=0, atol=1e-12)


def test_government_modes_hold_the_share_in_the_rates_too():
    found = gamebook.solve(gamebook.load("inspection_dynamic"))
    committed = next(mode for mode in found.government.modes if mode.name == "committed")
    assert committed.end == "1~ (y 0.920)"  # 25 (1 - y) = 2
    conditional = gamebook.solve(gamebook.load("inspection_dynamic"), given={"x": 0.5})
    (mixed,) = [point for point in conditional.rest_points if point.pure is None]
    assert mixed.shares[0] == pytest.approx(1 - 2 / 12.5)
    assert mixed.stability is Stability.SINK


# Paths.


def test_simulated_path_is_that_of_scipy_and_its_money_that_of_the_ledger():
    case = gamebook.load("package")
    paths = gamebook.simulate(case, values=TAPERED, years=30, points=4)
    game, values = case.game, {**case.values, **TAPERED}
    tensor, ledger = game.share_tensor(**values), game.share_ledger(**values)

    def rate(_, odds):
        x = 1.0 / (1.0 + np.exp(-odds))
        table, gains = tensor.at(x), []
        for i in range(4):
            change = np.take(table[i], 1, axis=i) - np.take(table[i], 0, axis=i)
            others = profile_weights(np.delete(x, i))
            gains.append(float((change * others).sum()))
        return 0.1 * np.array(gains)

    x = np.array([0.5, 0.2, 0.3, 0.2])
    end = solve_ivp(rate, (0.0, 30.0), np.log(x / (1 - x)), rtol=1e-10, atol=1e-10).y[:, -1]
    assert np.allclose(paths.shares[0, -1], 1.0 / (1.0 + np.exp(-end)), rtol=0, atol=1e-6)
    for k in range(4):
        state = paths.shares[0, k]
        money = ledger.at(state).money(profile_weights(state))
        for figure in ("outlay", "revenue", "burden", "welfare", "outlay_per_matched"):
            assert paths.money[figure][0, k] == pytest.approx(float(getattr(money, figure)), abs=1e-9)
        assert paths.measures["matched"][0, k] == pytest.approx(
            float(ledger.at(state).measure("matched", profile_weights(state))), abs=1e-12
        )


def test_path_that_comes_to_rest_at_a_mixed_state_says_that_it_attracts():
    paths = gamebook.simulate(gamebook.load("inspection_dynamic"), years=200)
    (end,) = paths.ends
    assert (end.status, end.proved, end.attracts) == ("at rest", False, True)
    assert np.allclose(end.shares, [0.4, 0.8], rtol=0, atol=1e-12)
    assert "a mixed rest point that attracts" in paths.report("en")
    assert "具有吸引性的混合均衡点" in paths.report("zh")
    circles = gamebook.simulate(gamebook.load("inspection_static"), years=200)
    assert (circles.ends[0].status, circles.ends[0].attracts) == ("cycling", False)


def chase(a, c):
    """D_1 = 1/2 - y + a (x - 1/2), D_2 = x - 1/2 - c (y - 1/2): the trace at (1/2, 1/2) is (s_1 a - s_2 c)/4."""
    u = np.array([-0.5, 0.5])
    payoffs = np.zeros((2, 2, 2, 2, 2))
    for other in (0, 1):
        payoffs[0, 1, other] = (0.5 - other + a * u)[:, None]
        payoffs[1, other, 1] = (other - 0.5 - c * u)[None, :]
    return payoffs


def test_whether_a_mixed_state_attracts_depends_on_the_speeds():
    game, starts = chase(0.3, 0.4), [[0.52, 0.5]]
    calm = gamebook.simulate(game, starts=starts, years=400, points=2, revision_rate=1.0)
    assert (calm.ends[0].status, calm.ends[0].attracts) == ("at rest", True)
    hasty = gamebook.simulate(game, starts=starts, years=400, points=2, revision_rate=1.0, speeds={"x_1": 3.0})
    assert not hasty.ends[0].attracts
    (mixed,) = survey_basins(game).mixed
    assert mixed.shares.tolist() == [0.5, 0.5]
    assert mixed.basin.low > 0.5
    assert survey_basins(game, speeds={"x_1": 3.0}).mixed == ()


def test_basins_verb_names_the_mixed_state_and_repeats(tmp_path):
    survey = survey_basins(gamebook.load("inspection_dynamic"))
    (mixed,) = survey.mixed
    assert np.allclose(mixed.shares, [0.4, 0.8], rtol=0, atol=1e-12)
    assert "the mixed state x 0.400, y 0.800 attracts; 100 % of starts" in survey.report("en")
    assert "混合状态 x 0.400, y 0.800 具有吸引性" in survey.report("zh")
    file = tmp_path / "basins.json"
    file.write_text(json.dumps(survey.to_json()), encoding="utf-8")
    assert repeat(file).verdict == "identical"


# Results on file, and refusals.


def test_stored_result_repeats_to_the_bit(tmp_path, dynamic):
    file = tmp_path / "dynamic.json"
    file.write_text(json.dumps(dynamic.to_json()), encoding="utf-8")
    again = repeat(file)
    assert again.verdict == "identical"
    paths = tmp_path / "paths.json"
    paths.write_text(json.dumps(gamebook.simulate(gamebook.load("inspection_dynamic")).to_json()), encoding="utf-8")
    assert repeat(paths).verdict == "identical"
    data = json.loads(file.read_text(encoding="utf-8"))
    assert np.array(data["payoffs"]).shape == (2, 2, 2, 1, 2)
    assert data["share_dependence"]["mixed_sinks"][0]["shares"] == pytest.approx([0.4, 0.8])
    assert data["rest_points"][-1]["ess"] is None


def test_two_policies_one_of_which_depends_on_shares_are_set_side_by_side():
    difference = diff(gamebook.load("inspection_static"), gamebook.load("inspection_dynamic"))
    assert "theta_f" in difference.report("en")
    assert difference.a.share_dependence is None
    assert difference.b.share_dependence is not None


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_certificate_in_exact_arithmetic_is_refused_with_the_switches(lang):
    with pytest.raises(InputError) as refusal:
        gamebook.solve(gamebook.load("package"), values={"theta_F": 0.5}, certify=True)
    assert "theta_F" in refusal.value.text(lang)


def test_mediator_and_tapering_together_are_refused():
    with pytest.raises(InputError, match="recommends pure profiles"):
        gamebook.solve(gamebook.load("package"), values={"theta_F": 0.5, "mediate": 1.0})
