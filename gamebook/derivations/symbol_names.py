"""How symbols are written in print and in code, without two things under one name.

The paper's own letters come first: shares x, y, z, u, the velocity F, points and expected payoffs E, advantages D,
eigenvalues λ, the Jacobian J, time t, and e and i. A parameter that is printed like one of them gets a tilde, and the
derivation prints the map of what was renamed.
"""

from __future__ import annotations

import itertools
import keyword
import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import sympy

from gamebook.derivations.payoff_cells import Part, PayoffCells
from gamebook.errors import InputError
from payoffs.formula_symbols import symbol
from payoffs.page_fields import FUND_INFLOW

_GREEK = """
alpha beta gamma delta epsilon varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon
phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
"""
GREEK = frozenset(_GREEK.split())
SHARES = ("x", "y", "z", "u", "v", "w")
CONSTANTS = ("e", "i", "j", r"\pi", r"\mathrm{e}", "t", "F", "J", "G")
_MEANS_SOMETHING = """
i j e pi inf nan eps beta gamma I E N O Q S C p t s np numpy sympy ans end function rhs jacobian lambda plot
figure Matrix symbols Rational simplify zeros ones print min max exp log sqrt abs sum len range
"""
_IN_PROGRAMS = """
D F J Symbol Max Min Piecewise Rational shares advantages slopes values product eigenvalues names start horizon options
times styles PARTIES SHARES START HORIZON PARAMETERS
"""
IN_CODE = frozenset(keyword.kwlist) | frozenset(_IN_PROGRAMS.split()) | frozenset(_MEANS_SOMETHING.split())
MARKS = ("tilde", "hat", "check", "breve")
SHARE_NAME = re.compile(r"[A-Za-z](_?[0-9A-Za-z]{1,3})?")


@dataclass(frozen=True, slots=True)
class Renamed:
    """A parameter that is printed otherwise than its page says, because the letter stands for something else."""

    symbol: str
    wanted: str
    latex: str
    clash: str


@dataclass(frozen=True, slots=True, eq=False)
class SymbolNames:
    """How every symbol is written.

    Attributes
    ----------
    shares : names of the shares
    latex, code : for every symbol of the formulas
    rank : the place of a symbol in the order in which terms and factors are written
    renamed : the map to print
    short : the letter for short names of payoff cells
    """

    shares: tuple[str, ...]
    latex: Mapping[sympy.Symbol, str]
    code: Mapping[sympy.Symbol, str]
    rank: Mapping[sympy.Symbol, int]
    renamed: tuple[Renamed, ...]
    short: str


