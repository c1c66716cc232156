"""CSV as spreadsheet programs write and read it: encodings, separators, and texts that must not become formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence

from gamebook.interchange.cells import MOST_CELLS, Cell, Place, Sheet
from gamebook.interchange.faults import TableError, TableFault

BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for the machine's old encoding
SEPARATORS = (",", ";", "\t")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    r"""Return rows as CSV for Excel, WPS and every other reader.

    Numbers are written in full, so that reading gives the same bits. A text that a spreadsheet program would take for
    a formula gets an apostrophe in front, the sign of a text.

    Examples
    --------
    >>> csv_text([["a", 0.1, None], ["=1+1", -2.0, True]])
    "\ufeffa,0.1,\r\n'=1+1,-2.0,True\r\n"
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    for row in rows:
        writer.writerow([written(value) for value in row])
    return BYTE_ORDER_MARK + stream.getvalue()


def written(value: object) -> str:
    """Return a cell: numbers with all their digits, texts so that none is taken for a formula."""
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(float(value))
    if not isinstance(value, str):
        return str(value)
    return f"'{value}" if value.startswith(_FORMULA_STARTS) else value


def read_csv(content: bytes, file: str, *, fits: Callable[[Sheet], bool]) -> tuple[Sheet, list[TableFault]]:
    """Return a CSV file as a sheet of texts, with what its reader should know.

    Parameters
    ----------
    content : the bytes of the file
    file : its name for messages
    fits : says whether a sheet is what is looked for; decides which character separates the columns

    Raises
    ------
    TableError
        the file is no text in UTF-8, UTF-16 or GB18030, or a quotation mark is not closed
    """
    words, notices = _decoded(content, file)
    if "\0" in words:
        raise TableError([TableFault("table.binary", file)])
    separators: tuple[str, ...] = SEPARATORS
    first, _, rest = words.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        # Excel's own note on the separator; it counts as no row there.
        separators, words = (first.strip()[4],), rest
    sheets, wrong = [], None
    for separator in separators:
        try:
            sheets.append(_sheet(words, separator, file))
        except csv.Error as error:
            wrong = wrong or error
        except TableError as error:
            raise error from None
    found = next((sheet for sheet in sheets if fits(sheet)), None)
    if found is None and wrong is not None:
        raise TableError([TableFault("table.quotes", file)]) from wrong
    return found or max(sheets, key=lambda sheet: len(sheet.cells)), notices


def _decoded(content: bytes, file: str) -> tuple[str, list[TableFault]]:
    """Return the text; Excel's "Unicode text" is UTF-16, and its plain CSV on a Chinese machine is GB18030."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif content.startswith(b"\xef\xbb\xbf"):
        encodings = ["utf-8-sig"]
    else:
        encodings = ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            words = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        notices = [TableFault("table.notice.encoding", file)] if encoding == "gb18030" else []
        return words, notices
    raise TableError([TableFault("table.encoding", file)])


def _sheet(words: str, separator: str, file: str) -> Sheet:
    cells: dict[Place, Cell] = {}
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=separator, strict=True)
    for row, fields in enumerate(reader, start=1):
        for column, value in enumerate(fields, start=1):
            if value.strip():
                cells[row, column] = Cell("text", value)
        if len(cells) > MOST_CELLS:
            raise TableError([TableFault("table.too_many", file, fields={"most": MOST_CELLS})])
    return Sheet(None, cells, (), typed=False)
