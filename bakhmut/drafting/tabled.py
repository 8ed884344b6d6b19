"""Drafted tables beside the claims: what words may mean, who speaks, how claims can be read."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from bakhmut.dossier.derived import NOT_FOUND
from bakhmut.dossier.tables import PER, SCOPE, TABLES
from bakhmut.drafting.scope.nations import nations
from bakhmut.drafting.scope.sides import sides
from bakhmut.drafting.words import key, peoples, persons

_COLUMNS = {
    "terms": ("kind", "term", "reading", "means", "because"),
    "sources": ("source", "side", "kind", "named", "note"),
    "readings": ("claim", "reading", "field", "value", "because"),
}


def _frame(rows: list[tuple[str, ...]], table: str) -> pd.DataFrame:
    """Return rows as a table of a dossier; a column that is not drafted is blank."""
    drafted = pd.DataFrame(rows, columns=list(_COLUMNS[table]), dtype=object)
    return drafted.reindex(columns=list(TABLES[table]), fill_value="")


_CASUALTIES = (
    (
        "measure",
        "casualties",
        "military",
        "killed + wounded",
        "usual in English-language military reporting",
    ),
    (
        "measure",
        "casualties",
        "wider",
        "killed + wounded + captured + missing",
        "how military glossaries define it",
    ),
)
_LOST = (
    ("measure", "lost", "killed", "killed", "'lost' can be said of the dead alone"),
    (
        "measure",
        "lost",
        "casualties",
        "killed + wounded",
        "'lost' can be said of all who no longer fight",
    ),
)
# Only those who fight can be lost and live: "we have lost eight people" says that they died.
_FIGHTING = re.compile(
    r"\b(?:troops|soldiers?|army|armies|battles?|battalions?|brigades?|regiments?|casualty|casualties|"
    r"servicemen|military|front|warfare|combat|militants|rebels|insurgents|militia|guerrillas|tanks|"
    r"divisions?|corps|squadrons?|platoons?|garrison|company(?=\s+(?:had\s+)?lost))\b",
    re.I,
)
_LOST_IN_ALL = (
    "measure",
    "lost",
    "all",
    "killed + wounded + captured + missing",
    "'lost' can be said of all who are with their unit no more",
)
_LOSSES = (
    "measure",
    "losses",
    "",
    "lost",
    "'losses' is the noun of 'lost': both are read in one way",
)


def terms(claims: pd.DataFrame, text: str) -> pd.DataFrame:
    """Return rows of terms.csv for the undefined words that the claims use, and parts of places."""
    used = set(claims["measure"]) | set(claims["per_measure"])
    rows: list[tuple[str, ...]] = []
    if "casualties" in used:
        rows += _CASUALTIES
    if used & {"lost", "losses"}:
        fights = _FIGHTING.search(text)
        rows += _LOST if fights else _LOST[:1]
        if fights and used & {"missing", "captured"}:
            rows.append(_LOST_IN_ALL)
    if "losses" in used:
        rows.append(_LOSSES)
    rows += _sides(claims, text)
    rows += _times(claims)
    rows += _places(claims, text)
    return _frame(rows, "terms")


def _sides(claims: pd.DataFrame, text: str) -> list[tuple[str, ...]]:
    """Return which sides are one: `Velkans` and `Velkan` are `Velka` where the text names it."""
    names = [name for name in dict.fromkeys([*claims["side"], *claims["per_side"]]) if name]
    own = nations(text)
    of = {name: own.get(name, peoples().get(name, "")) for name in names}
    rows = []
    for name, land in of.items():
        if land and name != land and sum(other == land for other in of.values()) > 1:
            rows.append(("side", name, "", land, f"the text's word for those of {land}"))
    return rows + _spelled_otherwise([name for name in names if not of[name]])


_ONE = {"men": "man", "women": "woman", "children": "child", "policemen": "policeman"}
_WHO_FIGHT = ("fighter", "soldier", "troop", "militant", "force", "combatant")


def _spelled_otherwise(names: list[str]) -> list[tuple[str, ...]]:
    """Return which sides are one word: `soldier` and `soldiers`, `Rebel fighters` and `rebels`."""
    alike: dict[str, list[str]] = {}
    for name in names:
        words = [_ONE.get(word, word.removesuffix("s")) for word in key(name).split()]
        led = (
            len(words) == 2
            and words[1] in _WHO_FIGHT
            and persons().get(f"{words[0]}s") == "soldiers"
        )
        alike.setdefault(words[0] if led else " ".join(words), []).append(name)
    rows = []
    for same in alike.values():
        whole = next((name for name in same if name.islower() and name.endswith("s")), same[0])
        rows += [
            ("side", name, "", whole, "one word, spelled otherwise")
            for name in same if name != whole
        ]  # fmt: skip
    return rows


_IN_A_TIME = re.compile(
    r"(?:in|on|at|for|during|throughout|over|of)\s+(?:the\s+(?:month|year)\s+of\s+)?"
)


def _times(claims: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return which times are one that has a name: `July`, `in July` and `during July`."""
    alike: dict[str, list[str]] = {}
    for when in dict.fromkeys([*claims["period"], *claims["per_period"]]):
        name = _IN_A_TIME.sub("", when, count=1)
        if name != name.lower() or name.isdigit():
            alike.setdefault(name, []).append(when)
    return [
        ("period", when, "", same[0], "one time, with another word before it")
        for same in alike.values()
        for when in same[1:]
    ]


