"""Answering with a stored file, whole or in part (RFC 9110, section 14), so that players can seek and resume."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from coso.kit import blobs

# No file has more bytes than 18 figures count; a longer number is no range of ours.
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
_BLOCK = 64 * 1024
A_YEAR_S = 31_536_000


def serve_blob(
    request: HttpRequest, sha256: str, mime: str, *, public: bool = False, fresh_s: int = A_YEAR_S
) -> HttpResponseBase:
    """Answer with a stored file. Raise FileNotFoundError when it is not stored.

    It may be cached for `fresh_s` seconds: by everybody when public, else by the person. A year stands for good; it is
    for an address that names the file and that nobody has to lose again.
    """
    lasting = ", immutable" if fresh_s == A_YEAR_S else ""
    keep = f"{'public' if public else 'private'}, max-age={fresh_s}{lasting}"
    return _serve(request, blobs.path_of(sha256), mime, tag=f'"{sha256}"', keep=keep)


def serve_file(request: HttpRequest, path: Path, mime: str, *, fresh_s: int) -> HttpResponseBase:
    """Answer with a file that is no blob and may be replaced by another. Raise FileNotFoundError when it is gone.

    A browser asks again after `fresh_s` seconds; parts of two files are never joined.
    """
    known = path.stat()
    tag = f'"{known.st_mtime_ns:x}-{known.st_size:x}"'
    return _serve(request, path, mime, tag=tag, keep=f"private, max-age={fresh_s}")


def _serve(request: HttpRequest, path: Path, mime: str, *, tag: str, keep: str) -> HttpResponseBase:
    size = path.stat().st_size
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304)
    response: HttpResponseBase
    # A player that goes on after the sound was made anew must not join two sounds.
    joins = request.headers.get("If-Range", tag) == tag
    wanted = _wanted(request.headers.get("Range", "") if joins else "", size)
    if wanted is None:
        response = FileResponse(path.open("rb"), content_type=mime)
    elif not wanted:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    else:
        response = StreamingHttpResponse(_blocks(path, wanted), status=206, content_type=mime)
        response["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
        response["Content-Length"] = str(len(wanted))
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = tag
    response["Cache-Control"] = keep
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


def _blocks(path: Path, wanted: range) -> Iterator[bytes]:
    """Read a part in pieces; the file is opened with the first one, which a HEAD never asks for."""
    length = len(wanted)
    with path.open("rb") as file:
        file.seek(wanted.start)
        while length > 0 and (block := file.read(min(_BLOCK, length))):
            length -= len(block)
            yield block
