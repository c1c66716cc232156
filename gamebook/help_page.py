"""Help pages in the user's language: plain lines that fit 80 columns, with wide Chinese characters counted as two."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from gamebook.texts import OWN, text

if TYPE_CHECKING:
    from cyclopts.help import HelpEntry, HelpPanel
    from rich.console import Console, ConsoleOptions

WIDTH = 80
COLUMN = 26  # where descriptions begin


def wrapped(words: str, width: int) -> list[str]:
    """Break a text into lines of at most ``width`` columns; Chinese may break between any two characters.

    Examples
    --------
    >>> wrapped("one two three", 8)
    ['one two', 'three']
    >>> wrapped("from 18.4 % on", 9)
    ['from', '18.4 % on']
    >>> wrapped("四方培训投资博弈", 8)
    ['四方培训', '投资博弈']
    """
    from rich.cells import cell_len

    if cell_len(words) == len(words):
        # A percent sign stays with its number.
        lines = textwrap.wrap(words.replace(" %", "\0%"), width, break_on_hyphens=False) or [""]
        return [line.replace("\0", " ") for line in lines]
    lines, line = [], ""
    for piece in _pieces(words):
        # Chinese punctuation may hang over the edge rather than begin a line.
        if cell_len(line + piece.rstrip()) > width and piece not in "，。；：、）”？！":
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()]


def _pieces(words: str) -> list[str]:
    """Unbreakable pieces: Latin words with the space behind them, and single wide characters."""
    pieces: list[str] = []
    for character in words:
        wide = ord(character) > 0x2E7F
        if pieces and not wide and ord(pieces[-1][-1]) <= 0x2E7F and pieces[-1][-1] != " ":
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


class HelpPage:
    """Formatter of help pages; descriptions are codes of the catalogue."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def _said(self, words: object) -> str:
        inner = getattr(words, "primary_renderable", words)
        plain = str(getattr(inner, "plain", inner) or "").strip()
        return text(plain, self.lang) if plain in OWN else plain

    def _print(self, console: Console, line: str) -> None:
        console.print(line, highlight=False, markup=False, soft_wrap=True)

    def render_usage(self, console: Console, options: ConsoleOptions, usage: object) -> None:
        """Print how the command is called."""
        words = self._said(usage).removeprefix("Usage:").strip()
        words = words.replace("[OPTIONS]", text("cli.options", self.lang)).replace(" COMMAND", " VERB")
        self._print(console, f"{text('cli.usage', self.lang)} {words}\n")

    def render_description(self, console: Console, options: ConsoleOptions, description: object) -> None:
        """Print what the command is for."""
        for line in wrapped(self._said(description), WIDTH):
            self._print(console, line)
        self._print(console, "")

    def __call__(self, console: Console, options: ConsoleOptions, panel: HelpPanel) -> None:
        """Print one group of commands or options."""
        if not panel.entries:
            return
        positional = any(entry.positional_label for entry in panel.entries)
        title = "cli.commands" if panel.format == "command" else "cli.arguments" if positional else "cli.parameters"
        self._print(console, text(title, self.lang))
        for entry in panel.entries:
            self._entry(console, entry)
        self._print(console, "")

    def _entry(self, console: Console, entry: HelpEntry) -> None:
        label = (entry.positional_label or ", ".join((*entry.names, *entry.shorts))).strip()
        if entry.positional_label is None and entry.metavar and not entry.choices:
            label += f" {entry.metavar}"
        words = [self._said(entry.description)]
        if entry.choices:
            words.append(text("cli.choices", self.lang, values=", ".join(entry.choices)))
        if entry.required:
            words.append(text("cli.required", self.lang))
        if entry.default and entry.default != "False":
            words.append(text("cli.default", self.lang, value=entry.default))
        lines = wrapped(" ".join(words), WIDTH - COLUMN)
        if len(label) > COLUMN - 4:
            self._print(console, f"  {label}")
        else:
            self._print(console, f"  {label:<{COLUMN - 4}}  {lines[0]}")
            lines = lines[1:]
        for line in lines:
            self._print(console, " " * COLUMN + line)
