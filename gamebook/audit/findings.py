"""What an audit finds: where, how serious, what is printed, what follows instead, and a counterexample."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

import sympy

from gamebook.audit.claims_models import NOWHERE
from gamebook.texts import text
from payoffs.texts import Text

Severity = Literal["error", "warning", "note", "untested"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note", "untested")


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """One finding.

    Attributes
    ----------
    check : what was tested; the text ``audit.<check>`` of the catalogue says it
    severity : ``error`` (what is printed is false), ``warning`` (it misleads or rests on a test that does not decide),
        ``note`` (tested and right), ``untested`` (the paper gives too little)
    place : table, figure or equation of the paper, as the claims page names it
    fields : what the text shows: names, numbers and formulas
    counterexample : values at which a claim fails, by name
    """

    check: str
    severity: Severity
    place: Text = NOWHERE
    fields: Mapping[str, object] = field(default_factory=dict)
    counterexample: Mapping[str, str] = field(default_factory=dict)

    def text(self, lang: str = "en") -> str:
        """Say the finding in English or Chinese."""
        shown = {name: _in_language(value, lang) for name, value in self.fields.items()}
        said = text(f"audit.{self.check}", lang, **shown)
        if self.counterexample:
            pairs = ", ".join(f"{name} = {value}" for name, value in self.counterexample.items())
            said += text("audit.counterexample", lang, values=pairs)
        return said

    def to_json(self) -> dict[str, object]:
        """Return the finding as plain data, with both texts."""
        return {
            "check": self.check,
            "severity": self.severity,
            "place": {"en": self.place.en, "zh": self.place.zh},
            "en": self.text("en"),
            "zh": self.text("zh"),
            **{name: str(_in_language(value, "en")) for name, value in self.fields.items()},
            "counterexample": dict(self.counterexample),
        }


def formula(expression: sympy.Expr) -> str:
    """Write a formula as the pages write it.

    Examples
    --------
    >>> a, b = sympy.symbols("a b")
    >>> formula(a**2 - b / 2)
    'a**2 - b/2'
    """
    return str(sympy.sstr(expression, order=None))


def number(value: Fraction | float) -> str:
    """Write a number shortly: whole and short fractions exactly, others with four digits.

    Examples
    --------
    >>> number(Fraction(3, 4)), number(Fraction(1, 3)), number(2.0)
    ('0.75', '1/3', '2')
    """
    if isinstance(value, Fraction):
        as_decimal = f"{float(value):.6g}"
        if Fraction(as_decimal) == value:
            return as_decimal
        if value.denominator < 1000:
            return str(value)
    return f"{float(value):.4g}"


def complex_numbers(values: Iterable[complex]) -> str:
    """Write eigenvalues shortly.

    Examples
    --------
    >>> complex_numbers([-0.8 + 1.25j, -0.8 - 1.25j, 2 + 0j])
    '-0.8+1.25i, -0.8-1.25i, 2'
    """
    values = list(values)
    size = max((abs(value) for value in values), default=0.0)

    def shown(value: complex) -> str:
        real, imaginary = (0.0 if abs(part) <= 1e-12 * size else part for part in (value.real, value.imag))
        if imaginary == 0.0:
            return number(real)
        whole = "" if real == 0.0 else number(real)
        return f"{whole}{'-' if imaginary < 0 else '+' if whole else ''}{number(abs(imaginary))}i"

    return ", ".join(map(shown, values))


def point(values: Mapping[sympy.Symbol, Fraction], needed: Sequence[sympy.Symbol]) -> dict[str, str]:
    """Return the values of the symbols that matter, by name."""
    return {name.name: number(values[name]) for name in sorted(needed, key=lambda s: s.name) if name in values}


def _in_language(value: object, lang: str) -> object:
    spoken = getattr(value, "in_language", None)
    return spoken(lang) if callable(spoken) else value
