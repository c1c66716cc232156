"""Word files: native equations that can be edited, three-line tables, the same bytes every run.

LaTeX becomes MathML (latex2mathml), MathML becomes Word's own markup (mathml-to-omml). Chinese text is set in SimSun
and Latin text in Times New Roman, as journals ask.
"""

from __future__ import annotations

import copy
import datetime
import io
import re
import zipfile
from functools import lru_cache
from typing import Any

from gamebook.derivations.document import Block, Document, Equation, Heading, Matrix, Paragraph, Statement, Table
from gamebook.derivations.formats.columns import widths
from gamebook.derivations.formats.html import mathml
from gamebook.derivations.formula_writer import balanced, open_brackets, plain
from gamebook.errors import InputError
from gamebook.texts import text

_MATH = re.compile(r"(\$[^$]*\$)")
MATH_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/math"
PAGE = 170.0  # millimetres between the margins
NUMBER = 14.0  # millimetres for the number of an equation
EPOCH = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)  # of the file, so that equal runs give equal bytes
SMALL = 9.0  # points, in tables
MARGINS = 4.0  # millimetres at both sides of a cell together
LETTER = 2.15  # millimetres of a letter of a formula in a table
LATIN, HAN = "Times New Roman", "SimSun"


def docx(document: Document) -> bytes:
    """Return a document as a Word file.

    Raises
    ------
    InputError
        The packages that write Word files are not installed.
    """
    try:
        import docx as package
        import mathml_to_omml  # noqa: F401
    except ImportError as error:
        raise InputError("derive.docx_missing") from error
    file = package.Document()
    _prepare(file, document)
    title = file.add_paragraph(style="Title")
    _fill(title, document.title)
    for section in document.sections:
        for block in section.blocks:
            _add(file, block, document.lang)
    return _same_bytes(file)


def _prepare(file: Any, document: Document) -> None:  # noqa: ANN401 - python-docx has no types
    """Set page, fonts and the file's own data."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt, RGBColor

    page = file.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm((210 - PAGE) / 2)
    page.top_margin = page.bottom_margin = Mm(20)
    sizes = {"Normal": 10.5, "Title": 16, "Heading 1": 14, "Heading 2": 12, "Caption": 10}
    for name, size in sizes.items():
        style = file.styles[name]
        style.font.name, style.font.size = LATIN, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.font.italic = False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in list(fonts.attrib):
            if "Theme" in key:
                del fonts.attrib[key]
        fonts.set(_w("eastAsia"), HAN)
        fonts.set(_w("ascii"), LATIN)
        fonts.set(_w("hAnsi"), LATIN)
    normal = file.styles["Normal"].paragraph_format
    normal.space_after, normal.line_spacing = Pt(4), 1.25
    for name in ("Title", "Caption"):
        file.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    file.styles["Caption"].paragraph_format.keep_with_next = True
    _without_line(file.styles["Title"])
    data = file.core_properties
    data.author, data.comments, data.title = "", "", plain(document.title)
    data.created = data.modified = data.last_printed = EPOCH.replace(tzinfo=None)
    data.language = "zh-CN" if document.lang == "zh" else "en-GB"


def _without_line(style: Any) -> None:  # noqa: ANN401
    borders = style.element.find(".//" + _w("pBdr"))
    if borders is not None:
        borders.getparent().remove(borders)


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))


RELATIONS = tuple("><≥≤=")
STARS = ("*", "\u2217")


@lru_cache(maxsize=20_000)
def _omml_text(latex: str) -> str:
    from mathml_to_omml import mathml_to_omml

    return str(mathml_to_omml(mathml(latex)))


def omml(latex: str) -> Any:  # noqa: ANN401 - an element of lxml
    """Return a formula as an element of Word's markup."""
    from docx.oxml import parse_xml

    found = _omml_text(plain(latex).replace(r"\displaystyle", ""))
    root = parse_xml(re.sub(r"^<m:oMath", f'<m:oMath xmlns:m="{MATH_SPACE}"', found, count=1))
    _unboxed(root)
    _barred(root)
    _rooted(root)
    _summed(root)
    _not_bare(root)
    return root


def _not_bare(root: Any) -> None:  # noqa: ANN401
    """Write as text a relation that a line begins with, and a star: LibreOffice wants something on their sides."""
    from docx.oxml import parse_xml

    def word(run: Any) -> str | None:  # noqa: ANN401
        found = run.find(f"{{{MATH_SPACE}}}t")
        return None if found is None else (found.text or "").strip()

    first = next((run for run in root if word(run) != ""), None)
    bare = [run for run in root.iter(f"{{{MATH_SPACE}}}r") if word(run) in STARS]
    if first is not None and word(first) in RELATIONS:
        bare.append(first)
    for run in bare:
        for old in run.findall(f"{{{MATH_SPACE}}}rPr"):
            run.remove(old)
        run.insert(0, parse_xml(f'<m:rPr xmlns:m="{MATH_SPACE}"><m:nor/></m:rPr>'))


