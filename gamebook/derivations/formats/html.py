"""HTML in one file: formulas in MathML, no script and nothing from outside."""

from __future__ import annotations

import html as escapes
import re
from functools import lru_cache

from gamebook.derivations.document import Block, Document, Equation, Heading, Matrix, Paragraph, Statement, Table
from gamebook.derivations.formula_writer import BREAK, plain
from gamebook.texts import text

_MATH = re.compile(r"(\$[^$]*\$)")
_WORD = re.compile(r"\\(mathit|mathrm)\{([A-Za-z0-9, ]+)\}")
_STYLE = """
body { margin: 2rem auto; max-width: 58rem; padding: 0 1.2rem; line-height: 1.6; color: #111; background: #fff;
  font-family: "Times New Roman", "Liberation Serif", "Songti SC", SimSun, "Noto Serif CJK SC", serif; }
h1 { font-size: 1.5rem; text-align: center; margin: 0 0 1.5rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .6rem; } h3 { font-size: 1.05rem; margin: 1.4rem 0 .4rem; }
p { margin: .5rem 0; }
.equation { display: flex; align-items: center; margin: .6rem 0; overflow: auto hidden; padding: .2rem 0; }
.equation > .lines { flex: 1; text-align: center; } .equation > .number { padding-left: 1rem; }
figure { margin: 1.4rem 0; overflow-x: auto; }
figcaption { text-align: center; font-weight: bold; margin-bottom: .4rem; }
table { border-collapse: collapse; margin: 0 auto; border-top: 2px solid #111; border-bottom: 2px solid #111;
  font-size: .92rem; }
thead { border-bottom: 1px solid #111; } th { font-weight: normal; }
th, td { padding: .25rem .55rem; text-align: left; vertical-align: top; }
th.c, td.c { text-align: center; } th.r, td.r { text-align: right; white-space: nowrap; }
td.l { white-space: nowrap; }
.notes { font-size: .85rem; } .warning { border-left: 4px solid #b00; padding-left: .7rem; }
mtd.r { text-align: right; padding-right: 0; } mtd.l { text-align: left; padding-left: 0; }
math { font-size: 1.02em; }
@media print { body { max-width: none; margin: 0; } .equation, figure { overflow: visible; } }
"""


def html(document: Document) -> str:
    """Return a document as one HTML file."""
    body = "\n".join(_block(block, document.lang) for section in document.sections for block in section.blocks)
    title = escapes.escape(plain(document.title))
    lang = "zh-CN" if document.lang == "zh" else "en"
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{_words(document.title)}</h1>\n{body}\n</body>\n</html>\n"
    )


@lru_cache(maxsize=20_000)
def mathml(latex: str, *, display: bool = False) -> str:
    """Return a formula in MathML.

    Examples
    --------
    >>> "<msub><mi>x</mi><mn>1</mn></msub>" in mathml("x_1")
    True
    """
    from latex2mathml.converter import convert

    words: list[str] = []

    def stand_in(found: re.Match[str]) -> str:
        words.append(_word(found[1], found[2]))
        return chr(0xE000 + len(words) - 1)

    found: str = convert(_WORD.sub(stand_in, plain(latex)), display="block" if display else "inline")
    for place, word in enumerate(words):
        found = re.sub(f"<mi[^>]*>{chr(0xE000 + place)}</mi>", word, found)
    return found.replace("<mi>&#x000B1;</mi>", "<mo>&#x000B1;</mo>")


def _word(kind: str, letters: str) -> str:
    """Return a word as one element: the converter would set its letters apart, and an upright d slanted."""
    if kind == "mathit":
        return f'<mi mathvariant="italic" style="font-style: italic">{letters}</mi>'
    return f'<mi mathvariant="normal">{letters}</mi>'


