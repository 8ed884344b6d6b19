"""Archives of XML (.xlsx, .docx), looked at before anything in them is unpacked or parsed.

In: the bytes of an archive. Out: its parts, of which none is locked, declares entities, or grows
beyond what 1 GB of memory holds once it is read.
"""

from __future__ import annotations

import io
import zipfile

from bakhmut.dossier.doors.delimited import Fault

MOST_UNPACKED = 64 * 2**20
MOST_PARTS = 10_000
# A tag is some 70 bytes once it is read, an attribute three times as many.
MOST_MARKS = 6_000_000
_TOO_LARGE = f"is larger than {MOST_UNPACKED // 2**20} MB once unpacked"


def archive_of(content: bytes) -> zipfile.ZipFile:
    """Return an archive that may be unpacked; what zipfile raises where it is none is passed on.

    Raises
    ------
    Fault
        It is locked, or too large.
    """
    packed = zipfile.ZipFile(io.BytesIO(content))
    parts = packed.infolist()
    # No more is unpacked than an archive says of its parts, so that what it says is enough.
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Fault(_TOO_LARGE)
    if any(part.flag_bits & 1 for part in parts):
        raise Fault("is locked with a password")
    return packed


def xml_of(packed: zipfile.ZipFile, part: str) -> bytes:
    """Return a part that is XML and may be parsed.

    Raises
    ------
    Fault
        It declares entities, which may grow without end or name other files, or has too many tags.
    """
    content = packed.read(part)
    # In UTF-16 a NUL stands beside each letter.
    plain = content.replace(b"\0", b"")
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise Fault("declares XML entities, as no such file does; it is not read")
    if content.count(b"<") + 3 * content.count(b"=") > MOST_MARKS:
        raise Fault(
            "has more cells or tags than fit into memory; save it in parts, or as plain text"
        )
    return content
