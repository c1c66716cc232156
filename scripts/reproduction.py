"""Make every table and figure of a published work again from the book: `scripts/reproduce WORK FOLDER [--lang en|zh]`.

Written into a new folder: the derivation (Word, Markdown, LaTeX), the parameter sets, the eigenvalues of all pure
points with signs and stability in every set, mixed rest points, end states, one figure of paths per set, and the audit
of what the work prints. README.md in the folder lists them. The same run gives the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import gamebook
from gamebook.audit.audit import audit
from gamebook.audit.claims import find_claims
from gamebook.book import Book, Case
from gamebook.derivations.derivation import derive
from gamebook.derivations.document import Numbers
from gamebook.derivations.formats.files import files
from gamebook.derivations.sections.paper import paper
from gamebook.figures.simulation import draw
from gamebook.interchange.csv_file import csv_text
from gamebook.reports.audit import audit_markdown
from solvers.results import RestPoint

Row = list[object]


@dataclass(frozen=True)
class Work:
    """A published work: its game, its parameter sets as scenarios, and how its paths are drawn."""

    game: str
    claims: str
    scenarios: tuple[str, ...]
    starts: tuple[tuple[float, ...], ...]
    horizon: float
    lang: str


WORKS = {
    "digital-business": Work(
        "digital-business",
        "digital_business_2025",
        ("digital_set_1", "digital_set_2", "digital_set_3", "digital_set_4"),
        ((0.5, 0.5, 0.5), (0.2, 0.5, 0.8), (0.2, 0.2, 0.2)),
        20.0,
        "zh",
    ),
    "farm-quality": Work(
        "farm-quality",
        "farm_quality_2015",
        (
            "farm_baseline", "farm_x0_060", "farm_x0_050", "farm_y0_045", "farm_y0_035", "farm_spill_005",
            "farm_spill_015", "farm_d_075", "farm_d_125", "farm_lam_015", "farm_mu_015",
        ),
        (),
        200.0,
        "en",
    ),
}  # fmt: skip

TEXTS = {
    "readme": ("# {title}\n\nSource: {source}\n\nMade by one command: `scripts/reproduce {work} FOLDER`.\n",
               "# {title}\n\n出处：{source}\n\n由一条命令生成：`scripts/reproduce {work} FOLDER`。\n"),
    "derivation": ("notation, payoff matrix, equations, Jacobian, pure points, conditions",
                   "符号、收益矩阵、方程、雅可比矩阵、纯策略点与稳定条件"),
    "parameters": ("parameter sets", "参数取值"),
    "points": ("pure points: eigenvalues, signs and stability in every set",
               "各参数组下纯策略点的特征值、符号与稳定性"),
    "mixed": ("mixed rest points", "混合均衡点"),
    "ends": ("where paths end", "路径终态"),
    "audit": ("what the work prints, held against what follows", "所印内容与推导结果的核对"),
    "figure": ("paths in {scenario}", "演化路径：{scenario}"),
    "set": ("set", "参数组"),
    "parameter": ("parameter", "参数"),
    "point": ("point", "均衡点"),
    "signs": ("signs", "实部符号"),
    "stability": ("stability", "稳定性"),
    "start": ("start", "初值"),
    "at": ("state at {time:g}", "时刻 {time:g} 的状态"),
    "limit": ("goes to", "极限"),
    "none": ("-", "-"),
    "exists": ("{folder} exists already; nothing was written. Choose another name or remove it first.",
               "{folder} 已存在，未写入任何内容。请另选名称，或先将其删除。"),
    "done": ("{count} files in {folder}", "已在 {folder} 中写入 {count} 个文件"),
}  # fmt: skip
STABILITY = {
    "sink": ("ESS", "ESS"), "saddle": ("saddle", "鞍点"), "source": ("unstable", "不稳定点"),
    "unstable": ("unstable", "不稳定点"), "neutral": ("centre to first order", "中心（一阶）"),
    "undecided": ("critical, not decided by linearisation", "临界状态，不能由线性化判定"),
}  # fmt: skip


def say(code: str, lang: str, **fields: object) -> str:
    """Return one text."""
    return TEXTS[code][lang == "zh"].format(**fields)


def shares_text(shares: Sequence[float]) -> str:
    """Write shares as a point."""
    return "(" + ", ".join(f"{x:.4g}" for x in shares) + ")"


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
    yield [say("set", lang), say("point", lang), *head, say("signs", lang), say("stability", lang)]
    for case in cases:
        for point in gamebook.solve(case).rest_points:
            if not isinstance(point, RestPoint) or bool(point.mixing) != mixed:
                continue
            real = np.real(point.eigenvalues)
            signs = "(" + " ".join("+" if x > 0 else "−" if x < 0 else "0" for x in real) + ")"
            numbers = [float(f"{x.real:.12g}") if not x.imag else f"({x:.6g})" for x in point.eigenvalues]
            name = shares_text(point.shares.tolist())
            yield [short(case), name, *numbers, signs, STABILITY[point.stability.value][lang == "zh"]]


def end_rows(work: Work, cases: Sequence[Case], lang: str) -> Iterator[Row]:
    """Where the paths of every set are at the horizon, and where they go."""
    yield [say("set", lang), say("start", lang), say("at", lang, time=work.horizon), say("limit", lang)]
    for case in cases:
        paths = simulated(work, case)
        for number, end in enumerate(paths.ends):
            yield [
                short(case),
                shares_text(paths.shares[number, 0].tolist()),
                shares_text(paths.shares[number, -1].tolist()),
                end.profile or say("none", lang),
            ]


def simulated(work: Work, case: Case) -> gamebook.Simulation:
    """Paths of a set in the work's own time."""
    starts = np.array(work.starts) if work.starts else None
    return gamebook.simulate(case, starts=starts, years=work.horizon, revision_rate=1.0, points=401)


