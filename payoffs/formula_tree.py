"""The tree of a formula: immutable nodes, and the facts about them that keep a formula harmless.

Nodes are made by :mod:`payoffs.expressions` only, from an allow-list. Sums and products are flat lists in the order
they were written, evaluated from left to right, so a long sum is not a deep tree.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np

# Arithmetic modulo this prime tells whether a polynomial vanishes identically: with random arguments the chance of
# taking a non-zero one for zero is its degree divided by the prime, about 1e-17 (Schwartz 1980).
PRIME = 2**61 - 1


@dataclass(frozen=True, slots=True)
class Number:
    """A decimal number as written: ``exact`` is its value, 0.1 being 1/10; ``rounded`` is the nearest float64."""

    exact: Fraction
    rounded: np.float64


@dataclass(frozen=True, slots=True)
class Name:
    """A parameter, derived quantity, indicator or share."""

    name: str


@dataclass(frozen=True, slots=True)
class Sum:
    """``terms[0] ± terms[1] ± ...``; the first of each pair says whether the term is subtracted."""

    terms: tuple[tuple[bool, Node], ...]


@dataclass(frozen=True, slots=True)
class Product:
    """``factors[0] */ factors[1] */ ...``; the first of each pair says whether the factor divides."""

    factors: tuple[tuple[bool, Node], ...]


@dataclass(frozen=True, slots=True)
class Negative:
    """The operand with its sign changed."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Power:
    """The base to a small constant power."""

    base: Node
    exponent: Fraction


@dataclass(frozen=True, slots=True)
class Call:
    """One of min, max, exp, log, sqrt."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """``yes if test else no``."""

    test: Test
    yes: Node
    no: Node


@dataclass(frozen=True, slots=True)
class Comparison:
    """``operands[0] operators[0] operands[1] operators[1] ...``, true if every link is."""

    operators: tuple[str, ...]
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Logic:
    """Tests joined by ``and``, by ``or``, or one test under ``not``."""

    operator: str
    tests: tuple[Test, ...]


Node: TypeAlias = Number | Name | Sum | Product | Negative | Power | Call | Choice
Test: TypeAlias = Comparison | Logic


def children(node: Node | Test) -> tuple[Node | Test, ...]:
    """Return the nodes directly below a node."""
    match node:
        case Sum(pairs) | Product(pairs):
            return tuple(below for _, below in pairs)
        case Negative(below) | Power(below):
            return (below,)
        case Call(_, below) | Comparison(_, below):
            return below
        case Logic(_, tests):
            return tests
        case Choice(test, yes, no):
            return (test, yes, no)
        case _:
            return ()


def walk(node: Node | Test) -> Iterator[Node | Test]:
    """Yield a node and all nodes below it, without recursion."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        yield here
        waiting.extend(reversed(children(here)))


def degree(node: Node | Test) -> Fraction:
    """Return an upper bound of the total degree in the names (a division counts like a product)."""
    match node:
        case Name():
            return Fraction(1)
        case Product(factors):
            return sum((degree(factor) for _, factor in factors), Fraction(0))
        case Power(base, exponent):
            return degree(base) * abs(exponent)
        case _:
            return max((degree(below) for below in children(node)), default=Fraction(0))


def constant(node: Node, most_bits: int) -> Fraction | None:
    """Return the exact value of a node without names, or None if it has names or is not rational.

    Raises
    ------
    OverflowError
        the value, or one on the way to it, needs more than `most_bits` bits
    ZeroDivisionError
        the node divides by zero
    """
    match node:
        case Number(exact):
            value: Fraction | None = exact
        case Negative(operand):
            inner = constant(operand, most_bits)
            value = None if inner is None else -inner
        case Sum(terms):
            value = _constant_sum(terms, most_bits)
        case Product(factors):
            value = _constant_product(factors, most_bits)
        case Power(base, exponent):
            value = _constant_power(constant(base, most_bits), exponent, most_bits)
        case _:
            value = None
    if value is not None and _bits(value) > most_bits:
        raise OverflowError
    return value


def _constant_sum(terms: tuple[tuple[bool, Node], ...], most_bits: int) -> Fraction | None:
    total = Fraction(0)
    for subtracted, term in terms:
        value = constant(term, most_bits)
        if value is None:
            return None
        total += -value if subtracted else value
        if _bits(total) > most_bits:
            raise OverflowError
    return total


def _constant_product(factors: tuple[tuple[bool, Node], ...], most_bits: int) -> Fraction | None:
    total = Fraction(1)
    for divides, factor in factors:
        value = constant(factor, most_bits)
        if value is None:
            return None
        total = total / value if divides else total * value
        if _bits(total) > most_bits:
            raise OverflowError
    return total


def _constant_power(base: Fraction | None, exponent: Fraction, most_bits: int) -> Fraction | None:
    if base is None or exponent.denominator != 1:
        return None
    if _bits(base) * abs(exponent) > most_bits:
        raise OverflowError
    return Fraction(base**exponent.numerator)


def _bits(value: Fraction) -> int:
    return value.numerator.bit_length() + value.denominator.bit_length()


def vanishes(node: Node) -> bool:
    """Tell whether a polynomial or a ratio of polynomials is zero for all values of its names (x - x, for example).

    False for anything that min, max, exp, log, sqrt, a fractional power or a condition enters: those are found out
    when they are evaluated.
    """
    return _residue(node) == 0


def _residue(node: Node) -> int | None:
    """Return the node's value modulo PRIME at a fixed pseudo-random argument; None where that means nothing."""
    match node:
        case Number(exact):
            return exact.numerator * pow(exact.denominator, -1, PRIME) % PRIME
        case Name(name):
            return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]) % PRIME
        case Negative(operand):
            inner = _residue(operand)
            return None if inner is None else -inner % PRIME
        case Sum(pairs) | Product(pairs):
            return _residue_of_chain(pairs, multiply=isinstance(node, Product))
        case Power(base, exponent) if exponent.denominator == 1:
            inner = _residue(base)
            return None if inner is None or (inner == 0 and exponent < 0) else pow(inner, exponent.numerator, PRIME)
        case _:
            return None


def _residue_of_chain(pairs: tuple[tuple[bool, Node], ...], *, multiply: bool) -> int | None:
    total = int(multiply)
    for inverse, below in pairs:
        value = _residue(below)
        if value is None or (multiply and inverse and value == 0):
            return None
        if multiply:
            total = total * (pow(value, -1, PRIME) if inverse else value) % PRIME
        else:
            total = (total + (-value if inverse else value)) % PRIME
    return total
