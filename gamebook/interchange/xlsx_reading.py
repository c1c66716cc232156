"""Read an .xlsx workbook: the cells with their kinds, formulas with their saved values, and merged areas.

An .xlsx file is a ZIP archive of XML parts (ECMA-376, part 1, chapter 18). It is read here and not by openpyxl because
a file may come from anywhere: openpyxl spreads every merged area and every link over all its cells, so that a file of
one kilobyte fills the memory, and tells either formulas or their saved values, not both. Here every size has a limit,
declared or not, and XML with declarations of its own is refused.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from xml.etree import ElementTree

from gamebook.interchange.cells import MOST_CELLS, Area, Cell, Place, Sheet, area_of, place_of
from gamebook.interchange.faults import TableError, TableFault
from gamebook.interchange.numbers import number_of

MOST_PARTS = 2_000
MOST_SHEETS = 50
MOST_PART_BYTES = 8_000_000  # of one unpacked part; a sheet of 1,000 parameters has 0.5 MB
MOST_BYTES = 40_000_000  # of all unpacked parts that are read
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"  # a compound file: .xls, or an .xlsx with a password
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # built in, East Asian ones too
_NO_DATE_LETTERS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|(?<=s)\.0+')
_EPOCH = datetime(1899, 12, 30)
_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, SyntaxError, ValueError)


def read_xlsx(content: bytes, file: str) -> list[Sheet]:
    """Return the sheets of a workbook.

    Parameters
    ----------
    content : the bytes of the file
    file : its name for messages

    Raises
    ------
    TableError
        the bytes are no .xlsx workbook, are damaged, or unpack to more than a table of parameters could
    """
    if content.startswith(_OLD_EXCEL):
        raise TableError([TableFault("table.old_excel", file)])
    if not content.startswith(b"PK\x03\x04"):
        raise TableError([TableFault("table.not_xlsx", file)])
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _Workbook(archive, file).sheets()
    except TableError:
        raise
    except (*_DAMAGED, _NotXlsxError) as error:
        raise TableError([TableFault("table.not_xlsx", file)]) from error


class _NotXlsxError(Exception):
    """The archive lacks what every workbook has."""


@dataclass
class _Workbook:
    """An open archive and how many bytes have been unpacked from it."""

    archive: zipfile.ZipFile
    file: str
    unpacked: int = 0
    strings: list[str] = field(default_factory=list)
    dates: frozenset[int] = frozenset()

    def sheets(self) -> list[Sheet]:
        """All sheets in the order of their tabs."""
        if len(self.archive.infolist()) > MOST_PARTS:
            raise self._too_large()
        starts = [target for kind, _, target in self._relations("") if kind == "officeDocument"]
        if not starts:
            raise _NotXlsxError
        relations = list(self._relations(starts[0]))
        for kind, _, target in relations:
            if kind == "sharedStrings":
                self.strings = [_string(item) for item in _children(self._part(target), "si")]
            if kind == "styles":
                self.dates = _date_styles(self._part(target))
        targets = {name: target for kind, name, target in relations if kind == "worksheet"}
        rows = [row for row in self._part(starts[0]).iter() if _tag(row) == "sheet"]
        if len(rows) > MOST_SHEETS:
            raise self._too_large()
        found = [(row.get("name", ""), targets[name]) for row in rows if (name := _relation_id(row)) in targets]
        return [self._sheet(name, target) for name, target in found]

    def _too_large(self) -> TableError:
        return TableError([TableFault("table.unpacks", self.file, fields={"most": MOST_PART_BYTES // 1_000_000})])

    def _part(self, name: str) -> ElementTree.Element:
        """Read a part within the limits, whatever the archive declares about its size."""
        try:
            info = self.archive.getinfo(name)
        except KeyError:
            raise _NotXlsxError from None
        if info.flag_bits & 1 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _NotXlsxError
        with self.archive.open(info) as stream:
            content = stream.read(MOST_PART_BYTES + 1)
        self.unpacked += len(content)
        if len(content) > MOST_PART_BYTES or self.unpacked > MOST_BYTES:
            raise self._too_large()
        words = content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
        # Entities can multiply without end and name files; no spreadsheet program writes any.
        if "<!DOCTYPE" in words or "<!ENTITY" in words:
            raise _NotXlsxError
        return ElementTree.fromstring(words)

    def _relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Kind, id and target of what a part refers to inside the archive."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        for row in self._part(relations):
            target = row.get("Target", "")
            if row.get("TargetMode") != "External":
                path = posixpath.normpath(posixpath.join("/", folder, target))
                yield row.get("Type", "").rpartition("/")[2], row.get("Id", ""), path.lstrip("/")

    def _sheet(self, name: str, target: str) -> Sheet:
        root = self._part(target)
        cells: dict[Place, Cell] = {}
        row_number = 0
        for data in _children(root, "sheetData"):
            for row in _children(data, "row"):
                row_number = _number(row.get("r"), row_number + 1)
                for place, cell in self._row(row, row_number):
                    cells[place] = cell
                if len(cells) > MOST_CELLS:
                    raise TableError([TableFault("table.too_many", self.file, name, {"most": MOST_CELLS})])
        merged: list[Area] = []
        for group in _children(root, "mergeCells"):
            areas = [area_of(item.get("ref", "")) for item in _children(group, "mergeCell")]
            merged += [area for area in areas if area is not None]
        return Sheet(name, cells, tuple(merged), typed=True)

    def _row(self, row: ElementTree.Element, number: int) -> Iterator[tuple[Place, Cell]]:
        column = 0
        for item in _children(row, "c"):
            place = place_of(item.get("r") or "") or (number, column + 1)
            column = place[1]
            cell = self._cell(item)
            if cell is not None:
                yield place, cell

    def _cell(self, item: ElementTree.Element) -> Cell | None:
        """Return a cell by its declared type; None if it is empty."""
        kind = item.get("t", "n")
        saved = next(_children(item, "v"), None)
        value = (saved.text or "").strip() if saved is not None else ""
        formula = next((f"={node.text or '...'}" for node in _children(item, "f")), None)
        if kind == "inlineStr":
            return _text_cell("".join(_string(node) for node in _children(item, "is")), formula)
        if not value:
            return None if formula is None else Cell("blank", "", formula)
        if kind == "s":
            position = _number(value, -1)
            return _text_cell(self.strings[position] if 0 <= position < len(self.strings) else "", formula)
        if kind == "str":
            return _text_cell(saved.text or "" if saved is not None else "", formula)
        if kind == "b":
            return Cell("truth", "TRUE" if value == "1" else "FALSE", formula)
        if kind in ("e", "d"):
            return Cell("error" if kind == "e" else "date", value, formula)
        number = number_of(value)
        if number is None:
            return _text_cell(value, formula)
        if _number(item.get("s"), 0) in self.dates:
            return Cell("date", _date(number), formula)
        return Cell("number", number, formula)


def _text_cell(words: str, formula: str | None) -> Cell | None:
    return Cell("text", words, formula) if words.strip() or formula is not None else None


def _tag(element: ElementTree.Element) -> str:
    """Name of an element without its namespace: the two editions of the standard differ in nothing else here."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _children(parent: ElementTree.Element, tag: str) -> Iterator[ElementTree.Element]:
    return (child for child in parent if _tag(child) == tag)


