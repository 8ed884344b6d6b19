"""`bk.explore`: move a figure, switch a reading, and see what follows.

In: a `Dossier`. Out: a panel of widgets. Order: live (what follows from a state), sketch (the
loss plane at every move), told (the same in words), controls, explore.
Beside it confirming, `bk.confirm`: a draft figure by figure, each in its lit sentence.
"""

from bakhmut.base.lazy import modules_of

__getattr__ = modules_of(
    __name__,
    "confirming controls explore live sketch told",
)
