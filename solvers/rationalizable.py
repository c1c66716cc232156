"""Iterated strict dominance by mixed strategies, and which strategies are rationalizable.

Iterated strict dominance is rationalizability when beliefs about several others may be correlated; with two players it
is rationalizability outright. With three or more, beliefs that treat the others as independent can rule out more
(Bernheim 1984, Pearce 1984): ``solvers.independent_beliefs`` bounds that smaller set from both sides.

References
----------
B. D. Bernheim (1984), Rationalizable strategic behavior, Econometrica 52, 1007-1028.
D. G. Pearce (1984), Rationalizable strategic behavior and the problem of perfection, Econometrica 52, 1029-1050.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from numpy.typing import ArrayLike

from solvers.exact_payoffs import ExactPayoffs, exact_payoffs
from solvers.independent_beliefs import independent_beliefs
from solvers.mixture_dominance import Standing, Verdict, dominance, gains_over

Survivors: TypeAlias = tuple[tuple[int, ...], ...]  # strategies left, per player


@dataclass(frozen=True, slots=True)
class Elimination:
    """A strategy that a mixture beats against everything that was left of the others.

    Attributes
    ----------
    player, strategy : which
    round : in which it went, from 1
    mixture : probability of each of the player's strategies in the dominating mixture, exact
    margin : least gain of the mixture over the strategy, in payoff units; checked in exact arithmetic
    """

    player: int
    strategy: int
    round: int
    mixture: tuple[Fraction, ...]
    margin: Fraction

    @property
    def by_pure(self) -> bool:
        """Whether a single strategy does it."""
        return max(self.mixture) == 1


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A strategy that stays although a mixture does as well against everything left: a tie, or too close to call.

    ``decided`` is False if exact arithmetic would have been too large to tell.
    """

    player: int
    strategy: int
    mixture: tuple[Fraction, ...]
    decided: bool


@dataclass(frozen=True, slots=True)
class Rationalizable:
    """What iterated strict dominance leaves, and what rationalizability with independent beliefs may leave of it.

    Attributes
    ----------
    strategies : number per player
    eliminated : in order of rounds
    rounds : number of rounds that eliminated something
    survivors : strategies left per player: those rationalizable with correlated beliefs
    ties : strategies among them that a mixture only just fails to dominate
    independent : strategies proved rationalizable with independent beliefs, per player
    undecided : survivors of which that is neither proved nor disproved, as (player, strategy)
    complete : every elimination question was decided exactly
    """

    strategies: tuple[int, ...]
    eliminated: tuple[Elimination, ...]
    rounds: int
    survivors: Survivors
    ties: tuple[NearMiss, ...]
    independent: Survivors
    undecided: tuple[tuple[int, int], ...]
    complete: bool
    method: str = "iterated strict dominance by linear programming, each step checked in exact arithmetic"

    @property
    def solved(self) -> bool:
        """Whether one profile is left: the game is dominance solvable."""
        return all(len(left) == 1 for left in self.survivors)

    @property
    def independent_known(self) -> bool:
        """Whether the set rationalizable with independent beliefs is known exactly."""
        return not self.undecided


def rationalizable(payoffs: ArrayLike, *, beliefs: bool = True) -> Rationalizable:
    """Eliminate strictly dominated strategies, round by round, until none is left.

    Parameters
    ----------
    payoffs : shape (n, m1, ..., mn), floats, integers or ``Fraction`` objects. With floats, differences that rounding
        of
        the payoffs can account for (16 units in the last place of the player's largest payoff) count as ties.
    beliefs : bool
        Whether to look, with three or more players, at independent beliefs as well.

    Raises
    ------
    SolverInputError
        If the payoffs cannot be worked with.

    Notes
    -----
    All dominated strategies of all players go at once; what is left in the end does not depend on the order. Only
    strict dominance eliminates: a strategy that a mixture ties with stays and is listed in ``ties``.

    Examples
    --------
    The third row is dominated by an even mixture of the others, by neither alone; then the left column goes:

    >>> rows = [[4, 0], [0, 4], [1, 1]]
    >>> columns = [[1, 2], [0, 3], [9, 0]]
    >>> result = rationalizable([rows, columns])
    >>> [(gone.player, gone.strategy, gone.round, gone.by_pure) for gone in result.eliminated]
    [(0, 2, 1, False), (1, 0, 2, True), (0, 0, 3, True)]
    >>> result.survivors
    ((1,), (1,))
    """
    exact = exact_payoffs(payoffs)
    shape = exact.cells[0].shape
    left: list[tuple[int, ...]] = [tuple(range(size)) for size in shape]
    eliminated: list[Elimination] = []
    rounds = 0
    while True:
        verdicts = {(i, s): _verdict(exact, left, i, s) for i in range(len(left)) for s in left[i] if len(left[i]) > 1}
        gone = [key for key, verdict in verdicts.items() if verdict.standing is Standing.DOMINATED]
        if not gone:
            break
        rounds += 1
        eliminated += [_elimination(exact, left, i, s, rounds, verdicts[i, s]) for i, s in gone]
        left = [tuple(s for s in own if (i, s) not in gone) for i, own in enumerate(left)]
    near = {key: verdict for key, verdict in verdicts.items() if verdict.standing in (Standing.TIE, Standing.OPEN)}
    survivors = tuple(left)
    known, undecided = independent_beliefs(exact, survivors) if beliefs else (survivors, ())
    return Rationalizable(
        strategies=shape,
        eliminated=tuple(eliminated),
        rounds=rounds,
        survivors=survivors,
        ties=tuple(
            NearMiss(i, s, _spread(verdict, left[i], s, shape[i]), verdict.standing is Standing.TIE)
            for (i, s), verdict in near.items()
        ),
        independent=known,
        undecided=undecided,
        complete=all(verdict.standing is not Standing.OPEN for verdict in near.values()),
    )


def _verdict(exact: ExactPayoffs, left: list[tuple[int, ...]], player: int, strategy: int) -> Verdict:
    return dominance(gains_over(exact.cells[player], player, strategy, left), exact.slack[player])


def _spread(verdict: Verdict, own: tuple[int, ...], strategy: int, size: int) -> tuple[Fraction, ...]:
    """Weights of a mixture over all strategies of the player."""
    others = [k for k in own if k != strategy]
    weights = dict(zip(others, verdict.mixture or (), strict=False))
    return tuple(weights.get(k, Fraction(0)) for k in range(size))


def _elimination(
    exact: ExactPayoffs, left: list[tuple[int, ...]], player: int, strategy: int, rounds: int, verdict: Verdict
) -> Elimination:
    size = exact.cells[player].shape[player]
    mixture = _spread(verdict, left[player], strategy, size)
    return Elimination(player, strategy, rounds, mixture, verdict.margin * exact.units[player])
