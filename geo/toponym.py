"""Place names as names: one spelling-blind key for the gazetteer and for the query."""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from itertools import islice, product
from pathlib import Path

_DROPPED = re.compile(r"[\u0300-\u036f'’‘ʼ`´\u00b7.\-‐‑‒–—_\s]+")
"""Marks on letters, apostrophes, hyphens, dots and blanks: spellings differ in them, places do not.

Only the general combining marks are dropped: in Indic and South-East Asian scripts the
vowels are marks too, and without them different names would become one.
"""

_HANGUL = re.compile(r"[가-힣]")


def normalise(name: str) -> str:
    """Return the key under which a name is kept and looked up; "" when no letter is left.

    1. compatibility forms apart (NFKD), so that full-width and composed letters are one;
    2. case folded; 3. marks, apostrophes, hyphens, dots and blanks dropped;
    4. composed again (NFC), so that Hangul is whole syllables.
    """
    if name.isascii():
        return _DROPPED.sub("", name.casefold())
    apart = unicodedata.normalize("NFKD", name).casefold()
    return unicodedata.normalize("NFC", _DROPPED.sub("", apart))


def is_hangul(name: str) -> bool:
    """Whether the name is written in Hangul, at least in part."""
    return bool(_HANGUL.search(name))


def southern(hangul: str) -> str:
    """Return the South Korean spelling of a northern word: 라진 나진, 량강 양강, 녕변 영변.

    The South drops or softens an initial ㄹ, and ㄴ before i and y (두음 법칙).
    """
    syllable = ord(hangul[0]) - _FIRST if hangul else -1
    if not 0 <= syllable < _SYLLABLES:
        return hangul
    initial, rest = divmod(syllable, _AFTER_INITIAL)
    soft = rest // _FINALS in _I_AND_Y
    if initial not in (_N, _R) or (initial == _N and not soft):
        return hangul
    return chr(_FIRST + (_NONE if soft else _N) * _AFTER_INITIAL + rest) + hangul[1:]


_FIRST, _SYLLABLES, _AFTER_INITIAL, _FINALS = 0xAC00, 11_172, 588, 28
_N, _R, _NONE = 2, 5, 11
_I_AND_Y = (2, 3, 6, 7, 12, 17, 20)
"""Hangul syllables in Unicode: 19 initials, 21 vowels and 28 finals in a row."""


def romanised(hangul: str) -> list[str]:
    """Return the usual Latin spellings of a Hangul name; [] when it is not all Hangul.

    Revised Romanization, also with the older "weo" ("Weonsan"), McCune–Reischauer (package
    `ko-pron`), and the DPRK's own, which writes the aspirates with h; each of the northern and
    of the southern spelling.
    """
    if not _ALL_HANGUL.fullmatch(hangul):
        return []
    from ko_pron import romanise

    found: list[str] = []
    for word in dict.fromkeys((hangul, southern(hangul))):
        mr, rr = romanise(word, "mr"), romanise(word, "rr")
        found += [rr, rr.replace("wo", "weo"), mr, mr.replace("ch'", "ch").replace("'", "h")]
    return list(dict.fromkeys(found))


_ALL_HANGUL = re.compile(r"[가-힣]+")


def hanja_readings(name: str) -> list[str]:
    """Return the Korean readings of a name in Hanja, at most a dozen; [] when it is not all Hanja.

    Also of simplified and Japanese forms. Source: Unihan, `data/hanja.csv`.
    """
    if not name or name.isascii() or is_hangul(name):
        return []
    sounds = [_hanja().get(sign, "") for sign in name]
    if not all(sounds):
        return []
    return ["".join(one) for one in islice(product(*sounds), _MOST_READINGS)]


_MOST_READINGS = 12


@cache
def _hanja() -> dict[str, str]:
    """Return the Korean readings of each sign, a syllable each, the commonest first."""
    with _HANJA.open(encoding="utf-8", newline="") as file:
        return {row["sign"]: row["readings"] for row in csv.DictReader(file)}


_HANJA = Path(__file__).parent.parent / "data" / "hanja.csv"


def stripped(name: str) -> tuple[str, str]:
    """Return the name without the word for its kind, and that kind as a gazetteer feature.

    "Musan County", "Musan-gun" and "무산군" give ("Musan", "county"); ("", "") where there is
    no such word or nothing would be left.
    """
    for pattern, feature in _KINDS:
        short = pattern.sub("", name).strip(" -")
        if short != name and normalise(short):
            return short, feature
    return "", ""


def _kind(
    feature: str, words: str, syllables: str, hangul: str, han: str
) -> tuple[re.Pattern[str], str]:
    before = rf"^(?:the )?(?:[a-z-]+ )?(?:{words}) of "
    after = rf" (?:{words})$|[- ](?:{syllables})$|(?<=..)(?:{hangul})$|(?<=.)(?:{han})$"
    return re.compile(f"{before}|{after}", re.IGNORECASE), feature


_KINDS = (
    _kind("province", "special city|province|special economic zone|region", "do",
          "특별시|직할시|광역시|도", "特別市|特别市|直轄市|省|道"),
    _kind("county", "county", "gun|kun", "군", "郡|县|縣"),
    _kind("district", "district|ward", "guyok|kuyok|guyeok|gu|ku", "구역|구", "区域|區域|区|區"),
    _kind("town", "town|township|village|workers' district", "up|eup|ri|ni|li|dong|rodongjagu",
          "로동자구|노동자구|읍|리|동", "邑|里|洞|镇|鎮"),
    _kind("city", "city|port|port city", "si|shi", "시", "市"),
)  # fmt: skip
