"""What is wrong with a table, cell by cell, and what a reader should know about it although it is not wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from gamebook.errors import hint
from gamebook.texts import text
from payoffs.errors import SHOWN_FAULTS, Suggestion, shown

FAULT_OF_VALUE = "table.as_said"


@dataclass(frozen=True)
class TableFault:
    """One thing about a table.

    Attributes
    ----------
    code : of its text in the catalogue
    file : the file; ``cell`` the place in it such as ``Parameters!B7``, or None for the whole file
    fields : what the text names; values are shown on one line and cut where they are long
    near : what was written and what exists, for "Did you mean ...?"; fills the field ``hint``

    Examples
    --------
    >>> TableFault("table.error", "my.xlsx", "Parameters!B7", {"value": "#DIV/0!"}).text("en")
    'my.xlsx: Parameters!B7: the cell holds the error #DIV/0!. Mend its formula or write a number.'
    """

    code: str
    file: str
    cell: str | None = None
    fields: Mapping[str, object] = field(default_factory=dict)
    near: tuple[str, tuple[str, ...]] | None = None

    def text(self, lang: str) -> str:
        """Return the message with its place in English or (``zh``) Chinese."""
        fields = {name: _said(value, lang) for name, value in self.fields.items()}
        if self.near is not None:
            fields["hint"] = hint(*self.near, lang)
        colon = "：" if lang == "zh" else ": "
        places = [shown(place) if place != self.file else place for place in (self.file, self.cell) if place]
        return colon.join([*places, text(self.code, lang, **fields)])


def _said(value: object, lang: str) -> str:
    """Texts in two languages in the one asked for and in full, everything else as messages show values."""
    spoken = getattr(value, "in_language", None)
    if callable(spoken) and not isinstance(value, Suggestion):
        return str(spoken(lang))
    return shown(value, lang)


class TableError(ValueError):
    """A table that cannot be used; carries every fault found, so that it can be mended in one go."""

    def __init__(self, faults: Iterable[TableFault]) -> None:
        self.faults = tuple(faults)
        super().__init__()

    def __str__(self) -> str:
        return self.text()

    def text(self, lang: str = "en") -> str:
        """Return all messages, one per line, in English or (``zh``) Chinese."""
        lines = [fault.text(lang) for fault in self.faults[:SHOWN_FAULTS]]
        if len(self.faults) > SHOWN_FAULTS:
            lines.append(text("page.more_faults", lang, count=len(self.faults) - SHOWN_FAULTS))
        return "\n".join(lines)


class TableNotice(UserWarning):
    """Something about a table that was read and used all the same, such as a formula whose saved value counts."""

    def __init__(self, fault: TableFault) -> None:
        self.fault = fault
        super().__init__(fault.text("en"))

    def text(self, lang: str = "en") -> str:
        """Return the notice in English or (``zh``) Chinese."""
        return self.fault.text(lang)