_AROUND = re.compile(
    r"\s+(?:province|region|district|county|state|governorate|oblast|prefecture|department|area|"
    r"municipality)$",
    re.I,
)


_WIDEST = ("country", "nation", "province", "region", "state", "territory")


def _places(claims: pd.DataFrame, text: str) -> list[tuple[str, ...]]:
    """Return which place is part of which where the text says so: `where Karel lies`."""
    names = [name for name in dict.fromkeys(claims["place"]) if name]
    rows, parts = [], set()
    for whole in names:
        for part in names:
            if _AROUND.sub("", whole) == part != whole:  # Kunar, or the town of that name
                because = f"{part} is in {whole}, if it is not all of it"
                rows.append(("place", whole, "", f"{part} + ...", because))
            if part == whole or part in parts or whole in parts or part in whole:
                continue
            said = (
                rf"{re.escape(whole)}[^.\n]{{0,20}}\bwhere\s+{re.escape(part)}\s+(?:lies|"
                rf"is|stands)\b|{re.escape(part)}[^.\n]{{0,60}}\b(?:lies|is|situated|"
                rf"located)\s+(?:in|on)\s+(?:the\s+)?{re.escape(whole)}|"
                rf"\b{re.escape(part)}(?:,\s+|"
                rf"\s+in\s+(?:(?!and\b|or\b|to\b|but\b)[\w’']+\s+){{0,4}}?){re.escape(whole)}\b"
            )
            if whole in _WIDEST:  # "across the country", "in the capital alone"
                alone = "" if part == "capital" else r"\s+alone"
                said += rf"|\bin\s+(?:the\s+)?{re.escape(part)}{alone}\b"
            if match := re.search(said, text, re.I if whole in _WIDEST else 0):
                rows.append(
                    (
                        "place",
                        whole,
                        "",
                        f"{part} + ...",
                        f"the text: '{' '.join(match[0].split())[:80]}'",
                    )
                )
                parts.add(part)
    return rows


# A body can be asked, whoever speaks for it: "the health ministry", not "an official of it".
_BODY = re.compile(
    r"\b(?:academy|agency|army|association|authorit(?:y|ies)|bureau|cent(?:re|er)|church|clinic|"
    r"coastguard|commission|committee|company|council|court|department|embassy|federation|"
    r"(?:fire|police) brigade|forces|foundation|fund|(?:coast|home|national) guard|government|"
    r"group|hospital|inquiry|institute|military|ministry|mission|navy|network|observatory|office|"
    r"operator|organi[sz]ation|parliament|party|police|red crescent|red cross|registry|school|"
    r"secretariat|service|staff|town hall|tribunal|union|university)$",
    re.I,
)
_UNNAMED = re.compile(
    r"^[^A-Z]*$|\b(?:unnamed|anonymous)\b|^(?:[A-Z]{2,6}|[A-Z][a-z]+)"
    r"\s+(?:[a-z]+\s+)*(?:officials?|sources?|diplomats?|experts?|analysts?|commanders?|"
    r"soldiers?|deserter)$"
)
_KINDS = (
    ("military", (
        r"\b(?:army|military|armed forces|general|colonel|lieutenant|major|captain|"
        r"command|commander|brigade|staff|corps|navy|defence army|admiral|marshal|"
        r"troops|regiment)\b"
    )),
    ("alliance", r"\b(?:NATO|alliance|coalition)\b"),
    ("government", (
        r"\b(?:ministry|minister|government|president|officials?|police|authorit\w+|"
        r"mayor|governor|department|prime|chancellor|secretary|parliament|office|"
        r"prosecutor\w*|coast guard|kremlin|council|state|spokes\w+)\b"
    )),
    ("press", (
        r"\b(?:newspaper|news|agency|times|post|telegraph|guardian|reuters|bbc|cnn|"
        r"afp|ap|tass|channel|broadcaster|media|magazine|journal|tribune|paper|outlet)"
        r"\b"
    )),
    ("research", (
        r"\b(?:historians?|scholars?|researchers?|university|institute|study|"
        r"analysts?|economists?|experts?|network|observatory|monitors?|un|who|unhcr|"
        r"unrwa|ohchr|scientists)\b"
    )),
)  # fmt: skip


