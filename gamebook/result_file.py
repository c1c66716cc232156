"""Read a file that should hold a result: from anywhere, so every file is hostile until it has been checked."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from gamebook.errors import InputError

LARGEST = 64_000_000  # bytes; results of solve are smaller than one of these millions
DEEPEST = 40  # levels; results have at most 14
_MOST_BITS = 1000  # of a whole number; more does not fit a float


def read_result(path: Path, schemas: Sequence[str]) -> tuple[str, dict[str, Any]]:
    """Return the schema of a stored result and its data.

    Parameters
    ----------
    schemas : those that can be used

    Raises
    ------
    InputError
        If the file cannot be read, is no JSON as results have it, or is something else than a result that can be used.
    """
    document = _parsed(path, _text_of(path))
    schema = document.get("schema") if isinstance(document, dict) else None
    if not isinstance(document, dict) or not isinstance(schema, str) or not schema.startswith("gamebook/"):
        raise InputError("rerun.foreign", path=path)
    if schema not in schemas:
        raise InputError("rerun.schema", path=path, schema=schema[:60], known=", ".join(schemas))
    return schema, document


def _text_of(path: Path) -> str:
    if path.exists() and not path.is_file():
        raise InputError("rerun.no_file", path=path)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise InputError("rerun.unreadable", path=path, reason=error.strerror or type(error).__name__) from error
    except ValueError as error:  # a zero byte in the name
        raise InputError("rerun.unreadable", path=str(path)[:80], reason=type(error).__name__) from error
    if len(content) > LARGEST:
        raise InputError("rerun.large", path=path, most=LARGEST // 1_000_000)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("rerun.no_json", path=path, place=f"byte {error.start}") from error


def _parsed(path: Path, text: str) -> Any:  # noqa: ANN401 - whatever the file holds
    """Parse strictly: no NaN, no key twice, no number that is not finite, no nesting beyond ``DEEPEST``."""

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        table = dict(items)
        if len(table) < len(items):
            raise InputError("rerun.twice", path=path)
        return table

    def constant(name: str) -> NoReturn:
        raise InputError("rerun.not_finite", path=path, value=name)

    def real(digits: str) -> float:
        number = float(digits)
        if not math.isfinite(number):
            constant(digits[:20])
        return number

    def whole(digits: str) -> int:
        if len(digits) > _MOST_BITS // 4:
            constant(f"{digits[:20]}…")
        return int(digits)

    try:
        document = json.loads(text, object_pairs_hook=pairs, parse_constant=constant, parse_float=real, parse_int=whole)
    except json.JSONDecodeError as error:
        raise InputError("rerun.no_json", path=path, place=f"{error.lineno}:{error.colno}") from error
    except RecursionError as error:
        raise InputError("rerun.deep", path=path, most=DEEPEST) from error
    _check_depth(path, document)
    return document


def _check_depth(path: Path, document: object) -> None:
    level: list[object] = [document]
    for _ in range(DEEPEST):
        inner: list[object] = []
        for value in level:
            if isinstance(value, dict):
                inner.extend(value.values())
            elif isinstance(value, list):
                inner.extend(value)
        if not inner:
            return
        level = inner
    raise InputError("rerun.deep", path=path, most=DEEPEST)
