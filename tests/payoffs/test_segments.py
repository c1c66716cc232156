"""Segments and regions: payoffs of populations against an explicit loop over matches, and what must not change."""

import dataclasses
import itertools

import numpy as np
import pytest

from payoffs.accounts import Accounts
from payoffs.errors import PageError
from payoffs.ledger import profile_weights
from payoffs.pages import parse_page
from payoffs.scenario import load_scenario
from payoffs.segments import matches

# A state (public), a firm and a worker; the firm's gain falls with its cost c, the worker's with its effort e.
THREE = """
[game]
id = "three"
[[parties]]
id = "state"
symbol = "S"
indicator = "s"
public = true
strategies = [{ id = "rest" }, { id = "act" }]
[[parties]]
id = "firm"
symbol = "F"
indicator = "f"
strategies = [{ id = "no" }, { id = "train" }]
[[parties]]
id = "worker"
symbol = "W"
indicator = "w"
strategies = [{ id = "no" }, { id = "learn" }]
[parameters]
V = 10
c = 4
e = 3
t = 2
[measures.matched]
formula = "f*w"
[[entries]]
id = "output"
payer = "outside"
receiver = "firm"
amount = "V - e"
when = "f*w"
[[entries]]
id = "cost"
payer = "firm"
receiver = "outside"
amount = "c"
when = "f"
[[entries]]
id = "wage"
payer = "firm"
receiver = "worker"
amount = "V/5 + e"
when = "f*w"
[[entries]]
id = "effort"
payer = "worker"
receiver = "outside"
amount = "e"
when = "w"
cash = false
[[entries]]
id = "grant"
payer = "state"
receiver = "firm"
amount = "t*c"
when = "s*f"
[[entries]]
id = "levy"
payer = "firm"
receiver = "fund"
amount = "V/10"
when = "s*(1-f)"
"""
SEGMENTS = """
[[segments]]
party = "firm"
id = "small"
weight = 0.25
values = { c = 7 }
[[segments]]
party = "firm"
id = "large"
weight = 0.75
values = {}
[[segments]]
party = "worker"
id = "young"
weight = 0.4
values = { e = 1 }
[[segments]]
party = "worker"
id = "old"
weight = 0.6
values = { e = 5 }
"""
REGIONS = """
[[regions]]
id = "east"
weight = 0.7
values = { V = 12 }
[[regions]]
id = "west"
weight = 0.3
values = { t = 1 }
"""


def game_and_matches(groups, text=THREE):
    from payoffs.game import load_game

    game = load_game(parse_page(text))
    scenario = load_scenario(parse_page(f'[scenario]\nid = "x"\ngame = "three"\n{groups}', "x.toml"), {"three": game})
    return game, scenario, matches(game, scenario.segments, scenario.regions)


def by_hand(game, scenario, found, shares):
    """Payoffs at mixed shares: every match, every profile, every cell, one after the other."""
    names = [(game.parties[p.party].id, p.segment, p.region) for p in found.populations]
    total, taken = [0.0] * len(names), [0.0] * len(names)
    for region in scenario.regions or [None]:
        parts = []
        for party in game.parties:
            own = [part for part in scenario.segments if part.party == party.id] or [None]
            parts.append([(party, part) for part in own])
        for members in itertools.product(*parts):
            chance, values = (1.0, {}) if region is None else (region.weight, dict(region.values))
            here = []
            for party, part in members:
                chance *= 1.0 if part is None else part.weight
                values.update({} if part is None else part.values)
                home = None if region is None or party.public else region.id
                here.append(names.index((party.id, None if part is None else part.id, home)))
            cells = game.tensor(**values)
            for profile in itertools.product((0, 1), repeat=game.n):
                odds = chance
                for k, digit in zip(here, profile, strict=True):
                    odds *= shares[k] if digit else 1.0 - shares[k]
                for i, k in enumerate(here):
                    total[k] += odds * cells[(i, *profile)]
            for k in here:
                taken[k] += chance
    return [amount / chance for amount, chance in zip(total, taken, strict=True)]


