"""Word files (.docx): the paragraphs of their main part, read without a Word library.

Only `word/document.xml` and `docProps/core.xml` are unpacked, each up to a cap, and read
with defusedxml: no entities, no external files.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError

from geo.document.content import Content, printable
from geo.errors import InputError

MOST_UNPACKED = 30_000_000
MOST_PARTS = 2_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"


def read(data: bytes) -> Content:
    """Return the paragraphs of a Word file and the title and language that it states."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if len(packed.infolist()) > MOST_PARTS:
                raise _damaged()
            body = _xml(packed, "word/document.xml")
            core = _xml(packed, "docProps/core.xml") if _has(packed, "docProps/core.xml") else None
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError,
            RuntimeError, OSError) as error:  # fmt: skip
        raise _damaged() from error
    paragraphs = [_paragraph(one) for one in body.iter(f"{_W}p")]
    text = "\n\n".join(one for one in paragraphs if one.strip())
    return Content(printable(text), _stated(core, "title"), language=_stated(core, "language"))


def _has(packed: zipfile.ZipFile, name: str) -> bool:
    return name in packed.namelist()


def _xml(packed: zipfile.ZipFile, name: str) -> Element:
    """Return a part of the file as XML; what it says of its size is not believed."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    with packed.open(name) as part:
        data = part.read(MOST_UNPACKED + 1)
    if len(data) > MOST_UNPACKED:
        raise InputError("The Word file unpacks to more than an article; give the text alone.")
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise _damaged() from error
    return root


def _paragraph(one: Element) -> str:
    signs = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}
    return "".join(
        (part.text or "") if part.tag == f"{_W}t" else signs.get(str(part.tag), "")
        for part in one.iter()
    )


def _stated(core: Element | None, field: str) -> str:
    found = None if core is None else core.find(f"{_DC}{field}")
    return "" if found is None else found.text or ""


def _damaged() -> InputError:
    return InputError("The Word file is damaged; save it again as .docx or as .txt.")
