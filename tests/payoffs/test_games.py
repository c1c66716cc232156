"""Games put together from pages: what they compute and what they refuse."""

import itertools
import pickle
import random
import tempfile
from pathlib import Path

import numpy as np
import pytest

from payoffs.errors import PageError
from payoffs.game import load_game
from payoffs.ledger import mixed_weights, profile_weights
from payoffs.pages import parse_page

DEMO, SUBSIDY, LEVY = (
    (Path(__file__).parent / "pages" / f"{name}.toml").read_text(encoding="utf-8")
    for name in ("demo", "subsidy", "levy")
)


def load(game, *instruments):
    """A game from the texts of its pages."""
    tools = [parse_page(text, f"tool{i}.toml") for i, text in enumerate(instruments)]
    return load_game(parse_page(game, "game.toml"), tools)


def refusal_of(*texts):
    """What is said when the files of a game page and its instruments are loaded, folders left out."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / ("game.toml" if i == 0 else f"tool{i - 1}.toml") for i in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        with pytest.raises(PageError) as refusal:
            load_game(paths[0], paths[1:])
    return str(refusal.value).replace(f"{folder}/", "")


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


def test_out_of_range_quantity_is_refused_with_value_range_and_profile(demo):
    game = load(DEMO.replace("0.25*f", "V*f/100"), SUBSIDY)
    assert "m is 1.1 at profile 10; it must lie in [0, 1]." in refused(game, V=60)
    assert "m is 1.02 at profile 10 [2]; it must lie in [0, 1]." in refused(game, V=[1, 50, 52, 60])
    violated = game.range_violations(V=np.array([1, 50, 52, 60]), s=np.array([[0.0], [0.25]]))
    assert violated.tolist() == [[False, False, True, True], [False, True, True, True]]
    assert "在策略组合 10 处 m 为 1.1，必须在 [0, 1] 之内" in refused(game, "zh", V=60)


def refused(game, lang="en", /, **values):
    with pytest.raises(PageError) as refusal:
        game.tensor(**values)
    return refusal.value.text(lang)


def test_value_that_is_not_finite_is_refused_with_formula_and_profile():
    game = load(DEMO.replace('cost = "C"', 'cost = "C/(V - 10*g)"'))
    assert "cost has no finite value at profile 01: C/(V - 10*g) divides by zero" in refused(game, V=10)
    assert game.range_violations(V=[5, 10]).tolist() == [False, True]
    entry = load(DEMO.replace('"V*m"', '"log(V - 20*g)"'))
    assert 'the entry "output" has no finite amount at profile 01: (log(V - 20*g))*(f)' in refused(entry)
    assert entry.range_violations(V=[5, 30]).tolist() == [True, False]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"V": 101}, "V is 101; it must lie in [0, 100] (kCNY)."),
        ({"C": -1}, "C is -1; it must lie in [0, 100]."),
        ({"V": float("nan")}, "V is nan; it must be a finite number."),
        ({"V": float("inf")}, "V is inf; it must be a finite number."),
        ({"V": True}, "V is true; it must be a number."),
        ({"V": np.True_}, "it must be a number."),
        ({"V": "10"}, "V is 10; it must be a number."),
        ({"V": None}, "it must be a number."),
        ({"V": 1j}, "it must be a number."),
        ({"V": [1.0, True]}, "it must be a number."),
        ({"V": ["1"]}, "it must be a number."),
        ({"V": [[1], [1, 2]]}, "it must be a number."),
        ({"V": {"a": 1}}, "it must be a number."),
        ({"V": [1, 2, 300]}, "at index [2]: V is 300; it must lie in [0, 100] (kCNY)."),
        ({"V": np.array([1.0, np.nan])}, "at index [1]: V is nan; it must be a finite number."),
        ({"v": 1}, '"v" is no parameter of this game. Did you mean "V"?'),
        ({"V": 10**400}, "it must be a finite number."),
        ({"V": [1, 2], "C": [1, 2, 3]}, "shapes that do not fit together: V (2,), C (3,)"),
    ],
)
def test_value_that_is_no_number_within_bounds_is_refused(demo, values, words):
    assert words in refused(demo, **values)


def test_all_wrong_values_are_reported_at_once(demo):
    text = refused(demo, V=-1, C="x", S=1)
    assert len(text.splitlines()) == 3
    with pytest.raises(PageError) as refusal:
        demo.check_values({"V": -1, "C": "x", "S": 1})
    assert len(refusal.value.faults) == 3


def test_checked_values_are_complete_and_come_from_any_kind_of_number(demo):
    assert demo.check_values({"V": np.float32(2), "s": 1}) == {"V": 2.0, "C": 4.0, "ell": 0.0, "back": 0.5, "s": 1.0}


def test_instrument_is_in_force_when_a_switch_is_not_zero(demo):
    assert demo.in_force({}) == ()
    assert [tool.id for tool in demo.in_force({"s": 0.1})] == ["subsidy"]
    assert demo.in_force({"back": 0.9}) == ()
    assert [tool.id for tool in demo.in_force({"ell": 0.1, "s": 0.1})] == ["levy", "subsidy"]


def test_faults_between_pages_are_all_reported_with_their_file():
    broken = """
