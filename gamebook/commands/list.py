"""``gamebook list``: what there is to solve and to set."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

from gamebook.commands.output import emit, language
from gamebook.errors import InputError
from gamebook.options import Common

COMMON = Common()


def list_command(
    kind: Annotated[
        Literal["games", "scenarios", "instruments"] | None, Parameter(name="KIND", help="option.kind")
    ] = None,
    /,
    *,
    game: Annotated[str | None, Parameter(name="--game", help="option.game", metavar="NAME")] = None,
    common: Common = COMMON,
) -> int:
    """Print names and titles of games, scenarios and instruments."""
    from gamebook.book import Book
    from gamebook.listing import listing, listing_text

    book = Book.open(common.book or (), replace=common.replace)
    if game is not None and game not in book.shelves:
        raise InputError("input.game", near=(game, book.shelves), game=game, known=", ".join(sorted(book.shelves)))
    found = listing(book, only=game)
    if kind is not None:
        found = {kind: found[kind]}
    emit(lambda: listing_text(found, language(common)), lambda: found, common)
    return 0
