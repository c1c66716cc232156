"""``SYMBOL=VALUE`` on the command line: numbers only, nothing is ever evaluated."""

from __future__ import annotations

from collections.abc import Sequence

from gamebook.errors import InputError


def states(given: Sequence[str] | None) -> list[dict[str, float] | str]:
    """Read a repeated option that states shares, or a pure profile such as 1010; each time a state of its own.

    Examples
    --------
    >>> states(["x_G=1,x_F=0.4", "1010"])
    [{'x_G': 1.0, 'x_F': 0.4}, '1010']
    """
    return [assignments([words], "--at", "x_G=1,x_F=0.4") if "=" in words else words for words in given or ()]


def _percentage(value: str) -> str | None:
    """Share that a text such as 40% stands for, as a number to write; None if it is no percentage."""
    if not value.endswith(("%", "％")):
        return None
    try:
        return f"{float(value[:-1]) / 100.0:g}"
    except ValueError:
        return None


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
            share = _percentage(value)
            if share is not None:
                raise InputError("input.percent", option=option, symbol=symbol, value=value, share=share) from error
            raise InputError("input.number", option=option, symbol=symbol, value=value) from error
        if symbol in values:
            raise InputError("input.twice", option=option, symbol=symbol, first=values[symbol], second=number)
        values[symbol] = number
    return values
