"""Links become players by pattern alone, and files of this machine are shown only when checked."""

import hashlib
import os
from io import BytesIO

import pytest
from conftest import HOSTILE
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from geo.errors import GeoError, InputError
from geo.media import file, picture
from geo.media.link import FRAMES, player

TUBE = "https://www.youtube-nocookie.com/embed/"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", f"{TUBE}dQw4w9WgXcQ"),
        ("https://youtube.com/watch?list=x&v=dQw4w9WgXcQ&t=1m30s", f"{TUBE}dQw4w9WgXcQ?start=90"),
        ("http://youtu.be/dQw4w9WgXcQ?t=7", f"{TUBE}dQw4w9WgXcQ?start=7"),
        ("https://m.youtube.com/shorts/a_b-c_d-e_f", f"{TUBE}a_b-c_d-e_f"),
        ("https://www.youtube.com/live/dQw4w9WgXcQ", f"{TUBE}dQw4w9WgXcQ"),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1"),
        ("https://vimeo.com/1/abcdef0123", "https://player.vimeo.com/video/1?dnt=1&h=abcdef0123"),
        ("https://t.me/s/some_channel/42", "https://t.me/some_channel/42?embed=1"),
        (
            "https://twitter.com/a_b/status/20?s=20",
            "https://platform.twitter.com/embed/Tweet.html?id=20&dnt=true",
        ),
        (
            "https://x.com/i/web/status/1234567890123456789/photo/1",
            "https://platform.twitter.com/embed/Tweet.html?id=1234567890123456789&dnt=true",
        ),
    ],
)
def test_a_link_to_a_known_site_becomes_its_player_without_trackers(url, address):
    found = player(url)
    assert found.address == address
    assert found.address.startswith(f"https://{found.host}/") or found.host in found.address


@pytest.mark.parametrize(
    "url",
    [
        "", "https://example.org/watch?v=dQw4w9WgXcQ", "https://youtube.com.evil.example/watch?v=x",
        "https://evil.example/?https://youtube.com/watch?v=dQw4w9WgXcQ", "https://youtube.com/",
        "https://youtube.com/watch?v=short", "https://youtube.com/watch?v=dQw4w9WgXc%22",
        "https://youtube.com/embed/../../evil1", "https://t.me/c/123/4", "https://t.me/joinchat/abc",
        "https://t.me/channel", "https://vimeo.com/about", "https://x.com/bob", "https://[",
        "https://x.com/bob/status/12a", "javascript:alert(1)//youtube.com/watch?v=dQw4w9WgXcQ",
        "ftp://youtube.com/watch?v=dQw4w9WgXcQ", "https://user@evil.example/youtu.be/dQw4w9WgXcQ",
        "https://t.me/channel/12/34", "https://x.com/bob/status/\N{ARABIC-INDIC DIGIT ONE}",
    ],
)  # fmt: skip
def test_any_other_link_stays_a_link(url):
    assert player(url) is None


HOSTS = st.sampled_from(["youtube.com", "youtu.be", "vimeo.com", "t.me", "x.com", "www.x.com"])


@given(HOSTS, st.text(max_size=40) | st.sampled_from(HOSTILE), st.text(max_size=40))
def test_whatever_a_link_says_a_frame_gets_a_constant_and_plain_signs(host, path, query):
    found = player(f"https://{host}/{path}?v={query}&t={query}&h={query}")
    if found is not None:
        start = next(frame for frame in FRAMES if found.address.startswith(frame))
        rest = found.address.removeprefix(start)
        assert not set(rest) - set(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-/?=&"
        )


def jpeg(size=(40, 30), **options):
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, "JPEG", **options)
    return out.getvalue()


