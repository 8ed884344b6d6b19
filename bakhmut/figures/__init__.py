"""One function a figure: a dossier (or a check of it) in, axes out, with words for its picture.

Each title states what the plotted numbers show and is computed from them, like the alt text,
which `alt_text(ax)` returns. An end that the words leave open fades out or carries an arrow.
Where a dossier has nothing for a figure, the axes say so in a sentence. Notebooks take all they
show from here: `show` a figure, `table` a frame, `say` a sentence.

In: a `Dossier`, a `Check` or a frame. Out: axes. Order: style (palette, frame, labels), plane,
curves, outlines, timelines, ranges, series; vector and files write one as SVG
or PNG, display shows one in a notebook.
"""

from bakhmut.figures.curves import plot_ratio_elsewhere, plot_wounded_per_killed
from bakhmut.figures.display import lines, proofs, prose, say, show, table
from bakhmut.figures.outlines import plot_reading_matrix, plot_relays
from bakhmut.figures.plane import plot_losses_against_ratios
from bakhmut.figures.ranges import plot_counts, plot_ratios
from bakhmut.figures.series import plot_series
from bakhmut.figures.style import alt_text
from bakhmut.figures.timelines import plot_coverage, plot_reported_ranges, plot_thresholds

__all__ = [
    "alt_text",
    "lines",
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
    "proofs",
    "prose",
    "say",
    "show",
    "table",
]
