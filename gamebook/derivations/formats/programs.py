"""What programs in all languages share: the order of definitions, the settings of a run, the names in comments."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sympy

from gamebook.derivations.derivation import Derivation, DerivedGame
from gamebook.derivations.formula_writer import FormulaWriter, Style
from gamebook.derivations.symbol_names import IN_CODE
from payoffs.formula_symbols import symbol

SETTLED = 14.0  # e-foldings of the slowest eigenvalue of a sink that a figure shows


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """A derivation as definitions in one programming language.

    Attributes
    ----------
    title : of the case
    shares, parameters : identifiers, and for parameters the values in use
    definitions : (identifier, formula) of parts and of coefficients, in the order of evaluation
    advantages, slopes : formulas in these identifiers, slopes[i][j] the derivative of D_i by x_j
    start, horizon : initial shares and the time that a figure shows
    """

    title: str
    parties: tuple[str, ...]
    shares: tuple[str, ...]
    parameters: tuple[tuple[str, float], ...]
    definitions: tuple[tuple[str, str], ...]
    advantages: tuple[str, ...]
    slopes: tuple[tuple[str, ...], ...]
    start: tuple[float, ...]
    horizon: float


def program(derivation: Derivation, style: Style, lang: str) -> Program:
    """Write a derivation as definitions."""
    writer = FormulaWriter(derivation.names, style)
    field, code = derivation.field, derivation.names.code
    definitions = [(code[part.symbol], writer.write(part.formula)) for part in derivation.cells.parts]
    taken = set(code.values()) | IN_CODE
    names: list[dict[tuple[int, ...], str]] = []
    for player in range(field.n):
        of = {}
        for parties, coefficient in field.coefficients[player].items():
            name = f"a{player + 1}_" + ("".join(code[field.shares[party]] for party in parties) or "0")
            while name in taken:
                name += "_"
            taken.add(name)
            of[parties] = name
            definitions.append((name, writer.write(coefficient)))
        names.append(of)
    extra = _coefficient_slopes(derivation, writer, names, taken, definitions)
    shares = [code[share] for share in field.shares]
    values = derivation.cells.values
    game = derivation.game
    return Program(
        title=derivation.case.title.in_language(lang),
        parties=tuple(party.name.in_language(lang) for party in game.parties),
        shares=tuple(shares),
        parameters=tuple((code[symbol(name)], values[name]) for name in derivation.cells.symbolic),
        definitions=tuple(definitions),
        advantages=tuple(_sum(names[player], shares) for player in range(field.n)),
        slopes=tuple(
            tuple(_slope(names[player], shares, other, extra.get((player, other), {})) for other in range(field.n))
            for player in range(field.n)
        ),
        start=tuple(derivation.case.start.get(party.share or "", 0.5) for party in game.parties),
        horizon=horizon(derivation),
    )


def _sum(names: dict[tuple[int, ...], str], shares: Sequence[str]) -> str:
    terms = ["*".join([name, *(shares[party] for party in parties)]) for parties, name in names.items()]
    return " + ".join(terms) or "0"


def _coefficient_slopes(
    derivation: Derivation,
    writer: FormulaWriter,
    names: Sequence[Mapping[tuple[int, ...], str]],
    taken: set[str],
    definitions: list[tuple[str, str]],
) -> dict[tuple[int, int], dict[tuple[int, ...], str]]:
    """Define the derivatives of coefficients that contain shares; return their names by advantage and share."""
    field, code = derivation.field, derivation.names.code
    found: dict[tuple[int, int], dict[tuple[int, ...], str]] = {}
    for player, other in itertools.product(range(field.n), repeat=2):
        for parties, slope in field.coefficient_slopes(player, other).items():
            name = f"d{names[player][parties]}_{code[field.shares[other]]}"
            while name in taken:
                name += "_"
            taken.add(name)
            definitions.append((name, writer.write(slope)))
            found.setdefault((player, other), {})[parties] = name
    return found


def _slope(
    names: Mapping[tuple[int, ...], str], shares: Sequence[str], other: int, extra: Mapping[tuple[int, ...], str]
) -> str:
    parts = [
        ([party for party in parties if party != other], name) for parties, name in names.items() if other in parties
    ]
    parts += [(list(parties), name) for parties, name in extra.items()]
    return " + ".join("*".join([name, *(shares[party] for party in parties)]) for parties, name in parts) or "0"


def horizon(derivation: DerivedGame) -> float:
    """Return a time after which paths have settled: many times the slowest rate at a sink, in short numbers."""
    rates = [
        min(abs(float(value)) for value in point.numbers if value is not None)
        for point in derivation.points
        if point.kind_here == "ess"
    ]
    others = [abs(float(value)) for point in derivation.points for value in point.numbers if value]
    rate = min(rates) if rates else sum(others) / len(others) / 4 if others else 1.0
    wanted = SETTLED / rate
    size = 10.0 ** math.floor(math.log10(wanted))
    return next(size * step for step in (1, 2, 5, 10) if size * step >= wanted)


def eigenvalues(derivation: Derivation, style: Style) -> list[tuple[str, list[str]]]:
    """Return the eigenvalues at every pure point in formulas."""
    writer = FormulaWriter(derivation.names, style)
    return [
        ("".join(map(str, point.profile)), [writer.write(value) for value in point.eigenvalues])
        for point in derivation.points
    ]


def symbols_of(derivation: DerivedGame) -> list[tuple[str, sympy.Symbol]]:
    """Return the identifiers of parameters with their symbols."""
    return [(derivation.names.code[symbol(name)], symbol(name)) for name in derivation.cells.symbolic]


def shares_of(derivation: Derivation) -> list[tuple[str, sympy.Symbol]]:
    """Return the identifiers of shares with their symbols."""
    return [(derivation.names.code[share], share) for share in derivation.field.shares]
