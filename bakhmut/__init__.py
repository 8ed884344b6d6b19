"""Which reported casualty figures can be true together, and under which reading of the words."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from bakhmut.changes import compare
    from bakhmut.claims import (
        Dossier,
        DossierError,
        build_dossier,
        new_dossier,
        read_dossier,
        verify_quotes,
        write_dossier,
    )
    from bakhmut.consistency import (
        bound,
        check,
        correct,
        decide,
        find_conflicts,
        prove,
        reading_matrix,
    )
    from bakhmut.explore import explore
    from bakhmut.figures import plot_losses_against_ratios
    from bakhmut.flags import flag
    from bakhmut.readings import interpret
    from bakhmut.series import read_daily_series

# Each public name and the module that is imported once it is asked for, so that nobody waits
# for what is not used.
_HOME = {
    "Dossier": "claims",
    "DossierError": "claims",
    "bound": "consistency",
    "build_dossier": "claims",
    "check": "consistency",
    "compare": "changes",
    "correct": "consistency",
    "decide": "consistency",
    "explore": "explore",
    "find_conflicts": "consistency",
    "flag": "flags",
    "interpret": "readings",
    "new_dossier": "claims",
    "plot_losses_against_ratios": "figures",
    "prove": "consistency",
    "read_daily_series": "series",
    "read_dossier": "claims",
    "reading_matrix": "consistency",
    "verify_quotes": "claims",
    "write_dossier": "claims",
}

__all__ = [
    "Dossier",
    "DossierError",
    "bound",
    "build_dossier",
    "check",
    "compare",
    "correct",
    "decide",
    "explore",
    "find_conflicts",
    "flag",
    "interpret",
    "new_dossier",
    "plot_losses_against_ratios",
    "prove",
    "read_daily_series",
    "read_dossier",
    "reading_matrix",
    "verify_quotes",
    "write_dossier",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"bakhmut.{_HOME[name]}"), name)
    raise AttributeError(f"module 'bakhmut' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
