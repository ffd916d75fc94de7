"""Zip archives that are the same bytes for the same entries."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# The earliest date a zip entry can have: it says nothing about when the file was made.
_DATE = (1980, 1, 1, 0, 0, 0)


def archive(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """A deflated zip of (name, data), in the order given, without a date.

    >>> archive([("a.txt", b"x")]) == archive([("a.txt", b"x")])
    True
    """
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as zipped:
        for name, data in entries:
            info = ZipInfo(name, _DATE)
            info.compress_type = ZIP_DEFLATED
            # The same on every system: a plain file, readable by all.
            info.create_system, info.external_attr = 3, 0o644 << 16
            zipped.writestr(info, data)
    return buffer.getvalue()
