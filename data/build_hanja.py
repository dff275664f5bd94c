# /// script
# requires-python = ">=3.11"
# ///
"""Write `hanja.csv`: how Korean reads each Han character, from Unihan.

    python data/build_hanja.py FOLDER

FOLDER holds `Unihan_Readings.txt.bz2` and `Unihan_Variants.txt.bz2` as Debian's package
`unicode-data` brings them (`apt-get download unicode-data`, then `dpkg-deb -x`). A form that
has no Korean reading itself (simplified, Japanese) gets that of the forms it stands for.
"""

from __future__ import annotations

import bz2
import csv
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

OUT = Path(__file__).parent / "hanja.csv"
VARIANTS = ("kTraditionalVariant", "kZVariant", "kSemanticVariant", "kSpecializedSemanticVariant")
"""What a form stands for, the likeliest first."""


def codepoint(code: str) -> int:
    """Return the number of a character written as U+4E00."""
    return int(code.replace("U+", "0x"), 0)


def fields(path: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Yield character, property and values of each line."""
    with bz2.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.startswith("U+"):
                code, name, values = line.rstrip("\n").split("\t")
                yield chr(codepoint(code)), name, values.split()


def readings(folder: Path) -> dict[str, str]:
    """Return the syllables that Korean has for each character, those of school lists first."""
    found: dict[str, str] = {}
    for sign, name, values in fields(folder / "Unihan_Readings.txt.bz2"):
        if name == "kHangul":
            syllables = [value.partition(":") for value in values]
            taught = sorted(syllables, key=lambda one: one[2][1:2] not in ("E", "N", "X"))
            found[sign] = "".join(dict.fromkeys(syllable for syllable, *_ in taught))
    return found


def with_variants(folder: Path, found: dict[str, str]) -> dict[str, str]:
    """Return the readings, and those of the forms that have none of their own."""
    stands_for: dict[str, dict[str, str]] = {}
    for sign, name, values in fields(folder / "Unihan_Variants.txt.bz2"):
        if name in VARIANTS and sign not in found:
            others = [chr(codepoint(value.split("<")[0])) for value in values]
            known = next((found[other] for other in others if other in found), "")
            stands_for.setdefault(sign, {})[name] = known
    more = {
        sign: known
        for sign, names in stands_for.items()
        if (known := next((names[n] for n in VARIANTS if names.get(n)), ""))
    }
    return found | more


def main(folder: Path) -> None:
    """Write the table, in the order of the code points; compatibility forms are left out."""
    table = with_variants(folder, readings(folder))
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("sign", "readings"))
        for sign in sorted(table):
            if unicodedata.normalize("NFKC", sign) == sign:
                writer.writerow((sign, table[sign]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
