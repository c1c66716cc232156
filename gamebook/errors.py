"""Bad input found by the program itself; pages and solvers have errors of their own with the same ``text(lang)``."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from gamebook.texts import text


def hint(value: str, known: Iterable[str], lang: str) -> str:
    """Return "Did you mean ...?" for the closest known name, or nothing.

    Examples
    --------
    >>> hint("pakage", ["package", "poaching"], "en")
    ' Did you mean package?'
    """
    names = sorted(set(known))
    close = [name for name in names if name.lower() == value.lower() and name != value]
    close = close or difflib.get_close_matches(value[:80], names, n=1, cutoff=0.6)
    return text("error.did_you_mean", lang, name=close[0]) if close else ""


class InputError(ValueError):
    """A request that cannot be carried out: what is wrong, the value, what is allowed, what to do.

    Parameters
    ----------
    code : str
        Key of the message in the catalogue.
    near : (str, names), optional
        What was asked for and what exists; fills the field ``hint`` with the closest name.
    **fields
        Values that the message shows.

    Examples
    --------
    >>> InputError("input.exists", path="package.toml").text("en")
    'package.toml exists already; nothing was written. Choose another name or remove it first.'
    """

    def __init__(self, code: str, *, near: tuple[str, Iterable[str]] | None = None, **fields: object) -> None:
        self.code = code
        self.near = None if near is None else (near[0], tuple(near[1]))
        self.fields = fields
        super().__init__(self.text("en"))

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes with code and fields."""
        return _again, (self.code, self.near, self.fields)

    def text(self, lang: str = "en") -> str:
        """Return the message in English or (``zh``) Chinese."""
        fields = {name: _in_language(value, lang) for name, value in self.fields.items()}
        if self.near is not None:
            fields["hint"] = hint(*self.near, lang)
        return text(self.code, lang, **fields)


def _again(code: str, near: tuple[str, Iterable[str]] | None, fields: dict[str, object]) -> InputError:
    return InputError(code, near=near, **fields)


def _in_language(value: object, lang: str) -> object:
    """Texts in two languages appear in the one asked for."""
    spoken = getattr(value, "in_language", None)
    return spoken(lang) if callable(spoken) else value
