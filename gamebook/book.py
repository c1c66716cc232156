"""The book: games, instruments and scenarios as folders of pages, the shipped ones and the user's.

Only this file knows where they are.

A book folder holds ``games/<id>/`` with ``game.toml``, ``instruments/*.toml`` and ``scenarios/*.toml``; a game folder
by itself is taken too. A game folder without ``game.toml`` extends the game of that id. The same id twice is refused
unless replacing is allowed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from dataclasses import replace as changed
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gamebook.errors import InputError
from gamebook.texts import text
from payoffs.errors import PageError
from payoffs.game import Game, load_game
from payoffs.pages import Page, read_page
from payoffs.scenario import Region, Scenario, Segment, load_scenario
from payoffs.texts import Text

SHIPPED = Path(__file__).resolve().parent / "games"
KINDS = {"instruments": "instrument", "scenarios": "scenario"}
TABLES = (".csv", ".xlsx")
NOT_READ = (".xls", ".ods", ".et", ".tsv", ".numbers")  # refused with advice


@dataclass(frozen=True, eq=False)
class Case:
    """What a verb works on: a game with the values and the status quo of a scenario, or with its defaults.

    Attributes
    ----------
    target : how it was asked for
    game, scenario : the game, and the scenario if there is one
    values : parameter values that differ from the game's page, by symbol
    start : share of index 1 at the status quo, by share symbol
    folders, replacing : the user's folders it was looked for in, and whether their pages may take others' places
    """

    target: str
    game: Game
    scenario: Scenario | None
    values: Mapping[str, float]
    start: Mapping[str, float]
    folders: tuple[str, ...] = ()
    replacing: bool = False

    @classmethod
    def of(cls, game: Game, scenario: Scenario | None = None, *, target: str | None = None) -> Case:
        """Make a case of a game and, if there is one, a scenario of it."""
        name = target or (game.id if scenario is None else scenario.id)
        if scenario is None:
            return cls(name, game, None, {}, dict(game.start))
        return cls(name, game, scenario, dict(scenario.values), dict(scenario.start))

    @property
    def title(self) -> Text:
        """Title of the scenario, else of the game."""
        return self.game.title if self.scenario is None else self.scenario.title

    @property
    def segments(self) -> tuple[str, ...]:
        """Ids of the segments or regions that the scenario splits parties into."""
        if self.scenario is None:
            return ()
        return (*(part.id for part in self.scenario.segments), *(part.id for part in self.scenario.regions))

    @property
    def parent(self) -> str | None:
        """First scenario that this one extends."""
        return self.scenario.extends[0] if self.scenario is not None and self.scenario.extends else None

    @property
    def digest(self) -> str:
        """SHA-256 over the pages of the game and the values, segments and status quo in use."""
        settings: list[object] = [self.game.digest, sorted(self.values.items()), sorted(self.start.items())]
        if self.scenario is not None and self.segments:
            parts: tuple[Segment | Region, ...] = (*self.scenario.segments, *self.scenario.regions)
            settings.append([[part.id, part.weight, sorted(part.values.items())] for part in parts])
        if self.scenario is not None and self.scenario.uncertainty:
            settings.append(sorted(self.scenario.uncertainty.items()))
        return hashlib.sha256(json.dumps(settings).encode()).hexdigest()

    def tensor(self, **values: ArrayLike) -> NDArray[np.float64]:
        """Payoffs [..., player, s1, ..., sn] with the case's values and the given changes; arrays broadcast."""
        return self.game.tensor(**{**self.values, **values})


@dataclass
class Shelf:
    """The pages of one game."""

    id: str
    game: Path | None = None
    pages: dict[str, dict[str, Path]] = field(default_factory=lambda: {kind: {} for kind in KINDS.values()})


