"""Pictures that people send: looked into, turned the right way, made small, and freed of what the camera wrote."""

import io
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageOps

from coso.kit.errors import BadInput

MOST_BYTES = 12 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SENT = 20_000
"""No camera takes a longer side; a picture one pixel wide and millions high takes gigabytes to unpack."""
LONGEST_SIDE = 1600
FORMATS = ("JPEG", "PNG", "WEBP")


@dataclass(frozen=True)
class Picture:
    """A picture that is safe to keep and to show."""

    jpeg: bytes
    width: int
    height: int
    latitude: float | None = None
    longitude: float | None = None


def clean(data: bytes, *, keep_position: bool = False) -> Picture:
    """Make a small JPEG without any metadata of a JPEG, PNG or WebP.

    Raise BadInput when it is no picture, too large, or cut off. Its position is told only when it is to be kept; it
    is never in the file.
    """
    if len(data) > MOST_BYTES:
        raise _refused(_("The photo is larger than %(most)s MB. Take a smaller one.") % {"most": 12})
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as sent:
            # Before a single pixel is unpacked: a small file may claim a picture of many gigabytes.
            if sent.width * sent.height > MOST_PIXELS:
                raise _refused(_("The photo has more than %(most)s million pixels.") % {"most": 40})
            if max(sent.size) > LONGEST_SENT:
                raise _refused(_no_photo())
            position = _position(sent) if keep_position else (None, None)
            # A camera's JPEG is unpacked at half or a quarter of its size where that is enough.
            sent.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            sent.load()
            return _small(sent, *position)
    except BadInput:
        raise
    except Image.DecompressionBombError:
        raise _refused(_("The photo has more than %(most)s million pixels.") % {"most": 40}) from None
    # Pillow's readers raise whatever the bytes make them: OSError, SyntaxError, ValueError, struct.error, …
    except Exception as error:
        raise _refused(_no_photo()) from error


def _no_photo() -> str:
    return _("This is no photo, or it is cut off. Accepted: JPEG, PNG, WebP.")


def _refused(sentence: str) -> BadInput:
    return BadInput(fields={"photo": [sentence]})


def _small(sent: Image.Image, latitude: float | None, longitude: float | None) -> Picture:
    # Made small first: each step on the whole picture would hold another copy of it, 160 MB of 40 million pixels.
    small = sent if sent.mode in {"L", "RGB", "RGBA"} else sent.convert(_colours(sent))
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(small)
    colours = upright.convert(_colours(upright))
    # A new canvas has none of the old one's comments, profiles and previews.
    canvas = Image.new("RGB", colours.size, "white")
    canvas.paste(colours, mask=colours if colours.mode == "RGBA" else None)
    kept = io.BytesIO()
    canvas.save(kept, "JPEG", quality=82, optimize=True)
    return Picture(kept.getvalue(), canvas.width, canvas.height, latitude, longitude)


def _colours(image: Image.Image) -> str:
    return "RGBA" if image.has_transparency_data else "RGB"


def _position(sent: Image.Image) -> tuple[float | None, float | None]:
    """Read where a picture was taken, in degrees; (None, None) when it does not say."""
    found: dict[int, Any] = dict(sent.getexif().get_ifd(ExifTags.IFD.GPSInfo))
    latitude = _degrees(found.get(ExifTags.GPS.GPSLatitude), found.get(ExifTags.GPS.GPSLatitudeRef), "S")
    longitude = _degrees(found.get(ExifTags.GPS.GPSLongitude), found.get(ExifTags.GPS.GPSLongitudeRef), "W")
    return on_earth(latitude, longitude)


def _degrees(parts: Any, reference: Any, negative: str) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    return -value if str(reference).strip("\0 ").upper() == negative else value


def on_earth(latitude: float | None, longitude: float | None) -> tuple[float | None, float | None]:
    """Give a position rounded to a metre; (None, None) when it is none on earth."""
    if latitude is None or longitude is None or not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return None, None
    return round(latitude, 5), round(longitude, 5)
