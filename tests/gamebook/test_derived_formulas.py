"""Every derived formula against the numeric field, which is computed from the payoff tensor by other code."""

import itertools
import random
from fractions import Fraction

import numpy as np
import pytest
import sympy

import gamebook
from gamebook.book import SHIPPED
from gamebook.derivations.derivation import derive, symbolic_parameters
from gamebook.derivations.evaluation import evaluate
from gamebook.derivations.payoff_cells import exact, payoff_cells
from gamebook.derivations.replicator import replicator
from gamebook.derivations.total_derivatives import Derivatives
from payoffs.expressions import parse
from payoffs.formula_symbols import symbol
from solvers.expected import payoff_advantages
from solvers.stability import replicator_jacobian
from tests.gamebook.printed_formulas import COOPERATIVES, COOPERATIVES_WRONG, PRINTED_ADVANTAGES

SHELVES = sorted(path.name for path in SHIPPED.iterdir() if (path / "game.toml").exists())
GAMES = [name for name in SHELVES if max(gamebook.load(name).game.shape) == 2]
SHARES = ["x", "y", "z", "u", "v"]
CASES = [*((name, None) for name in GAMES), ("seeds_mix", None), ("package", ["all"])]


def admissible_points(game, symbolic, values, count, seed):
    """Random parameter values strictly inside the bounds that the game accepts, as short decimals."""
    rng = random.Random(seed)
    found = []
    while len(found) < count:
        point = dict(values)
        for name in symbolic:
            low, high = game.parameters[name].low, game.parameters[name].high
            centre = values[name] or low + (min(high, 10.0) - low) / 8
            low, high = max(low, centre * 0.5 if centre > 0 else low), min(high, centre * 1.5 if centre > 0 else high)
            point[name] = round(low + (high - low) * rng.uniform(0.05, 0.95), 4)
        if not np.any(game.range_violations(**point)):
            found.append(point)
    return found


def written(game_name, **options):
    case = gamebook.load(game_name)
    values = case.game.check_values(dict(case.values))
    kept = symbolic_parameters(case.game, values, options.get("symbolic"), ())
    cells = payoff_cells(case.game, values, kept)
    return case.game, values, cells, replicator(cells, SHARES[: case.game.n])


def value(cells, formula, point):
    return evaluate(cells.complete(formula), point)


@pytest.mark.parametrize(("name", "symbolic"), CASES)
def test_formulas_have_the_values_of_the_numeric_field(name, symbolic):
    game, values, cells, field = written(name, symbolic=symbolic)
    rng = random.Random(1)
    for chosen in admissible_points(game, cells.symbolic, values, 2, seed=7):
        tensor = game.tensor(**chosen)
        shares = [Fraction(rng.randint(1, 99), 100) for _ in range(game.n)]
        point = {symbol(key): exact(chosen[key]) for key in cells.symbolic}
        point |= dict(zip(field.shares, shares, strict=True))
        scale = np.abs(tensor).max() + 1
        for player, profile in itertools.product(range(game.n), itertools.product((0, 1), repeat=game.n)):
            payoff = float(value(cells, cells.cells[profile][player], point))
            assert payoff == pytest.approx(tensor[(player, *profile)], abs=1e-11 * scale)
        x = np.array([float(share) for share in shares])
        slopes = replicator_jacobian(payoff_advantages(tensor), x)
        for i, j in itertools.product(range(game.n), repeat=2):
            assert float(value(cells, field.jacobian(i, j), point)) == pytest.approx(slopes[i, j], abs=1e-11 * scale)


@pytest.mark.parametrize("name", ["inspection", "digital-business", "cyber-insurance", "no_tools"])
def test_the_jacobian_is_the_derivative_of_the_velocity_and_the_mean_of_the_expected_payoffs(name):
    game, values, cells, field = written(name)
    point = {symbol(key): exact(values[key]) for key in cells.symbolic}
    point |= {share: Fraction(3 * place + 2, 17) for place, share in enumerate(field.shares)}
    for i in range(game.n):
        gain = field.expected(i, 1) - field.expected(i, 0)
        assert value(cells, gain - field.advantage(i), point) == 0
        x = field.shares[i]
        assert value(cells, field.velocity(i) - x * (field.expected(i, 1) - field.mean(i)), point) == 0
        for j in range(game.n):
            slope = sympy.diff(field.velocity(i), field.shares[j])
            assert value(cells, slope - field.jacobian(i, j), point) == 0


@pytest.mark.parametrize("name", ["package", "traffic-safety"])
def test_derivatives_with_respect_to_parameters_are_those_of_the_numbers(name):
    game, values, cells, field = written(name)
    derivatives = Derivatives(cells)
    profile = (1,) * game.n
    base = {key: exact(values[key]) for key in cells.symbolic}
    step = Fraction(1, 10**6)
    for player in range(game.n):
        gain = field.at(player, profile)
        for name_ in derivatives.parameters(gain):
            here = {symbol(key): number for key, number in base.items()}
            up, down = ({**here, name_: here[name_] + side * step} for side in (1, -1))
            slope = (value(cells, gain, up) - value(cells, gain, down)) / (2 * step)
            derived = float(value(cells, derivatives.of(gain, name_), here))
            assert derived == pytest.approx(float(slope), rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("name", PRINTED_ADVANTAGES)
def test_published_replicator_equations_are_those_derived(name):
    _, _, cells, field = written(name)
    allowed = [*cells.symbolic, "x", "y", "z", "w"]
    for player, text in enumerate(PRINTED_ADVANTAGES[name]):
        printed = parse(text, names=allowed).symbolic()
        assert (printed - field.advantage(player)).expand() == 0


def test_published_eigenvalues_are_those_derived_but_for_two_known_slips():
    _, _, _, field = written("supply-marketing")
    for text, row in COOPERATIVES.items():
        profile = tuple(map(int, text))
        for player, printed in enumerate(row):
            derived = field.eigenvalue(player, profile)
            if printed is None:
                assert (parse(COOPERATIVES_WRONG[text]).symbolic() - derived).expand() != 0
            else:
                assert (parse(printed).symbolic() - derived).expand() == 0


def test_a_cost_paid_under_both_strategies_cancels_and_is_said_to():
    # Liu et al. 2024 (traffic-safety): the regulator pays Cs in every cell.
    derivation = derive(gamebook.load("traffic-safety"))
    assert "Cs" in derivation.statics.without_effect
    assert "W" not in derivation.statics.without_effect


def test_lines_of_rest_points_are_critical_and_never_called_stable():
    # Green retrofit: the tourists' advantage is proportional to y*z, so 12 of 16 points have a zero eigenvalue.
    derivation = derive(gamebook.load("green-retrofit"))
    zero = [point for point in derivation.points if any(sign.mark == "0" for sign in point.signs)]
    assert len(zero) == 12
    assert {point.kind for point in zero} <= {"critical", "unstable"}
