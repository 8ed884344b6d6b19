"""Where things lie, for tests in whatever folder."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "whole" / "cases"
OUTBREAK = ROOT / "tests" / "whole" / "outbreak"
# The owner's folder beside a checkout; what needs it skips where it is absent.
SHARED = ROOT.parent / "shared"
