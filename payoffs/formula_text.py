"""Checks on the text of a formula before it is parsed: its characters, its numbers, its words, its length.

What passes is a short line of ASCII numbers, names, operators and parentheses, nested within a bound. Strings,
subscripts, attributes, assignments and comments do not pass, so :func:`ast.parse` sees only harmless text.
"""

from __future__ import annotations

import keyword
import re
import unicodedata
from fractions import Fraction

from payoffs.errors import Fault, PageError, message
from payoffs.texts import Text

MOST_CHARACTERS = 10_000
MOST_TOKENS = 2_000
MOST_PARENTHESES = 50  # open at once
MOST_NESTED = 100  # levels of the tree: a pair of parentheses often makes two
LONGEST_NAME = 40
LARGEST_NUMBER = Fraction(10) ** 30
SMALLEST_NUMBER = 1 / LARGEST_NUMBER
_LONGEST_NUMBER = 40
FUNCTIONS = {"min": (2, 20), "max": (2, 20), "exp": (1, 1), "log": (1, 1), "sqrt": (1, 1)}  # fewest, most arguments
_WORDS = frozenset({"if", "else", "and", "or", "not"})
# Written out where NFKC or a look tells what was meant.
_MEANT = {"^": "**", "×": "*", "·": "*", "⋅": "*", "÷": "/", "−": "-", "–": "-", "≤": "<=", "≥": ">=", "≠": "!="}
_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<operator>\*\*|<=|>=|==|!=|[-+*/()<>,])|(?P<other>.)",
    re.DOTALL,
)


def checked(text: str) -> str:
    """Return the text as one line without outer blanks.

    Raises
    ------
    PageError
        it is empty or too long, nested too deeply, or has a character, number or word that formulas do not know
    """
    if len(text) > MOST_CHARACTERS:
        raise PageError([Fault("formula.too_long", {"length": len(text), "most": MOST_CHARACTERS})])
    line = re.sub(r"\s", " ", text).strip()
    if not line:
        raise PageError([Fault("formula.empty")])
    _check_tokens(line)
    return line


def number(text: str) -> Fraction:
    """Return the exact value of a decimal number as written.

    Raises
    ------
    PageError
        it is not a plain decimal number, is too long, or lies outside 1e-30 to 1e30

    Examples
    --------
    >>> number("0.1"), number("2.5e-3")
    (Fraction(1, 10), Fraction(1, 400))
    """
    mantissa, _, exponent = text.lower().partition("e")
    too_long = len(mantissa) > _LONGEST_NUMBER or len(exponent) > 5
    value = Fraction(0) if too_long else Fraction(text)
    if too_long or (value and not SMALLEST_NUMBER <= value <= LARGEST_NUMBER):
        raise PageError([Fault("formula.number", {"number": text})])
    return value


def _check_tokens(line: str) -> None:
    depth = tokens = 0
    before = ""
    for found in _TOKEN.finditer(line):
        kind, token = str(found.lastgroup), found.group()
        if kind == "other":
            raise PageError([_stray_character(token, found.start() + 1)])
        if kind == "number":
            number(token)
        if kind == "name":
            _check_word(token, before, found.start() + 1)
        depth += (token == "(") - (token == ")")
        tokens += kind != "space"
        before = kind
        if depth > MOST_PARENTHESES:
            raise PageError([Fault("formula.too_deep", {"most": MOST_PARENTHESES})])
    if tokens > MOST_TOKENS:
        raise PageError([Fault("formula.too_many_parts", {"parts": tokens, "most": MOST_TOKENS})])


def _check_word(word: str, before: str, column: int) -> None:
    if before == "number":
        raise PageError([Fault("formula.number_then_name", {"name": word, "column": column})])
    if len(word) > LONGEST_NAME:
        raise PageError([Fault("formula.name_too_long", {"name": word, "most": LONGEST_NAME})])
    if keyword.iskeyword(word) and word not in _WORDS:
        raise PageError([Fault("formula.word", {"word": word, "column": column})])


def _stray_character(character: str, column: int) -> Fault:
    plain = unicodedata.normalize("NFKC", character)
    meant = _MEANT.get(character) or (plain if plain != character and plain.isascii() and plain.strip() else "")
    hint = message("hint.write", text=meant) if meant else Text("", "")
    return Fault("formula.character", {"character": character, "column": column, "hint": hint})
