"""Every format by name: what files it makes, and what is shown where no folder was asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from gamebook.derivations.derivation import Derivation
from gamebook.derivations.document import Document
from gamebook.derivations.many.derivation import ManyDerivation

FORMATS = ("markdown", "latex", "html", "docx", "json", "python", "matlab", "sympy")
Files = dict[str, str | bytes]


def files(
    derivation: Derivation | ManyDerivation, kind: str, lang: str, document: Callable[[], Document]
) -> Files:
    """Return the files of a format by name.

    Parameters
    ----------
    document : makes the document, for the formats that need one
    """
    stem = re.sub(r"[^A-Za-z0-9_-]", "_", Path(derivation.case.target).stem)
    if kind == "markdown":
        from gamebook.derivations.formats.markdown import markdown

        return {f"{stem}-{lang}.md": markdown(document())}
    if kind == "latex":
        from gamebook.derivations.formats.latex import latex

        return {f"{stem}-{lang}.tex": latex(document())}
    if kind == "html":
        from gamebook.derivations.formats.html import html

        return {f"{stem}-{lang}.html": html(document())}
    if kind == "docx":
        from gamebook.derivations.formats.docx import docx

        return {f"{stem}-{lang}.docx": docx(document())}
    if kind == "json":
        data = as_data(derivation)
        return {f"{stem}.json": json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"}
    if isinstance(derivation, ManyDerivation):
        return _many_program(derivation, kind, lang, stem)
    if kind == "matlab":
        from gamebook.derivations.formats.matlab_code import matlab_files

        return dict(matlab_files(derivation, lang))
    if kind == "sympy":
        from gamebook.derivations.formats.sympy_code import sympy_code

        return {f"{re.sub('-', '_', stem)}_formulas.py": sympy_code(derivation, lang)}
    from gamebook.derivations.formats.python_code import python_code

    return {f"{re.sub('-', '_', stem)}_equations.py": python_code(derivation, lang)}


def as_data(derivation: Derivation | ManyDerivation, command: str | None = None) -> dict[str, object]:
    """Return a derivation as data; `command` is what made it."""
    from gamebook.derivations.formats.formulas_json import derivation_json, many_json

    if isinstance(derivation, ManyDerivation):
        return many_json(derivation, command)
    return derivation_json(derivation, command)


def _many_program(derivation: ManyDerivation, kind: str, lang: str, stem: str) -> Files:
    from gamebook.derivations.many.programs import many_matlab, many_python, many_sympy

    if kind == "matlab":
        return dict(many_matlab(derivation, lang))
    name = re.sub("-", "_", stem)
    if kind == "sympy":
        return {f"{name}_formulas.py": many_sympy(derivation, lang)}
    return {f"{name}_equations.py": many_python(derivation, lang)}
