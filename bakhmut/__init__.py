"""Which reported casualty figures can be true together, and under which reading of the words."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "1.0.0"

if TYPE_CHECKING:
    from bakhmut.consistency.flat import conflicts_long, flat
    from bakhmut.consistency.verbs import (
        bound,
        check,
        correct,
        decide,
        find_conflicts,
        prove,
        reading_matrix,
    )
    from bakhmut.dossier.changed.series import read_daily_series
    from bakhmut.dossier.changed.updates import update
    from bakhmut.dossier.claims import (
        Dossier,
        DossierError,
        build_dossier,
        new_dossier,
        verify_quotes,
        write_dossier,
    )
    from bakhmut.drafting.texts import draft, read_dossier
    from bakhmut.figures import (
        plot_counts,
        plot_coverage,
        plot_losses_against_ratios,
        plot_ratio_elsewhere,
        plot_ratios,
        plot_reading_matrix,
        plot_relays,
        plot_reported_ranges,
        plot_series,
        plot_thresholds,
        plot_wounded_per_killed,
    )
    from bakhmut.findings.advice.fixes import fixes
    from bakhmut.findings.changes import compare
    from bakhmut.findings.flags import flag
    from bakhmut.meaning.interpretation import interpret
    from bakhmut.panel.confirming import confirm
    from bakhmut.panel.explore import explore
    from bakhmut.views.quotients import naive_quotients

# Each public name and the module that is imported once it is asked for, so that nobody waits
# for what is not used.
_HOME = {
    "Dossier": "dossier.claims",
    "DossierError": "dossier.claims",
    "bound": "consistency.verbs",
    "build_dossier": "dossier.claims",
    "check": "consistency.verbs",
    "compare": "findings.changes",
    "conflicts_long": "consistency.flat",
    "confirm": "panel.confirming",
    "correct": "consistency.verbs",
    "decide": "consistency.verbs",
    "draft": "drafting.texts",
    "explore": "panel.explore",
    "find_conflicts": "consistency.verbs",
    "fixes": "findings.advice.fixes",
    "flag": "findings.flags",
    "flat": "consistency.flat",
    "interpret": "meaning.interpretation",
    "naive_quotients": "views.quotients",
    "new_dossier": "dossier.claims",
    "plot_counts": "figures",
    "plot_coverage": "figures",
    "plot_losses_against_ratios": "figures",
    "plot_ratio_elsewhere": "figures",
    "plot_ratios": "figures",
    "plot_reading_matrix": "figures",
    "plot_relays": "figures",
    "plot_reported_ranges": "figures",
    "plot_series": "figures",
    "plot_thresholds": "figures",
    "plot_wounded_per_killed": "figures",
    "prove": "consistency.verbs",
    "read_daily_series": "dossier.changed.series",
    "read_dossier": "drafting.texts",
    "reading_matrix": "consistency.verbs",
    "update": "dossier.changed.updates",
    "verify_quotes": "dossier.claims",
    "write_dossier": "dossier.claims",
}

__all__ = [
    "Dossier",
    "DossierError",
    "bound",
    "build_dossier",
    "check",
    "compare",
    "confirm",
    "conflicts_long",
    "correct",
    "decide",
    "draft",
    "explore",
    "find_conflicts",
    "fixes",
    "flag",
    "flat",
    "interpret",
    "naive_quotients",
    "new_dossier",
    "plot_counts",
    "plot_coverage",
    "plot_losses_against_ratios",
    "plot_ratio_elsewhere",
    "plot_ratios",
    "plot_reading_matrix",
    "plot_relays",
    "plot_reported_ranges",
    "plot_series",
    "plot_thresholds",
    "plot_wounded_per_killed",
    "prove",
    "read_daily_series",
    "read_dossier",
    "reading_matrix",
    "update",
    "verify_quotes",
    "write_dossier",
]


# What notebooks reach through their wing: `bk.views.sourcing`, `bk.figures.show`.
_WINGS = ("consistency", "dossier", "figures", "findings", "panel", "views")


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"bakhmut.{_HOME[name]}"), name)
    if name in _WINGS:
        return import_module(f"bakhmut.{name}")
    raise AttributeError(f"module 'bakhmut' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
