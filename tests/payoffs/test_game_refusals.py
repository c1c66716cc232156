"""Values and combinations of pages that games refuse: each fault with its page, range and profile."""

import numpy as np
import pytest

from payoffs.errors import PageError
from tests.payoffs.demo_game import DEMO, LEVY, SUBSIDY, cells_page, load, refusal_of, refused


def test_out_of_range_quantity_is_refused_with_value_range_and_profile(demo):
    game = load(DEMO.replace("0.25*f", "V*f/100"), SUBSIDY)
    assert "m is 1.1 at profile 10; it must lie in [0, 1]." in refused(game, V=60)
    assert "m is 1.02 at profile 10 [2]; it must lie in [0, 1]." in refused(game, V=[1, 50, 52, 60])
    violated = game.range_violations(V=np.array([1, 50, 52, 60]), s=np.array([[0.0], [0.25]]))
    assert violated.tolist() == [[False, False, True, True], [False, True, True, True]]
    assert "在策略组合 10 处 m 为 1.1，必须在 [0, 1] 之内" in refused(game, "zh", V=60)


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
    assert "x_F" in {str(each) for each in game.payoff("firm", "11", eps=1).free_symbols}
    assert "x_F" not in {str(each) for each in game.payoff("firm", "11", eps=0).free_symbols}


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


def test_cell_that_is_not_finite_is_refused_with_party_and_profile():
    game = load(cells_page((2, 2), lambda s: ["1/(a - 2)" if s == (1, 0) else "1", 0]))
    assert "the payoff of p0 has no finite value at profile 10: 1/(a - 2) divides by zero" in refused(game)
    assert "at profile 10 [1]: 1/(a - 2)" in refused(game, a=[1, 2])
    assert game.range_violations(a=[1, 2]).tolist() == [False, True]
    assert str(game.payoff("p0", "10", a=3)) == "1"


def test_instrument_cannot_change_a_table_of_cells():
    text = refusal_of(cells_page((2, 2), lambda s: [0, 0]), '[instrument]\nid = "x"\n[terms]\nm = "1"\n')
    assert "the game is a table of cells" in text
