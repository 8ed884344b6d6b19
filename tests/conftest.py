import signal
from functools import partial

import pytest
from samples import write_notebooks

# A shell that runs the tests in the background has Ctrl-C ignored, and so would what they start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def notebooks(tmp_path):
    """Write small notebooks: `notebooks(name=[cells])`."""
    return partial(write_notebooks, tmp_path / "notebooks")
