"""Gambit's strategic game files as games, and games as such files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gamebook.interchange.gambit_reading import GambitGame, read_gambit
from payoffs.numeric_game import NumericGame, numeric_game
from payoffs.parties import Party, Strategy
from payoffs.texts import Text

LONGEST_ID = 40
NUMBERS_PER_LINE = 8
MOST_PLACES = 30  # decimals written out; the shortest decimal of a float of everyday size has 17 or so


def load_gambit(path: Path) -> NumericGame:
    """Read a game file as a game; players and strategies keep their labels as names and get ids made of them.

    Raises
    ------
    InputError, PageError
        If it cannot be read.
    """
    found = read_gambit(path)
    stem = identifier(path.stem, "game")
    title = found.title or stem
    return numeric_game(
        stem,
        parties_of(found),
        found.payoffs,
        title=Text(title, title),
        about=Text(found.comment, found.comment),
        digest=found.digest,
        file=str(path),
    )


def parties_of(game: GambitGame) -> list[Party]:
    """Parties with ids made of the labels, and the symbols P1, P2, ..."""
    ids = distinct([identifier(label, f"player_{k}") for k, label in enumerate(game.players, start=1)], "player_")
    parties = []
    for k, (label, own) in enumerate(zip(game.players, game.strategies, strict=True)):
        names = distinct([identifier(word, f"s{s}") for s, word in enumerate(own, start=1)], "s")
        strategies = tuple(Strategy(i, Text(word, word)) for i, word in zip(names, own, strict=True))
        name = Text(label or f"player {k + 1}", label or f"参与方 {k + 1}")
        parties.append(
            Party(ids[k], f"P{k + 1}", name, f"x_P{k + 1}" if len(own) == 2 else None, False, strategies)
        )  # fmt: skip
    return parties


def identifier(label: str, instead: str) -> str:
    """Make an id of a label.

    Examples
    --------
    >>> identifier("Player 1", "p"), identifier("政府", "player_2"), identifier("", "s1")
    ('player_1', 'player_2', 's1')
    """
    plain = re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")[:LONGEST_ID]
    return plain or instead


def distinct(ids: Sequence[str], prefix: str) -> list[str]:
    """Give ids that occur more than once a number instead.

    Examples
    --------
    >>> distinct(["a", "b", "a"], "s")
    ['s1', 'b', 's3']
    """
    repeated = {own for own in ids if ids.count(own) > 1}
    found = [f"{prefix}{k}" if own in repeated else own for k, own in enumerate(ids, start=1)]
    return found if len(set(found)) == len(found) else [f"{prefix}{k}" for k in range(1, len(ids) + 1)]


def gambit_text(
    payoffs: NDArray[np.float64] | NDArray[np.object_],
    *,
    title: str,
    comment: str,
    players: Sequence[str],
    strategies: Sequence[Sequence[str]],
) -> str:
    """Write a game in Gambit's payoff form.

    Parameters
    ----------
    payoffs : shape (n, m1, ..., mn), floats or ``Fraction`` objects; what is read back is the same number to the bit
    title, comment, players, strategies : texts

    Examples
    --------
    >>> print(gambit_text(np.array([[0.1, 2.0]]), title="t", comment="", players=["a"], strategies=[["x", "y"]]))
    NFG 1 R "t" { "a" }
    <BLANKLINE>
    { { "x" "y" }
    }
    ""
    <BLANKLINE>
    0.1 2
    <BLANKLINE>
    """
    names = "\n".join("{ " + " ".join(_quoted(label) for label in own) + " }" for own in strategies)
    head = f'NFG 1 R {_quoted(title)} {{ {" ".join(_quoted(label) for label in players)} }}\n\n{{ {names}\n}}\n'
    # The player fastest of all, then the first player's strategy.
    flat = payoffs.transpose(*range(payoffs.ndim - 1, 0, -1), 0).ravel().tolist()
    numbers = [number_text(value) for value in flat]
    per_line = max(1, NUMBERS_PER_LINE // len(players)) * len(players)
    lines = [" ".join(numbers[k : k + per_line]) for k in range(0, len(numbers), per_line)]
    return f"{head}{_quoted(comment)}\n\n" + "\n".join(lines) + "\n"


def number_text(value: float | Fraction) -> str:
    """Write a number exactly: floats as the shortest decimal that reads back the same, fractions as decimals that end.

    Examples
    --------
    >>> [number_text(value) for value in (Fraction(-1, 3), Fraction(-59, 5), 0.1, 2.0, 1e-7, -0.0)]
    ['-1/3', '-11.8', '0.1', '2', '0.0000001', '0']
    """
    if isinstance(value, Fraction):
        return _fraction_text(value)
    whole = int(value) if float(value).is_integer() else None
    return str(whole) if whole is not None and abs(whole) < 10**16 else format(Decimal(repr(float(value))), "f")


def _fraction_text(value: Fraction) -> str:
    """Write a fraction as a decimal if that ends after a few places, else as a/b."""
    for places in range(MOST_PLACES + 1):
        if 10**places % value.denominator == 0:
            digits = str(abs(value.numerator) * (10**places // value.denominator)).rjust(places + 1, "0")
            sign = "-" if value < 0 else ""
            return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
    return str(value)


def _quoted(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'
