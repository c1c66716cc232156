"""``gamebook solve TARGET --hopf SYMBOL=LOW:HIGH``: Hopf points along a parameter."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Annotated

from cyclopts import Parameter

from gamebook.commands.output import emit, language
from gamebook.commands.solving import tell_about_kernels
from gamebook.errors import InputError
from gamebook.options import Common

Hopf = Annotated[str | None, Parameter(name="--hopf", help="option.hopf", metavar="SYMBOL=LOW:HIGH")]


def hopf_command(
    target: str, asked: str, *, values: Mapping[str, float], given: Mapping[str, float], others: Mapping[str, object],
    common: Common,
) -> int:  # fmt: skip
    """Print the report or the JSON; 1 if a branch was lost.

    Parameters
    ----------
    others : options that cannot stand beside it, by name; refused unless None or False
    """
    symbol, low, high, games = read_range(asked)
    for option, value in others.items():
        if value not in (None, False):
            raise InputError("hopf.option", option=option)
    from gamebook.book import Book

    case = Book.open(common.book or (), replace=common.replace).case(target)
    tell_about_kernels(common)

    from gamebook.hopf import GAMES, hopf

    command = " ".join(["gamebook", *sys.argv[1:]])
    found = hopf(case, symbol, low, high, games=games or GAMES, values=values, given=given, command=command)
    emit(lambda: found.report(language(common)), found.to_json, common)
    return 0 if found.complete else 1


def read_range(asked: str) -> tuple[str, float, float, int | None]:
    """Read a parameter with its range and perhaps a number of values.

    Examples
    --------
    >>> read_range("theta_F=0.05:1:21"), read_range("eps = 0 : 0.5")
    (('theta_F', 0.05, 1.0, 21), ('eps', 0.0, 0.5, None))
    """
    symbol, equals, words = asked.partition("=")
    parts = words.split(":")
    try:
        low, high = float(parts[0]), float(parts[1])
        games = int(parts[2]) if len(parts) == 3 else None
    except (ValueError, IndexError):
        raise InputError("hopf.format", value=asked[:60]) from None
    if not equals or not symbol.strip() or len(parts) > 3:
        raise InputError("hopf.format", value=asked[:60])
    return symbol.strip(), low, high, games
