"""What wounded per killed do to a ratio: multipliers between what two counts may count.

Where one number may count a part (the killed) and the other that part and a rest (killed and
wounded), their quotient is no ratio of the part. These functions say how many of the rest for
one of the part would make it the reported one. Frames in and out as in `bakhmut.views.quotients`.
"""

from __future__ import annotations

from itertools import product

import pandas as pd

from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.dossier.parsing.notation import parse_number, parse_sum
from bakhmut.meaning.interpretation import interpret
from bakhmut.views.quotients import against, sides


def common_multipliers(dossier: Dossier) -> pd.DataFrame:
    """Return the multiplier, the same for both sides, that turns a mismatch of words into a ratio.

    Where the numerator may count a part (the killed) and the denominator that part and a rest
    (killed and wounded), the quotient understates the ratio of the part. With w of the rest for
    each one of the part, the ratio is quotient x (1 + w): this is the w that makes it the
    reported one.

    Returns
    -------
    DataFrame
        claim (the ratio), given, per_claim (the counts), part, rest, ratio, multiplier (from the
        printed numbers), low, high (what their words allow).
    """
    meant = interpret(dossier)[["claim", "measure"]].drop_duplicates()
    read = {
        claim: [set(parse_sum(words)[0]) for words in rows if words]
        for claim, rows in meant.groupby("claim", sort=False)["measure"]
    }
    found = []
    for row in tuples_of(against(dossier)):
        for part, whole in product(read.get(row.given, []), read.get(row.per_claim, [])):
            if part < whole:
                found.append(
                    (row.claim, row.given, row.per_claim,
                     " + ".join(sorted(part)), " + ".join(sorted(whole - part)),
                     row.ratio, row.ratio / row.quotient - 1, row.ratio_low / row.high - 1,
                     row.ratio_high / row.low - 1)
                )  # fmt: skip
    columns = ["claim", "given", "per_claim", "part", "rest", "ratio", "multiplier", "low", "high"]
    frame = pd.DataFrame(found, columns=columns).drop_duplicates()
    return frame[frame["multiplier"].ge(0)].reset_index(drop=True)


def multiplier_contours(dossier: Dossier) -> pd.DataFrame:
    """Return where the multipliers of both sides turn a quotient of totals into a ratio of parts.

    With y of the rest per one of the part on the numerator's side and x on the other's, totals
    with quotient q make the part's ratio q (1 + x) / (1 + y). It is the reported ratio r where
    1 + x = slope (1 + y), with slope = r / q.

    Returns
    -------
    DataFrame
        claim (the ratio), given, per_claim, ratio, part, slope; nearest counts in time first.
    """
    rows = against(dossier).assign(slope=lambda frame: frame["ratio"] / frame["quotient"])
    ranges = multiplier_ranges(dossier)
    rows["part"] = ranges["part"].iloc[0] if len(ranges) else ""
    return rows[["claim", "given", "per_claim", "ratio", "part", "slope"]]


def multiplier_ranges(dossier: Dossier) -> pd.DataFrame:
    """Return the assumed ranges of the rest per one of the part, both sides in one row.

    Returns
    -------
    DataFrame
        tier, rest, part, assumption, low, high (numerator's side), per_assumption, per_low,
        per_high (denominator's side); `plausible` first. Open ranges are left out.
    """
    columns = ["tier", "rest", "part", "assumption", "low", "high"]
    rows = dossier.assumptions.rename(columns={"measure": "rest", "per_measure": "part"})
    rows = rows[rows["side"].eq(rows["per_side"]) & rows["rest"].ne(rows["part"])].copy()
    rows = rows[rows["low"].ne("") & rows["high"].ne("")]
    for end in ("low", "high"):
        rows[end] = rows[end].map(lambda text: float(parse_number(text)))
    above, below = (rows.loc[rows["side"].eq(side), columns] for side in sides(dossier) or ("", ""))
    both = above.merge(below, on=["tier", "rest", "part"], suffixes=("", "_below"))
    both = both.rename(
        columns={f"{name}_below": f"per_{name}" for name in ("assumption", "low", "high")}
    )
    return both.sort_values("tier", kind="stable").reset_index(drop=True)
