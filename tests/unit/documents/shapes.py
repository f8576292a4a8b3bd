"""Documents of other kinds and layouts, made up for these tests."""

LETTER = """
UBND TỈNH HẢI LÂM
SỞ Y TẾ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 1234/SYT-NVY
V/v tăng cường phòng, chống dịch bệnh
mùa hè năm 2025

Hải Lâm, ngày 12 tháng 5 năm 2025

Kính gửi:
- Các bệnh viện, trung tâm y tế trong tỉnh;
- Trung tâm Kiểm soát bệnh tật tỉnh.

Thực hiện Công văn số 3456/BYT-DP ngày 08/5/2025 của Bộ Y tế về việc tăng cường phòng, chống dịch bệnh; Sở Y tế
yêu cầu:

1. Trung tâm Kiểm soát bệnh tật tỉnh
- Chủ trì giám sát dịch tễ, báo cáo Sở Y tế trước ngày 05 hằng tháng.
- Tổ chức tập huấn cho tuyến dưới, hoàn thành trước ngày 30/6/2025.

2. Các bệnh viện trong tỉnh chuẩn bị giường bệnh, thuốc, vật tư; phân luồng người bệnh.

3. Giao Phòng Nghiệp vụ Y chủ trì, phối hợp với Văn phòng Sở theo dõi, đôn đốc việc thực hiện Công văn này.

Nhận được Công văn này, yêu cầu các đơn vị nghiêm túc thực hiện./.

Nơi nhận:
- Như trên;
- Giám đốc Sở (b/c);
- Lưu: VT, NVY.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC

(Đã ký)

Y Thanh Hà Niê Kđăm
"""

NOTICE = """
VĂN PHÒNG                        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
ỦY BAN NHÂN DÂN TỈNH HẢI LÂM          Độc lập - Tự do - Hạnh phúc

Số: 215/TB-VP                     Hải Lâm, ngày 03 tháng 6 năm 2025

THÔNG BÁO
Kết luận của Phó Chủ tịch Ủy ban nhân dân tỉnh tại cuộc họp về tiến độ xây dựng đường ven biển

Ngày 30 tháng 5 năm 2025, đồng chí Phó Chủ tịch chủ trì cuộc họp. Sau khi nghe báo cáo, Phó Chủ tịch kết luận như sau:

1. Đánh giá cao sự cố gắng của chủ đầu tư trong thời gian qua; tuy nhiên tiến độ còn chậm so với kế hoạch.
2. Giao Sở Xây dựng chủ trì, phối hợp với Sở Tài chính, Ủy ban nhân dân xã Cát Tân rà soát hồ sơ; hoàn thành
trước ngày 20/6/2025.
3. Giao Ban Quản lý dự án đầu tư xây dựng tỉnh:
a) Khẩn trương thi công gói thầu số 2, hoàn thành trong quý III/2025;
b) Định kỳ hằng tuần báo cáo tiến độ về Sở Xây dựng.
4. Yêu cầu Công an tỉnh, Ủy ban nhân dân các xã: Cát Tân, Cát Hải bảo đảm an ninh trật tự.

Văn phòng Ủy ban nhân dân tỉnh thông báo để các cơ quan biết, thực hiện./.

Nơi nhận:
- CT, các PCT UBND tỉnh;
- Các sở: Xây dựng, Tài chính;
- Lưu: VT.

TL. CHỦ TỊCH
CHÁNH VĂN PHÒNG

NGUYỄN VĂN BÌNH
"""

