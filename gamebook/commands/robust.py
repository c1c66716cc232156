"""``gamebook robust``: how much it takes to change a verdict."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

from cyclopts import Parameter

from gamebook.commands.assignments import assignments
from gamebook.commands.output import emit, language
from gamebook.commands.solving import tell_about_kernels
from gamebook.errors import InputError
from gamebook.options import Common, Given, Seed, Settings, Start, Target, whole_number

COMMON = Common()


def robust_command(
    target: Target,
    /,
    *,
    settings: Settings = None,
    given: Given = None,
    start: Start = None,
    claim: Annotated[
        Literal["certain", "stable", "sinks"] | None, Parameter(name="--claim", help="option.claim")
    ] = None,
    within: Annotated[str, Parameter(name="--within", help="option.within", metavar="PARTS")] = "0.1,0.2,0.3",
    draws: Annotated[int, Parameter(name="--draws", help="option.draws", converter=whole_number)] = 32_768,
    seed: Seed = 0,
    common: Common = COMMON,
) -> int:
    """Examine a verdict and print the page or the JSON."""
    from gamebook.book import Book

    values = assignments(settings, "--set", "s_F=0.3")
    fixed = assignments(given, "--given", "x_G=1")
    begin = assignments(start, "--start", "x_F=0.3")
    parts = read_parts(within)
    case = Book.open(common.book or (), replace=common.replace).case(target)
    case.game.check_values({**case.values, **values})
    tell_about_kernels(common)

    from gamebook.robustness.robustness import robust

    command = " ".join(["gamebook", *sys.argv[1:]])
    found = robust(
        case, values=values, given=fixed, start=begin, claim=claim, within=parts, draws=draws, seed=seed,
        command=command,
    )  # fmt: skip
    lang = language(common)
    emit(lambda: found.report(lang), found.to_json, common)
    return 0


def read_parts(written: str) -> list[float]:
    """Read widths such as 0.1,0.2,0.3, in rising order and each once.

    Examples
    --------
    >>> read_parts("0.2, 0.1")
    [0.1, 0.2]
    """
    parts = []
    for word in written.split(","):
        try:
            parts.append(float(word))
        except ValueError as error:
            raise InputError("robust.within", value=word.strip()) from error
        if not 0.0 < parts[-1] <= 1.0:
            raise InputError("robust.within", value=word.strip())
    return sorted(set(parts))
