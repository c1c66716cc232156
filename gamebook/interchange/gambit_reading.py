"""Read Gambit's strategic game files (``.nfg``, version 1): payoff form and outcome form, numbers kept exact.

The format: ``NFG 1 R "title" { "player" ... }``, the strategies as counts ``{ 2 3 }`` or as labels
``{ { "a" "b" } { ... } }``, a comment, then either all payoffs, or a list of outcomes in braces followed by one
outcome number per profile, 0 for "nothing to anybody". In both, the first player's strategy changes fastest.
"""

from __future__ import annotations

import hashlib
import math
import os
import re
import stat
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gamebook.errors import InputError
from gamebook.interchange.gambit_tokens import Tokens

MOST_BYTES = 50_000_000
MOST_NUMBERS = 2_000_000  # payoffs in all; a game of 15 players with two strategies each has half a million
MOST_PLAYERS = 20
MOST_LABEL = 200  # characters of a label that are kept
LONGEST_NUMBER = 200
MOST_EXPONENT = 400
_NUMBER = re.compile(r"[+-]?(?:[0-9]+/[0-9]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?)", re.ASCII)


@dataclass(frozen=True, eq=False)
class GambitGame:
    """A game as a file gives it.

    Attributes
    ----------
    title, comment : texts of the file, possibly empty
    players : their names
    strategies : names of each player's strategies; their numbers from 1 where the file gives counts only
    payoffs : shape (player, s1, ..., sn), ``Fraction`` objects
    digest : SHA-256 of the file
    """

    title: str
    comment: str
    players: tuple[str, ...]
    strategies: tuple[tuple[str, ...], ...]
    payoffs: NDArray[np.object_]
    digest: str


