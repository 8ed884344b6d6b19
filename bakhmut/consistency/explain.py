"""Why a conflict is one: the frame of conflicts, with margin, thresholds and proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from bakhmut.base.basis import HIGH, LOW
from bakhmut.base.limits import uncollected
from bakhmut.base.simplex import Refutation
from bakhmut.base.words import number
from bakhmut.consistency.arranged import assumed_in_words
from bakhmut.consistency.case import Case, scopes_to_name
from bakhmut.engine.proving.certificates import Certificate, certify
from bakhmut.engine.proving.margins import margin, threshold
from bakhmut.engine.proving.proofs import OTHERWISE
from bakhmut.engine.solver import Solver, bits_of
from bakhmut.engine.status import STATUSES, by_gravity
from bakhmut.engine.verdicts import Conflict, Core
from bakhmut.meaning.readings import ABOUT, Reading
from bakhmut.meaning.rows import looser
from bakhmut.meaning.systems import System, build_systems

MOST_WAYS, MOST_PROOFS = 12, 3
# What rounding does not explain, but an error of so much in each figure: a slip all the same.
SLIP = 0.01
SET_COLUMNS = [
    "conflict", "status", "claims", "assumptions", "origins", "origin_names",
    "readings_fail", "readings_hold",
]  # fmt: skip
CONFLICT_COLUMNS = [*SET_COLUMNS, "margin", "apart", "thresholds", "proof", "because"]


@uncollected()
def conflict_frame(case: Case, *, only: str = "") -> pd.DataFrame:
    """Return the frame of `find_conflicts`, or the row of one of them."""
    rows = []
    for conflict in case.conflicts:
        if only not in ("", conflict.name):
            continue
        told = _set(case, conflict)
        _, _, claims, assumed, _, origins, *_ = told
        margin = margin_in(case, conflict)
        apart, proof = _proof(case, conflict)
        words = [assumed_in_words(name, case.interpretation.dossier) for name in assumed]
        because = _because(conflict, claims, words, origins) + _size(conflict, margin, apart)
        rows.append([*told, margin, apart, thresholds_in(case, conflict), proof, because])
    return by_gravity(pd.DataFrame(rows, columns=CONFLICT_COLUMNS), "status", STATUSES)


def sets_of(case: Case) -> pd.DataFrame:
    """Return which claims and assumptions each conflict has, not measured and not proven."""
    return pd.DataFrame([_set(case, one) for one in case.conflicts], columns=SET_COLUMNS)


def _set(case: Case, conflict: Conflict) -> list[Any]:
    """Return what is known of a conflict before it is looked at by itself."""
    claims, assumed = _members(case, conflict)
    origins = tuple(dict.fromkeys(case.by_name[claim].origin for claim in claims))
    readings = (tuple(map(case.named, worlds)) for worlds in (conflict.fails, conflict.holds))
    return [conflict.name, conflict.status, claims, assumed, len(origins), origins, *readings]


def _members(case: Case, conflict: Conflict) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the claims and the assumptions of a conflict in their order, ours last."""
    names = sorted(conflict.premises, key=case.place.__getitem__)
    premises = [case.by_name[name] for name in names]
    claims = tuple(one.name for one in premises if not one.is_assumption)
    return claims, tuple(one.name for one in premises if one.is_assumption) + conflict.ours


def _because(
    conflict: Conflict, claims: tuple[str, ...], assumed: Sequence[str], origins: tuple[str, ...]
) -> str:
    if len(claims) == 1:
        who = "This claim cannot be true as worded"
    else:
        who = f"These {len(claims)} claims cannot all be true as worded"
    voices = (
        f"one origin ({origins[0]}), or the text that retells it, is at odds with itself"
        if len(origins) == 1
        else f"{len(origins)} origins disagree"
    )
    end = {
        "contradiction": "under any reading",
        "contradiction-in-some-readings": "under some readings; under others they can",
        "undecided": "under some readings; whether another saves them was not decided",
        "conflicts-with-assumption": f"with {' and '.join(assumed)}",
        "not-checkable": f"if what is not stated is the same ({', '.join(conflict.missing)})",
    }[conflict.status]
    return f"{who} {end}: {voices}."


def _size(conflict: Conflict, margin: float, apart: float) -> str:
    """Return how little a contradiction is about, "" where it is about more than a slip."""
    if conflict.status == "contradiction" and margin != margin:
        return " No common error of the figures, however large, reconciles them."
    if conflict.status != "contradiction" or not margin <= SLIP:
        return ""
    by = f"by {number(apart)}" if apart == apart else "by little"
    return f" They miss each other {by}, {margin:.2%} of each figure: small enough for a slip."


def margin_in(case: Case, conflict: Conflict) -> float:
    """Return the margin of a conflict in the reading nearest to hold."""
    stated = not conflict.missing
    return _least([margin_of(case, core, stated=stated) for core in _ways(case, conflict)])


def apart_in(case: Case, conflict: Conflict) -> float:
    """Return by how much the sums of a conflict miss each other, at least."""
    return _proof(case, conflict)[0]


def thresholds_in(case: Case, conflict: Conflict) -> tuple[dict[str, Any], ...]:
    """Return the thresholds of a conflict, each in the reading nearest to hold."""
    nearest: dict[tuple[str, int], Fraction] = {}
    for system, _, _ in _by_themselves(case, conflict):
        for name in _members(case, conflict)[1]:
            for end in (HIGH,) if name == ABOUT else (LOW, HIGH):
                value = threshold(system, name, end)
                if value is not None:
                    kept = nearest.get((name, end))
                    better = kept is None or (value > kept if end == LOW else value < kept)
                    nearest[name, end] = value if better else kept  # type: ignore[assignment]
    return tuple(
        {"assumption": name, "value": float(v), "exact": str(v), "bound": ("low", "high")[end]}
        for (name, end), v in nearest.items()
    )


