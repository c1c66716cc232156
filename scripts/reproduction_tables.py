"""Tables of a reproduction, as rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from reproduction_texts import STABILITY, say
from reproduction_works import Work

import gamebook
from gamebook.book import Case
from gamebook.derivations.derivation import derive
from gamebook.derivations.document import Table
from gamebook.derivations.sections.paper import paper
from solvers.results import RestPoint
from solvers.stability import replicator_jacobian

Row = list[object]


def shares_text(shares: Sequence[float]) -> str:
    """Write shares as a point."""
    return "(" + ", ".join(f"{round(x, 6):.4g}" for x in shares) + ")"


def short(case: Case) -> str:
    """Name of a set without its game's."""
    return case.target.rpartition("/")[2]


def parameter_rows(cases: Sequence[Case], lang: str) -> Iterator[Row]:
    """One row per parameter, one column per set."""
    yield [say("parameter", lang), *(short(case) for case in cases)]
    for symbol, parameter in cases[0].game.parameters.items():
        if parameter.instrument is None:
            yield [symbol, *(case.values.get(symbol, parameter.default) for case in cases)]


def point_rows(cases: Sequence[Case], lang: str, *, mixed: bool) -> Iterator[Row]:
    """Rest points of every set with eigenvalues, signs and stability."""
    n = cases[0].game.n
    head = [f"λ{i + 1}" for i in range(n)]
    yield [say("set", lang), say("point", lang), *head, say("sign_column", lang), say("stability", lang)]
    for case in cases:
        for point in gamebook.solve(case).rest_points:
            if not isinstance(point, RestPoint) or bool(point.mixing) != mixed:
                continue
            real = np.real(point.eigenvalues)
            signs = "(" + " ".join("+" if x > 0 else "−" if x < 0 else "0" for x in real) + ")"
            numbers = [float(f"{x.real:.12g}") if not x.imag else f"({x:.6g})" for x in point.eigenvalues]
            name = shares_text(point.shares.tolist())
            yield [short(case), name, *numbers, signs, STABILITY[point.stability.value][lang == "zh"]]


def determinant_rows(case: Case, lang: str) -> Iterator[Row]:
    """Jacobian, determinant and trace at all isolated rest points of a game of two parties."""
    yield [say("point", lang), "a11", "a12", "a21", "a22", "det J", "tr J", say("stability", lang)]
    tensor = case.tensor()
    advantages = tensor[0, 1, :] - tensor[0, 0, :], tensor[1, :, 1] - tensor[1, :, 0]
    stacked = np.stack([np.broadcast_to(advantages[0], (2, 2)), np.broadcast_to(advantages[1][:, None], (2, 2))])
    for point in gamebook.solve(case).rest_points:
        if isinstance(point, RestPoint):
            jacobian = replicator_jacobian(stacked, point.shares)
            numbers = [*jacobian.ravel(), np.linalg.det(jacobian), np.trace(jacobian)]
            rounded = [float(f"{x:.12g}") if abs(x) > 1e-12 else 0.0 for x in numbers]
            name = shares_text(point.shares.tolist())
            yield [name, *rounded, STABILITY[point.stability.value][lang == "zh"]]


def sign_rows(work: Work, case: Case, lang: str) -> Iterator[Row]:
    """Signs and stability of all pure points in every case that the work distinguishes."""
    yield [say("case", lang), say("point", lang), say("sign_column", lang), say("stability", lang)]
    for named in work.sign_cases:
        derivation = derive(case, assume=list(named.conditions))
        document = paper(derivation, lang, sections=["stability"])
        table = next(block for section in document.sections for block in section.blocks if isinstance(block, Table))
        for point, row in zip(derivation.points, table.rows, strict=True):
            at = "(" + ", ".join(str(digit) for digit in point.profile) + ")"
            yield [named.name.in_language(lang), at, row[-3], row[-2]]


def end_rows(work: Work, cases: Sequence[Case], lang: str) -> Iterator[Row]:
    """Where the paths of every set are at the horizon, and where they go."""
    yield [say("set", lang), say("start", lang), say("at", lang, time=work.horizon), say("limit", lang)]
    for case in cases:
        starts = np.array(work.starts) if work.starts else None
        paths = gamebook.simulate(case, starts=starts, years=work.horizon, revision_rate=1.0, points=401)
        for number, end in enumerate(paths.ends):
            yield [
                short(case),
                shares_text(paths.shares[number, 0].tolist()),
                shares_text(paths.shares[number, -1].tolist()),
                end.profile or say("none", lang),
            ]


def tables(work: Work, cases: Sequence[Case], base: Case, lang: str) -> dict[str, list[Row]]:
    """All tables by the name of their file."""
    made = {
        "parameters": list(parameter_rows(cases, lang)),
        "points": list(point_rows(cases, lang, mixed=False)),
        "mixed": list(point_rows(cases, lang, mixed=True)),
        "ends": list(end_rows(work, cases, lang)),
    }
    if work.sign_cases:
        made["signs"] = list(sign_rows(work, base, lang))
    if base.game.n == 2:
        made["determinants"] = list(determinant_rows(cases[0], lang))
    return made