PARTY_PLAN = """
HUYỆN ỦY CÁT LÂM                 ĐẢNG CỘNG SẢN VIỆT NAM
*
Số 45-KH/HU                     Cát Lâm, ngày 15 tháng 01 năm 2024

KẾ HOẠCH
thực hiện công tác kiểm tra, giám sát năm 2024
-----

Căn cứ Quy định số 22-QĐ/TW, ngày 28/7/2021 của Ban Chấp hành Trung ương; Ban Thường vụ Huyện ủy ban hành Kế hoạch:

I- MỤC ĐÍCH, YÊU CẦU
1. Mục đích
Nâng cao chất lượng.
II- NỘI DUNG
1- Quán triệt các quy định của Đảng về công tác kiểm tra
Giao Ban Tuyên giáo Huyện ủy chủ trì, phối hợp với Văn phòng Huyện ủy; hoàn thành trong tháng 3/2024.
2- Kiểm tra 02 tổ chức đảng (Ủy ban Kiểm tra Huyện ủy chủ trì, phối hợp với Ban Tổ chức Huyện ủy; thời gian:
quý II, III/2024)
3- Giám sát chuyên đề
- Chủ trì: Ủy ban Kiểm tra Huyện ủy.
- Phối hợp: Ban Dân vận Huyện ủy và các cơ quan liên quan.
- Thời gian: từ tháng 4 đến tháng 9/2024.
III- TỔ CHỨC THỰC HIỆN
1- Ủy ban Kiểm tra Huyện ủy tham mưu, theo dõi, đôn đốc; báo cáo Ban Thường vụ Huyện ủy trước ngày 15/12/2024.
2- Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam huyện phối hợp giám sát.
3- Các chi bộ, đảng bộ trực thuộc xây dựng kế hoạch thực hiện.

Nơi nhận:
- Thường trực Tỉnh ủy,
- Các chi bộ, đảng bộ trực thuộc,
- Lưu Văn phòng Huyện ủy.

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ

Lê Văn Tám
"""

DECISION = """
|
ỦY BAN NHÂN DÂN
XÃ CÁT HẢI
|
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
|
|
Số: 77/QĐ-UBND
|
Cát Hải, ngày 09 tháng 7 năm 2025
|

QUYẾT ĐỊNH
Về việc thành lập Tổ công tác chuyển đổi số cộng đồng

ỦY BAN NHÂN DÂN XÃ CÁT HẢI

Căn cứ Luật Tổ chức chính quyền địa phương ngày 16/6/2025;
Căn cứ Nghị định số 45/2025/NĐ-CP ngày 28/02/2025 của Chính phủ;
Xét đề nghị của Trưởng Phòng Văn hóa - Xã hội tại Tờ trình số 12/TTr-VHXH ngày 07/7/2025.

QUYẾT ĐỊNH:

Điều 1. Thành lập Tổ công tác gồm các ông, bà có tên sau:
1. Ông Nguyễn Văn A, Phó Chủ tịch UBND xã, Tổ trưởng;
2. Bà Trần Thị B, Trưởng Phòng Văn hóa - Xã hội, Tổ phó.

Điều 2. Giao Phòng Văn hóa - Xã hội chủ trì, phối hợp với Công an xã hướng dẫn hoạt động của Tổ; định kỳ hằng
quý báo cáo
Ủy ban nhân dân xã.

Điều 3. Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng HĐND và UBND xã, Trưởng các phòng và các ông,
bà có tên
tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.

Nơi nhận:
- Như Điều 3;
- TT Đảng ủy, HĐND xã;
- Lưu: VT.
|
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Phạm Thị Thu Hà
|
"""

SPOILT_PLAN = """
UY BAN NHAN DAN                 CONG HOA XA HOI CHU NGHIA VIET NAM
TINH HAI LAM                    Doc lap - Tu do - Hanh phuc
So: 88/KH-UBND                  Hải Lâm, ngày O2 tháng 02 năm 2023

KẾ HOẠCH CHUYỂN ĐỔI SỐ TỈNH HẢI LÂM NĂM 2023

Căn cứ Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ;
UBND tỉnh ban hành Kế hoạch như sau:

[. MỤC TIÊU
1. 100% thủ tục hành chính được số hóa.
Il. NHIỆM VỤ, GIẢI PHÁP
1. Phát triển hạ tầng số
a) Phủ sóng 4G đến 100% thôn, bản
- Cơ quan chủ trì: Sở Thông tin và Truyền thông;
- Cơ quan phối hợp: UBND các huyện; các doanh nghiệp viễn thông;
- Thời gian hoàn thành: 30/11/2023.
b) Nâng cấp Trung tâm dữ liệu tỉnh
- Cơ quan chủ trì: Sở Thông tin và Truyền thông;
- Thời gian hoàn thành: Quý Ill/2023.
2. Phát triển nhân lực số: Tập huấn cho cán bộ xã (Sở Nội vụ chủ trì, phối hợp với Trường Chính trị tỉnh, hoàn
thành trong tháng 10/2023).
3. Tuyên truyền về chuyển đổi số
* Đơn vị thực hiện: Báo Hải Lâm, Đài Phát thanh và Truyền hình tỉnh.
* Thời gian thực hiện: Thường xuyên trong năm.
HI. KINH PHÍ
Từ ngân sách nhà nước.
IV. TỔ CHỨC THỰC HIỆN
1. Sở Thông tin và Truyền thông là cơ quan thường trực, chủ trì, phối hợp với các sở, ban, ngành tổ chức triển
khai Kế hoạch; báo cáo UBND tỉnh trước ngày 15/12/2023.
2. Các sở, ban, ngành; UBND các huyện, thành phố căn cứ nhiệm vụ được giao xây dựng kế hoạch của đơn vị mình,
gửi về Sở Thông tin và Truyền thông trước ngày 28/02/2023.

Trên đây là Kế hoạch chuyển đổi số năm 2023, yêu cầu các đơn vị triển khai./.

Noi nhận:
- Bộ TT&TT (b/c);
- Cac so, ban, nganh;
- Luu: VT, KGVX.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Đỗ Minh Quân
"""

