"""Find the table of parameters among the cells of a file, and read it cell by cell."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gamebook.interchange.cells import Area, Cell, Place, Sheet, cell_name
from gamebook.interchange.faults import TableError, TableFault
from gamebook.interchange.numbers import number_in
from gamebook.interchange.table_groups import Group, built, faults_of, read_groups
from gamebook.texts import text, unit_text
from payoffs.errors import Fault, PageError, message
from payoffs.game import Game
from payoffs.game_checks import start_faults
from payoffs.parameters import unknown
from payoffs.scenario import Region, Segment
from payoffs.texts import Text

LANGUAGES = ("en", "zh")


def _plain(words: str) -> str:
    """Bring a header to the form in which headers are compared."""
    return unicodedata.normalize("NFKC", words).strip().rstrip(":").strip().casefold()


def _names(code: str) -> frozenset[str]:
    return frozenset(_plain(text(code, lang)) for lang in LANGUAGES)


def _with_unit(fault: Fault) -> Fault:
    """Return a fault of a value with the unit in both languages."""
    if "unit" not in fault.fields:
        return fault
    unit = str(fault.fields["unit"])
    return Fault(fault.code, {**fault.fields, "unit": Text(unit, unit_text(unit, "zh"))})


def is_parameter_table(sheet: Sheet) -> bool:
    """Whether a sheet has a header with the columns of symbols and values."""
    return _header(sheet) is not None


def _header(sheet: Sheet) -> int | None:
    """Number of the first row with both headers."""
    symbols, values = _names("table.symbol"), _names("table.value")
    rows: dict[int, set[str]] = {}
    for (row, _), cell in sheet.cells.items():
        if cell.words:
            rows.setdefault(row, set()).add(_plain(cell.words))
    return min((row for row, words in rows.items() if words & symbols and words & values), default=None)


def _game_row(sheet: Sheet, header: int | None) -> Place | None:
    """Place of the first cell above the header that names a game: a cell "game" with another to its right."""
    labels = _names("table.game")
    for (row, column), cell in sorted(sheet.cells.items()):
        if (header is None or row < header) and _plain(cell.words) in labels and (row, column + 1) in sheet.cells:
            return row, column + 1
    return None


@dataclass(frozen=True, eq=False)
class Found:
    """The sheet that holds the table.

    Attributes
    ----------
    header : number of the row of headers
    game : place of the cell that names the game
    notices : what is to be known about the file
    """

    sheet: Sheet
    header: int
    game: Place
    notices: tuple[TableFault, ...]

    @classmethod
    def among(cls, sheets: Sequence[Sheet], notices: Iterable[TableFault], file: str) -> Found:
        """Find the one table of parameters among the sheets of a file.

        Raises
        ------
        TableError
            there is none, there are several, or it does not name its game
        """
        marked = [(sheet, header, _game_row(sheet, header)) for sheet in sheets for header in [_header(sheet)]]
        tables = [(sheet, header, game) for sheet, header, game in marked if header is not None]
        complete = [(sheet, header, game) for sheet, header, game in tables if game is not None]
        if len(complete) > 1:
            names = ", ".join(sheet.name or "" for sheet, _, _ in complete)
            raise TableError([TableFault("table.several", file, fields={"names": names})])
        if complete:
            return cls(*complete[0], tuple(notices))
        if tables:
            sheet, header, _ = tables[0]
            raise TableError([TableFault("table.no_game", file, sheet.at((header, 1)))])
        named = next(((sheet, game) for sheet, _, game in marked if game is not None), None)
        if named is not None:
            raise TableError([TableFault("table.no_header", file, named[0].at((named[1][0] + 1, 1)))])
        raise TableError([TableFault("table.no_table", file)])


@dataclass(eq=False)
class Reader:
    """Reads the table, gathering faults and notices."""

    found: Found
    file: str
    faults: list[TableFault] = field(default_factory=list)
    notices: list[TableFault] = field(default_factory=list)
    segments: tuple[Segment, ...] = ()
    regions: tuple[Region, ...] = ()

    @property
    def sheet(self) -> Sheet:
        """The sheet that holds the table."""
        return self.found.sheet

    def game(self) -> str:
        """Id of the game as the table gives it."""
        cell = self.sheet.cells[self.found.game]
        return cell.words or str(cell.value)

    def unknown_game(self, name: str, games: Collection[str]) -> TableFault:
        """Return the fault of a game that no book has."""
        place, near = self.sheet.at(self.found.game), (name, tuple(games))
        return TableFault("table.unknown_game", self.file, place, {"name": name}, near=near)

    def values(self, game: Game) -> tuple[dict[str, float], dict[str, float]]:
        """Return the parameters that differ from their defaults, and the shares of the status quo."""
        columns = self._columns()
        if columns is None:
            return {}, {}
        symbols, numbers = columns
        groups, wrong = read_groups(self.sheet, self.found.header, self.file)
        self.faults += wrong
        self._merged(symbols, numbers, *(group.column for group in groups))
        shares = self._split(game, groups, symbols)
        values: dict[str, float] = {}
        start: dict[str, float] = {}
        for symbol, place in self._rows(symbols, numbers, {*game.parameters, *shares}):
            number = self._number(place)
            if number is None:
                continue
            if symbol in shares:
                faults = [fault.message() for fault in start_faults(symbol, number, shares, None)]
                start[symbol] = number
            else:
                fault = game.parameters[symbol].value_fault(number)
                faults = [] if fault is None else [_with_unit(fault).message()]
                # Not compared by ==, which takes -0.0 for 0.0.
                if number.hex() != game.parameters[symbol].default.hex():
                    values[symbol] = number
            self.faults += [self._fault("table.as_said", place, said=said) for said in faults]
        order = [symbol for symbol in game.parameters if symbol in values]
        return {symbol: values[symbol] for symbol in order}, start

    def _split(self, game: Game, groups: Sequence[Group], symbols: int) -> frozenset[str]:
        """Read the values of segments and regions; returns the symbols of all shares."""
        if not groups:
            return frozenset(game.start)
        own: list[dict[str, float]] = [{} for _ in groups]
        for (row, column), cell in sorted(self.sheet.cells.items()):
            if row <= self.found.header or column != symbols or cell.words not in game.parameters:
                continue
            for group, values in zip(groups, own, strict=True):
                number = self._number((row, group.column)) if (row, group.column) in self.sheet.cells else None
                if number is not None:
                    values[cell.words] = number
        try:
            self.segments, self.regions, shares = built(game, groups, own)
        except PageError as error:
            self.faults += faults_of(error, self.file)
            return frozenset(game.start)
        return frozenset(game.start) | shares

    def _fault(self, code: str, place: Place, **fields: object) -> TableFault:
        return TableFault(code, self.file, self.sheet.at(place), fields)

    def _columns(self) -> tuple[int, int] | None:
        """Columns of symbols and of values; None, with the fault, if a header stands twice."""
        found = []
        for code in ("table.symbol", "table.value"):
            places = [
                (row, column)
                for (row, column), cell in sorted(self.sheet.cells.items())
                if row == self.found.header and _plain(cell.words) in _names(code)
            ]
            for place in places[1:]:
                header, first = self.sheet.cells[place].words, cell_name(places[0])
                self.faults.append(self._fault("table.header_twice", place, header=header, first=first))
            found.append(places[0][1])
        return None if self.faults else (found[0], found[1])

    def _merged(self, *columns: int) -> None:
        """Refuse merged cells in the columns that are read: only one of their rows would have a value."""
        for area in self.sheet.merged:
            beside = any(area.first[1] <= column <= area.last[1] for column in columns)
            if beside and area.last[0] >= self.found.header:
                self.faults.append(TableFault("table.merged", self.file, self._area(area)))

    def _area(self, area: Area) -> str:
        return str(area) if self.sheet.name is None else f"{self.sheet.name}!{area}"

    def _rows(self, symbols: int, numbers: int, known: Collection[str]) -> Iterator[tuple[str, Place]]:
        """Yield each known symbol with the place of its value, if that is not blank."""
        seen: dict[str, Place] = {}
        rows = sorted({row for row, column in self.sheet.cells if column in (symbols, numbers)})
        for row in rows:
            if row <= self.found.header:
                continue
            place = (row, symbols)
            cell = self.sheet.cells.get(place)
            if cell is None:
                self.faults.append(self._fault("table.no_symbol", (row, numbers), column=cell_name(place)))
                continue
            symbol = cell.words or str(cell.value)
            if symbol not in known:
                fields = unknown(symbol, known).fields
                said = message("value.unknown", **fields)
                self.faults.append(self._fault("table.as_said", place, said=said))
            elif symbol in seen:
                first = cell_name(seen[symbol])
                self.faults.append(self._fault("table.twice", place, symbol=symbol, first=first))
            else:
                seen[symbol] = place
                if (row, numbers) in self.sheet.cells:
                    yield symbol, (row, numbers)

    def _number(self, place: Place) -> float | None:
        """Return the number in a cell, or None with its fault."""
        cell: Cell = self.sheet.cells[place]
        number = number_in(cell, typed=self.sheet.typed)
        if not isinstance(number, float):
            code, fields = number
            if cell.formula is not None and code != "table.formula_unsaved":
                code, fields = "table.formula_result", {"formula": cell.formula, "value": cell.value}
            self.faults.append(self._fault(code, place, **fields))
            return None
        if cell.formula is not None:
            self.notices.append(self._fault("table.notice.formula", place, formula=cell.formula, value=number))
        return number
