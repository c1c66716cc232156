"""What is proved about payoffs before they are computed at many points, against independent computations."""

import itertools
import random
from fractions import Fraction

import numpy as np
import pytest
import sympy

from payoffs.errors import PageError
from payoffs.fast_tensor import plan
from payoffs.formula_symbols import symbol
from payoffs.game import load_game
from payoffs.pages import parse_page
from tests.payoffs.points import POLYNOMIAL, allowed, cells, columns, inside, package_without


def value_of(polynomial, point):
    total = Fraction(0)
    for powers, factor in polynomial.items():
        for number, power in zip(point, powers, strict=True):
            factor *= Fraction(repr(float(number))) ** power
        total += factor
    return total


@pytest.mark.parametrize("varied", POLYNOMIAL, ids=" ".join)
def test_polynomials_are_those_of_the_symbolic_payoffs(training, varied):
    fixed = package_without(varied)
    found = plan(training, varied, **fixed)
    assert (found.kind, found.reason) == ("polynomial", None)
    others = {name: value for name, value in (training.defaults() | fixed).items() if name not in varied}
    middle = dict.fromkeys(map(symbol, varied), sympy.Rational(1, 2))
    for party, profile in [("government", "1110"), ("firm", "1111"), ("worker", "0110"), ("provider", "1011")]:
        exact = training.payoff(party, profile, **others)
        exact = exact.replace(sympy.Min, lambda *sides: min(sides, key=lambda side: side.subs(middle)))
        wanted = {powers: factor for powers, factor in sympy.Poly(exact, *middle).as_dict().items() if factor}
        assert found.polynomial(party, profile) == {
            powers: Fraction(int(factor.p), int(factor.q)) for powers, factor in wanted.items()
        }


@pytest.mark.parametrize("varied", POLYNOMIAL, ids=" ".join)
def test_payoffs_stay_within_the_proved_bound_of_exact_arithmetic(training, varied):
    fixed = package_without(varied)
    found = plan(training, varied, **fixed)
    points = allowed(training, varied, 40, **fixed)[:8]
    computed, bound = found.tensor(points), found.error_bound(points)
    assert bound.max() < 1e-13 * np.abs(computed).max() * len(found.monomials)
    for player, profile in itertools.product(range(4), itertools.product((0, 1), repeat=4)):
        exact = found.polynomial(training.parties[player].id, "".join(map(str, profile)))
        for place, point in enumerate(points):
            at = (place, player, *profile)
            error = abs(Fraction(float(computed[at])) - value_of(exact, point))
            assert error <= Fraction(float(bound[at]))


@pytest.mark.parametrize("varied", POLYNOMIAL, ids=" ".join)
def test_zero_rates_have_the_bits_of_the_game_without_the_tools(training, varied):
    fixed = package_without(varied)
    zero = np.zeros((1, len(varied)))
    game = training.tensor(**fixed, **dict.fromkeys(varied, 0.0))
    assert plan(training, varied, **fixed).tensor(zero)[0].tobytes() == game.tobytes()


def test_tool_at_rate_zero_leaves_the_bits_of_the_others(training):
    both, one = plan(training, ["s_F", "s_P", "I_p"]), plan(training, ["s_F", "I_p"])
    points = inside(training, ["s_F", "s_P", "I_p"], 200)
    points[:, 1] = 0.0
    assert both.tensor(points).tobytes() == one.tensor(points[:, [0, 2]]).tobytes()


@pytest.mark.parametrize(
    ("varied", "checked"),
    [
        (["s_F", "t_S"], ()),
        (["I_p", "O_t", "mu_0", "rho", "a_p", "e_t", "k_f", "H_c"], ()),
        (["e_F", "e_W", "e_P"], ("earmarked",)),
        (["sigma", "Q_s", "s_F"], ("sigma_eff",)),
        (["tau", "dtau", "theta_c", "C_F"], ("tau_eff",)),
        (["ell", "chi", "N_t"], ()),
    ],
)
def test_ranges_are_proved_where_they_hold_and_checked_elsewhere(training, varied, checked):
    found = plan(training, varied, e_F=0.5) if "e_F" not in varied else plan(training, varied)
    fixed = {} if "e_F" in varied else {"e_F": 0.5}
    assert found.ranges_checked == checked
    assert found.finite_checked == ()
    assert {"m", "r_d", "mismatch", "err_eff"} <= set(found.ranges_proved)
    points = inside(training, varied, 5000)
    points[7, 0], points[8, -1], points[9, 0] = np.nan, np.inf, -0.001
    outside = np.isin(np.arange(5000), [7, 8, 9])
    refused = training.range_violations(**fixed, **columns(np.where(outside[:, None], 0.0, points), varied)) | outside
    assert (refused.sum() > 3) == bool(checked)
    assert found.violations(points).tolist() == refused.tolist()
    for each in (found, found.as_expressions()):
        with np.errstate(all="raise"):  # points that are refused are not computed
            missing = np.isnan(each.tensor(points, threads=1))
        assert missing.any(axis=(1, 2, 3, 4, 5)).tolist() == refused.tolist()
        assert missing.all(axis=(1, 2, 3, 4, 5)).tolist() == refused.tolist()


