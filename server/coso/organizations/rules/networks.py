"""What is true of the three networks without a database: which they are, telephone numbers, the files of decisions."""

import io
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from PIL import Image, ImageOps

# Since 01/7/2025 there are no districts, and no reporters of one (Luật 72/2025/QH15).
LAST_DISTRICT_DAY = date(2025, 6, 30)

# A photograph of more than this is no scan of a decision; Pillow would open it nevertheless.
MOST_PIXELS = 50_000_000


class Network(StrEnum):
    """The three networks: three registers, never one role."""

    COMMUNICATORS = "communicator"
    REPORTERS = "reporter"
    INFORMATION_OFFICERS = "information_officer"


def phone_of(typed: str) -> str | None:
    """Give a Vietnamese telephone number as it is dialled, '0912345678'; None when it is none, "" when nothing is told.

    Spaces, dots, hyphens and brackets are left out, +84 and 0084 become 0.
    """
    bare = re.sub(r"[\s.\-()]", "", typed)
    bare = re.sub(r"^(\+|00)84", "0", bare)
    if not bare:
        return ""
    return bare if re.fullmatch(r"0[1-9]\d{8,9}", bare, re.ASCII) else None


@dataclass(frozen=True)
class DecisionFile:
    """The scan of a decision as it came: its name and its bytes."""

    name: str
    data: bytes


KINDS = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}


def mime_of(file_name: str) -> str:
    """Give the kind of a stored decision by its name, which was set from what is inside it."""
    return KINDS.get(file_name.rpartition(".")[2].lower(), "application/octet-stream")


def cleaned(file: DecisionFile) -> DecisionFile | None:
    """Give a decision's file as it is kept, named by what it is; None when it is neither a PDF nor a picture.

    What a camera writes beside a picture (where, when, with which device) is left out.
    """
    stem = re.sub(r"[^\w .()\-]", "_", file.name.rpartition("/")[2].rpartition("\\")[2])[:150]
    stem = (stem.rpartition(".")[0] or stem).strip() or "quyet-dinh"
    if file.data.startswith(b"%PDF-"):
        return DecisionFile(f"{stem}.pdf", file.data)
    picture = _picture(file.data)
    return DecisionFile(f"{stem}.{picture[0]}", picture[1]) if picture else None


def _picture(data: bytes) -> tuple[str, bytes] | None:
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG", "PNG"]) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return None
            kind = str(opened.format)
            upright = ImageOps.exif_transpose(opened)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        # Pillow says so in many ways when the bytes are no picture, or break off.
        return None
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    if upright.mode == "P":
        bare.putpalette(upright.getpalette() or [])
    out = io.BytesIO()
    if kind == "PNG":
        bare.save(out, "PNG")
        return "png", out.getvalue()
    bare.save(out, "JPEG", quality=90)
    return "jpg", out.getvalue()
