"""Pages: the TOML files that describe games, instruments and scenarios.

Reading a page checks everything that the page alone can tell, and reports all faults at once. What depends on other
pages (names of the base game, targets, duplicate ids) is checked when a game is put together.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from payoffs.errors import Fault, PageError, did_you_mean
from payoffs.game_checks import GameOutline
from payoffs.page_faults import faults_of
from payoffs.page_fields import PageModel
from payoffs.page_models import GamePage, InstrumentPage, ScenarioPage
from payoffs.page_outline import Outline
from payoffs.page_text import decode, read_bytes, tables
from payoffs.scenario_checks import scenario_faults

MODELS: Mapping[str, type[PageModel]] = {"game": GamePage, "instrument": InstrumentPage, "scenario": ScenarioPage}
MOST_FORMULA_CHARACTERS = 150_000  # about a second of reading; the pages of the book have 5,000


@dataclass(frozen=True, eq=False)
class Page:
    """A page that has been read and found good.

    Attributes
    ----------
    kind : "game", "instrument" or "scenario"
    id : the id in its head
    file : where it was read from, for messages
    text : the TOML text, byte order mark removed
    content : its checked tables
    """

    kind: str
    id: str
    file: str
    text: str
    content: GamePage | InstrumentPage | ScenarioPage
    outline: Outline = field(repr=False)


@dataclass(frozen=True, eq=False)
class Draft:
    """A page as far as it could be read.

    Attributes
    ----------
    faults : of its structure and its formulas
    faults_between : of a game page taken alone: between its parts
    """

    file: str
    text: str = ""
    outline: Outline | None = None
    content: PageModel | None = None
    faults: tuple[Fault, ...] = ()
    faults_between: tuple[Fault, ...] = ()

    def page(self) -> Page:
        """Return the page, or raise all faults."""
        if self.faults or self.faults_between or self.outline is None:
            raise PageError([*self.faults, *self.faults_between])
        content = self.content
        if not isinstance(content, GamePage | InstrumentPage | ScenarioPage):
            raise TypeError(f"a draft without faults has content, not {content!r}")
        return Page(self.outline.kind, self.outline.id, self.file, self.text, content, self.outline)


Source = str | os.PathLike[str] | Page


def read_page(path: str | os.PathLike[str]) -> Page:
    """Read the page in a file.

    Raises
    ------
    PageError
        the file cannot be read or the page is wrong; all faults at once
    """
    return draft_of(path).page()


def parse_page(text: str, file: str = "<text>") -> Page:
    """Read a page from its TOML text; `file` is its name in messages.

    Raises
    ------
    PageError
        the page is wrong; all faults at once

    Examples
    --------
    >>> page = parse_page('''
    ... [scenario]
    ... id = "half"
    ... game = "demo"
    ... [values]
    ... s = 0.5
    ... ''')
    >>> page.kind, page.id
    ('scenario', 'half')
    """
    return draft(text, file).page()


def draft_of(source: Source) -> Draft:
    """Read a page as far as possible."""
    if isinstance(source, Page):
        return Draft(source.file, source.text, source.outline, source.content)
    file = os.fspath(source)
    try:
        text = decode(read_bytes(source), file)
    except PageError as error:
        return Draft(file, faults=error.faults)
    return draft(text, file)


def draft(text: str, file: str) -> Draft:
    """Read a page's text as far as possible."""
    try:
        raw = tables(text, file)
        outline = Outline(_kind(raw, file), raw, file)
        if outline.formula_characters > MOST_FORMULA_CHARACTERS:
            fields = {"count": outline.formula_characters, "most": MOST_FORMULA_CHARACTERS}
            raise PageError([Fault("page.too_many_formulas", fields, file)])
    except PageError as error:
        return Draft(file, text, faults=error.faults)
    kind = outline.kind
    content, faults = faults_of(MODELS[kind], raw)
    faults += outline.formula_faults
    if kind == "scenario":
        faults += scenario_faults(outline)
    between = GameOutline(outline, ()).faults() if kind == "game" else []
    return Draft(file, text, outline, content, tuple(fault.at(file=file) for fault in faults), tuple(between))


def _kind(raw: Mapping[str, object], file: str) -> str:
    kinds = [kind for kind in MODELS if kind in raw]
    if len(kinds) == 1:
        return kinds[0]
    if kinds:
        raise PageError([Fault("page.two_kinds", {"first": kinds[0], "second": kinds[1]}, file)])
    first = next(iter(raw), "")
    raise PageError([Fault("page.no_kind", {"hint": did_you_mean(first, MODELS)}, file)])
