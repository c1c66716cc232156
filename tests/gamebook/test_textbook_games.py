"""The shipped games besides the built-in one: textbook games and the games of published papers.

``data/published_games.json`` holds payoffs, advantages, eigenvalues, stable states and end states per game and
parameter set. They were recomputed from the publications' payoffs by another program and never read from our pages;
its formulas are parsed by sympy here, not by our reader. Profiles have one digit per party: 1 is the strategy that
the publication names first, which our pages list second (index 1).
"""

import itertools
import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import sympy
from scipy.integrate import solve_ivp
from scipy.special import expit as shares_of
from scipy.special import logit as odds_of

import gamebook
from gamebook.book import Book
from solvers.dynamics.integrate import follow_to_capture
from solvers.expected import payoff_advantages
from solvers.stability import Stability

PUBLISHED = json.loads((Path(__file__).parent / "data" / "published_games.json").read_text(encoding="utf-8"))
SETS = {name: game for game, data in PUBLISHED.items() for name in data.get("sets", {})}
# Every parameter set with its expected results, and every game that has only one.
EXPECTED = {name: PUBLISHED[game]["sets"][name] for name, game in SETS.items()}
EXPECTED |= {game: data for game, data in PUBLISHED.items() if "sets" not in data and "eigenvalues" in data}
# Games with more than two strategies have tests of their own in test_general_games.py.
GENERAL = {"minimum-effort", "rock-paper-scissors"}
SHELVES = {name: s for name, s in Book.open().shelves.items() if name not in {"training-investment", *GENERAL}}
TARGETS = [*SHELVES, *SETS]
END_STATES = [
    pytest.param(name, state, id=f"{name}-{state['initial']}-{state['t_end']}")
    for name, data in EXPECTED.items()
    for state in data.get("end_states", [])
]
EIGENVALUE_ERROR = 1e-9  # the tolerance that every case states


@cache
def case_of(target):
    return gamebook.load(target)


@cache
def solution_of(target):
    return gamebook.solve(case_of(target))


def advantages_of(target, **values):
    return payoff_advantages(case_of(target).tensor(**values))


def pure_points(target):
    solution = solution_of(target)
    return {solution.full_name(point.pure): point for point in solution.rest_points if point.pure is not None}


def mixed_points(target):
    return [point for point in solution_of(target).rest_points if point.pure is None]


def exactly(text, symbols):
    # parse_expr evaluates its text: fine here, where the texts are the data of these tests and never a user's file.
    return sympy.parse_expr(str(text), local_dict=symbols)


def symbols_of(game):
    names = [*PUBLISHED[game]["parameters"], *PUBLISHED[game]["shares"]]
    return {name: sympy.Symbol(name, real=True) for name in names}


def constants_of(game):
    """Values for the parameters of our page that the published game writes as plain numbers."""
    page = case_of(game).game
    return {symbol: value for symbol, value in page.defaults().items() if symbol not in PUBLISHED[game]["parameters"]}


def path_of(advantages, start, time, **options):
    """Replicator path in log-odds by SciPy: a route to the end states that shares no code with our integrator."""
    n = len(start)
    table = advantages.reshape(n, -1)

    def rate(_, odds):
        weights = np.ones(1)
        for x in shares_of(odds):
            weights = np.multiply.outer(weights, (1.0 - x, x)).reshape(-1)
        return table @ weights

    return solve_ivp(rate, (0.0, time), odds_of(start), method="DOP853", rtol=1e-11, atol=1e-12, **options)


def captured_by(advantages, starts):
    """Profile of the strict equilibrium that captures each path; None for a path that none captures."""
    ends = follow_to_capture(advantages, np.atleast_2d(np.asarray(starts, dtype=float)), most_steps=20_000)
    return [None if k < 0 else "".join(map(str, ends.targets[k])) for k in ends.outcome]


def same_numbers(found, expected, tolerance):
    def in_order(values):
        return sorted(np.asarray(values, dtype=complex), key=lambda v: (round(v.real, 9), round(v.imag, 9)))

    return np.allclose(in_order(found), in_order(expected), rtol=0.0, atol=tolerance)


# The payoffs are the published ones.


@pytest.mark.parametrize("game", PUBLISHED)
def test_payoffs_are_the_published_formulas_whatever_the_values(game):
    page, data = case_of(game).game, PUBLISHED[game]
    assert set(data["parameters"]) <= set(page.parameters)
    rng = np.random.default_rng(7)
    values = {
        symbol: rng.uniform(max(p.low, -5.0), min(p.high, 5.0), 6)
        for symbol, p in page.parameters.items()
        if symbol in data["parameters"]
    }
    ours = page.tensor(**values)
    symbols = symbols_of(game)
    assert len(data["payoffs"]) == 2**page.n
    for profile, formulas in data["payoffs"].items():
        for player, formula in enumerate(formulas):
            theirs = sympy.lambdify([symbols[name] for name in values], exactly(formula, symbols))(*values.values())
            cell = ours[(..., player, *map(int, profile))]
            assert np.allclose(cell, theirs, rtol=0.0, atol=1e-12), (profile, player)


