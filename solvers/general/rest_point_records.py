"""Turn a profile that is known to be a rest point into a record: Nash or not, stable or not, with its checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from solvers.arrays import Floats, PayoffTensor
from solvers.general.mixed_payoffs import (
    contracted,
    relative_to_first,
    replicator_blocks,
    spectrum,
    strategy_payoffs,
    zero_level,
)
from solvers.general.normal_form import MixedProfile, NormalForm, Support
from solvers.general.results import GeneralRestPoint
from solvers.general.support_polytopes import integer_table
from solvers.stability import Stability, classify

Exact: TypeAlias = tuple[tuple[int, ...], ...] | None  # a profile in homogeneous integers, if it is known exactly

RESIDUAL = 1e-14
"""What Newton's method leaves of a payoff difference at a mixed point, relative to the player's largest."""
REGRET = 1e-9
"""Largest regret of a verified Nash equilibrium, relative to the player's largest payoff difference."""


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """A game with what is needed at each of its rest points.

    Attributes
    ----------
    game : NormalForm
    raw, tied : payoffs relative to each player's first strategy, as given and with exact ties
    common : the same as ``tied``, in units in which each player's largest difference is 1
    """

    game: NormalForm
    raw: PayoffTensor
    tied: PayoffTensor
    common: PayoffTensor

    @classmethod
    def of(cls, game: NormalForm) -> Judge:
        """Prepare a game."""
        tied = relative_to_first(game.tied)
        units = np.where(game.scale > 0.0, game.scale, 1.0).reshape((-1,) + (1,) * game.players)
        return cls(game, relative_to_first(game.payoffs), tied, tied / units)

    def pure(self, profile: tuple[int, ...]) -> GeneralRestPoint:
        """Record of a pure profile; every one is a rest point."""
        game = self.game
        losses, raw_losses, ties = [], [], []
        for i, own in enumerate(profile):
            cells = tuple(slice(None) if j == i else s for j, s in enumerate(profile))
            row, raw = game.tied[(i, *cells)], game.payoffs[(i, *cells)]
            absent = [s for s in range(game.sizes[i]) if s != own]
            losses.append(row[own] - row[absent] + 0.0)
            raw_losses.append(raw[own] - raw[absent])
            ties += [(i, s) for s in absent if row[s] == row[own]]
        flat = np.concatenate([*losses, np.full(1, np.inf)])
        worst = float(flat.min())
        strict = worst > 0.0
        # A difference that is exactly zero is an exact tie; one that is merely tiny was called a tie, not proved one.
        near = any(bool(((a == 0.0) & (b != 0.0)).any()) for a, b in zip(losses, raw_losses, strict=True))
        shares = tuple(_unit(m, s) for m, s in zip(game.sizes, profile, strict=True))
        support = tuple((s,) for s in profile)
        eigenvalues = spectrum(tuple(losses), np.zeros((0, 0)), support)
        return GeneralRestPoint(
            profile=shares,
            support=support,
            pure=profile,
            strategy_payoffs=tuple(_frozen(u) for u in strategy_payoffs(game.payoffs, shares)),
            payoffs=_frozen(np.array([game.payoffs[(i, *profile)] for i in range(game.players)])),
            eigenvalues=eigenvalues,
            stability=classify(eigenvalues, np.zeros(eigenvalues.size)),
            is_nash=worst >= 0.0,
            is_strict_nash=strict,
            is_evolutionarily_stable=None if near and worst == 0.0 else strict,
            margin=worst,
            residual=0.0,
            regret=float(max([0.0, *(-float(loss.min()) for loss in raw_losses if loss.size)])),
            radius=0.0,
            verified=not near,
            ties=tuple(ties),
        )

    def mixed(self, profile: MixedProfile, support: Support, radius: MixedProfile, exact: Exact) -> GeneralRestPoint:
        """Record of a mixed rest point.

        Parameters
        ----------
        profile, support : the point
        radius : proved distance of the rest point from ``profile``, per strategy
        exact : the same profile in homogeneous integers if it is known exactly, else None
        """
        game = self.game
        losses, levels, ties = self._losses(profile, support, radius)
        proved = (
            not ties
            or (exact is not None and self._ties_are_exact(exact, support, ties))
            or all(tie_follows(game, support, player, s) for player, s in ties)
        )
        raw = strategy_payoffs(self.raw, profile)
        regrets = np.array([float(u.max() - x @ u) for u, x in zip(raw, profile, strict=True)])
        spans = np.array([float(np.ptp(u[list(used)])) for u, used in zip(raw, support, strict=True)])
        is_nash = all(bool((loss >= -level).all()) for loss, level in zip(losses, levels, strict=True))
        small = bool((regrets <= REGRET * game.scale + game.rounding).all()) if is_nash else True
        # Beyond rounding only if ties that were not exact moved the point: then it is none of this game's.
        close = bool((spans <= 8.0 * game.rounding + 2.0 * RESIDUAL * game.scale).all())
        payoffs = strategy_payoffs(game.payoffs, profile)
        eigenvalues = spectrum(losses, replicator_blocks(self.tied, profile, support), support)
        return GeneralRestPoint(
            profile=tuple(_frozen(x) for x in profile),
            support=support,
            pure=None,
            strategy_payoffs=tuple(_frozen(u) for u in payoffs),
            payoffs=_frozen(np.array([float(x @ u) for x, u in zip(profile, payoffs, strict=True)])),
            eigenvalues=eigenvalues,
            stability=self._stability(losses, levels, profile, support),
            is_nash=is_nash,
            is_strict_nash=False,
            is_evolutionarily_stable=False,
            margin=None,
            residual=float(spans.max()),
            regret=float(max(0.0, regrets.max())),
            radius=float(max(r.max() for r in radius)),
            verified=proved and small and close,
            ties=ties,
        )

    def residual(self, profile: MixedProfile, support: Support) -> float:
        """Largest payoff difference between strategies that one player uses."""
        payoffs = strategy_payoffs(self.raw, profile)
        return float(max(np.ptp(u[list(used)]) for u, used in zip(payoffs, support, strict=True)))

    def _losses(
        self, profile: MixedProfile, support: Support, radius: MixedProfile
    ) -> tuple[tuple[Floats, ...], tuple[Floats, ...], tuple[tuple[int, int], ...]]:
        """What each player loses with each absent strategy, how sure that is, and which count as ties."""
        losses, levels, ties = [], [], []
        for i, used in enumerate(support):
            absent = [s for s in range(self.game.sizes[i]) if s not in used]
            payoffs = contracted(self.tied[i], profile, (i,))
            loss = payoffs[list(used)] @ profile[i][list(used)] - payoffs[absent]
            level = np.full(len(absent), self.game.tolerance[i])
            for j in range(self.game.players):
                if j != i and absent and radius[j].any():
                    pair = contracted(self.tied[i], profile, (i, j))
                    pair = pair if i < j else pair.T
                    slopes = np.abs(pair[absent] - profile[i] @ pair)
                    level += 2.0 * slopes @ radius[j]
            losses.append(loss)
            levels.append(level)
            ties += [(i, s) for s, size, bound in zip(absent, np.abs(loss), level, strict=True) if size <= bound]
        return tuple(losses), tuple(levels), tuple(ties)

    def _ties_are_exact(
        self, exact: tuple[tuple[int, ...], ...], support: Support, ties: tuple[tuple[int, int], ...]
    ) -> bool:
        """Whether the absent strategies called ties pay exactly the same, in rational arithmetic."""
        for player in {i for i, _ in ties}:
            rows = np.moveaxis(self.game.tied[player], player, 0)
            whole = integer_table(rows.reshape(rows.shape[0], -1), self.game.denominators[player])
            table = np.array(whole, dtype=object).reshape(rows.shape)
            others = [point for i, point in enumerate(exact) if i != player]
            for point in reversed(others):
                table = table @ np.array(point, dtype=object)
            if any(table[s] != table[support[player][0]] for i, s in ties if i == player):
                return False
        return True

    def _stability(
        self, losses: tuple[Floats, ...], levels: tuple[Floats, ...], profile: MixedProfile, support: Support
    ) -> Stability:
        """Class of a mixed point, judged in units in which every player's largest difference is 1."""
        units = np.where(self.game.scale > 0.0, self.game.scale, 1.0)
        jacobian = replicator_blocks(self.common, profile, support)
        scaled = tuple(loss / unit for loss, unit in zip(losses, units, strict=True))
        eigenvalues = spectrum(scaled, jacobian, support)
        tolerance, zero = np.empty(eigenvalues.size), zero_level(jacobian)
        position = 0
        for level, unit, used in zip(levels, units, support, strict=True):
            own = len(level) + len(used) - 1
            tolerance[position : position + len(level)] = level / unit
            tolerance[position + len(level) : position + own] = zero
            position += own
        return classify(eigenvalues, tolerance)


def tie_follows(game: NormalForm, support: Support, player: int, absent: int) -> bool:
    """Whether an absent strategy pays the same wherever those in use do: its payoffs are a combination of theirs."""
    rows = np.moveaxis(game.tied[player], player, 0)
    others = [list(used) for i, used in enumerate(support) if i != player]
    base, *rest = support[player]
    chosen = rows[np.ix_([*rest, absent], *others)] - rows[np.ix_([base], *others)]
    flat = chosen.reshape(len(rest) + 1, -1)
    combination = np.linalg.lstsq(flat[:-1].T, flat[-1], rcond=None)[0] if rest else np.zeros(0)
    off = np.abs(combination @ flat[:-1] - flat[-1]).max()
    return bool(off <= 4.0 * game.rounding[player])


def _unit(size: int, strategy: int) -> Floats:
    shares = np.zeros(size)
    shares[strategy] = 1.0
    return _frozen(shares)


def _frozen(array: Floats) -> Floats:
    copy = np.array(array, dtype=np.float64) + 0.0
    copy.flags.writeable = False
    return copy
