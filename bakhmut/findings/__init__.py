"""What a checker, or a reader of two versions, is told.

In: a `Dossier` and its `Check`. Out: flags, changes, answers in sentences, JSON.
Order: evidence, the flags' rules (flags_words, flags_hedges, flags_scope, flags_figures,
flags_sources), severity, flags; next_row; changes; questions, later; answers; summary.
"""

from bakhmut.base.lazy import modules_of

__getattr__ = modules_of(
    __name__,
    "answers changes evidence flags flags_figures flags_hedges flags_scope "
    "flags_sources flags_words later next_row questions severity summary",
)
