"""Read back results of ``basins`` and ``tip``, and compute them again with everything that was stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from numpy.typing import ArrayLike
from pydantic import Field

from gamebook.book import Case
from gamebook.stored_protocol import StoredProtocol, protocol_options
from gamebook.stored_result import (
    Count,
    Part,
    Result,
    Share,
    StatusQuo,
    StoredGame,
    checked_as,
    coefficient_degrees,
    common_fields,
    is_tensor,
    refuse,
)

Whole = Annotated[int, Field(ge=1, le=10**9)]


class _Game(Result):
    payoffs: list[Any]
    status_quo: StatusQuo
    revision_rate: float
    speeds: dict[str, float]
    protocol: StoredProtocol | None = None


class _Map(Part):
    axes: Annotated[list[str], Field(min_length=2, max_length=2)]
    across: Annotated[list[float], Field(min_length=1, max_length=1000)]


class _Basins(_Game):
    seed: Count
    around: float | None
    width: float | None
    sets: Whole
    first_samples: Whole
    most_starts: Whole
    map: _Map | None


class _Line(Part):
    kind: str
    movers: list[str]
    tolerance: float


class _Tipping(_Game):
    goal: Annotated[str, Field(max_length=40)]
    toward: dict[str, Share]
    scanned: Whole
    lines: Annotated[list[_Line], Field(min_length=1, max_length=30)]
    border: dict[str, Any] | None


@dataclass(frozen=True, slots=True, eq=False)
class StoredBasins(StoredGame):
    """A survey of basins as it was stored; ``options`` are those of ``gamebook.basins``."""

    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class StoredTipping(StoredGame):
    """Tipping points as they were stored; ``options`` are those of ``gamebook.tip``."""

    options: Mapping[str, Any]


def stored_basins(path: Path, document: dict[str, Any]) -> StoredBasins:
    """Return a document of schema ``gamebook/basins/1`` with everything checked that repeating it uses.

    Raises
    ------
    InputError
        For the first thing that is missing or of the wrong kind.
    """
    checked = checked_as(path, document, _Basins)
    options: dict[str, Any] = {
        "around": checked.around,
        "width": checked.width,
        "sets": checked.sets,
        "samples": checked.first_samples,
        "most_starts": checked.most_starts,
        "seed": checked.seed,
        "revision_rate": checked.revision_rate,
        "speeds": checked.speeds,
        **protocol_options(checked.protocol),
    }
    if checked.map is not None:
        options.update(map_axes=checked.map.axes, grid=len(checked.map.across))
    return StoredBasins(**_fields(path, document, checked), options=options)


def stored_tipping(path: Path, document: dict[str, Any]) -> StoredTipping:
    """Return a document of schema ``gamebook/tip/1`` with everything checked that repeating it uses.

    Raises
    ------
    InputError
        For the first thing that is missing or of the wrong kind.
    """
    checked = checked_as(path, document, _Tipping)
    fields = _fields(path, document, checked)
    start, given = checked.status_quo.start, checked.given
    free = {share: x for share, x in checked.toward.items() if share not in given}
    digits = [digit for digit in checked.goal if digit in "01~"]
    if len(digits) != len(checked.toward) or free.keys() != start.keys() - given.keys():
        refuse(path, ("goal",))
    targets = zip(digits, checked.toward.items(), strict=True)
    is_goal = all(share in given or float(digit) == x for digit, (share, x) in targets)
    moved = {share: x for share, x in free.items() if x != start[share]}
    group = next((line.movers for line in checked.lines if line.kind == "group"), None)
    return StoredTipping(
        **fields,
        options={
            "by": group,
            "toward": "".join(digits).replace("~", "0") if is_goal else moved,
            "border": checked.border is not None,
            "points": checked.scanned,
            "tolerance": checked.lines[0].tolerance,
            "revision_rate": checked.revision_rate,
            "speeds": checked.speeds,
            **protocol_options(checked.protocol),
        },
    )


def _fields(path: Path, document: dict[str, Any], checked: _Game) -> dict[str, Any]:
    n = len(checked.populations or checked.parties)
    if not is_tensor(checked.payoffs, [2] * n, coefficient_degrees(checked.payoffs, n)):
        refuse(path, ("payoffs",))
    start = checked.status_quo.start
    return {**common_fields(path, document, checked), "start": start, "payoffs": checked.payoffs}


def surveyed(stored: StoredBasins, game: Case | ArrayLike) -> dict[str, Any]:
    """Survey basins again with everything that was stored, and return the result as data."""
    from gamebook.basin_survey import basins

    survey = basins(game, given=stored.given, start=_start(stored, game), **stored.options)
    return dict(replace(survey, set_values=stored.set_values or {}).to_json())


def tipped(stored: StoredTipping, game: Case | ArrayLike) -> dict[str, Any]:
    """Find tipping points again with everything that was stored, and return the result as data."""
    from gamebook.tipping import tip

    tipping = tip(game, given=stored.given, start=_start(stored, game), **stored.options)
    return dict(replace(tipping, set_values=stored.set_values or {}).to_json())


def _start(stored: StoredGame, game: Case | ArrayLike) -> dict[str, float] | None:
    """Status quo of an array; a case has its own."""
    return None if isinstance(game, Case) else stored.free_start