DIRECTIVE_IN_PARTS = """
ỦY BAN NHÂN DÂN
THÀNH PHỐ HẢI LÂM
---------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 05/CT-UBND
Thành phố Hải Lâm, ngày 10 tháng 4 năm 2025

CHỈ THỊ
Về tăng cường quản lý, bảo vệ rừng trong mùa khô năm 2025

Thời gian qua, công tác bảo vệ rừng đạt nhiều kết quả. Thực hiện Chỉ thị số 13-CT/TW ngày 12/01/2017 của Ban Bí
thư và Công
điện số 31/CĐ-TTg ngày 04/4/2025 của Thủ tướng Chính phủ, Chủ tịch Ủy ban nhân dân thành phố yêu cầu:

I. Các sở, ban, ngành, đoàn thể thành phố; Ủy ban nhân dân các xã, phường
1. Tổ chức trực 24/24 giờ trong suốt mùa khô.
2. Kiểm tra, xử lý nghiêm vi phạm; báo cáo trước ngày 25 hằng tháng.
II. Sở Nông nghiệp và Môi trường
1. Chỉ đạo lực lượng kiểm lâm tuần tra.
2. Rà soát phương án phòng cháy, chữa cháy rừng, hoàn thành trước 30/4/2025.
III. Công an thành phố
Điều tra, xử lý các vụ phá rừng.
IV. Tổ chức thực hiện
Giao Sở Nông nghiệp và Môi trường theo dõi, đôn đốc, tổng hợp báo cáo Ủy ban nhân dân thành phố.

Chỉ thị này có hiệu lực kể từ ngày ký./.

Nơi nhận:                                CHỦ TỊCH
- Bộ NN&MT;
- TT Thành ủy;
- Lưu: VT, KT.
                                    Trần Quốc Việt
"""

ANNEXED_PLAN = """
UBND TỈNH HẢI LÂM
SỞ NỘI VỤ
Số: 09/KH-SNV

Hải Lâm, ngày 12 tháng 5 năm 2025

KẾ HOẠCH
Cải cách hành chính năm 2025

Căn cứ Quyết định số 5/QĐ-UBND ngày 02/01/2025 của UBND tỉnh;

I. NHIỆM VỤ
(Theo Phụ lục)

II. TỔ CHỨC THỰC HIỆN
1. Văn phòng Sở theo dõi, đôn đốc.

Nơi nhận:
- UBND tỉnh;
- Lưu: VT.

GIÁM ĐỐC

Trần Văn Nam

PHỤ LỤC
DANH MỤC NHIỆM VỤ

| STT | Nội dung công việc | Chủ trì, phối hợp | Thời gian hoàn thành | Sản phẩm |
|---|---|---|---|---|
| 1 | Công tác chỉ đạo | | | |
| 1.1 | Ban hành kế hoạch tuyên truyền | Văn phòng Sở chủ trì, phối hợp với Thanh tra Sở | Trước 15/3 | Kế hoạch |
| 1.2 | Kiểm tra công vụ | Chủ trì: Thanh tra Sở; phối hợp: Văn phòng Sở, các phòng | Quý II, quý IV | Kết luận |
| STT | Nội dung công việc | Chủ trì, phối hợp | Thời gian hoàn thành | Sản phẩm |
| 1.3 | Họp giao ban | Văn phòng Sở | Hằng tháng | |
"""