def expected(tensor, shares):
    return (tensor * profile_weights(shares)).reshape(len(tensor), -1).sum(axis=1)


@pytest.mark.parametrize("groups", [SEGMENTS, REGIONS, SEGMENTS + REGIONS, ""], ids=["parts", "places", "both", "-"])
def test_payoffs_of_populations_equal_a_loop_over_all_matches(groups):
    game, scenario, found = game_and_matches(groups)
    tensor = found.payoffs(game)
    for shares in np.random.default_rng(3).random((3, len(found.populations))):
        assert expected(tensor, shares) == pytest.approx(by_hand(game, scenario, found, shares), abs=1e-12)


def test_two_segments_worked_out_by_hand():
    # All others cooperate and the state acts: output 10 - e and wage 2 + e leave a firm 8 - 2e, less c, plus 2c;
    # e is 1 for two workers in five and 5 for the others, 3.4 on average. Small firms pay c = 7, large ones 4.
    game, _, found = game_and_matches(SEGMENTS)
    tensor = found.payoffs(game)
    assert tensor[1, 1, 1, 1, 1, 1] == pytest.approx(8 - 6.8 + 7)
    assert tensor[2, 1, 1, 1, 1, 1] == pytest.approx(8 - 6.8 + 4)
    # The state gives 2c, and meets a small firm one time in four.
    assert tensor[0, 1, 1, 1, 1, 1] == pytest.approx(-0.25 * 14 - 0.75 * 8)
    # With the young workers out, a small firm meets an old one that learns six times in ten.
    assert tensor[1, 1, 1, 1, 0, 1] == pytest.approx(0.6 * (8 - 10) + 7)
    # Young workers are paid V/5 + e - e wherever they meet a firm that trains: three times in four.
    assert tensor[3, 1, 0, 1, 1, 1] == pytest.approx(0.75 * 3 - 1)


def test_regions_are_blocks_that_meet_only_through_the_public_party():
    game, _, found = game_and_matches(REGIONS)
    assert [(p.party, p.region, p.weight) for p in found.populations] == [
        (0, None, 1.0), (1, "east", 0.7), (2, "east", 0.7), (1, "west", 0.3), (2, "west", 0.3)
    ]  # fmt: skip
    tensor = found.payoffs(game)
    east, west = game.tensor(V=12), game.tensor(t=1)
    for s, f, w, f2, w2 in itertools.product((0, 1), repeat=5):
        here = tensor[:, s, f, w, f2, w2]
        assert here[1:].tolist() == [east[1, s, f, w], east[2, s, f, w], west[1, s, f2, w2], west[2, s, f2, w2]]
        assert here[0] == pytest.approx(0.7 * east[0, s, f, w] + 0.3 * west[0, s, f2, w2])


def test_the_public_party_is_one_for_all_regions_wherever_it_stands():
    last = THREE.replace('id = "state"\nsymbol = "S"\nindicator = "s"\npublic = true', 'id = "state"\nindicator = "s"')
    last = last.replace('id = "worker"\nsymbol = "W"\nindicator = "w"', 'id = "worker"\nindicator = "w"\npublic = true')
    game, scenario, found = game_and_matches(REGIONS, last)
    assert [(game.parties[p.party].id, p.region) for p in found.populations] == [
        ("worker", None), ("state", "east"), ("firm", "east"), ("state", "west"), ("firm", "west")
    ]  # fmt: skip
    shares = np.random.default_rng(4).random(5)
    tensor = found.payoffs(game)
    assert expected(tensor, shares) == pytest.approx(by_hand(game, scenario, found, shares), abs=1e-12)


def test_without_a_public_party_regions_are_games_of_their_own():
    game, scenario, found = game_and_matches(REGIONS, THREE.replace("public = true\n", ""))
    assert len(found.populations) == 6
    tensor = found.payoffs(game)
    east, west = np.random.default_rng(6).random((2, 3))
    assert expected(tensor, [*east, *west])[:3] == pytest.approx(expected(tensor, [*east, *east])[:3], abs=1e-12)
    assert expected(tensor, [*east, *west]) == pytest.approx(by_hand(game, scenario, found, [*east, *west]), abs=1e-12)