def _unboxed(root: Any) -> None:  # noqa: ANN401
    """Take away the boxes round groups: Word breaks no line within them."""
    for box in list(root.iter(f"{{{MATH_SPACE}}}box")):
        parent, inner = box.getparent(), box.find(f"{{{MATH_SPACE}}}e")
        if parent is None:
            continue
        place = parent.index(box)
        for child in reversed(list(inner) if inner is not None else []):
            parent.insert(place, child)
        parent.remove(box)


def _rooted(root: Any) -> None:  # noqa: ANN401
    """Say that a square root has no degree; else an empty box stands there."""
    from docx.oxml import parse_xml

    for radical in root.iter(f"{{{MATH_SPACE}}}rad"):
        if radical.find(f"{{{MATH_SPACE}}}deg") is None:
            radical.insert(0, parse_xml(f'<m:deg xmlns:m="{MATH_SPACE}"/>'))
            hidden = f'<m:radPr xmlns:m="{MATH_SPACE}"><m:degHide m:val="1"/></m:radPr>'
            radical.insert(0, parse_xml(hidden))


def _summed(root: Any) -> None:  # noqa: ANN401
    """Say that a sum has no upper limit; else an empty box stands there."""
    from docx.oxml import parse_xml

    for total in root.iter(f"{{{MATH_SPACE}}}nary"):
        above, how = (total.find(f"{{{MATH_SPACE}}}{name}") for name in ("sup", "naryPr"))
        if above is not None and not len(above) and how is not None:
            how.append(parse_xml(f'<m:supHide xmlns:m="{MATH_SPACE}" m:val="1"/>'))


def _barred(root: Any) -> None:  # noqa: ANN401
    """Write a bar or tilde over a letter as an accent, which fits the letter."""
    accents = {"¯": "\u0305", "‾": "\u0305", "~": "\u0303", "˜": "\u0303", "^": "\u0302", "ˇ": "\u030c", "˘": "\u0306"}
    from docx.oxml import parse_xml

    for group in list(root.iter(f"{{{MATH_SPACE}}}groupChr")):
        mark = group.find(f".//{{{MATH_SPACE}}}chr")
        sign = accents.get(mark.get(f"{{{MATH_SPACE}}}val") if mark is not None else "")
        if sign is None:
            continue
        accent = parse_xml(
            f'<m:acc xmlns:m="{MATH_SPACE}"><m:accPr><m:chr m:val="{sign}"/></m:accPr></m:acc>'
        )
        accent.append(group.find(f"{{{MATH_SPACE}}}e"))
        group.getparent().replace(group, accent)


def _fill(paragraph: Any, words: str, *, bold: bool = False, size: float | None = None) -> None:  # noqa: ANN401
    """Add a text with its formulas to a paragraph, in a size of its own if one is given."""
    from docx.shared import Pt

    for piece in _MATH.split(words):
        if piece.startswith("$") and len(piece) > 1:
            # Other programs than Word read a piece with an open bracket as a mistake.
            for part in balanced(piece[1:-1]):
                formula = copy.deepcopy(omml(part))
                if size is not None:
                    _sized(formula, size)
                paragraph._p.append(formula)
        elif piece:
            run = paragraph.add_run(piece)
            run.bold = bold or None
            if size is not None:
                run.font.size = Pt(size)


