"""Formulas: what they compute, that both readings agree, and what they refuse."""

import math
import time
from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from payoffs.errors import PageError
from payoffs.expressions import parse
from payoffs.messages import MESSAGES

POINT = {"x": Fraction(3, 2), "y": Fraction(-7, 4), "Z_1": Fraction(1, 3)}


@st.composite
def formulas(draw, depth=3):
    """A formula as text beside its exact value at POINT, computed here with fractions."""
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        name = draw(st.sampled_from([*POINT, "2", "0.5", "1.25", "3e-1"]))
        return name, POINT.get(name) if name in POINT else Fraction(name)
    (left, a), (right, b) = draw(formulas(depth - 1)), draw(formulas(depth - 1))
    kind = draw(st.sampled_from(["+", "-", "*", "/", "**", "neg", "min", "max", "if", "and", "or", "not"]))
    if kind == "/":
        assume(b != 0)
        return f"({left}) / ({right})", a / b
    if kind == "**":
        return f"({left})**3", a**3
    if kind == "neg":
        return f"-({left})*({right})", -a * b
    if kind in ("min", "max"):
        return f"{kind}({left}, {right})", (min if kind == "min" else max)(a, b)
    if kind == "if":
        return f"(({left}) if ({left}) <= ({right}) < 2 else ({right}))", a if a <= b < 2 else b
    if kind in ("and", "or", "not"):
        test = {"and": a > b and b != 1, "or": a > b or b == 1, "not": not a > b}[kind]
        text = {"and": "{0} > {1} and {1} != 1", "or": "{0} > {1} or {1} == 1", "not": "not {0} > {1}"}[kind]
        return f"(1 if {text.format(f'({left})', f'({right})')} else 0)", Fraction(int(test))
    return f"({left}) {kind} ({right})", {"+": a + b, "-": a - b, "*": a * b}[kind]


@settings(max_examples=150, deadline=None)
@given(formulas())
def test_sympy_reading_is_exact_and_numeric_reading_agrees_with_it(case):
    text, expected = case
    try:
        expression = parse(text, names=POINT)
    except PageError as error:
        # A denominator such as x - x, a power tower, or a constant beyond the bounds.
        refused = error.faults[0].code
        expression = None
    if expression is None:
        assert refused in {"formula.division_by_zero", "formula.degree", "formula.constant_too_large"}
        return
    exact = expression.symbolic(
        {name: sympy.Rational(value.numerator, value.denominator) for name, value in POINT.items()}
    )
    assert exact == sympy.Rational(expected.numerator, expected.denominator)
    numeric = expression.evaluate({name: float(value) for name, value in POINT.items()})
    if not any(word in text for word in (" if ", "min", "max")):  # rounding may turn a comparison
        assert float(numeric) == pytest.approx(float(expected), rel=1e-9, abs=1e-9)


def test_transcendental_functions_agree_with_the_mathematics_library():
    expression = parse("exp(x) + log(y) * sqrt(z) + z**(1/2) + z**-1.5")
    value = expression.evaluate({"x": 0.3, "y": 2.0, "z": 5.0})
    expected = math.exp(0.3) + math.log(2.0) * math.sqrt(5.0) + 5.0**0.5 + 5.0**-1.5
    assert float(value) == pytest.approx(expected, rel=1e-14)
    numbers = {"x": sympy.Rational("0.3"), "y": sympy.Integer(2), "z": sympy.Integer(5)}
    assert float(expression.symbolic(numbers)) == pytest.approx(expected, rel=1e-14)


def test_division_and_subtraction_group_from_the_left():
    assert float(parse("8 / 4 / 2 - 3 - 1").evaluate({})) == -3.0
    assert float(parse("-2**2").evaluate({})) == -4.0
    assert float(parse("2 - (3 - 4)").evaluate({})) == 3.0


