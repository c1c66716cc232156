"""The number in a cell, or what stands there instead and the number to write.

Nothing is guessed: ``20%``, ``0,2`` and full-width digits are refused with the number that was probably meant, since a
wrong guess would change a result silently.
"""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import Decimal

from gamebook.interchange.cells import Cell

Problem = tuple[str, dict[str, object]]
"""Code and fields of a message."""

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+(?:[eE][+-]?[0-9]+)?")
_ERROR = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|#+)")
_DATE = re.compile(
    r"[0-9]{1,4}[-/][0-9]{1,2}(?:[-/][0-9]{1,4})?(?: .*)?|[0-9]{1,4}[年月].*"
    r"|[0-9]{1,2}[- ]?[A-Z][a-z]{2}(?:[- ][0-9]+)?|[A-Z][a-z]{2}[- ][0-9]+"
)
_TRUTHS = ("true", "false")
_LONGEST = 400  # characters of a number


def number_of(words: str) -> float | None:
    """Return the number that a text is, as Python and spreadsheet programs write it; None for any other text.

    Examples
    --------
    >>> number_of("0.1"), number_of("-2e-3"), number_of("1_0"), number_of("nan"), number_of("٣")
    (0.1, -0.002, None, None, None)
    """
    return float(words) if len(words) <= _LONGEST and _NUMBER.fullmatch(words) else None


def number_in(cell: Cell, *, typed: bool) -> float | Problem:
    """Return the number in a cell, or what is wrong with it.

    Parameters
    ----------
    cell : what the file holds
    typed : whether the file tells numbers from texts; then a text is no number even if it looks like one

    Examples
    --------
    >>> number_in(Cell("number", 0.2), typed=True)
    0.2
    >>> number_in(Cell("text", "20%"), typed=False)
    ('table.percent', {'value': '20%', 'number': '0.2'})
    """
    if cell.kind == "blank":
        return "table.formula_unsaved", {"value": cell.formula}
    if cell.kind == "error":
        return "table.error", {"value": cell.value}
    if cell.kind == "truth":
        return "table.truth", {"value": cell.value, "number": "1" if cell.value == "TRUE" else "0"}
    if cell.kind == "date":
        return "table.date", {"value": cell.value}
    number = float(cell.value) if cell.kind == "number" else None if typed else number_of(cell.words)
    if number is None:
        return _problem(cell.words, typed=typed)
    return number if math.isfinite(number) else ("table.not_finite", {"value": cell.value})


def _problem(words: str, *, typed: bool) -> Problem:
    """Say what a text is that is no number, and the number it probably means."""
    fields: dict[str, object] = {"value": words}
    ordinary = words.removeprefix("'") if len(words) <= _LONGEST else ""
    plain = unicodedata.normalize("NFKC", ordinary).strip()
    if number_of(plain) is not None:
        return ("table.text_number" if plain == ordinary else "table.wide_number"), {**fields, "number": plain}
    percent = number_of(plain[:-1].rstrip()) if plain.endswith(("%", "‰")) else None
    if percent is not None and math.isfinite(percent):
        return "table.percent", {**fields, "number": repr(_shifted(plain))}
    if _GROUPED.fullmatch(plain):
        return "table.grouped", {**fields, "number": plain.replace(",", "")}
    if _DECIMAL_COMMA.fullmatch(plain):
        return "table.comma", {**fields, "number": plain.replace(",", ".")}
    if plain.startswith("="):
        return "table.formula_text", fields
    if _ERROR.fullmatch(plain):
        return "table.error", fields
    if plain.lower() in _TRUTHS:
        return "table.truth", {**fields, "number": "1" if plain.lower() == "true" else "0"}
    if _DATE.fullmatch(plain):
        return "table.date", fields
    return ("table.text" if typed else "table.no_number"), fields


def _shifted(plain: str) -> float:
    """Value of a percentage or per mille, its decimal point moved exactly: 28% is 0.28, not 0.28000000000000003."""
    return float(Decimal(plain[:-1].rstrip()).scaleb(-2 if plain.endswith("%") else -3))
