"""Documents made up for these tests."""

HEAD = """
ỦY BAN NHÂN DÂN
TỈNH BÌNH MINH

Số: 15/KH-UBND

Bình Minh, ngày 03 tháng 4 năm 2024

KẾ HOẠCH

Nâng cao chất lượng đọc sách ở cơ sở

Căn cứ Luật Thư viện số 46/2019/QH14 ngày 21/11/2019;
Căn cứ Quyết định số 1520/QĐ-TTg ngày 08 tháng 10 năm 2020 của Thủ tướng Chính phủ;

Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:
"""

BODY = """
I. MỤC TIÊU

1. Mỗi xã có một tủ sách.

II. NHIỆM VỤ

1. Bổ sung sách cho các xã miền núi
- Đơn vị chủ trì: Sở Văn hóa, Thể thao và Du lịch.
- Đơn vị phối hợp: Sở Giáo dục và Đào tạo; UBND các huyện, thành phố.
- Thời gian thực hiện: Hoàn thành trước ngày 15/12/2025.

2. Tập huấn người trông coi tủ sách (theo nhóm nhỏ)
- Cơ quan chủ trì: Thư viện tỉnh
- Thời hạn: Quý II năm 2024

III. KINH PHÍ

Từ ngân sách địa phương.

IV. TỔ CHỨC THỰC HIỆN

1. Sở Tài chính
- Bố trí kinh phí hằng năm.
- Hướng dẫn thanh toán.

2. Đề nghị Hội Phụ nữ tỉnh: Vận động đọc sách (định kỳ hằng quý báo cáo kết quả về UBND tỉnh qua Thư viện tỉnh).
"""

FOOT = """
Nơi nhận:
- Bộ Văn hóa, Thể thao và Du lịch;
- Các sở, ban, ngành tỉnh;
- Lưu: VT, KGVX.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Trần Thị Bình An
"""

PLAN = HEAD + BODY + FOOT

POEM = """
KẾ HOẠCH

Sáng nay tôi thức dậy
Nghe tiếng gà bên sông
Một hàng cau trước ngõ
Đợi mùa lúa trổ bông.
"""

NEWS = """
Tỉnh triển khai kế hoạch đọc sách

Bình Minh, ngày 5 tháng 4 năm 2024 - Chiều nay, Ủy ban nhân dân tỉnh họp báo công bố Kế hoạch số 15/KH-UBND
ngày 03/4/2024 về nâng cao chất lượng đọc sách. Theo đó, Sở Văn hóa, Thể thao và Du lịch chủ trì, phối hợp
với các huyện thực hiện.

I. Người dân nói gì

Bà Hoa cho biết: "Xã tôi chưa có tủ sách nào". Phó Chủ tịch UBND tỉnh trả lời rằng sách sẽ về trước tháng 12.
"""
