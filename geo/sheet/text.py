"""Bytes as text: the first encoding, in a fixed order, in which the whole file can be read."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from geo.errors import InputError


@dataclass(frozen=True)
class Encoding:
    """How a file's bytes were read; a guess is to be shown, since it may be wrong unnoticed."""

    name: str
    guessed: bool = False


_AT_ONCE = 1 << 20
_SAMPLE = 1 << 18
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(path: Path, wanted: str = "auto") -> Encoding:
    """Return how to read the file: as `wanted`, by its mark, as UTF-8, or as the best guess.

    The order of guesses: UTF-16 without a mark, CP949 (with EUC-KR), CP1252, and only then
    what `charset-normalizer` makes of it. Raises `InputError` when no encoding fits all of
    the file, and `OSError` when it cannot be opened.
    """
    if wanted != "auto":
        return _wanted(path, wanted)
    with path.open("rb") as file:
        start = file.read(4096)
    marked = next((name for mark, name in _MARKS if start.startswith(mark)), None)
    if marked:
        return _wanted(path, marked)
    if (wide := _wide(start)) and _fails(path, wide) is None:
        return Encoding(wide, guessed=True)
    line = _fails(path, "utf-8")
    if line is None:
        return Encoding("utf-8")
    return _guess(path, line)


def _wanted(path: Path, name: str) -> Encoding:
    try:
        known = codecs.lookup(name)
        if not known._is_text_encoding:  # noqa: SLF001 - as open() asks
            raise LookupError(name)
    except LookupError as error:
        raise InputError(
            "“{encoding}” is no encoding that is known; write utf-8, utf-16, cp949 or cp1252.",
            encoding=name[:40],
        ) from error
    line = _fails(path, name)
    if line is not None:
        raise InputError(
            "“{name}” is not {encoding} in line {line}; save it as “CSV UTF-8” and try again.",
            name=path.name,
            encoding=name,
            line=line,
        )
    return Encoding(name)


def _guess(path: Path, line: int) -> Encoding:
    sample, mixed = _sample(path)
    if not mixed:
        for name, plausible in (("cp949", _korean), ("cp1252", _western)):
            if _fails(path, name) is None and plausible(sample.decode(name, "ignore")):
                return Encoding(name, guessed=True)
        if other := _last_resort(path, sample):
            return Encoding(other, guessed=True)
    raise InputError(
        "“{name}” is neither UTF-8 (line {line} is not) nor in another encoding from start to end;"
        " save it as “CSV UTF-8” and try again.",
        name=path.name,
        line=line,
    )


def _last_resort(path: Path, sample: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_OTHERS).best()
    return best.encoding if best and _fails(path, best.encoding) is None else None


_OTHERS = [
    "cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r", "cp932", "gb18030",
    "big5",
]  # fmt: skip


def _fails(path: Path, name: str) -> int | None:
    """Return the line in which the file is not this encoding, None when all of it is."""
    decoder = codecs.getincrementaldecoder(name)("strict")
    line = 1
    with path.open("rb") as file:
        while True:
            chunk = file.read(_AT_ONCE)
            try:
                line += decoder.decode(chunk, final=not chunk).count("\n")
            except UnicodeDecodeError as error:
                return line + error.object[: error.start].count(b"\n")
            if not chunk:
                return None


def _wide(start: bytes) -> str | None:
    """Return which UTF-16 the text seems to be: every second byte of Latin text is zero."""
    half = len(start) // 2
    if not half or start.count(0) * 5 < half:
        return None
    high, low = start[::2].count(0), start[1::2].count(0)
    if min(high, low) * 10 > max(high, low):
        return None
    return "utf-16-le" if low > high else "utf-16-be"


def _sample(path: Path) -> tuple[bytes, bool]:
    """Return lines with other letters than ASCII's, and whether most of them are UTF-8."""
    kept, size, sound, other = [], 0, 0, 0
    for line in _telling(path):
        try:
            line.decode("utf-8")
            sound += 1
        except UnicodeDecodeError:
            other += 1
        kept.append(line)
        size += len(line)
        if size > _SAMPLE:
            break
    return b"\n".join(kept), sound > other


def _telling(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while line := file.readline(_SAMPLE):
            if not line.isascii():
                yield line


def _korean(text: str) -> bool:
    """Whether it reads as Korean: Hangul, nearly all of it of the syllables in use."""
    other = [letter for letter in text if not letter.isascii() and letter.isalpha()]
    hangul = [letter for letter in other if "가" <= letter <= "힣"]
    common = sum(_in_use(letter) for letter in set(hangul))
    return 2 * len(hangul) > len(other) and common * 10 >= 9 * len(set(hangul))


def _in_use(syllable: str) -> bool:
    try:
        syllable.encode("euc_kr")
    except UnicodeEncodeError:
        return False
    return True


_WORD = re.compile(r"[^\W\d_]+")


def _western(text: str) -> bool:
    """Whether it reads as a Latin language: words with accents have plain letters as well."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    mixed = sum(any(letter.isascii() for letter in word) for word in words)
    return 2 * mixed >= len(words)
