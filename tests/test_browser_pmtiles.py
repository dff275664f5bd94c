"""The engine's reader of PMTiles against that of the format's makers, on a file with leaves."""

import base64
import random
from pathlib import Path

import pytest
from conftest import ROOT
from playwright.sync_api import Browser
from pmtiles.reader import Reader
from pmtiles.tile import Compression, TileType, tileid_to_zxy, zxy_to_tileid
from pmtiles.writer import write

pytestmark = pytest.mark.browser

LEAFLET = "window.L = {GridLayer: {extend() {}}, Layer: {extend() {}}};"
"""As much of it as the scripts name when they are loaded."""

READ = """async ({data, asked, ranges}) => {
    const file = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
    window.fetch = async (url, {headers}) => {
        const [from, to] = headers.Range.slice(6).split('-').map(Number);
        const part = ranges ? file.slice(from, to + 1) : file;
        return {ok: true, status: ranges ? 206 : 200, arrayBuffer: async () => part.buffer};
    };
    const tiles = new Glimpse.PMTiles('file'), found = [];
    for (const [z, x, y] of asked) {
        const tile = await tiles.tile(z, x, y);
        found.push(tile && new TextDecoder().decode(tile));
    }
    return found;
}"""


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a file whose tiles say their numbers; so many that they need leaf directories."""
    path: Path = tmp_path_factory.mktemp("pmtiles") / "map.pmtiles"
    chance = random.Random(5)
    ids = {zxy_to_tileid(z, x, y) for z in range(5) for x in range(2**z) for y in range(2**z)}
    ids |= {zxy_to_tileid(9, chance.randrange(512), chance.randrange(512)) for _ in range(30_000)}
    header = {
        "tile_type": TileType.PNG, "tile_compression": Compression.NONE, "min_zoom": 0,
        "max_zoom": 9, "min_lon_e7": 0, "min_lat_e7": 0, "max_lon_e7": 1, "max_lat_e7": 1,
        "center_zoom": 0, "center_lon_e7": 0, "center_lat_e7": 0,
    }  # fmt: skip
    with write(str(path)) as file:
        for number in sorted(ids):
            said = "sea" if number % 7 == 0 else "/".join(map(str, tileid_to_zxy(number)))
            file.write_tile(number, said.encode())
        file.finalize(header, {})
    return path.read_bytes()


@pytest.mark.parametrize("ranges", [1, 0])
def test_each_tile_is_the_one_that_the_makers_reader_finds(
    browser: Browser, content: bytes, ranges: int
) -> None:
    reader = Reader(lambda at, length: content[at : at + length])
    assert reader.header()["leaf_directory_length"] > 0
    chance = random.Random(6)
    zooms = [chance.choice([0, 1, 3, 4, 8, 9, 9, 9, 10]) for _ in range(400)]
    asked = [[z, chance.randrange(2**z), chance.randrange(2**z)] for z in zooms]
    page = browser.new_page()
    page.add_script_tag(content=LEAFLET)
    for script in ("basemap.js", "pmtiles.js"):
        page.add_script_tag(content=(ROOT / "geo" / script).read_text())
    data = base64.b64encode(content).decode()
    found = page.evaluate(READ, {"data": data, "asked": asked, "ranges": ranges})
    page.close()
    wanted = [reader.get(*tile) for tile in asked]
    assert found == [tile.decode() if tile else None for tile in wanted]
    assert None in found
    assert "sea" in found


@pytest.mark.parametrize("broken", [b"", b"PMTiles\x02" + bytes(119), b"<html>" + bytes(121)])
def test_what_is_no_file_of_tiles_is_refused(browser: Browser, broken: bytes) -> None:
    page = browser.new_page()
    page.add_script_tag(content=(ROOT / "geo" / "pmtiles.js").read_text())
    data = base64.b64encode(broken).decode()
    with pytest.raises(Exception, match=r"no PMTiles file|Offset is outside|Start offset|length"):
        page.evaluate(READ, {"data": data, "asked": [[0, 0, 0]], "ranges": True})
    page.close()
