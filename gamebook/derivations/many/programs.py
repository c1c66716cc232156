"""Programs of games with more than two strategies: Python, MATLAB and Octave, sympy.

The state holds the shares of all strategies but the first of every party, party by party: the coordinates of the
document. In a party's coordinates x and payoffs D relative to its first strategy, dx/dt = x (D - x'D).
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from gamebook.derivations.formats.matlab_code import file_text
from gamebook.derivations.formats.programs import Program, horizon, symbols_of
from gamebook.derivations.formats.python_code import quoted
from gamebook.derivations.formats.sympy_code import exact_code
from gamebook.derivations.formula_writer import MATLAB, PYTHON, SYMPY, FormulaWriter, Style
from gamebook.derivations.many.derivation import ManyDerivation
from gamebook.derivations.many.field import Coordinate
from gamebook.derivations.symbol_names import IN_CODE
from gamebook.texts import text
from payoffs.formula_symbols import symbol

Names = Mapping[Coordinate, Mapping[tuple[Coordinate, ...], str]]


def many_program(derivation: ManyDerivation, style: Style, lang: str) -> Program:
    """Write a derivation as definitions; advantages and slopes are those of the coordinates, in their order."""
    writer = FormulaWriter(derivation.names, style)
    field, code, game = derivation.field, derivation.names.code, derivation.game
    definitions = [(code[part.symbol], writer.write(part.formula)) for part in derivation.cells.parts]
    taken = set(code.values()) | IN_CODE
    names: dict[Coordinate, dict[tuple[Coordinate, ...], str]] = {}
    for coordinate in field.coordinates:
        player, own = coordinate
        of = {}
        for places, coefficient in field.coefficients[coordinate].items():
            name = f"a{player + 1}{own + 1}_" + ("".join(code[field.share(each)] for each in places) or "0")
            while name in taken:
                name += "_"
            taken.add(name)
            of[places] = name
            definitions.append((name, writer.write(coefficient)))
        names[coordinate] = of
    values = derivation.cells.values
    return Program(
        title=derivation.case.title.in_language(lang),
        parties=tuple(party.name.in_language(lang) for party in game.parties),
        shares=tuple(code[field.share(each)] for each in field.coordinates),
        parameters=tuple((code[symbol(name)], values[name]) for name in derivation.cells.symbolic),
        definitions=tuple(definitions),
        advantages=tuple(_sum(derivation, names[each], ()) for each in field.coordinates),
        slopes=tuple(
            tuple(_sum(derivation, names[row], (column,)) for column in field.coordinates) for row in field.coordinates
        ),
        start=tuple(1.0 / field.shape[player] for player, _ in field.coordinates),
        horizon=horizon(derivation),
    )


def _sum(
    derivation: ManyDerivation, names: Mapping[tuple[Coordinate, ...], str], without: tuple[Coordinate, ...]
) -> str:
    """Return a sum of named coefficients times shares; its derivative by the share of `without` if there is one."""
    field, code = derivation.field, derivation.names.code
    terms = [
        "*".join([name, *(code[field.share(each)] for each in places if each not in without)])
        for places, name in names.items()
        if all(each in places for each in without)
    ]
    return " + ".join(terms) or "0"


def many_python(derivation: ManyDerivation, lang: str) -> str:
    """Return a Python file that needs numpy, and scipy and matplotlib for its figure."""
    found = many_program(derivation, PYTHON, lang)
    names = ", ".join(found.shares) + ("," if len(found.shares) == 1 else "")
    values = "\n".join(f"    {name!r}: {value!r}," for name, value in found.parameters)
    used = "\n".join(f"    {name} = p[{name!r}]" for name, _ in found.parameters)
    body = "\n".join(f"    {name} = {formula}" for name, formula in found.definitions)
    gains = ",\n        ".join(found.advantages)
    rows = ",\n        ".join("[" + ", ".join(row) + "]" for row in found.slopes)
    strategies = [
        [strategy.name.in_language(lang) for strategy in party.strategies] for party in derivation.game.parties
    ]
    time, share = text("derivation.code.time", lang), text("derivation.code.share", lang)
    return f'''"""{quoted(text("derivation.code.title", lang, title=found.title))}

