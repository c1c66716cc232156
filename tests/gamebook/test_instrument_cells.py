"""The shipped game against numbers that were made without it.

``data/instrument_cells.toml`` holds, for every policy tool at a stated rate, what it changes in the four payoffs of
some telling cells. Those numbers were worked out by hand from the formulas of the model, with the working beside them,
and not by running the reader. They are exact, so the comparison is as sharp as float64 allows.

The tables below them (advantages at 1000 and 1111, money, match quality) are stated with three or four decimals. They
come from an independent computation that spells out each payoff as a sum and knows neither pages nor ledgers.
"""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from payoffs.game import load_game
from payoffs.ledger import profile_weights
from payoffs.pages import read_page
from payoffs.scenario import load_scenario

BUILT_IN = Path(__file__).parents[2] / "gamebook" / "games" / "training-investment"
CASES = tomllib.loads((Path(__file__).parent / "data" / "instrument_cells.toml").read_text(encoding="utf-8"))["case"]
STATUS_QUO = (0.5, 0.2, 0.3, 0.2)

# Each party's gain from cooperating, in the order g f w p, where the others play as at 1000 and at 1111.
ADVANTAGES = {
    "no_tools": ((12, -5.750, -4.720, -2.5), (7.867, 1.332, 9.150, 1.7)),
    "subsidy_only": ((12, -5.750, -4.720, -2.5), (3.367, 5.832, 9.150, 1.7)),
    "tax_only": ((12, -1.250, -4.720, -2.5), (7.867, 5.832, 9.150, 1.7)),
    "levy_only": ((12, -4.790, -3.760, -2.020), (7.867, 2.292, 10.110, 2.180)),
    "worker_subsidy_only": ((12, -5.750, -1.720, -2.5), (4.867, 1.332, 12.150, 1.7)),
    "platform_only": ((11, -5.750, -0.484, -2.5), (7.966, 1.897, 12.135, 1.7)),
    "order_only": ((12, -5.750, -4.720, -2.5), (7.580, 1.799, 10.381, 2.7)),
    "package": ((11.2, -3.760, 1.349, -1.910), (2.821, 6.474, 13.678, 2.945)),
    "oversized": ((11.75, -2.540, 6.376, -0.570), (-8.050, 12.757, 18.095, 6.296)),
    "poaching": ((12, -5.750, -4.720, -2.5), (7.867, -5.562, 9.150, 1.7)),
    "poaching_package": ((11.2, -3.760, 1.349, -1.910), (2.821, -0.842, 13.678, 2.945)),
    "poaching_oversized": ((11.75, -2.540, 6.376, -0.570), (-8.050, 5.336, 18.095, 6.296)),
    "poaching_tax_mix": ((11.2, -0.610, 4.109, -1.280), (1.321, 2.308, 15.178, 2.945)),
    "seeds_mix": ((12.970, -1.948, 5.110, -0.516), (2.045, 8.017, 20.335, 4.587)),
}
STABLE = {
    "no_tools": {"1000", "1111"},
    "package": {"1111"},
    "oversized": {"0111"},
    "poaching": {"1000"},
    "poaching_package": {"1010"},
    "poaching_oversized": set(),
    "poaching_tax_mix": {"1111"},
    "seeds_mix": {"1111"},
}
SEGMENTED = {"worker_tiers", "firm_size", "informal", "two_regions"}
SHARE_DEPENDENT = {"oversized_tapered"}  # tests/gamebook/test_share_dependence.py


@pytest.fixture(scope="module")
def game():
    return load_game(BUILT_IN / "game.toml", sorted(BUILT_IN.glob("instruments/*.toml")))


@pytest.fixture(scope="module")
def scenarios(game):
    pages = {path.stem: read_page(path) for path in BUILT_IN.glob("scenarios/*.toml")}
    return {name: load_scenario(page, {game.id: game}, pages) for name, page in pages.items()}


@pytest.fixture(scope="module")
def values(scenarios):
    return {name: scenario.values for name, scenario in scenarios.items()}


def cell(profile):
    return tuple(int(digit) for digit in profile)


def advantages(tensor, profile):
    """Gain of each party from index 1 over index 0, the others as in the profile."""
    gains = []
    for party in range(4):
        with_one, with_zero = list(cell(profile)), list(cell(profile))
        with_one[party], with_zero[party] = 1, 0
        gains.append(tensor[(party, *with_one)] - tensor[(party, *with_zero)])
    return np.array(gains)


def strict_nash(tensor):
    profiles = [f"{number:04b}" for number in range(16)]
    return {
        profile for profile in profiles if np.all(advantages(tensor, profile) * (2 * np.array(cell(profile)) - 1) > 0)
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['instrument']}-{case['rates']}")
def test_tool_changes_the_cells_as_worked_out_by_hand(game, case):
    without = game.tensor(**case["base"])
    change = game.tensor(**{**case["base"], **case["rates"]}) - without
    found = {profile: [change[(party, *cell(profile))] for party in range(4)] for profile in case["changes"]}
    for profile, expected in case["changes"].items():
        np.testing.assert_allclose(found[profile], expected, rtol=0, atol=1e-10, err_msg=profile)


