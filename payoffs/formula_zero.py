"""Exact constants inside a formula, and divisors that are zero whatever the values.

Constants are held as fractions of bounded size. Whether a polynomial such as ``x/2 - 0.5*x`` vanishes identically is
found by arithmetic modulo a large prime at pseudo-random arguments.
"""

from __future__ import annotations

import hashlib
from fractions import Fraction

from payoffs.formula_tree import Name, Negative, Node, Number, Power, Product, Sum

# The chance of taking a non-zero polynomial for zero is its degree divided by this prime, about 1e-17
# (the Schwartz-Zippel lemma).
PRIME = 2**61 - 1


class ExactValues:
    """Exact values of the nodes of one formula; each node is worked out once.

    Parameters
    ----------
    most_bits : size that no constant may exceed, numerator and denominator together
    """

    def __init__(self, most_bits: int) -> None:
        self.most_bits = most_bits
        # By identity, since comparing trees costs as much as walking them; holding the node keeps its id its own.
        self._constants: dict[int, tuple[Node, Fraction | None]] = {}
        self._residues: dict[int, tuple[Node, int | None]] = {}

    def constant(self, node: Node) -> Fraction | None:
        """Return the value of a node without names, or None if it has names or is not rational.

        Raises
        ------
        OverflowError
            the value, or one on the way to it, needs more than `most_bits` bits
        """
        if id(node) not in self._constants:
            self._constants[id(node)] = (node, self._bounded(self._constant(node)))
        return self._constants[id(node)][1]

    def is_zero(self, node: Node) -> bool:
        """Tell whether a polynomial or a ratio of polynomials is zero for all values of its names.

        False for anything that min, max, exp, log, sqrt, a fractional power or a condition enters: those are found
        out when they are evaluated.
        """
        return self.constant(node) == 0 or self._residue(node) == 0

    def _constant(self, node: Node) -> Fraction | None:
        match node:
            case Number(exact):
                return exact
            case Negative(operand):
                inner = self.constant(operand)
                return None if inner is None else -inner
            case Sum(pairs) | Product(pairs):
                return self._constant_chain(pairs, multiply=isinstance(node, Product))
            case Power(base, exponent) if exponent.denominator == 1:
                return self._constant_power(self.constant(base), exponent.numerator)
            case _:
                return None

    def _constant_chain(self, pairs: tuple[tuple[bool, Node], ...], *, multiply: bool) -> Fraction | None:
        total = Fraction(int(multiply))
        for inverse, below in pairs:
            value = self.constant(below)
            if value is None:
                return None
            if multiply:
                total = total / value if inverse else total * value
            else:
                total = total - value if inverse else total + value
            self._bounded(total)
        return total

    def _constant_power(self, base: Fraction | None, exponent: int) -> Fraction | None:
        if base is None:
            return None
        if _bits(base) * abs(exponent) > self.most_bits:
            raise OverflowError
        return Fraction(base**exponent)

    def _bounded(self, value: Fraction | None) -> Fraction | None:
        if value is not None and _bits(value) > self.most_bits:
            raise OverflowError
        return value

    def _residue(self, node: Node) -> int | None:
        """Return the value modulo PRIME at a fixed pseudo-random argument; None where that means nothing."""
        if id(node) not in self._residues:
            self._residues[id(node)] = (node, self._new_residue(node))
        return self._residues[id(node)][1]

    def _new_residue(self, node: Node) -> int | None:
        match node:
            case Number(exact):
                return exact.numerator * pow(exact.denominator, -1, PRIME) % PRIME
            case Name(name):
                return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]) % PRIME
            case Negative(operand):
                inner = self._residue(operand)
                return None if inner is None else -inner % PRIME
            case Sum(pairs) | Product(pairs):
                return self._residue_of_chain(pairs, multiply=isinstance(node, Product))
            case Power(base, exponent) if exponent.denominator == 1:
                inner = self._residue(base)
                undefined = inner is None or (inner == 0 and exponent < 0)
                return None if inner is None or undefined else pow(inner, exponent.numerator, PRIME)
            case _:
                return None

    def _residue_of_chain(self, pairs: tuple[tuple[bool, Node], ...], *, multiply: bool) -> int | None:
        total = int(multiply)
        for inverse, below in pairs:
            value = self._residue(below)
            if value is None or (multiply and inverse and value == 0):
                return None
            if multiply:
                total = total * (pow(value, -1, PRIME) if inverse else value) % PRIME
            else:
                total = (total + (-value if inverse else value)) % PRIME
        return total


def _bits(value: Fraction) -> int:
    return value.numerator.bit_length() + value.denominator.bit_length()
