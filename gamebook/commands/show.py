"""``gamebook show``: what a game, a scenario, an instrument or a symbol says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from gamebook.commands.assignments import assignments
from gamebook.commands.output import emit, language, notice, write_new
from gamebook.errors import InputError
from gamebook.options import AnyTarget, Common, ParametersFile, Settings
from gamebook.texts import text

if TYPE_CHECKING:
    from gamebook.description import Description

COMMON = Common()
Export = Annotated[Path | None, Parameter(name="--export", help="option.export", metavar="FILE")]


def show_command(
    target: AnyTarget, /, *, settings: Settings = None, table: ParametersFile = None, export: Export = None,
    common: Common = COMMON,
) -> int:
    """Print texts, parameters with their sources, and the ledger of a page; or write its parameters to a table.

    The store of a sweep is summarised.
    """
    if is_store(target):
        return _show_store(Path(target), settings, table, export, common)
    if export is not None:
        raise InputError("export.no_store", target=target)
    from gamebook.book import Book
    from gamebook.description import describe
    from gamebook.symbol_description import describe_symbol

    values = assignments(settings, "--set", "s_F=0.3")
    book = Book.open(common.book or (), replace=common.replace)
    try:
        found = describe(book, target, values)
    except InputError as error:
        symbol = describe_symbol(book, target) if error.code == "input.any_target" else None
        if symbol is None:
            raise
        if values or table is not None:
            raise InputError("symbol.page_option", symbol=target, option="--set" if values else "--table") from error
        emit(lambda: symbol.text(language(common)), symbol.data, common)
        return 0
    if table is not None:
        return _write_table(found, table, common)
    emit(lambda: found.text(language(common)), found.data, common)
    return 0


def is_store(target: str) -> bool:
    """Whether a target is a folder that looks like the store of a sweep."""
    return (Path(target) / "grid.zarr").is_dir()


def _show_store(
    path: Path, settings: list[str] | None, table: Path | None, file: Path | None, common: Common
) -> int:
    for option, value in (("--set", settings), ("--table", table)):
        if value:
            raise InputError("show.store", option=option)
    from gamebook.commands.progress import Progress
    from gamebook.reports.sweep import summary_report
    from gamebook.sweeps.exports import check_export
    from gamebook.sweeps.exports import export as write_export
    from gamebook.sweeps.summary import summarise

    if file is not None:
        check_export(file)
    found = summarise(path)
    if file is not None:
        with Progress(common, counted=frozenset({"export"})) as progress:
            write_export(path, file, lang=language(common), progress=progress)
    emit(lambda: summary_report(found, language(common), measures=True), found.to_json, common)
    if file is not None:
        notice("notice.written", common, path=file)
    return 0


def _write_table(found: Description, path: Path, common: Common) -> int:
    """Write the parameters and say what to do with the file."""
    from gamebook.interchange.parameter_table import parameter_file, parameter_table
    from gamebook.interchange.tables import check_type

    check_type(path)
    case, lang = found.case, language(common)
    shown = case.game.parameters.values() if found.instrument is None else found.parameters()
    groups = case.scenario if found.instrument is None else None
    table = parameter_table(
        case.game, list(shown), found.values, case.start, lang,
        segments=() if groups is None else groups.segments, regions=() if groups is None else groups.regions,
    )  # fmt: skip
    write_new(path, parameter_file(table, path, lang))
    emit(lambda: text("table.ready", lang, path=path) + "\n", found.data, common)
    return 0
