"""The exact reading of a formula's tree: a sympy expression. sympy is imported here only, on the first call."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from payoffs.formula_tree import Call, Choice, Comparison, Name, Negative, Node, Number, Power, Product, Sum, Test

if TYPE_CHECKING:
    import sympy


def symbol(name: str) -> sympy.Symbol:
    """Return the sympy symbol that stands for a name in every formula: a real number of that name.

    Examples
    --------
    >>> symbol("V").is_real
    True
    """
    import sympy

    return sympy.Symbol(name, real=True)


def exact_number(value: Fraction) -> sympy.Rational:
    """Return a fraction as a sympy number."""
    import sympy

    return sympy.Rational(value.numerator, value.denominator)


def expression(node: Node, environment: Mapping[str, sympy.Expr]) -> sympy.Expr:
    """Return the tree as an exact sympy expression; names without an entry in `environment` become symbols."""
    match node:
        case Number(exact):
            return exact_number(exact)
        case Name(name):
            return environment[name] if name in environment else symbol(name)
        case Sum(terms):
            return _sum(terms, environment)
        case Product(factors):
            return _product(factors, environment)
        case Negative(operand):
            return -expression(operand, environment)
        case Power(base, exponent):
            return expression(base, environment) ** exact_number(exponent)
        case Call(function, arguments):
            return _call(function, [expression(argument, environment) for argument in arguments])
        case Choice():
            return _choice(node, environment)


def _sum(terms: tuple[tuple[bool, Node], ...], environment: Mapping[str, sympy.Expr]) -> sympy.Expr:
    import sympy

    values = [expression(term, environment) for _, term in terms]
    return sympy.Add(*(-value if term[0] else value for term, value in zip(terms, values, strict=True)))


def _product(factors: tuple[tuple[bool, Node], ...], environment: Mapping[str, sympy.Expr]) -> sympy.Expr:
    import sympy

    values = [expression(factor, environment) for _, factor in factors]
    return sympy.Mul(*(1 / value if factor[0] else value for factor, value in zip(factors, values, strict=True)))


def _call(function: str, arguments: list[sympy.Expr]) -> sympy.Expr:
    import sympy

    functions = {"min": sympy.Min, "max": sympy.Max, "exp": sympy.exp, "log": sympy.log, "sqrt": sympy.sqrt}
    return functions[function](*arguments)


def _choice(node: Choice, environment: Mapping[str, sympy.Expr]) -> sympy.Expr:
    import sympy

    test = _truth(node.test, environment)
    if test == sympy.true:
        return expression(node.yes, environment)
    if test == sympy.false:
        return expression(node.no, environment)
    yes, no = expression(node.yes, environment), expression(node.no, environment)
    return sympy.Piecewise((yes, test), (no, True))


def _truth(test: Test, environment: Mapping[str, sympy.Expr]) -> sympy.logic.boolalg.Boolean:
    import sympy

    if isinstance(test, Comparison):
        relations = {"<": sympy.Lt, "<=": sympy.Le, ">": sympy.Gt, ">=": sympy.Ge, "==": sympy.Eq, "!=": sympy.Ne}
        operands = [expression(operand, environment) for operand in test.operands]
        links = zip(test.operators, operands, operands[1:], strict=False)
        return sympy.And(*(relations[operator](left, right) for operator, left, right in links))
    below = [_truth(inner, environment) for inner in test.tests]
    return {"and": sympy.And, "or": sympy.Or, "not": sympy.Not}[test.operator](*below)
