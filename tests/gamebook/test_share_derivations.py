"""Derivations where payoffs depend on shares: against the numeric field, finite differences and the solver."""

import itertools
import random
from fractions import Fraction
from functools import cache

import numpy as np
import pytest
import sympy

import gamebook
from gamebook.book import Case
from gamebook.derivations.bernstein_volume import enclosed_positive
from gamebook.derivations.derivation import derive
from gamebook.derivations.document import Paragraph, Statement, Table
from gamebook.derivations.evaluation import evaluate
from gamebook.derivations.payoff_cells import exact
from gamebook.derivations.sections.paper import paper
from payoffs.formula_symbols import symbol
from payoffs.game import load_game
from payoffs.pages import parse_page
from solvers.share_dependent.advantages import share_advantages, share_payoffs
from solvers.share_dependent.equilibria import share_equilibria
from solvers.share_dependent.stability import replicator_jacobian
from tests.gamebook.test_derived_formulas import admissible_points

CASES = ["inspection_dynamic", "greenwash_dynamic_reward", "greenwash_dynamic_punishment", "greenwash_dynamic_both"]
LARGE = [pytest.param("oversized_tapered", marks=pytest.mark.slow)]

# Whoever is with the majority gains: both ends of the first party's edge are stable.
CONFORMITY = """
[game]
id = "conformity"
[[parties]]
id = "one"
share = "p"
strategies = [{ id = "left" }, { id = "right" }]
[[parties]]
id = "two"
share = "q"
strategies = [{ id = "left" }, { id = "right" }]
[parameters.a]
default = 2
bounds = [0, 10]
[parameters.b]
default = 1
bounds = [0, 10]
[cells]
"00" = ["0", "b"]
"01" = ["0", "0"]
"10" = ["a - 1", "b"]
"11" = ["a - 1", "0"]
"""
FOLLOW = """
[instrument]
id = "follow"
switches = ["on"]
[parameters.on]
default = 0
bounds = [0, 1]
[share_factors]
a = "1 - on*(1 - p)"
"""


@cache
def derived(name):
    return derive(gamebook.load(name))


@cache
def conformity():
    game = load_game(parse_page(CONFORMITY), [parse_page(FOLLOW)])
    found = gamebook.load("inspection")
    values = {"on": 1.0}
    case = Case(**{**{key: getattr(found, key) for key in found.__dataclass_fields__}, "game": game, "values": values,
                   "target": "conformity", "start": {}})  # fmt: skip
    return derive(case)


def advantages_of(game, values):
    payoffs = share_payoffs(game.share_tensor(**values).payoffs, most_players=game.n)
    return share_advantages(payoffs, tie_tolerance=0.0)


def admissible(derivation, count):
    """Random values at which the game with its share factors can be evaluated."""
    game = derivation.game
    static = game.without_share_factors()
    found = []
    for values in admissible_points(static, derivation.cells.symbolic, derivation.cells.values, 4 * count, seed=3):
        try:
            game.share_tensor(**values)
        except ValueError:
            continue
        found.append(values)
    assert len(found) >= count
    return found[:count]


@pytest.mark.parametrize("name", [*CASES, *LARGE])
def test_formulas_have_the_values_and_slopes_of_the_numeric_field(name):
    derivation = derived(name)
    field, cells, game = derivation.field, derivation.cells, derivation.game
    rng = random.Random(5)
    for values in admissible(derivation, 2):
        numeric = advantages_of(game, values)
        tensor = game.share_tensor(**values)
        shares = [Fraction(rng.randint(1, 99), 100) for _ in range(game.n)]
        x = np.array([float(share) for share in shares])
        point = {symbol(key): exact(values[key]) for key in cells.symbolic}
        point |= dict(zip(field.shares, shares, strict=True))
        payoffs = tensor.at(x)
        scale = np.abs(payoffs).max() + 1
        for player, profile in itertools.product(range(game.n), itertools.product((0, 1), repeat=game.n)):
            value = float(evaluate(cells.complete(cells.cells[profile][player]), point))
            assert value == pytest.approx(payoffs[(player, *profile)], abs=1e-11 * scale)

        def velocity(at, numeric=numeric):
            return at * (1 - at) * numeric.at(at)

        slopes = replicator_jacobian(numeric, x)
        for i, j in itertools.product(range(game.n), repeat=2):
            value = float(evaluate(cells.complete(field.jacobian(i, j)), point))
            assert value == pytest.approx(slopes[i, j], abs=1e-10 * scale)
            step = np.zeros(game.n)
            step[j] = 1e-5
            difference = (velocity(x + step)[i] - velocity(x - step)[i]) / 2e-5
            assert value == pytest.approx(difference, abs=1e-6 * scale)


@pytest.mark.parametrize("name", [*CASES, *LARGE])
def test_eigenvalues_at_pure_points_are_those_of_the_full_jacobian(name):
    derivation = derived(name)
    numeric = advantages_of(derivation.game, derivation.cells.values)
    for point in derivation.points:
        jacobian = replicator_jacobian(numeric, np.array(point.profile, dtype=float))
        assert np.array(point.numbers, dtype=float) == pytest.approx(np.diag(jacobian), abs=1e-9)
        assert np.abs(jacobian - np.diag(np.diag(jacobian))).max() == 0


