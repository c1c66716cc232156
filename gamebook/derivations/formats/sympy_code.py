"""A Python script that builds the derivation as sympy expressions, for work of one's own with them."""

from __future__ import annotations

from gamebook.derivations.derivation import Derivation
from gamebook.derivations.formats.programs import program, shares_of, symbols_of
from gamebook.derivations.formula_writer import SYMPY
from gamebook.texts import text


def sympy_code(derivation: Derivation, lang: str) -> str:
    """Return a Python file that defines D, F, J and the eigenvalues at the pure points."""
    found = program(derivation, SYMPY, lang)
    symbols = "\n".join(
        f'{name} = Symbol("{symbol.name}", real=True)'
        for name, symbol in [*shares_of(derivation), *symbols_of(derivation)]
    )
    values = ", ".join(f"{name}: {exact_code(value)}" for name, value in found.parameters)
    body = "\n".join(f"{name} = {formula}" for name, formula in found.definitions)
    gains = ",\n    ".join(found.advantages)
    shares = ", ".join(found.shares)
    title = text("derivation.code.title", lang, title=found.title).replace('"""', "'''").replace("\\", "\\\\")
    return f'''"""{title}"""

from itertools import product

from sympy import Matrix, Max, Min, Piecewise, Rational, Symbol, exp, log, sqrt  # noqa: F401

{symbols}

{body}

shares = Matrix([{shares}])
values = {{{values}}}
D = Matrix([
    {gains},
])
F = Matrix([x_i * (1 - x_i) * D_i for x_i, D_i in zip(shares, D)])
J = F.jacobian(shares)
eigenvalues = {{
    point: [J[i, i].subs(dict(zip(shares, point))) for i in range(len(shares))]
    for point in product((0, 1), repeat=len(shares))
}}
'''


def exact_code(value: float) -> str:
    """Return a number as an exact one of sympy."""
    from gamebook.derivations.payoff_cells import exact

    number = exact(value)
    return f"Rational({number.numerator}, {number.denominator})"
