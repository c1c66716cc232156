"""Values and ranges of parameters as ``plot`` takes them: ``K2=0.1,0.2,0.3`` and ``K2=0:0.4``."""

from __future__ import annotations

from collections.abc import Sequence

from gamebook.errors import InputError


def levels_of(words: str) -> list[float]:
    """Read numbers between commas.

    Examples
    --------
    >>> levels_of("0.2,0.5，0.8")
    [0.2, 0.5, 0.8]
    """
    return [_number(part, words) for part in words.replace("，", ",").split(",")]


def variants_of(given: Sequence[str]) -> list[dict[str, float]]:
    """Read the values of one parameter, or of several that change together.

    Raises
    ------
    InputError
        If a list is no list of numbers, a symbol comes twice, or the lists differ in length.

    Examples
    --------
    >>> variants_of(["eta=0.05,0.15", "theta=0.05,0.15"])
    [{'eta': 0.05, 'theta': 0.05}, {'eta': 0.15, 'theta': 0.15}]
    """
    lists: dict[str, list[float]] = {}
    for words in given:
        symbol, equals, values = (part.strip() for part in words.partition("="))
        if not equals or not symbol or symbol in lists:
            raise InputError("plot.vary", value=words)
        lists[symbol] = [_number(part, words) for part in values.replace("，", ",").split(",")]
    lengths = {len(values) for values in lists.values()}
    if len(lengths) > 1:
        raise InputError("plot.vary_lengths", symbols=", ".join(lists))
    return [dict(zip(lists, values, strict=True)) for values in zip(*lists.values(), strict=True)]


def axis_range(words: str, option: str) -> tuple[str, float, float]:
    """Read a parameter with its lowest and highest value.

    Examples
    --------
    >>> axis_range("K2=0:0.4", "--across")
    ('K2', 0.0, 0.4)
    """
    symbol, equals, values = (part.strip() for part in words.partition("="))
    low, colon, high = values.replace("：", ":").partition(":")
    if not equals or not symbol or not colon:
        raise InputError("plot.axis", option=option, value=words)
    return symbol, _number(low, words), _number(high, words)


def _number(part: str, words: str) -> float:
    try:
        return float(part)
    except ValueError as error:
        raise InputError("plot.number_of", value=part.strip(), words=words) from error
