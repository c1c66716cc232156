"""The kinds of values that stand in pages: ids, symbols, texts, numbers, intervals, formulas.

Each kind is checked here and refused with a code of our own catalogue, carried through pydantic as a custom error.
"""

from __future__ import annotations

import keyword
import math
import re
from typing import Annotated, NoReturn

from pydantic import BaseModel as PydanticModel
from pydantic import BeforeValidator, ConfigDict, InstanceOf
from pydantic_core import PydanticCustomError

from payoffs.formula_text import FUNCTIONS, LONGEST_NAME
from payoffs.texts import Text

LONGEST_TEXT = 20_000
LONGEST_ID = 60
FUND_INFLOW = "fund_inflow"  # in formulas: everything paid into the fund in this cell
FUND, OUTSIDE = "fund", "outside"  # the accounts that are not parties
# `party` and `profile` are arguments of Game.payoff beside the parameters' symbols.
RESERVED = frozenset({*FUNCTIONS, *keyword.kwlist, FUND_INFLOW, "party", "profile"})


class PageModel(PydanticModel):
    """A table of a page: unknown keys are refused, nothing is converted quietly, nothing changes afterwards."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def refuse(code: str, **fields: object) -> NoReturn:
    """Raise one of our faults from inside pydantic, which adds the key path and goes on with the next key."""
    raise PydanticCustomError("fault", "{code}", {"code": code, "fields": fields})


def read_id(value: object) -> str:
    """Return an id: letters a-z, digits, underscore and hyphen."""
    if not isinstance(value, str):
        refuse("page.type_text", value=value)
    if not re.fullmatch(r"[a-z0-9_-]+", value) or len(value) > LONGEST_ID:
        refuse("page.id", value=value, most=LONGEST_ID)
    return value


def read_symbol(value: object) -> str:
    """Return a name for formulas."""
    if not isinstance(value, str):
        refuse("page.type_text", value=value)
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", value) or len(value) > LONGEST_NAME:
        refuse("page.symbol", value=value, most=LONGEST_NAME)
    if value in RESERVED:
        refuse("page.reserved", name=value)
    return value


def read_line(value: object) -> str:
    """Return a text in one language without control characters."""
    if not isinstance(value, str):
        refuse("page.type_text", value=value)
    if len(value) > LONGEST_TEXT:
        refuse("page.text_too_long", length=len(value), most=LONGEST_TEXT)
    for letter in value:
        if not letter.isprintable() and letter not in "\n\t":
            refuse("page.control_character", character=f"U+{ord(letter):04X}")
    return value.strip()


def read_text(value: object) -> Text:
    """Return a text in both languages; a single text counts for both."""
    if isinstance(value, str):
        line = read_line(value)
        return Text(line, line)
    if not isinstance(value, dict) or not value or not value.keys() <= {"en", "zh"}:
        refuse("page.text", value=value)
    lines = {lang: read_line(line) for lang, line in value.items()}
    only = next(iter(lines.values()))
    return Text(lines.get("en", only), lines.get("zh", only))


def read_number(value: object) -> float:
    """Return a finite number."""
    number = read_bound(value)
    if not math.isfinite(number):
        refuse("page.number_not_finite", value=number)
    return number


def read_bound(value: object) -> float:
    """Return a number that may be infinite."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        refuse("page.type_number", value=value)
    try:
        number = float(value)
    except OverflowError:
        refuse("page.number_not_finite", value=value)
    if math.isnan(number):
        refuse("page.number_not_finite", value=number)
    return number


def read_interval(value: object) -> tuple[float, float]:
    """Return ``[low, high]`` with low <= high."""
    if not isinstance(value, list) or len(value) != 2:
        refuse("page.interval", value=value)
    low, high = read_bound(value[0]), read_bound(value[1])
    if low > high or low == math.inf or high == -math.inf:
        refuse("page.interval_order", low=low, high=high)
    return low, high


def read_formula(value: object) -> str:
    """Return a formula's text; a plain number is a formula too. What it says is checked with the whole page."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        refuse("page.type_formula", value=value)
    text = formula_text(value)
    if text is None:
        refuse("page.number_not_finite", value=value)
    return text


def formula_text(value: object) -> str | None:
    """Return the formula that a text or a plain number in a page stands for; None if it stands for none."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return repr(value if isinstance(value, int) and abs(value) < 10**30 else number) if math.isfinite(number) else None


Id = Annotated[str, BeforeValidator(read_id)]
Symbol = Annotated[str, BeforeValidator(read_symbol)]
Line = Annotated[str, BeforeValidator(read_line)]
PageText = Annotated[InstanceOf[Text], BeforeValidator(read_text)]
Real = Annotated[float, BeforeValidator(read_number)]
Interval = Annotated[tuple[float, float], BeforeValidator(read_interval)]
FormulaText = Annotated[str, BeforeValidator(read_formula)]
