"""A game at one set of values in numbers: rest points, kinds, basins, paths, also where payoffs depend on shares."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from payoffs.game import Game
from solvers.arrays import Complexes, Floats
from solvers.basins import Basins, BasinShare, basins
from solvers.dynamics.fate import Fates, fates
from solvers.dynamics.trajectories import trajectories
from solvers.equilibria import TIE_TOLERANCE, equilibria
from solvers.expected import payoff_advantages
from solvers.pure import pure_profiles
from solvers.results import Equilibria, RestPoint
from solvers.share_dependent.advantages import ShareAdvantages, share_advantages, share_payoffs
from solvers.share_dependent.copies import Copies, ShareOutcomes, copies, share_fates, share_trajectories
from solvers.share_dependent.equilibria import share_equilibria
from solvers.share_dependent.mixed_basins import mixed_basins
from solvers.share_dependent.stability import replicator_jacobian
from solvers.share_dependent.stability import spectrum as share_spectrum
from solvers.stability import ZERO_EIGENVALUE, Stability, classify, spectrum, zero_level


class Played:
    """A game at one set of values.

    Parameters
    ----------
    values : of all parameters

    Examples
    --------
    >>> import gamebook
    >>> case = gamebook.load("inspection_dynamic")
    >>> played = Played(case.game, case.game.check_values(dict(case.values)))
    >>> [point.stability.value for point in played.sinks]
    ['sink']
    """

    def __init__(self, game: Game, values: Mapping[str, float]) -> None:
        self._game = game
        self._values = dict(values)
        found = game.share_tensor(**self._values)
        self.depends = found.depends
        self._payoffs = found.payoffs

    @cached_property
    def equilibria(self) -> Equilibria:
        """All rest points."""
        return share_equilibria(self._payoffs) if self.depends else equilibria(self._payoffs)

    @property
    def sinks(self) -> list[RestPoint]:
        """Mixed rest points that attract: none where payoffs do not depend on shares."""
        found = self.equilibria.rest_points
        return [point for point in found if point.mixing and point.stability is Stability.SINK]

    @cached_property
    def _moving(self) -> ShareAdvantages:
        payoffs = share_payoffs(self._payoffs, most_players=self._game.n)
        return share_advantages(payoffs, tie_tolerance=TIE_TOLERANCE)

    @cached_property
    def _copies(self) -> Copies:
        return copies(self._moving)

    @cached_property
    def _constant(self) -> Floats:
        return pure_profiles(self._payoffs, tie_tolerance=TIE_TOLERANCE).advantages

    @cached_property
    def _basins(self) -> Basins:
        game = ShareOutcomes(self._copies) if self.depends else self._constant
        return basins(game, rng=np.random.default_rng(0))

    def basin(self, profile: tuple[int, ...]) -> BasinShare:
        """Share of starts that come to a stable pure point."""
        return self._basins.outcomes[profile]

    def sink_basins(self) -> tuple[BasinShare, ...]:
        """Share of starts that come to each of the mixed points that attract."""
        return mixed_basins(self._copies, [point.shares for point in self.sinks], rng=np.random.default_rng(0))

    def fates(self, start: Floats) -> Fates:
        """Tell what becomes of the path from one start."""
        return share_fates(self._copies, start[None]) if self.depends else fates(self._constant, start[None])

    def path(self, start: Floats, times: Floats) -> Floats:
        """Shares along the path from one start; shape (time, party)."""
        if self.depends:
            found: Floats = share_trajectories(self._copies, start[None], times)[0]
        else:
            found = trajectories(self._constant, start[None], times)[0]
        return found

    def eigenvalues(self, shares: Floats) -> Complexes:
        """Eigenvalues of the full Jacobian at a point where all parties mix."""
        mixing = tuple(range(len(shares)))
        if self.depends:
            return share_spectrum(self._moving, shares, mixing)[0]
        return spectrum(payoff_advantages(self._payoffs), shares, mixing)

    def kind(self, shares: Floats) -> str:
        """Kind of a rest point at which all parties mix."""
        mixing = tuple(range(len(shares)))
        if self.depends:
            return named(classify(*share_spectrum(self._moving, shares, mixing)))
        advantages = payoff_advantages(self._payoffs)
        zero = np.full(len(shares), zero_level(advantages, shares, mixing))
        return named(classify(spectrum(advantages, shares, mixing), zero))

    def kind_by_constant_rule(self, shares: Floats) -> str:
        """Kind that comes out if the derivatives of payoffs with respect to the own share are left out."""
        jacobian = replicator_jacobian(self._moving, shares)
        found = np.linalg.eigvals(jacobian - np.diag(np.diag(jacobian))).astype(np.complex128)
        level = ZERO_EIGENVALUE * float(np.abs(np.linalg.eigvals(np.abs(jacobian))).max())
        return named(classify(found, np.full(len(shares), level)))


def named(kind: Stability) -> str:
    """Return the word for a kind of rest point on claims pages."""
    return "centre" if kind is Stability.NEUTRAL else kind.value
