"""A file of tiles as the base map: read as it lies, and said in a sentence when it cannot be."""

import io
import sqlite3
from pathlib import Path

import pytest
from PIL import Image
from pmtiles.convert import pmtiles_to_mbtiles
from pmtiles.reader import Reader
from pmtiles.tile import Compression, TileType, tileid_to_zxy, zxy_to_tileid
from pmtiles.writer import write

from geo import tilefile
from geo.errors import GeoError, InputError
from geo.tilefile import open_tile_file


def picture(colour, kind="PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (256, 256), colour).save(out, kind)
    return out.getvalue()


def colour_of(z, x, y):
    return (40 * z, 200 - x * 9 % 150, y * 17 % 200)


def archive(path: Path, *, kind="PNG", tiles=None, zooms=4, said=TileType.PNG) -> Path:
    """Write a PMTiles file in which each tile has a colour of its own."""
    addresses = [(z, x, y) for z in range(zooms) for x in range(2**z) for y in range(2**z)]
    with write(str(path)) as writer:
        for number in sorted(zxy_to_tileid(*address) for address in addresses):
            writer.write_tile(number, tiles or picture(colour_of(*tileid_to_zxy(number)), kind))
        writer.finalize(
            {
                "tile_type": said, "tile_compression": Compression.NONE,
                "min_lon_e7": 1_240_000_000, "min_lat_e7": 375_000_000,
                "max_lon_e7": 1_310_000_000, "max_lat_e7": 430_000_000,
            },
            {"name": "Test <b>map</b>", "attribution": '<a href="x">&copy; Somebody</a>'},
        )  # fmt: skip
    return path


def database(folder: Path, *, drop=(), **options) -> Path:
    """Write an MBTiles file with the same tiles."""
    path = folder / "map.mbtiles"
    pmtiles_to_mbtiles(str(archive(folder / "of.pmtiles", **options)), str(path))
    with sqlite3.connect(path) as opened:
        opened.execute("INSERT INTO metadata VALUES('format', 'png')")
        for name in drop:
            opened.execute("DELETE FROM metadata WHERE name = ?", (name,))
    opened.close()
    return path


def tile(file, z, x, y):
    """Return the colour of a tile, read through the ranges that a browser would ask for."""
    content = file.content
    data = Reader(lambda at, length: content[at : at + length]).get(z, x, y)
    return Image.open(io.BytesIO(data)).getpixel((9, 9))


def test_a_pmtiles_file_says_its_name_credits_zooms_and_box_as_plain_text(tmp_path) -> None:
    file = open_tile_file(archive(tmp_path / "map.pmtiles"), tmp_path)
    assert (file.name, file.credit) == ("Test map", "© Somebody")
    assert (file.media_type, file.min_zoom, file.max_zoom) == ("image/png", 0, 3)
    assert file.box == (124.0, 37.5, 131.0, 43.0)
    assert tile(file, 3, 6, 2) == colour_of(3, 6, 2)


def test_an_mbtiles_file_shows_the_same_tiles_at_the_same_places(tmp_path) -> None:
    file = open_tile_file(database(tmp_path), tmp_path / "cache")
    for address in ((0, 0, 0), (2, 3, 1), (3, 6, 2)):
        assert tile(file, *address) == colour_of(*address)
    assert file.name == "Test map"


def test_an_mbtiles_file_is_prepared_once_and_again_when_it_changes(tmp_path, monkeypatch) -> None:
    path, cache = database(tmp_path), tmp_path / "cache"
    open_tile_file(path, cache)
    (made,) = cache.iterdir()
    with monkeypatch.context() as patched:
        patched.setattr(tilefile, "mbtiles_to_pmtiles", lambda *_: pytest.fail("made twice"))
        open_tile_file(path, cache)
    with sqlite3.connect(path) as opened:
        opened.execute("UPDATE metadata SET value = 'Another' WHERE name = 'name'")
    opened.close()
    path.touch()
    assert open_tile_file(path, cache).name == "Another"
    assert [one for one in cache.iterdir() if one.name == made.name] == []
    assert len(list(cache.iterdir())) == 1


@pytest.mark.parametrize(("kind", "said"), [("JPEG", "image/jpeg"), ("WEBP", "image/webp")])
def test_the_kind_of_picture_is_read_from_the_tiles_and_not_believed(tmp_path, kind, said) -> None:
    path = archive(tmp_path / "map.pmtiles", kind=kind, said=TileType.UNKNOWN)
    assert open_tile_file(path, tmp_path).media_type == said


def test_a_large_file_is_read_by_ranges_and_not_as_a_whole(tmp_path) -> None:
    path = archive(tmp_path / "map.pmtiles")
    with path.open("ab") as file:
        file.truncate(5 << 30)  # sparse: five gigabytes that take no room
    opened = open_tile_file(path, tmp_path)
    assert isinstance(opened.content, tilefile.Ranges)
    assert len(opened.content) == 5 << 30
    assert opened.content[0:7] == b"PMTiles"
    assert opened.content[(5 << 30) - 2 : (5 << 30) + 9] == b"\0\0"
    assert tile(opened, 3, 6, 2) == colour_of(3, 6, 2)


def test_a_large_file_that_is_cut_short_meanwhile_gives_less_and_ends_nothing(tmp_path) -> None:
    path = archive(tmp_path / "map.pmtiles")
    with path.open("ab") as file:
        file.truncate(2 << 20)
    content = open_tile_file(path, tmp_path).content
    with path.open("r+b") as file:
        file.truncate(100)
    assert content[1 << 20 : (1 << 20) + 5] == b""


def test_vector_tiles_are_refused_in_both_kinds_of_file(tmp_path) -> None:
    vector = {"tiles": b"\x1f\x8b\x08 vector", "said": TileType.MVT}
    cache = tmp_path / "cache"
    for path in (archive(tmp_path / "a.pmtiles", **vector), database(tmp_path, **vector)):
        with pytest.raises(InputError, match="no pictures but vector tiles"):
            open_tile_file(path, cache)
    assert not cache.exists()


def test_a_missing_file_is_said(tmp_path) -> None:
    with pytest.raises(InputError, match=r"base map file map\.pmtiles is not there"):
        open_tile_file(tmp_path / "map.pmtiles", tmp_path)
    with pytest.raises(InputError, match="is not there"):
        open_tile_file(tmp_path, tmp_path)


@pytest.mark.parametrize("name", ["map.pmtiles", "map.mbtiles"])
@pytest.mark.parametrize("content", [b"", b"PMTiles", b"PMTiles\x03" + b"\xff" * 200, b"x" * 999])
def test_a_file_that_is_none_is_said_in_one_sentence(tmp_path, name, content) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match="cannot be read; copy it again"):
        open_tile_file(path, tmp_path / "cache")


