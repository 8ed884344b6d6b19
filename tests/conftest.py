import gc
import signal
from functools import partial

import pytest
from places import OUTBREAK
from samples import write_notebooks

from bakhmut.dossier.claims import DATA, read_dossier

# A shell that runs the tests in the background has Ctrl-C ignored, and so would what they start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


# A minute or half a one each. Begun last, they would have all other processes wait for theirs.
LONG = ("test_fuzz", "test_archive", "test_report", "test_nothing_dropped", "test_figures")


def pytest_collection_modifyitems(items):
    """Begin with the files that take longest, the others as they come."""
    items.sort(key=lambda item: item.path.stem not in LONG)


def pytest_collection_finish():
    """Spare the collector what stays to the end: it would look it through a thousand times."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture
def notebooks(tmp_path):
    """Write small notebooks: `notebooks(name=[cells])`."""
    return partial(write_notebooks, tmp_path / "notebooks")


@pytest.fixture(scope="session")
def article():
    """The article's dossier."""
    return read_dossier()


@pytest.fixture(scope="session")
def later():
    """The dossier of later and parallel figures."""
    return read_dossier(DATA / "later")


@pytest.fixture(scope="session")
def outbreak():
    """The invented dossier of another field."""
    return read_dossier(OUTBREAK)
