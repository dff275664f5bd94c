"""Files that are the same whenever they are made of the same data: the time is that of the data."""

from __future__ import annotations

import datetime as dt
import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from geo.briefing.screen import Deck

_FIRST = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""A ZIP archive knows no earlier time."""


def time_of(deck: Deck) -> dt.datetime:
    """Return the time of the data in UTC, to the second."""
    return max(deck.at.astimezone(dt.UTC).replace(microsecond=0), _FIRST)


def sealed(archive: bytes, at: dt.datetime) -> bytes:
    """Return an Office file with the time of the data in place of the time of its making."""
    out = BytesIO()
    stamp = at.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with ZipFile(BytesIO(archive)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for item in source.infolist():
            data = source.read(item)
            if item.filename.endswith(".xlsx"):
                data = sealed(data, at)
            elif item.filename == "docProps/core.xml":
                data = _TIME.sub(rb"\g<1>" + stamp + rb"\g<2>", data)
            entry = ZipInfo(item.filename, at.timetuple()[:6])
            # Pictures are packed already.
            packed = item.filename.endswith((".png", ".jpg", ".jpeg"))
            entry.compress_type = ZIP_STORED if packed else ZIP_DEFLATED
            target.writestr(entry, data)
    return out.getvalue()


_TIME = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
