"""A made-up paper with everything in it, on which a template is tried before it is taken."""

from datetime import date

from coso.documents.rules.papers import Annex, Block, Content, Copy, Names, Sheet, lay

_TABLE = [["TT", "Nội dung", "Đơn vị"], ["1", "Việc thứ nhất", "Phòng A"], ["2", "Việc thứ hai", "Phòng B & C"]]


def sample_sheet(kind: str) -> Sheet:
    """Lay a sample paper of a kind out: every part, every rank, marks of XML in the text."""
    names = Names(
        kind=kind,
        title="Nội dung mẫu để thử tệp trình bày",
        issuer="Ủy ban nhân dân xã Mẫu",
        place="Mẫu",
        number="7",
        symbol="MẪU-UBND",
        issued_on=date(2026, 2, 5),
        signing_mode="KT.",
        position="Phó Chủ tịch",
        signer="Nguyễn Văn Mẫu",
    )
    content = Content(
        parent_body="Ủy ban nhân dân tỉnh",
        addressees=["Cơ quan thứ nhất", "Cơ quan thứ hai"],
        bases=["Căn cứ văn bản thứ nhất", "Căn cứ văn bản thứ hai"],
        body=[
            Block("part", "Phần có dấu < > &"),
            Block("article", "Điều khoản"),
            Block("section", "Mục có phần con"),
            Block("point", "Điểm"),
            Block("item", "Tiết"),
            Block("dash", "Gạch đầu dòng"),
            Block("plus", "Dấu cộng"),
            Block("table", rows=_TABLE),
            Block("text", "Đoạn thường."),
        ],
        recipients=[Copy("Cơ quan thứ ba"), Copy("Cơ quan thứ tư", form="paper"), Copy("Lưu: VT", "file")],
        collective="Ủy ban nhân dân",
        head="Chủ tịch",
        secretary="Trần Thị Mẫu",
        annexes=[Annex("Bảng mẫu", "Một đoạn.", _TABLE), Annex("Phụ lục không bảng", "Một đoạn.")],
    )
    return lay(names, content)
