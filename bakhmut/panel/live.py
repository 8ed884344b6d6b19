"""What follows from a state of a dossier, quick enough to follow a hand that moves a figure.

`Fixed` keeps what no state changes; `answer` decides one state: its status, the conflicts that it
rests on, what totals and ratio imply; `plane` draws it, the marks of one conflict lit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from math import isfinite
from typing import Any

import pandas as pd

from bakhmut.base.words import percent, span, to_one
from bakhmut.consistency.verbs import Quick, glance
from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.dossier.parsing.notation import parse_number
from bakhmut.dossier.parsing.printed import as_printed
from bakhmut.meaning.interpretation import Interpretation, read
from bakhmut.meaning.vocabulary import Choice
from bakhmut.panel import sketch
from bakhmut.panel.sketch import Band, Frame
from bakhmut.views import whatif
from bakhmut.views.quotients import counts, naive_quotients, ratios, sides
from bakhmut.views.states import Share, State, choices, figures, moved, share_of, unstated

ROOM = 4.0  # how many times a figure can be moved up or down before it leaves the plane
MOST_KEPT = 64
MOST_RATIOS = 4
OPEN = float("nan")


@dataclass(frozen=True)
class Answer:
    """What follows from a state; `implied` are pairs of a quantity and what is implied for it."""

    dossier: Dossier
    glance: Quick
    implied: tuple[tuple[str, str], ...]
    bands: Mapping[str, Band]


@dataclass
class Fixed:
    """A dossier and all of it that stays as it is whatever is moved."""

    dossier: Dossier
    known: dict[tuple, Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.choices = choices(self.dossier)
        self.variables: dict[str, Choice] = {n: v for n, (v, _) in self.choices.items()}
        self.unstated = unstated(self.dossier)
        self.figures = figures(self.dossier)
        self.share: Share | None = share_of(self.dossier)
        self.question = whatif.question(self.dossier)
        self.sides = sides(self.dossier)

    @cached_property
    def totals(self) -> tuple[str, str] | None:
        """The two totals that the plane sets against each other, None without two."""
        if self.question is not None:
            return self.question.over, self.question.under
        pairs = naive_quotients(self.dossier)
        if len(pairs):
            return pairs["claim"].iloc[0], pairs["per_claim"].iloc[0]
        rows = counts(self.dossier)
        first = [rows.loc[rows["side"].eq(side), "claim"] for side in self.sides or ()]
        if len(first) < 2 or any(own.empty for own in first):
            return None
        return first[0].iloc[0], first[1].iloc[0]

    @cached_property
    def kinds(self) -> dict[str, tuple[str, str, str]]:
        """What each claim is in the plane: its kind, its side and the side it is set against."""
        rows = self.dossier.claims
        columns = (rows["kind"], rows["side"], rows["per_side"])
        return dict(zip(rows["claim"], zip(*columns, strict=True), strict=True))

    @cached_property
    def statements(self) -> tuple[str, ...]:
        """The reported ratios that the plane shows: one of each voice and place."""
        return tuple(ratios(self.dossier)["claim"])[:MOST_RATIOS]

    @cached_property
    def frame(self) -> Frame:
        """The part of the plane that is shown, with room to move."""
        bands = _bands(read(self.dossier))
        over, under = (bands[claim].point for claim in self.totals or ())
        said = [bands[claim].point for claim in self.statements if claim in bands]
        return sketch.frame_for([over / ROOM, over * ROOM], [under / ROOM, under * ROOM], said)


def answer(ground: Fixed, state: State) -> Answer:
    """Return what follows from a state; one that was decided before is looked up."""
    key = _key(state)
    if key not in ground.known:
        if len(ground.known) >= MOST_KEPT:
            ground.known.clear()
        ground.known[key] = _answer(ground, state)
    return ground.known[key]


def _key(state: State) -> tuple:
    parts = (state.readings, state.stated, state.figures, state.assumed)
    return (*(tuple(sorted(part.items())) for part in parts), state.share)


def _answer(ground: Fixed, state: State) -> Answer:
    dossier = moved(ground.dossier, state, share=ground.share, known=ground.variables)
    interpretation = read(dossier)
    bands = _bands(interpretation)
    return Answer(
        dossier,
        glance(dossier),
        tuple(_implied(ground, interpretation, bands)),
        bands,
    )


def _bands(interpretation: Interpretation) -> dict[str, Band]:
    """Return the figure of each claim with a number, its ends over all readings."""
    found = {}
    for row, premise in zip(
        tuples_of(interpretation.dossier.claims), interpretation.claims, strict=True
    ):
        point = row.low_value if isfinite(row.low_value) else row.high_value
        if isfinite(point):
            low = _end(min, [one.low for one in premise.readings])
            high = _end(max, [one.high for one in premise.readings])
            found[premise.name] = Band(low, high, point, as_printed(row))
    return found


def _end(pick: Callable[[list], Any], ends: list) -> float:
    return OPEN if None in ends else float(pick(ends))


def plane(ground: Fixed, bands: Mapping[str, Band], lit: Iterable[str] = ()) -> str:
    """Return the loss plane of a state as SVG, the marks of some claims lit; "" without totals."""
    if ground.totals is None or ground.sides is None or not set(ground.totals) <= bands.keys():
        return ""
    shown = {claim: bands[claim]._replace(is_lit=True) for claim in lit if claim in bands}
    over, under = (shown.get(claim, bands[claim]) for claim in ground.totals)
    ratios = [shown.get(claim, bands[claim]) for claim in ground.statements if claim in bands]
    kinds = {c: kind for c, kind in ground.kinds.items() if c in shown and c not in ground.totals}
    ratios += [shown[c] for c, kind in kinds.items()
               if kind == ("ratio", *ground.sides) and c not in ground.statements]  # fmt: skip
    others = [
        [shown[c] for c, kind in kinds.items() if kind[:2] == ("count", side)]
        for side in ground.sides
    ]
    return sketch.loss_plane(
        ground.frame, ground.sides, over=over, under=under, ratios=ratios,
        others=(others[0], others[1]),
    )  # fmt: skip


# -- what is implied ---------------------------------------------------------------------


def _implied(
    ground: Fixed, interpretation: Interpretation, bands: dict[str, Band]
) -> list[tuple[str, str]]:
    """Return what totals and ratio imply, over the readings and the ranges that are left."""
    if ground.totals is None or not set(ground.totals) <= bands.keys():
        return []
    over, under = (bands[claim] for claim in ground.totals)
    found = [("The totals divided, as printed", f"{span(*sketch.divided(over, under))} to 1")]
    asked = ground.question
    if asked is None:
        return found
    ranges = _ranges(interpretation.dossier)
    corners, tied = [], []
    for name in reversed(asked.tied):  # the multiplier of the denominator's side comes first
        tied.insert(0, name in ranges)
        corners.append(ranges.get(name, (1.0, 1.0)))
    pieces = whatif.pieces(asked, interpretation, tied=(tied[0], tied[1]))
    if not pieces:  # nothing that the words say can be compared
        return found
    caps = [_largest(p.cap(x, y) for x, y in product(*corners)) for p in pieces]
    found.append((
        f"Share of {asked.sides[1]}'s total in {asked.place}, at most",
        _told([None if cap is not None and cap >= 1 else cap for cap in caps], percent),
    ))  # fmt: skip
    shares = ranges.get(ground.share.name) if ground.share else None
    for measure in dict.fromkeys(name for piece in pieces for name, _ in piece.outside):
        for place, ends in ((f"in all of {asked.whole}", (0.0, 0.0)), ("outside", shares)):
            if ends is None:
                continue
            where = place if place != "outside" else f"outside {asked.place}, at that share"
            own = [piece for piece in pieces if measure in dict(piece.outside)]
            most = [_most(piece, measure, ends, corners) for piece in own]
            found.append((f"Ratio of {measure} {where}, at most", _told(most, to_one)))
    return found


def _ranges(dossier: Dossier) -> dict[str, tuple[float, float]]:
    """Return the assumptions in force that have both ends."""
    rows = dossier.assumptions
    rows = rows[rows["tier"].eq("plausible") & rows["low"].ne("") & rows["high"].ne("")]
    ends = ([float(parse_number(text)) for text in rows[end]] for end in ("low", "high"))
    return dict(zip(rows["assumption"], zip(*ends, strict=True), strict=True))


def _largest(values: Iterable[float | None]) -> float | None:
    """Return the largest of some limits, None where one of them is none."""
    limits = list(values)
    return None if None in limits else max(limits)  # type: ignore[type-var]


def _most(piece: whatif.Piece, measure: str, shares: tuple, corners: list) -> float | str | None:
    """Return the largest ratio, None without a limit, "none" where no share here can be."""
    found = []
    # Each is a quotient of what is linear in each variable: its extremes lie in the corners.
    for share, x, y in product(shares, *corners):
        cap = piece.cap(x, y)
        if share >= 1 or (cap is not None and share > cap):
            continue
        found.append(piece.ratio(measure, share, x=x, y=y))
    return _largest(found) if found else "none"


def _told(limits: list, say: Callable[[float], str]) -> str:
    """Return limits by statement and reading in words; None is no limit, "none" cannot be."""
    possible = [limit for limit in limits if limit != "none"]
    known = [limit for limit in possible if limit is not None]
    if not possible:
        return "cannot be: the share is too large"
    if not known:
        text = "no limit follows"
    else:
        low, high = say(min(known)), say(max(known))
        text = low if low == high else f"{low}, up to {high} by statement and reading"
        text += "" if len(known) == len(possible) else "; no limit in some"
    return text + ("" if len(possible) == len(limits) else "; cannot be in some")


def implied(dossier: Dossier) -> pd.DataFrame:
    """Return what totals and ratio imply before anything is moved: `quantity`, `implied`."""
    found = answer(Fixed(dossier), State()).implied
    return pd.DataFrame(found, columns=["quantity", "implied"])
