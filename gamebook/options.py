"""Options that verbs share. Help texts are codes of the catalogue; the help page says them in the user's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter, Token

from gamebook.errors import InputError


def whole_number(kind: type, tokens: Sequence[Token]) -> int:
    """Read a whole number strictly: 1.5 is refused, not rounded."""
    return int(tokens[0].value)


Target = Annotated[str, Parameter(name="TARGET", help="option.target")]
AnyTarget = Annotated[str, Parameter(name="TARGET", help="option.target_any")]
Settings = Annotated[list[str] | None, Parameter(name="--set", help="option.set", negative="", metavar="SYMBOL=VALUE")]
Given = Annotated[list[str] | None, Parameter(name="--given", help="option.given", negative="", metavar="x_G=1")]
Start = Annotated[list[str] | None, Parameter(name="--start", help="option.start", negative="", metavar="x_F=0.3")]
Seed = Annotated[int, Parameter(name="--seed", help="option.seed", converter=whole_number)]
Budget = Annotated[str | None, Parameter(name="--budget", help="option.budget", metavar="N|30s")]
Unit = Annotated[Literal["yuan", "k", "wan", "yi"] | None, Parameter(name="--unit", help="option.unit")]
At = Annotated[list[str] | None, Parameter(name="--at", help="option.at", negative="", metavar="x_G=1,x_F=0.4")]
Discount = Annotated[float, Parameter(name="--discount", help="option.discount", metavar="RATE")]
ProtocolName = Annotated[str, Parameter(name="--protocol", help="option.protocol", metavar="NAME")]
Noise = Annotated[float | None, Parameter(name="--noise", help="option.noise", metavar="AMOUNT")]
Mutation = Annotated[float | None, Parameter(name="--mutation", help="option.mutation", metavar="AMOUNT")]
Headcount = Annotated[float | None, Parameter(name="--headcount", help="option.headcount", metavar="N")]
ParametersFile = Annotated[Path | None, Parameter(name="--table", help="option.table_parameters", metavar="FILE")]
Certify = Annotated[bool, Parameter(name="--certify", help="option.certify", negative="")]
ResultsFile = Annotated[Path | None, Parameter(name="--table", help="option.table_results", metavar="FILE")]


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Common:
    """What every verb understands."""

    book: Annotated[
        list[Path] | None, Parameter(name="--book", help="option.book", negative="", metavar="DIR")
    ] = None  # fmt: skip
    replace: Annotated[bool, Parameter(name="--replace", help="option.replace", negative="")] = False
    json: Annotated[
        str | None, Parameter(name="--json", help="option.json", metavar="FILE|-", allow_leading_hyphen=True)
    ] = None  # fmt: skip
    lang: Annotated[Literal["en", "zh"] | None, Parameter(name="--lang", help="option.lang")] = None
    quiet: Annotated[bool, Parameter(name=("--quiet", "-q"), help="option.quiet", negative="")] = False
    debug: Annotated[bool, Parameter(name="--debug", help="option.debug", negative="")] = False

    def check(self) -> None:
        """Refuse a file for the result that could not be written, before hours of work are lost to it.

        Raises
        ------
        InputError
            If it exists, or its folder does not.
        """
        if self.json is None or self.json == "-":
            return
        path = Path(self.json)
        if path.exists():
            raise InputError("input.exists", path=path)
        if not path.parent.is_dir():
            raise InputError("input.no_folder", path=path, folder=path.parent)
