"""Which reported casualty figures can be true together, and under which reading of the words."""

# Nothing is imported here: until `__main__.main` runs, Ctrl-C would end in a traceback.
TYPE_CHECKING = False
__version__ = "1.0.0"

if TYPE_CHECKING:
    from typing import Any

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

# The module of each public name, imported once it is asked for, so that nobody waits for what is
# not used; `plot_...` are in `figures`.
_HOME = {
    name: home
    for home, names in {
        "consistency.flat": "conflicts_long flat",
        "consistency.verbs": "bound check correct decide find_conflicts prove reading_matrix",
        "dossier.changed.series": "read_daily_series",
        "dossier.changed.updates": "update",
        "dossier.claims": "Dossier DossierError build_dossier new_dossier verify_quotes "
        "write_dossier",
        "drafting.texts": "draft read_dossier",
        "findings.advice.fixes": "fixes",
        "findings.changes": "compare",
        "findings.flags": "flag",
        "meaning.interpretation": "interpret",
        "panel.confirming": "confirm",
        "panel.explore": "explore",
        "views.quotients": "naive_quotients",
    }.items()
    for name in names.split()
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


def __getattr__(name: str) -> "Any":
    from importlib import import_module

    if name in __all__:
        return getattr(import_module(f"bakhmut.{_HOME.get(name, 'figures')}"), name)
    if name in _WINGS:
        return import_module(f"bakhmut.{name}")
    raise AttributeError(f"module 'bakhmut' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
