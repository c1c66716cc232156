"""The problem, its assumptions and the notation."""

from __future__ import annotations

import math
from collections.abc import Sequence

import sympy

from gamebook.derivations.document import Writer
from gamebook.derivations.formula_writer import LATEX, FormulaWriter
from gamebook.derivations.notation import Notation
from gamebook.derivations.sections.wording import BaseWording
from gamebook.derivations.symbol_names import parameter_latex, share_latex
from payoffs.formula_symbols import symbol
from payoffs.ledger import Entry
from payoffs.page_fields import FUND, FUND_INFLOW, OUTSIDE


def assumptions(say: BaseWording, out: Writer) -> None:
    """Write what the game is about, who decides what, and what is assumed."""
    game = say.derivation.game
    opening(say, out)
    for player in range(game.n):
        fields = {
            "party": say.party(player),
            "number": player + 1,
            "active": say.strategy(player, 1),
            "passive": say.strategy(player, 0),
            "share": f"${say.shares[player]}$",
            "rest": f"$1-{say.shares[player]}$",
        }
        out.statement("assumption", say.t("derivation.assumption.party", **fields))
    closing(say, out)


def opening(say: BaseWording, out: Writer) -> None:
    """Write the heading and what the game is about."""
    out.heading(say.t("derivation.heading.assumptions"))
    for paragraph in say.say(say.derivation.game.about).split("\n"):
        if paragraph.strip():
            out.paragraph(paragraph.strip())


def closing(say: BaseWording, out: Writer) -> None:
    """Write the assumptions that do not name a party, and the payments."""
    out.statement("assumption", say.t("derivation.assumption.learning"))
    out.statement("assumption", _what_moves(say))
    out.statement("assumption", say.t("derivation.assumption.bounds"))
    if say.derivation.assumptions:
        listed = [
            f"${say.tex(found.left)}{'>' if found.strict else chr(92) + 'ge '}{say.tex(found.right)}$"
            for found in say.derivation.assumptions
        ]
        out.statement("assumption", say.t("derivation.assumption.given", listed=say.join(listed)))
    if say.derivation.game.has_ledger:
        _ledger(say, out)


def _what_moves(say: BaseWording) -> str:
    """Say whether payoffs depend on shares, and what follows which shares."""
    moving = [part for part in say.derivation.cells.parts if part.moves]
    named = [part for part in moving if part.quantity in say.derivation.game.parameters] or moving
    if not say.derivation.cells.depends:
        return say.t("derivation.assumption.fixed")
    listed = [f"${say.derivation.names.latex[part.symbol]}={say.tex(part.formula)}$" for part in named]
    code = "derivation.assumption.follows" if listed else "derivation.assumption.moving"
    return say.t(code, listed=say.join(listed))


def _ledger(say: BaseWording, out: Writer) -> None:
    """Write the table of payments: who pays whom, how much, when."""
    game, cells = say.derivation.game, say.derivation.cells
    numbers = {
        name: sympy.Rational(str(value)) for name, value in cells.values.items() if name not in cells.symbolic
    }
    writer = _ledger_writer(say)
    rows = []
    for entry in game.entries:
        amount = entry.amount.symbolic(numbers)
        if amount == 0 or _never(say, entry):
            continue
        when = entry.when.symbolic(numbers)
        condition = say.t("derivation.always") if when == 1 else f"${writer.write(when)}$"
        accounts = [_account(say, name) for name in (entry.payer, entry.receiver)]
        rows.append([say.say(entry.name), *accounts, f"${writer.write(amount)}$", condition])
    head = [say.t(f"derivation.ledger.{column}") for column in ("entry", "payer", "receiver", "amount", "when")]
    indicators = [
        f"${share_latex(strategy.indicator)}$"
        for party in game.parties for strategy in party.strategies if strategy.indicator is not None
    ]  # fmt: skip
    two = max(game.shape) == 2
    notes = [say.t(f"derivation.{'ledger.note' if two else 'many.indicators'}", indicators=say.join(indicators))]
    number = out.table(say.t("derivation.ledger.caption"), head, rows, align="LllLc", notes=notes)
    out.statement(
        "assumption", say.t("derivation.assumption.ledger", table=say.numbered("table", number))
    )


def _never(say: BaseWording, entry: Entry) -> bool:
    """Tell whether an entry is nothing at every profile, its tool being switched off."""
    game, values = say.derivation.game, dict(say.derivation.cells.values)
    for name in say.derivation.cells.symbolic:
        if name in (entry.amount.names | entry.when.names):
            return False
    position = next(place for place, other in enumerate(game.entries) if other.id == entry.id)
    return not bool(game.without_share_factors().ledger(**values).amounts[position].any())