@dataclass(frozen=True, eq=False)
class Book:
    """All pages there are: the shipped ones, and those of the user's folders.

    Examples
    --------
    >>> book = Book.open()
    >>> "training-investment" in book.shelves
    True
    """

    shelves: Mapping[str, Shelf]
    folders: tuple[str, ...] = ()
    replacing: bool = False

    @classmethod
    def open(cls, folders: Iterable[Path] = (), *, replace: bool = False) -> Book:
        """Find the shipped pages and those in the given folders; nothing is read but what names it.

        Raises
        ------
        InputError
            If a folder is missing or holds no pages, or an id stands twice and ``replace`` is False.
        """
        shelves: dict[str, Shelf] = {}
        for folder in sorted(SHIPPED.iterdir()):
            if folder.is_dir():
                _add_game_folder(shelves, folder, folder.name, shipped=True, replace=False)
        folders = [Path(given) for given in folders]
        for given in folders:
            _add_book_folder(shelves, given, replace=replace)
        return cls(shelves, tuple(str(given) for given in folders), replace)

    @cached_property
    def _games(self) -> dict[str, Game]:
        return {}

    def game(self, name: str) -> Game:
        """Load a game with all its instruments; the same object every time."""
        if name not in self._games:
            shelf = self.shelves[name]
            if shelf.game is None:
                raise InputError("input.any_target", near=(name, self.shelves), target=name)
            self._games[name] = load_game(shelf.game, shelf.pages["instrument"].values())
        return self._games[name]

    def scenarios(self, name: str) -> list[Scenario]:
        """Load all scenarios of a game."""
        pages = [read_page(path) for path in self.shelves[name].pages["scenario"].values()]
        parents = {f"{name}/{page.id}": page for page in pages}
        return [load_scenario(page, {name: self.game(name)}, parents) for page in pages]

    def claims(self) -> dict[str, Path]:
        """Claims pages of the book, by their name."""
        folders = [SHIPPED.parent, *map(Path, self.folders)]
        return {path.stem: path for folder in folders for path in sorted(folder.glob("claims/*.toml"))}

    def names(self) -> list[str]:
        """Names that a case can be asked for by, short ones first."""
        short = [name for shelf in self.shelves.values() for name in shelf.pages["scenario"]]
        full = [f"{shelf.id}/{name}" for shelf in self.shelves.values() for name in shelf.pages["scenario"]]
        return [*short, *self.shelves, *full]

    def case(self, target: str) -> Case:
        """Find what a target names: a scenario or game of the book, or a page by its path.

        Raises
        ------
        InputError
            If there is none, or several scenarios have that short name.
        PageError
            If a page is wrong.
        """
        return changed(self._case(target), folders=self.folders, replacing=self.replacing)

    def _case(self, target: str) -> Case:
        if _is_path(target):
            return self._case_of_file(Path(target), target)
        game, slash, name = target.rpartition("/")
        homes = [s.id for s in self.shelves.values() if name in s.pages["scenario"] and (not slash or s.id == game)]
        if len(homes) > 1:
            raise InputError("input.ambiguous", target=target, known=", ".join(f"{home}/{name}" for home in homes))
        if homes:
            page = read_page(self.shelves[homes[0]].pages["scenario"][name])
            return self._case_of_page(page, target)
        if target in self.shelves:
            return Case.of(self.game(target), target=target)
        for shelf in self.shelves.values():
            if target in shelf.pages["instrument"]:
                switches = next(tool for tool in self.game(shelf.id).instruments if tool.id == target).switches
                raise InputError("input.instrument", target=target, symbol=(switches or ("SYMBOL",))[0])
        raise InputError("input.target", near=(target, self.names()), target=target)

    def _case_of_file(self, path: Path, target: str) -> Case:
        if path.suffix.lower() == ".nfg":
            from gamebook.interchange.gambit_file import load_gambit

            return Case.of(load_gambit(path), target=target)
        if path.suffix.lower() in (*TABLES, *NOT_READ):
            return self._case_of_table(path, target)
        page = read_page(path)
        if page.kind == "instrument":
            raise InputError("input.instrument", target=target, symbol="SYMBOL")
        if page.kind == "scenario":
            return self._case_of_page(page, target)
        tools = sorted((path.parent / "instruments").glob("*.toml"))
        return Case.of(load_game(page, tools), target=target)

    def _case_of_table(self, path: Path, target: str) -> Case:
        from gamebook.interchange.parameter_table import read_parameters

        table = read_parameters(path, list(self.shelves), self.game)
        start = {**table.game.start, **table.start}
        split = None
        if table.segments or table.regions:
            split = Scenario(
                id=path.stem, game=table.game.id, title=table.game.title, about=table.game.about, extends=(),
                values=table.values, start=start, segments=table.segments, regions=table.regions, file=str(path),
            )  # fmt: skip
        return Case(target, table.game, split, table.values, start)

    def _case_of_page(self, page: Page, target: str) -> Case:
        home = page.content.scenario.game  # type: ignore[union-attr]
        games = {home: self.game(home)} if home in self.shelves else dict.fromkeys(self.shelves)
        scenario = load_scenario(page, games, self._parents(page))  # type: ignore[arg-type]
        return Case.of(games[home], scenario, target=target)  # type: ignore[arg-type]

    def _parents(self, page: Page) -> dict[str, Page]:
        """Pages that a scenario builds on, directly or through others, by ``game/id``."""
        found: dict[str, Page] = {}
        waiting = [page]
        while waiting:
            head = waiting.pop().content.scenario  # type: ignore[union-attr]
            shelf = self.shelves.get(head.game)
            for name in head.extends:
                full = f"{head.game}/{name}"
                if shelf is not None and name in shelf.pages["scenario"] and full not in found:
                    found[full] = read_page(shelf.pages["scenario"][name])
                    waiting.append(found[full])
        return found


