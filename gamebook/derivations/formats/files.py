"""Every format by name: what files it makes, and what is shown where no folder was asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from gamebook.derivations.derivation import Derivation
from gamebook.derivations.document import Document

FORMATS = ("markdown", "latex", "html", "docx", "json", "python", "matlab", "sympy")
Files = dict[str, str | bytes]


def files(derivation: Derivation, kind: str, lang: str, document: Callable[[], Document]) -> Files:
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
        from gamebook.derivations.formats.formulas_json import derivation_json

        data = derivation_json(derivation)
        return {f"{stem}.json": json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"}
    if kind == "matlab":
        from gamebook.derivations.formats.matlab_code import matlab_files

        return dict(matlab_files(derivation, lang))
    if kind == "sympy":
        from gamebook.derivations.formats.sympy_code import sympy_code

        return {f"{re.sub('-', '_', stem)}_formulas.py": sympy_code(derivation, lang)}
    from gamebook.derivations.formats.python_code import python_code

    return {f"{re.sub('-', '_', stem)}_equations.py": python_code(derivation, lang)}
