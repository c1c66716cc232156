"""The whole document: sections in the order of a paper, those that were asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from gamebook.derivations.derivation import Derivation
from gamebook.derivations.document import Document, Numbers, Section, Writer
from gamebook.derivations.many import equations as many_equations
from gamebook.derivations.many import mixed as many_mixed
from gamebook.derivations.many import setting as many_setting
from gamebook.derivations.many import stability as many_stability
from gamebook.derivations.many.derivation import ManyDerivation
from gamebook.derivations.many.wording import ManyWording
from gamebook.derivations.sections import equations, mixed, payoff_matrix, setting, stability, statics
from gamebook.derivations.sections.wording import Wording
from gamebook.errors import InputError
from gamebook.texts import text

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
MANY: dict[str, Callable[[ManyWording, Writer], None]] = {
    "assumptions": many_setting.assumptions,
    "notation": many_setting.notation,
    "payoffs": many_setting.payoffs,
    "replicator": many_equations.replicator,
    "strategies": many_equations.strategies,
    "stability": many_stability.stability,
    "mixed": many_mixed.mixed,
    "statics": statics.statics,
    "thresholds": statics.thresholds,
    "policy": statics.reading,
}  # the same keys, for games with more than two strategies
_NUMBERED = {
    "table": ("table", "tab", "tab.", "表"),
    "equation": ("equation", "eq", "eq.", "式", "公式"),
    "proposition": ("proposition", "prop", "prop.", "命题"),
}


def paper(
    derivation: Derivation | ManyDerivation,
    lang: str,
    *,
    sections: Sequence[str] | None = None,
    first: Numbers | None = None,
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
    out = Writer(first or Numbers())
    wanted = [key for key in SECTIONS if sections is None or key in sections]
    found = []
    if isinstance(derivation, ManyDerivation):
        many = ManyWording(derivation, lang)
        for key in wanted:
            MANY[key](many, out)
            found.append(Section(key, out.take()))
    else:
        say = Wording(derivation, lang)
        for key in wanted:
            SECTIONS[key](say, out)
            found.append(Section(key, out.take()))
    named = derivation.case.title.in_language(lang).replace("$", "＄")
    title = text("derivation.title", lang, title=named)
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
