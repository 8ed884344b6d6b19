"""Kernels that are warm once for all tests of a process, not anew for each report."""

from contextlib import contextmanager, suppress
from shutil import rmtree

import pytest


@pytest.fixture(scope="session")
def warm():
    """Kernels as a report has them, of one process that has done the imports."""
    from bakhmut.report.chapters.kernels import kernels

    with kernels() as source:
        end = source.close
        source.close = lambda: kill(source)  # a report that fails ends its notebooks
        yield source
        source.close = end


def kill(source):
    """End the notebooks of a report, and leave the process they come from."""
    for manager in source._managers:
        if manager.has_kernel:
            with suppress(OSError):
                manager.provisioner.process.kill()


@pytest.fixture
def warm_kernels(monkeypatch, warm):
    """Let reports of this process have their notebooks run in warm kernels, in an empty folder."""
    monkeypatch.setattr("bakhmut.report.make.kernels", lambda seconds: emptied(warm))


@contextmanager
def emptied(source):
    """Yield kernels; afterwards their notebooks are ended, and nothing is in their folder."""
    try:
        yield source
    finally:
        source.close()
        for path in source.workplace.iterdir():
            rmtree(path) if path.is_dir() else path.unlink()