def _proof(case: Case, conflict: Conflict) -> tuple[float, tuple[str, ...]]:
    """Return `apart`, and the proof of a few readings, each in lines."""
    apart: list[Fraction | None] = []
    proofs: dict[tuple[str, ...], None] = {}
    for system, refutation, core in _by_themselves(case, conflict):
        certificate = certificate_of(system, refutation, core)
        proofs[case.writer.lines(system, certificate)] = None
        apart.append(certificate.apart())
        if len(proofs) == MOST_PROOFS:
            break
    lines: list[str] = []
    for n, proof in enumerate(proofs):
        if n:
            lines.append(OTHERWISE)
        lines += proof
    others = len(conflict.cores) - len(proofs)
    if others > 0:
        readings = "one more reading" if others == 1 else f"{others} more readings"
        lines.append(f"Under {readings} they fail too, by sums of their own.")
    return _least(apart), tuple(lines)


def _by_themselves(case: Case, conflict: Conflict) -> Iterator[tuple[System, Refutation, Core]]:
    """Yield the ways of a conflict that fail by themselves, each with its system and why."""
    for core in _ways(case, conflict):
        if found := by_itself(case, core, stated=not conflict.missing):
            yield *found, core


def _ways(case: Case, conflict: Conflict) -> list[Core]:
    """Return the ways of a conflict that are looked at by themselves."""
    if conflict.name not in case.ways:
        case.ways[conflict.name] = _loosest_ways(conflict)[:MOST_WAYS]
    return case.ways[conflict.name]


def _least(values: list[Fraction | None]) -> float:
    known = [value for value in values if value is not None]
    return float(min(known)) if known else float("nan")


def _loosest_ways(conflict: Conflict) -> list[Core]:
    """Return the ways to fail, less those that another way with looser figures stands for."""
    literals = [
        {w.system.literals[n].premise: w.system.literals[n] for n in bits_of(w.literals)}
        for w in conflict.cores
    ]

    def covered(n: int) -> bool:
        return any(
            m != n
            and literals[m].keys() == own.keys()
            and all(looser(literals[m][u], own[u]) for u in own)
            and not (m > n and all(looser(own[u], literals[m][u]) for u in own))
            for m in range(len(literals))
            for own in (literals[n],)
        )

    return [core for n, core in enumerate(conflict.cores) if len(literals) > 200 or not covered(n)]


def by_itself(case: Case, core: Core, *, stated: bool = True) -> tuple[System, Refutation] | None:
    """Return a system of one conflict's claims and assumptions in one reading, and why it fails."""
    key = core.system, core.literals, core.ours, stated
    if key not in case.proven:
        case.proven[key] = _by_itself(case, core, stated=stated)
    return case.proven[key]


def margin_of(case: Case, core: Core, *, only: str = "", stated: bool = True) -> Fraction | None:
    """Return the margin of a way to fail, or how far one figure alone would have to move."""
    key = core.system, core.literals, core.ours, stated, only
    if key not in case.margins:
        alone = by_itself(case, core, stated=stated)
        names = frozenset({only}) if only else None
        case.margins[key] = None if alone is None else margin(alone[0], only=names)
    return case.margins[key]


def _by_itself(case: Case, core: Core, *, stated: bool) -> tuple[System, Refutation] | None:
    chosen: dict[str, Reading] = {}
    for mask_bit in bits_of(core.literals):
        literal = core.system.literals[mask_bit]
        premise = core.system.premises[literal.premise]
        one = next(a for a in premise.readings if a.choices == literal.choices)
        chosen[premise.name] = _taken(one, usual=ABOUT in core.ours)
    premises = [
        case.by_name[name]._replace(readings=(chosen[name],))
        for name in sorted(chosen, key=case.place.__getitem__)
    ]
    own = scopes_to_name(premises)
    # An assumption about each piece says something only of pieces that are told apart. Where the
    # conflict's own claims do not tell them apart, those of the whole dossier do.
    for is_alone in (True, False):
        watch = own if is_alone else list(dict.fromkeys([*own, *case.scopes]))
        systems = build_systems(
            premises, case.interpretation.vocabulary, watch=watch,
            widest=case.interpretation.widest, stated=stated, variable_figures=True,
        )  # fmt: skip
        system = next((s for s in systems if len(s.premises) == len(premises)), None)
        if system is None:
            continue
        refutation = Solver(system).refute((1 << len(system.literals)) - 1)
        if refutation is not None:
            return system, refutation
    return None


def _taken(one: Reading, *, usual: bool) -> Reading:
    """Return a reading with "about" as a conflict takes it: as usual, or its furthest ends."""
    if one.far is None:
        return one
    if usual:
        return one._replace(far=(one.low, one.high))
    return one._replace(low=one.far[0], high=one.far[1], far=None)


def certificate_of(system: System, refutation: Refutation, core: Core) -> Certificate:
    """Return the sum that refutes a way of a conflict, added up once more."""
    certificate = certify(system, refutation)
    if not certificate.verify():
        raise ArithmeticError(f"the proof of {sorted(core.premises)} does not add up")
    return certificate