def _ledger_writer(say: BaseWording) -> FormulaWriter:
    """Return a writer that also knows the indicators and the derived quantities without their profiles."""
    game, names = say.derivation.game, say.derivation.names
    symbols = dict(names.latex)
    for party in game.parties:
        for strategy in party.strategies:
            if strategy.indicator is not None:
                symbols[symbol(strategy.indicator)] = share_latex(strategy.indicator)
    for name, quantity in game.derived.items():
        symbols[symbol(name)] = parameter_latex(name, quantity.latex)
    symbols[symbol(FUND_INFLOW)] = next(
        (names.latex[part.symbol].split("^")[0] for part in say.derivation.cells.parts if part.quantity == FUND_INFLOW),
        r"\Phi",
    )
    return FormulaWriter(names, LATEX, symbols)


def _account(say: BaseWording, name: str) -> str:
    if name in (FUND, OUTSIDE):
        return say.t(f"derivation.account.{name}")
    game = say.derivation.game
    return say.party(game.player(name))


def notation(say: BaseWording, out: Writer) -> None:
    """Write the table of symbols, the map of renamed ones, and the quantities that formulas name."""
    shares = [
        (say.shares[player], say.t("derivation.share", party=say.party(player), strategy=say.strategy(player, 1)))
        for player in range(say.derivation.game.n)
    ]
    symbols(say, out, shares)


def symbols(say: BaseWording, out: Writer, shares: Sequence[tuple[str, str]]) -> None:
    """Write the table of symbols; `shares` are those of the shares with what they mean."""
    derivation = say.derivation
    out.heading(say.t("derivation.heading.notation"))
    owners = any(found.owner is not None for found in derivation.notation)
    columns = ["symbol", "meaning", *(["owner"] if owners else []), "range", "unit", "value", "basis"]
    rows = [_notation_row(say, found, owners) for found in derivation.notation]
    for share, meaning in shares:
        rows.append([f"${share}$", meaning, *(["—"] if owners else []), "$[0,1]$", "—", "—", "—"])
    out.table(
        say.t("derivation.notation.caption"),
        [say.t(f"derivation.notation.{column}") for column in columns],
        rows,
        align="lL" + ("l" if owners else "") + "cLrl",
        notes=_sources(say),
    )
    for line in (_idle(say), _renamed(say)):
        if line:
            out.statement("note", line)
    if derivation.quantities:
        _quantities(say, out)


def _notation_row(say: BaseWording, found: Notation, owners: bool) -> list[str]:
    low, high = (_end(end) for end in (found.low, found.high))
    row = [f"${found.latex}$", say.say(found.meaning)]
    if owners:
        row.append("—" if found.owner is None else say.say(found.owner))
    confidence = found.confidence.replace(" ", "_") or "none"
    basis = say.t(f"derivation.basis.{confidence}")
    return [*row, f"$({low},\\,{high})$", say.unit(found.unit) or "—", say.number(found.value), basis]


def _end(value: float) -> str:
    if math.isinf(value):
        return r"+\infty" if value > 0 else r"-\infty"
    return f"{value:g}"


def _sources(say: BaseWording) -> list[str]:
    """Return one note per source with the symbols that rest on it."""
    by_source: dict[str, list[str]] = {}
    for found in say.derivation.notation:
        source = say.say(found.source).strip()
        if source:
            by_source.setdefault(source, []).append(f"${found.latex}$")
    return [
        say.t("derivation.source", symbols=say.join(symbols), source=source) for source, symbols in by_source.items()
    ]


def _idle(say: BaseWording) -> str:
    listed = [f"${say.derivation.names.latex[symbol(name)]}$" for name in say.derivation.statics.without_effect]
    return say.t("derivation.idle", symbols=say.join(listed)) if listed else ""


def _renamed(say: BaseWording) -> str:
    listed = [
        say.t("derivation.renamed.one", symbol=f"${found.wanted}$", latex=f"${found.latex}$", clash=found.clash)
        for found in say.derivation.names.renamed
    ]
    separator = "；" if say.lang == "zh" else "; "
    return say.t("derivation.renamed", listed=separator.join(listed)) if listed else ""


def _quantities(say: BaseWording, out: Writer) -> None:
    rows = []
    for quantity in say.derivation.quantities:
        for place, (part, formula) in enumerate(quantity.parts):
            meaning = say.say(quantity.meaning) if place == 0 else ""
            rows.append([meaning, f"${say.derivation.names.latex[part]}$", say.f(formula)])
    letters = say.join([f"${share}$" for share in say.shares])
    many = max(say.derivation.game.shape) > 2
    notes = [say.t("derivation.many.raised") if many else say.t("derivation.quantities.note", shares=letters)]
    if say.derivation.cells.depends:
        notes.append(say.t("derivation.quantities.note.shares"))
    out.table(
        say.t("derivation.quantities.caption"),
        [say.t(f"derivation.quantities.{column}") for column in ("meaning", "symbol", "formula")],
        rows,
        align="llL",
        notes=notes,
    )
