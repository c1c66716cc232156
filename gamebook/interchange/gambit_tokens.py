"""Words of a Gambit game file: quoted texts, braces, numbers; everything else is refused with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from gamebook.errors import InputError
from payoffs.errors import shown

_WORD = re.compile(
    r"""(?P<space>\s+)|(?P<quoted>"[^"\\]*(?:\\.[^"\\]*)*")|(?P<brace>[{}])|(?P<comma>,)"""
    r"""|(?P<bare>[^\s,{}"]+)|(?P<open>")""",
    re.DOTALL,
)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e]")  # nothing that could move a terminal's cursor
ABOUT_A_WORD = ("nfg.head", "nfg.expected", "nfg.whole", "nfg.number", "nfg.outcome")
"""Messages about the word that stands somewhere; where none does, the file has ended."""
_ESCAPE = re.compile(r'\\(["\\])')


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the file.

    Attributes
    ----------
    kind : ``quoted``, ``brace``, ``comma``, ``bare``, or ``end`` behind the last one
    text : what it says, quotes and escapes removed
    start : where it begins
    """

    kind: str
    text: str
    start: int


class Tokens:
    """The words of a file, one after the other, with the next one in view."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self._words = self._read()
        self.next = next(self._words)

    def _read(self) -> Iterator[Token]:
        for found in _WORD.finditer(self._text):
            kind = str(found.lastgroup)
            if kind == "open":
                self.fail("nfg.quote", at=Token("open", "", found.start()))
            if kind == "quoted":
                yield Token(kind, _ESCAPE.sub(r"\1", found[0][1:-1]), found.start())
            elif kind != "space":
                yield Token(kind, found[0], found.start())
        yield Token("end", "", len(self._text))

    def take(self) -> Token:
        """Return the next word and move on."""
        token = self.next
        if token.kind != "end":
            self.next = next(self._words)
        return token

    @property
    def rest(self) -> str:
        """All of the file from the next word on."""
        return self._text[self.next.start :]

    def skip(self) -> None:
        """Go to the end of the file."""
        self.next = Token("end", "", len(self._text))

    def quoted(self, what: str) -> str:
        """Take a text in quotes; ``what`` names it in the message."""
        if self.next.kind != "quoted":
            self.fail("nfg.expected", expected=what)
        return _CONTROL.sub(" ", self.take().text)

    def brace(self, brace: str, what: str) -> None:
        """Take a brace."""
        if not self.at_brace(brace):
            self.fail("nfg.expected", expected=what)
        self.take()

    def at_brace(self, brace: str) -> bool:
        """Whether the next word is that brace."""
        return self.next.kind == "brace" and self.next.text == brace

    def fail(self, code: str, *, at: Token | None = None, **fields: object) -> NoReturn:
        """Refuse the file; the message names the line and the word it stopped at."""
        token = at or self.next
        line = self._text.count("\n", 0, token.start) + 1
        found = "" if token.kind == "end" else shown(token.text, "en")
        known: dict[str, Any] = {"file": self._file, "line": line, "found": found, **fields}
        raise InputError("nfg.ends" if token.kind == "end" and code in ABOUT_A_WORD else code, **known)
