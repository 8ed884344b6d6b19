"""What only some uses need: packages that come with an extra, named where they are missing."""

from __future__ import annotations

from importlib.util import find_spec

# What each extra of pyproject.toml brings, by the names it is imported by.
PACKAGES = {
    "report": (
        *("IPython", "ipykernel", "jinja2", "jupyter_client"),
        *("nbclient", "nbconvert", "nbformat", "traitlets"),
    ),
    "lab": ("IPython", "ipywidgets"),
    "pdf": ("pypdf",),
}


class MissingPackage(ImportError):
    """A package that is not installed; the message names it and the command to install it."""


def require(extra: str, use: str) -> None:
    """Raise what an extra's use lacks, before any work is done.

    Parameters
    ----------
    extra : str
        A key of `PACKAGES`.
    use : str
        What needs it, as one would call it: `bakhmut report`.

    Raises
    ------
    MissingPackage
        Names the first package missing, and how to install it.
    """
    for name in PACKAGES[extra]:
        if not _is_installed(name):
            command = f'pip install "bakhmut[{extra}]"'
            raise MissingPackage(f"{use} needs the package {name}, which is missing: {command}")


def _is_installed(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):  # it is kept out
        return False
