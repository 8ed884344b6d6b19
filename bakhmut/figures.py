"""One function a figure: a dossier (or a check of it) in, axes out, with words for its picture.

Each title states what the plotted numbers show and is computed from them, like the alt text,
which `alt_text(ax)` returns. An end that the words leave open fades out or carries an arrow.
Where a dossier has nothing for a figure, the axes say so in a sentence. Notebooks take all they
show from here: `show` a figure, `table` a frame, `say` a sentence.
"""

from bakhmut.canvas import alt_text
from bakhmut.curves import plot_ratio_elsewhere, plot_wounded_per_killed
from bakhmut.display import proofs, prose, say, show, table
from bakhmut.outlines import plot_reading_matrix, plot_relays
from bakhmut.plane import plot_losses_against_ratios
from bakhmut.timelines import plot_coverage, plot_reported_ranges, plot_thresholds

__all__ = [
    "alt_text",
    "plot_coverage",
    "plot_losses_against_ratios",
    "plot_ratio_elsewhere",
    "plot_reading_matrix",
    "plot_relays",
    "plot_reported_ranges",
    "plot_thresholds",
    "plot_wounded_per_killed",
    "proofs",
    "prose",
    "say",
    "show",
    "table",
]
