"""The font of the figures, and texts fit for it.

A missing character would be drawn as a box and reported in a log that few people read. So the texts of a figure are
compared with the font before anything is drawn, and mathematics is set in the same font: matplotlib sets even the
words of a line in the font of mathematics once the line has a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

from matplotlib import font_manager
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.textpath import TextToPath

from gamebook.errors import InputError

FILE = Path(__file__).parent / "fonts" / "GamebookSansSC-Regular.ttf"
FAMILY = "Gamebook Sans SC"
"""Characters of GB 2312, Latin, Greek and mathematical signs; other fonts step in only for what it lacks."""
OTHERS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "SimSun",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "DejaVu Sans",
)
ITALIC_CAPITAL, ITALIC_SMALL, ITALIC_H = 0x1D434, 0x1D44E, "ℎ"
DOLLAR = "\x01"  # stands for an escaped dollar sign while a text is taken apart
FORMULA = re.compile(r"(?<!\\)\$[^$]*\$")  # made by ``variable``, of letters that the shipped font has
# Formulas and words stay whole; Chinese may break anywhere but before punctuation that closes and after such as opens.
PIECES = re.compile(
    r"""\$[^$]*\$[^\s$\u3000-\u9fff\uff00-\uffef]*[，。；：、）]*\s*
    | [（《“]*[\u3000-\u9fff\uff00-\uffef][，。；：、）》”]*\s*
    | [^\s$\u3000-\u9fff\uff00-\uffef]+[，。；：、）]*\s*
    | \s+
    | .""",
    re.VERBOSE,
)


@cache
def register() -> str:
    """Make the font known to matplotlib, once; return its family."""
    font_manager.fontManager.addfont(FILE)
    return FAMILY


@cache
def characters(file: Path = FILE) -> frozenset[str]:
    """All characters that a font file has."""
    return frozenset(map(chr, FT2Font(str(file)).get_charmap()))


def missing(texts: Iterable[str], file: Path = FILE) -> str:
    """Characters of the texts that the font lacks, in order and each once."""
    known = characters(file) | {"\n"}
    return "".join(dict.fromkeys(c for words in texts for c in words if c not in known))


def family_for(texts: Iterable[str]) -> str:
    """Family that has every character of the texts, formulas apart: the shipped one, else one of this machine.

    Raises
    ------
    InputError
        If no font here has them all.

    Examples
    --------
    >>> family_for(["演化博弈", "evolutionary game"])
    'Gamebook Sans SC'
    """
    texts = tuple(FORMULA.sub("", words) for words in texts)
    family, lacking = register(), missing(texts)
    if not lacking:
        return family
    files = {font.name: Path(font.fname) for font in font_manager.fontManager.ttflist if font.style == "normal"}
    for other in OTHERS:
        if other in files and not missing(texts, files[other]):
            return other
    raise InputError("figure.characters", characters=lacking, fonts=", ".join(OTHERS[:5]))


def plain(words: str) -> str:
    """Words of a page on one line, so that none of them is taken for mathematics."""
    return " ".join(words.split()).replace("$", r"\$")


def variable(symbol: str) -> str:
    r"""Set a symbol as journals do: the letter in italics, what stands after the underscore below it and upright.

    Examples
    --------
    >>> variable("x_G")
    '$\\mathit{𝑥}_{\\mathrm{G}}$'
    """
    letter, _, below = symbol.partition("_")
    main = rf"\mathit{{{''.join(map(_italic, letter))}}}" if letter else ""
    low = below.replace("_", r"\_")
    return f"${main}_{{\\mathrm{{{low}}}}}$" if below else f"${main}$"


def _italic(letter: str) -> str:
    if letter == "h":
        return ITALIC_H
    if "A" <= letter <= "Z":
        return chr(ITALIC_CAPITAL + ord(letter) - ord("A"))
    if "a" <= letter <= "z":
        return chr(ITALIC_SMALL + ord(letter) - ord("a"))
    return letter


@lru_cache(maxsize=4096)
def width_of(words: str, size: float, family: str) -> float:
    """Width in points of one line; formulas stand between dollar signs."""
    font = FontProperties(family=family, size=size)
    total = 0.0
    for position, part in enumerate(re.split(r"(?<!\\)\$", words)):
        if part:
            shown = f"${part}$" if position % 2 else part.replace(r"\$", "$")
            total += TextToPath().get_text_width_height_descent(shown, font, ismath=bool(position % 2))[0]
    return total


def wrapped(words: str, points: float, size: float, family: str) -> str:
    """Break a text into lines of at most a width, between words or Chinese characters.

    A word breaks only if it is longer than a line; a formula never does.
    """
    lines, line, used = [], "", 0.0
    for piece in _pieces(words, points, size, family):
        width = width_of(piece.rstrip(), size, family)
        if line and used + width > points:
            lines.append(line.rstrip())
            line, used = "", 0.0
        line += piece
        used += width_of(piece, size, family)
    return "\n".join([*lines, line.rstrip()])


def _pieces(words: str, points: float, size: float, family: str) -> Iterator[str]:
    """Parts of a text between which a line may end."""
    for found in PIECES.findall(words.replace(r"\$", DOLLAR)):
        piece = found.replace(DOLLAR, r"\$")
        if FORMULA.search(piece) or width_of(piece.rstrip(), size, family) <= points:
            yield piece
        else:
            yield from (character.replace(DOLLAR, r"\$") for character in found)
