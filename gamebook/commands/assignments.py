"""``SYMBOL=VALUE`` on the command line: numbers only, nothing is ever evaluated."""

from __future__ import annotations

from collections.abc import Sequence

from gamebook.errors import InputError


def assignments(given: Sequence[str] | None, option: str, example: str) -> dict[str, float]:
    """Read a repeated option of the form SYMBOL=VALUE, or several of them separated by commas.

    Parameters
    ----------
    given : texts after the option
    option, example : for messages

    Examples
    --------
    >>> assignments(["s_F=0.3", "s_W=2,s_P=1"], "--set", "s_F=0.3")
    {'s_F': 0.3, 's_W': 2.0, 's_P': 1.0}
    """
    values: dict[str, float] = {}
    for words in (part for option_value in given or () for part in option_value.split(",")):
        symbol, equals, value = (part.strip() for part in words.partition("="))
        if not equals or not symbol or not value:
            raise InputError("input.assignment", value=words, option=option, example=example)
        try:
            number = float(value)
        except ValueError as error:
            raise InputError("input.number", option=option, symbol=symbol, value=value) from error
        if symbol in values:
            raise InputError("input.twice", option=option, symbol=symbol, first=values[symbol], second=number)
        values[symbol] = number
    return values
