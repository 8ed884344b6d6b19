"""What a checker, or a reader of two versions, is told.

In: a `Dossier` and its `Check`. Out: flags, changes, answers in sentences, JSON.
Order: evidence, the flags' rules/, severity, flags; next_row; unconfirmed; proposals, to_print and
fixes (what to print instead), brief (the first screen); changes; questions, later; answers;
summary.
"""

from bakhmut.base.lazy import modules_of

__getattr__ = modules_of(
    __name__,
    "answers brief changes evidence fixes flags later next_row proposals questions severity "
    "summary to_print unconfirmed",
)
