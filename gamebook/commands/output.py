"""Where results and notices go: results to standard output, all else to standard error, JSON where it was asked for."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from gamebook.errors import InputError
from gamebook.language import machine_language
from gamebook.options import Common
from gamebook.texts import text


def language(common: Common) -> str:
    """Language asked for, else that of the machine."""
    return common.lang or machine_language()


def notice(code: str, common: Common, **fields: object) -> None:
    """Say something that is not a result, unless the user wants quiet."""
    if not common.quiet:
        print(text(code, language(common), **fields), file=sys.stderr)  # noqa: T201


def emit(report: Callable[[], str], data: Callable[[], object], common: Common) -> None:
    """Print the report, or nothing but the JSON with ``--json -``; with a file, write the JSON there as well."""
    if common.json == "-":
        print(as_json(data()))  # noqa: T201
        return
    if common.json is not None:
        write_new(Path(common.json), as_json(data()) + "\n")
    print(report(), end="")  # noqa: T201
    if common.json is not None:
        notice("notice.written", common, path=common.json)


def as_json(data: object) -> str:
    """Return data as JSON text; a number that is not finite would be no JSON and is an error here."""
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False)


def write_new(path: Path, words: str | bytes) -> None:
    """Write a file that must not exist yet, whole or not at all; texts in UTF-8.

    Raises
    ------
    InputError
        If the file exists or cannot be written.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.exists():
            raise InputError("input.exists", path=path)
        part.write_bytes(words.encode() if isinstance(words, str) else words)
        # A link fails if the name has been taken meanwhile; a rename would overwrite.
        os.link(part, path)
    except FileExistsError as error:
        raise InputError("input.exists", path=path) from error
    except OSError as error:
        raise InputError("input.write", path=path, reason=error.strerror or type(error).__name__) from error
    finally:
        part.unlink(missing_ok=True)