PLAN_OF_UNITS = """
I. MỤC ĐÍCH
1. Giúp người dân đọc nhiều hơn.

II. NHIỆM VỤ CỤ THỂ
1. Sở Nội vụ - Cơ quan thường trực
- Tham mưu kế hoạch chi tiết cho toàn tỉnh.

Thời gian hoàn thành: Tháng 11 - 12/2024.

-
Tổ chức tập huấn cho người trông coi tủ sách.

Thời gian thực hiện: Từ tháng 5/2024 đến khi kết thúc.

2. Các Sở: Kế hoạch và Đầu tư, Tài chính: Ưu tiên bố trí nguồn lực cho tủ sách.

3. Ủy ban nhân dân các xã: An Bình, An Hòa
- Chọn nơi đặt tủ sách.

4. Sở Xây dựng
a) Chủ trì, phối hợp với các sở, ngành
- Thiết kế mẫu nhà đọc sách.
- Thẩm định mẫu nhà đọc sách.
b) Phối hợp với các xã
- Sửa nhà văn hóa cũ.

5. Trách nhiệm của người đọc sách
- Giữ gìn sách như của mình.

III. TỔ CHỨC THỰC HIỆN
1. Căn cứ Kế hoạch này, các sở, ban, ngành tỉnh xây dựng kế hoạch riêng.
2. Chế độ báo cáo
- Các xã báo cáo kết quả trước ngày 20/11 về Sở Nội vụ.
- Sở Nội vụ tổng hợp, báo cáo Ủy ban nhân dân tỉnh.
"""

DISTRICT_PLAN = """
ỦY BAN NHÂN DÂN
HUYỆN ĐÔNG HẢI
__________
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập – Tự do – Hạnh phúc
_______________________

Số:  112 /KH-UBND

Đông Hải, ngày 5 tháng 3 năm 2021

KẾ HOẠCH
Triển khai thực hiện công tác phổ biến, giáo dục pháp luật năm 2021
trên địa bàn huyện Đông Hải

Căn cứ Luật Phổ biến, giáo dục pháp luật năm 2012; Nghị định số 28/2013/NĐ-CP ngày 04/4/2013 của Chính phủ quy
định chi tiết một số điều của Luật; thực hiện Kế hoạch số 25/KH-UBND ngày 20/01/2021 của UBND tỉnh về công tác
phổ biến, giáo dục pháp luật năm 2021, Ủy ban nhân dân huyện ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

1. Mục đích: Nâng cao hiểu biết pháp luật.

2. Yêu cầu: Thiết thực, tiết kiệm.

II. NỘI DUNG, HÌNH THỨC THỰC HIỆN

1. Tổ chức hội nghị triển khai các luật mới

- Nội dung: Luật Doanh nghiệp, Luật Đầu tư.

- Đối tượng: Cán bộ, công chức cấp huyện, cấp xã.

- Thời gian: Quý I, Quý II năm 2021.

- Phân công thực hiện: Phòng Tư pháp chủ trì, phối hợp với các phòng, ban, đơn vị liên quan.

2. Biên soạn tài liệu tuyên truyền

- Thời gian: Thường xuyên.

- Đơn vị thực hiện: Phòng Tư pháp, Trung tâm Văn hóa - Thông tin và Thể thao huyện.

3. Tổ chức Ngày Pháp luật Việt Nam 09/11

- Cơ quan chủ trì: Hội đồng phối hợp phổ biến, giáo dục pháp luật huyện

- Cơ quan phối hợp: Các cơ quan, ban, ngành, đoàn thể huyện; Ủy ban nhân dân các xã, thị trấn

- Thời gian thực hiện: Tháng 10, 11/2021

4. Kiểm tra công tác phổ biến, giáo dục pháp luật: Giao Phòng Tư pháp chủ trì, phối hợp với Phòng Nội vụ; hoàn
thành trước ngày 30/9/2021.

III. KINH PHÍ

Ngân sách huyện năm 2021.

IV. TỔ CHỨC THỰC HIỆN

1. Phòng Tư pháp

- Tham mưu Ủy ban nhân dân huyện triển khai Kế hoạch.

- Định kỳ 6 tháng, hằng năm báo cáo Sở Tư pháp.

2. Phòng Tài chính - Kế hoạch: Thẩm định, bố trí kinh phí.

3. Đài Truyền thanh - Truyền hình huyện, Cổng Thông tin điện tử huyện tăng thời lượng tin bài.

4. Các cơ quan, ban, ngành, đoàn thể huyện; UBND các xã, thị trấn:

a) Xây dựng kế hoạch của đơn vị mình;

b) Báo cáo kết quả trước ngày 15/11/2021.

5. Đề nghị Ủy ban MTTQ Việt Nam huyện và các tổ chức thành viên của Mặt trận tuyên truyền trong đoàn viên, hội viên.

Trên đây là Kế hoạch công tác phổ biến, giáo dục pháp luật năm 2021./.

Nơi nhận:
- UBND tỉnh;
- Sở Tư pháp;
- TT. Huyện ủy, HĐND huyện;
- CT, các PCT UBND huyện;
- Như mục IV;
- Lưu: VT, TP (02b).
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH




Đào Văn Hùng
"""

