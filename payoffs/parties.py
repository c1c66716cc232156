"""The parties of a game, their strategies, and the pure profiles they make."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from payoffs.errors import Fault, PageError
from payoffs.texts import Text

MOST_CELLS = 20_000


@dataclass(frozen=True, slots=True)
class Strategy:
    """A strategy; its indicator is the name that is 1 in formulas where it is played, if it has one."""

    id: str
    name: Text
    indicator: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A role filled by many agents.

    Attributes
    ----------
    id, symbol, name : for files, formulas and people
    share : symbol of the population share that plays index 1; None unless there are two strategies
    public : whether its cash counts as public money
    strategies : index 0 first
    """

    id: str
    symbol: str
    name: Text
    share: str | None
    public: bool
    strategies: tuple[Strategy, ...]

    @property
    def indicator(self) -> str | None:
        """The indicator of the strategy of index 1, if there are two strategies."""
        return self.strategies[1].indicator if len(self.strategies) == 2 else None


def default_symbol(party: Mapping[str, object]) -> str:
    """Return the symbol of a party whose page gives none: its id as a name."""
    symbol = party.get("symbol")
    return symbol if isinstance(symbol, str) else re.sub(r"[^A-Za-z0-9_]", "_", str(party.get("id", "")))


def default_share(party: Mapping[str, object]) -> str:
    """Return the symbol of the share of index 1 of a party whose page gives none."""
    return f"x_{default_symbol(party)}"


def profiles(shape: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield all pure profiles of a game with that many strategies per party, the last party changing fastest."""
    yield from itertools.product(*(range(count) for count in shape))


def profile_name(profile: Sequence[int], shape: Sequence[int]) -> str:
    """Return a profile as a page writes it.

    Examples
    --------
    >>> profile_name((1, 0, 1), (2, 2, 2)), profile_name((1, 10), (2, 11))
    ('101', '1,10')
    """
    return ("" if max(shape) <= 10 else ",").join(str(index) for index in profile)


def read_profile(text: object, shape: Sequence[int]) -> tuple[int, ...]:
    """Return the profile that a text such as "1011", or "1,0,10", stands for.

    Raises
    ------
    PageError
        it does not name one strategy index per party

    Examples
    --------
    >>> read_profile("1011", (2, 2, 2, 2))
    (1, 0, 1, 1)
    """
    parts = text.split(",") if isinstance(text, str) and "," in text else list(text) if isinstance(text, str) else []
    fits = len(parts) == len(shape) and all(re.fullmatch(r"[0-9]{1,4}", part.strip()) for part in parts)
    profile = tuple(int(part) for part in parts) if fits else ()
    if not profile or any(index >= count for index, count in zip(profile, shape, strict=True)):
        highest = profile_name([count - 1 for count in shape], shape)
        fields = {"profile": text, "count": len(shape), "first": profile_name([0] * len(shape), shape)}
        raise PageError([Fault("game.profile", {**fields, "last": highest})])
    return profile
