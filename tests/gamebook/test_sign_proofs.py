"""Signs are proved or refuted, never guessed."""

import random
from fractions import Fraction

import numpy as np
import pytest
import sympy

import gamebook
from gamebook.derivations.assumptions import read_assumptions
from gamebook.derivations.critical_surfaces import enclosed_volume
from gamebook.derivations.derivation import derive, symbolic_parameters
from gamebook.derivations.domain import domain
from gamebook.derivations.evaluation import evaluate
from gamebook.derivations.payoff_cells import payoff_cells
from gamebook.derivations.point_search import find_point
from gamebook.derivations.positivity import corners_sign, is_positive, polynomial
from gamebook.derivations.ranges import Range, range_of
from gamebook.derivations.signs import Signs
from gamebook.errors import InputError
from payoffs.game import load_game
from payoffs.pages import parse_page
from solvers.equilibria import equilibria

PAGE = """
[game]
id = "four"
[[parties]]
id = "one"
indicator = "s"
strategies = [{ id = "no" }, { id = "yes" }]
[parameters]
a = { default = 1, bounds = [0, 10] }
b = { default = 2, bounds = [0, 10] }
c = { default = 3, bounds = [0, 10] }
q = { default = 0.5, bounds = [0, 1] }
[cells]
"0" = ["0"]
"1" = ["a + b + c + q"]
"""
A, B, C, Q = (sympy.Symbol(name, real=True) for name in "abcq")
NAMES = ["a", "b", "c", "q"]


def judge(*assumed):
    game = load_game(parse_page(PAGE))
    cells = payoff_cells(game, game.defaults(), NAMES)
    return Signs(domain(cells, read_assumptions(assumed, NAMES, {})))


@pytest.mark.parametrize(
    ("assumed", "formula", "mark"),
    [
        ((), A * (1 - Q) + B, "+"),
        ((), A - A * Q, "+"),  # of degree one in each symbol: the corners say so, the range does not
        ((), A - 11, "-"),
        ((), A - B, "x"),
        ((), A * Q - Q * A, "0"),
        (("a>b",), A - B, "+"),
        (("a>b, b>c",), C - A, "-"),
        (("a>=b",), A - B, "x"),  # they may be equal
        (("a>b",), A**2 - B**2, "+"),
        (("a>b",), A - B * Q, "+"),
        (("a>b, c>a",), A * C - B**2, "+"),
        ((), sympy.Min(A, B) - A - 1, "-"),
        ((), sympy.Max(A, B) - B + Q, "+"),
        ((), (A - B) ** 2 + Q, "+"),
        (("3 < a < 4, b < 2",), A - B - 1, "+"),
    ],
)
def test_signs_under_assumptions(assumed, formula, mark):
    assert judge(*assumed).of(formula).mark == mark


def test_a_sign_that_varies_comes_with_two_exact_examples():
    sign = judge("a > 2*b").of(A - 3 * B)
    assert (sign.mark, sign.varies) == ("x", True)
    for point, direction in ((sign.positive, 1), (sign.negative, -1)):
        assert point[A] > 2 * point[B]
        assert (point[A] - 3 * point[B]) * direction > 0


def test_no_sign_is_proved_that_a_point_of_the_domain_contradicts():
    rng = random.Random(3)
    signs = judge("a > b", "c > a*q")
    decided = 0
    for _ in range(150):
        terms = [rng.randint(-3, 3) * sympy.Mul(*rng.sample([A, B, C, Q], rng.randint(0, 3))) for _ in range(4)]
        formula = sympy.Add(*terms)
        mark = signs.of(formula).mark
        if mark == "x":
            continue
        decided += 1
        values = signs.domain.at_samples(formula)
        assert {"+": (values > 0).all(), "-": (values < 0).all(), "0": (values == 0).all()}[mark]
    assert decided > 20


def test_ranges_hold_every_value():
    rng = random.Random(5)
    box = {A: (Fraction(-2), Fraction(1)), B: (Fraction(0), Fraction(3)), Q: (Fraction(1), Fraction(2))}
    ranges = {name: Range(low, high, True, True) for name, (low, high) in box.items()}
    formulas = [A * B - Q, A**2 + B, B / Q - A, sympy.Min(A, B, Q), A**3 * Q, (A - B) * (Q - 1), 1 / (Q + B), A**4 - B]
    for formula in formulas:
        found = range_of(formula, ranges)
        for _ in range(200):
            point = {n: low + (high - low) * Fraction(rng.randint(1, 99), 100) for n, (low, high) in box.items()}
            value = evaluate(formula, point)
            assert found.low is None or found.low < value or (found.low == value and not found.open_low)
            assert found.high is None or found.high > value or (found.high == value and not found.open_high)


def test_a_certificate_is_only_accepted_if_it_is_one():
    x = {(("x", 1),): Fraction(1)}
    one_less = {(("x", 1),): Fraction(1), (): Fraction(-1)}
    assert is_positive(one_less, [(one_less, True)])
    assert not is_positive(one_less, [(x, True)])  # x > 0 does not make x - 1 positive
    assert not is_positive(x, [(x, False)])  # x >= 0 does not make x positive


def test_weights_that_only_floating_point_takes_for_positive_are_refused(monkeypatch):
    from gamebook.derivations import positivity

    x = {(("x", 1),): Fraction(1)}
    less = {(("x", 1),): Fraction(-1)}
    monkeypatch.setattr(positivity, "_support", lambda formula, columns, place: [columns.index(x)])
    assert is_positive(x, [(x, True)])
    assert not is_positive(less, [(x, True)])  # the exact weight is -1


