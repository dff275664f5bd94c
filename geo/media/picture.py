"""Pictures made anew from their pixels: no camera, place or comment of the file comes along."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from geo.errors import InputError

_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
_MOST_PIXELS = 60_000_000
_SIDE = 1_600


def shown(data: bytes, *, grey: bool = False) -> bytes:
    """Return a JPEG of the picture, at most 1,600 pixels on a side; of an animation, its first.

    Raises `InputError` when it cannot be read, or has more pixels than any camera's.
    """
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height <= _MOST_PIXELS:
                image.draft("RGB", (_SIDE, _SIDE))
                return _clean(image, grey=grey)
    except Image.DecompressionBombError as error:
        raise InputError(_TOO_MANY) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise InputError(_DAMAGED) from error
    raise InputError(_TOO_MANY)


def size(data: bytes) -> tuple[int, int]:
    """Return width and height in pixels of a picture that `shown` has made."""
    with Image.open(BytesIO(data)) as image:
        return image.size


def _clean(image: Image.Image, *, grey: bool) -> bytes:
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    upright.thumbnail((_SIDE, _SIDE))
    clean = Image.new("RGB", upright.size, "white")  # what is not copied here is left behind
    clean.paste(upright, mask=upright)
    out = BytesIO()
    (clean.convert("L") if grey else clean).save(out, "JPEG", quality=88)
    return out.getvalue()


_TOO_MANY = "The picture has more than 60 million pixels and is not opened; make it smaller."
_DAMAGED = "The picture cannot be read; it is damaged, or not what its first bytes say."
