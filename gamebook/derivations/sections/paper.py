"""The whole document: sections in the order of a paper, those that were asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from gamebook.derivations.derivation import Derivation
from gamebook.derivations.document import Document, Numbers, Section, Writer
from gamebook.derivations.sections import equations, mixed, payoff_matrix, setting, stability, statics
from gamebook.derivations.sections.wording import Wording
from gamebook.errors import InputError

SECTIONS: dict[str, Callable[[Wording, Writer], None]] = {
    "assumptions": setting.assumptions,
    "notation": setting.notation,
    "payoffs": payoff_matrix.payoffs,
    "replicator": equations.replicator,
    "strategies": equations.strategies,
    "stability": stability.stability,
    "mixed": mixed.mixed,
    "statics": statics.statics,
    "thresholds": statics.thresholds,
    "policy": statics.reading,
}
_NUMBERED = {
    "table": ("table", "tab", "tab.", "表"),
    "equation": ("equation", "eq", "eq.", "式", "公式"),
    "proposition": ("proposition", "prop", "prop.", "命题"),
}


def paper(
    derivation: Derivation, lang: str, *, sections: Sequence[str] | None = None, first: Numbers | None = None
) -> Document:
    """Write a derivation as a document.

    Parameters
    ----------
    lang : "en" or "zh"
    sections : keys of :data:`SECTIONS`; all if left out. They keep the order of the paper
    first : the numbers at which tables, equations and propositions begin

    Raises
    ------
    InputError
        a section that does not exist

    Examples
    --------
    >>> import gamebook
    >>> from gamebook.derivations.derivation import derive
    >>> document = paper(derive(gamebook.load("inspection")), "en", sections=["replicator"])
    >>> [type(block).__name__ for block in document.sections[0].blocks][:3]
    ['Heading', 'Paragraph', 'Equation']
    """
    check_sections(sections or ())
    say, out = Wording(derivation, lang), Writer(first or Numbers())
    found = []
    for key, write in SECTIONS.items():
        if sections is None or key in sections:
            write(say, out)
            found.append(Section(key, out.take()))
    title = say.t("derivation.title", title=say.say(derivation.case.title))
    return Document(title, lang, tuple(found), first or Numbers())


def check_sections(sections: Sequence[str]) -> Sequence[str]:
    """Return the sections asked for if all of them exist, else raise InputError."""
    for key in sections:
        if key not in SECTIONS:
            raise InputError("derive.section", near=(key, SECTIONS), section=key, known=", ".join(SECTIONS))
    return sections


def read_numbers(text: str) -> Numbers:
    """Read where numbering begins, such as ``表3,式(5)`` or ``table 3, equation 5``.

    Raises
    ------
    InputError
        what is neither a table, an equation nor a proposition, or has no number

    Examples
    --------
    >>> read_numbers("表3,式(5)")
    Numbers(table=3, equation=5, proposition=1)
    """
    found = {}
    for part in re.split(r"[,，;；、]", text):
        if not part.strip():
            continue
        match = re.fullmatch(r"\s*([^\d(（]+?)\s*[(（]?\s*(\d{1,5})\s*[)）]?\s*", part)
        kind = next(
            (kind for kind, words in _NUMBERED.items() if match and match[1].strip().lower() in words), None
        )
        if match is None or kind is None or int(match[2]) < 1:
            raise InputError("derive.number_from", text=part.strip()[:40])
        found[kind] = int(match[2])
    return Numbers(**found)
