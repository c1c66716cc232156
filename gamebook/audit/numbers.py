"""Printed parameter sets, end states and figures against what the game does with those numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from gamebook.audit.claims import Claims
from gamebook.audit.claims_models import EndClaim, FigureClaim, SetClaim
from gamebook.audit.findings import Finding, number
from gamebook.audit.subject import Audited
from solvers.arrays import Floats
from solvers.basins import basins
from solvers.dynamics.fate import Fate, fates
from solvers.dynamics.trajectories import trajectories
from solvers.equilibria import TIE_TOLERANCE, equilibria
from solvers.pure import pure_profiles

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
    tensor = audited.tensor(claimed.values)
    found = equilibria(tensor)
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
    others = [profile for profile in stable if profile not in printed]
    for profile in others:
        share = basins(pure_profiles(tensor, tie_tolerance=TIE_TOLERANCE).advantages, rng=np.random.default_rng(0))
        reach = share.outcomes[tuple(int(digit) for digit in profile)]
        shown = f"{reach.share:.1%} [{reach.low:.1%}, {reach.high:.1%}]"
        yield Finding("set_second", "error", place, {"set": claimed.id, "point": profile, "share": shown})
    if not others and all(profile in stable for profile in printed):
        yield Finding("set_right", "note", place, {"set": claimed.id, "points": ", ".join(stable) or "-"})


def dismissed_findings(audited: Audited) -> Iterator[Finding]:
    """Mixed rest points that the paper dismisses without computing them."""
    dismissed = audited.claims.table.no_mixed
    if dismissed is None:
        return
    for claimed in audited.claims.table.sets or [SetClaim(id="default", values={})]:
        found = equilibria(audited.tensor(claimed.values))
        mixed = [point for point in found.rest_points if point.mixing]
        if mixed:
            at = "; ".join("(" + ", ".join(number(float(x)) for x in point.shares) + ")" for point in mixed[:4])
            fields = {"set": claimed.id, "count": len(mixed), "points": at, "components": len(found.components)}
            yield Finding("mixed_dismissed", "warning", dismissed, fields)


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
        self.advantages = pure_profiles(audited.tensor(values), tie_tolerance=TIE_TOLERANCE).advantages
        self.start = start
        fate = fates(self.advantages, start[None])
        target = fate.target[0]
        self.limit: Floats | None = None
        if target is not None:
            self.limit = np.array(target, dtype=np.float64)
        elif fate.fate[0] is Fate.AT_REST:
            self.limit = fate.shares[0]
        self.known_by = float(fate.time[0])

    def at(self, time: float) -> Floats:
        """Shares at a time."""
        found: Floats = trajectories(self.advantages, self.start[None], np.array([0.0, time]))[0, -1]
        return found

    def settled_at(self) -> str:
        """Time from which on the path stays within 0.01 of its limit, as text."""
        if self.limit is None:
            return "-"
        end = max(1.0, self.known_by)
        while end < LONGEST and (np.abs(self.at(end) - self.limit) > SETTLED).any():
            end *= 2.0
        times = np.linspace(0.0, end, GRID)
        path = trajectories(self.advantages, self.start[None], times)[0]
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
