"""What a walk may take as having happened before; done over HTTP through the same pages, without a browser."""

import re
import time
from pathlib import Path
from typing import Any

import httpx

from coso.site import demo
from tests.support.system import System

SEED = Path(demo.__file__).parent / "data" / "ke-hoach-82.txt"
DESK = "/ban-lam-viec"
# A plan of our own: the seed plan belongs to the walk that imports it.
SMALL_PLAN = """ỦY BAN NHÂN DÂN
TỈNH HÀ TĨNH

Số: 15/KH-UBND
Hà Tĩnh, ngày 05 tháng 01 năm 2026

KẾ HOẠCH
Tuyên truyền phòng, chống thiên tai năm 2026

I. MỤC ĐÍCH
Người dân biết cách phòng, chống thiên tai.

II. NHIỆM VỤ
1. Thông báo lịch trực ban phòng, chống thiên tai tới mọi thôn, tổ dân phố.
- Đơn vị chủ trì: Sở Nông nghiệp và Môi trường.
- Đơn vị phối hợp: UBND các xã, phường.
- Thời gian thực hiện: Hằng năm.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Nguyễn Văn An
"""


def _words(page: str) -> str:
    """Give what the main part of a page says."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]).split())[:1500]


def _hidden(page: str) -> dict[str, str]:
    """Give what the forms of a page carry along unseen: which revision, which sound the person has before him."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


class Officer:
    """Somebody of the demo who sends forms."""

    def __init__(self, system: System, username: str) -> None:
        """Sign in."""
        self.client = httpx.Client(base_url=system.web, follow_redirects=True, timeout=60, trust_env=False)
        self.send("/tai-khoan/login/", login=username, password=system.password)

    def read(self, path: str) -> str:
        """Open a page that must be there."""
        answer = self.client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return answer.text

    def post(self, path: str, files: Any = None, **form: Any) -> httpx.Response:
        """Send a form with the token that the browser would send."""
        if "csrftoken" not in self.client.cookies:
            self.client.get("/tai-khoan/login/")
        form["csrfmiddlewaretoken"] = self.client.cookies["csrftoken"]
        return self.client.post(path, data=form, files=files)

    def send(self, path: str, files: Any = None, **form: Any) -> httpx.Response:
        """Send a form that must be taken."""
        answer = self.post(path, files, **form)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {_words(answer.text)}"
        return answer


class Given:
    """What has happened before; each thing is done when it is first asked for."""

    def __init__(self, system: System) -> None:
        """Take the system."""
        self.system = system
        self._officers: dict[str, Officer] = {}

    def close(self) -> None:
        """Let go of the connections."""
        for officer in self._officers.values():
            officer.client.close()

    def officer(self, username: str) -> Officer:
        """Give somebody of the demo, signed in."""
        if username not in self._officers:
            self._officers[username] = Officer(self.system, username)
        return self._officers[username]

    def task(self) -> str:
        """Give the address of a task of a confirmed plan."""
        editor = self.officer("bientap")
        pattern = re.compile(rf'href="({DESK}/ke-hoach/\d+/)"')
        found = pattern.search(editor.read(f"{DESK}/ke-hoach/"))
        if found is None:
            plan = {"file": ("ke-hoach-15.txt", SMALL_PLAN.encode(), "text/plain")}
            read = editor.send(f"{DESK}/van-ban/nhap/", plan)
            approver = self.officer("duyet")
            approver.send(f"{read.url.path}xac-nhan/", **_hidden(approver.read(read.url.path)))
            found = pattern.search(editor.read(f"{DESK}/ke-hoach/"))
        assert found is not None
        return found[1]

    def place(self, by: Officer, name: str) -> str:
        """Give the number under which forms know a place."""
        page = by.read(f"{DESK}/ban-tin/dia-ban/?find={name}")
        found = re.search(rf'value="(\d+)"[^>]*>.{{0,200}}?>{re.escape(name)}<', page, re.DOTALL)
        assert found is not None, page
        return found[1]

    def bulletin(self, title: str, body: str, *, where: str, by: str = "bientap", rank: str = "normal") -> str:
        """Write a bulletin, wait for its sound and submit it; give its address."""
        writer = self.officer(by)
        made = writer.send(
            f"{DESK}/ban-tin/viet/", title=title, body=body, rank=rank, is_public="on", areas=self.place(writer, where)
        )
        path = made.url.path
        self.heard(writer, path)
        writer.send(f"{path}gui-duyet/")
        return path

    def heard(self, by: Officer, path: str, seconds: float = 120.0) -> None:
        """Wait until a bulletin has its sound."""
        limit = time.monotonic() + seconds
        while "<audio" not in (panel := by.read(f"{path}am-thanh/")):
            assert time.monotonic() < limit, f"no sound after {seconds:.0f} s:\n{panel}"
            time.sleep(0.3)

    def approved(self, title: str, body: str, *, where: str, rank: str = "normal") -> str:
        """Write a bulletin and let another person approve it; give its address."""
        path = self.bulletin(title, body, where=where, rank=rank)
        self.approve(path)
        return path

    def approve(self, path: str, by: str = "duyet") -> None:
        """Approve what was submitted, with the sound that the page shows."""
        approver = self.officer(by)
        approver.send(f"{path}duyet/", **_hidden(approver.read(f"{path}duyet/")))
