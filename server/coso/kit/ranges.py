"""Answering with a stored file, whole or in part (RFC 9110, section 14), so that players can seek and resume."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from coso.kit import blobs

_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)
_BLOCK = 64 * 1024


def serve_blob(request: HttpRequest, sha256: str, mime: str, *, public: bool = False) -> HttpResponseBase:
    """Answer with a stored file. Raise FileNotFoundError when it is not stored.

    The file never changes under its name, so it may be cached for good: by everybody when public, else by the person.
    """
    size = blobs.path_of(sha256).stat().st_size
    tag = f'"{sha256}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304)
    response: HttpResponseBase
    wanted = _wanted(request.headers.get("Range", ""), size)
    if wanted is None:
        response = FileResponse(blobs.open_blob(sha256), content_type=mime)
    elif not wanted:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    else:
        file = blobs.open_blob(sha256)
        file.seek(wanted.start)
        response = StreamingHttpResponse(_blocks(file, len(wanted)), status=206, content_type=mime)
        response["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
        response["Content-Length"] = str(len(wanted))
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = tag
    response["Cache-Control"] = f"{'public' if public else 'private'}, max-age=31536000, immutable"
    return response


def _wanted(header: str, size: int) -> range | None:
    """Read a Range header: None for the whole file, an empty range when it cannot be satisfied."""
    found = _RANGE.fullmatch(header.strip())
    # Several ranges at once are legal and useless to a player; the whole file is a lawful answer to them.
    if not found or found[0] == "bytes=-":
        return None
    if not found[1]:
        return range(max(size - int(found[2]), 0), size) if int(found[2]) else range(0)
    start = int(found[1])
    end = min(int(found[2]), size - 1) if found[2] else size - 1
    if found[2] and int(found[2]) < start:
        return None
    return range(start, end + 1) if start < size else range(0)


def _blocks(file: BinaryIO, length: int) -> Iterator[bytes]:
    with file:
        while length > 0 and (block := file.read(min(_BLOCK, length))):
            length -= len(block)
            yield block
