"""What a result that ``--json`` wrote holds, with everything checked that repeating it uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gamebook.discounting import DISCOUNT
from gamebook.errors import InputError
from gamebook.stored_protocol import StoredProtocol, protocol_options
from payoffs.scenario import Region, Segment
from payoffs.texts import Text

Share = Annotated[float, Field(ge=0.0, le=1.0)]
Count = Annotated[int, Field(ge=0)]


class Part(BaseModel):
    """A part of a result: what is read of it is checked, the rest is carried along."""

    model_config = ConfigDict(strict=True, extra="allow")


class _Provenance(Part):
    pages_sha256: str | None = None
    game_sha256: str | None = None
    book: list[str] = Field(default_factory=list, max_length=100)
    replace: bool = False


class _Place(Part):
    shares: list[float]


class _Point(_Place):
    pure: str | None


class _Face(Part):
    face: str


class StatusQuo(Part):
    """Where paths start, by share symbol."""

    start: dict[str, Share]


class _Term(Part):
    entry: str


class _Blocker(Part):
    party: str
    profile: str
    leaves_coordination: bool
    terms: list[_Term]


class _Flow(Part):
    entry: str


class _PathCost(Part):
    discount: Share


class _State(_Place):
    role: str
    profile: str | None
    flows: list[_Flow]


class _Group(Part):
    id: Annotated[str, Field(max_length=40)]
    name: dict[str, str]
    weight: float
    values: dict[str, float]


class _SegmentGroup(_Group):
    party: str


class _Population(Part):
    share: str


class Result(Part):
    """What all results hold."""

    target: str
    game: str
    provenance: _Provenance
    parties: Annotated[list[str], Field(min_length=1, max_length=10)]
    given: dict[str, Share]
    parameters: dict[str, float]
    set: dict[str, float] | None = None
    populations: list[_Population] = Field(default_factory=list, max_length=10)
    segments: list[_SegmentGroup] = Field(default_factory=list, max_length=10)
    regions: list[_Group] = Field(default_factory=list, max_length=10)


class _Solution(Result):
    seed: Count
    boxes: Annotated[int, Field(ge=1, le=10**9)] = 200_000
    payoffs: list[Any]
    rest_points: list[_Point]
    components: list[_Face]
    undecided: list[_Face]
    status_quo: StatusQuo
    states: list[_State]
    path_cost: _PathCost | None = None
    blockers: list[_Blocker]


class _GeneralPoint(Part):
    profile: list[list[float]]
    pure: str | None


class _GeneralState(Part):
    role: str
    profile: str
    flows: list[_Flow]


class _General(Result):
    """A solution of a game in which a party does not have two strategies: no shares, no status quo."""

    seed: Count
    boxes: Annotated[int, Field(ge=1, le=10**9)]
    payoffs: list[Any]
    strategies: list[Annotated[list[str], Field(min_length=1)]]
    rest_points: list[_GeneralPoint]
    components: list[_Face]
    undecided: list[_Face]
    states: list[_GeneralState]
    blockers: list[_Blocker]


class _Path(Part):
    start: dict[str, Share]
    payoffs: list[list[float | None]]


class _Simulation(Result):
    shares: list[str]
    revision_rate: float
    speeds: dict[str, float]
    delta: float
    discount: Share = DISCOUNT
    protocol: StoredProtocol | None = None
    years: Annotated[list[float], Field(min_length=2, max_length=10**6)]
    paths: Annotated[list[_Path], Field(min_length=1)]


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """A result as it was stored: what all of them hold.

    Attributes
    ----------
    path : the file
    document : all of it, as plain data
    target, game : what it is of, and the id of its game; "array" for a payoff array
    parameters, set_values : value of every parameter; those set beyond the page's (None: not recorded)
    given : fixed shares, by share symbol
    segments, regions : that split the parties, as they were
    folders, replacing : the user's book folders, and whether their pages could replace others
    pages_digest, game_digest : fingerprints; None where there is none
    """

    path: Path
    document: dict[str, Any]
    target: str
    game: str
    parameters: dict[str, float]
    set_values: dict[str, float] | None
    given: dict[str, float]
    segments: tuple[Segment, ...]
    regions: tuple[Region, ...]
    folders: tuple[str, ...]
    replacing: bool
    pages_digest: str | None
    game_digest: str | None


@dataclass(frozen=True, slots=True, eq=False)
class StoredGame(Stored):
    """A result that holds the whole game, so that even that of an array can be repeated.

    Attributes
    ----------
    start : the status quo, by share symbol
    payoffs : nested lists [population][s1]...[sn]
    """

    start: dict[str, float]
    payoffs: list[Any]

    @property
    def free_start(self) -> dict[str, float]:
        """Status quo of the shares that are not fixed; it is stored whole, with the fixed values where they are."""
        return {share: x for share, x in self.start.items() if share not in self.given}


@dataclass(frozen=True, slots=True, eq=False)
class StoredSolution(StoredGame):
    """A solution as it was stored.

    Attributes
    ----------
    seed, boxes : seed of the samples and budget of the search
    discount : rate per year
    asked : shares of the states that were asked for
    """

    seed: int
    boxes: int
    discount: float
    asked: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class StoredSimulation(Stored):
    """A simulation as it was stored.

    Attributes
    ----------
    shares : symbols of the shares, in order
    starts : one per path, by share symbol
    years, points : span and number of recorded times
    revision_rate, speeds, delta, discount : rates, as in ``gamebook.path_simulation.simulate``
    protocol : its options that choose a protocol; empty for the replicator dynamics
    """

    shares: tuple[str, ...]
    starts: tuple[dict[str, float], ...]
    years: float
    points: int
    revision_rate: float
    speeds: dict[str, float]
    delta: float
    discount: float
    protocol: dict[str, Any]


def stored_solution(path: Path, document: dict[str, Any]) -> StoredSolution:
    """Return a document of schema ``gamebook/solution/1`` with everything checked that repeating it uses.

    Raises
    ------
    InputError
        For the first thing that is missing or of the wrong kind.
    """
    if document.get("status_quo") is None and "not_computed" in document:
        return _stored_general(path, document)
    checked = checked_as(path, document, _Solution)
    n = len(checked.populations or checked.parties)
    if not is_tensor(checked.payoffs, [2] * n, coefficient_degrees(checked.payoffs, n)):
        refuse(path, ("payoffs",))
    places: Sequence[_Place]
    for key, places in (("rest_points", checked.rest_points), ("states", checked.states)):
        for place, item in enumerate(places):
            if len(item.shares) != n:
                refuse(path, (key, place, "shares"))
    return StoredSolution(
        **common_fields(path, document, checked),
        start=checked.status_quo.start,
        seed=checked.seed,
        boxes=checked.boxes,
        discount=DISCOUNT if checked.path_cost is None else checked.path_cost.discount,
        asked=tuple(tuple(state.shares) for state in checked.states if state.role == "asked"),
        payoffs=checked.payoffs,
    )


def _stored_general(path: Path, document: dict[str, Any]) -> StoredSolution:
    checked = checked_as(path, document, _General)
    sizes = [len(own) for own in checked.strategies]
    if len(sizes) != len(checked.parties):
        refuse(path, ("strategies",))
    if not is_tensor(checked.payoffs, sizes):
        refuse(path, ("payoffs",))
    for place, item in enumerate(checked.rest_points):
        if [len(own) for own in item.profile] != sizes:
            refuse(path, ("rest_points", place, "profile"))
    return StoredSolution(
        **common_fields(path, document, checked),
        start={},
        discount=DISCOUNT,
        asked=(),
        seed=checked.seed,
        boxes=checked.boxes,
        payoffs=checked.payoffs,
    )


def stored_simulation(path: Path, document: dict[str, Any]) -> StoredSimulation:
    """Return a document of schema ``gamebook/simulation/1`` with everything checked that repeating it uses.

    Raises
    ------
    InputError
        For the first thing that is missing or of the wrong kind.
    """
    checked = checked_as(path, document, _Simulation)
    for place, item in enumerate(checked.paths):
        if item.start.keys() != set(checked.shares):
            refuse(path, ("paths", place, "start"))
    return StoredSimulation(
        **common_fields(path, document, checked),
        shares=tuple(checked.shares),
        starts=tuple(item.start for item in checked.paths),
        years=checked.years[-1],
        points=len(checked.years),
        revision_rate=checked.revision_rate,
        speeds=checked.speeds,
        delta=checked.delta,
        discount=checked.discount,
        protocol=protocol_options(checked.protocol),
    )


_Model = TypeVar("_Model", bound=Result)


def checked_as(path: Path, document: dict[str, Any], model: type[_Model]) -> _Model:
    """Return a document as a model; the first thing that does not fit is refused."""
    try:
        return model.model_validate(document)
    except ValidationError as error:
        refuse(path, error.errors(include_url=False)[0]["loc"])


def common_fields(path: Path, document: dict[str, Any], checked: Result) -> dict[str, Any]:
    """Return the fields of ``Stored``."""
    return {
        "path": path,
        "document": document,
        "target": checked.target,
        "game": checked.game,
        "parameters": checked.parameters,
        "set_values": checked.set,
        "given": checked.given,
        "segments": tuple(
            Segment(each.party, each.id, _name(each), each.weight, each.values) for each in checked.segments
        ),
        "regions": tuple(Region(each.id, _name(each), each.weight, each.values) for each in checked.regions),
        "folders": tuple(checked.provenance.book),
        "replacing": checked.provenance.replace,
        "pages_digest": checked.provenance.pages_sha256,
        "game_digest": checked.provenance.game_sha256,
    }


def _name(group: _Group) -> Text:
    return Text(group.name.get("en", group.id), group.name.get("zh", group.id))


def refuse(path: Path, place: Sequence[int | str]) -> NoReturn:
    """Refuse a file for what stands at a place in it."""
    raise InputError("rerun.key", path=path, key=".".join(str(part) for part in place)[:80])


def coefficient_degrees(payoffs: object, players: int) -> list[int]:
    """Degrees of payoffs that depend on shares, by the lists in the first cell; empty where there are none."""
    cell = payoffs
    for _ in range(players + 1):
        cell = cell[0] if isinstance(cell, list) and cell else None
    degrees: list[int] = []
    while isinstance(cell, list) and cell and len(degrees) < players:
        degrees.append(len(cell) - 1)
        cell = cell[0]
    return degrees


def is_tensor(payoffs: object, sizes: Sequence[int], degrees: Sequence[int] = ()) -> bool:
    """Whether nested lists have shape (n, m_1, ..., m_n), with axes of coefficients where there are degrees."""
    shape = [*sizes, *(degree + 1 for degree in degrees)]

    def fits(value: object, left: Sequence[int]) -> bool:
        if not left:
            return isinstance(value, int | float) and not isinstance(value, bool)
        return isinstance(value, list) and len(value) == left[0] and all(fits(inner, left[1:]) for inner in value)

    return len(degrees) in (0, len(sizes)) and fits(payoffs, [len(sizes), *shape])
