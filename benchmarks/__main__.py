"""Runs all benchmarks: python -m benchmarks; or one: python -m benchmarks draft [GOLD]."""

import sys

from benchmarks import draft, many, panel, report, solver

if sys.argv[1:2] == ["draft"]:
    draft.main(*sys.argv[2:3])
else:
    solver.main()
    report.main()
    panel.main()
    many.main((20, 200))
    draft.main()
