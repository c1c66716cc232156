"""``gamebook list``: what there is to solve and to set."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

from gamebook.commands.output import emit, language
from gamebook.options import Common

COMMON = Common()


def list_command(
    kind: Annotated[
        Literal["games", "scenarios", "instruments"] | None, Parameter(name="KIND", help="option.kind")
    ] = None,
    /,
    *,
    common: Common = COMMON,
) -> int:
    """Print names and titles of games, scenarios and instruments."""
    from gamebook.book import Book
    from gamebook.listing import listing, listing_text

    found = listing(Book.open(common.book or (), replace=common.replace))
    if kind is not None:
        found = {kind: found[kind]}
    emit(lambda: listing_text(found, language(common)), lambda: found, common)
    return 0
