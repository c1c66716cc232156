"""The result of ``basins``: which part of all starts ends where, with intervals, and a map over two shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from gamebook.revision import STANDARD, is_standard
from gamebook.subject import Subject
from solvers.arrays import Floats, Integers, PayoffTensor
from solvers.basins import Basins, BasinShare
from solvers.dynamics.fate import Fate
from solvers.dynamics.protocols import Protocol

SCHEMA = "gamebook/basins/1"

Status = Literal["settled", "at rest", "closing in", "cycling", "heteroclinic", "sliding", "undecided"]
UNSETTLED: tuple[tuple[Status, Fate], ...] = (
    ("at rest", Fate.AT_REST),
    ("cycling", Fate.CYCLING),
    ("heteroclinic", Fate.HETEROCLINIC),
    ("undecided", Fate.UNDECIDED),
)


@dataclass(frozen=True, slots=True)
class RestPlace:
    """A rest point where paths end under a protocol; see ``gamebook.protocol_outcomes.RestOutcome``.

    Attributes
    ----------
    near : nearest pure profile of all populations, ``~`` where a share is between 0.4 and 0.6
    number : 1, or 2 and more for further rest points near the same profile
    shares : of all populations
    attracts : whether small deviations die out, by its eigenvalues; None where they do not tell
    radius : a path that came to rest no farther away, in any share, was counted to it
    distance : how far from where a path was given up, by Newton's method; None if that does not apply
    """

    near: str
    number: int
    shares: tuple[float, ...]
    attracts: bool | None
    radius: float
    distance: float | None


@dataclass(frozen=True, slots=True)
class Ending:
    """What becomes of some starts.

    Attributes
    ----------
    status : ``settled`` in a strict equilibrium, proved by capture; the others as in ``simulate``, not proved
    profile : the equilibrium as a string over all populations; None unless settled
    rest : the rest point, under protocols whose rest points are no strict equilibria; else None
    """

    status: Status
    profile: str | None = None
    rest: RestPlace | None = None

    @property
    def where(self) -> str | None:
        """Strict equilibrium, or nearest pure profile of a rest point with its number if there are several."""
        if self.rest is None:
            return self.profile
        return self.rest.near + (f" ({self.rest.number})" if self.rest.number > 1 else "")

    def leads_to(self, goal: str) -> bool:
        """Whether this is a pure profile, or a rest point next to it."""
        return goal == (self.profile if self.rest is None else self.rest.near)


@dataclass(frozen=True, slots=True)
class Part:
    """The part of all starts with one ending: its share with a 95 % interval.

    ``count`` is the number of starts that were followed to it; for endings other than settled, of those starts only
    that were looked at more closely.
    """

    ending: Ending
    share: BasinShare
    count: int


@dataclass(frozen=True, slots=True, eq=False)
class MixedEnd:
    """A mixed rest point that attracts, which there is only where payoffs depend on shares.

    Attributes
    ----------
    shares : shape (population,)
    basin : share of the starts that come to rest there, with a 95 % interval; seen, not proved
    """

    shares: Floats
    basin: BasinShare


@dataclass(frozen=True, slots=True, eq=False)
class ShareMap:
    """Endings over a grid of two shares, all others at the status quo.

    Attributes
    ----------
    axes : symbols of the horizontal and the vertical share
    across, up : shape (columns,) and (rows,), shares at the middles of the cells
    endings : those that occur, settled ones first
    code : shape (rows, columns), position in ``endings``; row 0 has the smallest share
    years : shape (rows, columns), until every share is beyond 95 % on its side of the equilibrium; NaN where none is
        reached
    marks : strict equilibria that occur, by their shares on the two axes: profiles -> (across, up)
    """

    axes: tuple[str, str]
    across: Floats
    up: Floats
    endings: tuple[Ending, ...]
    code: Integers
    years: Floats
    marks: tuple[tuple[tuple[str, ...], float, float], ...]

    def share(self, ending: Ending) -> float:
        """Part of the cells with an ending."""
        return float((self.code == self.endings.index(ending)).mean()) if ending in self.endings else 0.0


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class BasinSurvey(Subject):
    """All that ``basins`` finds. ``print(survey)`` gives the report, ``survey.to_json()`` the data.

    What was worked on, with names and settings, is described in ``Subject``.

    Attributes
    ----------
    payoffs : shape (n, 2, ..., 2) of the whole game
    parts : by ending, the largest first; endings that were not seen are among them as long as their interval allows
        some
    sample : the numbers behind ``parts``
    mixed : mixed rest points that attract; starts that come to rest there are ``at rest`` among the parts
    around : half-width of the box around the status quo from which starts were drawn; None for the whole cube
    low, high : shape (population,), that box; fixed shares are what they are
    revision_rate, speeds, protocol : as in ``simulate``
    closing : rest points on which paths close in in ever smaller rounds; those starts are ``at rest`` among the parts
    map : None if none was asked for
    seed : of the scrambling of the starts
    first_samples, most_starts : starts per set to begin with, and the budget of starts
    """

    payoffs: PayoffTensor
    parts: tuple[Part, ...]
    sample: Basins
    around: float | None
    low: Floats
    high: Floats
    revision_rate: float
    speeds: Floats
    map: ShareMap | None
    seed: int
    first_samples: int
    most_starts: int
    mixed: tuple[MixedEnd, ...] = ()
    protocol: Protocol = STANDARD
    closing: tuple[RestPlace, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether the wanted width was reached and no start is left undecided."""
        on_map = self.map is not None and any(ending.status == "undecided" for ending in self.map.endings)
        return self.sample.reached and self.sample.undecided.share == 0.0 and not on_map

    def part(self, profile: str) -> BasinShare | None:
        """Share of the starts that settle in a profile, or come to rest next to it; None if none can."""
        return next((part.share for part in self.parts if part.ending.leads_to(profile)), None)

    def columns(self) -> tuple[str, ...]:
        """Names of the columns of :meth:`rows`."""
        if self.map is None:
            return ("outcome", "profile", *self._near, "share", "low", "high", "starts")
        return (*self.map.axes, "outcome", "profile", *self._near, "years")

    @property
    def _near(self) -> tuple[str, ...]:
        """Column of the nearest profile of a rest point, where there can be one."""
        return () if is_standard(self.protocol) else ("near",)

    def rows(self) -> Iterator[dict[str, object]]:
        """One row per cell of the map, or per outcome where there is no map, ready for ``pandas.DataFrame``."""
        if self.map is None:
            for part in self.parts:
                numbers = (part.share.share, part.share.low, part.share.high, part.count)
                values = (part.ending.status, part.ending.profile, *self._near_of(part.ending), *numbers)
                yield dict(zip(self.columns(), values, strict=True))
            return
        for row, column in np.ndindex(self.map.code.shape):
            ending, years = self.map.endings[self.map.code[row, column]], float(self.map.years[row, column])
            place = (float(self.map.across[column]), float(self.map.up[row]))
            cell = (*place, ending.status, ending.profile, *self._near_of(ending), years)
            yield dict(zip(self.columns(), cell, strict=True))

    def _near_of(self, ending: Ending) -> tuple[str | None, ...]:
        return tuple(None if ending.rest is None else ending.where for _ in self._near)

    def to_json(self) -> dict[str, object]:
        """Data of the result as in the published schema; numbers that do not exist become null."""
        from gamebook.basins_json import basins_json

        return basins_json(self)

    def report(self, lang: str = "en") -> str:
        """Report as plain text of at most 80 columns, in English (``en``) or Chinese (``zh``)."""
        from gamebook.reports.basins import basins_report

        return basins_report(self, lang=lang)

    def __str__(self) -> str:
        return self.report("en")

    def _repr_html_(self) -> str:
        import html

        return f"<pre>{html.escape(self.report('en'))}</pre>"
