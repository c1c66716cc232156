"""Make every table and figure of a published work again from the book: `scripts/reproduce WORK FOLDER [--lang en|zh]`.

Written into a new folder: the derivation (Word, Markdown, LaTeX), tables as CSV, figures in widths of 84 and 170 mm as
PNG, PDF and SVG, the audit of what the work prints, and README.md, which says what each file is in the work. The same
run gives the same bytes.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))  # not there by itself under -P

from reproduction_figures import sheet  # noqa: E402
from reproduction_tables import tables  # noqa: E402
from reproduction_texts import say  # noqa: E402
from reproduction_works import WORKS, Work  # noqa: E402

from gamebook.audit.audit import audit  # noqa: E402
from gamebook.audit.claims import find_claims  # noqa: E402
from gamebook.audit.findings import SEVERITIES  # noqa: E402
from gamebook.book import Book, Case  # noqa: E402
from gamebook.derivations.derivation import derive  # noqa: E402
from gamebook.derivations.document import Document, Numbers, Table  # noqa: E402
from gamebook.derivations.formats.files import files  # noqa: E402
from gamebook.derivations.sections.paper import paper  # noqa: E402
from gamebook.figures.scene import write_sheet  # noqa: E402
from gamebook.interchange.csv_file import csv_text  # noqa: E402
from gamebook.reports.audit import audit_markdown  # noqa: E402

WIDTHS = (84, 170)
FORMATS = ("png", "pdf", "svg")
Line = tuple[str, str, str]
"""File, what it is in the work, what it holds."""


@dataclass
class Folder:
    """The folder that is written, and what its README will list.

    Attributes
    ----------
    path, lang : where, and in which language
    quiet : whether nothing is said on the way
    total : files to come, for the progress on standard error
    listed : lines of the README by heading
    """

    path: Path
    lang: str
    quiet: bool
    total: int
    listed: dict[str, list[Line]] = field(default_factory=dict)
    done: int = 0

    def keep(self, name: str, content: str | bytes) -> None:
        """Write a file."""
        target = self.path / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
        self.tell(name)

    def tell(self, name: str) -> None:
        """Say that a file is there."""
        self.done += 1
        if not self.quiet:
            words = say("progress", self.lang, done=self.done, total=self.total, what=name)
            print(words, file=sys.stderr, flush=True)  # noqa: T201

    def list(self, heading: str, name: str, printed: str | None, about: str) -> None:
        """Remember a line for the README."""
        where = say("beyond", self.lang) if printed is None else printed
        self.listed.setdefault(heading, []).append((name, where, about))

    def readme(self, head: str, remarks: Sequence[str]) -> str:
        """Text of the README."""
        parts = [head]
        titles = [say(f"head_{column}", self.lang) for column in ("file", "work", "about")]
        for heading, lines in self.listed.items():
            rows = [f"| `{name}` | {printed} | {about} |" for name, printed, about in lines]
            table = "\n".join([f"| {' | '.join(titles)} |", "|---|---|---|", *rows])
            parts.append(f"## {say(heading, self.lang)}\n\n{table}\n")
        listed = "\n".join(f"- {remark}" for remark in remarks)
        parts.append(f"## {say('remarks', self.lang)}\n\n{listed}\n")
        return "\n".join(parts)


@dataclass(frozen=True)
class Drawing:
    """Which figures are drawn, how wide, and as what."""

    numbers: Sequence[int]
    widths: Sequence[int]
    formats: Sequence[str]

    @property
    def files(self) -> int:
        """How many files that makes."""
        return len(self.numbers) * len(self.widths) * len(self.formats)


def reproduce(name: str, folder: Folder, drawing: Drawing) -> None:
    """Write everything."""
    work, book, lang = WORKS[name], Book.open(), folder.lang
    cases = [book.case(f"{work.game}/{scenario}") for scenario in work.scenarios]
    base = book.case(work.game)
    write_documents(work, base, book, folder)
    for table, rows in tables(work, cases, base, lang).items():
        printed = work.tables.get(table)
        folder.keep(f"tables/{table}.csv", csv_text(rows))
        in_work = None if printed is None else printed.in_language(lang)
        folder.list("tables", f"tables/{table}.csv", in_work, say(table, lang))
    for number in drawing.numbers:
        plan = work.figures[number - 1]
        made = sheet(plan, work, book, number, lang)
        stem = f"figure_{number:02}_{plan.kind}"
        for width in drawing.widths:
            targets = [f"figures_{width}mm/{stem}.{kind}" for kind in drawing.formats]
            (folder.path / targets[0]).parent.mkdir(exist_ok=True)
            write_sheet(made, *(folder.path / target for target in targets), width_mm=width)
            for target in targets:
                folder.tell(target)
        printed_as = None if plan.printed is None else plan.printed.in_language(lang)
        about = plan.title.in_language(lang)
        if plan.remark is not None:
            about += say("between", lang) + plan.remark.in_language(lang)
        folder.list("figures", f"figures_*mm/{stem}.*", printed_as, about)
    game = base.game
    head = say("readme", lang, title=game.title.in_language(lang), source=game.source.in_language(lang), work=name)
    remarks = [remark.in_language(lang) for remark in work.remarks]
    folder.keep("README.md", folder.readme(head, remarks))


def write_documents(work: Work, base: Case, book: Book, folder: Folder) -> None:
    """Write the derivation in three formats, and the audit."""
    lang = folder.lang
    derivation = derive(base)
    document = paper(derivation, lang, sections=None, first=Numbers())
    for kind in ("docx", "markdown", "latex"):
        for name, content in files(derivation, kind, lang, lambda: document).items():
            folder.keep(name, content)
            about = say("derivation", lang, tables=tables_of(document, lang))
            folder.list("documents", name, work.tables["derivation"].in_language(lang), about)
    result = audit(find_claims(work.claims, book))
    folder.keep("audit.md", audit_markdown(result, lang=lang))
    counts = say("counts", lang, **{severity: len(result.of(severity)) for severity in SEVERITIES})
    folder.list("documents", "audit.md", None, say("audit", lang, counts=counts))


def tables_of(document: Document, lang: str) -> str:
    """Tables of the derivation with their numbers."""
    found = [block for section in document.sections for block in section.blocks if isinstance(block, Table)]
    named = (say("table", lang, number=table.number, caption=table.caption.replace("\x1f", "")) for table in found)
    return say("between", lang).join(named)


def main(arguments: Sequence[str]) -> int:
    """Read the command line and write the folder."""
    parser = argparse.ArgumentParser(prog="scripts/reproduce", description=__doc__.splitlines()[0])
    parser.add_argument("work", choices=sorted(WORKS))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lang", choices=["en", "zh"], help="default: the language of the work's reproduction")
    parser.add_argument("--widths", type=int, nargs="+", choices=WIDTHS, default=WIDTHS, help="of figures, in mm")
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=FORMATS, help="of figures")
    parser.add_argument("--figures", type=int, nargs="+", metavar="N", help="only these, by number; default: all")
    parser.add_argument("--quiet", action="store_true", help="say nothing on standard error but errors")
    given = parser.parse_args(arguments)
    work = WORKS[given.work]
    lang = given.lang or work.lang
    numbers = sorted(set(given.figures or range(1, len(work.figures) + 1)))
    if not 1 <= numbers[0] <= numbers[-1] <= len(work.figures):
        parser.error(say("figures_range", lang, most=len(work.figures)))
    drawing = Drawing(numbers, given.widths, given.formats)
    try:
        given.folder.mkdir(parents=True)
    except FileExistsError:
        print(say("exists", lang, folder=given.folder), file=sys.stderr)  # noqa: T201
        return 2
    total = 5 + 4 + bool(work.sign_cases) + ("determinants" in work.tables) + drawing.files
    folder = Folder(given.folder, lang, given.quiet, total)
    try:
        reproduce(given.work, folder, drawing)
    except BaseException:
        shutil.rmtree(given.folder)  # half a reproduction looks like a whole one
        raise
    print(say("done", lang, count=folder.done, folder=given.folder))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
