"""Tables in, a checked `Dossier` out (and back).

In: a folder, a file or frames with the tables of the codebook. Out: a `Dossier` whose frames
have every row as written and as a number. Order: notation (what may stand in a cell), printed
(a figure in words), tables, problems (faults with their place), checks, links, derived, claims;
edits, updates, series (of bulletins) and quotes work on a dossier that is read.
"""

from bakhmut.base.lazy import modules_of

__getattr__ = modules_of(
    __name__,
    "bulletins checks claims derived edits links notation printed problems quotes series tables "
    "updates",
)
