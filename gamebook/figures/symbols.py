"""Symbols of parameters in figures, from the LaTeX of their pages, set as journals do: letters in italics."""

from __future__ import annotations

import re

from gamebook.figures import font
from payoffs.parameters import Parameter

GREEK = (
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi",
    "omicron", "pi", "rho", "varsigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
)  # fmt: skip
SAME_LETTER = {"varphi": "phi", "varepsilon": "epsilon", "vartheta": "theta", "varrho": "rho"}
"""Names of other forms of a letter; the font of the figures has one form each."""
ITALIC_ALPHA, ITALIC_CAPITAL_ALPHA = 0x1D6FC, 0x1D6E2
SIMPLE = re.compile(r"(\\[A-Za-z]+|[A-Za-z]+)(?:_(?:\{(?:\\mathrm\{|\\text\{)?([^{}\\]*)\}*|([A-Za-z0-9])))?")
"""A letter or a Greek letter by its name, with an index; other LaTeX is shown as the symbol of the page."""


def parameter_symbol(parameter: Parameter) -> str:
    r"""Symbol of a parameter as a formula for a figure.

    Examples
    --------
    >>> import gamebook
    >>> parameters = gamebook.load("digital-business").game.parameters
    >>> parameter_symbol(parameters["K1"])
    '$\\mathit{𝐾}_{\\mathrm{1}}$'
    >>> parameter_symbol(gamebook.load("farm-quality").game.parameters["lam"])
    '$\\mathit{𝜆}$'
    """
    found = SIMPLE.fullmatch(parameter.latex.strip())
    if found is None:
        return font.variable(parameter.symbol)
    letter, index = found[1], found[2] or found[3] or ""
    if not letter.startswith("\\"):
        return font.variable(f"{letter}_{index}" if index else letter)
    name = SAME_LETTER.get(letter[1:], letter[1:])
    if name == "ell":
        return rf"$\mathit{{ℓ}}_{{\mathrm{{{index}}}}}$" if index else r"$\mathit{ℓ}$"
    if name.lower() not in GREEK:
        return font.variable(parameter.symbol)
    first = ITALIC_ALPHA if name.islower() else ITALIC_CAPITAL_ALPHA
    sign = rf"\mathit{{{chr(first + GREEK.index(name.lower()))}}}"
    return f"${sign}_{{\\mathrm{{{index}}}}}$" if index else f"${sign}$"


def assigned(symbol: str, value: float) -> str:
    """Formula and value that are not broken between lines, such as ``K_1 = 0.1``."""
    return f"{symbol[:-1]} = {value:g}$"