def _words(words: str) -> str:
    """Return a text; a long formula in it may end a line where it may be broken."""
    result = []
    for piece in _MATH.split(words):
        if piece.startswith("$") and len(piece) > 1:
            first, *rest = piece[1:-1].split(BREAK)
            result.append("<wbr>".join([mathml(first), *(mathml(_infix(part)) for part in rest)]))
        else:
            result.append(escapes.escape(piece, quote=False))
    return "".join(result)


def _infix(part: str) -> str:
    """Put nothing before an operator that begins a piece: it then keeps the space of one between two terms."""
    return "{}" + part if part[:1] in ("+", "-", ">", "<", "=") else part


def _block(block: Block, lang: str) -> str:
    match block:
        case Heading(level, words):
            return f"<h{level + 1}>{_words(words)}</h{level + 1}>"
        case Paragraph(words):
            return f"<p>{_words(words)}</p>"
        case Statement(kind, number, words):
            gap = "" if lang == "zh" else "&nbsp;"
            label = text(f"derivation.label.{kind}", lang) + (f"{gap}{number}" if number is not None else "")
            end = "　" if lang == "zh" else ". "
            return f'<p class="{kind}"><strong>{label}</strong>{end}{_words(words)}</p>'
        case Equation():
            return _display(_lines(block), block.number)
        case Matrix(name, rows, number):
            body = r" \\ ".join(" & ".join(row) for row in rows)
            return _display(mathml(rf"{name}=\begin{{pmatrix}}{body}\end{{pmatrix}}", display=True), number)
        case Table():
            return _table(block, lang)


def _lines(block: Equation) -> str:
    lines = [plain(line) for line in block.lines]
    if len(lines) == 1:
        return mathml(block.left + lines[0], display=True)
    # The relation stands at the right end of the first column, so that the lines after it begin behind it.
    rows = [(block.left, lines[0]), *(("", rf"\quad {line}") for line in lines[1:])]
    cells = "".join(
        f'<mtr><mtd class="r">{_inner(left)}</mtd><mtd class="l">{_inner(line)}</mtd></mtr>' for left, line in rows
    )
    space = 'xmlns="http://www.w3.org/1998/Math/MathML"'
    return f'<math {space} display="block"><mtable displaystyle="true" columnspacing="0">{cells}</mtable></math>'


def _inner(latex: str) -> str:
    """Return a formula in MathML without the element around it."""
    return re.sub(r"^<math[^>]*>|</math>$", "", mathml(latex)) if latex else ""


def _display(formula: str, number: int | None) -> str:
    tag = "" if number is None else f'<div class="number">({number})</div>'
    return f'<div class="equation"><div class="lines">{formula}</div>{tag}</div>'


def _table(block: Table, lang: str) -> str:
    gap = "" if lang == "zh" else "&nbsp;"
    end = "　" if lang == "zh" else ". "
    caption = f"{text('derivation.label.table', lang)}{gap}{block.number}{end}{_words(block.caption)}"
    heads = []
    for row in block.head:
        place, cells = 0, []
        for cell in row:
            kind = "c" if cell.columns > 1 else _kind(block.align[place])
            span = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
            cells.append(f'<th class="{kind}"{span}>{_words(cell.text)}</th>')
            place += cell.columns
        heads.append(f"<tr>{''.join(cells)}</tr>")
    rows = [
        "<tr>" + "".join(
            f'<td class="{_kind(kind)}">{"<br>".join(_words(line) for line in cell.split(chr(10)))}</td>'
            for kind, cell in zip(block.align, row, strict=True)
        ) + "</tr>"
        for row in block.rows
    ]  # fmt: skip
    notes = "".join(f'<p class="notes">{_words(note)}</p>' for note in block.notes)
    head, body = "".join(heads), "\n".join(rows)
    return (
        f"<figure><figcaption>{caption}</figcaption><table><thead>{head}</thead>\n<tbody>{body}</tbody></table>"
        f"{notes}</figure>"
    )


def _kind(align: str) -> str:
    return "w" if align == "L" else align