def _sized(formula: Any, size: float) -> None:  # noqa: ANN401
    """Set the letters of a formula in a size."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    for run in formula.iter(f"{{{MATH_SPACE}}}r"):
        half_points = round(2 * size)
        style = parse_xml(
            f'<w:rPr {nsdecls("w")}><w:rFonts w:ascii="Cambria Math" w:hAnsi="Cambria Math"/>'
            f'<w:sz w:val="{half_points}"/></w:rPr>'
        )
        first = run.find(f"{{{MATH_SPACE}}}rPr")
        run.insert(0 if first is None else 1, style)


def _add(file: Any, block: Block, lang: str) -> None:  # noqa: ANN401
    match block:
        case Heading(level, words):
            _fill(file.add_paragraph(style=f"Heading {level}"), words)
        case Paragraph(words):
            _fill(file.add_paragraph(), words)
        case Statement(kind, number, words):
            paragraph = file.add_paragraph()
            gap = "" if lang == "zh" else " "
            label = text(f"derivation.label.{kind}", lang) + (f"{gap}{number}" if number is not None else "")
            paragraph.add_run(label + ("　" if lang == "zh" else ". ")).bold = True
            _fill(paragraph, words)
        case Equation():
            _display(file, _closed_lines([block.left + block.lines[0], *block.lines[1:]]), block.number)
        case Matrix(name, rows, number):
            body = r" \\ ".join(" & ".join(row) for row in rows)
            _display(file, [rf"{name}=\begin{{pmatrix}}{body}\end{{pmatrix}}"], number)
        case Table():
            _table(file, block, lang)


def _closed_lines(lines: list[str]) -> list[str]:
    """Join lines until all brackets are closed: other programs than Word read an open one as a mistake."""
    found: list[str] = []
    depth = 0
    for line in map(plain, lines):
        if depth > 0:
            found[-1] += line
        else:
            found.append(rf"\quad {line}" if found else line)
        depth += open_brackets(line)
    return found


def _display(file: Any, lines: list[str], number: int | None) -> None:  # noqa: ANN401
    """Add a displayed formula; with a number, in a table without rules that keeps the number at the right edge."""
    from docx.enum.table import WD_ALIGN_VERTICAL
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    if number is None:
        for line in lines:
            _math_paragraph(file.add_paragraph(), line)
        return
    table = file.add_table(rows=1, cols=2)
    table.autofit = False
    cells = table.rows[0].cells
    for column, size in enumerate((PAGE - NUMBER, NUMBER)):
        cell = cells[column]
        table.columns[column].width = cell.width = Mm(size)
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    for place, line in enumerate(lines):
        paragraph = cells[0].paragraphs[0] if place == 0 else cells[0].add_paragraph()
        _math_paragraph(paragraph, line)
    last = cells[1].paragraphs[0]
    last.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    last.add_run(f"({number})")


def _math_paragraph(paragraph: Any, latex: str) -> None:  # noqa: ANN401
    from docx.oxml import parse_xml

    outer = parse_xml(f'<m:oMathPara xmlns:m="{MATH_SPACE}"/>')
    outer.append(copy.deepcopy(omml(latex)))
    paragraph._p.append(outer)


def _table(file: Any, block: Table, lang: str) -> None:  # noqa: ANN401
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Mm

    gap = "" if lang == "zh" else " "
    caption = file.add_paragraph(style="Caption")
    end = "　" if lang == "zh" else ". "
    _fill(caption, f"{text('derivation.label.table', lang)}{gap}{block.number}{end}{block.caption}", bold=True)
    table = file.add_table(rows=len(block.head) + len(block.rows), cols=len(block.align))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for place, row in enumerate(block.head):
        _head_row(table, place, row, block.align)
    grid = [list(row.cells) for row in table.rows]  # asking a table for one cell after another is slow
    for place, texts in enumerate(block.rows, start=len(block.head)):
        for column, words in enumerate(texts):
            _cell(grid[place][column], words, block.align[column])
    for column, size in enumerate(widths(block, PAGE, formula=LETTER, gap=MARGINS)):
        size += MARGINS
        table.columns[column].width = Mm(size)
        for cells in grid[len(block.head) :]:
            cells[column].width = Mm(size)
    _three_lines(table, len(block.head))
    for note in block.notes:
        _fill(file.add_paragraph(), note, size=SMALL)
    if not block.notes:
        file.add_paragraph()


def _head_row(table: Any, place: int, row: Any, align: str) -> None:  # noqa: ANN401
    column = 0
    cells = table.rows[place].cells
    for cell in row:
        target = cells[column]
        if cell.columns > 1:
            target = target.merge(cells[column + cell.columns - 1])
        _cell(target, cell.text, "c" if cell.columns > 1 else align[column])
        column += cell.columns
    mark = table.rows[place]._tr.get_or_add_trPr()
    from docx.oxml import OxmlElement

    mark.append(OxmlElement("w:tblHeader"))  # repeated at the top of every page


def _cell(cell: Any, words: str, align: str) -> None:  # noqa: ANN401
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    sides = {"c": WD_ALIGN_PARAGRAPH.CENTER, "r": WD_ALIGN_PARAGRAPH.RIGHT}
    for place, line in enumerate(words.split("\n")):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.alignment = sides.get(align, WD_ALIGN_PARAGRAPH.LEFT)
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.paragraph_format.line_spacing = 1.0
        _fill(paragraph, line, size=SMALL)


def _three_lines(table: Any, heads: int) -> None:  # noqa: ANN401
    """Rule above and below the table and below the head; nothing else."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    spaces = nsdecls("w")
    rules = "".join(f'<w:{side} w:val="single" w:sz="12" w:color="000000"/>' for side in ("top", "bottom"))
    table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {spaces}>{rules}</w:tblBorders>"))
    for cell in table.rows[heads - 1].cells:
        below = f'<w:tcBorders {spaces}><w:bottom w:val="single" w:sz="6" w:color="000000"/></w:tcBorders>'
        found = cell._tc.get_or_add_tcPr()
        if found.find(_w("tcBorders")) is None:
            found.append(parse_xml(below))


def _same_bytes(file: Any) -> bytes:  # noqa: ANN401
    """Save a file with fixed times in its archive."""
    raw = io.BytesIO()
    file.save(raw)
    fixed = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (EPOCH.year, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return fixed.getvalue()
