"""Write .xlsx workbooks that people can read and edit: widths, a frozen bold header, no text taken for a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from gamebook.interchange.tables import Table, Value
from gamebook.texts import text

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

WIDEST = 70  # characters; longer texts are wrapped
NARROWEST = 9
GUIDE_WIDTH = 100
LINE = 15.0  # height of a line in points
FONT = "Calibri"  # the one that unformatted cells have; Chinese is shown in the program's own font
LONGEST_TEXT = 32_767  # of a cell; spreadsheet programs refuse to open a file with a longer one
HEADER_COLOUR = "FFD9E2EC"
EDITED_COLOUR = "FFFFF6D6"

Side = dict[str, str | int]
"""Horizontal alignment and indent of a column."""


def xlsx_bytes(tables: Sequence[Table], *, guide: Sequence[str], lang: str) -> bytes:
    """Return a workbook with a sheet per table and a last sheet that says how to use it.

    Every number is a number in the file, written with all its digits, and every text is a text even if it begins
    with an equals sign.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "gamebook"
    for table in tables:
        _add_table(book.create_sheet(table.title[:31]), table)
    _add_guide(book.create_sheet(text("table.guide", lang)), guide)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _add_table(sheet: Worksheet, table: Table) -> None:
    from openpyxl.utils import get_column_letter

    for number, row in enumerate(table.above, start=1):
        for column, value in enumerate(row, start=1):
            _fill(sheet.cell(number, column), value)
    top = len(table.above) + 1
    sides = [_side(table, column) for column in range(len(table.columns))]
    _add_header(sheet, table, sides, top)
    for number, row in enumerate(table.rows, start=top + 1):
        _add_row(sheet, table, sides, number, row)
    for column in range(len(table.columns)):
        sheet.column_dimensions[get_column_letter(column + 1)].width = _width(table, column)
    sheet.freeze_panes = sheet.cell(top + 1, 2 if table.edited is None else table.edited + 2)
    _fit_to_paper(sheet)
    sheet.print_title_rows = f"1:{top}"


def _add_header(sheet: Worksheet, table: Table, sides: Sequence[Side], top: int) -> None:
    """Add the row of headers, each on the side where the values below it stand."""
    from openpyxl.styles import Alignment, Font, PatternFill

    for column, heading in enumerate(table.columns):
        cell = sheet.cell(top, column + 1)
        _fill(cell, heading.header)
        cell.font = Font(name=FONT, size=11, bold=True)
        cell.fill = PatternFill("solid", fgColor=HEADER_COLOUR)
        cell.alignment = Alignment(**sides[column], vertical="top", wrap_text=True)


def _add_row(sheet: Worksheet, table: Table, sides: Sequence[Side], number: int, row: Sequence[Value]) -> None:
    """Add a row; where a text is too long for its column, the row is as high as it takes."""
    from openpyxl.styles import Alignment, PatternFill

    lines = 1
    for column, value in enumerate(row):
        cell = sheet.cell(number, column + 1)
        _fill(cell, value)
        cell.number_format = table.columns[column].shown
        if column == table.edited:
            cell.fill = PatternFill("solid", fgColor=EDITED_COLOUR)
        length = cell_len(value) if isinstance(value, str) else 0
        lines = max(lines, 1 + length // (WIDEST - 2) if length > WIDEST else 1)
        cell.alignment = Alignment(**sides[column], vertical="top", wrap_text=length > WIDEST)
    if lines > 1:
        sheet.row_dimensions[number].height = LINE * lines


def _side(table: Table, column: int) -> Side:
    """Where the cells of a column stand: numbers on the right; texts, and numbers among texts, on the left."""
    if any(isinstance(row[column], str) for row in table.rows):
        return {"horizontal": "left", "indent": 1 if column else 0}
    return {"horizontal": "right"}


def _fit_to_paper(sheet: Worksheet) -> None:
    """Let all columns stand on one page across, as many pages down as it takes."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _fill(cell: Cell, value: Value) -> None:
    """Put a value into a cell as what it is."""
    if isinstance(value, float):
        # openpyxl would write 16 significant digits; 17 may be needed, so the cell gets the digits themselves.
        cell.value = repr(float(value))
        cell.data_type = "n"
    elif isinstance(value, str):
        cell.value = "".join(c for c in value if c.isprintable() or c == "\n")[:LONGEST_TEXT]
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    else:
        cell.value = value


def _width(table: Table, column: int) -> float:
    """Width of a column by its longest text; Chinese characters take two places."""
    # The last cell above the header may run over its neighbours, which are empty.
    values = [row[column] for row in table.rows] + [row[column] for row in table.above if column < len(row) - 1]
    numeric = f"{12345.678:.3f}" if any(isinstance(value, float) for value in values) else ""
    words = [table.columns[column].header, numeric, *(value for value in values if isinstance(value, str))]
    return min(WIDEST, max(NARROWEST, *(cell_len(word) for word in words))) + 3.0


def _add_guide(sheet: Worksheet, guide: Sequence[str]) -> None:
    from openpyxl.styles import Alignment

    sheet.column_dimensions["A"].width = GUIDE_WIDTH
    for number, paragraph in enumerate(guide, start=1):
        cell = sheet.cell(number, 1)
        _fill(cell, paragraph)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.row_dimensions[number].height = LINE * (1 + cell_len(paragraph) // (GUIDE_WIDTH - 5))
    _fit_to_paper(sheet)
