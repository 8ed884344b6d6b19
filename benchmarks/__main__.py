"""Runs all benchmarks: python -m benchmarks."""

from benchmarks import engine, report

engine.main()
report.main()
