"""Reasons to look twice at a claim, each with its claims and one sentence of reason.

Every flag is a small function from the evidence (claims joined with their readings) to findings:
`wording` looks at what is counted, `hedges` at how firmly it is said, `scope` at
where and when, `numbers` at the numbers, `voices` at who says so. A flag accuses no
one: it says what a checker would ask. How much it weighs is decided by the engine (`severity`).

Never flagged: a difference between a city's ratio and a war's totals as a contradiction;
restatements as confirmation; sources that merely differ (that is disagreement, shown as such); a
vague "significant losses" against a ratio; a later cumulative total for being higher.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pandas as pd

from bakhmut.consistency.verbs import Check
from bakhmut.dossier.claims import Dossier
from bakhmut.engine.status import by_gravity
from bakhmut.findings.evidence import Evidence, Finding, evidence_of
from bakhmut.findings.rules import hedges, numbers, scope, voices, wording
from bakhmut.findings.severity import Weighed, weigher_of

SEVERITIES = ("serious", "caution", "note")
COLUMNS = ["flag", "severity", "claims", "because"]

Rule = Callable[[Evidence], Iterable[Finding]]

# In the order in which flags of one severity are shown: what turns most verdicts first.
FLAGS: dict[str, Rule] = {
    "metric-drift": wording.metric_drift,
    "mixed-measures": wording.mixed_measures,
    "dropped-hedge": hedges.dropped_hedge,
    "load-bearing-hedge": hedges.load_bearing_hedge,
    "undefined-measure": wording.undefined_measure,
    "times-more": wording.times_more,
    "implausible-implication": numbers.implausible_implication,
    "scope-mismatch": scope.scope_mismatch,
    "point-against-bound": numbers.point_against_bound,
    "unstated-period": scope.unstated_period,
    "rate-as-total": scope.rate_as_total,
    "stale": scope.stale,
    "false-precision": numbers.false_precision,
    "cumulative-fall": numbers.cumulative_fall,
    "slip": numbers.slip,
    "single-origin": voices.single_origin,
    "unnamed-source": voices.unnamed_source,
    "interested-source": voices.interested_source,
    "accounts-differ": voices.accounts_differ,
}


def flag(
    dossier: Dossier, check: Check | None = None, *, assume: Iterable[str] = ()
) -> pd.DataFrame:
    """Return the flags of a dossier, the most serious first.

    Parameters
    ----------
    dossier : Dossier
    check : Check, optional
        The check of the same dossier; made here where it is not given.
    assume : names
        What-if assumptions in force, as they were for the check.

    Returns
    -------
    DataFrame
        `flag`, `severity` (serious: some status turns when the claim is taken otherwise; caution:
        a bound moves; note), `claims` (ids of claims or accounts), `because` (the reason, with
        quotes; then what taking it otherwise would change).
    """
    names = tuple(assume)
    return flagged(evidence_of(dossier, check, assume=names), names)


def flagged(evidence: Evidence, assume: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return the flags of a dossier whose evidence is at hand, with its check (see `flag`)."""
    weigher = weigher_of(evidence, assume)
    weighed = [weigher.weigh(finding) for rule in FLAGS.values() for finding in rule(evidence)]
    kept = [one for one in weighed if one.severity in one.finding.keep]
    kept.sort(key=lambda one: SEVERITIES.index(one.severity))
    return by_gravity(pd.DataFrame(list(_rows(kept)), columns=COLUMNS), "severity", SEVERITIES)


def _rows(weighed: Iterable[Weighed]) -> Iterator[tuple]:
    for one in weighed:
        found = one.finding
        because = " ".join(filter(None, [found.because, one.effect]))
        yield found.flag, one.severity, found.claims, because
