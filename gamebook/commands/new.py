"""``gamebook new``: a scenario page of one's own, with every value explained beside it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from gamebook.commands.assignments import assignments
from gamebook.commands.output import emit, language, write_new
from gamebook.errors import InputError
from gamebook.options import Common, Settings
from gamebook.texts import text, unit_text

COMMON = Common()
ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


def new_command(
    name: Annotated[str, Parameter(name="NAME", help="option.name")],
    /,
    *,
    source: Annotated[str, Parameter(name="--from", help="option.from", metavar="SCENARIO")] = "package",
    settings: Settings = None,
    common: Common = COMMON,
) -> int:
    """Write NAME.toml in the current folder and say where it is."""
    from gamebook.book import Book
    from gamebook.problem import check_effect
    from payoffs.segments import matches
    from payoffs.texts import Text
    from payoffs.write_page import write_scenario

    if not ID.fullmatch(name):
        raise InputError("input.new_name", name=name)
    case = Book.open(common.book or (), replace=common.replace).case(source)
    lang = language(common)
    changes = assignments(settings, "--set", "s_F=0.3")
    values = {**case.values, **changes}
    case.game.check_values(values)
    segments, regions = ((), ()) if case.scenario is None else (case.scenario.segments, case.scenario.regions)
    if segments or regions:
        check_effect(matches(case.game, segments, regions), changes)
    title = Text(*(text("new.title", code, name=name, source=Path(case.target).name) for code in ("en", "zh")))
    page = write_scenario(
        case.game, name, values, title=title, start=case.start, segments=segments, regions=regions, lang=lang,
        unit_text=lambda unit: unit_text(unit, lang),
    )  # fmt: skip
    path = Path(f"{name}.toml")
    write_new(path, page)
    line = text("new.written", lang, path=path) + "\n"
    emit(lambda: line, lambda: {"schema": "gamebook/new/1", "path": str(path), "values": values}, common)
    return 0