def _relation_id(row: ElementTree.Element) -> str:
    return next((value for name, value in row.attrib.items() if name.endswith("}id")), "")


def _string(item: ElementTree.Element) -> str:
    """Join the runs of a text; phonetic guides above Chinese and Japanese characters are no part of it."""
    runs = [item, *_children(item, "r")]
    return "".join(node.text or "" for run in runs for node in _children(run, "t"))


def _number(words: str | None, otherwise: int) -> int:
    return int(words) if words is not None and re.fullmatch(r"[0-9]{1,7}", words) else otherwise


def _date_styles(styles: ElementTree.Element) -> frozenset[int]:
    """Positions of the cell styles that show a number as a date or a time."""
    formats = set(_DATE_FORMATS)
    positions: list[int] = []
    for group in styles:
        if _tag(group) == "numFmts":
            for item in _children(group, "numFmt"):
                letters = _NO_DATE_LETTERS.sub("", item.get("formatCode", "")).lower()
                if set(letters) & set("dmyhs") and not set(letters) & set("0#?@"):
                    formats.add(_number(item.get("numFmtId"), -1))
        if _tag(group) == "cellXfs":
            positions = [_number(item.get("numFmtId"), 0) for item in _children(group, "xf")]
    return frozenset(i for i, number_format in enumerate(positions) if number_format in formats)


def _date(days: float) -> str:
    """Return a date as people read it; the number itself where there is no such date."""
    try:
        moment = _EPOCH + timedelta(days=days)
    except OverflowError:
        return repr(days)
    return moment.date().isoformat() if moment.time() == datetime.min.time() else moment.isoformat(" ", "seconds")
