"""The pages of labels: who carries which by which decision, given and ended by who may."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from coso.kit import clock
from coso.places import actions, queries
from coso.places.models import AreaLabel, LabelKind, Level
from coso.places.rules.changes import Merge
from tests.support.world import SINCE, World, place

pytestmark = pytest.mark.django_db
DECISION = "Quyết định số 05/QĐ-UBND"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 24))


@pytest.fixture
def client(client, world: World):  # type: ignore[no-untyped-def]
    client.force_login(world.administrator)
    return client


def give(world: World, where: object, kind: str = "bien-gioi") -> AreaLabel:
    return actions.give_label(
        place=where,  # type: ignore[arg-type]
        kind=LabelKind.objects.get(pk=kind),
        decision=DECISION,
        valid_from=SINCE,
        by=world.administrator,
    )


def page(answer) -> str:  # type: ignore[no-untyped-def]
    return answer.content.decode()


def test_a_label_is_given_by_a_decision_and_shown_on_the_place_and_its_villages(client, world: World) -> None:  # type: ignore[no-untyped-def]
    address = reverse("places:give-label", args=[world.son_kim.pk])
    told = {"kind": "bien-gioi", "decision": DECISION, "valid_from": "2025-08-01"}

    without = client.post(address, told | {"decision": ""})
    given = client.post(address, told)

    assert without.status_code == 422
    assert given["Location"] == reverse("places:place", args=[world.son_kim.pk])
    label = AreaLabel.objects.get()
    assert (label.place, label.kind_id, label.valid_from) == (world.son_kim, "bien-gioi", date(2025, 8, 1))
    assert f"{DECISION}, từ ngày 01/08/2025" in page(client.get(given["Location"]))
    of_village = page(client.get(reverse("places:place", args=[world.villages[0].pk])))
    assert f"của cả Xã Sơn Kim 1: {DECISION}" in of_village


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"valid_from": "2025-06-30"}, "Xã Sơn Kim 1 không tồn tại vào ngày đó"),
        ({"kind": "mien-nui"}, "đã mang nhãn “Miền núi”"),
        ({"kind": "khong-co"}, "khong-co"),
    ],
)
def test_a_label_that_does_not_fit_is_refused_beside_its_field(client, world: World, told, said: str) -> None:  # type: ignore[no-untyped-def]
    give(world, world.son_kim, "mien-nui")
    address = reverse("places:give-label", args=[world.son_kim.pk])

    answer = client.post(address, {"kind": "bien-gioi", "decision": DECISION, "valid_from": "2025-08-01"} | told)

    assert answer.status_code == 422
    assert said in page(answer)
    assert AreaLabel.objects.count() == 1


def test_the_list_is_narrowed_by_family_label_and_commune_and_exported(client, world: World) -> None:  # type: ignore[no-untyped-def]
    give(world, world.son_kim)
    give(world, world.other_villages[0], "tieng-lao")
    address = reverse("places:labels")

    assert "2 nhãn đang có hiệu lực" in page(client.get(address))
    assert "Thôn Đông 1" not in page(client.get(address, {"family": "difficulty"}))
    assert "Thôn Đông 1" in page(client.get(address, {"kind": "tieng-lao"}))
    assert "Thôn Đông 1" not in page(client.get(address, {"commune": str(world.son_kim.pk)}))
    answer = client.get(address, {"q": "thach ha", "export": "xlsx"})
    rows = list(load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.iter_rows(values_only=True))
    assert len(rows) == 2
    assert rows[1][:2] == ("Thôn Đông 1, Xã Thạch Hà", "Tiếng Lào")


def test_a_label_is_ended_by_its_last_day(client, world: World) -> None:  # type: ignore[no-untyped-def]
    label = give(world, world.son_kim)

    early = client.post(reverse("places:end-label", args=[label.pk]), {"valid_to": "2025-06-30"})
    ended = client.post(reverse("places:end-label", args=[label.pk]), {"valid_to": "2026-10-31"})

    assert early.status_code == 422
    assert ended.status_code == 302
    assert "Hết hiệu lực" in page(client.get(reverse("places:label", args=[label.pk])))
    assert "Chưa có nhãn nào" in page(client.get(reverse("places:place", args=[world.son_kim.pk])))


def test_after_a_merger_the_label_stands_as_that_of_the_unit_of_then(client, world: World) -> None:  # type: ignore[no-untyped-def]
    label = give(world, world.son_kim)
    actions.make_change(
        operation=Merge(units=(world.son_kim.pk, world.thach_ha.pk), name="Xã Thạch Kim", code="18562"),
        from_on=date(2026, 11, 1), decision="NQ", by=world.administrator,
    )  # fmt: skip
    new = queries.one_at("18562", date(2026, 11, 1))

    shown = page(client.get(reverse("places:place", args=[new.pk])))  # type: ignore[union-attr]

    assert f"của Xã Sơn Kim 1 trước đây: {DECISION}" in shown
    assert "Của đơn vị trước đây" in shown
    assert "hãy gắn nhãn cho đơn vị mới" in page(client.get(reverse("places:label", args=[label.pk])))
    assert "1 nhãn là của đơn vị trước đây và chờ được gắn lại" in page(client.get(reverse("places:labels")))


def test_a_language_is_added_and_a_label_of_people_is_not(client, world: World) -> None:  # type: ignore[no-untyped-def]
    address = reverse("places:add-label-kind")

    added = client.post(address, {"family": "language", "name": "Tiếng Anh", "source": "Ban Quản lý Khu kinh tế tỉnh"})
    refused = client.post(address, {"family": "audience", "name": "Người Công giáo", "source": "QĐ"})

    assert added["Location"] == reverse("places:label-kinds")
    assert "Tiếng Anh" in page(client.get(added["Location"]))
    assert refused.status_code == 422
    assert "không đếm người theo tôn giáo hay dân tộc" in page(refused)
    assert not LabelKind.objects.filter(name="Người Công giáo").exists()


def test_who_may_not_label_reads_the_labels_of_the_own_commune_only(client, world: World) -> None:  # type: ignore[no-untyped-def]
    own, other = give(world, world.son_kim), give(world, world.thach_ha)
    client.force_login(world.officer)

    listed = page(client.get(reverse("places:labels")))

    assert "Xã Sơn Kim 1" in listed
    assert "Xã Thạch Hà" not in listed
    assert client.get(reverse("places:label", args=[own.pk])).status_code == 200
    assert client.get(reverse("places:label", args=[other.pk])).status_code == 404
    for name, arguments in (("give-label", [world.son_kim.pk]), ("end-label", [own.pk]), ("add-label-kind", [])):
        assert client.post(reverse(f"places:{name}", args=arguments)).status_code == 403


def test_an_administrator_of_one_commune_labels_there_and_not_elsewhere(client, world: World) -> None:  # type: ignore[no-untyped-def]
    post = world.administrator.posts.get()
    post.place = world.son_kim
    post.save()
    told = {"kind": "bien-gioi", "decision": DECISION, "valid_from": "2025-08-01"}

    there = client.post(reverse("places:give-label", args=[world.villages[0].pk]), told)
    elsewhere = client.post(reverse("places:give-label", args=[world.thach_ha.pk]), told)

    assert there.status_code == 302
    assert elsewhere.status_code == 404
    assert client.get(reverse("places:add-label-kind")).status_code == 403
    assert AreaLabel.objects.get().place == world.villages[0]


def test_the_lists_of_labels_ask_a_settled_number_of_questions(
    client, world: World, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    for number in range(30):
        give(world, place(f"18196-1{number}", f"Thôn Mới {number}", Level.VILLAGE, world.son_kim))

    for name in ("labels", "label-where", "label-kinds"):
        with django_assert_max_num_queries(18):
            assert client.get(reverse(f"places:{name}")).status_code == 200
