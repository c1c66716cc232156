"""``gamebook convert``: a game as a Gambit file, or as a page with a payoff table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from gamebook.commands.assignments import assignments
from gamebook.commands.output import emit, language, write_new
from gamebook.errors import InputError
from gamebook.options import Common, Given, Settings, Target
from gamebook.texts import text

COMMON = Common()


def convert_command(
    target: Target,
    output: Annotated[Path, Parameter(name="FILE", help="option.output")],
    /,
    *,
    settings: Settings = None,
    given: Given = None,
    common: Common = COMMON,
) -> int:
    """Write the payoffs of a case, with its values, to a file that must not exist yet."""
    from gamebook.book import Book
    from gamebook.interchange.converting import gambit_of, page_of
    from gamebook.solution_concepts.setting import setting_of
    from payoffs.numeric_game import NumericGame

    values = assignments(settings, "--set", "s_F=0.3")
    fixed = assignments(given, "--given", "x_G=1")
    if output.suffix.lower() not in (".nfg", ".toml"):
        raise InputError("convert.type", path=output)
    case = Book.open(common.book or (), replace=common.replace).case(target)
    setting = setting_of(case, values=values, given=fixed)
    if output.suffix.lower() == ".nfg":
        words = gambit_of(setting, case.game.about.en if isinstance(case.game, NumericGame) else "")
    else:
        words = page_of(setting, output.stem)
    write_new(output, words)
    lang = language(common)
    players, profiles = len(setting.free), setting.conditional[0].size
    line = text("convert.written", lang, path=output, players=players, profiles=f"{profiles:,}") + "\n"
    data = {"schema": "gamebook/convert/1", "path": str(output), "strategies": list(setting.conditional.shape[1:])}
    emit(lambda: line, lambda: {**data, "exact": setting.exact is not None}, common)
    return 0
