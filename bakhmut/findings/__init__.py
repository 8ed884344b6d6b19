"""What a checker, or a reader of two versions, is told.

In: a `Dossier` and its `Check`. Out: flags, changes, answers in sentences, JSON. Order: evidence,
rules/ (a flag, a function), severity, flags; next_row; unconfirmed (of a draft); misfits/ (what a
text's words set beside each other); advice/ (what to print instead, and the brief); changes
(between two dossiers), questions and later (many voices); answers; summary.
"""

from bakhmut.base.lazy import modules_of

__getattr__ = modules_of(
    __name__,
    "advice answers changes evidence flags later misfits next_row questions rules severity summary "
    "unconfirmed",
)
