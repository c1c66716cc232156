"""From a file to a tree of tables: only regular files, only UTF-8, bounded in size, depth and length of keys."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Mapping

from payoffs.errors import Fault, PageError, message
from payoffs.parties import MOST_CELLS

MOST_BYTES = 2_000_000
MOST_DEPTH = 20  # of tables and lists inside one another; pages need 5
MOST_ITEMS = 2_000  # of a table or list, cells apart
_MOST_BITS = 1024  # of an integer; floats end there too, and Python refuses to print much longer ones
MOST_DOTS = 4  # in one key: tomllib takes time cubic in the length of a dotted key
_REASONS = {
    "Cannot overwrite a value": "toml.twice",
    "Cannot declare": "toml.twice",
    "Cannot redefine namespace": "toml.twice",
    "Duplicate inline table key": "toml.twice",
    "Cannot mutate immutable namespace": "toml.twice",
    "Expected '=' after a key": "toml.equals",
    "Invalid value": "toml.value",
    "Unterminated string": "toml.quote",
    "Illegal character '\\n'": "toml.quote",
    "Unescaped '\\'": "toml.backslash",
    "Invalid hex value": "toml.backslash",
    "Unclosed array": "toml.bracket",
    "Unclosed inline table": "toml.bracket",
    "Expected ']": "toml.bracket",
    "Expected newline or end of document": "toml.line_end",
}
_STRING = re.compile(r"\"(?:[^\"\\]|\\.)*+\"?|'[^']*+'?")


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """Return the bytes of a regular file of at most 2 MB.

    Raises
    ------
    PageError
        it does not exist, cannot be read, is a folder or device, or is too large
    """
    try:
        # Not blocking: opening a named pipe would wait for somebody to write to it.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise PageError([Fault("page.not_a_file", file=str(path))])
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise PageError([Fault("page.missing_file", file=str(path))]) from None
    except (OSError, ValueError) as error:
        if isinstance(error, PageError):
            raise
        code = "page.not_a_file" if isinstance(error, IsADirectoryError) or os.path.isdir(path) else "page.unreadable"
        raise PageError([Fault(code, {"reason": getattr(error, "strerror", None) or str(error)}, str(path))]) from None
    if len(content) > MOST_BYTES:
        raise PageError([Fault("page.too_large", {"most": MOST_BYTES // 1_000_000}, str(path))])
    return content


def decode(content: bytes, file: str) -> str:
    """Return the text of UTF-8 bytes, with or without a byte order mark."""
    if b"\0" in content:
        raise PageError([Fault("page.binary", file=file)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise PageError([Fault("page.encoding", {"line": line}, file)]) from None


def tables(text: str, file: str) -> Mapping[str, object]:
    """Return the tables of a page.

    Raises
    ------
    PageError
        the text is too large, empty, not TOML, or nested too deeply
    """
    if len(text) > MOST_BYTES:
        raise PageError([Fault("page.too_large", {"most": MOST_BYTES // 1_000_000}, file)])
    if not text.strip():
        raise PageError([Fault("page.empty", file=file)])
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") > MOST_DOTS and _dots_in_a_key(line) > MOST_DOTS:
            raise PageError([Fault("page.key_too_long", {"line": number, "most": MOST_DOTS}, file)])
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PageError([_syntax_fault(error, file)]) from None
    except (RecursionError, MemoryError):
        raise PageError([Fault("page.too_deep", {"most": MOST_DEPTH}, file)]) from None
    except ValueError:  # an integer of more than 4300 digits, an impossible date
        raise PageError([Fault("page.syntax_at_end", {"reason": message("toml.number")}, file)]) from None
    fault = _size_fault(raw)
    if fault:
        raise PageError([fault.at(file=file)])
    return raw


def _dots_in_a_key(line: str) -> int:
    """Return the largest number of dots between two of the characters that end a key; quoted parts count as one."""
    return max(part.count(".") for part in re.split(r"[^\w\s.-]", _STRING.sub("q", line)))


def _syntax_fault(error: tomllib.TOMLDecodeError, file: str) -> Fault:
    """Keep the place that the parser gives, and say its reason, which is in English, in our own words."""
    said = str(error)
    reason = message(next((code for start, code in _REASONS.items() if said.startswith(start)), "toml.other"))
    place = re.search(r"\(at line (\d+), column (\d+)\)$", said)
    if not place:
        return Fault("page.syntax_at_end", {"reason": reason}, file)
    return Fault("page.syntax", {"line": int(place[1]), "column": int(place[2]), "reason": reason}, file)


def _size_fault(raw: Mapping[str, object]) -> Fault | None:
    """Return what is too large about a page's tables: later checks may then take their time per item for granted."""
    waiting: list[tuple[object, int, str]] = [(raw, 1, "")]
    while waiting:
        value, depth, key = waiting.pop()
        if depth > MOST_DEPTH:
            return Fault("page.too_deep", {"most": MOST_DEPTH})
        if isinstance(value, int) and value.bit_length() > _MOST_BITS:
            return Fault("page.number_not_finite", {"value": value}, key=key)
        if isinstance(value, dict | list) and len(value) > (MOST_CELLS if key == "cells" else MOST_ITEMS):
            return Fault("page.too_many", {"limit": MOST_CELLS if key == "cells" else MOST_ITEMS}, key=key)
        if isinstance(value, dict):
            waiting.extend((below, depth + 1, f"{key}.{name}".removeprefix(".")) for name, below in value.items())
        elif isinstance(value, list):
            waiting.extend((below, depth + 1, key) for below in value)
    return None
