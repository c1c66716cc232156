"""Options of ``solve --concept``: which concepts, and what they need to know."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from cyclopts import Parameter

from gamebook.errors import InputError

MOST_LAMBDAS = 100

Concept = Annotated[str, Parameter(name="--concept", help="option.concept", metavar="NAME,...")]
Objective = Annotated[str | None, Parameter(name="--objective", help="option.objective", metavar="NAME")]
Lambdas = Annotated[str | None, Parameter(name="--lambda", help="option.lambda", metavar="0.1,1,10")]
Parties = Annotated[str | None, Parameter(name="--parties", help="option.parties", metavar="A,B")]


@dataclass(frozen=True, slots=True)
class Asked:
    """Concepts asked for, and what was said about them."""

    names: tuple[str, ...]
    objective: str | None
    precisions: tuple[float, ...] | None
    parties: tuple[str, ...]

    @property
    def only_rest(self) -> bool:
        """Whether rest points alone were asked for, as without ``--concept``."""
        return self.names == ("rest",)


def read_concepts(
    concept: str,
    *,
    objective: str | None,
    lambdas: str | None,
    parties: str | None,
    rest_only: Mapping[str, object],
) -> Asked:
    """Check what was asked for before anything is solved.

    Parameters
    ----------
    concept, objective, lambdas, parties : texts of the options
    rest_only : value of every option that only the rest points can use, by name

    Raises
    ------
    InputError
        An unknown concept, an option without its concept, or values that cannot be read.

    Examples
    --------
    >>> read_concepts("qre", objective=None, lambdas="0.1,1", parties=None, rest_only={}).precisions
    (0.1, 1.0)
    """
    from gamebook.solution_concepts.analysis import chosen

    names = chosen(concept)
    for option, value, owner in (
        ("--objective", objective, "correlated"),
        ("--lambda", lambdas, "qre"),
        ("--parties", parties, "slice"),
    ):
        if value is not None and owner not in names:
            raise InputError("concept.option", option=option, concept=owner)
    for option, given in rest_only.items():
        if given and "rest" not in names:
            raise InputError("concept.rest_option", option=option)
    words = () if parties is None else tuple(word.strip() for word in parties.split(","))
    return Asked(names, objective, None if lambdas is None else _numbers(lambdas), words)


def _numbers(words: str) -> tuple[float, ...]:
    numbers = []
    for word in words.split(","):
        try:
            number = float(word)
        except ValueError as error:
            raise InputError("concept.lambda", value=word.strip() or words) from error
        if not (math.isfinite(number) and number >= 0.0):
            raise InputError("concept.lambda", value=word.strip())
        numbers.append(number)
    if len(numbers) > MOST_LAMBDAS:
        raise InputError("concept.lambda_count", count=len(numbers), most=MOST_LAMBDAS)
    return tuple(numbers)
