"""The data package beside the tables: what each column means, said to a machine.

A `datapackage.json` (Frictionless) carries a title, the delimiter and a sentence for each column.
The sentences are those of the article's own package, whose words the codebook uses, too.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from bakhmut.base.files import content_of, json_of
from bakhmut.dossier.tables import TABLES

FILE = "datapackage.json"
_SHIPPED = Path(__file__).parents[2] / "data" / "article" / FILE
# How `write_table` writes; a reader need not guess.
DIALECT = {
    "delimiter": ",",
    "lineTerminator": "\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "header": True,
}
# Columns that the article itself does not need.
_OTHERS: dict[tuple[str, str], dict[str, Any]] = {
    ("claims", "article"): {
        "description": "Which text prints the claim; only where a dossier holds several."
    },
    ("claims", "standing"): {
        "description": "Printed, but taken back by its own source, or denied by the text: "
        "corrected, withdrawn or denied; apart: a part of a count, more than it, or a count of "
        "another time, without a name. Shown with a mark, compared only with --all."
    },
    ("terms", "usual"): {
        "description": "yes where most careful readers take the word so first; where no "
        "reading is marked all are alike."
    },
    ("readings", "usual"): {
        "description": "yes where most careful readers take the claim so first; where no "
        "reading is marked all are alike."
    },
}


def title_of(folder: Path) -> str:
    """Return the title of the data package in a folder, "" where it has none.

    Raises
    ------
    ValueError
        The file is there and cannot be used: a sentence that says why.
    """
    try:
        content = content_of(folder / FILE)
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise ValueError(f"cannot be read ({error.strerror or error})") from error
    try:
        package = json_of(content)
    except ValueError as error:
        raise ValueError(f"is not whole JSON ({error}); mend it or delete it") from error
    title = package.get("title") if isinstance(package, dict) else None
    return title.strip() if isinstance(title, str) else ""


@cache
def _shipped() -> dict[str, dict[str, Any]]:
    """Return the resources of the article's package by name."""
    package = json.loads(_SHIPPED.read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in package["resources"]}


def field_of(table: str, column: str) -> dict[str, Any]:
    """Return what the data package says of one column: type, sentence, constraints."""
    fields = {field["name"]: field for field in _shipped()[table]["schema"]["fields"]}
    said = fields.get(column) or _OTHERS.get((table, column), {})
    return {"name": column, "type": "string", **said}


def meaning_of(table: str, column: str) -> str:
    """Return the codebook's sentence on one column."""
    return field_of(table, column).get("description", "")


def describe(name: str, title: str) -> bytes:
    """Return the data package of a dossier whose tables are written in full, as JSON."""
    package = {
        "profile": "tabular-data-package",
        "name": "".join(c if c.isascii() and c.isalnum() else "-" for c in name.lower()) or "-",
        "title": title or name,
        "resources": [_resource(table) for table in TABLES],
    }
    return f"{json.dumps(package, ensure_ascii=False, indent=1)}\n".encode()


def _resource(table: str) -> dict[str, Any]:
    shipped = _shipped()[table]
    schema = {
        "fields": [field_of(table, column) for column in TABLES[table]],
        "missingValues": [""],
    }
    if key := shipped["schema"].get("primaryKey"):
        schema["primaryKey"] = key
    return {
        "name": table,
        "title": shipped["title"],
        "path": f"{table}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": DIALECT,
        "schema": schema,
    }
