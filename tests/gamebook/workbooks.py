"""Workbooks written part by part, for what no spreadsheet program and no library would write."""

import io
import zipfile

TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _words(place, words):
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


GAME = f'<row r="1">{_words("A1", "game")}{_words("B1", "training-investment")}</row>'
HEADER = f'<row r="2">{_words("A2", "symbol")}{_words("B2", "value")}</row>'


def row(number, symbol, cell):
    """A row of the table; ``cell`` is the XML inside the value cell's attributes and content."""
    return f'<row r="{number}">{_words(f"A{number}", symbol)}<c r="B{number}"{cell}</c></row>'


def sheet(*rows, head="", tail=""):
    """XML of a sheet with the table's first two rows."""
    data = "".join([GAME, HEADER, *rows])
    body = f'<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData>{tail}</worksheet>'
    return f'<?xml version="1.0" encoding="UTF-8"?>{head}{body}'


def workbook(*sheets, parts=(), styles=None):
    """Bytes of a workbook with the given XML per sheet; further parts by name."""
    names = "".join(f'<sheet name="S{i}" sheetId="{i}" r:id="rId{i}"/>' for i in range(1, len(sheets) + 1))
    links = "".join(
        f'<Relationship Id="rId{i}" Type="{TYPES}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(sheets) + 1)
    )
    if styles is not None:
        links += f'<Relationship Id="rId99" Type="{TYPES}/styles" Target="styles.xml"/>'
    root = f'<Relationship Id="r" Type="{TYPES}/officeDocument" Target="xl/workbook.xml"/>'
    content = {
        "_rels/.rels": f"<Relationships>{root}</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{TYPES}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships>{links}</Relationships>",
        **{f"xl/worksheets/sheet{i}.xml": xml for i, xml in enumerate(sheets, start=1)},
        **({} if styles is None else {"xl/styles.xml": styles}),
        **dict(parts),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return stream.getvalue()