{quoted(text("derivation.many.code", lang))}
"""

import numpy as np

PARTIES = {list(found.parties)!r}
STRATEGIES = {strategies!r}
SHARES = {list(found.shares)!r}
SIZES = {[count - 1 for count in derivation.field.shape]!r}
START = {[round(value, 6) for value in found.start]!r}
HORIZON = {found.horizon!r}
PARAMETERS = {{
{values}
}}
ENDS = np.cumsum([0, *SIZES])
BLOCKS = [slice(begin, end) for begin, end in zip(ENDS[:-1], ENDS[1:])]


def advantages_and_slopes(shares, p=PARAMETERS):
    """D_ik = E_ik - E_i1, and its derivatives by the shares of the other parties."""
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
    """dx_ik/dt = x_ik (D_ik - sum of x_im D_im)."""
    x = np.asarray(shares, dtype=float)
    gains = advantages_and_slopes(x, p)[0]
    return np.concatenate([x[b] * (gains[b] - x[b] @ gains[b]) for b in BLOCKS])


def jacobian(t, shares, p=PARAMETERS):
    """Derivatives of dx_ik/dt by x_jl: the row is the equation, the column the share."""
    x = np.asarray(shares, dtype=float)
    gains, slopes = advantages_and_slopes(x, p)
    found = np.zeros((len(x), len(x)))
    for b in BLOCKS:
        found[b] = x[b][:, None] * (slopes[b] - x[b] @ slopes[b])
        found[b, b] = np.diag(gains[b] - x[b] @ gains[b]) - np.outer(x[b], gains[b])
    return found


def figures(p=PARAMETERS, start=START, horizon=HORIZON):
    """Draw the shares of every party over time, that of the first strategy included."""
    import matplotlib.pyplot as plt
    from scipy.integrate import solve_ivp

    plt.rcParams["font.family"] = ["Noto Sans CJK SC", "SimHei", "Songti SC", "DejaVu Sans"]
    times = np.linspace(0, horizon, 201)
    begin = np.asarray(start) * (1 + 0.1 * np.cos(np.arange(len(start))))
    path = solve_ivp(rhs, (0, horizon), begin, method="LSODA", t_eval=times, jac=jacobian, args=(p,),
                     rtol=1e-8, atol=1e-10).y
    styles = ["-o", "--s", "-.^", ":d", "-v", "--x"]
    figure, axes = plt.subplots(1, len(PARTIES), sharey=True, figsize=(3.5 * len(PARTIES), 3))
    for axis, name, listed, b in zip(np.atleast_1d(axes), PARTIES, STRATEGIES, BLOCKS):
        rows = np.vstack([1 - path[b].sum(axis=0), path[b]])
        for row, label, style in zip(rows, listed, styles * len(rows)):
            axis.plot(times, row, style, color="k", markevery=20, markersize=4, label=label)
        axis.set_title(name)
        axis.set_xlabel({time!r})
        axis.set_ylim(-0.02, 1.02)
        axis.legend()
    np.atleast_1d(axes)[0].set_ylabel({share!r})
    plt.show()


if __name__ == "__main__":
    figures()
'''


def many_matlab(derivation: ManyDerivation, lang: str) -> dict[str, str]:
    """Return the MATLAB and Octave files by name; they belong in one folder."""
    found = many_program(derivation, MATLAB, lang)
    title = text("derivation.code.title", lang, title=found.title)
    count = len(found.shares)
    parameters = [f"p.{name} = {value!r};" for name, value in found.parameters] or ["p = struct();"]
    lines = [f"{name} = s({place});" for place, name in enumerate(found.shares, start=1)]
    lines += [f"{name} = p.{name};" for name, _ in found.parameters]
    lines += [f"{name} = {formula};" for name, formula in found.definitions]
    lines += [f"D({place}, 1) = {formula};" for place, formula in enumerate(found.advantages, start=1)]
    lines.append(f"S = zeros({count});")
    lines += [
        f"S({i}, {j}) = {formula};"
        for (i, row), (j, formula) in (
            pair
            for row in enumerate(found.slopes, start=1)
            for pair in itertools.product([row], enumerate(row[1], start=1))
        )
        if formula != "0"
    ]
    sizes = [size - 1 for size in derivation.field.shape]
    ends = list(itertools.accumulate(sizes))
    blocks = "{" + ", ".join(f"{end - size + 1}:{end}" for size, end in zip(sizes, ends, strict=True)) + "}"
    rhs = [
        f"blocks = {blocks};", "D = egt_advantages(s, p);", "s = s(:);", "dsdt = zeros(size(s));",
        "for i = 1:numel(blocks)", "  b = blocks{i};", "  dsdt(b) = s(b) .* (D(b) - s(b)' * D(b));", "end",
    ]  # fmt: skip
    jacobian = [
        f"blocks = {blocks};", "[D, S] = egt_advantages(s, p);", "s = s(:);", "n = numel(s);", "J = zeros(n);",
        "for i = 1:numel(blocks)", "  b = blocks{i};",
        "  J(b, :) = repmat(s(b), 1, n) .* (S(b, :) - repmat(s(b)' * S(b, :), numel(b), 1));",
        "  J(b, b) = diag(D(b) - s(b)' * D(b)) - s(b) * D(b)';", "end",
    ]  # fmt: skip
    about = "%   D(k) = E_ik - E_i1; S(k,l) = dD(k)/ds(l)"
    return {
        "egt_parameters.m": file_text(f"function p = egt_parameters()\n%EGT_PARAMETERS {title}", parameters),
        "egt_advantages.m": file_text(
            f"function [D, S] = egt_advantages(s, p)\n%EGT_ADVANTAGES {title}\n{about}", lines
        ),
        "egt_rhs.m": file_text(
            f"function dsdt = egt_rhs(t, s, p)\n%EGT_RHS {title}\n%   ds_ik/dt = s_ik (D_ik - sum of s_im D_im)", rhs
        ),
        "egt_jacobian.m": file_text(f"function J = egt_jacobian(t, s, p)\n%EGT_JACOBIAN {title}", jacobian),
        "egt_run.m": _run(derivation, found, blocks, title, lang),
    }


def _run(derivation: ManyDerivation, found: Program, blocks: str, title: str, lang: str) -> str:
    def listed(names: list[str]) -> str:
        return "{" + ", ".join("'" + name.replace("'", "''") + "'" for name in names) + "}"

    strategies = [
        listed([strategy.name.in_language(lang) for strategy in party.strategies])
        for party in derivation.game.parties
    ]
    time, share = text("derivation.code.time", lang), text("derivation.code.share", lang)
    start = "; ".join(repr(round(value, 6)) for value in found.start)
    lines = [
        "p = egt_parameters();",
        f"names = {listed(list(found.parties))};",
        f"strategies = {{{', '.join(strategies)}}};",
        f"blocks = {blocks};",
        f"start = [{start}];",
        "start = start .* (1 + 0.1 * cos((0:numel(start) - 1)'));",
        f"horizon = {found.horizon!r};",
        "options = odeset('RelTol', 1e-8, 'AbsTol', 1e-10, 'Jacobian', @(t, s) egt_jacobian(t, s, p));",
        "times = linspace(0, horizon, 201);",
        "styles = {'k-o', 'k--s', 'k-.^', 'k:d', 'k-v', 'k--x'};",
        "",
        "[t, s] = ode45(@(t, s) egt_rhs(t, s, p), times, start, options);",
        "figure;",
        "shown = 1:5:numel(t);",
        "for i = 1:numel(names)",
        "  subplot(1, numel(names), i); hold on;",
        "  rows = [1 - sum(s(:, blocks{i}), 2), s(:, blocks{i})];",
        "  for k = 1:size(rows, 2)",
        "    plot(t(shown), rows(shown, k), styles{mod(k - 1, 6) + 1}, 'MarkerSize', 4);",
        "  end",
        f"  title(names{{i}}); xlabel('{time}'); ylabel('{share}'); ylim([-0.02 1.02]); legend(strategies{{i}});",
        "end",
    ]
    return "\n".join([f"% {title}", f"% {text('derivation.many.code', lang)}", *lines]) + "\n"


def many_sympy(derivation: ManyDerivation, lang: str) -> str:
    """Return a Python file that defines D, F, J and the gains from deviating at the pure points."""
    found = many_program(derivation, SYMPY, lang)
    field, code = derivation.field, derivation.names.code
    coordinates = [(code[field.share(each)], field.share(each)) for each in field.coordinates]
    parameters = symbols_of(derivation)
    symbols = "\n".join(f'{name} = Symbol("{symbol.name}", real=True)' for name, symbol in (*coordinates, *parameters))
    body = "\n".join(f"{name} = {formula}" for name, formula in found.definitions)
    values = ", ".join(f"{name}: {exact_code(value)}" for name, value in found.parameters)
    blocks = []
    place = 0
    for count in field.shape:
        pairs = [f"({found.shares[k]}, {found.advantages[k]})" for k in range(place, place + count - 1)]
        blocks.append(f"[{', '.join(pairs)}]")
        place += count - 1
    title = text("derivation.code.title", lang, title=found.title).replace('"""', "'''").replace("\\", "\\\\")
    listed = ",\n    ".join(blocks)
    return f'''"""{title}"""

from itertools import product

from sympy import Matrix, Max, Min, Piecewise, Rational, Symbol, exp, log, sqrt  # noqa: F401

{symbols}

{body}

# For each party the shares of all strategies but the first, with their payoffs relative to the first.
blocks = [
    {listed},
]
shares = Matrix([share for block in blocks for share, _ in block])
values = {{{values}}}
D = Matrix([gain for block in blocks for _, gain in block])
F = Matrix([share * (gain - sum(x * d for x, d in block)) for block in blocks for share, gain in block])
J = F.jacobian(shares)


def gains(profile):
    """What each party gains at a pure profile by turning to each other strategy, by (party, strategy)."""
    at = {{share: int(own == k) for block, own in zip(blocks, profile) for k, (share, _) in enumerate(block, 1)}}
    paid = [[Rational(0), *(Matrix([gain]).subs(at)[0] for _, gain in block)] for block in blocks]
    return {{
        (i, k): row[k] - row[profile[i]] for i, row in enumerate(paid) for k in range(len(row)) if k != profile[i]
    }}


eigenvalues = {{profile: gains(profile) for profile in product(*(range(len(block) + 1) for block in blocks))}}
'''