def test_condition_chooses_per_point_and_ignores_the_branch_not_taken():
    x = np.array([-1.0, 0.0, 2.0])
    value = parse("log(x) / x if x > 0 else -1").evaluate({"x": x})
    assert value.tolist() == [-1.0, -1.0, math.log(2.0) / 2.0]
    guarded = parse("1 if x > 0 and 1/x < 1 else 0").evaluate({"x": x})
    assert guarded.tolist() == [0.0, 0.0, 1.0]
    either = parse("1 if x <= 0 or 1/x < 1 else 0").evaluate({"x": x})
    assert either.tolist() == [1.0, 1.0, 1.0]
    turned = parse("1 if 1/x < 1 and x > 0 else 0").evaluate({"x": x})
    assert turned.tolist() == guarded.tolist()


def test_arrays_broadcast_without_a_loop():
    value = parse("a*b + max(a, b)").evaluate({"a": np.array([[1.0], [2.0]]), "b": np.array([3.0, 4.0, 5.0])})
    assert value.tolist() == [[6.0, 8.0, 10.0], [9.0, 12.0, 15.0]]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1/x", {"x": 0.0}),
        ("min(1/x, 5)", {"x": 0.0}),
        ("1/(1/x)", {"x": 0.0}),
        ("exp(x)", {"x": 800.0}),
        ("1/exp(x)", {"x": 800.0}),
        ("log(x)", {"x": 0.0}),
        ("sqrt(x)", {"x": -1.0}),
        ("x**0.5", {"x": -1.0}),
        ("x**-2", {"x": 0.0}),
        ("x*x", {"x": 1e200}),
        ("x + x", {"x": 1.7e308}),
        ("1 if 1/x > 0 else 0", {"x": 0.0}),
        ("x/y", {"x": 0.0, "y": 0.0}),
    ],
)
@pytest.mark.filterwarnings("error")
def test_number_that_is_not_finite_is_refused_and_never_warned_about(text, values):
    with pytest.raises(PageError) as refusal:
        parse(text).evaluate(values)
    assert refusal.value.faults[0].code == "formula.not_finite"
    assert text in str(refusal.value)


