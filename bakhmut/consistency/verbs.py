"""What can be true together: status, conflicts, corrections, bounds and readings of a dossier."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod

import pandas as pd

from bakhmut.base.exact import HIGH, LOW, Refutation
from bakhmut.base.sentences import plain_number
from bakhmut.dossier.claims import Dossier, DossierError
from bakhmut.dossier.notation import parse_period
from bakhmut.dossier.tables import SCOPE as DIMENSIONS
from bakhmut.engine.bounds import Quantity, bound_quantities, bounds_frame, quantities_of
from bakhmut.engine.conflicts import (
    MOST_CONFLICTS,
    Engine,
    World,
    all_conflicts,
    bits_of,
    transversals,
)
from bakhmut.engine.margins import margin, threshold
from bakhmut.engine.proof import OTHERWISE, Certificate, Wording, certify, number
from bakhmut.engine.rounding import PRINTED, SLIP, settle
from bakhmut.engine.status import STATUSES, worst
from bakhmut.engine.verdicts import Conflict, Verdict, Way, claims_in, count_worlds, judge
from bakhmut.meaning.pieces import Widest
from bakhmut.meaning.readings import (
    ABOUT,
    Alternative,
    Unit,
    assumption_units,
    claim_units,
    variable_names,
)
from bakhmut.meaning.rows import looser, scopes_of
from bakhmut.meaning.systems import System, build_systems, widest_parts
from bakhmut.meaning.vocabulary import EACH, Parts, Scope, Variable, Vocabulary

MATRIX_ROWS = 512
MOST_QUANTITIES = 60
MOST_WAYS = 12
CONFLICT_COLUMNS = [
    "conflict", "status", "claims", "assumptions", "origins", "origin_names",
    "readings_fail", "readings_hold", "margin", "apart", "thresholds", "proof", "because",
]  # fmt: skip


@dataclass(frozen=True, eq=False)
class Check:
    """All that was decided about a dossier.

    `conflicts` is described at `find_conflicts`, `readings` at `reading_matrix`, `corrections` at
    `correct`, `bounds` at `bound`. `variables` has each word or claim with several readings
    (`variable`, `kind`, `word`, `origin`, `claims`, `readings`, `because`), `witness` one set of
    numbers under which all claims hold (`scope`, `value`, `exact`); `alone` names the claims that
    nothing links to another, so that they are compared with none.
    """

    status: str
    conflicts: pd.DataFrame
    readings: pd.DataFrame
    readings_total: int
    readings_consistent: int
    variables: pd.DataFrame
    bounds: pd.DataFrame
    corrections: pd.DataFrame
    witness: pd.DataFrame
    undecided: tuple[str, ...]
    alone: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Glance:
    """A status, and a conflict that it rests on as the one row of a frame; no row without one."""

    status: str
    conflict: pd.DataFrame


@dataclass
class _Case:
    """A dossier as units, the verdict on each of its systems, and all its conflicts in order."""

    dossier: Dossier
    words: Vocabulary
    claims: list[Unit]
    assumptions: list[Unit]
    names: dict[Variable, str]
    widest: Widest
    wording: Wording
    verdicts: list[Verdict]
    conflicts: list[Conflict]
    notes: list[str]

    @cached_property
    def by_name(self) -> dict[str, Unit]:
        """The claims and assumptions by name, in their order."""
        return {unit.name: unit for unit in (*self.claims, *self.assumptions)}

    @cached_property
    def place(self) -> dict[str, int]:
        """Where each claim and assumption stands among all."""
        return {name: n for n, name in enumerate(self.by_name)}

    @cached_property
    def scopes(self) -> list[Scope]:
        """The scopes of all claims and assumptions."""
        return _scopes_to_name([*self.claims, *self.assumptions])

    @property
    def variables(self) -> dict[Variable, tuple[str, ...]]:
        """The choices of the claims; assumptions may add some of their own."""
        found: dict[Variable, dict[str, None]] = {}
        for unit in self.claims:
            for one in unit.alternatives:
                for variable, reading in one.choices:
                    found.setdefault(variable, {})[reading] = None
        return {variable: tuple(readings) for variable, readings in found.items()}

    def named(self, world: World) -> dict[str, str]:
        """Return a world with its variables' names."""
        return {self.names[variable]: reading for variable, reading in world.items()}