def share_names(wanted: Sequence[str] | None, n: int, parameters: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the shares: those wanted, else x, y, z, u.

    Raises
    ------
    InputError
        not one name for each party, the same twice, no name, or the symbol of a parameter

    Examples
    --------
    >>> share_names(None, 4, []), share_names(["p", "q"], 2, []), share_names(None, 2, ["y"])
    (('x', 'y', 'z', 'u'), ('p', 'q'), ('x', 'z'))
    """
    if wanted is None:
        free = [name for name in SHARES if name not in set(parameters)]
        return tuple(free[:n]) if n <= len(free) else tuple(f"x_{player}" for player in range(1, n + 1))
    names = tuple(name.strip() for name in wanted)
    if len(names) != n or len(set(names)) != n:
        raise InputError("derive.symbols", given=", ".join(names), count=n, example=",".join(SHARES[: min(n, 6)]))
    for name in names:
        if not SHARE_NAME.fullmatch(name) or name in ("t", "e", "i", "j", "F", "J", "D", "E"):
            raise InputError("derive.symbol_name", name=name)
        if name in set(parameters):
            raise InputError("derive.symbol_taken", name=name)
    return names


def strategy_share_names(
    wanted: Sequence[str] | None, shape: Sequence[int], parameters: Collection[str]
) -> tuple[tuple[str, ...], ...]:
    """Return the names of the shares of all strategies: a letter for each party, numbered.

    Raises
    ------
    InputError
        not one letter for each party, or a name that is the symbol of a parameter

    Examples
    --------
    >>> strategy_share_names(None, [3, 2], ["x"])
    (('y_1', 'y_2', 'y_3'), ('z_1', 'z_2'))
    """
    letters = wanted or [
        letter for letter in (*SHARES, *"abcdghklmnopqrs")
        if letter not in parameters and not any(f"{letter}_{k}" in parameters for k in range(1, max(shape) + 1))
    ][: len(shape)]  # fmt: skip
    letters = share_names(letters, len(shape), parameters)
    for name in letters:
        if not name.isalpha():
            raise InputError("derive.symbol_letter", name=name)
    found = tuple(
        tuple(f"{letter}_{number}" for number in range(1, count + 1))
        for letter, count in zip(letters, shape, strict=True)
    )
    for name in itertools.chain(*found):
        if name in parameters:
            raise InputError("derive.symbol_taken", name=name)
    return found


def symbol_names(cells: PayoffCells, shares: Sequence[str]) -> SymbolNames:
    """Decide how every symbol of a game is written."""
    game = cells.game
    reserved = _reserved(game.shape)
    latex: dict[sympy.Symbol, str] = {symbol(name): share_latex(name) for name in shares}
    taken = {compact(text): f"${share_latex(name)}$" for name, text in zip(shares, latex.values(), strict=True)}
    renamed = []
    for name in cells.symbolic:
        wanted = parameter_latex(name, game.parameters[name].latex)
        clash = reserved.get(compact(wanted)) or taken.get(compact(wanted))
        found = wanted
        if clash is not None:
            found = next(
                mark for mark in (_marked(wanted, accent) for accent in MARKS)
                if compact(mark) not in reserved and compact(mark) not in taken
            )
            renamed.append(Renamed(name, wanted, found, clash))
        latex[symbol(name)] = found
        taken[compact(found)] = f"${found}$"
    bases = _quantity_names(cells, latex, set(taken) | set(reserved))
    printed = [latex[symbol(name)] for name in shares]
    for part in cells.parts:
        latex[part.symbol] = part_latex(bases[part.quantity], part, printed)
    short = next(letter for letter in (r"\Pi", "U", r"\Psi", "W", "Q") if not _letter_used(letter, latex.values()))
    order = [*(symbol(name) for name in cells.symbolic), *(part.symbol for part in cells.parts)]
    order += [symbol(name) for name in shares]
    rank = {name: place for place, name in enumerate(order)}
    return SymbolNames(tuple(shares), latex, _code_names(cells, shares), rank, tuple(renamed), short)


def _reserved(shape: Sequence[int]) -> dict[str, str]:
    """Return what the paper's own letters are, in the form in which symbols are compared."""
    found = {compact(text): f"${text}$" for text in CONSTANTS}
    n, most = len(shape), max(shape)
    point = "E" if most == 2 else "P"
    for number in range(1, max(math.prod(shape), n) + 1):
        found[compact(f"{point}_{number}")] = f"${point}_{{{number}}}$"
    for player in range(1, n + 1):
        for letter in ("D", r"\lambda"):
            found[compact(f"{letter}_{player}")] = f"${letter}_{player}$"
        for own in range(1, most + 1):
            for letter in ("E", "D") if most > 2 else ("E",):
                found[compact(f"{letter}_{{{player}{own}}}")] = f"${letter}_{{{player}{own}}}$"
    return found


def compact(text: str) -> str:
    """Return LaTeX without braces and spaces: ``E_{1}`` and ``E_1`` print alike."""
    return re.sub(r"[{}\s]", "", text)


def parameter_latex(name: str, given: str) -> str:
    r"""Return how a parameter is printed: as its page says, or made from its name where the page says nothing.

    Examples
    --------
    >>> parameter_latex("C1", "C1"), parameter_latex("mu_I", "mu_I"), parameter_latex("cap", r"\mathit{cap}")
    ('C_1', '\\mu_I', '\\mathit{cap}')
    """
    return given if given and given != name else share_latex(name)


def share_latex(name: str) -> str:
    r"""Return a name as a formula: letters, then digits or what follows an underscore as a subscript.

    Examples
    --------
    >>> share_latex("x"), share_latex("x_G"), share_latex("theta12"), share_latex("rate_low")
    ('x', 'x_G', '\\theta_{12}', '\\mathit{rate}_{\\mathit{low}}')
    """
    found = re.fullmatch(r"([A-Za-z]+)_?(.*)", name)
    if found is None:
        return rf"\mathit{{{name.replace('_', chr(92) + '_')}}}"
    base, below = _word(found[1]), found[2].strip("_").replace("_", ",")
    if not below:
        return base
    below = below if len(below) == 1 else f"{{{_word(below) if below.isalpha() else below}}}"
    return f"{base}_{below}"


def _word(letters: str) -> str:
    if letters in GREEK:
        return f"\\{letters}"
    return letters if len(letters) == 1 else rf"\mathit{{{letters}}}"


def _marked(latex: str, accent: str) -> str:
    base = re.match(r"\\?[A-Za-z]+(\{[^{}]*\})?", latex)
    head = base[0] if base else latex
    return rf"\{accent}{{{head}}}{latex[len(head):]}"


def _letter_used(letter: str, written: Iterable[str]) -> bool:
    return any(re.match(re.escape(letter) + r"(?![A-Za-z])", text.lstrip("{")) for text in written)


def _quantity_names(
    cells: PayoffCells, latex: Mapping[sympy.Symbol, str], taken: set[str]
) -> dict[str, str]:
    found = {}
    for name in dict.fromkeys(part.quantity for part in cells.parts):
        if name == FUND_INFLOW:
            found[name] = next(letter for letter in (r"\Phi", r"\Psi", r"\Omega") if compact(letter) not in taken)
            continue
        if name in cells.game.parameters:
            found[name] = latex.get(symbol(name)) or parameter_latex(name, cells.game.parameters[name].latex)
            continue
        text = parameter_latex(name, cells.game.derived[name].latex)
        found[name] = share_latex(name) if re.search(r"[-+*/=]", text) else text
    return found


def part_latex(base: str, part: Part, shares: Sequence[str] = ()) -> str:
    """Return a part as its quantity with the strategies in a raised bracket, a dot where one does not matter.

    Shares on which it depends stand in the bracket too, with their values where these were put in.
    """
    digits = "".join(r"{\cdot}" if own is None else str(own) for own in part.pattern)
    words = [] if part.shares and not any(own is not None for own in part.pattern) else [digits]
    if part.at:
        words.append(",".join(f"{shares[place]}={own}" for place, own in zip(part.shares, part.at, strict=True)))
    elif part.shares:
        words.append(",".join(shares[place] for place in part.shares))
    raised = f"^{{({';'.join(words)})}}"
    return f"{{{base}}}{raised}" if re.search(r"['^]", base) else f"{base}{raised}"


def _code_names(cells: PayoffCells, shares: Sequence[str]) -> dict[sympy.Symbol, str]:
    """Return identifiers that mean nothing else in Python, MATLAB and sympy."""
    found: dict[sympy.Symbol, str] = {}
    taken = set(IN_CODE)
    names = [(symbol(name), name) for name in (*shares, *cells.symbolic)]
    names += [(part.symbol, re.sub(r"[^A-Za-z0-9_]", "_", part.symbol.name.rstrip("]"))) for part in cells.parts]
    for key, wanted in names:
        name = wanted
        while name in taken:
            name += "_"
        taken.add(name)
        found[key] = name
    return found
