"""A dossier with newer or other figures.

edits (some cells otherwise), deltas (which rows of two dossiers differ), updates (newer figures),
bulletins (the daily JSON) and series (the bulletins as claims).
"""

from bakhmut.base.lazy import modules_of

__getattr__ = modules_of(__name__, "bulletins deltas edits series updates")