def test_a_party_in_two_identical_segments_behaves_like_the_whole_party():
    alike = "".join(
        f'[[segments]]\nparty = "firm"\nid = "{i}"\nweight = {w}\nvalues = {{}}\n' for i, w in (("a", 0.3), ("b", 0.7))
    )
    game, _, found = game_and_matches(alike)
    whole, tensor = game.tensor(), found.payoffs(game)
    for x in np.random.default_rng(1).random((4, 3)):
        split = expected(tensor, x[[0, 1, 1, 2]])
        assert split == pytest.approx(expected(whole, x)[[0, 1, 1, 2]], abs=1e-12)
    # Only the weighted mean of the two shares matters to the others.
    assert expected(tensor, [0.5, 0.9, 0.4, 0.2])[[0, 3]] == pytest.approx(expected(whole, [0.5, 0.55, 0.2])[[0, 2]])


def test_a_segment_of_weight_one_is_the_party_with_its_values():
    game, _, found = game_and_matches('[[segments]]\nparty = "firm"\nid = "all"\nweight = 1\nvalues = { c = 7 }\n')
    assert np.array_equal(found.payoffs(game), game.tensor(c=7))


def test_parameter_arrays_keep_their_axes_in_front():
    game, _, found = game_and_matches(SEGMENTS)
    grid = found.payoffs(game, V=np.array([10.0, 14.0])[:, None], c=np.array([4.0, 5.0, 6.0]))
    assert grid.shape == (2, 3, 5, 2, 2, 2, 2, 2)
    assert np.array_equal(grid[1, 2], found.payoffs(game, V=14, c=6))
    # The segment that sets c keeps its own.
    assert np.array_equal(grid[0, :, 1, 0, 1, 1, 1, 1], np.repeat(grid[0, 0, 1, 0, 1, 1, 1, 1], 3))


def test_accounts_of_populations_balance_at_any_shares():
    game, _, found = game_and_matches(SEGMENTS + REGIONS)
    accounts = Accounts(found.ledger(game), found)
    tensor = found.payoffs(game)
    weights = np.array([p.weight for p in found.populations])
    for shares in np.random.default_rng(5).random((3, len(weights))):
        kept = dict.fromkeys(("state", "firm", "worker", "fund", "outside"), 0.0)
        for flow in accounts.flows(shares):
            kept[flow.entry.payer] -= flow.amount
            kept[flow.entry.receiver] += flow.amount
        payoffs = expected(tensor, shares) * weights
        by_party = [sum(payoffs[k] for k, p in enumerate(found.populations) if p.party == i) for i in range(3)]
        assert by_party == pytest.approx([kept["state"], kept["firm"], kept["worker"]], abs=1e-12)
        assert sum(by_party) + kept["fund"] + kept["outside"] == pytest.approx(0.0, abs=1e-12)
        money = accounts.money(shares)
        assert money.fund_balance == pytest.approx(kept["fund"])
        assert money.outlay_per_matched == pytest.approx(money.outlay / accounts.measure("matched", shares))


def test_money_is_per_worker_and_a_mean_over_the_matches():
    game, _, found = game_and_matches(SEGMENTS)
    accounts = Accounts(found.ledger(game), found)
    # Grants of 2c to all firms: 14 for one firm in four, 8 for the others.
    assert accounts.money(np.ones(5)).outlay == pytest.approx(0.25 * 14 + 0.75 * 8)
    assert accounts.money(np.array([1.0, 1.0, 0.0, 1.0, 1.0])).outlay == pytest.approx(0.25 * 14)
    # Three firms in four keep out of training and pay 1 into the fund.
    assert accounts.money(np.array([1.0, 1.0, 0.0, 1.0, 1.0])).revenue == pytest.approx(0.75)
    batch = accounts.money(np.random.default_rng(0).random((4, 2, 5)))
    assert batch.outlay.shape == batch.outlay_per_matched.shape == (4, 2)