def read_gambit(path: Path) -> GambitGame:
    """Read a file.

    Raises
    ------
    InputError
        If it is missing, too large, not UTF-8, or not such a game; the message names the line.
    """
    content = _bytes(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("nfg.encoding", file=path, byte=error.start) from error
    return parse_gambit(text, str(path), digest=hashlib.sha256(content).hexdigest())


def parse_gambit(text: str, file: str, *, digest: str = "") -> GambitGame:
    """Read the text of a file; ``file`` is its name for messages.

    Examples
    --------
    >>> game = parse_gambit('NFG 1 R "pennies" { "a" "b" } { 2 2 } 1 -1 -1 1 -1 1 1 -1', "pennies.nfg")
    >>> game.players, game.strategies[0], [str(value) for value in game.payoffs[0, 0]]
    (('a', 'b'), ('1', '2'), ['1', '-1'])
    """
    words = Tokens(text, file)
    for expected in ("NFG", "1"):
        if words.next.text != expected:
            words.fail("nfg.head")
        words.take()
    if words.next.text not in ("R", "D"):
        words.fail("nfg.head")
    words.take()
    title = words.quoted("title")
    players = _labels(words, "players")
    if not 1 <= len(players) <= MOST_PLAYERS:
        words.fail("nfg.players", count=len(players), most=MOST_PLAYERS)
    strategies = _strategies(words, len(players))
    comment = words.quoted("comment") if words.next.kind == "quoted" else ""
    sizes = [len(own) for own in strategies]
    numbers = math.prod(sizes) * len(players)
    if numbers > MOST_NUMBERS:
        words.fail("nfg.size", count=f"{numbers:,}", most=f"{MOST_NUMBERS:,}")
    read = _Numbers(words)
    if words.at_brace("{"):
        table = _outcome_form(words, read, len(players), math.prod(sizes))
    else:
        table = _payoff_form(words, read, len(players), math.prod(sizes))
    if words.next.kind != "end":
        words.fail("nfg.more", expected=f"{math.prod(sizes):,}")
    # The first player's strategy changes fastest, the player fastest of all.
    shaped = table.reshape(*reversed(sizes), len(players))
    payoffs = np.ascontiguousarray(shaped.transpose(*range(len(sizes), -1, -1)))
    return GambitGame(title, comment, players, strategies, payoffs, digest)


def _bytes(path: Path) -> bytes:
    try:
        # Not blocking: opening a named pipe would wait for somebody to write to it.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise InputError("nfg.not_a_file", file=path)
            content = file.read(MOST_BYTES + 1)
    except IsADirectoryError as error:
        raise InputError("nfg.not_a_file", file=path) from error
    except OSError as error:
        raise InputError("nfg.unreadable", file=path, reason=error.strerror or type(error).__name__) from error
    if len(content) > MOST_BYTES:
        raise InputError("nfg.too_large", file=path, most=MOST_BYTES // 1_000_000)
    return content


def _labels(words: Tokens, what: str) -> tuple[str, ...]:
    """A list of quoted texts in braces."""
    words.brace("{", what)
    labels = []
    while not words.at_brace("}"):
        labels.append(words.quoted(what)[:MOST_LABEL])
    words.take()
    return tuple(labels)


def _strategies(words: Tokens, players: int) -> tuple[tuple[str, ...], ...]:
    """Strategies of every player, given as labels or as counts."""
    words.brace("{", "strategies")
    found: list[tuple[str, ...]] = []
    while not words.at_brace("}"):
        if words.at_brace("{"):
            own = _labels(words, "strategies")
            found.append(tuple(label or str(k) for k, label in enumerate(own, start=1)))
        else:
            count = _whole(words)
            if count > MOST_NUMBERS:
                words.fail("nfg.size", count=f"{count:,}", most=f"{MOST_NUMBERS:,}")
            found.append(tuple(str(k) for k in range(1, count + 1)))
        if not found[-1]:
            words.fail("nfg.no_strategies", player=len(found))
        if len(found) > players:
            break
    if len(found) != players:
        words.fail("nfg.strategies", count=len(found), players=players)
    words.take()
    return tuple(found)


def _whole(words: Tokens) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", words.next.text, re.ASCII):
        words.fail("nfg.whole")
    return int(words.take().text)


class _Numbers:
    """Reads numbers; games repeat few of them, so each is worked out once."""

    def __init__(self, words: Tokens) -> None:
        self._words = words
        self._known: dict[str, Fraction] = {}

    def all(self, count: int) -> NDArray[np.object_] | None:
        """All that is left of the file, if it is just that many numbers; else nothing has been taken."""
        parts = self._words.rest.split()
        different = set(parts)
        if len(parts) != count or not all(_NUMBER.fullmatch(p) and len(p) <= LONGEST_NUMBER for p in different):
            return None
        if any(_exponent(part) > MOST_EXPONENT or _divides_by_zero(part) for part in different):
            return None
        known = {part: Fraction(part) for part in different}
        self._words.skip()
        table = np.empty(count, dtype=object)
        table[:] = [known[part] for part in parts]
        return table

    def take(self) -> Fraction:
        """Return the next number, or refuse the file."""
        text = self._words.next.text
        number = self._known.get(text)
        if number is None or self._words.next.kind != "bare":
            number = self._read(text)
            self._known[text] = number
        self._words.take()
        return number

    def _read(self, text: str) -> Fraction:
        if self._words.next.kind != "bare" or len(text) > LONGEST_NUMBER or not _NUMBER.fullmatch(text):
            self._words.fail("nfg.number")
        if _exponent(text) > MOST_EXPONENT or _divides_by_zero(text):
            self._words.fail("nfg.number")
        return Fraction(text)


def _exponent(text: str) -> int:
    return abs(int(text.lower().partition("e")[2] or 0))


def _divides_by_zero(text: str) -> bool:
    _, slash, below = text.partition("/")
    return bool(slash) and int(below) == 0


def _payoff_form(words: Tokens, read: _Numbers, players: int, profiles: int) -> NDArray[np.object_]:
    """All payoffs, one profile after the other; shape (profiles, players)."""
    at_once = read.all(profiles * players)
    if at_once is not None:
        return at_once.reshape(profiles, players)
    table = np.empty(profiles * players, dtype=object)
    for position in range(table.size):
        if words.next.kind == "end":
            words.fail("nfg.ends", wanted=f"{table.size:,}", count=f"{position:,}")
        table[position] = read.take()
    return table.reshape(profiles, players)


def _outcome_form(words: Tokens, read: _Numbers, players: int, profiles: int) -> NDArray[np.object_]:
    """Payoffs by outcome, then the outcome of every profile; shape (profiles, players)."""
    words.brace("{", "outcomes")
    outcomes: list[list[Fraction]] = [[Fraction(0)] * players]
    while not words.at_brace("}"):
        words.brace("{", "outcomes")
        words.quoted("outcomes")
        own = []
        while not words.at_brace("}"):
            own.append(read.take())
            if words.next.kind == "comma":
                words.take()
        if len(own) != players:
            words.fail("nfg.outcome_payoffs", number=len(outcomes), count=len(own), players=players)
        words.take()
        outcomes.append(own)
        if len(outcomes) * players > MOST_NUMBERS:
            words.fail("nfg.size", count=f"{len(outcomes) * players:,}", most=f"{MOST_NUMBERS:,}")
    words.take()
    table = np.empty((profiles, players), dtype=object)
    for profile in range(profiles):
        if words.next.kind == "end":
            words.fail("nfg.ends", wanted=f"{profiles:,}", count=f"{profile:,}")
        at = words.next
        number = _whole(words)
        if number >= len(outcomes):
            words.fail("nfg.outcome", at=at, most=len(outcomes) - 1)
        table[profile] = outcomes[number]
    return table
