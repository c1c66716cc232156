"""Reading claims pages: refused like any other page, with everything that is wrong said at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import sympy

from gamebook.audit.claims_models import NOWHERE, ClaimsPage, ClaimsTable
from gamebook.book import Book, Case
from gamebook.errors import InputError
from payoffs.errors import Fault, PageError, did_you_mean
from payoffs.expressions import parse
from payoffs.formula_symbols import symbol
from payoffs.game import load_game
from payoffs.page_faults import faults_of
from payoffs.page_text import decode, read_bytes, tables
from payoffs.pages import parse_page
from payoffs.texts import Text

DEFAULT_SHARES = ("x", "y", "z", "u", "v", "w")


@dataclass(frozen=True, eq=False)
class Claims:
    """A claims page that was read and found good.

    Attributes
    ----------
    table : what is printed
    case : the game that it is held against; None if the page has none
    file : where it was read from
    """

    table: ClaimsTable
    case: Case | None
    file: str

    @property
    def title(self) -> Text:
        """Title of the work."""
        return self.table.title

    @cached_property
    def shares(self) -> tuple[str, ...]:
        """Names of the shares in the paper, one per party."""
        if self.table.shares:
            return tuple(self.table.shares)
        if self.case is not None:
            own = [party.share or "" for party in self.case.game.parties]
            return tuple(own)
        profiles = [*self.table.payoffs, *self.table.eigenvalues, *self.table.signs]
        return DEFAULT_SHARES[: len(profiles[0]) if profiles else 0]

    @property
    def players(self) -> int:
        """Number of parties."""
        return len(self.shares)

    def party(self, player: int) -> Text:
        """Name of a party, or its number."""
        if self.case is None:
            return Text(f"party {player + 1}", f"第 {player + 1} 方")
        return self.case.game.parties[player].name

    def place(self, part: str, given: Text = NOWHERE) -> Text:
        """Where the paper prints something: what the item says, else what the page says of its kind."""
        return given if given.en or given.zh else self.table.places.get(part, NOWHERE)

    def formula(self, text: str) -> sympy.Expr:
        """Return a printed formula."""
        return parse(text).symbolic({})

    def share_symbols(self) -> tuple[sympy.Symbol, ...]:
        """Symbols of the shares."""
        return tuple(symbol(name) for name in self.shares)


def read_claims(path: Path, book: Book, *, against: Case | None = None) -> Claims:
    """Read a claims page.

    Parameters
    ----------
    against : the game to hold the claims against, if the page names none or another is wanted

    Raises
    ------
    PageError, InputError
        whatever is wrong with the page, all faults at once
    """
    file = str(path)
    raw = tables(decode(read_bytes(path), file), file)
    if "claims" not in raw:
        raise PageError([Fault("claims.none", {"hint": did_you_mean(next(iter(raw), ""), ("claims",))}, file)])
    content, faults = faults_of(ClaimsPage, {"claims": raw["claims"]})
    if not isinstance(content, ClaimsPage):
        raise PageError([fault.at(file=file) for fault in faults])
    case = against or _case(content.claims, raw, file, book)
    claims = Claims(content.claims, case, file)
    faults = list(_faults(claims))
    if faults:
        raise PageError([fault.at(file=file) for fault in faults])
    return claims


def find_claims(target: str, book: Book, *, against: Case | None = None) -> Claims:
    """Read the claims page that a target names: a file, or a page of the book by its id or its game's.

    Raises
    ------
    InputError
        If there is none.
    """
    if target.endswith(".toml") or Path(target).is_file():
        return read_claims(Path(target), book, against=against)
    pages = book.claims()
    if target not in pages:
        raise InputError("audit.target", near=(target, pages), target=target, known=", ".join(sorted(pages)))
    return read_claims(pages[target], book, against=against)


def _case(table: ClaimsTable, raw: Mapping[str, object], file: str, book: Book) -> Case | None:
    """The game on the page itself, the one it names, or none."""
    own = {key: value for key, value in raw.items() if key != "claims"}
    if own:
        if table.game is not None:
            raise PageError([Fault("claims.two_games", {"name": table.game}, file, "claims.game")])
        import tomlkit

        return Case.of(load_game(parse_page(tomlkit.dumps(own), file), ()))
    if table.game is None:
        return None
    if table.game in book.shelves:
        return Case.of(book.game(table.game))
    if table.game in book.names():
        return book.case(table.game)
    fields = {"name": table.game, "hint": did_you_mean(table.game, book.names())}
    raise PageError([Fault("scenario.game", fields, file, "claims.game")])


def _faults(claims: Claims) -> Iterator[Fault]:
    table, case = claims.table, claims.case
    if case is not None and any(size != 2 for size in case.game.shape):
        yield Fault("claims.strategies", {"game": case.game.id})
        return
    if case is not None and len(claims.shares) != case.game.n:
        yield Fault("claims.shares", {"count": len(claims.shares), "parties": case.game.n}, key="claims.shares")
    known = set(table.parameters) | (set() if case is None else set(case.game.parameters))
    if set(claims.shares) & known:
        both = sorted(set(claims.shares) & known)[0]
        yield Fault("claims.collision", {"symbol": both}, key="claims.shares")
    yield from _shape_faults(claims)
    for key, written, names in _formulas(claims, known):
        # Without a game and a list of parameters there is nothing to hold names against.
        allowed = names if known else None
        try:
            parse(written, names=allowed)
        except PageError as error:
            yield from (fault.at(key=key) for fault in error.faults)
    yield from _reference_faults(claims, known)


def _shape_faults(claims: Claims) -> Iterator[Fault]:
    for part in ("payoffs", "eigenvalues", "signs"):
        rows: Mapping[str, Collection[object]] = getattr(claims.table, part)
        for profile, row in rows.items():
            if len(profile) != claims.players or len(row) != claims.players:
                fields = {"parties": claims.players, "profile": profile, "count": len(row)}
                yield Fault("claims.row", fields, key=f"claims.{part}.{profile}")
    for index, claim in enumerate(claims.table.ess):
        if len(claim.point) != claims.players:
            yield Fault(
                "claims.point", {"profile": claim.point, "parties": claims.players}, key=f"claims.ess#{index + 1}"
            )
    for index, claimed in enumerate(claims.table.sets):
        for profile in claimed.ess or ():
            if len(profile) != claims.players:
                fields = {"profile": profile, "parties": claims.players}
                yield Fault("claims.point", fields, key=f"claims.sets#{index + 1}.ess")


def _formulas(claims: Claims, known: Collection[str]) -> Iterator[tuple[str, str, set[str]]]:
    """Every formula of the page with its key and the names that it may use."""
    table = claims.table
    constant, moving = set(known), {*known, *claims.shares}
    for part, names in (("payoffs", moving), ("eigenvalues", constant)):
        for profile, row in getattr(table, part).items():
            for place, written in enumerate(row):
                yield f"claims.{part}.{profile}#{place + 1}", written, names
    for part in ("advantages", "velocities"):
        for name, written in getattr(table, part).items():
            yield f"claims.{part}.{name}", written, moving
    for index, mixed in enumerate(table.mixed):
        for name, written in mixed.point.items():
            yield f"claims.mixed#{index + 1}.point.{name}", written, constant


def _reference_faults(claims: Claims, known: Collection[str]) -> Iterator[Fault]:
    """Names of shares, parameters and sets that the page uses without having them."""
    table = claims.table
    sets = {claimed.id for claimed in table.sets}
    used: list[tuple[str, str, Collection[str], str]] = []
    for part in ("advantages", "velocities"):
        used += [(f"claims.{part}", name, claims.shares, "claims.share") for name in getattr(table, part)]
    for index, end in enumerate(table.ends):
        key = f"claims.ends#{index + 1}"
        used.append((key, end.set, sets, "claims.set"))
        used += [(key, name, claims.shares, "claims.share") for name in end.start]
    for index, mixed in enumerate(table.mixed):
        used += [(f"claims.mixed#{index + 1}", name, claims.shares, "claims.share") for name in mixed.point]
        used += [(f"claims.mixed#{index + 1}", name, sets, "claims.set") for name in mixed.sets]
    for figure in table.figures:
        key = f"claims.figures.{figure.id}"
        used.append((key, figure.set, sets, "claims.set"))
        names = [*figure.varies, *(name for curve in figure.curves for name in (*curve.values, *curve.legend))]
        used += [(key, name, known, "claims.parameter") for name in names if known and name not in claims.shares]
    for claimed in table.sets:
        used += [(f"claims.sets.{claimed.id}", name, known, "claims.parameter") for name in claimed.values if known]
    for key, name, allowed, code in used:
        if name not in allowed:
            yield Fault(code, {"name": name, "hint": did_you_mean(name, allowed)}, key=key)
