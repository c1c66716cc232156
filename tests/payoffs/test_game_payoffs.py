"""Payoffs of games put together from pages: ledgers and cells, instruments on and off, in any order and shape."""

import itertools
import pickle
import random

import numpy as np
import pytest

from payoffs.errors import PageError
from tests.payoffs.demo_game import DEMO, LEVY, SUBSIDY, cells_page, load


def test_payoffs_are_receipts_less_payments(demo):
    firm, state = demo.tensor(s=0.5, ell=0.25)
    # m = .5 + .25 f + .0625 g, cost = 4 * (1 - .25 g), levy 2.5, half of it back, drag .25; axes [f, g]
    assert firm.tolist() == [[0.0, -2.75], [7.5 - 4.0, 8.125 - 3.0 + 1.5 - 2.5 + 1.25 - 0.25]]
    assert state.tolist() == [[0.0, 3.0], [0.0, 3.0 - 1.5]]


def test_derived_quantity_is_base_plus_terms_times_factors():
    factor = '[instrument]\nid = "z"\n[factors]\nm = "0.5"\n'
    term = '[instrument]\nid = "a"\n[terms]\nm = "0.25*g"\n'
    m = load(DEMO, factor, term).ledger().derived["m"]
    assert m.tolist() == [[0.25, 0.375], [0.375, 0.5]]


def random_game(seed):
    """A game page with random formulas and three instruments that are all off by default."""
    draw = random.Random(seed)
    names = ["V", "C", "f", "g", "m"]

    def formula(*more):
        parts = [f"{draw.uniform(-2, 2):.3f}*{draw.choice([*names, *more])}" for _ in range(4)]
        return f"{draw.uniform(-1, 1):.3f} + " + " + ".join(parts) + f" - exp({draw.choice([*names, *more])}/37)"

    game = DEMO.replace('m = "0.5 + 0.25*f"', 'm = "(V/7 + f*g - 1/3)/C"').replace("m = [0, 1]", "")
    for i in range(3):
        amount, payer = formula("cost"), draw.choice(["firm", "state", "outside"])
        receiver = draw.choice([name for name in ("firm", "state", "outside", "fund") if name != payer])
        game += f'[[entries]]\nid = "r{i}"\npayer = "{payer}"\nreceiver = "{receiver}"\namount = "{amount}"\n'
    tools = [
        f"""
[instrument]
id = "tool{i}"
[parameters.r{i}]
default = 0
bounds = [0, 1]
[terms]
m = "r{i}*({formula()})"
cost = "r{i}*({formula()})"
[factors]
cost = "1 - r{i}*({formula()})"
[[entries]]
id = "t{i}"
payer = "firm"
receiver = "{draw.choice(["fund", "state", "outside"])}"
amount = "r{i}*({formula("cost")})"
when = "f*g"
""".replace("*m", "*C")
        .replace("/37", "/41")
        .replace("exp(m", "exp(C")
        for i in range(3)
    ]
    return game, tools


@pytest.mark.parametrize("seed", range(12))
def test_zero_rate_gives_the_bits_of_the_game_without_the_instrument(seed):
    game, tools = random_game(seed)
    everything = load(game, *tools)
    for left_out in range(3):
        rates = {f"r{i}": 0.3 + 0.1 * i for i in range(3) if i != left_out}
        without = load(game, *(tool for i, tool in enumerate(tools) if i != left_out)).tensor(**rates)
        assert everything.tensor(**rates).tobytes() == without.tobytes()
    assert everything.tensor().tobytes() == load(game).tensor().tobytes()
    assert everything.tensor(r0=0.5).tobytes() != everything.tensor().tobytes()


@pytest.mark.parametrize("seed", range(4))
def test_order_of_loading_cannot_matter(seed):
    game, tools = random_game(seed)
    rates = {"r0": 0.2, "r1": 0.7, "r2": 0.9}
    games = [load(game, *order) for order in itertools.permutations(tools)]
    assert len({other.tensor(**rates).tobytes() for other in games}) == 1
    assert len({other.digest for other in games}) == 1


