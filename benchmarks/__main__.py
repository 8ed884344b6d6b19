"""Runs all benchmarks: python -m benchmarks; or one: python -m benchmarks draft [GOLD]."""

import sys

from benchmarks import draft, engine, joint, many, panel, report

if sys.argv[1:2] == ["draft"]:
    draft.main(*sys.argv[2:3])
else:
    engine.main()
    joint.main()
    report.main()
    panel.main()
    many.main((20, 200))
    draft.main()
