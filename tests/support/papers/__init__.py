"""Papers as an office writes them: the seed plan again, and one of each other kind."""

from datetime import date
from pathlib import Path

from coso.documents.rules.papers import Annex, Block, Content, Copy, Names, Sheet, lay, split_pasted

SEED = (Path(__file__).parent.parent / "data" / "seed.txt").read_text()
TASKS = [
    ["TT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn", "Kết quả"],
    ["1", "Tuyên truyền Chỉ thị số 07-CT/TW", "Sở Thông tin và Truyền thông", "Hàng năm", "Đang thực hiện (60%)"],
    ["2", "Xây dựng hệ thống thông tin, cơ sở dữ liệu", "Sở Thông tin và Truyền thông", "7/2017", "Đã hoàn thành"],
]


def seed_content() -> Content:
    """Read the seed plan's own words into a paper: pasted from the text, with its recipients."""
    start = SEED.index("I. MỤC ĐÍCH")
    end = SEED.index("Nơi nhận:")
    bases = SEED[SEED.index("Triển khai Kế hoạch") : start].strip()
    listed = SEED[end:].split("- Gửi:")[0].splitlines()[1:]
    names = [line.strip(" -;") for line in listed if line.strip()]
    return Content(
        bases=[bases],
        body=[_upright(block) for block in split_pasted(SEED[start:end].replace("**", "").replace("*", ""))],
        recipients=[Copy(name, "file" if name.startswith("Lưu") else "know") for name in names],
        on_paper="TP không nhận được bản ĐT",
        electronically="Các thành phần khác",
        collective="Ủy ban nhân dân",
        head="Chủ tịch",
    )


def _upright(block: Block) -> Block:
    """A part's heading is kept as a person types it; capitals come with the printing."""
    return Block(block.style, block.text.capitalize(), block.rows) if block.style == "part" else block


SEED_NAMES = Names(
    kind="plan",
    title="Công tác thông tin cơ sở trong tình hình mới",
    issuer="Ủy ban nhân dân tỉnh Hà Tĩnh",
    place="Hà Tĩnh",
    number="82",
    symbol="KH-UBND",
    issued_on=date(2017, 3, 13),
    signing_mode="KT.",
    position="Phó Chủ tịch",
    signer="Đặng Quốc Vinh",
)


def seed_sheet() -> Sheet:
    """Lay the seed plan out as our writer does."""
    return lay(SEED_NAMES, seed_content())


def _names(kind: str, title: str, symbol: str, **more: object) -> Names:
    told = {
        "issuer": "Sở Văn hóa, Thể thao và Du lịch",
        "place": "Hà Tĩnh",
        "number": "7",
        "issued_on": date(2026, 2, 5),
        "position": "Giám đốc",
        "signer": "Nguyễn Văn An",
    }
    return Names(kind=kind, title=title, symbol=symbol, **(told | more))  # type: ignore[arg-type]


_ABOVE = "Ủy ban nhân dân tỉnh Hà Tĩnh"
_FILED = [Copy("Lưu: VT, QLTT", "file")]
_COMMITTEE = {
    "issuer": "Ủy ban nhân dân xã Sơn Kim 1",
    "place": "Sơn Kim 1",
    "signing_mode": "TM.",
    "position": "Chủ tịch",
}

