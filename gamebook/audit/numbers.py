"""Printed parameter sets, end states and figures against what the game does with those numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from gamebook.audit.claims import Claims
from gamebook.audit.claims_models import EndClaim, FigureClaim, SetClaim
from gamebook.audit.findings import Finding, complex_numbers, number
from gamebook.audit.played import Played
from gamebook.audit.subject import Audited
from payoffs.texts import Text
from solvers.arrays import Floats
from solvers.basins import BasinShare
from solvers.dynamics.fate import Fate

SETTLED = 0.01
"""A path has settled when every share is this close to its limit."""
GRID = 2001
"""Moments at which a path is looked at to find when it settles."""
LONGEST = 1e6
"""In units of the printed time; a path that has not settled by then is said not to."""


def set_findings(audited: Audited) -> Iterator[Finding]:
    """All evolutionarily stable points of every parameter set, with basins, beside those that are printed."""
    claims = audited.claims
    if not claims.table.sets:
        yield Finding("no_sets", "untested")
    for claimed in claims.table.sets:
        yield from _set(audited, claimed)


def _set(audited: Audited, claimed: SetClaim) -> Iterator[Finding]:
    claims = audited.claims
    place = claims.place("sets", claimed.place)
    played = audited.played(claimed.values)
    found = played.equilibria
    stable = ["".join(map(str, point.pure)) for point in found.ess if point.pure is not None]
    zero = [
        name
        for point in found.rest_points
        if point.pure is not None
        and (name := "".join(map(str, point.pure)))
        # Those that are zero for all parameters are named once for the whole paper.
        and any((player, name) not in audited.always_zero for player in point.ties)
    ]
    if zero:
        yield Finding("set_zero", "warning", place, {"set": claimed.id, "points": ", ".join(zero)})
    printed = claimed.ess
    yield from _sinks(audited, claimed, played, place)
    if printed is None:
        yield Finding("set_found", "note", place, {"set": claimed.id, "points": ", ".join(stable) or "-"})
        return
    for profile in printed:
        if profile not in stable:
            point = next(p for p in found.rest_points if p.pure == tuple(int(d) for d in profile))
            losses = np.real(point.eigenvalues)
            player = int(np.argmax(losses))
            fields = {
                "set": claimed.id, "point": profile, "party": claims.party(player),
                "value": number(float(losses[player])),
            }  # fmt: skip
            code = "set_open" if losses[player] == 0.0 else "set_false"
            yield Finding(code, "error", place, fields)
            if code == "set_false" and played.depends:
                constant = audited.by_constant_rule.played(claimed.values).equilibria
                if any(other.pure == point.pure for other in constant.ess):
                    yield Finding("set_constant", "error", place, {"set": claimed.id, "point": profile})
    others = [profile for profile in stable if profile not in printed]
    for profile in others:
        shown = _basin(played.basin(tuple(int(digit) for digit in profile)))
        yield Finding("set_second", "error", place, {"set": claimed.id, "point": profile, "share": shown})
    if not others and all(profile in stable for profile in printed):
        yield Finding("set_right", "note", place, {"set": claimed.id, "points": ", ".join(stable) or "-"})


def _sinks(audited: Audited, claimed: SetClaim, played: Played, place: Text) -> Iterator[Finding]:
    """Mixed points that attract, which no list of pure points holds."""
    if not played.depends:
        return
    attracting = zip(played.sinks, played.sink_basins(), strict=True) if played.sinks else ()
    told = [claim for claim in audited.claims.table.mixed if claimed.id in claim.sets or not claim.sets]
    for point, basin in attracting:
        fields = {
            "set": claimed.id, "point": _shown(point.shares), "eigenvalues": complex_numbers(point.eigenvalues),
            "share": _basin(basin),
        }  # fmt: skip
        yield Finding("set_sink", "note" if told or claimed.ess is None else "error", place, fields)


def _basin(basin: BasinShare) -> str:
    return f"{basin.share:.1%} [{basin.low:.1%}, {basin.high:.1%}]"


def dismissed_findings(audited: Audited) -> Iterator[Finding]:
    """Mixed rest points that the paper dismisses without computing them."""
    dismissed = audited.claims.table.no_mixed
    if dismissed is None:
        return
    for claimed in audited.claims.table.sets or [SetClaim(id="default", values={})]:
        played = audited.played(claimed.values)
        found = played.equilibria
        mixed = [point for point in found.rest_points if point.mixing]
        if mixed:
            at = "; ".join("(" + ", ".join(number(float(x)) for x in point.shares) + ")" for point in mixed[:4])
            fields = {"set": claimed.id, "count": len(mixed), "points": at, "components": len(found.components)}
            if played.sinks:
                first = played.sinks[0]
                shown = {"point": _shown(first.shares), "eigenvalues": complex_numbers(first.eigenvalues)}
                yield Finding("mixed_dismissed_sink", "error", dismissed, {**fields, **shown})
            else:
                code = "mixed_dismissed_shares" if played.depends else "mixed_dismissed"
                yield Finding(code, "warning", dismissed, fields)


def end_findings(audited: Audited) -> Iterator[Finding]:
    """Where printed paths end, and whether the horizon is long enough to say so."""
    sets = {claimed.id: claimed.values for claimed in audited.claims.table.sets}
    for claim in audited.claims.table.ends:
        yield from _end(audited, claim, sets[claim.set])


def _end(audited: Audited, claim: EndClaim, values: Mapping[str, float]) -> Iterator[Finding]:
    claims = audited.claims
    place = claims.place("ends", claim.place)
    start = _start(claims, claim.start)
    path = Path(audited, values, start)
    reached = path.at(claim.horizon)
    printed = _printed_end(claims, claim)
    fields: dict[str, object] = {
        "set": claim.set, "start": _shown(start), "horizon": f"{claim.horizon:g}", "reached": _shown(reached),
        "printed": _shown(printed),
    }  # fmt: skip
    far = np.abs(reached - printed)
    compared = ~np.isnan(printed)
    limit = path.limit
    off = bool((far[compared] > claim.tolerance).any())
    at_limit = limit is not None and bool((np.abs(limit - printed)[compared] <= SETTLED).all())
    if off and at_limit:
        yield Finding("end_early", "warning", place, {**fields, "settled": path.settled_at()})
    elif off:
        yield Finding("end_false", "error", place, {**fields, "limit": "-" if limit is None else _shown(limit)})
    elif limit is not None and (np.abs(limit - reached) > SETTLED).any():
        yield Finding(
            "end_unsettled", "warning", place, {**fields, "limit": _shown(limit), "settled": path.settled_at()}
        )
    else:
        yield Finding("end_right", "note", place, fields)


def figure_findings(audited: Audited) -> Iterator[Finding]:
    """Figures of the effect of one parameter: what else changes between the curves, legends, starts and horizon."""
    sets = {claimed.id: claimed.values for claimed in audited.claims.table.sets}
    for figure in audited.claims.table.figures:
        yield from _figure(audited, figure, sets[figure.set])


def _figure(audited: Audited, figure: FigureClaim, values: Mapping[str, float]) -> Iterator[Finding]:
    claims = audited.claims
    place = claims.place("figures", figure.place)
    used = [{**audited.values, **values, **curve.values} for curve in figure.curves]
    changing = sorted(name for name in audited.values if len({curve[name] for curve in used}) > 1)
    also = [name for name in changing if name not in figure.varies]
    first = len(changing) > 1 and len(figure.varies) == 1
    if also or first:
        fields = {"figure": figure.id, "varies": ", ".join(figure.varies), "changing": ", ".join(changing)}
        yield Finding("figure_two", "error", place, fields)
    for number_, (curve, true) in enumerate(zip(figure.curves, used, strict=True), start=1):
        for name, said in curve.legend.items():
            if true[name] != said:
                fields = {"figure": figure.id, "curve": str(number_), "symbol": name}
                fields |= {"legend": f"{said:g}", "used": f"{true[name]:g}"}
                yield Finding("figure_legend", "error", place, fields)
    starts = [_start(claims, {**figure.start, **curve.start}) for curve in figure.curves]
    if any((start != starts[0]).any() for start in starts[1:]):
        shown = "; ".join(_shown(start) for start in starts)
        yield Finding("figure_starts", "error", place, {"figure": figure.id, "starts": shown})
    if figure.horizon is not None:
        late = []
        for curve, start in zip(figure.curves, starts, strict=True):
            path = Path(audited, {**values, **curve.values}, start)
            limit = path.limit
            if limit is not None and (np.abs(path.at(figure.horizon) - limit) > SETTLED).any():
                late.append(path.settled_at())
        if late:
            fields = {"figure": figure.id, "count": str(len(late)), "horizon": f"{figure.horizon:g}"}
            fields |= {"settled": ", ".join(late)}
            yield Finding("figure_horizon", "warning", place, fields)


class Path:
    """One replicator path in the paper's time.

    Parameters
    ----------
    values : the parameter set
    start : shape (player,), shares of index 1
    """

    def __init__(self, audited: Audited, values: Mapping[str, float], start: Floats) -> None:
        self.played = audited.played(values)
        self.start = start
        fate = self.played.fates(start)
        target = fate.target[0]
        self.limit: Floats | None = None
        if target is not None:
            self.limit = np.array(target, dtype=np.float64)
        elif fate.fate[0] is Fate.AT_REST:
            self.limit = fate.shares[0]
        self.known_by = float(fate.time[0])

    def at(self, time: float) -> Floats:
        """Shares at a time."""
        found: Floats = self.played.path(self.start, np.array([0.0, time]))[-1]
        return found

    def settled_at(self) -> str:
        """Time from which on the path stays within 0.01 of its limit, as text."""
        if self.limit is None:
            return "-"
        end = max(1.0, self.known_by)
        while end < LONGEST and (np.abs(self.at(end) - self.limit) > SETTLED).any():
            end *= 2.0
        times = np.linspace(0.0, end, GRID)
        path = self.played.path(self.start, times)
        outside = np.flatnonzero((np.abs(path - self.limit) > SETTLED).any(axis=1))
        return number(float(times[min(outside[-1] + 1, GRID - 1)])) if len(outside) else "0"


def _start(claims: Claims, given: Mapping[str, float]) -> Floats:
    case = claims.case
    own = {} if case is None else {**case.game.start, **case.start}
    usual = [own.get(party.share or "", 0.5) for party in case.game.parties] if case is not None else []
    return np.array([given.get(name, default) for name, default in zip(claims.shares, usual, strict=True)])


def _printed_end(claims: Claims, claim: EndClaim) -> Floats:
    if isinstance(claim.end, str):
        return np.array([float(digit) for digit in claim.end])
    return np.array([claim.end.get(name, np.nan) for name in claims.shares])


def _shown(shares: Sequence[float] | Floats) -> str:
    return "(" + ", ".join("·" if np.isnan(x) else number(round(float(x), 4)) for x in shares) + ")"
