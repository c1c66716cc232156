"""A Python program: right-hand side and Jacobian with numpy, and a figure of the paths when it is run."""

from __future__ import annotations

from gamebook.derivations.derivation import Derivation
from gamebook.derivations.formats.programs import Program, program
from gamebook.derivations.formula_writer import PYTHON
from gamebook.texts import text


def python_code(derivation: Derivation, lang: str) -> str:
    """Return a Python file that needs numpy, and scipy and matplotlib for its figures."""
    found = program(derivation, PYTHON, lang)
    names = ", ".join(found.shares) + ("," if len(found.shares) == 1 else "")
    values = "\n".join(f"    {name!r}: {value!r}," for name, value in found.parameters)
    used = "\n".join(f"    {name} = p[{name!r}]" for name, _ in found.parameters)
    body = "\n".join(f"    {name} = {formula}" for name, formula in found.definitions)
    gains = ",\n        ".join(found.advantages)
    rows = ",\n        ".join("[" + ", ".join(row) + "]" for row in found.slopes)
    return f'''"""{quoted(text("derivation.code.title", lang, title=found.title))}

{quoted(text("derivation.code.about", lang))}
"""

import numpy as np

PARTIES = {list(found.parties)!r}
SHARES = {list(found.shares)!r}
START = {list(found.start)!r}
HORIZON = {found.horizon!r}
PARAMETERS = {{
{values}
}}


def advantages_and_slopes(shares, p=PARAMETERS):
    """D_i, and the derivatives of D_i by x_j."""
    {names} = shares
{used}
{body}
    advantages = np.array([
        {gains},
    ], dtype=float)
    slopes = np.array([
        {rows},
    ], dtype=float)
    return advantages, slopes


def rhs(t, shares, p=PARAMETERS):
    """dx_i/dt = x_i (1 - x_i) D_i(x)."""
    x = np.asarray(shares, dtype=float)
    return x * (1 - x) * advantages_and_slopes(x, p)[0]


def jacobian(t, shares, p=PARAMETERS):
    """Derivatives of dx_i/dt by x_j: the row is the equation, the column the share."""
    x = np.asarray(shares, dtype=float)
    advantages, slopes = advantages_and_slopes(x, p)
    return (x * (1 - x))[:, None] * slopes + np.diag((1 - 2 * x) * advantages)


{_figures(found, lang)}
'''


def _figures(found: Program, lang: str) -> str:
    time, share = text("derivation.code.time", lang), text("derivation.code.share", lang)
    return f'''def figures(p=PARAMETERS, start=START, horizon=HORIZON):
    """Draw the shares over time from one start, and each share from starts of equal willingness."""
    import matplotlib.pyplot as plt
    from scipy.integrate import solve_ivp

    plt.rcParams["font.family"] = ["Noto Sans CJK SC", "SimHei", "Songti SC", "DejaVu Sans"]
    times = np.linspace(0, horizon, 201)
    styles = ["-o", "--s", "-.^", ":d", "-v", "--x"]

    def path(begin):
        found = solve_ivp(rhs, (0, horizon), begin, method="LSODA", t_eval=times, jac=jacobian, args=(p,),
                          rtol=1e-8, atol=1e-10)
        return found.y

    plt.figure()
    for name, style, row in zip(PARTIES, styles, path(start)):
        plt.plot(times, row, style, color="k", markevery=20, markersize=4, label=name)
    plt.xlabel({time!r})
    plt.ylabel({share!r})
    plt.ylim(-0.02, 1.02)
    plt.legend()
    figure, axes = plt.subplots(1, len(PARTIES), sharey=True, figsize=(3 * len(PARTIES), 3))
    for begin in np.arange(0.1, 1, 0.1):
        for axis, row in zip(np.atleast_1d(axes), path([begin] * len(PARTIES))):
            axis.plot(times, row, color="k", linewidth=0.8)
    for axis, name in zip(np.atleast_1d(axes), PARTIES):
        axis.set_title(name)
        axis.set_xlabel({time!r})
    plt.show()


if __name__ == "__main__":
    figures()'''


def quoted(words: str) -> str:
    """Return words that can stand in a docstring."""
    return words.replace("\\", "\\\\").replace('"""', "'''")