PAPERS: dict[str, tuple[Names, Content]] = {
    "letter": (
        _names("letter", "đề nghị cung cấp số liệu cụm loa truyền thanh", "SVHTTDL-QLTT", position="Phó Giám đốc",
               signing_mode="KT."),
        Content(
            parent_body=_ABOVE,
            head="Giám đốc",
            addressees=["Ủy ban nhân dân các xã, phường"],
            bases=["Thực hiện Kế hoạch số 82/KH-UBND ngày 13/3/2017 của UBND tỉnh về công tác thông tin cơ sở, Sở Văn "
                   "hóa, Thể thao và Du lịch đề nghị Ủy ban nhân dân các xã, phường phối hợp các nội dung sau:"],
            body=[
                Block("section", "Rà soát số cụm loa, bộ thu còn hoạt động; lập danh sách theo mẫu kèm theo."),
                Block("section", "Gửi kết quả về Sở trước ngày 20/02/2026."),
                Block("text", "Rất mong nhận được sự phối hợp của quý cơ quan."),
            ],
            recipients=[Copy("UBND tỉnh", "report"), *_FILED],
            annexes=[Annex("Danh sách cụm loa truyền thanh", "",
                           [["TT", "Cụm loa", "Thôn, tổ dân phố", "Tình trạng"], ["1", "", "", ""]])],
        ),
    ),
    "plan": (SEED_NAMES, Content()),
    "report": (
        _names("report", "Kết quả thực hiện công tác thông tin cơ sở quý I năm 2026", "BC-SVHTTDL"),
        Content(
            parent_body=_ABOVE,
            addressees=["Ủy ban nhân dân tỉnh", "Cục Thông tin cơ sở và Thông tin đối ngoại"],
            bases=["Thực hiện Kế hoạch số 82/KH-UBND ngày 13/3/2017 của UBND tỉnh về công tác thông tin cơ sở, Sở Văn "
                   "hóa, Thể thao và Du lịch báo cáo kết quả như sau:"],
            body=[
                Block("part", "Kết quả thực hiện"),
                Block("section", "Kết quả từng nhiệm vụ như bảng dưới đây:"),
                Block("table", rows=TASKS),
                Block("part", "Khó khăn, vướng mắc"),
                Block("dash", "Một số cụm loa hư hỏng, chưa có kinh phí sửa chữa."),
                Block("part", "Đề xuất, kiến nghị"),
                Block("dash", "Đề nghị UBND tỉnh bố trí kinh phí sửa chữa."),
            ],
            recipients=[Copy("Lãnh đạo Sở"), *_FILED],
        ),
    ),
    "decision": (
        _names("decision", "Về việc ban hành Quy chế hoạt động của Đài truyền thanh xã", "QĐ-UBND", **_COMMITTEE),
        Content(
            collective="Ủy ban nhân dân",
            bases=[
                "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",
                "Căn cứ Nghị định số 49/2024/NĐ-CP ngày 10 tháng 5 năm 2024 của Chính phủ quy định hoạt động thông tin "
                "cơ sở",
                "Theo đề nghị của Trưởng phòng Văn hóa - Xã hội",
            ],
            body=[
                Block("article", "Ban hành kèm theo Quyết định này Quy chế hoạt động của Đài truyền thanh xã."),
                Block("article", "Quyết định này có hiệu lực kể từ ngày ký."),
                Block("article", "Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã, Trưởng phòng Văn hóa - Xã "
                      "hội và các tổ chức, cá nhân liên quan chịu trách nhiệm thi hành Quyết định này."),
            ],
            recipients=[Copy("Như Điều 3", "act"), Copy("Sở Văn hóa, Thể thao và Du lịch", "report"),
                        Copy("Lưu: VT", "file")],
        ),
    ),
    "minutes": (
        _names("minutes", "Họp giao ban công tác thông tin cơ sở tháng 01 năm 2026", "BB-UBND",
               **{**_COMMITTEE, "signing_mode": "", "position": "Chủ tọa"}),
        Content(
            secretary="Lê Thị Đào",
            body=[
                Block("text", "Thời gian bắt đầu: 8 giờ 00 ngày 05 tháng 02 năm 2026."),
                Block("text", "Địa điểm: Hội trường Ủy ban nhân dân xã."),
                Block("text", "Thành phần tham dự: lãnh đạo Ủy ban nhân dân xã, công chức Văn hóa - Xã hội."),
                Block("text", "Chủ trì (chủ tọa): Ông Phạm Văn Ân, Chủ tịch Ủy ban nhân dân xã."),
                Block("text", "Nội dung (theo diễn biến cuộc họp):"),
                Block("section", "Đánh giá hoạt động của Đài truyền thanh tháng 01."),
                Block("section", "Thống nhất lịch phát tháng 02."),
                Block("text", "Cuộc họp kết thúc vào 10 giờ 30 ngày 05 tháng 02 năm 2026"),
            ],
            recipients=[Copy("Thành viên dự họp"), Copy("Lưu: VT", "file")],
        ),
    ),
    "submission": (
        _names("submission", "Về việc phê duyệt danh mục đầu tư đài truyền thanh năm 2026", "TTr-SVHTTDL"),
        Content(
            parent_body=_ABOVE,
            addressees=["Ủy ban nhân dân tỉnh Hà Tĩnh"],
            bases=["Căn cứ Nghị định số 49/2024/NĐ-CP ngày 10/5/2024 của Chính phủ về hoạt động thông tin cơ sở;"],
            body=[
                Block("text", "Sở Văn hóa, Thể thao và Du lịch kính trình Ủy ban nhân dân tỉnh như sau:"),
                Block("part", "Sự cần thiết"),
                Block("text", "Nhiều cụm loa đã hư hỏng, không bảo đảm thông tin đến người dân."),
                Block("part", "Nội dung trình"),
                Block("item", "Phê duyệt danh mục đầu tư 12 đài truyền thanh."),
                Block("item", "Giao Sở Tài chính bố trí kinh phí."),
                Block("text", "Kính đề nghị Ủy ban nhân dân tỉnh xem xét, quyết định."),
            ],
            recipients=[Copy("Sở Tài chính"), *_FILED],
        ),
    ),
    "scheme": (
        _names("scheme", "Nâng cao hiệu quả hoạt động thông tin cơ sở dựa trên công nghệ thông tin", "ĐA-SVHTTDL"),
        Content(
            parent_body=_ABOVE,
            body=[
                Block("part", "Sự cần thiết và cơ sở xây dựng đề án"),
                Block("section", "Cơ sở pháp lý"),
                Block("dash", "Nghị định số 49/2024/NĐ-CP ngày 10/5/2024 của Chính phủ."),
                Block("section", "Thực trạng"),
                Block("point", "Đài truyền thanh cấp xã"),
                Block("text", "Toàn tỉnh có 69 xã, phường."),
                Block("part", "Mục tiêu"),
                Block("dash", "Đến năm 2030, 100% thôn, tổ dân phố nghe được đài truyền thanh."),
                Block("plus", "Năm 2027 đạt 80%."),
            ],
            recipients=_FILED,
        ),
    ),
    "notification": (
        _names("notification", "Kết luận của Chủ tịch Ủy ban nhân dân xã tại cuộc họp ngày 03/02/2026", "TB-UBND",
               **{**_COMMITTEE, "signing_mode": "TL.", "position": "Chánh Văn phòng"}),
        Content(
            head="Chủ tịch",
            body=[
                Block("text", "Ngày 03/02/2026, Chủ tịch Ủy ban nhân dân xã đã chủ trì cuộc họp về lịch phát thanh. "
                      "Sau khi nghe báo cáo, Chủ tịch Ủy ban nhân dân xã kết luận như sau:"),
                Block("section", "Giữ khung giờ phát 5 giờ 30 và 17 giờ."),
                Block("section", "Không phát vào trưa Chủ nhật."),
            ],
            recipients=[Copy("Chủ tịch, các Phó Chủ tịch UBND xã"), Copy("Các thôn"), Copy("Lưu: VT", "file")],
        ),
    ),
    "directive": (
        _names("directive", "Về việc tăng cường thông tin phòng, chống thiên tai năm 2026", "CT-UBND",
               **{**_COMMITTEE, "signing_mode": ""}),
        Content(
            body=[
                Block("text", "Để chủ động phòng, chống thiên tai, Chủ tịch Ủy ban nhân dân xã yêu cầu:"),
                Block("section", "Đài truyền thanh xã phát bản tin cảnh báo ngay khi nhận được thông tin."),
                Block("section", "Trưởng các thôn kiểm tra loa trước ngày 30/4/2026."),
            ],
            recipients=[Copy("Các thôn", "act"), Copy("Lưu: VT", "file")],
        ),
    ),
}  # fmt: skip


def sheet_of(kind: str) -> Sheet:
    """Lay the paper of a kind out; the plan is the seed plan."""
    names, content = PAPERS[kind]
    return seed_sheet() if kind == "plan" else lay(names, content)
