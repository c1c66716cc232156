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

WIDEST = 60  # characters; longer texts are wrapped
NARROWEST = 9
GUIDE_WIDTH = 100
LONGEST_TEXT = 32_767  # of a cell; spreadsheet programs refuse to open a file with a longer one
HEADER_COLOUR = "FFD9E2EC"
EDITED_COLOUR = "FFFFF6D6"


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
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for number, row in enumerate(table.above, start=1):
        for column, value in enumerate(row, start=1):
            _fill(sheet.cell(number, column), value)
    top = len(table.above) + 1
    for column, heading in enumerate(table.columns, start=1):
        cell = sheet.cell(top, column)
        _fill(cell, heading.header)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=HEADER_COLOUR)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    for number, row in enumerate(table.rows, start=top + 1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            _fill(cell, value)
            cell.number_format = table.columns[column - 1].shown
            cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str) and cell_len(value) > WIDEST)
            if column - 1 == table.edited:
                cell.fill = PatternFill("solid", fgColor=EDITED_COLOUR)
    for column in range(1, len(table.columns) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = _width(table, column - 1)
    sheet.freeze_panes = sheet.cell(top + 1, 2 if table.edited is None else table.edited + 2)


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
    values = [row[column] for row in table.rows if column < len(row)]
    numeric = f"{12345.678:.3f}" if any(isinstance(value, float) for value in values) else ""
    words = [table.columns[column].header, numeric, *(value for value in values if isinstance(value, str))]
    return min(WIDEST, max(NARROWEST, *(cell_len(word) for word in words))) + 2.0


def _add_guide(sheet: Worksheet, guide: Sequence[str]) -> None:
    from openpyxl.styles import Alignment

    sheet.column_dimensions["A"].width = GUIDE_WIDTH
    for number, paragraph in enumerate(guide, start=1):
        cell = sheet.cell(number, 1)
        _fill(cell, paragraph)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.row_dimensions[number].height = 15.0 * (1 + cell_len(paragraph) // (GUIDE_WIDTH - 5))