def check(dossier: Dossier, *, assume: Iterable[str] = ()) -> Check:
    """Return what of a dossier can be true together, under which reading, and why.

    Parameters
    ----------
    dossier
        As `read_dossier` returns it.
    assume
        Names of what-if assumptions to take in besides the plausible ones.

    Raises
    ------
    DossierError
        Where an assumption is unknown, or the dossier's words cannot be worked out.

    Notes
    -----
    Every conflict is certified by an exact sum and every witness by exact substitution; see
    `bakhmut.engine.proof` and `bakhmut.base.exact`. The method is that of the design, section 4.
    """
    case = _case(dossier, assume)
    notes = list(case.notes)
    return Check(
        _status(case),
        _conflict_frame(case),
        _matrix(case),
        prod(map(len, case.variables.values())),
        _consistent(case, notes),
        _variable_frame(case),
        _bounds(case, notes),
        _corrections(case),
        _witness(case),
        tuple(dict.fromkeys(notes)),
        _alone(case),
    )


def find_conflicts(dossier: Dossier, *, assume: Iterable[str] = ()) -> pd.DataFrame:
    """Return all minimal conflicts of a dossier, one row each, the gravest first.

    Returns
    -------
    DataFrame
        `conflict` (its name), `status` (a word of `STATUSES`), `claims`, `assumptions`,
        `origins` (how many voices stand behind it: one is at odds with itself, several
        disagree), `origin_names`, `readings_fail` and `readings_hold` (tuples of dicts of
        variable and reading), `margin` (smallest common relative error that reconciles it, NaN
        where none does), `apart` (by how many its counts miss each other, NaN where its proof
        adds up more than counts), `thresholds` (dicts of assumption, value, exact, bound), `proof`
        (lines), `because` (a sentence).
    """
    return _conflict_frame(_case(dossier, assume))


def decide(dossier: Dossier, *, assume: Iterable[str] = ()) -> str:
    """Return only the status of a dossier, a word of `STATUSES`."""
    return _status(_case(dossier, assume))


def glance(dossier: Dossier, *, assume: Iterable[str] = ()) -> Glance:
    """Return the status of a dossier and one conflict that it rests on: quick, to follow a hand.

    The status is that of `check`. Assumptions are taken in only where the claims alone hold, and
    one conflict with them is enough; what is not stated is filled in only where that holds, too.
    """
    case = _opened(dossier, assume)
    claims = case.claims
    _take_in(case, claims)
    if _status(case) not in STATUSES[:2]:
        case.verdicts, case.conflicts, case.notes = [], [], []
        _take_in(case, [*claims, *case.assumptions], most=1)
    if case.conflicts:
        case.notes = []  # that the search went no further
    else:
        case.conflicts += _if_stated(case)
    _put_in_order(case)
    del case.conflicts[1:]
    return Glance(_status(case), _conflict_frame(case))


def reading_matrix(dossier: Dossier, *, assume: Iterable[str] = ()) -> pd.DataFrame:
    """Return each combination of the readings that matter, and whether it is consistent.

    Returns
    -------
    DataFrame
        `reading` (a number), a column for each word or claim on whose reading some conflict
        turns, `status` (consistent, contradiction or conflicts-with-assumption), `conflicts`
        (names as in `find_conflicts`). At most 512 rows.
    """
    return _matrix(_case(dossier, assume))


def correct(dossier: Dossier, *, assume: Iterable[str] = ()) -> pd.DataFrame:
    """Return the smallest sets of claims or assumptions that would have to give, ties included.

    Returns
    -------
    DataFrame
        `correction` (a number), `kind` ("reading": nothing gives, the words must be read as
        shown; "assumption"; "claims"), `gives` (claims or assumptions), `origins` (whose claims),
        `readings` (what has to be read so for the rest to hold, {} where that does not matter),
        `ties` (rows that are equally small), `group` (figures that nothing links are mended each
        by themselves: all can stand after one change from every group).
    """
    return _corrections(_case(dossier, assume))