@pytest.mark.parametrize("seed", range(8))
def test_all_accounts_sum_to_zero_in_every_profile(seed):
    game, tools = random_game(seed)
    ledger = load(game, *tools).ledger(r0=np.linspace(0, 1, 5), r1=0.4, V=np.array([[1.0], [50.0]]))
    total = ledger.tensor.sum(axis=-3) + ledger.account("fund") + ledger.account("outside")
    assert total.shape == (2, 5, 2, 2)
    assert np.abs(total).max() <= 1e-12 * np.abs(ledger.amounts).max() * len(ledger.entries)
    for player, party in enumerate(ledger.parties):
        np.testing.assert_allclose(ledger.tensor[..., player, :, :], ledger.account(party.id), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_array_values_give_what_single_values_give(seed):
    game, tools = random_game(seed)
    loaded = load(game, *tools)
    rates, values = np.linspace(0, 1, 4), np.array([[3.0], [40.0], [99.0]])
    batch = loaded.tensor(r0=rates, V=values, C=7)
    assert batch.shape == (3, 4, 2, 2, 2)
    for i, j in itertools.product(range(3), range(4)):
        single = loaded.tensor(r0=float(rates[j]), V=float(values[i, 0]), C=7)
        np.testing.assert_allclose(batch[i, j], single, rtol=1e-14)


def test_tensor_is_a_new_array_each_time(demo):
    first = demo.tensor()
    first[:] = 0
    assert demo.tensor().any()


def test_fund_inflow_is_what_is_paid_into_the_fund_in_the_cell(demo):
    second = LEVY.replace("levy", "other").replace("ell", "ell2").replace("back", "back2").replace("return", "return2")
    second = second.replace('"drag"', '"drag2"')
    game = load(DEMO, LEVY, second)
    by_id = dict(zip([entry.id for entry in game.entries], game.ledger(ell=0.1, ell2=0.3).amounts, strict=True))
    assert by_id["return"].tolist() == [[0.0, 0.0], [0.0, 0.5 * (1.0 + 3.0)]]


def test_checked_values_are_complete_and_come_from_any_kind_of_number(demo):
    assert demo.check_values({"V": np.float32(2), "s": 1}) == {"V": 2.0, "C": 4.0, "ell": 0.0, "back": 0.5, "s": 1.0}


def test_instrument_is_in_force_when_a_switch_is_not_zero(demo):
    assert demo.in_force({}) == ()
    assert [tool.id for tool in demo.in_force({"s": 0.1})] == ["subsidy"]
    assert demo.in_force({"back": 0.9}) == ()
    assert [tool.id for tool in demo.in_force({"ell": 0.1, "s": 0.1})] == ["levy", "subsidy"]


@pytest.mark.parametrize("shape", [(2, 2), (3, 2), (1, 4), (2, 11), (2, 3, 2), (2,) * 10, (5,)])
def test_table_of_cells_becomes_the_tensor(shape):
    place = {s: k for k, s in enumerate(itertools.product(*map(range, shape)))}
    game = load(cells_page(shape, lambda s: [f"{place[s]}*a + {i}" for i in range(len(shape))]))
    tensor = game.tensor(a=np.array([1.0, 3.0]))
    assert tensor.shape == (2, len(shape), *shape)
    for player in range(len(shape)):
        expected = np.arange(len(place)).reshape(shape)
        assert np.array_equal(tensor[0, player], expected + player)
        assert np.array_equal(tensor[1, player], 3 * expected + player)
    assert not game.has_ledger
    with pytest.raises(PageError, match="has no ledger"):
        game.ledger()


def test_negative_zero_does_not_show():
    assert str(load(cells_page((1,), lambda s: ["-a*0"])).tensor().tolist()) == "[[0.0]]"


def test_strategies_of_a_larger_party_have_indicators_of_their_own():
    page = DEMO.replace('indicator = "g"\nshare = "x_G"', "").replace(
        '{ id = "pay" }', '{ id = "pay", indicator = "g" }, { id = "double", indicator = "h" }'
    )
    game = load(page.replace('when = "g"', 'when = "g + 2*h"'))
    assert game.tensor()[1].tolist() == [[0.0, 3.0, 6.0], [0.0, 3.0, 6.0]]
    assert game.strategies == (("no", "train"), ("no", "pay", "double"))


def test_game_cannot_be_changed_and_survives_pickling(demo):
    with pytest.raises(AttributeError):
        demo.unit = "euro"
    with pytest.raises(TypeError):
        demo.parameters["V"] = None
    assert len({demo, demo, load(DEMO, SUBSIDY, LEVY)}) == 2
    assert repr(demo) == "Game('demo', 2 parties, 5 parameters, 2 instruments, 7 entries)"
    copy = pickle.loads(pickle.dumps(demo))
    assert copy.tensor(s=0.5).tobytes() == demo.tensor(s=0.5).tobytes()
    assert copy.digest == demo.digest


def test_digest_changes_with_any_page(demo):
    assert load(DEMO, SUBSIDY, LEVY).digest == demo.digest
    assert load(DEMO + "# remark\n", SUBSIDY, LEVY).digest != demo.digest
    assert load(DEMO, SUBSIDY).digest != demo.digest