@pytest.mark.parametrize(
    ("formula", "low", "high", "proved"),
    [
        ("x - 0.5", "0", "inf", False),
        ("x - 0.5", "-inf", "0.4", False),
        ("x - 0.5", "-0.5", "0.5", True),
        ("x - x*f", "0", "1", False),  # true, but not seen by interval arithmetic: checked, and never broken
        ("x*(1 - y)", "0", "1", True),
        ("(x - y)**2", "0", "1", True),
        ("x/(1 + y)", "0", "1", True),
        ("min(x, 0.5) if y > 2 else x", "0", "1", True),
    ],
)
def test_both_ends_of_a_range_count(formula, low, high, proved):
    page = f"""
[game]
id = "ranged"
[[parties]]
id = "p"
indicator = "f"
strategies = [{{ id = "a" }}, {{ id = "b" }}]
[parameters]
x = {{ default = 0.5, bounds = [0, 1] }}
y = {{ default = 0.5, bounds = [0, 1] }}
[derived]
d = "{formula}"
[ranges]
d = [{low}, {high}]
[[entries]]
id = "e"
payer = "outside"
receiver = "p"
amount = "d"
"""
    game = load_game(parse_page(page))
    found = plan(game, ["x", "y"])
    assert (found.ranges_proved, found.ranges_checked) == ((("d",), ()) if proved else ((), ("d",)))
    points = inside(game, ["x", "y"], 400)
    refused = game.range_violations(**columns(points, ["x", "y"]))
    assert found.violations(points).tolist() == refused.tolist()
    assert refused.any() == (not proved and "f" not in formula)


def test_range_broken_by_fixed_values_refuses_every_point(training):
    found = plan(training, ["s_F"], e_F=0.7, e_W=0.7)
    assert found.violations([[0.0], [1.0]]).tolist() == [True, True]
    with pytest.raises(PageError, match=r"earmarked is 1\.4 at profile 0000 \[0\]; it must lie in \[0, 1\]"):
        found.tensor([[0.0], [1.0]], check=True)


@pytest.mark.parametrize(
    "formula",
    [
        "exp(x)", "log(x + 1)", "sqrt(x + 1)", "1/(x + 1)", "z/(x + 1)", "(x + 1)**0.5", "(x + 1)**-2", "min(x, y)",
        "max(x, 0.5)", "x if x > 0.5 else y", "z if y >= x else 3", "x if not (x < 0.5 and z > 1) else 2",
        "y + 0*(1/(x + 2))/(x - 3)*0 + 0*(1/x)",
    ],
)  # fmt: skip
def test_proof_ends_at_what_is_no_polynomial(formula):
    game = cells(formula, z=(2, 0, 9))
    found = plan(game, ["x", "y"])
    assert found.kind == "expressions"
    assert found.reason.code in {"plan.function", "plan.extreme", "plan.condition"}
    assert "the payoff of p at 1 " in found.reason.text()
    assert found.degrees == {}
    with pytest.raises(PageError, match="not proved to be polynomials: the payoff of p at 1 "):
        found.polynomial("p", "1")
    points = inside(game, ["x", "y"], 500)
    points[:, 0] = np.maximum(points[:, 0], 1e-3)
    assert found.tensor(points).tobytes() == game.tensor(**columns(points, ["x", "y"])).tobytes()


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        ("(x - y)**2/z", {(2, 0): "1/2", (1, 1): "-1", (0, 2): "1/2"}),
        ("x*(y + 0.1) - y*x", {(1, 0): "1/10"}),
        ("min(x, y + 1) + max(3*x, -z)", {(1, 0): "4"}),
        ("min(z, 7, 0.5)*x", {(1, 0): "1/2"}),
        ("x if z > 1 else exp(x)", {(1, 0): "1"}),
        ("x if x <= 1 and y < 2 or z == 7 else exp(x)", {(1, 0): "1"}),
        ("x if x != 2 else exp(x)", {(1, 0): "1"}),
        ("y if not x >= 0 else y**3/4", {(0, 3): "1/4"}),
        ("y + 0*sqrt(x + 1)", {(0, 1): "1"}),
        ("x**0 + z**-1*y", {(0, 0): "1", (0, 1): "1/2"}),
        ("4**0.5*x", {(1, 0): "2"}),
        ("x - x", {}),
        ("x*exp(0*x)", {(1, 0): "1"}),
    ],
)
def test_proof_knows_what_the_parameters_that_vary_do_not_decide(formula, wanted):
    game = cells(formula, z=(2, 0, 9))
    found = plan(game, ["x", "y"])
    assert found.kind == "polynomial"
    assert found.polynomial("p", "1") == {powers: Fraction(factor) for powers, factor in wanted.items()}
    points = inside(game, ["x", "y"], 500)
    np.testing.assert_allclose(found.tensor(points), game.tensor(**columns(points, ["x", "y"])), atol=1e-14)


