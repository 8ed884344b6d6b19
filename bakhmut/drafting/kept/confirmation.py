"""A drafted dossier being confirmed: what of it is sure, what a person said, saved at once.

The folder holds it all, so that it can be left and taken up again: claims.csv has the cells as they
now stand, evidence.csv says which of them somebody has confirmed (`yes`) or dropped (`no`).
"""

from __future__ import annotations

from pathlib import Path

from bakhmut.base import files
from bakhmut.dossier.changed.edits import Row, tables_of
from bakhmut.dossier.claims import build_dossier, read_dossier
from bakhmut.dossier.derived import is_confirmed
from bakhmut.dossier.problems import DossierError, Problem
from bakhmut.dossier.tables import COLUMNS, EVIDENCE, TABLES, write_table
from bakhmut.drafting.drafts import Draft
from bakhmut.drafting.kept.shown import SURE
from bakhmut.drafting.kept.written import TEXT, write_draft
from bakhmut.drafting.passages import sentences
from bakhmut.drafting.reading.intake import read_text
from bakhmut.drafting.texts import draft, is_text

YES, NO = "yes", "no"
BY_HAND = "by hand"
_SAVED = ("readings", "claims", "evidence")


class Confirmation:
    """The claims of a drafted dossier in a folder, and what a person has said of each."""

    def __init__(self, folder: Path):
        dossier = read_dossier(folder)
        if dossier.evidence.empty:
            what = "has no evidence.csv; bakhmut draft writes one from a text"
            raise DossierError([Problem(str(folder), what)])
        self.folder = folder
        self.text = read_text(folder / TEXT)
        self.tables = tables_of(dossier)
        spans: dict[int, list[int]] = {}
        for one in sentences(self.text):
            spans.setdefault(one.part, []).extend((one.start, one.end))
        self.passages = [(min(ends), max(ends)) for ends in spans.values()]
        self.evidence: dict[str, list[Row]] = {}
        for row in dossier.evidence.to_dict("records"):
            self.evidence.setdefault(row["claim"], []).append(row)
        self.rows = {claim: self._drafted(claim) for claim in self.evidence}
        self.rows |= {row["claim"]: row for row in self.tables["claims"]}
        # Least sure first; what was answered before comes last.
        self.order = sorted(
            self.rows, key=lambda claim: (self.state(claim) != "", *self._sure(claim))
        )
        self._places = list(self.rows)
        self._saved_claims = len(self.tables["claims"])
        for name in _SAVED:
            files.clear_parts(self._file(name))
        self._on_disk = {name: self._file(name).read_bytes() for name in _SAVED}

    def _drafted(self, claim: str) -> Row:
        """Return the row of a claim that is not in the table, from its evidence."""
        cells = {row["field"]: row["value"] for row in self.evidence[claim]}
        return {column: cells.get(column, "") for column in TABLES["claims"]} | {"claim": claim}

    def _sure(self, claim: str) -> tuple[int, int]:
        """Return how sure a claim is: its least sure cell, and how many cells are not sure."""
        ranks = [
            SURE.index(row["sure"]) for row in self.evidence.get(claim, ()) if row["sure"] in SURE
        ]
        return -max(ranks, default=0), -sum(rank > 0 for rank in ranks)

    def state(self, claim: str) -> str:
        """Return "yes" for a claim that is confirmed, "no" for one dropped, "" for one open."""
        said = {row["confirmed"].strip().casefold() for row in self.evidence.get(claim, ())}
        return NO if said == {NO} else YES if all(map(is_confirmed, said)) else ""

    @property
    def done(self) -> int:
        """How many claims are confirmed or dropped."""
        return sum(self.state(claim) != "" for claim in self.order)

    def accept(self, claim: str) -> None:
        """Confirm a claim as it stands; one that was dropped comes back."""
        self._say(claim, YES)

    def drop(self, claim: str) -> None:
        """Take a claim out of the table; what restates it restates what it restated itself."""
        self._say(claim, NO)

    def _say(self, claim: str, said: str) -> None:
        rows = self.evidence.setdefault(claim, [])
        before = [row["confirmed"] for row in rows]
        for row in rows:
            row["confirmed"] = said
        try:
            self.save()
        except DossierError:
            for row, was in zip(rows, before, strict=True):
                row["confirmed"] = was
            raise

    def mend(self, claim: str, **cells: str) -> None:
        """Set cells of a claim and confirm them; where they cannot stand nothing is changed."""
        row, kept = dict(self.rows[claim]), self.evidence.get(claim, [])
        mended = {field: value.strip() for field, value in cells.items()}
        mended = {field: value for field, value in mended.items() if value != row[field]}
        if not mended:
            return
        self.rows[claim] |= mended
        by_field = {one["field"]: one for one in kept}
        new = {**by_field.get("quote", dict.fromkeys(EVIDENCE, "")), "claim": claim, "sure": "read"}
        others = [one for one in kept if one["field"] not in mended]
        self.evidence[claim] = others + [
            {**by_field.get(field, new), "field": field, "value": value,
             "rule": BY_HAND, "confirmed": YES}
            for field, value in mended.items()
        ]  # fmt: skip
        try:
            self.save()
        except DossierError:
            self.rows[claim], self.evidence[claim] = row, kept
            raise

    def save(self) -> None:
        """Write what has changed, each file whole or not at all.

        Raises
        ------
        DossierError
            A cell cannot stand as it is, or a file was changed elsewhere; nothing was written.
        """
        tables = self._kept()
        evidence = [row for claim in self._places for row in self.evidence.get(claim, ())]
        build_dossier({**tables, "evidence": evidence})
        contents = {}
        # What names a claim goes before it and comes after it: a kill between two files leaves
        # tables that can be read.
        grown = len(tables["claims"]) > self._saved_claims
        for name in ("claims", "readings", "evidence") if grown else _SAVED:
            rows = evidence if name == "evidence" else tables[name]
            cells = ([row[column] for column in COLUMNS[name]] for row in rows)
            contents[name] = write_table(cells, name).encode()
        for name in contents:
            if self._file(name).read_bytes() != self._on_disk[name]:
                what = "was changed elsewhere; run this cell again to go on from there"
                raise DossierError([Problem(f"{name}.csv", what)])
        for name, content in contents.items():
            if content != self._on_disk[name]:
                files.replace(self._file(name), content)
                self._on_disk[name] = content
        self._saved_claims = len(tables["claims"])

    def _kept(self) -> dict[str, list[Row]]:
        """Return the tables without the claims that were dropped."""
        dropped = {claim for claim in self.rows if self.state(claim) == NO}
        claims = []
        for claim in self._places:
            if claim not in dropped:
                row = self.rows[claim]
                link = row["repeats"]
                while link in dropped:
                    link = self.rows[link]["repeats"]
                claims.append({**row, "repeats": link})
        own = {"claims": claims}
        for name in ("readings", "positions"):
            own[name] = [row for row in self.tables[name] if row["claim"] not in dropped]
        return {**self.tables, **own}

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.csv"


def confirmation_of(subject: Draft | str | Path, folder: str | Path | None = None) -> Confirmation:
    """Return a draft, a text or the folder of a drafted dossier, ready to be confirmed.

    A draft is written first, into `folder` or one of its own name; where it lies there already, it
    is taken up again.
    """
    if not isinstance(subject, Draft):
        if not is_text(subject):
            return Confirmation(Path(subject))
        subject = draft(subject)
    place = Path(folder or subject.name)
    if not (place / TEXT).is_file():
        write_draft(subject, place)
    elif read_text(place / TEXT) != subject.text:
        what = "holds the draft of another text; name another with folder=..."
        raise DossierError([Problem(str(place), what)])
    return Confirmation(place)
