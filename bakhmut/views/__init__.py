"""The dossier as frames to look at; nothing here asks the solver.

In: a `Dossier`. Out: one frame a question. Order: sourcing (who says what), quotients and
multipliers (what a pocket calculator says), ratios and estimates, whatif, states.
"""

from bakhmut.base.lazy import modules_of

__getattr__ = modules_of(
    __name__,
    "estimates multipliers quotients ratios sourcing states whatif",
)