[instrument]
id = "levy"
switches = ["off"]
titel = "x"
[parameters.V]
default = 0
[parameters.g]
default = 0
[terms]
M = "1"
cost = "Vv"
[ranges]
m = [0, 2]
[[entries]]
id = "output"
payer = "firm"
receiver = "firms"
amount = "x_F"
"""
    text = refusal_of(DEMO, LEVY, broken)
    for words in [
        'tool1.toml: instrument: the key "titel" is not known here. Did you mean "title"?',
        'tool1.toml: instrument.id: the id "levy" is already used in tool0.toml.',
        'tool1.toml: parameters.V: the name "V" already stands for a parameter (game.toml, parameters.V).',
        'tool1.toml: parameters.g: the name "g" already stands for a strategy indicator (game.toml, ',
        'tool1.toml: terms.M: "M" is no derived quantity',
        'tool1.toml: terms.cost: the name "Vv" is not declared.',
        'tool1.toml: ranges.m: "m" is no derived quantity of this page.',
        'tool1.toml: entries.output: the id "output" is already used in game.toml.',
        'tool1.toml: entries.output.receiver: "firms" is no account.',
        'tool1.toml: entries.output.amount: the share "x_F" can only stand in [share_factors].',
        'tool1.toml: instrument.switches: "off" is not known here.',
    ]:
        assert words in text
    assert len(text.splitlines()) == 11


def test_same_symbol_in_two_instruments_is_refused():
    text = refusal_of(DEMO, SUBSIDY, SUBSIDY.replace('"subsidy"', '"again"').replace('"grant"', '"again"'))
    assert 'the name "s" already stands for a parameter' in text


def test_cycle_through_an_instrument_is_refused_naming_it():
    tool = '[instrument]\nid = "a"\n[derived]\nloop = "m + 1"\n[terms]\nm = "loop/2"\n'
    text = refusal_of(DEMO, tool)
    assert "loop -> m -> loop" in text or "m -> loop -> m" in text


def test_base_game_cannot_use_what_an_instrument_declares():
    assert '"s" belongs to an instrument' in refusal_of(DEMO.replace('"V*m"', '"V*m*s"'), SUBSIDY)


def test_game_and_instrument_pages_cannot_change_places():
    text = refusal_of(SUBSIDY, DEMO)
    assert "game.toml: this is a page of kind instrument; here one of kind game is needed." in text
    assert "tool0.toml: this is a page of kind game; here one of kind instrument is needed." in text


DYNAMICS = """
[instrument]
id = "waves"
[parameters.eps]
default = 0
bounds = [0, 1]
[parameters.lag]
default = 0
[share_factors]
cost = "1 + eps*(1 - x_F)"
[[delays]]
of = ["x_G"]
seen_by = ["firm"]
lag = "lag"
[monitoring]
measure = "1 - m"
trigger = "0.7"
release = 0.5
keeps = ["C"]
[correlation]
objective = "welfare"
"""


def test_dynamics_are_kept_and_payoffs_that_depend_on_shares_are_refused():
    game = load(DEMO, DYNAMICS)
    (tool,) = game.instruments
    assert tool.needs_dynamics == "share_factors"
    assert tool.delays[0].seen_by == ("firm",)
    assert tool.monitoring.release.evaluate({}) == 0.5
    assert tool.correlation.objective == "welfare"
    assert game.tensor().tobytes() == load(DEMO).tensor().tobytes()
    assert 'the instrument "waves" is in force (eps is not 0)' in refused(game, eps=[0.0, 0.5])
    with pytest.raises(PageError, match="depend on shares"):
        game.payoff("firm", "11", eps=1)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('cost = "1', 'costs = "1', '"costs" is neither a parameter nor a derived quantity. Did you mean "cost"?'),
        ("x_F)", "x_P)", 'the name "x_P" is not declared.'),
        ('["x_G"]', '["g"]', 'delays#1.of: "g" is not known here.'),
        ('["firm"]', '["frim"]', 'delays#1.seen_by: "frim" is not known here. Did you mean "firm"?'),
        ('lag = "lag"', 'lag = "m"', 'delays#1.lag: only parameters can stand here; "m" is none.'),
        ('["C"]', '["cost"]', 'monitoring.keeps: "cost" is not known here.'),
        ('"welfare"', '"wealth"', 'correlation.objective: "wealth" is not known here.'),
        ("default = 0", "default = 1", "needs a parameter that turns it on"),
    ],
)
def test_mistake_in_a_dynamics_page_is_refused(old, new, words):
    assert words in refusal_of(DEMO, DYNAMICS.replace(old, new))


def cells_page(shape, cell):
    page = '[game]\nid = "cells"\n'
    for i, count in enumerate(shape):
        strategies = ", ".join(f'{{ id = "s{k}" }}' for k in range(count))
        page += f'[[parties]]\nid = "p{i}"\nstrategies = [{strategies}]\n'
    page += "[parameters]\na = 2\n[cells]\n"
    separator = "" if max(shape) <= 10 else ","
    for profile in itertools.product(*map(range, shape)):
        formulas = ", ".join(f'"{formula}"' for formula in cell(profile))
        page += f'"{separator.join(map(str, profile))}" = [{formulas}]\n'
    return page


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


def test_cell_that_is_not_finite_is_refused_with_party_and_profile():
    game = load(cells_page((2, 2), lambda s: ["1/(a - 2)" if s == (1, 0) else "1", 0]))
    assert "the payoff of p0 has no finite value at profile 10: 1/(a - 2) divides by zero" in refused(game)
    assert "at profile 10 [1]: 1/(a - 2)" in refused(game, a=[1, 2])
    assert game.range_violations(a=[1, 2]).tolist() == [False, True]
    assert str(game.payoff("p0", "10", a=3)) == "1"


def test_negative_zero_does_not_show():
    assert str(load(cells_page((1,), lambda s: ["-a*0"])).tensor().tolist()) == "[[0.0]]"


def test_instrument_cannot_change_a_table_of_cells():
    text = refusal_of(cells_page((2, 2), lambda s: [0, 0]), '[instrument]\nid = "x"\n[terms]\nm = "1"\n')
    assert "the game is a table of cells" in text


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


def test_money_follows_the_cash_of_public_parties_and_the_fund(demo):
    ledger = demo.ledger(s=0.5, ell=0.25)
    money = ledger.money(profile_weights([1.0, 1.0]))
    # grant 1.5; levy 2.5 into the fund, 1.25 back to the firm; drag .25 is burden though it goes outside
    assert (money.outlay, money.revenue, money.burden) == (1.5 + 1.25, 2.5, 2.5 + 0.25)
    assert (money.net_cost, money.fund_balance) == (0.25, 1.25)
    # Welfare leaves out the esteem of 3; what stays in the fund is nobody's payoff.
    assert money.welfare == pytest.approx(8.125 - 3.0 - 0.25 - 2.5 + 1.25)
    assert money.outlay_per_matched == pytest.approx(2.75 / 0.8125)
    assert np.isnan(ledger.money(profile_weights([0.0, 1.0])).outlay_per_matched)


def test_expected_figures_weigh_the_profiles(demo):
    ledger = demo.ledger(s=np.array([0.0, 0.5]), ell=0.25)
    shares = np.array([0.3, 0.8])
    flows = {flow.entry.id: flow.amount for flow in ledger.flows(profile_weights(shares))}
    np.testing.assert_allclose(flows["grant"], [0.0, 0.3 * 0.8 * 1.5])
    np.testing.assert_allclose(flows["levy"], [0.8 * 2.5] * 2)
    np.testing.assert_allclose(ledger.measure("matched", profile_weights(shares)), [0.3 * 0.75, 0.3 * (0.75 + 0.05)])
    np.testing.assert_allclose(ledger.money(profile_weights(shares)).revenue, [2.0, 2.0])


def test_weights_of_a_mixed_profile_are_products(demo):
    np.testing.assert_allclose(mixed_weights([[0.2, 0.8], [0.1, 0.3, 0.6]]), np.outer([0.2, 0.8], [0.1, 0.3, 0.6]))
    shares = np.array([[0.2, 0.7], [1.0, 0.0]])
    assert profile_weights(shares)[1].tolist() == [[0.0, 0.0], [1.0, 0.0]]
    np.testing.assert_allclose(profile_weights(shares)[0], np.outer([0.8, 0.2], [0.3, 0.7]))


@pytest.mark.parametrize("weights", [np.ones((2, 2)), np.array([[2.0, -1.0], [0.0, 0.0]]), np.full((2, 2), np.nan)])
def test_weights_that_are_no_probabilities_are_refused(demo, weights):
    with pytest.raises(PageError, match="sum to 1"):
        demo.ledger().money(weights)


def test_decomposition_adds_up_to_the_advantage_and_is_sorted(demo):
    ledger = demo.ledger(s=0.5, ell=0.25)
    terms = ledger.advantage_terms("firm", "01")
    assert [entry.id for entry, _ in terms] == ["output", "training", "grant", "return"]
    assert sum(value for _, value in terms) == pytest.approx(ledger.tensor[0, 1, 1] - ledger.tensor[0, 0, 1])
    batched = demo.ledger(s=np.array([0.0, 0.5]), ell=0.25)
    total = sum(value for _, value in batched.advantage_terms("state", "10"))
    np.testing.assert_allclose(total, batched.tensor[:, 1, 1, 1] - batched.tensor[:, 1, 1, 0])


def test_unknown_party_account_measure_and_profile_get_a_suggestion(demo):
    ledger = demo.ledger()
    with pytest.raises(PageError, match='Did you mean "firm"'):
        ledger.advantage_terms("frim", "11")
    with pytest.raises(PageError, match='Did you mean "outside"'):
        ledger.account("outsid")
    with pytest.raises(PageError, match='Did you mean "matched"'):
        ledger.measure("match", profile_weights([0.5, 0.5]))
    with pytest.raises(PageError, match='"13" is no profile'):
        demo.payoff("firm", "13")
