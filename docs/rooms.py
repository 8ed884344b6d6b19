"""Writes `docs/rooms.md`, each module with the first line of what it says of itself.

Run `python docs/rooms.py` (`make notebooks` does so, too) when a module comes, goes or changes.
"""

from __future__ import annotations

import ast
from pathlib import Path

PAGE = Path(__file__).with_suffix(".md")
PACKAGE = PAGE.parent.parent / "bakhmut"
HEAD = """# Every room

Each module, with the first line of what it says of itself; the wings are those of
[CONTRIBUTING](../CONTRIBUTING.md). Written by `python docs/rooms.py`.
"""


def first_line(module: Path) -> str:
    """Return the first line of a module's docstring."""
    return (ast.get_docstring(ast.parse(module.read_text("utf-8"))) or "").partition("\n")[0]


def written() -> str:
    """Return the page as the modules are now."""
    lines = [HEAD]
    for sign in sorted(PACKAGE.rglob("__init__.py")):
        if sign.parent != PACKAGE:
            name = sign.parent.relative_to(PACKAGE).as_posix()
            lines += [f"## {name}/", "", first_line(sign), ""]
            for module in sorted(sign.parent.glob("[!_]*.py")):
                lines.append(f"- `{module.name}`: {first_line(module)}")
            lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
