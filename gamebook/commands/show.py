"""``gamebook show``: what a game, a scenario or an instrument says."""

from __future__ import annotations

from gamebook.commands.assignments import assignments
from gamebook.commands.output import emit, language
from gamebook.options import AnyTarget, Common, Settings

COMMON = Common()


def show_command(target: AnyTarget, /, *, settings: Settings = None, common: Common = COMMON) -> int:
    """Print texts, parameters with their sources, and the ledger of a page."""
    from gamebook.book import Book
    from gamebook.description import describe

    values = assignments(settings, "--set", "s_F=0.3")
    book = Book.open(common.book or (), replace=common.replace)
    found = describe(book, target, values)
    emit(lambda: found.text(language(common)), found.data, common)
    return 0