def reproduce(name: str, folder: Path, lang: str) -> list[tuple[str, str]]:
    """Write everything; returns the files with what they hold."""
    work, book = WORKS[name], Book.open()
    cases = [book.case(f"{work.game}/{scenario}") for scenario in work.scenarios]
    written: list[tuple[str, str]] = []

    def keep(file: str, content: str | bytes, about: str) -> None:
        (folder / file).write_bytes(content if isinstance(content, bytes) else content.encode())
        written.append((file, about))

    folder.mkdir(parents=True)
    derivation = derive(book.case(work.game))
    for kind in ("docx", "markdown", "latex"):
        made = files(derivation, kind, lang, lambda: paper(derivation, lang, sections=None, first=Numbers()))
        for file, content in made.items():
            keep(file, content, say("derivation", lang))
    tables = {
        "parameters": parameter_rows(cases, lang),
        "points": point_rows(cases, lang, mixed=False),
        "mixed": point_rows(cases, lang, mixed=True),
        "ends": end_rows(work, cases, lang),
    }
    for table, rows in tables.items():
        keep(f"{table}.csv", csv_text(list(rows)), say(table, lang))
    for case in cases:
        for kind in ("png", "pdf"):
            file = f"paths_{short(case)}.{kind}"
            draw(simulated(work, case), folder / file, lang=lang)
            written.append((file, say("figure", lang, scenario=case.title.in_language(lang))))
    keep("audit.md", audit_markdown(audit(find_claims(work.claims, book)), lang=lang), say("audit", lang))
    game = cases[0].game
    head = say("readme", lang, title=game.title.in_language(lang), source=game.source.in_language(lang), work=name)
    listed = "".join(f"- `{file}`: {about}\n" for file, about in written)
    (folder / "README.md").write_text(f"{head}\n{listed}", encoding="utf-8")
    return written


def main(arguments: Sequence[str]) -> int:
    """Read the command line and write the folder."""
    parser = argparse.ArgumentParser(prog="scripts/reproduce", description=__doc__.splitlines()[0])
    parser.add_argument("work", choices=sorted(WORKS))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lang", choices=["en", "zh"], help="default: the language of the work's reproduction")
    given = parser.parse_args(arguments)
    lang = given.lang or WORKS[given.work].lang
    if given.folder.exists():
        print(say("exists", lang, folder=given.folder), file=sys.stderr)  # noqa: T201
        return 2
    written = reproduce(given.work, given.folder, lang)
    print(say("done", lang, count=len(written) + 1, folder=given.folder))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