def bound(
    dossier: Dossier,
    *,
    side: str = "",
    measure: str = "",
    place: str = "",
    period: str = "",
    per: dict[str, str] | None = None,
    assume: Iterable[str] = (),
) -> pd.DataFrame:
    """Return what the claims together imply for a count, or for a ratio or share of two.

    Parameters
    ----------
    side, measure, place, period
        The scope, in the dossier's words; several readings of a word give several quantities.
        What is left blank is the widest of the dossier.
    per
        The denominator's words where they differ from these (`{"side": "Ukraine"}`); None for a
        count.
    assume
        Assumptions to take in, plausible ones by name too; none by default.

    Returns
    -------
    DataFrame
        `quantity`, `kind`, `reading` ({} over all consistent readings), `low`, `high` (float, NaN
        = open), `low_exact`, `high_exact` (fractions as text, "" = open).
    """
    asked = list(assume)
    case = _case(dossier, ())
    words = case.words
    units = [*case.claims, *(u for u in assumption_units(dossier, asked) if u.name in asked)]
    top = {"side": side, "measure": measure, "place": place, "period": period}
    wanted = quantities_of(words, top, None if per is None else {**top, **per}, widest=case.widest)
    notes: list[str] = []
    bounded = bound_quantities(
        units, words, wanted, widest=case.widest, link=True, nogoods=_nogoods(case), notes=notes
    )
    if not bounded and notes:
        raise DossierError(notes)
    return bounds_frame(bounded, case.wording, variable_names(units))


# -- the case ----------------------------------------------------------------------------


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold off the search for cycles, a fifth of the time where there are many claims.

    What is made here is freed by the count of its references, but for a few objects a dossier.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@uncollected()
def _case(dossier: Dossier, assume: Iterable[str]) -> _Case:
    case = _opened(dossier, assume)
    _take_in(case, [*case.claims, *case.assumptions])
    case.conflicts += _if_stated(case)
    _put_in_order(case)
    return case


def _opened(dossier: Dossier, assume: Iterable[str]) -> _Case:
    """Return a dossier as units, with nothing decided yet."""
    claims = claim_units(dossier)
    assumptions = assumption_units(dossier, assume)
    for name in {u.name for u in claims} & {u.name for u in assumptions}:
        raise DossierError([f"assumptions.csv: {name!r} is a claim's name; allowed: another name"])
    words = Vocabulary(dossier.terms)
    return _Case(
        dossier, words, claims, assumptions, variable_names([*claims, *assumptions]),
        widest_parts(claims, words), _wording(dossier, words), [], [], [],
    )  # fmt: skip


def _take_in(case: _Case, units: list[Unit], *, most: int = MOST_CONFLICTS) -> None:
    """Add the verdicts on each system of some units, and their conflicts."""
    for system in build_systems(units, case.words, widest=case.widest):
        verdicts, slips, notes = settle(system, case.words, widest=case.widest, most=most)
        case.conflicts += slips
        case.notes += notes
        for verdict in verdicts:
            case.verdicts.append(verdict)
            case.conflicts += verdict.conflicts
            if not verdict.certain:
                case.notes.append("some combinations of readings could not all be decided")
    taken = {u.name: u for verdict in case.verdicts for u in verdict.engine.system.units}
    case.claims = [taken.get(unit.name, unit) for unit in case.claims]


def _put_in_order(case: _Case) -> None:
    """Name the conflicts, the gravest first."""
    case.conflicts.sort(key=lambda c: (STATUSES.index(c.status), len(c.units), sorted(c.units)))
    for n, conflict in enumerate(case.conflicts, 1):
        conflict.name = f"conflict-{n}"


