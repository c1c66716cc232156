"""Checks that need a whole game: names, accounts, targets, cycles, profiles, across the game page and instruments.

Every check works on outlines (:mod:`payoffs.page_outline`), so that a page with other faults is checked all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from payoffs.errors import Fault, PageError, did_you_mean, message
from payoffs.page_fields import FUND, FUND_INFLOW, OUTSIDE
from payoffs.page_outline import CONSTANT, INTO_FUND, PROFILE, SHARES, Formula, Outline
from payoffs.parties import MOST_CELLS, profile_name, profiles, read_profile
from payoffs.texts import Text

_SCOPES = {
    PROFILE: ("parameter", "derived", "indicator"),
    INTO_FUND: ("parameter", "derived", "indicator"),
    SHARES: ("parameter", "derived", "indicator", "share"),
    CONSTANT: ("parameter",),
}

_SHOWN_CYCLE = 12
_SHARES = "share_factors"


@dataclass(frozen=True)
class GameOutline:
    """The outlines of a game page and of its instruments, sorted by id."""

    game: Outline
    instruments: tuple[Outline, ...]

    @property
    def pages(self) -> tuple[Outline, ...]:
        """The game page first."""
        return (self.game, *self.instruments)

    @cached_property
    def parties(self) -> tuple[tuple[str, Mapping[str, object]], ...]:
        """Key and table of each party that has an id."""
        return tuple((key, row) for key, row in self.game.rows("parties") if isinstance(row.get("id"), str))

    @cached_property
    def accounts(self) -> tuple[str, ...]:
        """Who can pay and receive."""
        return (*(str(row["id"]) for _, row in self.parties), FUND, OUTSIDE)

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """Number of strategies per party."""
        return tuple(len(_strategies(row)) or 1 for _, row in self.parties)

    def names(self, *roles: str) -> set[str]:
        """Return the names declared in one of the roles, on any page."""
        return set().union(*(page.names(*roles) for page in self.pages))

    def faults(self) -> list[Fault]:
        """Return everything that is wrong between the parts of the game, with file and key."""
        checks = (_name_faults, _formula_name_faults, _target_faults, _entry_faults, _cycle_faults, _dynamics_faults)
        found = [*_page_id_faults(self), *_party_faults(self), *_profile_faults(self), *_cell_faults(self)]
        for check in checks:
            found.extend(check(self))
        return found


def _strategies(party: Mapping[str, object]) -> list[Mapping[str, object]]:
    rows = party.get("strategies")
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _page_id_faults(game: GameOutline) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for page in game.instruments:
        if page.id and page.id in seen:
            fields = {"id": page.id, "other": seen[page.id]}
            yield Fault("page.id_taken", fields, file=page.file, key="instrument.id")
        seen.setdefault(page.id, page.file)


def _party_faults(game: GameOutline) -> Iterator[Fault]:
    file = game.game.file
    yield from _duplicates([(key, str(row["id"])) for key, row in game.parties], file)
    yield from _duplicates(
        [(f"{key}.symbol", str(row["symbol"])) for key, row in game.parties if "symbol" in row], file
    )
    for key, row in game.parties:
        if row["id"] in (FUND, OUTSIDE):
            yield Fault("page.reserved", {"name": row["id"]}, file=file, key=key)
        strategies = _strategies(row)
        yield from _duplicates([(f"{key}.strategies", str(strategy.get("id"))) for strategy in strategies], file)
        if strategies and "indicator" in strategies[0]:
            yield Fault("game.indicator_on_first", file=file, key=f"{key}.strategies")
        elsewhere = [strategy for strategy in strategies[1:] if "indicator" in strategy]
        if "indicator" in row and (len(strategies) != 2 or elsewhere):
            yield Fault("game.indicator_on_party", {"count": len(strategies)}, file=file, key=f"{key}.indicator")
        if "share" in row and len(strategies) != 2:
            yield Fault("game.share_on_party", {"count": len(strategies)}, file=file, key=f"{key}.share")


def _duplicates(named: Sequence[tuple[str, str]], file: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for key, name in named:
        if name in seen:
            yield Fault("page.twice", {"name": name}, file=file, key=key)
        seen.add(name)


def _profile_faults(game: GameOutline) -> Iterator[Fault]:
    file, shape = game.game.file, game.shape
    if not shape:
        return
    coordination = game.game.table("game").get("coordination")
    if isinstance(coordination, str):
        try:
            read_profile(coordination, shape)
        except PageError as error:
            yield error.faults[0].at(file=file, key="game.coordination")
    shares = frozenset(game.game.names("share"))
    for name, value in game.game.table("start").items():
        yield from start_faults(name, value, shares, file)


def start_faults(name: str, value: object, shares: frozenset[str], file: str | None) -> Iterator[Fault]:
    """Yield what is wrong with one initial share."""
    if name not in shares:
        yield Fault("page.start_name", {"name": name, "hint": did_you_mean(name, shares)}, file, f"start.{name}")
    elif isinstance(value, int | float) and not 0 <= value <= 1:
        yield Fault("page.start_value", {"name": name, "value": value}, file, f"start.{name}")


def _cell_faults(game: GameOutline) -> Iterator[Fault]:
    page, shape = game.game, game.shape
    count = 1
    for strategies in shape:
        count *= strategies
    if count > MOST_CELLS:
        yield Fault("game.too_many_cells", {"cells": count, "most": MOST_CELLS}, page.file, "parties")
        return
    if "cells" not in page.raw:
        if not page.rows("entries"):
            yield Fault("game.empty", file=page.file)
        return
    for table in ("derived", "ranges", "entries", "measures"):
        if page.raw.get(table):
            yield Fault("game.cells_and_ledger", {"table": table}, page.file, table)
    for instrument in game.instruments:
        if any(_table(formula) != _SHARES for formula, _ in instrument.formulas):
            yield Fault("game.cells_and_instrument", file=instrument.file)
    if shape:
        yield from _cell_key_faults(page, shape, count)


def _cell_key_faults(page: Outline, shape: tuple[int, ...], count: int) -> Iterator[Fault]:
    found: set[tuple[int, ...]] = set()
    for name, cell in page.table("cells").items():
        key = f"cells.{name}"
        try:
            profile = read_profile(name, shape)
        except PageError as error:
            yield error.faults[0].at(file=page.file, key=key)
            continue
        if profile in found:
            yield Fault("page.twice", {"name": profile_name(profile, shape)}, page.file, key)
        found.add(profile)
        if isinstance(cell, list) and len(cell) != len(shape):
            yield Fault("game.cell_length", {"count": len(cell), "parties": len(shape)}, page.file, key)
    if len(found) < count:
        missing = next(profile for profile in profiles(shape) if profile not in found)
        fields = {"count": count - len(found), "first": profile_name(missing, shape), "cells": count}
        yield Fault("game.cells_missing", fields, page.file, "cells")


def _role(role: str) -> Text:
    return message(f"role.{role}")


def _name_faults(game: GameOutline) -> Iterator[Fault]:
    """Refuse one name for two things."""
    first: dict[str, tuple[str, str, str]] = {}
    for page in game.pages:
        for name, role, key in page.declared:
            if name in first:
                other_role, other_file, other_key = first[name]
                fields = {"name": name, "role": _role(other_role), "file": other_file, "key": other_key}
                yield Fault("page.name_taken", fields, page.file, key)
            first.setdefault(name, (role, page.file, key))


def _formula_name_faults(game: GameOutline) -> Iterator[Fault]:
    roles = ("parameter", "derived", "indicator", "share")
    everywhere = {role: game.names(role) for role in roles}
    own = _allowed({role: game.game.names(role) for role in roles})
    together = _allowed(everywhere)
    for page in game.pages:
        for formula, tree in page.formulas:
            allowed = (own if page is game.game else together)[formula.scope]
            for name in sorted(tree.names - allowed):
                yield _misplaced(name, formula.scope, everywhere, allowed).at(file=page.file, key=formula.key)


def _allowed(names: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    """Return the names that formulas of each scope may use."""
    return {
        scope: frozenset().union(*(names[role] for role in roles), {FUND_INFLOW} if scope in (PROFILE, SHARES) else ())
        for scope, roles in _SCOPES.items()
    }


def _misplaced(name: str, scope: str, everywhere: Mapping[str, set[str]], allowed: frozenset[str]) -> Fault:
    if name == FUND_INFLOW and scope == INTO_FUND:
        return Fault("game.fund_inflow_into_fund")
    if name in everywhere["share"]:
        return Fault("game.share_in_formula", {"name": name})
    if scope == CONSTANT and any(name in names for names in everywhere.values()):
        return Fault("game.only_parameters", {"name": name})
    if any(name in names for names in everywhere.values()):
        return Fault("game.name_of_instrument", {"name": name})
    return Fault("formula.name", {"name": name, "hint": did_you_mean(name, allowed)})


def _target_faults(game: GameOutline) -> Iterator[Fault]:
    derived = frozenset(game.names("derived"))
    either = derived | game.names("parameter")
    for page in game.pages:
        for formula, _ in page.formulas:
            table = formula.key.partition(".")[0]
            if table in ("terms", "factors") and formula.target not in derived:
                fields = {"name": formula.target, "hint": did_you_mean(str(formula.target), derived)}
                yield Fault("game.target", fields, page.file, formula.key)
            if table == "share_factors" and formula.target not in either:
                fields = {"name": formula.target, "hint": did_you_mean(str(formula.target), either)}
                yield Fault("game.share_target", fields, page.file, formula.key)
        own = frozenset(page.names("derived"))
        for name in page.table("ranges"):
            if name not in own:
                fields = {"name": name, "hint": did_you_mean(name, own)}
                yield Fault("game.range_target", fields, page.file, f"ranges.{name}")


def _entry_faults(game: GameOutline) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    accounts = frozenset(game.accounts)
    for page in game.pages:
        for key, entry in page.rows("entries"):
            name = entry.get("id")
            if isinstance(name, str) and name in seen:
                yield Fault("page.id_taken", {"id": name, "other": seen[name]}, page.file, key)
            if isinstance(name, str):
                seen.setdefault(name, page.file)
            for side in ("payer", "receiver"):
                account = entry.get(side)
                if isinstance(account, str) and account not in accounts:
                    fields = {"name": account, "hint": did_you_mean(account, accounts)}
                    yield Fault("game.account", fields, page.file, f"{key}.{side}")
            if isinstance(entry.get("payer"), str) and entry.get("payer") == entry.get("receiver"):
                yield Fault("game.pays_itself", {"name": entry["payer"]}, page.file, key)


def dependencies(game: GameOutline) -> dict[str, set[str]]:
    """Return for every derived quantity, fund_inflow, and every parameter with share factors, what its value needs."""
    factored = {formula.target for page in game.pages for formula, _ in page.formulas if _table(formula) == _SHARES}
    needs: dict[str, set[str]] = {name: set() for name in sorted(game.names("derived"))}
    needs.update({name: set() for name in sorted(game.names("parameter") & factored)})
    needs[FUND_INFLOW] = set()
    for page in game.pages:
        for formula, tree in page.formulas:
            if _table(formula) in ("derived", "terms", "factors", _SHARES) and formula.target in needs:
                needs[formula.target] |= tree.names
            if formula.scope == INTO_FUND:
                needs[FUND_INFLOW] |= tree.names - {FUND_INFLOW}
    return {name: {other for other in names if other in needs} for name, names in needs.items()}


def _table(formula: Formula) -> str:
    return formula.key.partition(".")[0]


def _cycle_faults(game: GameOutline) -> Iterator[Fault]:
    try:
        evaluation_order(dependencies(game))
    except CycleError as error:
        cycle = list(reversed(error.args[1]))  # each needs the next
        shown = cycle if len(cycle) <= _SHOWN_CYCLE else [*cycle[:_SHOWN_CYCLE], "...", cycle[-1]]
        fields = {"cycle": Text(" -> ".join(shown), " → ".join(shown))}
        yield Fault("game.cycle", fields, _file_of(game, cycle[0]))


def _file_of(game: GameOutline, name: str) -> str:
    declared = (page.file for page in game.pages if name in page.names("derived", "parameter"))
    return next(declared, game.game.file)


def evaluation_order(needs: Mapping[str, set[str]]) -> list[str]:
    """Return the names so that each comes after those it needs.

    Raises
    ------
    graphlib.CycleError
        some need each other
    """
    # Sorted, so that the order does not change with Python's hash seed.
    return list(TopologicalSorter({name: sorted(needs[name]) for name in sorted(needs)}).static_order())


def _dynamics_faults(game: GameOutline) -> Iterator[Fault]:
    shares, parameters = game.names("share"), game.names("parameter")
    parties = {str(row["id"]) for _, row in game.parties}
    for page in game.instruments:
        places = [(f"{key}.of", delay.get("of"), shares) for key, delay in page.rows("delays")]
        places += [(f"{key}.seen_by", delay.get("seen_by"), parties) for key, delay in page.rows("delays")]
        places.append(("monitoring.keeps", page.table("monitoring").get("keeps"), parameters))
        places.append(("instrument.switches", page.table("instrument").get("switches"), page.names("parameter")))
        objective = page.table("correlation").get("objective")
        places.append(("correlation.objective", [objective] if objective else [], {*parties, "welfare"}))
        for key, names, known in places:
            for name in names if isinstance(names, list) else []:
                if isinstance(name, str) and name not in known:
                    fields = {"name": name, "hint": did_you_mean(name, known)}
                    yield Fault("game.unknown_mention", fields, page.file, key)
        switches = page.table("instrument").get("switches")
        if _is_dynamic(page) and not (switches or _zero_by_default(page)):
            yield Fault("game.no_switch", file=page.file, key="instrument.switches")


def _is_dynamic(page: Outline) -> bool:
    return any(page.raw.get(table) for table in ("share_factors", "delays", "monitoring", "correlation"))


def _zero_by_default(page: Outline) -> bool:
    tables = page.table("parameters").values()
    return any((table.get("default") if isinstance(table, dict) else table) == 0 for table in tables)
