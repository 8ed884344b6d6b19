"""Runs all benchmarks: python -m benchmarks."""

from benchmarks import engine, many, panel, report

engine.main()
report.main()
panel.main()
many.main((20, 200))
