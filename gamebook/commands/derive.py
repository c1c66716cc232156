"""``gamebook derive``: a game's equations, rest points and conditions, ready to be put into a paper."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from gamebook.commands.assignments import assignments
from gamebook.commands.output import as_json, language, notice, write_new
from gamebook.errors import InputError
from gamebook.options import Common, Settings, Target, whole_number

if TYPE_CHECKING:
    from gamebook.derivations.formats.files import Files

COMMON = Common()
Kind = Literal["markdown", "latex", "html", "docx", "json", "python", "matlab", "sympy"]


def derive_command(
    target: Target,
    /,
    *,
    kind: Annotated[Kind, Parameter(name="--format", help="option.derive_format")] = "markdown",
    out: Annotated[Path | None, Parameter(name="--out", help="option.derive_out", metavar="DIR")] = None,
    sections: Annotated[
        str | None, Parameter(name="--sections", help="option.derive_sections", metavar="A,B")
    ] = None,
    symbols: Annotated[
        str | None, Parameter(name="--symbols", help="option.derive_symbols", metavar="x,y,z,u")
    ] = None,
    assume: Annotated[
        list[str] | None, Parameter(name="--assume", help="option.derive_assume", negative="", metavar="V>0")
    ] = None,
    symbolic: Annotated[
        str | None, Parameter(name="--symbolic", help="option.derive_symbolic", metavar="all|A,B")
    ] = None,
    numeric: Annotated[str | None, Parameter(name="--numeric", help="option.derive_numeric", metavar="A,B")] = None,
    at: Annotated[str | None, Parameter(name="--at", help="option.derive_at", metavar="PROFILE")] = None,
    number_from: Annotated[
        str | None, Parameter(name="--number-from", help="option.derive_number_from", metavar="表3,式(5)")
    ] = None,
    settings: Settings = None,
    seed: Annotated[int, Parameter(name="--seed", help="option.derive_seed", converter=whole_number)] = 0,
    common: Common = COMMON,
) -> int:
    """Derive, and show or write the result."""
    from gamebook.book import Book
    from gamebook.derivations.document import Document, Numbers
    from gamebook.derivations.formats.files import as_data, files
    from gamebook.derivations.many.derivation import derive_game
    from gamebook.derivations.sections.paper import check_sections, paper, read_numbers

    values = assignments(settings, "--set", "s_F=0.3")
    wanted = None if sections is None else check_sections(_listed(sections))
    first = read_numbers(number_from) if number_from else Numbers()
    if kind == "docx" and out is None:
        raise InputError("derive.needs_out", kind="docx")
    derivation = derive_game(
        Book.open(common.book or (), replace=common.replace).case(target),
        values=values,
        shares=None if symbols is None else _listed(symbols),
        assume=assume or (),
        symbolic=None if symbolic is None else _listed(symbolic),
        numeric=_listed(numeric or ""),
        profile=at,
        seed=seed,
    )
    lang = language(common)

    def document() -> Document:
        return paper(derivation, lang, sections=wanted, first=first)

    if common.json is not None:
        data = as_json(as_data(derivation, " ".join(["gamebook", *sys.argv[1:]])))
        if common.json == "-":
            print(data)  # noqa: T201
            return 0
        write_new(Path(common.json), data + "\n")
        notice("notice.written", common, path=common.json)
    made = files(derivation, kind, lang, document)
    if out is None:
        _show(made)
    else:
        _write(made, out, common)
    return 0


def _listed(words: str) -> list[str]:
    """Return what stands between commas; those of Chinese keyboards count too."""
    return [part.strip() for part in words.replace("，", ",").replace("、", ",").split(",") if part.strip()]


def _show(made: Files) -> None:
    for name, words in made.items():
        if len(made) > 1:
            print(f"% ==== {name} ====")  # noqa: T201
        print(words if isinstance(words, str) else words.decode(), end="")  # noqa: T201


def _write(made: Files, folder: Path, common: Common) -> None:
    """Write all files or, if one of them exists, none."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError("derive.out", path=folder, reason=error.strerror or type(error).__name__) from error
    taken = next((folder / name for name in made if (folder / name).exists()), None)
    if taken is not None:
        raise InputError("input.exists", path=taken)
    for name, words in made.items():
        write_new(folder / name, words)
    notice("notice.derivation_files", common, paths=", ".join(str(folder / name) for name in made))
