"""Assumptions of the user, such as ``V>0, s_F<C_F``: read safely, kept as formulas that are positive."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sympy

from gamebook.derivations.evaluation import rational
from gamebook.derivations.payoff_cells import exact
from gamebook.errors import InputError
from payoffs.errors import PageError
from payoffs.expressions import parse

_PLAIN = str.maketrans({"＞": ">", "＜": "<", "≥": "\u2265", "≤": "\u2264", "，": ",", "；": ",", ";": ",", "、": ","})
_RELATION = re.compile(r"(<=|>=|==|!=|<|>|≤|≥|=)")
MOST_ASSUMPTIONS = 60


@dataclass(frozen=True, slots=True)
class Assumption:
    """``left > right``, or ``left >= right`` if it is not strict.

    Attributes
    ----------
    text : as the user wrote it
    """

    left: sympy.Expr
    right: sympy.Expr
    strict: bool
    text: str

    @property
    def positive(self) -> sympy.Expr:
        """The formula that is positive, or not negative."""
        return self.left - self.right


def read_assumptions(texts: Sequence[str], symbolic: Collection[str], values: Mapping[str, float]) -> list[Assumption]:
    """Read assumptions; parameters that are not symbolic count with their values.

    Parameters
    ----------
    texts : each one or more comparisons, separated by commas; ``0 < a < b`` is two

    Raises
    ------
    InputError, PageError
        for what is no comparison, and for names that the game does not have

    Examples
    --------
    >>> [str(found.positive) for found in read_assumptions(["V>0, 0<s<C"], ["V", "s", "C"], {})]
    ['V', 's', 'C - s']
    """
    numbers = {name: rational(exact(value)) for name, value in values.items() if name not in symbolic}
    found: list[Assumption] = []
    for text in texts:
        for part in text.translate(_PLAIN).split(","):
            if part.strip():
                found += _chain(part.strip(), [*symbolic, *numbers], numbers)
    if len(found) > MOST_ASSUMPTIONS:
        raise InputError("derive.assume_many", count=len(found), most=MOST_ASSUMPTIONS)
    return found


def _chain(text: str, names: list[str], numbers: Mapping[str, sympy.Expr]) -> list[Assumption]:
    pieces = _RELATION.split(text)
    sides, relations = pieces[::2], pieces[1::2]
    if not relations or any(not side.strip() for side in sides) or {"=", "==", "!="} & set(relations):
        raise InputError("derive.assume", text=text[:80])
    try:
        formulas = [parse(side.strip(), names=names).symbolic(dict(numbers)) for side in sides]
    except PageError as error:
        reasons = [error.text(lang) for lang in ("en", "zh")]
        raise InputError("derive.assume_formula", text=text[:80], reason=_Both(*reasons)) from error
    found = []
    for relation, left, right in zip(relations, formulas, formulas[1:], strict=False):
        high, low = (left, right) if relation in (">", ">=", "≥") else (right, left)
        found.append(Assumption(high, low, relation in ("<", ">"), text))
    return [assumption for assumption in found if not _trivial(assumption, text)]


def _trivial(assumption: Assumption, text: str) -> bool:
    """Tell whether it holds between numbers; one that cannot hold is refused."""
    difference = assumption.positive
    if not difference.is_number:
        return False
    if difference.is_negative or (assumption.strict and difference == 0):
        raise InputError("derive.assume_false", text=text[:80])
    return True


@dataclass(frozen=True, slots=True)
class _Both:
    en: str
    zh: str

    def in_language(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en
