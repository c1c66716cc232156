"""The game of a setting as a Gambit file or as a page with a payoff table, read back before it is returned."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import numpy as np
import tomlkit
from numpy.typing import NDArray

from gamebook.errors import InputError
from gamebook.interchange.gambit_file import distinct, gambit_text, identifier, number_text
from gamebook.interchange.gambit_reading import MOST_NUMBERS, MOST_PLAYERS, parse_gambit
from gamebook.solution_concepts.setting import Setting
from gamebook.version import __version__
from payoffs.game import load_game
from payoffs.page_models import MOST_PARTIES
from payoffs.pages import parse_page
from payoffs.parties import MOST_CELLS, profile_name

MOST_PAGE_NUMBERS = 20_000
LONGEST_SYMBOL = 40


def gambit_of(setting: Setting, comment: str = "") -> str:
    """Write the game of the free populations in Gambit's payoff form; without a comment it says where it comes from.

    Raises
    ------
    InputError
        If the game is larger than what is read.
    """
    payoffs = _payoffs(setting)
    if payoffs.size > MOST_NUMBERS or len(payoffs) > MOST_PLAYERS:
        raise InputError("convert.size", count=f"{payoffs.size:,}", most=f"{MOST_NUMBERS:,}")
    subject = setting.subject
    words = gambit_text(
        payoffs,
        title=subject.title.en,
        comment=comment or _comment(setting),
        players=[setting.populations[i].name.en for i in setting.free],
        strategies=[[name.en for name in setting.strategies[i]] for i in setting.free],
    )
    _check(parse_gambit(words, "written.nfg").payoffs, payoffs)
    return words


def page_of(setting: Setting, game_id: str) -> str:
    """Write the game of the free populations as a game page with a table of cells.

    Raises
    ------
    InputError
        If the game is larger than what a page holds.
    """
    payoffs = _payoffs(setting)
    shape = payoffs.shape[1:]
    if payoffs.size > min(MOST_PAGE_NUMBERS, MOST_CELLS) or len(payoffs) > MOST_PARTIES:
        count, most = f"{payoffs.size:,}", f"{MOST_PAGE_NUMBERS:,}"
        raise InputError("convert.page_size", count=count, most=most, parties=MOST_PARTIES)
    document = tomlkit.document()
    head = tomlkit.table()
    head.add("id", identifier(game_id, "game"))
    head.add("title", _both(setting.subject.title.en, setting.subject.title.zh))
    head.add("about", _both(_comment(setting), _comment(setting)))
    if setting.subject.unit:
        head.add("unit", setting.subject.unit)
    document["game"] = head
    document["parties"] = _parties(setting)
    cells = tomlkit.table()
    for profile in np.ndindex(shape):
        numbers = tomlkit.array()
        numbers.extend([_formula(table[profile]) for table in payoffs])
        cells.add(profile_name(profile, shape), numbers)
    document["cells"] = cells
    words = tomlkit.dumps(document)
    _check(load_game(parse_page(words, f"{game_id}.toml")).tensor(), payoffs)
    return words


def _payoffs(setting: Setting) -> NDArray[np.float64] | NDArray[np.object_]:
    return setting.conditional if setting.exact is None else setting.exact


def _formula(value: float | Fraction) -> str:
    """Write a number as a formula that gives the nearest float: a quotient of two floats would be rounded twice."""
    words = number_text(value)
    _, slash, below = words.partition("/")
    return words if not slash or max(abs(Fraction(value).numerator), int(below)) < 2**53 else number_text(float(value))


def _comment(setting: Setting) -> str:
    subject = setting.subject
    unit = f"payoffs in {subject.unit}; " if subject.unit else ""
    given = "; given " + ", ".join(
        f"{setting.populations[i].id} = ({', '.join(f'{x:g}' for x in mixed)})" for i, mixed in setting.fixed.items()
    )
    changed = "".join(f", {symbol}={value:g}" for symbol, value in subject.set_values.items())
    return f"{unit}from {Path(subject.target).name}{changed}{given if setting.fixed else ''}; gamebook {__version__}"


def _both(english: str, chinese: str) -> tomlkit.items.InlineTable:
    table = tomlkit.inline_table()
    table.update({"en": english, "zh": chinese})
    return table


def _parties(setting: Setting) -> tomlkit.items.AoT:
    """Parties with their own ids; symbols are kept where a page can hold them."""
    own = [setting.populations[i] for i in setting.free]
    ids = distinct([identifier(population.id, f"player_{k}") for k, population in enumerate(own, start=1)], "player_")
    listed = tomlkit.aot()
    for k, population in enumerate(own):
        names = setting.strategies[setting.free[k]]
        table = tomlkit.table()
        table.add("id", ids[k])
        plain = re.fullmatch(rf"[A-Za-z_][A-Za-z0-9_]{{0,{LONGEST_SYMBOL - 3}}}", population.symbol)
        symbol = population.symbol if plain else f"P{k + 1}"
        table.add("symbol", symbol)
        table.add("name", _both(population.name.en, population.name.zh))
        if len(names) == 2 and plain and population.share:
            table.add("share", population.share)
        strategy_ids = distinct([identifier(word, f"s{s}") for s, word in enumerate(population.strategies, 1)], "s")
        strategies = tomlkit.array()
        for strategy_id, name in zip(strategy_ids, names, strict=True):
            item = tomlkit.inline_table()
            item.update({"id": strategy_id, "name": _both(name.en, name.zh)})
            strategies.append(item)
        table.add("strategies", strategies.multiline(True))
        listed.append(table)
    return listed


def _check(found: NDArray[np.float64] | NDArray[np.object_], meant: NDArray[np.float64] | NDArray[np.object_]) -> None:
    """What is written must read back as what was meant: fractions exactly, floats to the bit."""
    exact = all(isinstance(value, Fraction) for value in (found.flat[0], meant.flat[0]))
    same = found == meant if exact else found.astype(np.float64) == meant.astype(np.float64)
    if found.shape != meant.shape or not bool(np.all(same)):
        raise AssertionError("a written game does not read back")