def _is_path(target: str) -> bool:
    """A target is a path if it looks like one; names never end in a file type."""
    return target.endswith((".toml", ".nfg", *TABLES)) or target.startswith((".", "~", "/")) or "\\" in target or (
        Path(target).suffix != "" and Path(target).exists()
    )  # fmt: skip


def _add_book_folder(shelves: dict[str, Shelf], folder: Path, *, replace: bool) -> None:
    if not folder.is_dir():
        raise _bad_book(folder, "input.book_missing")
    games = folder / "games"
    inside = sorted(part for part in games.iterdir() if part.is_dir()) if games.is_dir() else []
    if not inside and any((folder / part).exists() for part in ("game.toml", *KINDS)):
        inside = [folder]
    added = sum(_add_game_folder(shelves, part, part.resolve().name, shipped=False, replace=replace) for part in inside)
    if not added:
        raise _bad_book(folder, "input.book_empty")
    for shelf in shelves.values():
        if shelf.game is None:
            known = Text(*(text("input.book_extends", lang, folder=folder, game=shelf.id) for lang in ("en", "zh")))
            raise InputError("input.book", folder=folder, reason=known)


def _bad_book(folder: Path, code: str) -> InputError:
    return InputError("input.book", folder=folder, reason=Text(text(code, "en"), text(code, "zh")))


def _add_game_folder(shelves: dict[str, Shelf], folder: Path, name: str, *, shipped: bool, replace: bool) -> int:
    """Add the pages of a game folder; returns how many there are. Shipped pages are named after their ids."""
    game = folder / "game.toml"
    has_game = game.is_file()
    if has_game and not shipped:
        name = _id_of(game)
    shelf = shelves.setdefault(name, Shelf(name))
    if has_game:
        if shelf.game is not None and not replace:
            raise _same_id("game", name, game, shelf.game)
        shelf.game = game
    count = int(has_game)
    for part, kind in KINDS.items():
        for path in sorted((folder / part).glob("*.toml")):
            page_id = path.stem if shipped else _id_of(path)
            known = shelf.pages[kind].get(page_id)
            if known is not None and not replace:
                raise _same_id(kind, page_id, path, known)
            shelf.pages[kind][page_id] = path
            count += 1
    return count


def _id_of(path: Path) -> str:
    try:
        return read_page(path).id
    except PageError:
        # A page with faults is named after its file here; its faults are said when it is used.
        return path.stem


def _same_id(kind: str, page_id: str, path: Path, other: Path) -> InputError:
    names = Text(text(f"input.kind.{kind}", "en"), text(f"input.kind.{kind}", "zh"))
    return InputError("input.same_id", kind=names, id=page_id, path=path, other=other)
