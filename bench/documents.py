"""How fast the reader turns a plan's text into structure, against plain tokenising of the same text in the same run."""

import gc
import re
import time
import tracemalloc
import unicodedata
from collections.abc import Callable
from statistics import median
from typing import Any

from coso.documents.rules import OfficialDocument, plain, read_document

PAIRS = 5
# A page in the layout of Nghị định 30/2020 (14 pt, 1.2 lines) holds about this many characters.
CHARACTERS_A_PAGE = 2_000
SIZES = (10, 100, 1_000)
BIG = 500
# Time a page may not grow by more than this from the smallest to the largest size.
SLACK = 1.3
MOST_MEGABYTES = 200

HEAD = """\
ỦY BAN NHÂN DÂN
TỈNH BÌNH MINH

Số: 15/KH-UBND

Bình Minh, ngày 03 tháng 4 năm 2024

KẾ HOẠCH

Nâng cao chất lượng đọc sách ở cơ sở

Căn cứ Quyết định số 1520/QĐ-TTg ngày 08 tháng 10 năm 2020 của Thủ tướng Chính phủ;

Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

"""
TASK = """\
{n}. Bổ sung sách, báo và thiết bị nghe nhìn cho tủ sách của các xã miền núi, ưu tiên những nơi có đông đồng bào dân tộc
thiểu số sinh sống, gắn với việc củng cố thiết chế văn hóa ở cơ sở và phong trào học tập suốt đời
- Đơn vị chủ trì: Sở Văn hóa, Thể thao và Du lịch.
- Đơn vị phối hợp: Sở Giáo dục và Đào tạo; UBND các huyện, thành phố; Báo Bình Minh.
- Thời gian thực hiện: Hoàn thành trước ngày 15/12/2025.

"""
DUTY = """\
{n}. Sở Tài chính

a) Chủ trì, phối hợp với các sở, ban, ngành liên quan tham mưu Ủy ban nhân dân tỉnh bố trí kinh phí thực hiện Kế hoạch
theo quy định của Luật Ngân sách nhà nước và Nghị quyết số 12/NQ-HĐND ngày 10/12/2023 của Hội đồng nhân dân tỉnh.

b) Hướng dẫn, kiểm tra việc sử dụng kinh phí; định kỳ hằng quý báo cáo kết quả về Ủy ban nhân dân tỉnh.

"""
FOOT = """\
Nơi nhận:
- Các sở, ban, ngành tỉnh;
- Lưu: VT, KGVX.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Trần Thị Bình An
"""
# Short sections, so that a page holds the same mixture at every size.
_ITEMS_A_SECTION = 6


def plan_of(pages: int) -> tuple[str, int, int]:
    """Make up a plan of about that many pages; give it with the numbers of its tasks and its duties."""
    wanted = pages * CHARACTERS_A_PAGE - len(HEAD) - len(FOOT)
    parts, length, tasks, duties, section = [HEAD], 0, 0, 0, 0
    while length < wanted:
        section += 1
        is_sharing = section % 2 == 0
        parts.append("PHẦN {}\n\n{}. {}\n\n".format(
            "ABCDEGHK"[section % 8], "I" if not is_sharing else "II", "TỔ CHỨC THỰC HIỆN" if is_sharing else "NHIỆM VỤ",
        ))  # fmt: skip
        for n in range(1, _ITEMS_A_SECTION + 1):
            piece = (DUTY if is_sharing else TASK).format(n=n)
            parts.append(piece)
            length += len(piece)
            duties += is_sharing
            tasks += not is_sharing
            if length >= wanted:
                break
    return "".join([*parts, FOOT]), tasks, duties


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    # The collector's rounds over the other objects of the process are no cost of the reader.
    gc.collect()
    gc.freeze()
    start = time.process_time()
    result = work()
    took = time.process_time() - start
    gc.unfreeze()
    return took, result


def _floor(text: str) -> int:
    return len(re.findall(r"\w+|[^\w\s]", unicodedata.normalize("NFC", text)))


def _faults(text: str, tasks: int, duties: int, read: OfficialDocument) -> list[str]:
    faults = []
    if len(read.tasks) != tasks:
        faults.append(f"{len(read.tasks)} tasks were read of {tasks}")
    if len(read.duties) != duties:
        faults.append(f"{len(read.duties)} duties were read of {duties}")
    if any(task.time is None or task.time.due is None for task in read.tasks):
        faults.append("a task lost its deadline")
    for task in read.tasks:
        at = " ".join(text[start:end] for start, end in task.title.spans)
        if plain(at) != task.title.value:
            faults.append(f"the title of {task.ref} is not what stands at its spans")
            break
    return faults


def _peak(text: str) -> float:
    tracemalloc.start()
    read_document(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1_048_576


def run() -> dict[str, Any]:
    """Time reader and floor in turn at three sizes; give pages a second, ratios of the pairs, memory, and faults.

    Times are of the processor, on one core; a page is CHARACTERS_A_PAGE characters; files aren't opened.
    """
    faults: list[str] = []
    sizes: dict[str, Any] = {}
    for pages in SIZES:
        text, tasks, duties = plan_of(pages)
        floors, reads = [], []
        for _ in range(PAIRS):
            # The result of the round before would only be more for the collector to walk over.
            read = None
            floors.append(_timed(lambda text=text: _floor(text))[0])
            read_s, read = _timed(lambda text=text: read_document(text))
            reads.append(read_s)
        faults += _faults(text, tasks, duties, read)
        sizes[str(pages)] = {
            "read_s": round(median(reads), 4),
            "floor_s": round(median(floors), 5),
            "pages_a_second": round(pages / median(reads)),
            "pair_ratios": [round(r / f, 1) for r, f in zip(reads, floors, strict=True)],
            "ratio": round(median(r / f for r, f in zip(reads, floors, strict=True)), 1),
        }
    growth = sizes[str(SIZES[-1])]["ratio"] / sizes[str(SIZES[0])]["ratio"]
    if growth > SLACK:
        faults.append(f"a page of {SIZES[-1]} takes {growth:.2f} times as long as one of {SIZES[0]}")
    megabytes = _peak(plan_of(BIG)[0])
    if megabytes > MOST_MEGABYTES:
        faults.append(f"{BIG} pages take {megabytes:.0f} MB")
    return {
        "name": "documents",
        "correct": not faults,
        "faults": faults,
        "characters_a_page": CHARACTERS_A_PAGE,
        "sizes": sizes,
        "growth": round(growth, 2),
        f"peak_mb_at_{BIG}_pages": round(megabytes, 1),
    }