HOSTILE = {
    "__import__('os')": "formula.character",
    "(1).__class__": "formula.character",
    "x.real": "formula.character",
    "x[0]": "formula.character",
    "[1][0]": "formula.character",
    "{1: 2}": "formula.character",
    "lambda: 1": "formula.word",
    "[a for a in (1,2)]": "formula.character",
    "(a for a in x)": "formula.word",
    "f'{x}'": "formula.character",
    "'x'": "formula.character",
    '"x"': "formula.character",
    "(x := 1)": "formula.character",
    "min(*x)": "formula.arguments",
    "min(*x, y)": "formula.not_allowed",
    "min(**x)": "formula.arguments",
    "min(a=1, b=2)": "formula.character",
    "eval(x)": "formula.function",
    "open(x)": "formula.function",
    "x(y)": "formula.function",
    "2(y)": "formula.function",
    "min(x)(y)": "formula.function",
    "x, y": "formula.not_allowed",
    "()": "formula.not_allowed",
    "x if y else z": "formula.not_a_test",
    "x and y": "formula.test_as_number",
    "x > y": "formula.test_as_number",
    "1 if x is y else 0": "formula.word",
    "x // y": "formula.not_allowed",
    "x % y": "formula.character",
    "x @ y": "formula.character",
    "~x": "formula.character",
    "x | y": "formula.character",
    "x; y": "formula.character",
    "x # y": "formula.character",
    "x \\": "formula.character",
    "True": "formula.word",
    "None": "formula.word",
    "await x": "formula.word",
    "yield": "formula.word",
    "1j": "formula.number_then_name",
    "0x10": "formula.number_then_name",
    "1_000": "formula.number_then_name",
    "2x": "formula.number_then_name",
    "007": "formula.syntax",
    "x +": "formula.syntax",
    "(x": "formula.syntax",
    "x)": "formula.syntax",
    "x y": "formula.syntax",
    "1..2": "formula.syntax",
    "if": "formula.syntax",
    "": "formula.empty",
    " \n\t ": "formula.empty",
    "x\x00y": "formula.character",
    "é": "formula.character",
    "ｘ": "formula.character",
    "9**9**9": "formula.power",
    "9**9**9**9**9": "formula.power",
    "2**x": "formula.power",
    "x**13": "formula.power",
    "x**-5": "formula.power",
    "x**0.123": "formula.power",
    "((9**12)**12)**12": "formula.constant_too_large",
    "((((1.0000001**12)**12)**12)**12)": "formula.constant_too_large",
    "((x**12)**12)**12": "formula.degree",
    "1e400": "formula.number",
    "1e-400": "formula.number",
    "1e31": "formula.number",
    "1e99999999999": "formula.number",
    "9" * 10_000: "formula.number",
    "9" * 5_000: "formula.number",
    "0." + "1" * 5_000: "formula.number",
    "1/0": "formula.division_by_zero",
    "1/(1-1)": "formula.division_by_zero",
    "1/0.0": "formula.division_by_zero",
    "x/(x-x)": "formula.division_by_zero",
    "1/((x+y)**2 - x**2 - 2*x*y - y**2)": "formula.division_by_zero",
    "0**-1": "formula.division_by_zero",
    "(x - x)**-2": "formula.division_by_zero",
    "1/(x/2 - 0.5*x)": "formula.division_by_zero",
    "sqrt(-1)": "formula.not_finite",
    "log(0)": "formula.not_finite",
    "exp(1e9)": "formula.not_finite",
    "nan": "formula.name",
    "inf": "formula.name",
    "sqrt": "formula.function_without_arguments",
    "min(1)": "formula.arguments",
    "exp(1, 2)": "formula.arguments",
    "x" * 41: "formula.name_too_long",
    "x+" * 5_000_000 + "x": "formula.too_long",
    "(" * 3_000 + "x" + ")" * 3_000: "formula.too_deep",
    "(" * 3_000: "formula.too_deep",
    "-" * 3_000 + "x": "formula.too_many_parts",
    "-" * 1_900 + "x": "formula.too_deep",
    "1 if " + "not " * 1_900 + "x > 1 else 0": "formula.too_deep",
    "x+" * 4_000 + "x": "formula.too_many_parts",
    "x**" * 900 + "x": "formula.too_deep",
    "x if x > 1 else " * 240 + "x": "formula.too_deep",
    "sqrt(" * 45 + "-1" + ")" * 45: "formula.not_finite",
}


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:30] or "empty")
@pytest.mark.filterwarnings("error")
def test_hostile_or_mistaken_formula_is_refused_at_once(text):
    start = time.process_time()
    with pytest.raises(PageError) as refusal:
        parse(text, names=["x", "y", "z"])
    assert time.process_time() - start < 1.0
    assert refusal.value.faults[0].code == HOSTILE[text]
    assert all(len(line) < 600 and line.isprintable() for line in refusal.value.text("zh").splitlines())


def test_long_sum_is_read_and_added_up():
    assert float(parse("+".join(["x"] * 900)).evaluate({"x": 2.0})) == 1800.0


def test_undeclared_names_are_all_listed_with_the_closest_declared_one():
    with pytest.raises(PageError) as refusal:
        parse("s_f * Wbra + 1", names=["s_F", "s_P", "Wbar"])
    lines = str(refusal.value).splitlines()
    assert lines == [
        'the name "Wbra" is not declared. Did you mean "Wbar"?',
        'the name "s_f" is not declared. Did you mean "s_F"?',
    ]
    assert "是否想写“s_F”？" in refusal.value.text("zh")


def test_case_only_difference_comes_before_a_closer_spelling():
    with pytest.raises(PageError, match='Did you mean "C_B"'):
        parse("c_b", names=["c_bb", "C_B", "cb"])


def test_full_width_signs_get_a_hint():
    with pytest.raises(PageError, match=r"Write \( instead"):
        parse("（x", names=["x"])
    with pytest.raises(PageError, match=r"Write \*\* instead"):
        parse("x^2", names=["x"])


def test_every_message_has_the_same_fields_in_both_languages():
    import string

    for code, (english, chinese) in MESSAGES.items():
        fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (english, chinese)]
        assert fields[0] == fields[1], code
        assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese), code
