"""``gamebook rerun``: repeat a stored result from its own content and compare."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from gamebook.commands.output import emit, language
from gamebook.commands.solving import tell_about_kernels
from gamebook.options import Common

COMMON = Common()


def rerun_command(
    result: Annotated[Path, Parameter(name="RESULT", help="option.result")],
    /,
    *,
    common: Common = COMMON,
) -> int:
    """Print whether the result repeats, and what differs; 1 if it does not."""
    from gamebook.repeat import repeat
    from gamebook.reports.repetition import repetition_json, repetition_report

    tell_about_kernels(common)
    found = repeat(result, folders=common.book or (), replace_pages=common.replace)
    emit(lambda: repetition_report(found, language(common)), lambda: repetition_json(found), common)
    return 0 if found.repeats else 1
