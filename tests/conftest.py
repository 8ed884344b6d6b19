from functools import partial

import pytest
from samples import write_notebooks


@pytest.fixture
def notebooks(tmp_path):
    """Write small notebooks: `notebooks(name=[cells])`."""
    return partial(write_notebooks, tmp_path / "notebooks")
