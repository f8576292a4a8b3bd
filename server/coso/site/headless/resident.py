"""A resident with a phone: reads, listens, writes and follows through the public pages, by HTTP alone."""

import re
from typing import Any

import httpx

from coso.site.headless.stage import Failed

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_CODE = re.compile(r'id="code">([^<]+)<')


class Resident:
    """Somebody without an account."""

    def __init__(self, address: str) -> None:
        """Open the portal at an address."""
        self._client = httpx.Client(base_url=address, follow_redirects=True, timeout=20, trust_env=False)

    def read(self, path: str) -> str:
        """Open a page; raise Failed unless it is there."""
        answer = self._client.get(path)
        if answer.status_code != 200:
            raise Failed(f"{path} answers {answer.status_code}")
        return answer.text

    def listen(self, path: str) -> int:
        """Fetch the first kilobyte of a sound as a player does; give the size of the whole."""
        answer = self._client.get(path, headers={"Range": "bytes=0-1023"})
        if answer.status_code != 206 or len(answer.content) != 1024:
            raise Failed(f"{path} answers {answer.status_code} with {len(answer.content)} bytes")
        return int(answer.headers["Content-Range"].rpartition("/")[2])

    def fill(self, path: str, **form: Any) -> str:
        """Fill in the form on a page and send it; give the page that comes back."""
        token = _TOKEN.search(self.read(path))
        if token is None:
            raise Failed(f"{path} shows no form")
        return self._client.post(path, data={"csrfmiddlewaretoken": token[1], **form}).text

    def send(self, path: str, **form: Any) -> str:
        """Fill in the form on a page and send it; give the tracking code."""
        code = _CODE.search(self.fill(path, **form))
        if code is None:
            raise Failed("no code came back")
        return code[1].strip()
