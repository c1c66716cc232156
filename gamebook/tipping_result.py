"""The result of ``tip``: where the outcome switches, how near the status quo is to that, and how long things take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from gamebook.basin_result import Ending
from gamebook.revision import STANDARD, is_standard
from gamebook.subject import Subject
from solvers.arrays import Floats, PayoffTensor
from solvers.dynamics.protocols import Protocol

SCHEMA = "gamebook/tip/1"

Kind = Literal["diagonal", "toward", "party", "group"]


@dataclass(frozen=True, slots=True, eq=False)
class Switch:
    """A switch of the outcome on a line.

    Attributes
    ----------
    position, low, high : where on the line, from 0 to 1, and the interval to which it was closed in
    shares : shape (population,), there
    below, above : what lies before and behind it
    """

    position: float
    low: float
    high: float
    shares: Floats
    below: Ending
    above: Ending


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a line with one ending; bounding paths show it of all starts in a part of length ``enclosed``."""

    low: float
    high: float
    ending: Ending
    enclosed: float


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """What becomes of the starts along one line.

    Attributes
    ----------
    kind : ``diagonal``: all free shares equal, from 0 to 1; ``toward``: all free populations from the status quo
        towards the goal; ``party``: one party alone; ``group``: several populations, the others at the status quo
    movers : positions of the populations that move
    is_share : whether positions are the shares of the movers themselves, rather than parts of the way from the status
        quo to the goal
    here : position of the status quo; None if it is not on the line
    begin, end : shape (population,), shares at positions 0 and 1
    switches, stretches : in order of position
    step : largest distance between neighbouring starts that were followed where nothing is enclosed; 0 if all is
    unproved : length of those parts
    tolerance : to which switches are closed in
    complete : whether all switches that were seen were closed in within the budget
    years : years until coordination (``Tipping.goal``) at the positions ``at``; NaN where it is not reached
    """

    kind: Kind
    movers: tuple[int, ...]
    is_share: bool
    here: float | None
    begin: Floats
    end: Floats
    switches: tuple[Switch, ...]
    stretches: tuple[Stretch, ...]
    step: float
    unproved: float
    tolerance: float
    complete: bool
    at: Floats
    years: Floats

    @property
    def undecided(self) -> tuple[Stretch, ...]:
        """Stretches of which it is not known where they lead."""
        return tuple(part for part in self.stretches if part.ending.status == "undecided")

    @property
    def is_proved(self) -> bool:
        """Whether every start outside the switches is enclosed, but for slivers beside them."""
        return self.unproved <= SLIVER

    def shares(self, position: float) -> Floats:
        """Shares at a position, shape (population,)."""
        found: Floats = self.begin + position * (self.end - self.begin)
        return found

    def nearest(self, *, upwards: bool) -> Switch | None:
        """First switch from the status quo on, in one direction; None if there is none."""
        if self.here is None:
            return None
        if upwards:
            return next((switch for switch in self.switches if switch.position > self.here), None)
        return next((switch for switch in reversed(self.switches) if switch.position < self.here), None)


SLIVER = 1e-3
"""Length of a line that may stay unproved beside the switches without a word about it."""


@dataclass(frozen=True, slots=True, eq=False)
class Border:
    """How near the status quo is to the border of its basin.

    Attributes
    ----------
    distance : Euclidean in shares to the nearest border that was found, an upper bound; None if none was found
    at_least : every start nearer than this is enclosed, so that no border is nearer: a lower bound
    everywhere : whether every start goes where the status quo goes, enclosed
    shares : shape (population,), just beyond the border; None if none was found
    beyond : what lies there
    confirmed : whether the ending differs ``check`` before and behind the border
    check : distance of that check
    directions : in which it was looked for
    """

    distance: float | None
    at_least: float
    everywhere: bool
    shares: Floats | None
    beyond: Ending | None
    confirmed: bool
    check: float
    directions: int


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Tipping(Subject):
    """All that ``tip`` finds. ``print(tipping)`` gives the report, ``tipping.to_json()`` the data.

    What was worked on, with names and settings, is described in ``Subject``.

    Attributes
    ----------
    payoffs : shape (n, 2, ..., 2) of the whole game
    goal : coordination, or the profile asked for, as a string of all populations
    toward : shape (population,), shares to which populations move on the lines from the status quo
    here : where the status quo leads
    years : from the status quo until every share is beyond 95 % on its side of the goal; None if it does not lead there
    lines : the diagonal, the way to the goal, each party alone, and the group asked for
    border : None if it was not looked for
    revision_rate, speeds, protocol : as in ``simulate``
    scanned : equal parts of each line, for the first scan
    """

    payoffs: PayoffTensor
    goal: str
    toward: Floats
    here: Ending
    years: float | None
    lines: tuple[Line, ...]
    border: Border | None
    revision_rate: float
    speeds: Floats
    scanned: int
    protocol: Protocol = STANDARD

    @property
    def diagonal(self) -> Line:
        """All free shares equal."""
        return next(line for line in self.lines if line.kind == "diagonal")

    @property
    def way(self) -> Line:
        """All free populations from the status quo towards the goal."""
        return next(line for line in self.lines if line.kind == "toward")

    @property
    def complete(self) -> bool:
        """Whether all switches were closed in, no stretch is undecided, and the border, if found, is confirmed."""
        lines = all(line.complete and not line.undecided for line in self.lines)
        border = self.border is None or self.border.distance is None or self.border.confirmed
        return lines and border and self.here.status != "undecided"

    def alone(self, share: str) -> Line:
        """Line of one party alone, by its share's symbol.

        Raises
        ------
        KeyError
            If there is none.
        """
        for line in self.lines:
            if line.kind == "party" and share == self.parties[self.populations[line.movers[0]].party].share:
                return line
        raise KeyError(share)

    def columns(self) -> tuple[str, ...]:
        """Names of the columns of :meth:`rows`."""
        shares = (population.share for population in self.populations)
        near = () if is_standard(self.protocol) else ("near",)
        return ("line", "movers", "position", *shares, "outcome", "profile", *near, "years")

    def rows(self) -> Iterator[dict[str, object]]:
        """One row per line and position, ready for ``pandas.DataFrame(tipping.rows())``."""
        for line in self.lines:
            movers = " ".join(self.populations[i].share for i in line.movers)
            for position, years in zip(line.at.tolist(), line.years.tolist(), strict=True):
                part = next((part for part in line.stretches if part.low <= position <= part.high), None)
                status, profile = (None, None) if part is None else (part.ending.status, part.ending.profile)
                rest = None if part is None or part.ending.rest is None else part.ending.where
                end = (status, profile) if is_standard(self.protocol) else (status, profile, rest)
                values = (line.kind, movers, position, *line.shares(position).tolist(), *end, years)
                yield dict(zip(self.columns(), values, strict=True))

    def to_json(self) -> dict[str, object]:
        """Data of the result as in the published schema; numbers that do not exist become null."""
        from gamebook.tipping_json import tipping_json

        return tipping_json(self)

    def report(self, lang: str = "en") -> str:
        """Report as plain text of at most 80 columns, in English (``en``) or Chinese (``zh``)."""
        from gamebook.reports.tipping import tipping_report

        return tipping_report(self, lang=lang)

    def __str__(self) -> str:
        return self.report("en")

    def _repr_html_(self) -> str:
        import html

        return f"<pre>{html.escape(self.report('en'))}</pre>"