def _wording(dossier: Dossier, words: Vocabulary) -> Wording:
    table = dossier.claims
    said = {
        claim: f"{claim}, “{quote}” ({source or 'the text'})" if quote else f"{claim} ({source})"
        for claim, quote, source in zip(
            table["claim"], table["quote"], table["source"], strict=True
        )
    }
    said |= {name: f"Assumption {name}" for name in dossier.assumptions["assumption"]}
    return Wording(words, said)


def _if_stated(case: _Case) -> list[Conflict]:
    """Return what would conflict if all that is not stated were one and the same."""
    unstated = {
        unit.name: tuple(dict.fromkeys(
            parts[0][1] and dimension
            for one in unit.alternatives
            for scope in (one.top, one.bottom) if scope
            for dimension, parts in zip(DIMENSIONS, scope, strict=True)
            if parts[0][0] == "unknown"
        ))
        for unit in case.claims
    }  # fmt: skip
    if not any(unstated.values()):
        return []
    known = [conflict.units for conflict in case.conflicts]
    found = []
    for system in build_systems(case.claims, case.words, widest=case.widest, stated=False):
        engine = Engine(system)
        for conflict in judge(engine, all_conflicts(engine)).conflicts:
            missing = {name: unstated[name] for name in conflict.units if unstated[name]}
            if missing and not any(units <= conflict.units for units in known):
                conflict.status = "not-checkable"
                conflict.missing = tuple(
                    f"{dimension} of {name}"
                    for name in sorted(missing)
                    for dimension in missing[name]
                )
                found.append(conflict)
    return found


def _alone(case: _Case) -> tuple[str, ...]:
    """Return the claims with a number that nothing links to another, in their order."""
    compared = {name for conflict in case.conflicts for name in conflict.units}
    for verdict in case.verdicts:
        own = [u.name for u in verdict.engine.system.units if not u.is_assumption]
        compared |= set(own) if len(own) > 1 else set()
    with_number = (u.name for u in case.claims if _has_number(u))
    return tuple(name for name in with_number if name not in compared)


def _has_number(unit: Unit) -> bool:
    return any(one.low is not None or one.high is not None for one in unit.alternatives)


def _status(case: _Case) -> str:
    """Return the status of the whole (design, section 4)."""
    found = [conflict.status for conflict in case.conflicts]
    if any(verdict.world is None for verdict in case.verdicts):
        return "contradiction"
    if not all(verdict.certain for verdict in case.verdicts) or case.notes:
        found.append("undecided")
    if not case.verdicts:
        found.append("not-checkable")
    return worst(found)


# -- frames ------------------------------------------------------------------------------


@uncollected()
def _conflict_frame(case: _Case) -> pd.DataFrame:
    origin_of = {unit.name: unit.origin for unit in case.claims}
    rows = []
    for conflict in case.conflicts:
        units = [case.by_name[name] for name in sorted(conflict.units, key=case.place.__getitem__)]
        claims = tuple(u.name for u in units if not u.is_assumption)
        assumed = tuple(u.name for u in units if u.is_assumption)
        if conflict.about:
            assumed += (ABOUT,)
        if conflict.rounding:
            assumed += (PRINTED,)
        origins = tuple(dict.fromkeys(origin_of[claim] for claim in claims))
        measured = _measure(case, conflict, assumed)
        because = _because(conflict, claims, assumed, origins)
        rows.append([
            conflict.name, conflict.status, claims, assumed, len(origins), origins,
            tuple(map(case.named, conflict.fails)), tuple(map(case.named, conflict.holds)),
            *measured, because + _size(conflict, *measured[:2]),
        ])  # fmt: skip
    return pd.DataFrame(rows, columns=CONFLICT_COLUMNS)


