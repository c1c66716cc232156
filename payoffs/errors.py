"""What is wrong with a page, a formula or a value, said in English and Chinese.

A :class:`Fault` is one finding: a code, the fields of its message, the file and the key it stands at. A
:class:`PageError` carries every fault found, so that a page can be mended in one go. The texts are in
:mod:`payoffs.messages`.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from payoffs.frozen import Frozen
from payoffs.messages import MESSAGES
from payoffs.texts import LANGUAGES, Text

SHOWN_CHARACTERS = 80  # of a value in a message: enough to recognise it, short enough for a terminal line
SHOWN_FAULTS = 50  # a page with more is not a page with typing mistakes
_SHOWN_PLACE = 300  # of a path or a key
_LARGEST_SHOWN_INTEGER = 10**30  # str() of an integer beyond 4300 digits raises in Python


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong.

    Parameters
    ----------
    code : a key of ``payoffs.messages.MESSAGES``
    fields : the values its message names; a :class:`~payoffs.texts.Text` appears in the language asked for
    file, key : where it stands, for example ``package.toml`` and ``values.s_F``; None if that means nothing

    Examples
    --------
    >>> fault = Fault("value.bounds", {"symbol": "s_F", "value": 1.4, "low": 0.0, "high": 1.0, "unit": "share"})
    >>> fault.at(file="package.toml", key="values.s_F").text()
    'package.toml: values.s_F: s_F is 1.4; it must lie in [0, 1] (share).'
    """

    code: str
    fields: Mapping[str, object] = field(default_factory=dict)
    file: str | None = None
    key: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", Frozen(self.fields))

    def text(self, lang: str = "en") -> str:
        """Return the message with its place, in English or (``"zh"``) Chinese."""
        colon = "：" if lang == "zh" else ": "
        places = [_one_line(place, _SHOWN_PLACE) for place in (self.file, self.key) if place]
        return colon.join([*places, self.message().in_language(lang)])

    def message(self) -> Text:
        """Return the message in both languages, without its place."""
        english, chinese = MESSAGES[self.code]
        fields = [{name: shown(value, lang) for name, value in self.fields.items()} for lang in LANGUAGES]
        return Text(english.format(**fields[0]), chinese.format(**fields[1]))

    def at(self, *, file: str | None = None, key: str | None = None) -> Fault:
        """Return the same fault with a file or a key where it has none yet."""
        return replace(self, file=self.file or file, key=self.key or key)


class PageError(ValueError):
    """A page, a formula or a value is refused; carries all faults found.

    Examples
    --------
    >>> error = PageError([Fault("formula.empty")])
    >>> error.text("zh")
    '公式为空。请写出数字、名称或表达式，例如 0。'
    """

    faults: tuple[Fault, ...]

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__()

    def __str__(self) -> str:
        return self.text()

    def text(self, lang: str = "en") -> str:
        """Return all messages, one per line, in English or (``"zh"``) Chinese."""
        lines = [fault.text(lang) for fault in self.faults[:SHOWN_FAULTS]]
        hidden = len(self.faults) - len(lines)
        if hidden:
            lines.append(Fault("page.more_faults", {"count": hidden}).text(lang))
        return "\n".join(lines)

    def __reduce__(self) -> tuple[type[PageError], tuple[tuple[Fault, ...]]]:
        return (type(self), (self.faults,))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The hint "Did you mean ...?", worked out only when a message is shown: a search costs milliseconds."""

    name: str
    known: frozenset[str]

    def text(self) -> Text:
        """Return the hint, or an empty text if no known name is close."""
        close = _closest(self.name[:SHOWN_CHARACTERS], self.known)  # difflib is quadratic in the length
        return message("hint.did_you_mean", name=close) if close else Text("", "")


def did_you_mean(name: str, known: Collection[str]) -> Suggestion:
    """Return a hint with the closest known name.

    A name that differs in upper and lower case only comes first, since symbols are case-sensitive.

    Examples
    --------
    >>> did_you_mean("s_f", ["s_P", "s_F"]).text().en
    ' Did you mean "s_F"?'
    >>> did_you_mean("zebra", ["s_F"]).text().en
    ''
    """
    return Suggestion(name, frozenset(known))


@lru_cache(maxsize=256)
def _closest(name: str, known: frozenset[str]) -> str | None:
    same_letters = sorted(other for other in known if other.lower() == name.lower() and other != name)
    close = same_letters[:1] or difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return close[0] if close else None


def message(code: str, **fields: object) -> Text:
    """Return a message of the catalogue in both languages, without a place."""
    return Fault(code, fields).message()


def shown(value: object, lang: str = "en") -> str:
    """Return a value as it appears in a message: one line, bounded, without control characters.

    Examples
    --------
    >>> shown(0.30000000000000004), shown(10**5000), shown("a" * 100)[-4:]
    ('0.3', 'an integer of about 5001 digits', 'aaa…')
    """
    if isinstance(value, Suggestion):
        return value.text().in_language(lang)
    if isinstance(value, Text):
        return value.in_language(lang)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) >= _LARGEST_SHOWN_INTEGER:
        digits = int(value.bit_length() * 0.30103) + 1
        return f"{digits} 位左右的整数" if lang == "zh" else f"an integer of about {digits} digits"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return f"{float(value):.10g}"
    if isinstance(value, dict):
        return "表 {...}" if lang == "zh" else "a table {...}"
    if isinstance(value, list | tuple):
        return "列表 [...]" if lang == "zh" else "a list [...]"
    return _one_line(str(value), SHOWN_CHARACTERS)


def _one_line(text: str, limit: int) -> str:
    """Replace what could move a terminal's cursor or reverse its text, and cut the rest off."""
    line = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text[: limit + 1])
    return line if len(line) <= limit else line[: limit - 1] + "…"