@pytest.mark.parametrize("game", PUBLISHED)
def test_advantages_are_the_published_ones_exactly(game):
    page, data, symbols = case_of(game).game, PUBLISHED[game], symbols_of(game)
    gains = [exactly(formula, symbols) for formula in data["gains"]]
    for corner in itertools.product((0, 1), repeat=page.n):
        here = {symbols[share]: digit for share, digit in zip(data["shares"], corner, strict=True)}
        for player, party in enumerate(page.parties):
            ours = page.advantage(party.id, "".join(map(str, corner)), **constants_of(game))
            assert sympy.expand(ours - gains[player].subs(here)) == 0, (corner, party.id)


@pytest.mark.parametrize("game", [game for game, data in PUBLISHED.items() if "eigenvalues" in data])
def test_eigenvalues_at_pure_points_are_the_derived_formulas_exactly(game):
    page, symbols = case_of(game).game, symbols_of(game)
    for profile, formulas in PUBLISHED[game]["eigenvalues"].items():
        for player, party in enumerate(page.parties):
            ours = (1 - 2 * int(profile[player])) * page.advantage(party.id, profile, **constants_of(game))
            theirs = sympy.nsimplify(exactly(formulas[player], symbols), rational=True, tolerance=1e-12)
            assert sympy.expand(ours - theirs) == 0, (profile, party.id)


@pytest.mark.parametrize("name", SETS)
def test_scenario_sets_the_published_values_and_the_first_published_start(name):
    case, expected = case_of(name), EXPECTED[name]
    assert case.game.id == SETS[name]
    assert case.game.check_values(case.values) == expected["parameters"]
    assert list(case.start.values()) == expected["end_states"][0]["initial"]


# Solving them finds what the publications' payoffs imply.


@pytest.mark.parametrize("target", EXPECTED)
def test_eigenvalues_at_every_pure_point(target):
    case, found = case_of(target), pure_points(target)
    symbols = symbols_of(case.game.id)
    values = {symbols[name]: v for name, v in case.game.check_values(case.values).items() if name in symbols}
    assert len(found) == 2**case.game.n
    for profile, formulas in EXPECTED[target]["eigenvalues"].items():
        expected = [float(exactly(formula, symbols).subs(values)) for formula in formulas]
        assert np.allclose(found[profile].eigenvalues, expected, rtol=0.0, atol=EIGENVALUE_ERROR), profile


@pytest.mark.parametrize("target", [t for t, data in EXPECTED.items() if "ess" in data])
def test_evolutionarily_stable_states_are_all_listed_and_no_other(target):
    solution = solution_of(target)
    assert sorted(solution.full_name(p.pure) for p in solution.ess) == EXPECTED[target]["ess"]
    assert solution.all_verified


@pytest.mark.parametrize("target", [t for t, data in EXPECTED.items() if "nonhyperbolic" in data])
def test_pure_points_with_a_zero_eigenvalue_are_ties_and_never_called_stable(target):
    found = pure_points(target)
    assert sorted(name for name, point in found.items() if point.ties) == EXPECTED[target]["nonhyperbolic"]
    for name in EXPECTED[target]["nonhyperbolic"]:
        assert found[name].stability in (Stability.UNSTABLE, Stability.UNDECIDED)
        assert not found[name].is_evolutionarily_stable


@pytest.mark.parametrize(("name", "state"), END_STATES)
def test_published_path_ends_where_it_should(name, state):
    path = path_of(advantages_of(name, **case_of(name).values), state["initial"], state["t_end"])
    tolerance = PUBLISHED[SETS.get(name, name)]["end_state_abs"]
    assert np.allclose(shares_of(path.y[:, -1]), state["state"], rtol=0.0, atol=tolerance)


@pytest.mark.parametrize("name", [name for name in SETS if EXPECTED[name]["ess"]])
def test_path_that_has_come_close_to_a_stable_state_is_captured_by_it(name):
    near = [s for s in EXPECTED[name]["end_states"] if max(abs(x - round(x)) for x in s["state"]) < 0.05]
    assert near
    wanted = ["".join(str(round(x)) for x in s["state"]) for s in near]
    assert captured_by(advantages_of(name, **case_of(name).values), [s["initial"] for s in near]) == wanted
    assert set(wanted) <= set(EXPECTED[name]["ess"])


