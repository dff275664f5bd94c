"""Documents: a text, an HTML page, a PDF or a Word file becomes plain text with what it states.

Everything here comes from outside: sizes are capped before and after unpacking, XML is read
without entities, and a file that is not what its name says is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from geo.document import page, pdf, plain, word
from geo.document.content import GUESSED, Content, Document
from geo.document.fetch import Host, fetch
from geo.document.texts import Numbered, read_texts
from geo.errors import InputError

MOST_BYTES = 10_000_000
"""Size up to which a file or an answer is read."""

READERS: dict[str, Callable[[bytes], Content]] = {
    "text": plain.read,
    "html": page.read,
    "pdf": pdf.read,
    "docx": word.read,
}
SUFFIXES = {
    ".txt": "text", ".md": "text", ".text": "text", ".html": "html", ".htm": "html",
    ".xhtml": "html", ".pdf": "pdf", ".docx": "docx",
}  # fmt: skip
KINDS = ".txt, .html, .pdf, .docx"


def open_document(path: Path) -> Document:
    """Return the document in a file; raises `InputError` when it cannot be read as one."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(
            "The file {file} cannot be opened ({problem}); name another.",
            file=path.name, problem=error.strerror or error,
        ) from error  # fmt: skip
    return read_document(data, path.name)


def read_document(data: bytes, name: str) -> Document:
    """Return the document in these bytes, whose file's name says of what kind they are.

    Raises `InputError` when they are too many, empty, or not what the name says.
    """
    kind = SUFFIXES.get(Path(name).suffix.lower())
    if kind is None:
        raise InputError(
            "{file} is of no kind that is read here; give one of {kinds}.", file=name, kinds=KINDS
        )
    return _read(data, kind, name)


def fetch_document(url: str, host: Host | None = None) -> Document:
    """Return the document behind a web address; the one call here that uses the network.

    Raises `InputError` for an address that must not be asked or an answer that is no
    document, and `ServiceError` when the other machine does not answer.
    """
    answer = fetch(url, MOST_BYTES, host or Host())
    said = answer.kind.split(";")[0].strip().lower()
    kind = sniffed(answer.data) or ("text" if said == "text/plain" else "html")
    return replace(_read(answer.data, kind, url), url=answer.url)


def sniffed(data: bytes) -> str:
    """Return the kind that the first bytes tell, "" when they tell none."""
    start = data[:1024].lstrip()
    if start.startswith(b"%PDF-"):
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return "docx"
    lower = start.lower()
    if lower.startswith((b"<!doctype html", b"<html")) or b"<html" in lower:
        return "html"
    return ""


def _read(data: bytes, kind: str, name: str) -> Document:
    if len(data) > MOST_BYTES:
        raise InputError("{file} is larger than 10 MB; give the article alone.", file=name[:200])
    if not data.strip():
        raise InputError("{file} is empty; give a file with the article in it.", file=name[:200])
    told = sniffed(data)
    if told != kind and (told in ("pdf", "docx") or kind in ("pdf", "docx")):
        raise InputError(
            "{file} is not what its name says; save it again as one of {kinds}.",
            file=name[:200], kinds=KINDS,
        )  # fmt: skip
    content = READERS[kind](data)
    if not content.text.strip():
        raise InputError(
            "No text was found in {file}; if it is a scan, type the article in.", file=name[:200]
        )
    return content.document()


__all__ = [
    "GUESSED", "KINDS", "MOST_BYTES", "Document", "Host", "Numbered", "fetch_document",
    "open_document", "read_document", "read_texts",
]  # fmt: skip
