"""Modules of a wing that load when asked for: nobody waits for what is not used."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from types import ModuleType


def modules_of(wing: str, names: str) -> Callable[[str], ModuleType]:
    """Return a module's `__getattr__` that hands on the modules named, each when asked for."""
    known = frozenset(names.split())

    def ask(name: str) -> ModuleType:
        if name in known:
            return import_module(f"{wing}.{name}")
        raise AttributeError(f"module {wing!r} has no attribute {name!r}")

    return ask