@pytest.mark.parametrize("target", TARGETS)
def test_mixed_rest_points_have_zero_trace_and_are_never_sinks(target):
    # Hofbauer and Sigmund 1998; Selten 1980; Ritzberger and Weibull 1995.
    for point in solution_of(target).rest_points:
        assert abs(np.sum(point.eigenvalues[list(point.mixing)])) < 1e-9
        assert (point.stability is Stability.SINK) == bool(point.is_evolutionarily_stable)
        assert point.pure is not None or point.stability is not Stability.SINK


@pytest.mark.parametrize("target", TARGETS)
def test_eigenvalues_at_the_two_ends_of_an_edge_are_opposite(target):
    found = pure_points(target)
    for name, point in found.items():
        for k, digit in enumerate(name):
            neighbour = name[:k] + str(1 - int(digit)) + name[k + 1 :]
            assert point.eigenvalues[k] == -found[neighbour].eigenvalues[k]


# Single games.


@pytest.mark.parametrize(("target", "point", "eigenvalues", "stability", "tolerance"), [
    ("matching-pennies", (1 / 2, 1 / 2), (1j, -1j), Stability.NEUTRAL, 1e-9),
    ("battle-of-the-sexes", (2 / 3, 1 / 3), (2 / 3, -2 / 3), Stability.SADDLE, 1e-9),
    ("stag-hunt", (3 / 4, 3 / 4), (3 / 4, -3 / 4), Stability.SADDLE, 1e-9),
    ("inspection", (2 / 5, 4 / 5), (2j * 6**0.5 / 5, -2j * 6**0.5 / 5), Stability.NEUTRAL, 1e-9),
    ("mckelvey-mclennan", (2 / 3, 1 / 3, 2 / 3),
     (-0.0740740741, 0.037037037 - 0.0641500299j, 0.037037037 + 0.0641500299j), Stability.SADDLE, 1e-9),
    ("mckelvey-mclennan", (1 / 3, 2 / 3, 1 / 3),
     (-0.037037037 - 0.0641500299j, -0.037037037 + 0.0641500299j, 0.0740740741), Stability.SADDLE, 1e-9),
    ("four-party-coordination", (1 / 2,) * 4, (3 / 2, -1 / 2, -1 / 2, -1 / 2), Stability.SADDLE, 1e-9),
    ("review_baseline", (1 / 2, 3 / 4), (6**0.5 / 4, -(6**0.5) / 4), Stability.SADDLE, 1e-9),
    ("farm_baseline", (5 / 9, 31 / 79), None, Stability.SADDLE, 1e-9),
])  # fmt: skip
def test_rest_point_in_which_all_mix(target, point, eigenvalues, stability, tolerance):
    interior = [p for p in mixed_points(target) if len(p.mixing) == len(point)]
    found = [p for p in interior if np.allclose(p.shares, point, rtol=0.0, atol=tolerance)]
    assert len(found) == 1
    assert len(interior) == (2 if target == "mckelvey-mclennan" else 1)
    assert found[0].stability is stability
    assert eigenvalues is None or same_numbers(found[0].eigenvalues, eigenvalues, tolerance)


def test_matching_pennies_circles_with_the_known_period_and_averages():
    def back_at_half(_, odds):
        return odds[0]

    back_at_half.direction = 1.0
    advantages = advantages_of("matching-pennies")
    path = path_of(advantages, (0.5, 0.9), 9.0, events=back_at_half, dense_output=True, max_step=0.05)
    period = next(t for t in path.t_events[0] if t > 1.0)
    assert period == pytest.approx(7.98121111, abs=1e-5)
    x, y = shares_of(path.sol(np.linspace(0.0, period, 2001)[:-1]))
    assert x.mean() == pytest.approx(0.5, abs=1e-8)
    assert y.mean() == pytest.approx(0.5, abs=1e-8)
    assert np.ptp(x * (1 - x) * y * (1 - y)) < 1e-8 * 0.0225
    assert pure_points("matching-pennies").keys() == {"00", "01", "10", "11"}
    assert solution_of("matching-pennies").ess == ()


def test_inspection_circles_with_its_conserved_quantity_and_a_higher_fine_lowers_inspections():
    x, y = shares_of(path_of(advantages_of("inspection"), (0.5, 0.5), 50.0).y)
    conserved = 0.4 * np.log(x) + 0.6 * np.log(1 - x) + 0.8 * np.log(y) + 0.2 * np.log(1 - y)
    assert np.ptp(conserved) < 1e-9
    assert solution_of("inspection").ess == ()
    dearer = gamebook.solve(case_of("inspection"), values={"f": 10.0})
    (mixed,) = (p for p in dearer.rest_points if p.pure is None)
    assert np.allclose(mixed.shares, (2 / 10, 1 - 1 / 10), rtol=0.0, atol=1e-9)