def located_jpeg():
    """Return a JPEG that says in two ways where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = "at the SECRET bridge"
    exif[0x8825] = {1: "N", 2: (39.0, 1.0, 30.0), 3: "E", 4: (125.0, 45.0, 0.0)}
    return jpeg(exif=exif, comment=b"SECRET comment")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    made = tmp_path / "media"
    made.mkdir()
    monkeypatch.setenv("GEO_MEDIA", str(made))
    return made


def put(folder, data, name=None):
    sha256 = hashlib.sha256(data).hexdigest()
    (folder / (name or sha256)).write_bytes(data)
    return sha256


@pytest.mark.parametrize("ending", ["", ".jpg", ".mp4", ".html"])
def test_a_file_is_found_by_its_hash_and_known_by_its_content_not_by_its_name(folder, ending):
    data = jpeg()
    sha256 = hashlib.sha256(data).hexdigest()
    put(folder, data, sha256 + ending)
    held = file.find(sha256)
    assert (held.kind, held.mime) == ("image", "image/jpeg")
    assert file.read(held) == data


def test_a_file_that_is_not_there_is_none_and_no_path_is_ever_followed(folder):
    (folder.parent / "secret").write_bytes(jpeg())
    assert file.find("a" * 64) is None
    for name in ("", "../secret", "a" * 63, "A" * 64, "*", f"{'a' * 63}\n"):
        assert file.find(name) is None


def test_a_folder_that_does_not_exist_holds_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv("GEO_MEDIA", str(tmp_path / "nowhere"))
    assert file.find("a" * 64) is None


def test_a_file_whose_content_is_another_is_never_shown(folder):
    put(folder, b"\xff\xd8\xffother", "b" * 64 + ".jpg")
    with pytest.raises(InputError, match="is not the one that was recorded"):
        file.find("b" * 64)


def test_a_file_that_is_exchanged_after_it_was_checked_is_not_shown(folder):
    data = jpeg()
    sha256 = put(folder, data)
    assert file.find(sha256) is not None
    (folder / sha256).write_bytes(jpeg((41, 30)))
    os.utime(folder / sha256, ns=(1, 1))
    with pytest.raises(InputError, match="is not the one"):
        file.find(sha256)


def test_a_file_that_is_exchanged_between_check_and_reading_is_not_shown(folder):
    sha256 = put(folder, jpeg())
    held = file.find(sha256)
    held.path.write_bytes(jpeg((41, 30)))
    with pytest.raises(InputError, match="is not the one"):
        file.read(held)


@pytest.mark.parametrize(
    "data", [b"<html><script>alert(1)</script>", b"%PDF-1.7", b"", b"MZ", b"<svg xmlns=''/>",
             b"\0\0\0\x18ftypheic\0\0\0\0"],
)  # fmt: skip
def test_what_is_no_picture_or_video_is_refused_whatever_it_is_called(folder, data):
    sha256 = put(folder, data, hashlib.sha256(data).hexdigest() + ".mp4")
    with pytest.raises(InputError, match="no picture or video"):
        file.find(sha256)
    with pytest.raises(InputError, match="no picture or video"):
        file.keep(data)


@pytest.mark.parametrize(
    ("head", "kind", "mime"),
    [
        (b"\x89PNG\r\n\x1a\n", "image", "image/png"), (b"GIF89a", "image", "image/gif"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image", "image/webp"),
        (b"\0\0\0\x20ftypisom\0\0\2\0", "video", "video/mp4"),
        (b"\0\0\0\x14ftypqt  ", "video", "video/mp4"),
        (b"\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x1fB\x86\x81\x01B\x82\x84webm", "video", "video/webm"),
        (b"OggS\0\2", "video", "video/ogg"),
    ],
)  # fmt: skip
def test_the_first_bytes_say_what_a_file_is(head, kind, mime):
    assert file.what(head) == (kind, mime)


def test_a_file_that_is_too_large_for_a_page_is_refused(folder, monkeypatch):
    monkeypatch.setattr(file, "LARGEST_PICTURE", 100)
    sha256 = put(folder, jpeg())
    with pytest.raises(InputError, match="pictures up to 40 MB"):
        file.find(sha256)
    with pytest.raises(InputError, match="pictures up to 40 MB"):
        file.keep(jpeg())


def test_a_kept_file_lies_under_its_hash_for_this_user_alone_and_only_once(folder):
    data = jpeg()
    sha256, kind = file.keep(data)
    assert (sha256, kind) == (hashlib.sha256(data).hexdigest(), "image")
    assert file.keep(data) == (sha256, kind)
    (path,) = folder.iterdir()
    assert path.name == f"{sha256}.jpeg"
    assert path.stat().st_mode & 0o077 == 0
    assert file.read(file.find(sha256)) == data


def test_a_folder_that_cannot_be_written_to_is_said(monkeypatch, tmp_path):
    (tmp_path / "taken").write_text("a file")
    monkeypatch.setenv("GEO_MEDIA", str(tmp_path / "taken"))
    with pytest.raises(GeoError, match="set GEO_MEDIA"):
        file.keep(jpeg())


def test_a_picture_is_made_anew_and_nothing_of_the_camera_comes_along():
    data = located_jpeg()
    assert b"SECRET" in data
    for grey in (False, True):
        shown = picture.shown(data, grey=grey)
        assert b"SECRET" not in shown
        with Image.open(BytesIO(shown)) as image:
            assert image.size == (40, 30)
            assert not image.getexif()
            assert image.mode == ("L" if grey else "RGB")


def test_a_picture_stands_upright_as_its_exif_says_and_is_no_larger_than_a_page_needs():
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(BytesIO(picture.shown(jpeg((4_000, 1_000), exif=exif)))) as image:
        assert image.size == (400, 1_600)


def test_what_is_transparent_lies_on_white():
    out = BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(BytesIO(picture.shown(out.getvalue()))) as image:
        assert image.getpixel((1, 1)) == (255, 255, 255)


@pytest.mark.parametrize("size", [(8_000, 8_000), (20_000, 20_000)])
def test_a_picture_with_too_many_pixels_is_refused_before_it_is_unpacked(size):
    out = BytesIO()
    Image.new("1", size).save(out, "PNG")
    assert len(out.getvalue()) < 100_000
    with pytest.raises(InputError, match="60 million pixels"):
        picture.shown(out.getvalue())


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\nxx", jpeg()[:200]])
def test_a_damaged_picture_is_said_to_be_damaged(data):
    with pytest.raises(InputError, match="cannot be read"):
        picture.shown(data)


def test_other_formats_of_pillow_are_not_opened():
    out = BytesIO()
    Image.new("RGB", (4, 4)).save(out, "TIFF")
    with pytest.raises(InputError, match="cannot be read"):
        picture.shown(out.getvalue())