def test_the_published_eigenvalues_of_the_inspection_games_come_out_exactly():
    (focus,) = [point for point in derived("inspection_dynamic").share_points_here.points if len(point.mixing) == 2]
    assert focus.exact == (sympy.Rational(2, 5), sympy.Rational(4, 5))
    root = 4 * sympy.sqrt(2) * sympy.I / 5
    assert focus.exact_eigenvalues == (-sympy.Rational(4, 5) + root, -sympy.Rational(4, 5) - root)
    assert focus.kind == "sink"
    (face,) = derived("inspection_static").edges
    assert face.here == (Fraction(2, 5), Fraction(4, 5))
    assert sympy.sqrt(sympy.Rational(*face.product_here.as_integer_ratio())) == 2 * sympy.sqrt(6) * sympy.I / 5


@pytest.mark.parametrize(
    ("name", "words"), [("inspection_static", r"\pm\frac{2\sqrt{6}}{5}\mathrm{i}"),
                        ("inspection_dynamic", r"-\frac{4}{5}+\frac{4\sqrt{2}}{5}\mathrm{i}")],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_and_are_printed(name, words, lang):
    blocks = paper(derived(name), lang, sections=["mixed"]).sections[0].blocks
    assert any(words in cell for block in blocks if isinstance(block, Table) for row in block.rows for cell in row)


@pytest.mark.parametrize("name", [*CASES, *LARGE])
def test_closed_forms_and_bounds_agree_with_the_points_that_the_solver_proves(name):
    derivation = derived(name)
    solved = share_equilibria(derivation.game.share_tensor(**derivation.cells.values).payoffs)
    mixed = {tuple(np.round(point.shares, 6)) for point in solved.rest_points if point.mixing}
    assert {tuple(np.round(point.shares, 6)) for point in derivation.share_points_here.points} == mixed
    here = {name: float(value) for name, value in derivation.here.items()}
    field = derivation.field
    checked = 0
    for face in derivation.share_points:
        on_face = [point for point in derivation.share_points_here.points if point.pure == face.pure]
        assert len(on_face) <= face.most
        if face.closed is None:
            continue
        found = set()
        for root in face.closed.roots():
            first = complex(field.cells.complete(root).xreplace(here).evalf())
            if abs(first.imag) > 1e-12 or not 0 < first.real < 1:
                continue
            shares = {face.closed.first: first.real}
            if face.closed.other is not None:
                put = {**here, field.shares[face.closed.first]: first.real}
                (party,) = set(face.mixing) - {face.closed.first}
                shares[party] = float(field.cells.complete(face.closed.other).xreplace(put).evalf())
            if all(0 < share < 1 for share in shares.values()):
                found.add(tuple(round(shares[party], 6) for party in face.mixing))
        wanted = {tuple(round(point.shares[party], 6) for party in face.mixing) for point in on_face}
        assert found == wanted
        checked += len(wanted)
    assert checked or name == "greenwash_dynamic_punishment"


@pytest.mark.parametrize("name", CASES)
def test_the_volumes_enclose_what_sampled_states_say(name):
    derivation = derived(name)
    numeric = advantages_of(derivation.game, derivation.cells.values)
    states = np.random.default_rng(2).random((4000, derivation.game.n))
    gains = np.array([numeric.at(state) for state in states])
    for surface in derivation.surfaces:
        part = float((gains[:, surface.player] > 0).mean())
        assert surface.low - 0.03 < part < surface.high + 0.03
        assert surface.high - surface.low < 0.05


def test_an_edge_can_have_two_stable_ends_and_no_case_is_excluded_by_the_rule_for_constant_payoffs():
    derivation = conformity()
    stable = {point.profile for point in derivation.points if point.kind_here == "ess"}
    assert stable == {(0, 0), (1, 0)}
    (pair,) = [
        pair for pair in derivation.cases.overlaps
        if {derivation.cases.cases[k - 1].point.profile for k in (pair.first, pair.second)} == {(0, 0), (1, 0)}
    ]  # fmt: skip
    assert pair.together
    assert pair.proof == "witnesses"
    (edge,) = [point for point in derivation.share_points_here.points if point.pure == (None, 0)]
    assert edge.exact == (sympy.Rational(1, 2),)
    assert edge.exact_eigenvalues == (sympy.Rational(1, 2), -1)


def everything_said(name, lang):
    blocks = [block for section in paper(derived(name), lang).sections for block in section.blocks]
    return " ".join(block.text for block in blocks if isinstance(block, Statement | Paragraph))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_rules_for_constant_payoffs_are_not_printed(lang):
    assert "Selten" not in everything_said("inspection_dynamic", lang)
    assert "Selten" in everything_said("inspection_static", lang)


def test_an_enclosed_volume_holds_the_true_one():
    # x * y > 1/4 on the square: 1 - (1 + log 4) / 4.
    low, high = enclosed_positive(np.array([[-0.25, -0.25], [-0.25, 0.75]]))
    assert low <= 1 - (1 + np.log(4)) / 4 <= high
    assert high - low < 0.01
