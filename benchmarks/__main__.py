"""Runs all benchmarks: python -m benchmarks."""

from benchmarks import engine, panel, report

engine.main()
report.main()
panel.main()
