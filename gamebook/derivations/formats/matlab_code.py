"""MATLAB and Octave files: parameters, right-hand side, Jacobian, and a script with ode45 and figures."""

from __future__ import annotations

from gamebook.derivations.derivation import Derivation
from gamebook.derivations.formats.programs import Program, program
from gamebook.derivations.formula_writer import MATLAB
from gamebook.texts import text

WIDE = 110  # characters of a line, after which it is continued


def matlab_files(derivation: Derivation, lang: str) -> dict[str, str]:
    """Return the files by name; they belong in one folder."""
    found = program(derivation, MATLAB, lang)
    title = text("derivation.code.title", lang, title=found.title)
    return {
        "egt_parameters.m": _parameters(found, title),
        "egt_advantages.m": _advantages(found, title),
        "egt_rhs.m": _rhs(title),
        "egt_jacobian.m": _jacobian(title),
        "egt_run.m": _run(found, title, lang),
    }


def _parameters(found: Program, title: str) -> str:
    lines = [f"p.{name} = {value!r};" for name, value in found.parameters] or ["p = struct();"]
    return file_text(f"function p = egt_parameters()\n%EGT_PARAMETERS {title}", lines)


def _advantages(found: Program, title: str) -> str:
    lines = [f"{name} = s({place});" for place, name in enumerate(found.shares, start=1)]
    lines += [f"{name} = p.{name};" for name, _ in found.parameters]
    lines += [f"{name} = {formula};" for name, formula in found.definitions]
    lines += [f"D({place}, 1) = {formula};" for place, formula in enumerate(found.advantages, start=1)]
    count = len(found.shares)
    lines.append(f"S = zeros({count});")
    lines += [
        f"S({i}, {j}) = {formula};"
        for i, row in enumerate(found.slopes, start=1)
        for j, formula in enumerate(row, start=1)
        if formula != "0"
    ]
    head = (
        f"function [D, S] = egt_advantages(s, p)\n%EGT_ADVANTAGES {title}\n"
        "%   D(i) = E_i1 - E_i2; S(i,j) = dD_i/dx_j"
    )
    return file_text(head, lines)


def _rhs(title: str) -> str:
    head = f"function dsdt = egt_rhs(t, s, p)\n%EGT_RHS {title}\n%   dx_i/dt = x_i (1 - x_i) D_i(x)"
    return file_text(head, ["D = egt_advantages(s, p);", "s = s(:);", "dsdt = s .* (1 - s) .* D;"])


def _jacobian(title: str) -> str:
    head = f"function J = egt_jacobian(t, s, p)\n%EGT_JACOBIAN {title}"
    lines = [
        "[D, S] = egt_advantages(s, p);", "s = s(:);",
        "J = diag(s .* (1 - s)) * S + diag((1 - 2 * s) .* D);",
    ]  # fmt: skip
    return file_text(head, lines)


def _run(found: Program, title: str, lang: str) -> str:
    names = "{" + ", ".join("'" + name.replace("'", "''") + "'" for name in found.parties) + "}"
    time, share = text("derivation.code.time", lang), text("derivation.code.share", lang)
    start = "; ".join(repr(float(value)) for value in found.start)
    lines = [
        "p = egt_parameters();",
        f"names = {names};",
        f"start = [{start}];",
        f"horizon = {found.horizon!r};",
        "options = odeset('RelTol', 1e-8, 'AbsTol', 1e-10, 'Jacobian', @(t, s) egt_jacobian(t, s, p));",
        "times = linspace(0, horizon, 201);",
        "styles = {'k-o', 'k--s', 'k-.^', 'k:d', 'k-v', 'k--x'};",
        "",
        "[t, s] = ode45(@(t, s) egt_rhs(t, s, p), times, start, options);",
        "figure; hold on;",
        "shown = 1:5:numel(t);",
        "for i = 1:numel(names)",
        "  plot(t(shown), s(shown, i), styles{i}, 'MarkerSize', 4);",
        "end",
        f"xlabel('{time}'); ylabel('{share}'); ylim([-0.02 1.02]); legend(names);",
        "",
        "figure;",
        "for begin = 0.1:0.1:0.9",
        "  [t, s] = ode45(@(t, s) egt_rhs(t, s, p), times, begin * ones(numel(names), 1), options);",
        "  for i = 1:numel(names)",
        "    subplot(1, numel(names), i); hold on; plot(t, s(:, i), 'k');",
        f"    title(names{{i}}); xlabel('{time}'); ylim([-0.02 1.02]);",
        "  end",
        "end",
    ]
    return "\n".join([f"% {title}", f"% {text('derivation.code.about', lang)}", *lines]) + "\n"


def file_text(head: str, lines: list[str]) -> str:
    """Return a function file, long statements continued."""
    return "\n".join([head, *(_continued(line) for line in lines), "end"]) + "\n"


def _continued(line: str) -> str:
    """Break a long statement after operators; three dots continue it."""
    rows = []
    current = ""
    for word in line.split(" "):
        if current and len(current) + len(word) > WIDE:
            rows.append(current + " ...")
            current = "   "
        current += (" " if current else "") + word
    return "\n".join([*rows, current])