def sources(claims: pd.DataFrame) -> pd.DataFrame:
    """Return one row of sources.csv for each source and relay of the claims."""
    names = [*claims["source"], *(name.strip() for via in claims["via"] for name in via.split(">"))]
    rows = []
    for name in dict.fromkeys(filter(None, names)):
        kind = next((kind for kind, words in _KINDS if re.search(words, name, re.I)), "")
        named = "no" if _UNNAMED.search(name) and not _BODY.search(name) else "yes"
        side = next((one.name for one in sides(name)), "")
        rows.append((name, side if kind not in ("press", "research") else "", kind, named, ""))
    return _frame(rows, "sources")


def readings(claims: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """Return rows of readings.csv: what *times more* may mean, and how *five* may be rounded."""
    rules = (
        evidence.loc[evidence["field"].eq("number")].set_index("claim")["rule"]
        if len(evidence)
        else {}
    )
    rows: list[tuple[str, ...]] = []
    for row in claims.itertuples():
        if (
            rules[row.claim] != "times more"
            or row.low != row.high
            or not re.fullmatch(r"\d+", row.low)
        ):
            continue
        more = str(int(row.low) + 1)
        because = f"to the letter '{row.low} times more' adds {row.low} times the number to it"
        for name, value, why in (
            (f"{row.low} times as many", row.low, "the usual meaning in the press"),
            (f"{more} times as many", more, because),
        ):
            rows += [(row.claim, name, end, value, why) for end in ("low", "high")]
    return _frame(rows, "readings")


def loadable(claims: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """Return claims whose ratios and shares have a denominator for each cell of the numerator.

    A blank one is the same as the numerator's; the whole of a share of persons is `all` of them.
    Where all of them would then be the same, numerator and denominator get names of their own.
    """
    if claims.empty:
        return claims.copy()
    kinds = evidence.loc[evidence["field"].eq("kind")].set_index("claim")["value"]
    whose = evidence[evidence["field"].eq("side")]
    carried = whose["sure"].eq("carried") | whose["rule"].eq("of whom")
    wholes = set(whose.loc[carried, "claim"])  # "a quarter of whom": the side is the whole
    rows = [
        _filled(row, kinds[row["claim"]], of_whom=row["claim"] in wholes)
        for row in claims.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=claims.columns, index=claims.index)


def _filled(row: Mapping[str, str], kind: str, *, of_whom: bool) -> dict[str, str]:
    """Return the cells of a claim, those of its denominator filled where it has one."""
    if row["hedge"] == "difference":
        return dict(row)  # its per_ cells say than what; those left blank are the same
    if kind not in ("ratio", "share"):
        return {**row, **dict.fromkeys(PER, "")}
    cells = {**row, **(_whole(row, of_whom=of_whom) if kind == "share" else _compared(row))}
    if kind == "ratio" and not row["per_side"] and _exceeds_its_whole(row):
        cells["per_side"] = f"other side{NOT_FOUND}{row['claim']})"
    for column, per in zip(SCOPE, PER, strict=True):
        if row[column] and not cells[per]:
            everybody = column == "measure" and kind == "share"
            cells[per] = "all" if everybody else row[column]
    if not any(cells[per] for per in PER):
        cells["measure"] = cells["per_measure"] = "not stated"
    if all(cells[one] == cells[per] for one, per in zip(SCOPE, PER, strict=True)):
        # Nothing is five times itself: of whom it is said is not stated, and not compared.
        other = "side" if kind == "ratio" else "measure"
        if kind == "share" or not row["side"]:
            cells[other] = f"{other}{NOT_FOUND}{row['claim']})"
        if not row[f"per_{other}"]:
            cells[f"per_{other}"] = f"other {other}{NOT_FOUND}{row['claim']})"
    return cells


_OF_ALL = ("lost", "losses", "casualties")


def _exceeds_its_whole(row: Mapping[str, str]) -> bool:
    """Whether a part is more than its whole, "three killed for every one lost": of two sides."""
    part, whole = row["measure"], row["per_measure"]
    inside = part != whole and part in whole.split(" + ")
    inside = inside or (whole in _OF_ALL and part not in _OF_ALL)
    least = re.fullmatch(r"\d+(?:\.\d+)?", row["low"])
    more = row["hedge"] == "more than" and least and float(least[0]) == 1
    return bool(part and inside and least and (more or float(least[0]) > 1))


def _whole(row: Mapping[str, str], *, of_whom: bool) -> dict[str, str]:
    """Return the cells of the whole of a share that its words do not give."""
    whole = row["per_measure"]
    if {row["measure"], whole} == {"killed", "lost"}:
        whole = ""  # who was lost may be who was killed: no share
    if row["side"] and not row["per_side"] and not of_whom:
        # "12 % of those killed were children": of all to whom that was done
        return {"per_side": "all", "per_measure": whole or row["measure"] or "all"}
    return {"per_measure": whole}


def _compared(row: Mapping[str, str]) -> dict[str, str]:
    """Return the numerator's own cells: "twice as many as last week" is of another time."""
    return {
        column: f"{column}{NOT_FOUND}{row['claim']})"
        for column, per in zip(SCOPE, PER, strict=True)
        if row[per] and not row[column] and column != "measure"
    }
