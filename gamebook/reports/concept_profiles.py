"""How mixed profiles and payoffs of any game are written in a line."""

from __future__ import annotations

from collections.abc import Sequence

from gamebook.reports.layout import number
from gamebook.solution_concepts.setting import Setting
from payoffs.texts import Text
from solvers.arrays import Floats

UNPLAYED = 1e-12


def chance(x: float) -> str:
    """Write a probability: whole where it is 0 or 1, else four decimals, or more digits near the ends.

    Examples
    --------
    >>> chance(1.0), chance(1 / 3), chance(1e-7)
    ('1', '0.3333', '1e-07')
    """
    return f"{x:.0f}" if x in (0.0, 1.0) else f"{x:.4f}" if 5e-5 <= x <= 1.0 - 5e-5 else f"{x:.3g}"


def profile_text(
    setting: Setting, profile: Sequence[Floats], lang: str, *, positions: tuple[int, ...] | None = None
) -> str:
    """Write a mixed profile of the free populations: every population with the strategies that it plays.

    With two strategies each the shares of index 1 say it all.
    """
    places = setting.free if positions is None else positions
    parts = []
    for position, mixed in zip(places, profile, strict=True):
        population = setting.populations[position]
        if setting.two_strategies:
            parts.append(f"{population.share} = {chance(float(mixed[1]))}")
            continue
        parts.append(strategies_text(population.symbol, setting.strategies[position], mixed, lang))
    return (", " if setting.two_strategies else "; ").join(parts)


def strategies_text(symbol: str, names: Sequence[Text], mixed: Sequence[float] | Floats, lang: str) -> str:
    """Write the strategies that somebody plays, each with its probability unless it is the only one.

    Examples
    --------
    >>> strategies_text("F", [Text("stay", ""), Text("go", "")], [0.25, 0.75], "en")
    'F: stay (0.2500), go (0.7500)'
    """
    played = [(names[s].in_language(lang), float(x)) for s, x in enumerate(mixed) if x > UNPLAYED]
    brackets, comma = ("（{}）", "、") if lang == "zh" else (" ({})", ", ")
    sure = len(played) == 1
    words = comma.join(name if sure else name + brackets.format(chance(x)) for name, x in played)
    return f"{symbol}{'：' if lang == 'zh' else ': '}{words}"


def payoff_text(setting: Setting, payoffs: Floats) -> str:
    """Write payoffs of the free populations with their symbols."""
    pairs = zip(setting.free, payoffs, strict=True)
    return ", ".join(f"{setting.populations[i].symbol} {number(float(u))}" for i, u in pairs)


def order_text(setting: Setting, lang: str) -> str:
    """Write the order in which digits of a pure profile stand."""
    return ", ".join(f"{p.symbol} {p.name.in_language(lang)}" for p in setting.populations)