def test_an_end_that_is_attained_is_no_strict_sign():
    opened, closed = Range(Fraction(0), Fraction(1), True, True), Range(Fraction(0), Fraction(1))
    assert range_of(A + B, {A: closed, B: closed}).sign is None
    assert range_of(A + B, {A: closed, B: opened}).sign == "+"
    assert range_of(A * B, {A: closed, B: opened}).sign is None


def test_corners_that_touch_zero_prove_a_sign_only_inside_the_box():
    formula = polynomial(A * B)
    opened, closed = Range(Fraction(0), Fraction(1), True, True), Range(Fraction(0), Fraction(1))
    assert corners_sign(formula, {"a": opened, "b": opened}) == "+"
    assert corners_sign(formula, {"a": opened, "b": closed}) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a = b", "derive.assume"),
        ("a >", "derive.assume"),
        ("a > __import__('os')", "derive.assume_formula"),
        ("a > zz", "derive.assume_formula"),
        ("1 > 2", "derive.assume_false"),
        ("a > 20", "derive.assume_empty"),
    ],
)
def test_what_is_no_assumption_is_refused(text, code):
    with pytest.raises(InputError) as caught:
        judge(text)
    assert caught.value.code == code
    assert all(caught.value.text(lang) for lang in ("en", "zh"))


def test_full_width_signs_mean_the_same():
    assert judge("a＞b，b≥c").of(A - C).mark == "+"


def test_overlap_and_gap_are_shown_by_points_where_they_are_so():
    derivation = derive(gamebook.load("digital-business"))
    signs, cases = derivation.signs, derivation.cases
    by_number = {case.number: case for case in cases.cases}
    shown = [pair for pair in cases.overlaps if pair.together]
    assert shown
    for pair in shown:
        for number in (pair.first, pair.second):
            margins = [condition.margin for condition in by_number[number].conditions]
            assert all(signs.domain.value(margin, pair.witness) > 0 for margin in margins)
    for point in derivation.points:
        assert any(signs.domain.value(eigenvalue, cases.gap) > 0 for eigenvalue in point.eigenvalues)


def test_neighbouring_points_are_never_both_stable():
    cases = derive(gamebook.load("cyber-insurance")).cases
    profiles = {case.number: case.point.profile for case in cases.cases}
    for pair in cases.overlaps:
        apart = sum(a != b for a, b in zip(profiles[pair.first], profiles[pair.second], strict=True))
        assert (apart == 1) == (pair.proof == "edge")


def test_volumes_enclose_known_ones():
    import numpy as np

    corner = np.zeros((2, 2, 2))
    for s in np.ndindex(2, 2, 2):
        corner[s] = sum(s) - 1.5  # x + y + z > 3/2 is half of the cube
    low, high = enclosed_volume(corner)
    assert low <= 0.5 <= high
    assert high - low < 0.01
    product = np.array([[-0.5, -0.5], [-0.5, 0.5]])  # x*y > 1/2, of area (1 - log 2)/2
    low, high = enclosed_volume(product)
    assert low <= (1 - np.log(2)) / 2 <= high
    assert high - low < 1e-4


def test_terms_of_one_sign_prove_that_of_their_sum_and_parts_are_compared_with_each_other():
    # How far matching improves where the firm trains too falls with what the government adds: a second difference.
    case = gamebook.load("package")
    values = case.game.check_values(dict(case.values))
    cells = payoff_cells(case.game, values, symbolic_parameters(case.game, values, None, ()))
    signs = Signs(domain(cells, []))
    m = {part.symbol.name: part.symbol for part in cells.parts}
    second = m["m[01-0]"] - m["m[01-1]"] - m["m[11-0]"] + m["m[11-1]"]
    assert signs.of(second).mark == "-"
    effort = m["effort[1---]"] - m["effort[0---]"]
    total = sympy.Symbol("B_S", real=True) * second + effort - sympy.Symbol("s_W", real=True)
    assert (signs.of(total).mark, signs.of(total).proof) == ("-", "terms")
    # It is a bound, not an identity: none of the sampled points contradicts it.
    assert (signs.domain.at_samples(total) < 0).all()


@pytest.mark.slow
def test_every_pair_of_cases_of_the_package_is_settled():
    derivation = derive(gamebook.load("package"))
    cases = derivation.cases
    assert {pair.together for pair in cases.overlaps} == {True, False}
    for pair in cases.overlaps:
        chosen = [cases.cases[number - 1] for number in (pair.first, pair.second)]
        margins = [condition.margin for case in chosen for condition in case.conditions]
        if pair.together:
            values = {**derivation.cells.values, **{name.name: float(value) for name, value in pair.witness.items()}}
            tensor = derivation.game.tensor(**values)
            found = {point.pure for point in equilibria(tensor).ess}
            assert {case.point.profile for case in chosen} <= found
        else:
            values = np.array([derivation.domain.at_samples(margin) for margin in margins])
            assert not (values > 0).all(axis=0).any()


def test_climbing_finds_a_corner_that_sampling_misses():
    signs = judge()
    product = A * B * C - 950 * Q - 20
    formulas = [product, Q - sympy.Rational(98, 100)]
    assert not (np.array([signs.domain.at_samples(formula) for formula in formulas]) > 0).all(axis=0).any()
    point = find_point(signs.domain, formulas)
    assert point is not None
    assert all(evaluate(formula, point) > 0 for formula in formulas)
