"""Tables in, a checked `Dossier` out (and back).

In: a folder, a file, a workbook or frames with the tables of the codebook. Out: a `Dossier` whose
frames have every row as written and as a number. Order: notation (what may stand in a cell),
printed (a figure in words), problems (faults with their place), doors (bytes as rows of text),
tables, derived, frames (values of any type as text), typed (what spreadsheets make of what is
typed), package (what columns mean), sheets and workbook (one file), opening (what lies at a
path), checks, links, claims; edits, updates, series (of bulletins) and quotes work on a dossier
that is read.
"""

from bakhmut.base.lazy import modules_of

__getattr__ = modules_of(
    __name__,
    "bulletins checks claims derived doors edits frames links notation opening package printed "
    "problems quotes series sheets tables typed updates workbook",
)
