"""The tree of a formula: immutable nodes, and the facts about them that keep a formula harmless.

Nodes are made by :mod:`payoffs.expressions` only, from an allow-list. Sums and products are flat lists in the order
they were written, evaluated from left to right, so a long sum is not a deep tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np


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
