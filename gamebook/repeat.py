"""Repeat a stored result from its own content, and say what has changed around it and in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from gamebook.basin_result import SCHEMA as BASINS
from gamebook.book import Book, Case
from gamebook.comparison import ABSENT, Comparison, Difference, compare
from gamebook.errors import InputError
from gamebook.provenance import COMPUTING
from gamebook.result_file import read_result
from gamebook.simulation import SCHEMA as SIMULATION
from gamebook.solution import SCHEMA as SOLUTION
from gamebook.stored_result import (
    Stored,
    StoredGame,
    StoredSimulation,
    StoredSolution,
    stored_simulation,
    stored_solution,
)
from gamebook.stored_survey import (
    StoredBasins,
    StoredTipping,
    stored_basins,
    stored_tipping,
    surveyed,
    tipped,
)
from gamebook.tipping_result import SCHEMA as TIP
from payoffs.errors import PageError
from payoffs.game import Game
from payoffs.scenario import Region, Scenario, Segment
from payoffs.texts import Text
from solvers.errors import SolverInputError

SCHEMA = "gamebook/rerun/1"
ARRAY = "array"
CODE = "code_sha256"
GROUPS = "segments"
READERS: dict[str, Callable[[Path, dict[str, Any]], Stored]] = {
    SOLUTION: stored_solution,
    SIMULATION: stored_simulation,
    BASINS: stored_basins,
    TIP: stored_tipping,
}
"""How a result of each schema is read back."""

Pages = Literal["same", "values changed", "game changed", "changed", "gone", "array", "unknown"]


@dataclass(frozen=True, slots=True, eq=False)
class Repetition:
    """What came of repeating a result.

    Attributes
    ----------
    path, schema, target, game : the file, what kind of result it holds, and of what
    pages : how the pages of today compare with those of then: "same"; "values changed" (the page of the target, its
        values or status quo); "game changed"; "changed" (one of the two, an older file does not say which); "gone"
        (the page of the target; the game's own is used); "array" (there are none); "unknown" (no fingerprint stored)
    page_values : values that the page of today gives otherwise than the result: symbol -> (then, now)
    added_parameters : those that the game has by now beside the stored ones; at their defaults
    missing_folders : book folders of then that are not there
    altered : parameters that the file gives otherwise than its own unchanged page and its own changes do
    versions : what differs: name -> (then, now)
    comparison : of the results; None if the stored values are impossible by now
    refusal : why they are; None if they are not
    """

    path: Path
    schema: str
    target: str
    game: str
    pages: Pages
    page_values: Mapping[str, tuple[object, object]]
    added_parameters: tuple[str, ...]
    missing_folders: tuple[str, ...]
    altered: tuple[str, ...]
    versions: Mapping[str, tuple[object, object]]
    comparison: Comparison | None
    refusal: Text | None

    @property
    def verdict(self) -> Literal["identical", "within rounding", "different", "impossible"]:
        """In one word."""
        if self.comparison is None:
            return "impossible"
        if self.comparison.different:
            return "different"
        return "within rounding" if self.comparison.differences else "identical"

    @property
    def repeats(self) -> bool:
        """Whether the same came out again, rounding apart."""
        return self.verdict in ("identical", "within rounding")


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """The game of a stored result as it is now."""

    game: Game
    case: Case | None
    missing_folders: tuple[str, ...]


def repeat(path: Path, *, folders: Iterable[Path] = (), replace_pages: bool = False) -> Repetition:
    """Repeat the result in a file and compare.

    Parameters
    ----------
    path : a file that ``--json`` of ``solve``, ``simulate``, ``basins`` or ``tip`` wrote
    folders, replace_pages : book folders to look in, and whether their pages may take the place of others; those of
        the result if there are none

    Raises
    ------
    InputError
        If the file is no such result, or its game is in no book.
    """
    schema, document = read_result(path, tuple(READERS))
    stored = READERS[schema](path, document)
    if stored.game == ARRAY:
        return _repeat_array(stored, schema)
    found = _find(stored, tuple(folders), replace_pages)
    pages = _pages(stored, found)
    altered = _altered(stored, found.case) if pages == "same" and found.case is not None else {}
    added = tuple(symbol for symbol in found.game.parameters if symbol not in stored.parameters)
    now = _attempt(stored, found.game, pages)
    comparison = None
    if not isinstance(now, Text):
        now["parameters"] = {symbol: value for symbol, value in now["parameters"].items() if symbol not in added}
        comparison = _with_altered(compare(stored.document, now), altered)
    return Repetition(
        path=path,
        schema=schema,
        target=stored.target,
        game=stored.game,
        pages=pages,
        page_values=_page_values(stored, found) if pages not in ("same", "gone") else {},
        added_parameters=added,
        missing_folders=found.missing_folders,
        altered=tuple(altered),
        versions=_versions(stored),
        comparison=comparison,
        refusal=now if isinstance(now, Text) else None,
    )


def _attempt(stored: Stored, game: Game, pages: Pages) -> dict[str, Any] | Text:
    """Compute again with the stored values in the game of today; why that is impossible, if it is.

    Raises
    ------
    InputError
        If it is impossible although the pages are those of then: the file itself asks for what cannot be.
    """
    settings = {symbol: value for symbol, value in stored.parameters.items() if symbol in game.parameters}
    start = stored.start if isinstance(stored, StoredGame) else {}
    try:
        return _again(stored, Case(stored.target, game, _split(stored, game), settings, dict(start)))
    except (PageError, InputError, SolverInputError) as error:
        refusal = Text(error.text("en"), error.text("zh"))
        if pages == "same":
            raise InputError("rerun.values", path=stored.path, reason=refusal) from error
        return refusal


def _split(stored: Stored, game: Game) -> Scenario | None:
    """Segments and regions of the result, as the scenario that brought them; None if it had none."""
    if not stored.segments and not stored.regions:
        return None
    nothing = Text("", "")
    return Scenario(
        id=game.id, game=game.id, title=game.title, about=nothing, extends=(), values={}, start=game.start,
        segments=stored.segments, regions=stored.regions, file="",
    )  # fmt: skip


def _repeat_array(stored: Stored, schema: str) -> Repetition:
    if not isinstance(stored, StoredGame):  # the paths of an array do not tell its payoffs
        raise InputError("rerun.array", path=stored.path)
    try:
        now = _again(stored, np.array(stored.payoffs, dtype=float))
    except (InputError, SolverInputError) as error:
        reason = Text(error.text("en"), error.text("zh"))
        raise InputError("rerun.values", path=stored.path, reason=reason) from error
    return Repetition(
        path=stored.path,
        schema=schema,
        target=stored.target,
        game=stored.game,
        pages="array",
        page_values={},
        added_parameters=(),
        missing_folders=(),
        altered=(),
        versions=_versions(stored),
        comparison=compare(stored.document, now),
        refusal=None,
    )


def _again(stored: Stored, game: Case | ArrayLike) -> dict[str, Any]:
    if isinstance(stored, StoredSimulation) and isinstance(game, Case):
        return _simulated(stored, game)
    if isinstance(stored, StoredSolution):
        return _solved(stored, game)
    if isinstance(stored, StoredBasins):
        return surveyed(stored, game)
    if isinstance(stored, StoredTipping):
        return tipped(stored, game)
    raise TypeError(f"{type(stored).__name__} cannot be repeated")


def _simulated(stored: StoredSimulation, case: Case) -> dict[str, Any]:
    """Simulate again with everything that was stored, and return the result as data."""
    from gamebook.path_simulation import simulate

    free = [share for share in stored.shares if share not in stored.given]
    simulation = simulate(
        case,
        given=stored.given,
        starts=[[start.get(share, 0.5) for share in free] for start in stored.starts],
        years=stored.years,
        points=stored.points,
        revision_rate=stored.revision_rate,
        speeds=stored.speeds,
        delta=stored.delta,
        discount=stored.discount,
        **stored.protocol,
    )
    now = replace(simulation, set_values=stored.set_values or {}).to_json()
    return {**now, "source": stored.document.get("source")}  # the starts are those stored, wherever they came from


def _solved(stored: StoredSolution, game: Case | ArrayLike) -> dict[str, Any]:
    """Solve again with everything that was stored, and return the result as data."""
    from gamebook.analysis import solve

    start = None if isinstance(game, Case) else stored.free_start
    solution = solve(
        game, given=stored.given, start=start, seed=stored.seed, most_boxes=stored.boxes, discount=stored.discount,
        at=[dict(zip(stored.start, shares, strict=False)) for shares in stored.asked],
    )  # fmt: skip
    return dict(replace(solution, set_values=stored.set_values or {}).to_json())


def _find(stored: Stored, folders: tuple[Path, ...], replace_pages: bool) -> _Found:
    """Find the target of then, else at least its game.

    Raises
    ------
    InputError, PageError
        If the game is in no book, or its page is wrong.
    """
    missing: tuple[str, ...] = ()
    asked = bool(folders)
    if not asked:
        places = {folder: _existing(Path(folder), stored.path, Path.is_dir) for folder in stored.folders}
        missing = tuple(folder for folder, place in places.items() if place is None)
        folders = tuple(place for place in places.values() if place is not None)
        replace_pages = stored.replacing
    try:
        book = Book.open(folders, replace=replace_pages)
    except InputError:
        if asked:
            raise
        book, missing = Book.open(), stored.folders  # they hold no pages any more, or some that clash
    case: Case | None = None
    for target in _names(stored):
        try:
            case = book.case(target)
        except (ValueError, OSError):  # InputError and PageError among them, and names that no file can have
            continue
        if case.game.id == stored.game:
            return _Found(case.game, case, missing)
    if stored.game not in book.shelves:
        raise InputError("rerun.no_game", near=(stored.game, book.shelves), path=stored.path, game=stored.game[:60])
    return _Found(book.game(stored.game), None, missing)


def _names(stored: Stored) -> list[str]:
    """Return what to look for: the target as it was given, and beside the result if it is a relative path."""
    names = [stored.target]
    try:
        beside = stored.path.parent / stored.target
        if Path(stored.target).suffix and not Path(stored.target).is_absolute() and beside.is_file():
            names.append(str(beside.absolute()))
    except (OSError, ValueError):
        pass  # no name of a file
    return names


def _existing(place: Path, result: Path, is_there: Callable[[Path], bool]) -> Path | None:
    """Return a place as it was given, or beside the result; None if it is at neither."""
    for path in (place, result.parent / place):
        try:
            if is_there(path):
                return path
        except (OSError, ValueError):
            continue
    return None


def _pages(stored: Stored, found: _Found) -> Pages:
    if found.case is None:
        return "gone"
    if stored.pages_digest is None:
        return "unknown"
    if stored.pages_digest == found.case.digest:
        return "same"
    if stored.game_digest is None:
        return "changed"
    return "values changed" if stored.game_digest == found.game.digest else "game changed"


def _expected(stored: Stored, case: Case) -> dict[str, float]:
    """Values of all parameters by the page of today and what was set beyond it then."""
    return {**case.game.defaults(), **case.values, **(stored.set_values or {})}


def _page_values(stored: Stored, found: _Found) -> dict[str, tuple[object, object]]:
    """Values and shares that the page of today gives otherwise; empty if the result does not say what was set."""
    if found.case is None or stored.set_values is None:
        return {}
    expected = _expected(stored, found.case)
    changed: dict[str, tuple[object, object]] = {
        symbol: (stored.parameters[symbol], expected[symbol])
        for symbol in found.game.parameters
        if symbol in stored.parameters and stored.parameters[symbol] != expected[symbol]
    }
    return changed


def _altered(stored: Stored, case: Case) -> dict[str, tuple[object, object]]:
    """Parameters, and segments or regions, that the file gives otherwise than its unchanged page and changes do."""
    if stored.set_values is None:
        return {}
    now = _groups(() if case.scenario is None else (*case.scenario.segments, *case.scenario.regions))
    then = _groups((*stored.segments, *stored.regions))
    groups: dict[str, tuple[object, object]] = {} if then == now else {GROUPS: (then, now)}
    return groups | {
        symbol: (stored.parameters.get(symbol, ABSENT), value)
        for symbol, value in _expected(stored, case).items()
        if stored.parameters.get(symbol) != value
    }


def _groups(parts: Iterable[Segment | Region]) -> str:
    """Segments and regions with their weights and values, in a text to compare."""
    return "; ".join(f"{part.id} {part.weight!r} {sorted(part.values.items())}" for part in parts)


def _with_altered(comparison: Comparison, altered: Mapping[str, tuple[object, object]]) -> Comparison:
    """Put altered parameters first: the result was repeated with them, so comparing results cannot find them."""
    known = {item.where for item in comparison.differences}
    places = {symbol: GROUPS if symbol == GROUPS else f"parameters.{symbol}" for symbol in altered}
    found = [Difference(places[symbol], then, now, None) for symbol, (then, now) in altered.items()]
    new = tuple(item for item in found if item.where not in known)
    return replace(comparison, differences=(*new, *comparison.differences))


def _versions(stored: Stored) -> dict[str, tuple[object, object]]:
    from gamebook.provenance import provenance

    now = provenance(digest=None)
    then = stored.document["provenance"]
    names = ("gamebook", "python", *COMPUTING, "platform")
    changed = {name: (then.get(name), now[name]) for name in names if then.get(name) != now[name]}
    if then.get(CODE) not in (None, now[CODE]):  # results of older versions do not have it
        changed[CODE] = (then[CODE], now[CODE])
    return changed
