"""``gamebook doctor``: whether this installation is complete and computes what it should."""

from __future__ import annotations

import contextlib

from gamebook.commands.output import emit, language, notice
from gamebook.options import Common

COMMON = Common()


def doctor_command(*, common: Common = COMMON) -> int:
    """Print what was examined with a verdict each; 1 if something is a problem."""
    from gamebook.checkup import Verdict, checkup
    from gamebook.reports.checkup import checkup_json, checkup_report

    with contextlib.suppress(Exception):  # whatever is broken here, the checkup says
        from solvers import compiled

        compiled.tell_when_compiling(lambda: notice("notice.compiling", common))
    findings = list(checkup(common.book or (), replace=common.replace, lang=common.lang, debug=common.debug))
    emit(lambda: checkup_report(findings, language(common)), lambda: checkup_json(findings), common)
    return int(any(finding.verdict is Verdict.PROBLEM for finding in findings))