def _because(
    conflict: Conflict, claims: tuple[str, ...], assumed: tuple[str, ...], origins: tuple[str, ...]
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
    holds = "holds" if len(assumed) == 1 else "hold"
    end = {
        "contradiction": "under any reading",
        "contradiction-in-some-readings": "under some readings; under others they can",
        "undecided": "under some readings; whether another saves them was not decided",
        "conflicts-with-assumption": f"if {' and '.join(assumed)} {holds}",
        "not-checkable": f"if what is not stated is the same ({', '.join(conflict.missing)})",
    }[conflict.status]
    return f"{who} {end}: {voices}."


def _size(conflict: Conflict, margin: float, apart: float) -> str:
    """Return how little a contradiction is about, "" where it is about more than a slip."""
    if conflict.status != "contradiction" or not margin <= SLIP:
        return ""
    by = f"by {plain_number(apart)}" if apart == apart else "by little"
    return f" They miss each other {by}, {margin:.2%} of each figure: small enough for a slip."


def _measure(
    case: _Case, conflict: Conflict, assumed: tuple[str, ...]
) -> tuple[float, float, tuple[dict, ...], tuple[str, ...]]:
    """Return margin, `apart`, thresholds and proof, each for the reading nearest to hold."""
    margins: list[Fraction | None] = []
    apart: list[Fraction | None] = []
    nearest: dict[tuple[str, int], Fraction] = {}
    proofs: dict[tuple[str, ...], None] = {}
    for way in _loosest_ways(conflict)[:MOST_WAYS]:
        found = _by_itself(case, conflict, way)
        if found is None:
            continue
        system, refutation = found
        margins.append(margin(system))
        for name in assumed:
            for end in (HIGH,) if name in (ABOUT, PRINTED) else (LOW, HIGH):
                value = threshold(system, name, end)
                if value is not None:
                    kept = nearest.get((name, end))
                    better = kept is None or (value > kept if end == LOW else value < kept)
                    nearest[name, end] = value if better else kept  # type: ignore[assignment]
        if len(proofs) < 3:
            certificate = _certificate(system, refutation, way)
            proofs[case.wording.lines(system, certificate)] = None
            apart.append(certificate.apart())
    thresholds = tuple(
        {"assumption": name, "value": float(v), "exact": str(v), "bound": ("low", "high")[end]}
        for (name, end), v in nearest.items()
    )
    lines: list[str] = []
    for n, proof in enumerate(proofs):
        if n:
            lines.append(OTHERWISE)
        lines += proof
    others = len(conflict.ways) - len(proofs)
    if others > 0:
        readings = "one more reading" if others == 1 else f"{others} more readings"
        lines.append(f"Under {readings} they fail too, by sums of their own.")
    return _least(margins), _least(apart), thresholds, tuple(lines)


def _least(values: list[Fraction | None]) -> float:
    known = [value for value in values if value is not None]
    return float(min(known)) if known else float("nan")


def _loosest_ways(conflict: Conflict) -> list[Way]:
    """Return the ways to fail, less those that another way with looser figures stands for."""
    literals = [
        {conflict.system.literals[n].unit: conflict.system.literals[n] for n in bits_of(w.literals)}
        for w in conflict.ways
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

    return [way for n, way in enumerate(conflict.ways) if len(literals) > 200 or not covered(n)]


def _by_itself(case: _Case, conflict: Conflict, way: Way) -> tuple[System, Refutation] | None:
    """Return a system of one conflict's claims and assumptions in one reading, and why it fails."""
    chosen: dict[str, Alternative] = {}
    for mask_bit in bits_of(way.literals):
        literal = conflict.system.literals[mask_bit]
        unit = conflict.system.units[literal.unit]
        chosen[unit.name] = next(a for a in unit.alternatives if a.choices == literal.choices)
    units = [
        case.by_name[name]._replace(alternatives=(chosen[name],))
        for name in sorted(chosen, key=case.place.__getitem__)
    ]
    own = _scopes_to_name(units)
    # An assumption about each piece says something only of pieces that are told apart. Where the
    # conflict's own claims do not tell them apart, those of the whole dossier do.
    for is_alone in (True, False):
        watch = own if is_alone else list(dict.fromkeys([*own, *case.scopes]))
        systems = build_systems(
            units, case.words, watch=watch, widest=case.widest,
            stated=not conflict.missing, variable_figures=True,
        )  # fmt: skip
        system = next((s for s in systems if len(s.units) == len(units)), None)
        if system is None:
            continue
        refutation = Engine(system).refute((1 << len(system.literals)) - 1)
        if refutation is not None:
            return system, refutation
    return None


def _scopes_to_name(units: list[Unit]) -> list[Scope]:
    """Return the scopes of claims, and the same places and periods in an assumption's measures."""
    claimed, each = (
        [
            scope
            for unit in units
            if unit.is_assumption == is_assumption
            for one in unit.alternatives
            for scope in scopes_of(one)
        ]
        for is_assumption in (False, True)
    )
    found = dict.fromkeys(claimed)
    for inner, outer in product(each, claimed):
        found[tuple(o if i == (EACH,) else i for i, o in zip(inner, outer, strict=True))] = None  # type: ignore[index]
    return list(found)


def _certificate(system: System, refutation: Refutation, way: Way) -> Certificate:
    certificate = certify(system, refutation)
    if not certificate.verify():
        raise ArithmeticError(f"the proof of {sorted(way.units)} does not add up")
    return certificate


def _matrix(case: _Case) -> pd.DataFrame:
    ways = [
        (conflict.name, dict(way.world), way.by_definition)
        for conflict in case.conflicts
        if not conflict.missing
        for way in conflict.ways
    ]
    every: dict[Variable, tuple[str, ...]] = {}
    for verdict in case.verdicts:
        every |= verdict.engine.system.variables
    used = {variable for _, world, _ in ways for variable in world}
    kept = {variable: readings for variable, readings in every.items() if variable in used}
    rows = []
    for chosen in product(*kept.values()) if kept or ways else [()]:
        if len(rows) == MATRIX_ROWS:
            break
        world = dict(zip(kept, chosen, strict=True))
        failing = [
            (name, sure) for name, part, sure in ways if all(world[v] == r for v, r in part.items())
        ]
        status = "consistent"
        if failing:
            sure = any(sure for _, sure in failing)
            status = "contradiction" if sure else "conflicts-with-assumption"
        names = tuple(dict.fromkeys(name for name, _ in failing))
        rows.append([len(rows) + 1, *chosen, status, names])
    columns = ["reading", *(case.names[v] for v in kept), "status", "conflicts"]
    return pd.DataFrame(rows, columns=columns)


def _nogoods(case: _Case, *, possible: bool = False) -> list[World]:
    """Return the readings that fail by definitions alone; if asked, where some reading holds."""
    verdicts = (one for one in case.verdicts if one.world is not None or not possible)
    ways = (way for verdict in verdicts for way in verdict.ways if way.by_definition)
    return [dict(way.world) for way in ways]


def _consistent(case: _Case, notes: list[str]) -> int:
    count = count_worlds(_nogoods(case), case.variables)
    if count is None:
        notes.append("the consistent combinations of readings are too many to count")
        return 0
    return count


def _variable_frame(case: _Case) -> pd.DataFrame:
    rows = []
    reasons: dict[tuple[Variable, str], str] = {}
    variables = case.variables
    for row in case.dossier.terms.itertuples():
        for variable in variables:
            if variable[0] == "term" and variable[2:] == (row.kind, row.term):
                reasons[variable, row.reading] = row.because
    for row in case.dossier.readings.itertuples():
        reasons.setdefault((("claim", row.claim), row.reading), row.because)
    for variable, readings in variables.items():
        claims = tuple(
            u.name for u in case.claims
            if any(variable == v for a in u.alternatives for v, _ in a.choices)
        )  # fmt: skip
        is_term = variable[0] == "term"
        origin = variable[1] if is_term else next(
            u.origin for u in case.claims if u.name == variable[1]
        )  # fmt: skip
        rows.append([
            case.names[variable], variable[0], variable[3] if is_term else "", origin, claims,
            readings, tuple(reasons.get((variable, r), "") for r in readings),
        ])  # fmt: skip
    columns = ["variable", "kind", "word", "origin", "claims", "readings", "because"]
    return pd.DataFrame(rows, columns=columns)


def _bounds(case: _Case, notes: list[str]) -> pd.DataFrame:
    """Return what the claims alone imply for each scope and each ratio that they name."""
    counts: dict[Quantity, None] = {}
    ratios: dict[Quantity, None] = {}
    rates: list[Fraction] = []
    for unit in case.claims:
        for one in unit.alternatives:
            counts[Quantity(one.top)] = None
            if one.bottom:
                counts[Quantity(one.bottom)] = None
                ratios[Quantity(one.top, one.bottom, "ratio")] = None
                rates += [end for end in (one.low, one.high) if end is not None]
    wanted = [*counts, *_shares(list(counts), case.words), *ratios]
    if len(wanted) > MOST_QUANTITIES:
        notes.append(
            f"bounds are given for {MOST_QUANTITIES} of {len(wanted):,} quantities; "
            "ask for others by name"
        )
    bounded = bound_quantities(
        case.claims, case.words, wanted[:MOST_QUANTITIES],
        widest=case.widest, nogoods=_nogoods(case, possible=True), notes=notes,
    )  # fmt: skip
    floor = max([Fraction(1), *rates])
    told = [b for b in bounded if _tells(b.quantity.kind, *b.span, floor=floor)]
    return bounds_frame(told, case.wording, case.names)


def _tells(kind: str, low: Fraction | None, high: Fraction | None, *, floor: Fraction) -> bool:
    """Return whether a bound is news.

    That nothing is negative is not, nor that a ratio is of at least one: a count with no upper end
    that is no more than `floor`, the largest ratio, rests on that alone. What may be above one is
    no share of what it is set against, whose time may be another.
    """
    if kind == "share":
        return high is not None and high <= 1
    return high is not None or (low or 0) > (floor if kind == "count" else 1)


def _shares(counts: list[Quantity], words: Vocabulary) -> list[Quantity]:
    """Return each place's share of the same side's count in a place that it is part of."""
    wholes: dict[tuple, list[int]] = defaultdict(list)
    for n, count in enumerate(counts):
        wholes[count.top[:3]].append(n)
    found = []
    for part in counts:
        around = (
            n
            for place in _around(words, part.top[2])
            for n in wholes.get((*part.top[:2], place), ())
        )
        found += [
            Quantity(part.top, counts[n].top, "share")
            for n in sorted(around)
            if _lasts(part.top[3], counts[n].top[3])
        ]
    return found


def _lasts(part: Parts, whole: Parts) -> bool:
    """Return whether one period is, by its dates, within another, or may be."""
    if part == whole or part[0][0] == "unknown":
        return True
    if not part[0][0] == whole[0][0] == "time" or len(part) > 1 or len(whole) > 1:
        return False
    (first, last), (start, end) = (parse_period(one[0][1]) or (None, None) for one in (part, whole))
    begins = start is None or (first is not None and start <= first)
    return begins and (end is None or (last is not None and last <= end))


def _around(words: Vocabulary, place: Parts) -> list[Parts]:
    """Return the places that one is, by what the words mean, part of."""
    if len(place) > 1 or place[0][0] != "term":
        return []
    owners = words.owners("place")
    waiting, seen = [place[0][1]], {place[0][1]}
    while waiting:
        fresh = [owner for owner in owners.get(waiting.pop(), ()) if owner not in seen]
        seen.update(fresh)
        waiting += fresh
    return [(("term", word),) for word in seen if word != place[0][1]]


def _corrections(case: _Case) -> pd.DataFrame:
    """Return the smallest ways to resolve what fails, each over its best reading."""
    columns = ["correction", "kind", "gives", "origins", "readings", "ties", "group"]
    origin = {unit.name: unit.origin for unit in case.claims}
    rows: list[list] = []
    at_odds = [verdict for verdict in case.verdicts if verdict.ways]
    for group, verdict in enumerate(at_odds, 1):
        rows += [[*row, group] for row in _corrections_of(verdict, origin, case)]
    for n, row in enumerate(rows, 1):
        row.insert(0, n)
    return pd.DataFrame(rows, columns=columns)


def _corrections_of(verdict: Verdict, origin: dict[str, str], case: _Case) -> list[list]:
    system = verdict.engine.system
    units = [unit.name for unit in system.units]
    best: dict[frozenset[str], World] = {}
    size: tuple[int, int, int] | None = None
    masks = [sum(1 << units.index(name) for name in way.units) for way in verdict.ways]
    seen: set[frozenset[int]] = set()
    for world in _worlds_to_mend(verdict):
        failing = frozenset(
            mask
            for mask, way in zip(masks, verdict.ways, strict=True)
            if all(world.get(v) == r for v, r in way.world)
        )
        if failing in seen:  # the first of the worlds that fail alike stands for all
            continue
        seen.add(failing)
        for correction in transversals(sorted(failing)) or []:
            gives = frozenset(units[n] for n in bits_of(correction))
            claims = [name for name in gives if name in origin]
            cost = (len({origin[c] for c in claims}), len(claims), len(gives) - len(claims))
            if size is None or cost < size:
                best, size = {}, cost
            if cost == size:
                best.setdefault(gives, world)
    rows = []
    for gives, world in sorted(best.items(), key=lambda item: sorted(item[0])):
        claims = [name for name in gives if name in origin]
        kind = "claims" if claims else "assumption" if gives else "reading"
        voices = tuple(dict.fromkeys(origin[c] for c in claims))
        shown = _needed(world, [dict(w.world) for w in verdict.ways if not w.units & gives])
        rows.append([kind, tuple(sorted(gives)), voices, case.named(shown), len(best)])
    return rows


def _needed(world: World, nogoods: list[World]) -> World:
    """Return the readings of a world without those that no conflict needs to be otherwise."""
    kept = dict(world)
    for variable in world:
        rest = {v: r for v, r in kept.items() if v != variable}
        if all(any(rest.get(v, r) != r for v, r in bad.items()) for bad in nogoods):
            kept = rest
    return kept


def _worlds_to_mend(verdict: Verdict) -> list[World]:
    """Return the worlds worth mending: every setting of the words on which conflicts turn."""
    every = verdict.engine.system.variables
    used = [v for v in every if any(v == x for way in verdict.ways for x, _ in way.world)]
    if prod(len(every[v]) for v in used) > 4096:
        return [verdict.world or {v: every[v][0] for v in used}]
    return [dict(zip(used, chosen, strict=True)) for chosen in product(*(every[v] for v in used))]


def _witness(case: _Case) -> pd.DataFrame:
    """Return one set of numbers under which all claims hold, checked by substitution."""
    columns = ["scope", "value", "exact"]
    if any(verdict.world is None for verdict in case.verdicts):
        return pd.DataFrame([], columns=columns)
    rows: dict[str, Fraction] = {}
    for verdict in case.verdicts:
        engine, system = verdict.engine, verdict.engine.system
        assert verdict.world is not None
        mask = claims_in(system, verdict.world, about=True)
        if engine.refute(mask) is not None:
            mask = claims_in(system, verdict.world)
            engine.refute(mask)
        for bit in bits_of(mask):
            for row in system.literals[bit].rows:
                if row.what in {"count", "base"} and row.top is not None:
                    value = Fraction(engine.tableau.value[row.variable]) / Fraction(row.scale)
                    rows[case.wording.scope(row.top)] = value
    return pd.DataFrame(
        [[scope, float(value), number(value)] for scope, value in rows.items()], columns=columns
    )


def prove(dossier: Dossier, conflict: str, *, assume: Iterable[str] = ()) -> list[Certificate]:
    """Return the exact certificates of a conflict, one for each reading under which it fails.

    Each has `verify()`, which adds the rows up again without the engine.
    """
    case = _case(dossier, assume)
    for one in case.conflicts:
        if one.name == conflict:
            found = []
            for way in one.ways:
                alone = _by_itself(case, one, way)
                if alone is None:
                    raise ArithmeticError(f"{conflict} did not survive its proof")
                found.append(_certificate(*alone, way))
            return found
    allowed = ", ".join(c.name for c in case.conflicts) or "none: the dossier has no conflicts"
    raise DossierError([f"conflict {conflict!r} is not in the dossier; allowed: {allowed}"])
