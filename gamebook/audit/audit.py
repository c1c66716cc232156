"""``audit``: every check of a claims page, in the order in which a referee would read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gamebook.audit.claims import Claims
from gamebook.audit.findings import SEVERITIES, Finding, Severity
from gamebook.audit.formulas import (
    cancelling_findings,
    edge_findings,
    eigenvalue_findings,
    equation_findings,
    payoff_findings,
    sign_findings,
    symbol_findings,
)
from gamebook.audit.numbers import dismissed_findings, end_findings, figure_findings, set_findings
from gamebook.audit.stability import (
    condition_findings,
    mixed_findings,
    share_dependence_findings,
    zero_findings,
)
from gamebook.audit.subject import Audited
from payoffs.texts import Text

SCHEMA = "gamebook/audit/1"


@dataclass(frozen=True, slots=True, eq=False)
class Audit:
    """Findings of one claims page, in the order of the checks."""

    claims: Claims
    findings: tuple[Finding, ...]

    @property
    def title(self) -> Text:
        """Title of the work."""
        return self.claims.title

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """Findings of one severity."""
        return tuple(finding for finding in self.findings if finding.severity == severity)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Claims shown to be false."""
        return self.of("error")

    def to_json(self) -> dict[str, object]:
        """Return the audit as plain data."""
        table = self.claims.table
        return {
            "schema": SCHEMA,
            "claims": table.id,
            "title": {"en": table.title.en, "zh": table.title.zh},
            "source": {"en": table.source.en, "zh": table.source.zh},
            "game": None if self.claims.case is None else self.claims.case.game.id,
            "counts": {severity: len(self.of(severity)) for severity in SEVERITIES},
            "findings": [finding.to_json() for finding in self.findings],
        }


def audit(claims: Claims) -> Audit:
    """Check everything that a claims page holds.

    Parameters
    ----------
    claims : what ``read_claims`` returns

    Examples
    --------
    >>> from gamebook.audit.claims import find_claims
    >>> from gamebook.book import Book
    >>> result = audit(find_claims("digital_business_2025", Book.open()))
    >>> sum(finding.check == "eigenvalue" for finding in result.errors)
    12
    """
    return Audit(claims, tuple(_findings(claims)))


def _findings(claims: Claims) -> Iterator[Finding]:
    yield from symbol_findings(claims)
    if claims.case is None:
        yield Finding("no_game", "untested")
        yield from edge_findings(claims)
        yield from sign_findings(claims)
        return
    audited = Audited(claims)
    own = [player for player in range(audited.field.n) if audited.field.on_own(player)]
    yield from share_dependence_findings(audited)
    yield from payoff_findings(audited)
    yield from cancelling_findings(audited)
    yield from equation_findings(audited)
    yield from eigenvalue_findings(audited)
    yield from edge_findings(claims, own)
    yield from sign_findings(claims, own)
    yield from zero_findings(audited)
    yield from condition_findings(audited)
    yield from mixed_findings(audited)
    yield from set_findings(audited)
    yield from dismissed_findings(audited)
    yield from end_findings(audited)
    yield from figure_findings(audited)


def worst(findings: Sequence[Finding]) -> Severity | None:
    """Return the most serious severity among findings."""
    return next((severity for severity in SEVERITIES if any(f.severity == severity for f in findings)), None)
