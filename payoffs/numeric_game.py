"""A game given as an array of numbers, of any size: nothing is read as a formula unless somebody asks for one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from payoffs.errors import Fault, PageError
from payoffs.expressions import Expression, parse
from payoffs.frozen import Frozen
from payoffs.game import Game
from payoffs.parties import Party
from payoffs.texts import Text

LARGEST = 1e300  # a payoff beyond this is no float that can be worked with


class NumberCells(Mapping[tuple[int, ...], tuple[Expression, ...]]):
    """Payoffs by pure profile as formulas, each written when it is looked up."""

    def __init__(self, exact: NDArray[np.object_]) -> None:
        self._exact = exact

    def __getitem__(self, profile: tuple[int, ...]) -> tuple[Expression, ...]:
        return tuple(parse(str(table[profile]), names=()) for table in self._exact)

    def __iter__(self) -> Iterator[tuple[int, ...]]:
        return iter(np.ndindex(self._exact.shape[1:]))

    def __len__(self) -> int:
        return int(self._exact[0].size)


@dataclass(frozen=True, eq=False, repr=False)
class NumericGame(Game):
    """A game without parameters whose payoffs are numbers.

    Attributes
    ----------
    exact : shape (n, m1, ..., mn), the payoffs as ``Fraction`` objects
    file : where they come from
    """

    exact: NDArray[np.object_]
    file: str

    def _tensor(self, arrays: dict[str, NDArray[np.float64]], batch: tuple[int, ...]) -> NDArray[np.float64]:
        return np.array(np.broadcast_to(self.exact.astype(np.float64), (*batch, *self.exact.shape)))


def numeric_game(
    game_id: str,
    parties: Sequence[Party],
    payoffs: NDArray[np.object_],
    *,
    title: Text,
    about: Text,
    digest: str,
    file: str,
) -> NumericGame:
    """Make a game of an array of exact payoffs.

    Parameters
    ----------
    payoffs : shape (n, m1, ..., mn), ``Fraction`` objects
    digest : fingerprint of where they come from

    Raises
    ------
    PageError
        If a payoff is too large for floating-point numbers.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from payoffs.parties import Strategy
    >>> one = Party("a", "A", Text("a", "a"), "x_A", False, tuple(Strategy(s, Text(s, s)) for s in "01"))
    >>> table = np.array([[Fraction(1, 3), Fraction(2)]], dtype=object)
    >>> game = numeric_game("g", [one], table, title=one.name, about=one.name, digest="", file="g.nfg")
    >>> game.tensor(), game.has_ledger, str(game.cells[(0,)][0])
    (array([[0.33333333, 2.        ]]), False, '1/3')
    """
    if any(abs(value) > LARGEST for value in set(payoffs.ravel().tolist())):
        raise PageError([Fault("game.number_size", {"most": f"{LARGEST:.0e}"}, file)])
    payoffs.flags.writeable = False
    return NumericGame(
        id=game_id,
        title=title,
        about=about,
        unit="",
        source=Text("", ""),
        coordination=None,
        parties=tuple(parties),
        parameters=Frozen(),
        derived=Frozen(),
        entries=(),
        measures=Frozen(),
        instruments=(),
        start=Frozen({party.share: 0.5 for party in parties if party.share}),
        cells=NumberCells(payoffs),
        order=(),
        digest=digest,
        pages=(),
        exact=payoffs,
        file=file,
    )
