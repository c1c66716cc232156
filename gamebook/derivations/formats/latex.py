"""LaTeX that compiles as it is: XeLaTeX with ctex for Chinese, pdfLaTeX for English; three-line tables."""

from __future__ import annotations

import re

from gamebook.derivations.document import Block, Document, Equation, Heading, Matrix, Paragraph, Statement, Table
from gamebook.derivations.formula_writer import BREAK, plain
from gamebook.texts import text

_MATH = re.compile(r"(\$[^$]*\$)")
_SPECIAL = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", "—": "---", "–": "--", "×": r"$\times$", "°": r"$^\circ$", "−": "--", "＄": r"\$",
    "≥": r"$\ge$", "≤": r"$\le$", "“": "``", "”": "''", "‘": "`", "’": "'", "…": r"\ldots{}", '"': "''", "$": r"\$",
}  # fmt: skip
_HEAD = {
    "en": r"""\documentclass[11pt,a4paper]{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{textcomp}
""",
    "zh": r"""\documentclass[zihao=-4,a4paper,fontset=fandol]{ctexart}
""",
}
_PACKAGES = r"""\usepackage[margin=20mm]{geometry}
\usepackage{amsmath,amssymb,bm}
\usepackage{array,booktabs,longtable}
\setlength{\LTcapwidth}{\textwidth}
\allowdisplaybreaks
\emergencystretch=3em
"""
PAGE = 170.0  # millimetres between the margins


def latex(document: Document) -> str:
    """Return a document as a complete LaTeX file."""
    zh = document.lang == "zh"
    head = f"% !TEX program = {'xelatex' if zh else 'pdflatex'}\n" + _HEAD[document.lang] + _PACKAGES
    head += rf"\setcounter{{table}}{{{document.first.table - 1}}}" + "\n"
    head += rf"\setcounter{{equation}}{{{document.first.equation - 1}}}" + "\n"
    parts = [head + r"\begin{document}", rf"\begin{{center}}\Large\bfseries {escaped(document.title)}\end{{center}}"]
    for section in document.sections:
        parts += [_block(block, document.lang) for block in section.blocks]
    return "\n\n".join(parts) + "\n\n\\end{document}\n"


def escaped(words: str, *, breaks: bool = True) -> str:
    r"""Return a text with LaTeX's own characters escaped, formulas left alone.

    Examples
    --------
    >>> escaped("5 % of $s_F$ & more")
    '5 \\% of $s_F$ \\& more'
    """
    result = []
    for piece in _MATH.split(words):
        if piece.startswith("$") and len(piece) > 1:
            result.append(piece.replace(BREAK, r"\allowbreak " if breaks else ""))
        else:
            result.append(_quoted("".join(_SPECIAL.get(letter, letter) for letter in _opened(piece))))
    return "".join(result)


def _opened(piece: str) -> str:
    """Turn straight double quotes into pairs: the odd ones open."""
    parts = piece.split('"')
    return "".join(part + ("“" if place % 2 == 0 else "”") for place, part in enumerate(parts[:-1])) + parts[-1]


def _quoted(piece: str) -> str:
    return piece


def _block(block: Block, lang: str) -> str:
    match block:
        case Heading(level, words):
            return rf"\{'section' if level == 1 else 'subsection'}{{{escaped(words)}}}"
        case Paragraph(words):
            return _words(words, lang)
        case Statement(kind, number, words):
            gap = "" if lang == "zh" else "~"
            label = text(f"derivation.label.{kind}", lang) + (f"{gap}{number}" if number is not None else "")
            return rf"\noindent\textbf{{{label}}}{'　' if lang == 'zh' else '. '}{_words(words, lang)}"
        case Equation():
            return _equation(block)
        case Matrix(name, rows, number):
            body = r" \\ ".join(" & ".join(row) for row in rows)
            return _display(rf"{name}=\begin{{pmatrix}}{body}\end{{pmatrix}}", number)
        case Table():
            return _table(block, lang)


def _words(words: str, lang: str) -> str:
    found = escaped(words)
    # In Chinese text the curly quotes are characters of the font, not ligatures.
    return found.replace("``", "“").replace("''", "”") if lang == "zh" else found


def _equation(block: Equation) -> str:
    lines = [plain(line) for line in block.lines]
    if len(lines) == 1:
        return _display(block.left + lines[0], block.number)
    if block.left:
        rows = [f"{block.left}&{lines[0]}", *(rf"&\quad {line}" for line in lines[1:])]
    else:
        rows = [f"&{lines[0]}", *(rf"&\quad {line}" for line in lines[1:])]
    # Rows of align may be parted by the end of a page, which those of one aligned box may not.
    star = "" if block.number is not None else "*"
    quiet = [row + (r"\notag" if not star and place < len(rows) - 1 else "") for place, row in enumerate(rows)]
    body = " \\\\\n".join(quiet)
    return f"\\begin{{align{star}}}\n{body}\n\\end{{align{star}}}"


def _display(formula: str, number: int | None) -> str:
    star = "" if number is not None else "*"
    return f"\\begin{{equation{star}}}\n{formula}\n\\end{{equation{star}}}"


def _table(block: Table, lang: str) -> str:
    """Return a long table: rules above and below the head and at the end, the caption above."""
    columns = _columns(block)
    heads = []
    for row in block.head:
        cells = []
        for cell in row:
            words = _cell(cell.text, lang)
            cells.append(words if cell.columns == 1 else rf"\multicolumn{{{cell.columns}}}{{c}}{{{words}}}")
        heads.append(" & ".join(cells) + r" \\")
    body = "\n".join(" & ".join(_cell(cell, lang) for cell in row) + r" \\" for row in block.rows)
    head = "\n".join(heads)
    notes = "\n".join(rf"\par\noindent{{\footnotesize {_words(note, lang)}}}" for note in block.notes)
    first = rf"\caption{{{_words(block.caption, lang)}}}\\"
    return (
        f"{{\\small\\setlength{{\\tabcolsep}}{{3pt}}\n\\begin{{longtable}}{{{columns}}}\n{first}\n\\toprule\n{head}\n"
        f"\\midrule\n\\endfirsthead\n\\toprule\n{head}\n\\midrule\n\\endhead\n\\bottomrule\n\\endfoot\n{body}\n"
        f"\\end{{longtable}}}}\n{notes}"
    )


def _columns(block: Table) -> str:
    """Return the columns: those of running text share the width that the others leave."""
    from gamebook.derivations.formats.columns import widths

    found = []
    for kind, size in zip(block.align, widths(block, PAGE), strict=True):
        side = {"r": r"\raggedleft", "c": r"\centering"}.get(kind, r"\raggedright")
        found.append(rf">{{{side}\arraybackslash}}p{{{size:.1f}mm}}")
    return "".join(found)


def _cell(words: str, lang: str) -> str:
    return r"\newline ".join(_words(line, lang) for line in words.split("\n"))