def test_polynomials_that_lose_digits_are_left_to_expressions():
    far = cells("(z - 100)**8", z=(100, 99, 101))
    found = plan(far, ["z"])
    assert (found.kind, found.reason.code) == ("expressions", "plan.rounding")
    assert found.degrees == {"z": 8}
    assert plan(cells("(z - 100)**8", z=(100, 0, 101)), ["z"]).kind == "polynomial"
    with pytest.raises(PageError, match="no bound on their rounding error"):
        found.error_bound([[100.0]])


def test_parameter_without_bounds_is_left_to_expressions_and_overflow_is_refused():
    game = cells("z*z - x", z=(2,))
    found = plan(game, ["z", "x"])
    assert (found.kind, found.reason.code) == ("expressions", "plan.unbounded")
    assert found.polynomial("p", "1") == {(2, 0): 1, (0, 1): -1}
    points = np.array([[3.0, 1.0], [1e200, 0.0], [np.inf, 0.0], [-np.inf, 0.0], [np.nan, 0.0], [-2.0, 0.5]])
    assert found.violations(points).tolist() == [False, True, True, True, True, False]
    assert found.tensor(points)[[0, 5], 0, 1].tolist() == [8.0, 3.5]
    with pytest.raises(PageError, match=r"at index \[2\]: z is inf"):
        found.tensor(points, check=True)
    with pytest.raises(PageError, match=r"at profile 1 \[1\]: z\*z - x"):
        found.tensor(points[:2], check=True)


@pytest.mark.parametrize("formula", ["y/x if x > 0 else 7", "sqrt(x - 0.5) if x >= 0.5 else y", "1/x", "log(y - x)*0"])
def test_only_the_branch_taken_has_to_be_finite(formula):
    game = cells(formula)
    points = inside(game, ["x", "y"], 4000)
    refused = game.range_violations(**columns(points, ["x", "y"]))
    found = plan(game, ["x", "y"])
    assert found.finite_checked == ("p 1",)
    assert found.violations(points).tolist() == refused.tolist()
    kept = points[~refused]
    assert found.tensor(points)[~refused].tobytes() == game.tensor(**columns(kept, ["x", "y"])).tobytes()
    assert refused.any() == ("if" not in formula)


FORMS = """
{0} + {1}; {0} - ({1}); ({0})*({1}); ({0})*({1}); ({0})/(({1})**2 + 0.5); 1/({0}); -({0}); ({0})**3; sqrt(({0})**2);
min({0}, {1}); max({0}, {1}); exp(min({0}, 3)); log(1 + ({0})**2); {0} if {1} > {2} else {1};
{0} if {1} <= {2} or not {0} != {1} else {2}
""".replace("\n", " ").split(";")


def random_formula(draw, depth=3):
    if depth == 0:
        return draw.choice(["x", "y", "z", f"{draw.uniform(-3, 3):.2f}", str(draw.randint(0, 3))])
    parts = [random_formula(draw, depth - 1) for _ in range(3)]
    return "(" + draw.choice(FORMS).format(*parts).strip() + ")"


def random_game(draw):
    while True:
        try:
            return cells(random_formula(draw), z=(2, -3, 3))
        except PageError:  # divides by zero whatever the values
            continue


@pytest.mark.parametrize("seed", range(60))
def test_random_formulas_are_evaluated_to_the_bits_of_the_game(seed):
    draw = random.Random(seed)
    game = random_game(draw)
    varied = draw.choice([["x"], ["z"], ["x", "z"], ["x", "y", "z"]])
    points = inside(game, varied, 300, seed)
    found = plan(game, varied).as_expressions()
    refused = game.range_violations(**columns(points, varied))
    assert found.violations(points).tolist() == refused.tolist()
    kept = points[~refused]
    if len(kept):
        assert found.tensor(points)[~refused].tobytes() == game.tensor(**columns(kept, varied)).tobytes()
        np.testing.assert_allclose(plan(game, varied).tensor(kept), found.tensor(kept), atol=1e-9, rtol=1e-9)


def test_facts_say_in_what_the_payoffs_are_affine(training):
    found = plan(training, ["s_P", "I_p", "a_p"])
    assert dict(found.degrees) == {"s_P": 1, "I_p": 1, "a_p": 2}
    assert (1, 1, 1) in found.monomials
    many = plan(training, ["a_p", "e_t", "I_p", "k_f", "H_c", "O_t", "mu_I"])
    assert (many.kind, many.reason.code) == ("expressions", "plan.monomials_in_all")
    assert many.degrees["k_f"] == 2
    assert max(map(sum, plan(training, ["s_F", "c_F", "s_W", "q", "l_T"]).monomials)) == 1
