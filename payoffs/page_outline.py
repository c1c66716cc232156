"""What a page declares and mentions, read leniently.

A page with a mistyped key still has formulas, names and accounts worth checking, so that all faults come at once. An
outline takes whatever is well-formed from the raw tables and leaves the rest to the check of the structure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from payoffs.errors import Fault, PageError
from payoffs.expressions import Expression, parse
from payoffs.page_faults import key_path
from payoffs.page_fields import FUND, formula_text
from payoffs.parties import default_share

# Where a formula stands decides which names it may use.
PROFILE = "profile"  # parameters, derived quantities, indicators, fund_inflow
INTO_FUND = "into_fund"  # the same without fund_inflow
SHARES = "shares"  # the same as PROFILE, with the parties' shares
CONSTANT = "constant"  # parameters only


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of a page: where it stands, what it says, what it may use, and what it defines or changes."""

    key: str
    text: str
    scope: str
    target: str | None = None

    def read(self) -> Expression | Fault:
        """Return the formula with any names, or what is wrong with it."""
        try:
            return parse(self.text)
        except PageError as error:
            return error.faults[0].at(key=self.key)


@dataclass(frozen=True)
class Outline:
    """The declarations, formulas and mentions of one page.

    Parameters
    ----------
    kind : "game", "instrument" or "scenario"
    raw : the page's tables
    file : its name in messages
    """

    kind: str
    raw: Mapping[str, object]
    file: str

    @property
    def id(self) -> str:
        """The id in the page's head, or an empty text."""
        name = self.table(self.kind).get("id")
        return name if isinstance(name, str) else ""

    def table(self, name: str) -> Mapping[str, object]:
        """Return a top-level table, empty if it is missing or no table."""
        found = self.raw.get(name)
        return found if isinstance(found, dict) else {}

    def rows(self, name: str) -> list[tuple[str, Mapping[str, object]]]:
        """Return the key path and the table of each item of a top-level list."""
        found = self.raw.get(name)
        items = found if isinstance(found, list) else []
        return [(key_path(self.raw, (name, i)), item) for i, item in enumerate(items) if isinstance(item, dict)]

    @cached_property
    def declared(self) -> tuple[tuple[str, str, str], ...]:
        """Every name that formulas may use, as (name, role, key), duplicates included."""
        return tuple(self._declarations())

    @property
    def formula_characters(self) -> int:
        """Length of all formulas together; reading them takes microseconds per character."""
        return sum(len(formula.text) for formula in self._all_formulas())

    @cached_property
    def formulas(self) -> tuple[tuple[Formula, Expression], ...]:
        """Every formula that can be read, with its expression."""
        return tuple((formula, tree) for formula, tree in self._read if isinstance(tree, Expression))

    @property
    def formula_faults(self) -> list[Fault]:
        """What is wrong with the text of the formulas, names apart."""
        return [fault for _, fault in self._read if isinstance(fault, Fault)]

    def names(self, *roles: str) -> set[str]:
        """Return the names declared in one of the roles."""
        return {name for name, role, _ in self.declared if role in roles}

    @cached_property
    def _read(self) -> tuple[tuple[Formula, Expression | Fault], ...]:
        return tuple((formula, formula.read()) for formula in self._all_formulas())

    def _declarations(self) -> Iterator[tuple[str, str, str]]:
        for key, party in self.rows("parties"):
            yield from _names_of_party(key, party)
        for role, table in (("parameter", "parameters"), ("derived", "derived")):
            for name in self.table(table):
                yield name, role, f"{table}.{name}"

    def _all_formulas(self) -> Iterator[Formula]:
        for name, value in self.table("derived").items():
            text = value.get("formula") if isinstance(value, dict) else value
            yield from _formula(f"derived.{name}", text, PROFILE, name)
        for table, scope in (("terms", PROFILE), ("factors", PROFILE), ("share_factors", SHARES)):
            for name, value in self.table(table).items():
                yield from _formula(f"{table}.{name}", value, scope, name)
        for key, entry in self.rows("entries"):
            scope = INTO_FUND if entry.get("receiver") == FUND else PROFILE
            for part in ("amount", "when"):
                yield from _formula(f"{key}.{part}", entry.get(part), scope)
        for name, measure in self.table("measures").items():
            if isinstance(measure, dict):
                yield from _formula(f"measures.{name}.formula", measure.get("formula"), PROFILE)
        for profile, cell in self.table("cells").items():
            for i, value in enumerate(cell if isinstance(cell, list) else []):
                yield from _formula(f"cells.{profile}#{i + 1}", value, CONSTANT)
        yield from self._formulas_of_dynamics()

    def _formulas_of_dynamics(self) -> Iterator[Formula]:
        for key, delay in self.rows("delays"):
            yield from _formula(f"{key}.lag", delay.get("lag"), CONSTANT)
        monitoring = self.table("monitoring")
        for part, scope in (("measure", PROFILE), ("trigger", CONSTANT), ("release", CONSTANT)):
            yield from _formula(f"monitoring.{part}", monitoring.get(part), scope)


def _formula(key: str, value: object, scope: str, target: str | None = None) -> Iterator[Formula]:
    text = formula_text(value)
    if text is not None:
        yield Formula(key, text, scope, target)


def _names_of_party(key: str, party: Mapping[str, object]) -> Iterator[tuple[str, str, str]]:
    strategies = party.get("strategies")
    rows = [row for row in strategies if isinstance(row, dict)] if isinstance(strategies, list) else []
    for place, name in [(f"{key}.indicator", party.get("indicator"))] + [
        (f"{key}.strategies.{row.get('id')}.indicator", row.get("indicator")) for row in rows
    ]:
        if isinstance(name, str):
            yield name, "indicator", place
    share = party.get("share", default_share(party) if len(rows) == 2 else None)
    if isinstance(share, str):
        yield share, "share", f"{key}.share"
