"""The table of symbols: what stands for what, whose it is, in what unit, between what bounds, and from what source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sympy

from gamebook.derivations.payoff_cells import PayoffCells
from gamebook.derivations.symbol_names import SymbolNames
from payoffs.formula_symbols import symbol
from payoffs.page_fields import FUND_INFLOW
from payoffs.texts import Text


@dataclass(frozen=True, slots=True, eq=False)
class Notation:
    """A symbol that the derivation uses.

    Attributes
    ----------
    symbol, latex : as in pages, and as printed
    meaning, unit, source, confidence : as the page says; `unit` in English
    owner : title of the policy instrument it belongs to; None for the base game
    value, low, high : in use, and the bounds between which it is taken strictly
    """

    symbol: str
    latex: str
    meaning: Text
    unit: str
    owner: Text | None
    source: Text
    confidence: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class QuantityNotation:
    """A derived quantity whose name the formulas use, with its formula at each set of profiles."""

    name: str
    meaning: Text
    unit: str
    parts: tuple[tuple[sympy.Symbol, sympy.Expr], ...]


def notation(cells: PayoffCells, names: SymbolNames, used: set[str]) -> tuple[Notation, ...]:
    """Return the symbolic parameters that are in use, in the order of the pages."""
    titles = {tool.id: tool.title for tool in cells.game.instruments}
    found = []
    for name in cells.symbolic:
        if name not in used:
            continue
        parameter = cells.game.parameters[name]
        found.append(
            Notation(
                symbol=name,
                latex=names.latex[symbol(name)],
                meaning=parameter.name,
                unit=parameter.unit,
                owner=None if parameter.instrument is None else titles[parameter.instrument],
                source=parameter.source,
                confidence=parameter.confidence,
                value=cells.values[name],
                low=parameter.low,
                high=parameter.high,
            )
        )
    return tuple(found)


def quantities(cells: PayoffCells) -> tuple[QuantityNotation, ...]:
    """Return the derived quantities that the payoffs name."""
    by_name: dict[str, list[tuple[sympy.Symbol, sympy.Expr]]] = {}
    for part in cells.parts:
        by_name.setdefault(part.quantity, []).append((part.symbol, part.formula))
    found = []
    for name, parts in by_name.items():
        if name == FUND_INFLOW:
            meaning, unit = Text("what is paid into the fund", "基金收入"), cells.game.unit
        else:
            named = cells.game.derived.get(name) or cells.game.parameters[name]
            meaning, unit = named.name, named.unit
        found.append(QuantityNotation(name, meaning, unit, tuple(parts)))
    return tuple(found)


def used_symbols(cells: PayoffCells) -> set[str]:
    """Return the names of all symbols in some payoff, directly or through parts."""
    formulas: Mapping[int, sympy.Expr] = dict(
        enumerate([*(payoff for of in cells.cells.values() for payoff in of), *(part.formula for part in cells.parts)])
    )
    return {name.name for formula in formulas.values() for name in formula.free_symbols}
