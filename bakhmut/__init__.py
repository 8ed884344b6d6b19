"""Which reported casualty figures can be true together, and under which reading of the words."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from bakhmut.claims import (
    Dossier,
    DossierError,
    build_dossier,
    new_dossier,
    read_dossier,
    verify_quotes,
    write_dossier,
)

__version__ = "0.1.0"

if TYPE_CHECKING:
    from bakhmut.consistency import (
        bound,
        check,
        correct,
        decide,
        find_conflicts,
        prove,
        reading_matrix,
    )
    from bakhmut.readings import interpret

# Each public verb and the module that is imported once it is asked for: `import bakhmut` costs
# no more than pandas.
_VERBS = {
    "interpret": "readings",
    "bound": "consistency",
    "check": "consistency",
    "correct": "consistency",
    "decide": "consistency",
    "find_conflicts": "consistency",
    "prove": "consistency",
    "reading_matrix": "consistency",
}

__all__ = [
    "Dossier",
    "DossierError",
    "bound",
    "build_dossier",
    "check",
    "correct",
    "decide",
    "find_conflicts",
    "interpret",
    "new_dossier",
    "prove",
    "read_dossier",
    "reading_matrix",
    "verify_quotes",
    "write_dossier",
]


def __getattr__(name: str) -> Any:
    if name in _VERBS:
        return getattr(import_module(f"bakhmut.{_VERBS[name]}"), name)
    raise AttributeError(f"module 'bakhmut' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
