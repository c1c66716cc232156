"""A text in the two languages of the project."""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Text:
    """The same text in English and in Chinese.

    Examples
    --------
    >>> name = Text("government", "政府")
    >>> name.in_language("zh")
    '政府'
    >>> str(name)
    'government'
    """

    en: str
    zh: str

    def in_language(self, lang: str) -> str:
        """Return the Chinese text for ``"zh"``, the English one for any other language."""
        return self.zh if lang == "zh" else self.en

    def __str__(self) -> str:
        return self.en
