"""Words and symbols that all sections share: names of parties, points and advantages in one language."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from fractions import Fraction

import sympy

from gamebook.derivations.comparative_statics import rounded
from gamebook.derivations.derivation import Derivation, DerivedGame
from gamebook.derivations.document import Writer
from gamebook.derivations.formula_writer import BREAK, LATEX, OTHERWISE, FormulaWriter, broken, plain, width
from gamebook.derivations.inequalities import Inequality
from gamebook.derivations.payoff_cells import Profile
from gamebook.derivations.pure_points import PurePoint
from gamebook.derivations.signs import Sign
from gamebook.texts import text, unit_text
from payoffs.formula_symbols import symbol
from payoffs.texts import Text

LINE = 58.0  # letters of a displayed line
WIDE_PAYOFF = {2: 40.0, 3: 34.0}  # letters of a payoff above which cells get short names; 22 for more parties
WIDE_EQUATION = 150.0  # letters of an advantage above which its coefficients get names
MARKS = {"+": "+", "-": "−", "0": "0", "x": "×"}


class BaseWording(ABC):
    """Says things of one derivation in one language."""

    derivation: DerivedGame

    def __init__(self, derivation: DerivedGame, lang: str) -> None:
        self.derivation = derivation
        self.lang = lang
        self.writer = FormulaWriter(derivation.names, LATEX)
        self.shares = [self.writer.symbols[symbol(name)] for name in derivation.names.shares]

    @property
    @abstractmethod
    def short_payoffs(self) -> bool:
        """Whether payoffs are too wide for the cells of a table, which then get short names."""

    @abstractmethod
    def margin(self, player: int, profile: Profile, other: int) -> str:
        """Return what a party loses at a pure profile by turning to another strategy, by its name in LaTeX."""

    def t(self, code: str, **fields: object) -> str:
        """Return a text of the catalogue; formulas that touch become one."""
        return text(code, self.lang, **fields).replace("$$", "")

    def say(self, words: Text) -> str:
        """Return a text of a page, with what LaTeX would take for a formula made harmless."""
        return words.in_language(self.lang).replace("$", "＄")

    def unit(self, unit: str) -> str:
        """Return a unit."""
        return unit_text(unit, self.lang)

    def join(self, parts: Sequence[str]) -> str:
        """Return a list in words."""
        if self.lang == "zh":
            return "、".join(parts)
        return ", ".join(parts[:-1]) + (" and " if len(parts) > 1 else "") + parts[-1] if parts else ""

    def f(self, formula: sympy.Expr) -> str:
        """Return a formula within text."""
        return f"${self.tex(formula)}$"

    def tex(self, formula: sympy.Expr) -> str:
        """Return a formula in LaTeX, with marks for breaks."""
        found = self.writer.write(formula)
        return found.replace(OTHERWISE, rf"\text{{{self.t('derivation.otherwise')}}}")

    def party(self, player: int) -> str:
        """Return the name of a party."""
        return self.say(self.derivation.game.parties[player].name)

    def strategy(self, player: int, own: int) -> str:
        """Return the name of a strategy."""
        return self.say(self.derivation.game.parties[player].strategies[own].name)

    def playing(self, player: int, own: int) -> str:
        """Say that a party plays a strategy."""
        return self.t("derivation.playing", party=self.party(player), strategy=self.strategy(player, own))

    def point(self, point: PurePoint, *, bare: bool = False) -> str:
        """Return a pure point: E_k with its shares."""
        shares = "" if bare else f"({','.join(map(str, point.profile))})"
        return f"$E_{{{point.number}}}{shares}$"

    def number(self, value: Fraction | float | None) -> str:
        """Return a number as a formula within text."""
        if value is None or (isinstance(value, float) and not math.isfinite(value)):
            return "—"
        shown = rounded(value)
        if "e" in shown:
            digits, _, power = shown.partition("e")
            return rf"${digits}\times 10^{{{int(power)}}}$"
        return f"${shown}$"

    def exact(self, value: sympy.Expr) -> str:
        """Return an exact number, with roots and the imaginary unit, as a formula within text."""
        return f"${exact_latex(value)}$"

    def complex(self, value: complex) -> str:
        """Return a complex number in decimals."""
        real, imaginary = rounded(value.real), rounded(abs(value.imag))
        if imaginary == "0":
            return self.number(value.real)
        whole = "" if real == "0" else real
        sign = "-" if value.imag < 0 else "+" if whole else ""
        return f"${whole}{sign}{imaginary}\\mathrm{{i}}$"

    def mark(self, sign: Sign) -> str:
        """Return the mark of a sign; a sign alone is no formula."""
        return MARKS[sign.mark]

    def inequality(self, condition: Inequality) -> str:
        """Return a condition within text."""
        return f"${self.tex(condition.left)}{BREAK}>{self.tex(condition.right)}$"

    def numbered(self, kind: str, number: int | None) -> str:
        """Refer to a table, an equation, a point or a case by its number."""
        return self.t(f"derivation.ref.{kind}", number=number)

    def equation(self, out: Writer, left: str, formula: sympy.Expr | str, *, numbered: bool = True) -> int | None:
        """Add an equation, broken into lines."""
        right = formula if isinstance(formula, str) else self.tex(formula)
        return out.equation(left, broken(right, LINE - width(left)), numbered=numbered)

    def relation(self, out: Writer, condition: Inequality, *, numbered: bool = True) -> int | None:
        """Add an inequality, broken into lines."""
        left = broken(self.tex(condition.left), LINE)
        right = broken(f">{self.tex(condition.right)}", LINE)
        if width(left[-1]) + width(right[0]) < LINE and len(left) == 1:
            left, right = [left[0] + right[0]], right[1:]
        return out.equation("", [*map(plain, left), *map(plain, right)], numbered=numbered)



class Wording(BaseWording):
    """Says things of a derivation with two strategies each."""

    derivation: Derivation

    def __init__(self, derivation: Derivation, lang: str) -> None:
        super().__init__(derivation, lang)
        game = derivation.game
        payoffs = [payoff for cell in derivation.cells.cells.values() for payoff in cell]
        most = max(width(self.writer.write(payoff)) for payoff in payoffs)
        self._short_payoffs = most > WIDE_PAYOFF.get(game.n, 22.0) or game.n > 4
        widths = [
            sum(width(self.writer.write(part)) for part in of.values()) for of in derivation.field.coefficients
        ]
        self.short_coefficients = max(widths) > WIDE_EQUATION
        self.short_values = self.short_coefficients

    @property
    def short_payoffs(self) -> bool:
        """Whether payoffs are too wide for the cells of a table, which then get short names."""
        return self._short_payoffs

    def margin(self, player: int, profile: Profile, other: int) -> str:
        """Return what a party loses at a pure profile by turning to the other strategy, in LaTeX."""
        value = self.advantage_at(player, profile)
        return f"${value}$" if profile[player] else f"$-{value}$"

    def advantage(self, player: int) -> str:
        """Return D_i with the shares that it may depend on, in LaTeX."""
        others = ",".join(self.shares[other] for other in self.derivation.field.reach[player])
        return f"D_{player + 1}({others})"

    def advantage_at(self, player: int, profile: Profile) -> str:
        """Return D_i at a pure point, in LaTeX."""
        others = ",".join(str(profile[other]) for other in self.derivation.field.reach[player])
        return f"D_{player + 1}({others})"


def exact_latex(value: sympy.Expr) -> str:
    r"""Return an exact number in LaTeX: the real part first, the imaginary unit upright.

    Examples
    --------
    >>> exact_latex(sympy.Rational(-4, 5) + 4 * sympy.sqrt(2) * sympy.I / 5)
    '-\\frac{4}{5}+\\frac{4\\sqrt{2}}{5}\\mathrm{i}'
    """
    real, imaginary = value.as_real_imag()
    whole = "" if real == 0 and imaginary != 0 else _real(real)
    if imaginary == 0:
        return whole
    size = abs(imaginary)
    sign = "-" if imaginary < 0 else "+" if whole else ""
    return f"{whole}{sign}{'' if size == 1 else _real(size)}\\mathrm{{i}}"


def _real(number: sympy.Expr) -> str:
    return str(sympy.latex(number)).replace("- ", "-").replace(r" \sqrt", r"\sqrt")
