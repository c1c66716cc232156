"""A text of the catalogue inside another."""

from __future__ import annotations

from gamebook.texts import text


class Reason:
    """Why something cannot be done, said in the language of the message around it."""

    def __init__(self, code: str) -> None:
        self.code = code

    def in_language(self, lang: str) -> str:
        """Return it."""
        return text(self.code, lang)
