"""A dossier in, a `Check` out: the verbs that decide.

In: a `Dossier`. Out: status, conflicts, corrections, bounds, readings, each a frame.
Order: deciding (systems, and of totals their ends), case (a dossier decided), usual (readings
first), matrix (by reading), explain (why), corrections (what gives), notes, verbs; arranged for
reading, flat (frames for a spreadsheet or a join).
"""

from bakhmut.base.lazy import modules_of

__getattr__ = modules_of(
    __name__, "arranged case corrections deciding explain flat matrix notes usual verbs"
)
