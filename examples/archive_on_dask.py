"""Check an archive of dossiers on Dask, for those who outgrow a machine.

    python examples/archive_on_dask.py FOLDER results.csv [SCHEDULER]

Without the address of a scheduler a local cluster is started, one process a core. What travels
are the tables, so the workers need no access to the folder. Dask runs a check in a thread, where
no limit of time holds. Needs `pip install ".[dask]"`.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from dask.distributed import Client

from bakhmut.base.terminal import as_csv
from bakhmut.cli.archive import COLUMNS, Row, check_path, check_tables, dossiers_in
from bakhmut.dossier.changed.edits import tables_of
from bakhmut.dossier.claims import DossierError, read_dossier


def check_archive(folder: Path, client: Client) -> list[Row]:
    """Return the row of each dossier below a folder, in order; what cannot be read says so."""
    tables, rows = {}, {}
    for name, path in dossiers_in(folder).items():
        try:
            tables[name] = tables_of(read_dossier(path))
        except DossierError:
            rows[name] = check_path(path, name=name)
    futures = client.map(_check, list(tables.items()), pure=False)
    rows |= {row["dossier"]: row for row in client.gather(futures)}
    return [rows[name] for name in sorted(rows)]


def _check(named: tuple[str, dict]) -> Row:
    name, tables = named
    return check_tables(tables, name=name)


# A check that fails is raised where it is asked for; what workers log as they are closed is noise.
LOCAL = {"threads_per_worker": 1, "dashboard_address": None, "silence_logs": logging.CRITICAL}


def main(folder: str, output: str, scheduler: str = "") -> None:
    """Write the results of an archive, on a cluster that is there or on a local one."""
    with Client(scheduler) if scheduler else Client(**LOCAL) as client:
        rows = check_archive(Path(folder), client)
    Path(output).write_text(as_csv(rows, COLUMNS), encoding="utf-8")
    print(f"{len(rows):,} dossiers: {output}")


if __name__ == "__main__":
    main(*sys.argv[1:])