DENSE_PLAN = """
ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH VĨNH HÒA Độc lập - Tự do - Hạnh phúc

Số: 1203/KH-UBND Vĩnh Hòa, ngày 14 tháng 6 năm 2022

KẾ HOẠCH
Thực hiện Nghị quyết số 18-NQ/TU ngày 10 tháng 3 năm 2022 của Tỉnh ủy về
phát triển du lịch bền vững đến năm 2025, định hướng đến năm 2030

Thực hiện Nghị quyết số 18-NQ/TU ngày 10 tháng 3 năm 2022 của Tỉnh ủy về phát
triển du lịch bền vững đến năm 2025, định hướng đến năm 2030, Ủy ban nhân dân
tỉnh ban hành Kế hoạch với các nội dung cụ thể như sau:
I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
a) Cụ thể hóa các mục tiêu, nhiệm vụ và giải pháp của Nghị quyết.
b) Xác định rõ trách nhiệm của các cấp, các ngành.
2. Yêu cầu
Bảo đảm thiết thực, hiệu quả.
II. NHIỆM VỤ CHỦ YẾU
1. Công tác quy hoạch
1.1. Lập Quy hoạch phát triển du lịch tỉnh
- Đơn vị chủ trì: Sở Văn hóa, Thể thao và Du lịch
- Đơn vị phối hợp: Sở Xây dựng, Sở Kế hoạch và Đầu tư và các đơn vị liên
quan
- Thời gian hoàn thành: Quý IV/2022
1.2. Rà soát quỹ đất phát triển du lịch
- Đơn vị chủ trì: Sở Tài nguyên và Môi trường
- Đơn vị phối hợp: UBND các huyện, thành phố
- Thời gian hoàn thành: Tháng 3/2023
2. Đầu tư hạ tầng
2.1. Đầu tư các tuyến đường vào khu du lịch (Sở Giao thông vận tải chủ trì, phối hợp
với Ban Quản lý dự án tỉnh; thời gian thực hiện: 2022-2025)
2.2. Xây dựng bến thuyền du lịch: UBND huyện Cù Lao chủ trì; thời gian: Năm 2024.
III. TỔ CHỨC THỰC HIỆN
1. Các sở, ban, ngành và địa phương căn cứ Kế hoạch này xây dựng chương trình cụ
thể, hoàn thành trước ngày 30/7/2022.
2. Sở Văn hóa, Thể thao và Du lịch là cơ quan đầu mối, tổng hợp, định kỳ hằng năm báo
cáo UBND tỉnh.
3. Báo Vĩnh Hòa, Đài Phát thanh và Truyền hình Vĩnh Hòa: Tuyên truyền sâu rộng Kế
hoạch.
Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các đơn vị báo cáo về UBND
tỉnh để xem xét, chỉ đạo./.
Nơi nhận: TM. ỦY BAN NHÂN DÂN
- TT Tỉnh ủy, HĐND tỉnh (b/c); KT. CHỦ TỊCH
- CT, các PCT UBND tỉnh; PHÓ CHỦ TỊCH
- Các sở, ban, ngành tỉnh;
- UBND các huyện, TP;
- Lưu: VT, KGVX.
Nguyễn Thị Mai Anh
"""
