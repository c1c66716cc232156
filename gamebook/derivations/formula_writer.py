"""Formulas as people write them, in LaTeX and in program code: one order of terms and factors for all.

What is added stands before what is subtracted, parameters stand in the order of the pages, shares come last, and a
bracket that reads better with its sign changed is turned round. LaTeX carries marks at which a long formula may be
broken; :func:`plain` removes them and :func:`broken` uses them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import sympy

from gamebook.derivations.evaluation import fraction
from gamebook.derivations.inequalities import bracket_reads_negative, reads_negative
from gamebook.derivations.symbol_names import SymbolNames

BREAK = "\x1f"  # before a plus, minus or relation where a line may end
MOST_FRACTION = 34.0  # letters of a numerator
OTHERWISE = r"\text{otherwise}"
DECIMALS = 6  # a number with more stays a fraction


@dataclass(frozen=True, slots=True)
class Style:
    """How operations are spelt.

    Attributes
    ----------
    product, power : between factors, and before an exponent
    divide : numerator and denominator to a quotient
    call : name of a function and its arguments to a call
    minus, plus : with their spaces
    number : an exact number that is not whole
    code : whether it is program text, in round brackets and without marks for breaks
    """

    product: str
    power: str
    divide: Callable[[str, str], str]
    call: Callable[[str, list[str]], str]
    number: Callable[[Fraction], str]
    code: bool


def decimal(value: Fraction) -> str | None:
    """Return a number in decimals if that is exact and short.

    Examples
    --------
    >>> decimal(Fraction(3, 20)), decimal(Fraction(1, 3))
    ('0.15', None)
    """
    for digits in range(DECIMALS + 1):
        scaled = value * 10**digits
        if scaled.denominator == 1:
            return f"{float(value):.{digits}f}"
    return None


def _latex_number(value: Fraction) -> str:
    return decimal(value) or rf"\frac{{{value.numerator}}}{{{value.denominator}}}"


def _latex_call(name: str, arguments: list[str]) -> str:
    if name in ("min", "max"):
        return rf"\{name}\{{{', '.join(map(plain, arguments))}\}}"
    if name == "sqrt":
        return rf"\sqrt{{{plain(arguments[0])}}}"
    return rf"\{'ln' if name == 'log' else name}({plain(arguments[0])})"


def _code_call(names: Mapping[str, str]) -> Callable[[str, list[str]], str]:
    def call(name: str, arguments: list[str]) -> str:
        if name in ("min", "max") and len(arguments) > 2:
            return call(name, [arguments[0], call(name, arguments[1:])])
        return f"{names.get(name, name)}({', '.join(arguments)})"

    return call


def _code_number(value: Fraction) -> str:
    return decimal(value) or f"({value.numerator}/{value.denominator})"


LATEX = Style(
    "", "^", lambda top, below: rf"\frac{{{plain(top)}}}{{{plain(below)}}}", _latex_call, _latex_number, False
)  # fmt: skip
PYTHON = Style(
    "*", "**", lambda top, below: f"{top}/{below}",
    _code_call({"min": "np.minimum", "max": "np.maximum", "exp": "np.exp", "log": "np.log", "sqrt": "np.sqrt"}),
    _code_number, True,
)  # fmt: skip
MATLAB = Style("*", "^", lambda top, below: f"{top}/{below}", _code_call({}), _code_number, True)
SYMPY = Style(
    "*", "**", lambda top, below: f"{top}/{below}", _code_call({"min": "Min", "max": "Max"}),
    lambda value: f"Rational({value.numerator}, {value.denominator})", True,
)  # fmt: skip


def plain(text: str) -> str:
    """Return LaTeX without the marks for breaks."""
    return text.replace(BREAK, "")


class FormulaWriter:
    """Writes formulas in one style with the names of one derivation."""

    def __init__(self, names: SymbolNames, style: Style, symbols: Mapping[sympy.Symbol, str] | None = None) -> None:
        self.style = style
        self.symbols = symbols or (names.code if style.code else names.latex)
        self.rank = names.rank
        self.shares = {symbol for symbol in names.latex if symbol.name in names.shares}

    def write(self, formula: sympy.Expr) -> str:
        """Return a formula; LaTeX with marks at which it may be broken."""
        if formula.is_Add:
            return self._sum(formula)
        if isinstance(formula, sympy.Piecewise):
            return self._choice(formula)
        negative, text = self._term(formula)
        return f"-{text}" if negative else text

    def terms(self, formula: sympy.Expr) -> list[sympy.Expr]:
        """Return the terms of a sum in the order in which they are written."""
        return sorted(sympy.Add.make_args(formula), key=self._term_key)

    def _sum(self, formula: sympy.Expr) -> str:
        result = ""
        for term in self.terms(formula):
            negative, text = self._term(term)
            if not result:
                result = f"-{text}" if negative else text
            elif self.style.code:
                result += f" {'-' if negative else '+'} {text}"
            else:
                result += f"{BREAK}{'-' if negative else '+'}{text}"
        return result

    def _term_key(self, term: sympy.Expr) -> tuple[object, ...]:
        places = sorted(self.rank.get(name, len(self.rank)) for name in term.free_symbols & self.shares)
        others = sorted(self.rank.get(name, len(self.rank)) for name in term.free_symbols - self.shares)
        number_first = not term.free_symbols
        return (len(places), places, reads_negative(term), not number_first, others, str(term))

    def _term(self, term: sympy.Expr) -> tuple[bool, str]:
        """Return whether a term is subtracted, and its text without sign."""
        negative = False
        number = Fraction(1)
        above: list[sympy.Expr] = []
        below: list[sympy.Expr] = []
        for factor in sympy.Mul.make_args(term):
            if factor.is_Rational:
                number *= fraction(factor)
            elif factor.is_Pow and factor.exp.is_Rational and factor.exp < 0:
                turned, base = self._turned(factor.base)
                negative ^= turned and bool(factor.exp % 2 == 1)
                below.append(base if factor.exp == -1 else base ** (-factor.exp))
            else:
                turned, factor_ = self._turned(factor)
                negative ^= turned
                above.append(factor_)
        if number < 0:
            negative, number = not negative, -number
        sums = [factor for factor in above if factor.is_Add]
        if negative and below and len(sums) == 1:
            # A minus before a fraction reads better within its numerator.
            above[above.index(sums[0])] = sympy.Add(*(-part for part in sums[0].args))
            negative = False
        return negative, self._quotient(number, above, below)

    def _turned(self, factor: sympy.Expr) -> tuple[bool, sympy.Expr]:
        """Return a bracket with its sign changed if it reads better so."""
        if factor.is_Add and bracket_reads_negative(factor):
            return True, sympy.Add(*(-term for term in factor.args))
        return False, factor

    def _quotient(self, number: Fraction, above: list[sympy.Expr], below: list[sympy.Expr]) -> str:
        if not below:
            return self._product(number, above)
        top = self._product(Fraction(number.numerator), above)
        bottom = self._product(Fraction(number.denominator), below)
        if self.style.code:
            alone = len(below) == 1 and number.denominator == 1 and not below[0].is_Add
            return self.style.divide(top, bottom if alone else f"({bottom})")
        # The bar groups what it covers: no brackets around a single sum.
        if number.numerator == 1 and len(above) == 1 and above[0].is_Add:
            top = self._sum(above[0])
        if number.denominator == 1 and len(below) == 1 and below[0].is_Add:
            bottom = self._sum(below[0])
        if width(top) > MOST_FRACTION:
            # A long numerator stands on the line, where it can be broken.
            return f"[{top}]/" + (bottom if re.fullmatch(r"[^-+]*", plain(bottom)) else f"({bottom})")
        return self.style.divide(top, bottom)

    def _product(self, number: Fraction, factors: list[sympy.Expr]) -> str:
        texts = [self._factor(factor) for factor in sorted(factors, key=self._factor_key)]
        if number != 1 or not texts:
            texts.insert(0, str(number.numerator) if number.denominator == 1 else self.style.number(number))
        return self.style.product.join(texts) if self.style.code else _juxtaposed(texts)

    def _factor_key(self, factor: sympy.Expr) -> tuple[object, ...]:
        only_shares = bool(factor.free_symbols) and factor.free_symbols <= self.shares
        kind = 1 if factor.is_Add else 2 if not (factor.is_Symbol or factor.is_Pow) else 0
        places = sorted(self.rank.get(name, len(self.rank)) for name in factor.free_symbols)
        return (only_shares, places if only_shares else kind, kind if only_shares else places, str(factor))

    def _factor(self, factor: sympy.Expr) -> str:
        if factor.is_Symbol:
            return self.symbols[factor]
        if factor.is_Add:
            return self._bracket(self._sum(factor))
        if factor.is_Pow:
            return self._power(factor)
        for kind, name in ((sympy.Min, "min"), (sympy.Max, "max"), (sympy.exp, "exp"), (sympy.log, "log")):
            if isinstance(factor, kind):
                arguments = sorted(factor.args, key=self._term_key)
                return self.style.call(name, [self.write(argument) for argument in arguments])
        return self._bracket(self.write(factor))

    def _power(self, factor: sympy.Expr) -> str:
        if factor.exp == sympy.Rational(1, 2):
            return self.style.call("sqrt", [self.write(factor.base)])
        turned, positive = self._turned(factor.base)
        base = self._factor(positive if turned and factor.exp.is_even else factor.base)
        exponent = fraction(factor.exp)
        if self.style.code:
            whole = exponent.denominator == 1
            return f"{base}{self.style.power}{exponent.numerator if whole else f'({exponent})'}"
        base = f"({base})" if "^" in base and not base.endswith((")", "]")) else base
        return f"{base}^{{{exponent}}}"

    def _bracket(self, text: str) -> str:
        if self.style.code:
            return f"({text})"
        bare = re.sub(r"\^\{\([^)]*\)\}", "", text)
        if "[" in bare:
            return rf"\{{{text}\}}"
        return f"[{text}]" if "(" in bare else f"({text})"

    def _choice(self, formula: sympy.Piecewise) -> str:
        parts = [(self.write(part), self._test(test)) for part, test in formula.args]
        if self.style is LATEX:
            rows = r" \\ ".join(rf"{plain(part)}, & {test}" for part, test in parts)
            return rf"\begin{{cases}}{rows}\end{{cases}}"
        if self.style is SYMPY:
            return f"Piecewise({', '.join(f'({part}, {test})' for part, test in parts)})"
        # A sum of (value times truth) reads the same in Python and MATLAB.
        result: list[str] = []
        before: list[str] = []
        for (part, test), (_, condition) in zip(parts, formula.args, strict=True):
            met = [f"({test})"] if condition != sympy.true else []
            unmet = [f"(1 - ({earlier}))" for earlier in before]
            result.append("*".join([f"({part})", *met, *unmet]))
            before.append(test)
        return " + ".join(result)

    def _test(self, test: sympy.logic.boolalg.Boolean) -> str:
        if test == sympy.true:
            return OTHERWISE if self.style is LATEX else "True"
        if isinstance(test, sympy.And | sympy.Or):
            word = {True: (r" \wedge ", "*"), False: (r" \vee ", "|")}[isinstance(test, sympy.And)]
            return word[self.style is not LATEX].join(f"({self._test(part)})" for part in test.args)
        sides = [plain(self.write(side)) for side in test.args]
        sign = {"<=": r"\le", ">=": r"\ge", "!=": r"\ne", "==": "="}.get(test.rel_op, test.rel_op)
        return f"{sides[0]} {sign if self.style is LATEX else test.rel_op} {sides[1]}"


def _juxtaposed(texts: list[str]) -> str:
    r"""Join factors in LaTeX; a command that ends in a letter is kept apart from a letter after it."""
    result = ""
    for text in texts:
        if re.search(r"\\[A-Za-z]+$", result) and re.match(r"[A-Za-z]", text):
            result += " "
        elif re.search(r"[0-9]$", result) and re.match(r"[0-9]|\\frac", text):
            result += r" \cdot "
        result += text
    return result


_SCRIPT = re.compile(r"[_^]\{([^{}]*)\}|[_^](\\[A-Za-z]+|.)")
_COMMAND = re.compile(r"\\([A-Za-z]+|.)")
_WORDLESS_COMMANDS = "mathit mathrm bar tilde hat check breve left right frac sqrt text begin end boldsymbol"
_WORDLESS = frozenset(_WORDLESS_COMMANDS.split())


def width(latex: str) -> float:
    r"""Estimate how wide a formula prints, in letters.

    Examples
    --------
    >>> width(r"\sigma V m^{(11\cdot1)}"), width("a_1-b")
    (6.9, 3.65)
    """
    text = plain(latex)
    total = 0.0
    scripts = 0.0
    found = _SCRIPT.search(text)
    while found:
        inner = found[1] if found[1] is not None else found[2]
        scripts += 0.65 * width(inner) if inner else 0.0
        text = text[: found.start()] + text[found.end() :]
        found = _SCRIPT.search(text)
    for command in _COMMAND.finditer(text):
        total += 0.0 if command[1] in _WORDLESS or not command[1][0].isalpha() else 1.0
    text = _COMMAND.sub("", text)
    total += sum(0.5 if letter == "," else 1.0 for letter in text if letter not in "{}& \n")
    if r"\frac" in latex:
        total *= 0.6
    return round(total + scripts, 2)


def balanced(latex: str) -> list[str]:
    """Return the pieces of a formula between the marks at which all brackets are closed; inner marks stay.

    Examples
    --------
    >>> [plain(piece) for piece in balanced(f"a{BREAK}+b(c{BREAK}+d){BREAK}-e")]
    ['a', '+b(c+d)', '-e']
    """
    pieces: list[str] = []
    depth = 0
    for part in latex.split(BREAK):
        if depth > 0:
            pieces[-1] += BREAK + part
        else:
            pieces.append(part)
        depth += open_brackets(part)
    return pieces


def open_brackets(latex: str) -> int:
    """Return how many more brackets a formula opens than it closes; those of raised profiles aside."""
    bare = re.sub(r"\^\{\([^)]*\)\}", "", latex)
    opened = sum(bare.count(sign) for sign in "([") + bare.count(r"\{")
    return opened - sum(bare.count(sign) for sign in ")]") - bare.count(r"\}")


def broken(latex: str, most: float) -> list[str]:
    """Return the lines of a formula that is broken so that none is wider than `most` if possible.

    Between terms where that is enough, within a bracket only where the bracket alone is too wide.
    """
    lines = [""]
    for piece in balanced(latex):
        if lines[-1] and width(lines[-1]) + width(piece) > most:
            lines.append("")
        if width(piece) <= most:
            lines[-1] += plain(piece)
            continue
        for part in piece.split(BREAK):
            if lines[-1] and width(lines[-1]) + width(part) > most:
                lines.append("")
            lines[-1] += part
    return lines
