"""The result of ``simulate``: paths over the years, where they end, and what they pay, match and cost on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from gamebook.revision import STANDARD
from gamebook.subject import Subject
from solvers.arrays import Floats
from solvers.dynamics.protocols import Protocol

SCHEMA = "gamebook/simulation/1"
NEAR = 0.95
"""A share counts as arrived at its side of coordination once it exceeds this (or falls below 1 minus this)."""

PathStatus = Literal[
    "settled", "at rest", "closing in", "cycling", "heteroclinic", "sliding", "undecided", "out of budget"
]
UNKNOWN: tuple[PathStatus, ...] = ("sliding", "undecided", "out of budget")
"""Statuses of paths whose end is not known."""


@dataclass(frozen=True, slots=True, eq=False)
class PathEnd:
    """What is known about where one path goes; it was followed beyond the years shown until this was known.

    Attributes
    ----------
    status : ``settled`` in a strict equilibrium; ``at rest`` where nothing moves any more (a continuum of rest points
        or a weak equilibrium, or the rest point of a protocol with noise); ``closing in`` on a rest point in ever
        smaller rounds; ``cycling``; ``heteroclinic``, ever longer rounds from corner to corner; ``sliding`` along
        indifference under best response, where it is not followed further; ``undecided``; ``out of budget``
    proved : whether the status is proved; only capture by a strict equilibrium is
    profile : the strict equilibrium as a string over all populations, ``~`` for one fixed at a mixed share; else None
    shares : shape (n,), all populations: the equilibrium if settled, the rest point if one was found there, else the
        last state that was followed
    year : when the status was known
    velocity : largest change of a share per year in the last state followed
    period : years per round if cycling, else None
    cycle : profiles in the order in which a heteroclinic path visits them, else empty
    ratio : each round of a heteroclinic path takes this many times longer than the one before, else None
    attracts : it is at rest at a mixed rest point that attracts, which under the replicator dynamics there is only
        where payoffs depend on shares
    near : of a path at rest or closing in under another protocol, the nearest pure profile, with ``~`` for a
        share between 0.4 and 0.6; else None
    distance : likewise from the last state followed to the rest point, by Newton's method; None if that does not apply
    repels : whether some small deviations from that rest point grow
    """

    status: PathStatus
    proved: bool
    profile: str | None
    shares: Floats
    year: float
    velocity: float
    period: float | None
    cycle: tuple[str, ...]
    ratio: float | None
    attracts: bool = False
    near: str | None = None
    distance: float | None = None
    repels: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Simulation(Subject):
    """Paths of a game over the years. ``print(simulation)`` gives the report, ``simulation.to_json()`` the data.

    What was followed, with names and settings, is described in ``Subject``.

    Attributes
    ----------
    protocol : by which people revise
    revision_rate : per unit of payoff and year, or per year where the protocol's velocity is a rate of revision
    speeds : shape (n,), factor on the revision rate per population
    delta : rate per year at which dynamic mismatch follows mismatch
    source : where the starts come from
    times : shape (time,), years from 0
    shares : shape (path, time, n), share of index 1 of all populations
    ends : one per path
    goal : the coordination profile as a string; None if the game names none
    years_to_goal : one per path, first year in which every free population's share is beyond ``NEAR`` on its side
        of the goal (of all cooperating where there is no goal); None if that never happened
    payoffs : shape (path, time, n), expected, per year in the unit of the game
    measures : id -> shape (path, time); the game's measures such as ``matched``, ``under_skilled``, ``type_mismatch``
    mismatch : shape (path, time), 1 - ``matched``; None if the game has no such measure
    dynamic_mismatch : shape (path, time), 1 - K with K' = delta (matched - K), K(0) = matched; None likewise
    mean_dynamic_mismatch : shape (path,), time average of the former
    money : ``outlay``, ``revenue``, ``net_cost``, ``burden``, ``fund_balance``, ``welfare``, ``outlay_per_matched``
        (NaN where nobody is matched) -> shape (path, time), per worker and year; empty for games without a ledger
    discount : rate per year at which money counts less later
    discounted : sums of the money figures over the years, and ``cost`` (outlay and burden) -> shape (path,)
    segment_gap : shape (path, time), largest difference of payoff between the segments or regions of a party; None if
        no party is split
    known_until : shape (path,), last year at which shares are known; NaN stands for what lies beyond
    """

    revision_rate: float
    speeds: Floats
    delta: float
    source: Literal["status quo", "start", "grid", "file", "array"]
    times: Floats
    shares: Floats
    ends: tuple[PathEnd, ...]
    goal: str | None
    years_to_goal: tuple[float | None, ...]
    payoffs: Floats
    measures: Mapping[str, Floats]
    mismatch: Floats | None
    dynamic_mismatch: Floats | None
    mean_dynamic_mismatch: Floats | None
    money: Mapping[str, Floats]
    discount: float = 0.0
    discounted: Mapping[str, Floats] = field(default_factory=dict)
    segment_gap: Floats | None = None
    protocol: Protocol = STANDARD
    known_until: Floats | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every path is known up to the last year."""
        return self.known_until is None or bool((self.known_until >= self.times[-1]).all())

    @property
    def complete(self) -> bool:
        """Whether the end of every path is known, proved or not."""
        return all(end.status not in UNKNOWN for end in self.ends)

    def outcomes(self) -> tuple[tuple[str, str, tuple[int, ...]], ...]:
        """Paths by where they go: status, then the profile or cycle (or nothing), then the paths; most paths first."""
        found: dict[tuple[str, str], list[int]] = {}
        for path, end in enumerate(self.ends):
            where = end.profile or end.near or " > ".join(end.cycle)
            found.setdefault((end.status, where), []).append(path)
        ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
        return tuple((status, where, tuple(paths)) for (status, where), paths in ordered)

    def to_json(self) -> dict[str, object]:
        """Data of the result as in the published schema; numbers that are not finite become null."""
        from gamebook.simulation_json import simulation_json

        return simulation_json(self)

    def report(self, lang: str = "en", *, unit: str | None = None, headcount: float | None = None) -> str:
        """Report as plain text of at most 80 columns, in English (``en``) or Chinese (``zh``).

        Parameters
        ----------
        unit : "yuan", "k", "wan" or "yi"; of money figures
        headcount : number of workers for totals
        """
        from gamebook.reports.simulation import simulation_report

        return simulation_report(self, lang=lang, unit=unit, headcount=headcount)

    def columns(self) -> tuple[str, ...]:
        """Names of the columns of :meth:`rows`."""
        shares = [population.share for population in self.populations]
        payoffs = [f"payoff_{population.symbol}" for population in self.populations]
        felt = [] if self.dynamic_mismatch is None else ["dynamic_mismatch"]
        gap = [] if self.segment_gap is None else ["segment_gap"]
        return ("path", "year", *shares, *payoffs, *self.measures, *felt, *self.money, *gap)

    def rows(self) -> Iterator[dict[str, float]]:
        """One row per path and recorded time, ready for ``pandas.DataFrame(simulation.rows())``.

        Paths are numbered from 1. Payoffs are called ``payoff_G``, ...; figures that do not exist are NaN.
        """
        names = self.columns()
        felt = () if self.dynamic_mismatch is None else (self.dynamic_mismatch,)
        gap = () if self.segment_gap is None else (self.segment_gap,)
        others = [*self.measures.values(), *felt, *self.money.values(), *gap]
        for path in range(len(self.shares)):
            block = np.column_stack(
                [self.times, self.shares[path], self.payoffs[path], *(array[path] for array in others)]
            )
            for numbers in block.tolist():
                yield dict(zip(names, (path + 1, *numbers), strict=True))

    def __str__(self) -> str:
        return self.report("en")

    def _repr_html_(self) -> str:
        import html

        return f"<pre>{html.escape(self.report('en'))}</pre>"
