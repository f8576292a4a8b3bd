"""Labels: the sheet as PDF, and where a scanned code leads."""

import io
from datetime import date

import pypdf
import pytest
from django.urls import reverse

from coso.kit import clock
from coso.registry import actions
from coso.registry.adapters.labels import print_labels, qr_svg
from coso.registry.rules.labels import Label
from coso.registry.web.facilities import labels
from tests.app.registry.entering import house
from tests.support.world import World

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)
LONGEST = "Trung tâm văn hóa - học tập cộng đồng và nhà sinh hoạt liên thôn Phúc Trạch, Hương Đô (cơ sở hai)"


def _labels(many: int, name: str = "Nhà văn hóa Thôn 1") -> list[Label]:
    return [
        Label(
            f"18196-NVH{number}",
            name,
            "Thôn 1, Xã Sơn Kim 1",
            f"https://coso.example/t/18196-NVH{number}/",
            "Nhà văn hóa",
        )
        for number in range(1, many + 1)
    ]


def _read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def test_a_sheet_holds_24_labels_of_a4_and_the_25th_begins_another() -> None:
    sheet = _read(print_labels(_labels(25), title="25 nhãn", day=DAY))

    assert len(sheet.pages) == 2
    assert [
        round(float(side) / 72 * 25.4) for side in (sheet.pages[0].mediabox.width, sheet.pages[0].mediabox.height)
    ] == [
        210,
        297,
    ]
    first, second = (page.extract_text() for page in sheet.pages)
    assert "18196-NVH24" in first
    assert "18196-NVH25" not in first
    assert "18196-NVH25" in second
    assert sheet.metadata.title == "25 nhãn"


def test_labels_of_a_begun_sheet_are_left_empty() -> None:
    sheet = _read(print_labels(_labels(2), title="2 nhãn", day=DAY, skip=23))

    assert ["NVH1" in page.extract_text() for page in sheet.pages] == [True, False]


def test_the_same_labels_on_the_same_day_give_the_same_bytes() -> None:
    assert print_labels(_labels(3), title="3 nhãn", day=DAY) == print_labels(_labels(3), title="3 nhãn", day=DAY)


def test_the_longest_name_stands_whole_on_its_label() -> None:
    page = _read(print_labels(_labels(1, LONGEST), title="1 nhãn", day=DAY)).pages[0].extract_text()

    assert LONGEST.split()[-3:] == ["(cơ", "sở", "hai)"]
    assert "(cơ sở hai)" in " ".join(page.split())
    assert "18196-NVH1" in page


def test_the_code_of_an_address_is_a_picture_without_anything_foreign() -> None:
    drawn = qr_svg("https://coso.example/t/18196-NVH1/")

    assert drawn.startswith("<svg")
    assert "href" not in drawn


def test_the_sheet_of_the_page_names_facilities_and_clusters_of_the_own_scope_only(client, world: World) -> None:
    mine = house(world, code="NVH-01")
    far = house(world, name="Nhà xa", place=world.other_villages[0])
    client.force_login(world.officer)

    page = client.get(reverse("registry:labels")).content.decode()
    answer = client.get(reverse("registry:labels-pdf"), {"f": [mine.pk, far.pk], "c": [world.clusters[0].pk]})

    words = _read(answer.content).pages[0].extract_text()
    assert answer["Content-Type"] == "application/pdf"
    assert "Nhà văn hóa Thôn 1" in page
    assert "Nhà xa" not in page
    assert "NVH-01" in words
    assert "SK1-01" in words
    assert "Nhà xa" not in words


def test_a_sheet_of_nothing_is_refused(client, world: World) -> None:
    client.force_login(world.officer)

    answer = client.get(reverse("registry:labels-pdf"), {"f": ["x", "999999"]})

    assert answer.status_code == 422
    assert "Hãy chọn ít nhất một nhãn." in answer.content.decode()


# Where a code leads


@pytest.mark.parametrize("code", ["NVH-01", "nvh-01"])
def test_an_officer_who_scans_a_label_sees_the_page(client, world: World, code) -> None:
    made = house(world, code="NVH-01")
    client.force_login(world.officer)

    assert client.get(f"/t/{code}/").url == reverse("registry:facility", args=[made.pk])
    assert client.get("/t/SK1-02/").url == reverse("registry:cluster", args=[world.clusters[1].pk])


def test_a_label_made_of_a_number_leads_to_what_has_no_code_of_its_own(client, world: World) -> None:
    bare, coded = house(world), house(world, code="NVH-02", name="Nhà hai")
    client.force_login(world.officer)

    assert client.get(f"/t/TC{bare.pk}/").url == reverse("registry:facility", args=[bare.pk])
    assert client.get(f"/t/TC{coded.pk}/").status_code == 404


def test_a_resident_who_scans_a_label_reads_what_it_is_and_whom_to_ask(client, world: World) -> None:
    made = house(world, code="NVH-01", opening_hours="Tối thứ Ba", keeper="Ông Bảy", keeper_phone="0912")

    page = client.get("/t/NVH-01/").content.decode()

    assert "Nhà văn hóa Thôn 1" in page
    assert "Tối thứ Ba" in page
    assert f"{reverse('portal:send')}?noi=18196" in page
    assert f"next=%2Fban-lam-viec%2Fco-so-vat-chat%2Fthiet-che%2F{made.pk}%2F" in page
    assert "Ông Bảy" not in page
    assert "0912" not in page


def test_what_is_closed_says_so_and_an_unknown_code_is_not_there(client, world: World) -> None:
    made = house(world, code="NVH-01")
    actions.close_facility(by=world.officer, facility=made, closed_on=clock.today())

    assert "Nơi này không còn hoạt động." in client.get("/t/NVH-01/").content.decode()
    assert client.get("/t/NVH-99/").status_code == 404


@pytest.mark.parametrize(
    ("host", "leads_nowhere"),
    [
        ("localhost", True),
        ("localhost:8000", True),
        ("127.0.0.1", True),
        ("[::1]:8000", True),
        ("coso.hatinh.gov.vn", False),
        ("localhost.hatinh.gov.vn:443", False),
    ],
)
def test_an_address_that_no_phone_reaches_is_said_before_printing(rf, settings, host, leads_nowhere):
    settings.ALLOWED_HOSTS = ["*"]

    assert labels._is_loopback(rf.get("/", headers={"host": host})) is leads_nowhere