def test_tables_over_profiles_hold_the_figures_of_every_profile():
    game, _, found = game_and_matches(SEGMENTS + REGIONS)
    accounts = Accounts(found.ledger(game), found)
    measures, money = accounts.at_profiles()
    for profile in np.random.default_rng(2).integers(0, 2, (4, len(found.populations))):
        at = tuple(profile)
        assert measures["matched"][at] == pytest.approx(accounts.measure("matched", profile), abs=1e-12)
        assert money["burden"][at] == pytest.approx(accounts.money(profile).burden, abs=1e-12)


def test_terms_of_an_advantage_sum_to_it():
    game, _, found = game_and_matches(SEGMENTS + REGIONS)
    accounts = Accounts(found.ledger(game), found)
    tensor = found.payoffs(game)
    shares = np.random.default_rng(7).random(len(found.populations))
    for k in range(len(shares)):
        low, high = shares.copy(), shares.copy()
        low[k], high[k] = 0.0, 1.0
        gain = expected(tensor, high)[k] - expected(tensor, low)[k]
        terms = accounts.advantage_terms(k, shares)
        assert sum(amount for _, amount in terms) == pytest.approx(gain, abs=1e-12)
        assert [abs(a) for _, a in terms] == sorted((abs(a) for _, a in terms), reverse=True)


def test_a_game_without_parameters_can_be_split_too():
    cells = '[game]\nid = "three"\n' + "".join(
        f'[[parties]]\nid = "p{i}"\nstrategies = [{{ id = "a" }}, {{ id = "b" }}]\n' for i in range(2)
    )
    cells += '[cells]\n"00" = ["1", "2"]\n"01" = ["3", "4"]\n"10" = ["5", "6"]\n"11" = ["7", "8"]\n'
    halves = "".join(f'[[segments]]\nparty = "p0"\nid = "{i}"\nweight = 0.5\nvalues = {{}}\n' for i in "ab")
    game, _, found = game_and_matches(halves, cells)
    assert found.payoffs(game)[:, 1, 0, 1].tolist() == [7.0, 3.0, 0.5 * (8 + 4)]


def test_a_region_and_a_segment_from_two_pages_cannot_set_the_same_symbol():
    game, scenario, _ = game_and_matches(REGIONS)
    _, other, _ = game_and_matches('[[segments]]\nparty = "firm"\nid = "a"\nweight = 1\nvalues = { V = 3 }\n')
    with pytest.raises(PageError, match="V is also overridden by a segment or region"):
        matches(game, other.segments, scenario.regions)


def test_a_value_that_cannot_be_is_named_with_its_segments_or_region(training, scenarios):
    two = scenarios["two_regions"]
    wrong = dataclasses.replace(two.regions[1], values={**two.regions[1].values, "e_F": 0.9})
    found = matches(training, (), (two.regions[0], wrong))
    with pytest.raises(PageError, match=r"earmarked is 1.5 at profile 0000 \(rust_belt\)"):
        found.payoffs(training, **two.values)
    with pytest.raises(PageError, match=r"at profile 0000 \[1\] \(rust_belt\)"):
        found.ledger(training, **{**two.values, "e_W": [-0.0, 0.2], "e_P": [0.0, 0.0]})
    # A game of whole parties says nothing of matches.
    with pytest.raises(PageError, match=r"earmarked is 1.5 at profile 0000;"):
        matches(training).ledger(training, **{**two.values, "e_F": 0.9})


def test_more_populations_than_can_be_worked_out_are_refused():
    many = "".join(f'[[segments]]\nparty = "firm"\nid = "s{i}"\nweight = 0.1\nvalues = {{}}\n' for i in range(10))
    with pytest.raises(PageError, match="make 12 populations; at most 10"):
        game_and_matches(many)