@pytest.mark.parametrize("kept", [50, 127, 140, 200, -1, -5000])
def test_a_pmtiles_file_that_is_cut_short_is_said(tmp_path, kept) -> None:
    path = archive(tmp_path / "map.pmtiles")
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(InputError, match="cannot be read; copy it again"):
        open_tile_file(path, tmp_path)


def test_a_damaged_mbtiles_file_leaves_nothing_behind(tmp_path) -> None:
    path = database(tmp_path)
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xa5" * (len(data) - 8192)
    path.write_bytes(data)
    with pytest.raises(InputError, match="cannot be read; copy it again"):
        open_tile_file(path, tmp_path / "cache")
    assert list(tmp_path.glob("cache/*")) == []


def test_an_mbtiles_file_that_does_not_say_its_zooms_is_told_what_to_add(tmp_path) -> None:
    with pytest.raises(InputError, match="does not say its minzoom; add it"):
        open_tile_file(database(tmp_path, drop=["minzoom"]), tmp_path / "cache")


def test_a_full_disk_is_said_and_leaves_nothing_behind(tmp_path, monkeypatch) -> None:
    def full(_source, target, _zoom) -> None:
        Path(target).write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tilefile, "mbtiles_to_pmtiles", full)
    with pytest.raises(GeoError, match=r"No space left on device.*make room"):
        open_tile_file(database(tmp_path), tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_the_file_is_named_by_the_environment(monkeypatch) -> None:
    monkeypatch.delenv("GEO_BASEMAP", raising=False)
    assert tilefile.configured() is None
    monkeypatch.setenv("GEO_BASEMAP", "maps/korea.pmtiles")
    assert tilefile.configured() == Path("maps/korea.pmtiles")