def test_every_tool_that_pays_or_changes_a_quantity_has_a_hand_worked_case():
    static = set()
    for path in BUILT_IN.glob("instruments/*.toml"):
        page = tomllib.loads(path.read_text(encoding="utf-8"))
        if page.keys() & {"terms", "factors", "entries"}:
            static.add(path.stem)
    assert {case["instrument"] for case in CASES} == static
    assert all(len(case["changes"]) >= 3 for case in CASES)


def test_each_case_switches_on_the_tool_that_it_names(game):
    for case in CASES:
        before = {instrument.id for instrument in game.in_force(case["base"])}
        after = {instrument.id for instrument in game.in_force({**case["base"], **case["rates"]})}
        assert after - before == {case["instrument"]}


@pytest.mark.parametrize("name", ADVANTAGES)
def test_advantages_at_the_trap_and_at_coordination(game, values, name):
    tensor = game.tensor(**values[name])
    trap, coordination = ADVANTAGES[name]
    np.testing.assert_allclose(advantages(tensor, "1000"), trap, rtol=0, atol=1e-3)
    np.testing.assert_allclose(advantages(tensor, "1111"), coordination, rtol=0, atol=1e-3)


@pytest.mark.parametrize("name", STABLE)
def test_profiles_that_nobody_gains_by_leaving(game, values, name):
    assert strict_nash(game.tensor(**values[name])) == STABLE[name]


def test_no_scenario_with_a_single_tool_removes_the_trap(game, values):
    singles = [name for name in ADVANTAGES if name.endswith("_only")]
    assert len(singles) == 6
    for name in singles:
        assert strict_nash(game.tensor(**values[name])) == {"1000", "1111"}, name


def test_the_subsidies_and_the_tax_alone_hold_coordination_under_fierce_poaching(game, values):
    # The package's other tools are not needed for this result, as the page of the scenario says.
    kept = ("phi", "tau", "t_S", "s_F", "s_W", "e_F", "e_W", "e_P")
    lean = {symbol: values["poaching_tax_mix"][symbol] for symbol in kept}
    assert strict_nash(game.tensor(**lean)) == {"1111"}


@pytest.mark.parametrize(
    ("name", "outlay", "revenue", "burden"),
    [("no_tools", 1.5, 0, 0), ("package", 9.025, 1.6, 1.76), ("seeds_mix", 10.854, 1.6, 2.210)],
)
def test_money_at_coordination(game, values, name, outlay, revenue, burden):
    money = game.ledger(**values[name]).money(profile_weights((1, 1, 1, 1)))
    assert [money.outlay, money.revenue, money.burden] == pytest.approx([outlay, revenue, burden], abs=1e-3)
    assert money.net_cost == pytest.approx(outlay - revenue, abs=2e-3)


def test_policy_cost_of_the_package(game, values):
    ledger = game.ledger(**values["package"])
    start, coordination = (ledger.money(profile_weights(shares)) for shares in (STATUS_QUO, (1, 1, 1, 1)))
    cost = (start.outlay + start.burden + coordination.outlay + coordination.burden) / 2
    assert cost == pytest.approx(6.981, abs=1e-3)


@pytest.mark.parametrize(("name", "quality"), [("no_tools", 0.5905), ("package", 0.6167)])
def test_match_quality_at_coordination(game, values, name, quality):
    weights = profile_weights((1, 1, 1, 1))
    assert game.ledger(**values[name]).measure("matched", weights) == pytest.approx(quality, abs=5e-5)


def test_welfare_leaves_out_how_a_higher_level_judges_the_government(game):
    weights = profile_weights(STATUS_QUO)
    judged = game.ledger(A_G=0, M=0).money(weights).welfare
    assert game.ledger().money(weights).welfare == pytest.approx(judged, abs=1e-12)
    assert game.ledger(A_G=0, M=0, B_S=33).money(weights).welfare > judged


def test_segmented_scenarios_build_on_the_package(scenarios):
    parts = {name: scenarios[name].segments or scenarios[name].regions for name in scenarios}
    assert {name for name, groups in parts.items() if groups} == SEGMENTED
    assert set(scenarios) == set(ADVANTAGES) | SEGMENTED | SHARE_DEPENDENT
    for name in SEGMENTED:
        assert scenarios[name].values == scenarios["package"].values, name
        assert sum(group.weight for group in parts[name]) == pytest.approx(1)


def test_the_tier_that_can_hardly_be_retrained_gains_nothing_from_training(game, scenarios):
    # With the overrides of one segment in force, its own advantage at coordination tells whether it takes part.
    package = scenarios["package"].values
    gains = {
        tier.id: advantages(game.tensor(**{**package, **tier.values}), "1111")[2]
        for tier in scenarios["worker_tiers"].segments
    }
    assert gains["not_retrainable"] < 0 < min(gains["foundation"], gains["transition"])
    assert gains["transition"] == pytest.approx(ADVANTAGES["package"][1][2], abs=1e-3)


def test_the_rust_belt_trains_by_a_narrow_margin(game, scenarios):
    regions = {region.id: region for region in scenarios["two_regions"].regions}
    rust_belt = game.tensor(**{**scenarios["package"].values, **regions["rust_belt"].values})
    assert advantages(rust_belt, "1111")[1] == pytest.approx(0.371, abs=1e-3)
