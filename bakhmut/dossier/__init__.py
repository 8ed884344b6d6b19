"""Tables in, a checked `Dossier` out (and back).

In: a folder, a file, a workbook or frames with the tables of the codebook. Out: a `Dossier` whose
frames have every row as written and as a number. Order: parsing/ (what may stand in a cell),
problems (faults with their place), doors/ (whatever holds tables), tables, fills (blank and
repeated cells), derived, checks, links, claims; changed/ (newer or other figures) and quotes work
on a dossier that is read.
"""

from bakhmut.base.lazy import modules_of

__getattr__ = modules_of(
    __name__,
    "changed claims checks derived doors fills links parsing problems quotes tables",
)