@pytest.mark.parametrize(("target", "ends"), [("battle-of-the-sexes", ((0, 0), (1, 1))),
                                              ("four-party-coordination", ((0,) * 4, (1,) * 4))])  # fmt: skip
def test_symmetric_games_have_basins_of_one_half_each(target, ends):
    basins = solution_of(target).basins
    assert basins.unsettled.share < 0.01
    for end in ends:
        assert basins.outcomes[end].low <= 0.5 <= basins.outcomes[end].high
        assert abs(basins.outcomes[end].share - 0.5) < 3 * (0.25 / basins.samples) ** 0.5


def test_in_the_stag_hunt_the_safe_choice_has_the_larger_basin():
    solution = solution_of("stag-hunt")
    assert [solution.full_name(p.pure) for p in solution.ess] == ["00", "11"]
    assert solution.basins.outcomes[(0, 0)].low > 0.5 > solution.basins.outcomes[(1, 1)].high
    stag, hare = (solution.payoffs_at(np.full(2, share)) for share in (1.0, 0.0))
    assert min(stag) > max(hare)


def test_mckelvey_mclennan_has_rest_points_by_derangements():
    counts = np.bincount([len(p.mixing) for p in solution_of("mckelvey-mclennan").rest_points], minlength=4)
    assert counts.tolist() == [8, 0, 6, 2]


def test_constant_gains_follow_the_logistic_curve():
    gains, start, time = np.array([1.0, -0.5, 2.0, -1.0]), np.array([0.1, 0.9, 0.5, 0.3]), 3.0
    path = path_of(advantages_of("constant-gains"), start, time)
    logistic = 1.0 / (1.0 + (1.0 - start) / start * np.exp(-gains * time))
    assert np.allclose(shares_of(path.y[:, -1]), logistic, rtol=0.0, atol=1e-8)


@pytest.mark.parametrize("name", [name for name, game in SETS.items() if game == "green-retrofit"])
def test_green_retrofit_rests_on_lines_and_tourists_end_where_the_start_takes_them(name):
    lines = [(c.face, c.dimension, c.dimension_proved) for c in solution_of(name).components]
    assert lines == [(face, 1, True) for face in ("000*", "001*", "010*", "100*", "101*", "110*")]
    if EXPECTED[name]["ess"]:
        return
    advantages = advantages_of(name, **case_of(name).values)
    low, high = (shares_of(path_of(advantages, (0.5, 0.3, 0.2, w), 100.0).y[:, -1]) for w in (0.3, 0.6))
    assert np.allclose(low[:3], (1.0, 1.0, 0.0), atol=1e-9)
    assert np.allclose(high[:3], (1.0, 1.0, 0.0), atol=1e-9)
    # The tourists' log-odds move by the same amount whatever their start, for nobody else depends on them.
    assert odds_of(high[3]) - odds_of(low[3]) == pytest.approx(odds_of(0.6) - odds_of(0.3), abs=1e-6)


def test_digital_business_set_two_is_bistable_with_the_known_basins_on_the_grid():
    grid = np.array(list(itertools.product(np.arange(1, 10) / 10, repeat=3)))
    ends = captured_by(advantages_of("digital_set_2", **case_of("digital_set_2").values), grid)
    assert {end: round(ends.count(end) / 729, 4) for end in set(ends)} == {"111": 0.9108, "100": 0.0892}


@pytest.mark.parametrize(("name", "values", "party", "profile"), [
    ("digital_set_2", {"K2": 0.1}, "enterprise", "100"),
    ("digital_set_4", {"K2": 0.1}, "enterprise", "100"),
    ("digital_set_3", {"K1": 0.05, "K3": 0.1}, "lender", "110"),
])  # fmt: skip
def test_digital_business_thresholds(name, values, party, profile):
    case = case_of(name)
    advantage = case.game.advantage(party, profile, **{**case.game.check_values(case.values), **values})
    assert advantage == 0


@pytest.mark.parametrize(("symbol", "threshold", "start", "below", "above"), [
    ("d", 1.015189, (0.56, 0.40), "11", "00"),
    ("sA", 0.274673, (0.50, 0.40), "00", "11"),
])  # fmt: skip
def test_farm_quality_thresholds(symbol, threshold, start, below, above):
    ends = [captured_by(advantages_of("farm-quality", **{symbol: threshold + e}), start)[0] for e in (-1e-4, 1e-4)]
    assert ends == [below, above]


def test_in_farm_quality_the_firm_is_faster_than_the_farmer():
    path = path_of(advantages_of("farm_baseline"), (0.56, 0.40), 200.0, dense_output=True)
    times = np.arange(0.0, 200.0, 0.005)
    shares = shares_of(path.sol(times))
    assert [round(float(times[np.argmax(row >= 0.99)]), 1) for row in shares] == [52.2, 115.5]
