"""``gamebook audit``: what a paper prints, held against what follows from its payoffs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from gamebook.commands.output import emit, language, notice, write_new
from gamebook.commands.solving import tell_about_kernels
from gamebook.options import Common

COMMON = Common()

ClaimsTarget = Annotated[str, Parameter(name="CLAIMS", help="option.claims")]
Against = Annotated[str | None, Parameter(name="--against", help="option.against", metavar="TARGET")]
Format = Annotated[Literal["text", "markdown", "html"], Parameter(name="--format", help="option.audit_format")]
Out = Annotated[Path | None, Parameter(name="--out", help="option.audit_out", metavar="FILE")]


def audit_command(
    claims: ClaimsTarget,
    /,
    *,
    against: Against = None,
    form: Format = "text",
    out: Out = None,
    common: Common = COMMON,
) -> int:
    """Audit a claims page and print what was found; 1 if something printed is false."""
    from gamebook.audit.claims import find_claims
    from gamebook.book import Book

    book = Book.open(common.book or (), replace=common.replace)
    case = None if against is None else book.case(against)
    page = find_claims(claims, book, against=case)
    tell_about_kernels(common)

    from gamebook.audit.audit import audit
    from gamebook.reports.audit import audit_html, audit_markdown, audit_report

    result = audit(page)
    lang = language(common)
    written = {"text": audit_report, "markdown": audit_markdown, "html": audit_html}[form]
    if out is not None:
        write_new(out, written(result, lang=lang))
        notice("notice.written", common, path=out)
    else:
        emit(lambda: written(result, lang=lang), result.to_json, common)
    return 1 if result.errors else 0
