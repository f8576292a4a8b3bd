"""Boundaries of the operator: looked through, kept, drawn for the units of their day, withdrawn."""

import json
from datetime import date, timedelta

import pytest
import shapely
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from coso.journal.models import Entry
from coso.journal.queries import told
from coso.kit import blobs, clock
from coso.kit.errors import BadInput, NotAllowed, NotFound
from coso.kit.refs import Ref, describe
from coso.places.models import BoundaryFile, Level, Place
from coso.registry.actions import boundaries as actions
from coso.registry.queries.areas import areas, areas_around
from coso.registry.rules import boundaries as rules
from tests.support.world import World, place
from tests.unit.registry.test_coverage_boundaries import feature, file_of, square

pytestmark = pytest.mark.django_db

SON_KIM, THACH_HA = square(105.15, 18.39), square(105.82, 18.33)
SOURCE = "Sở Nông nghiệp và Môi trường, được dùng trong tỉnh"


def both(**more) -> bytes:
    return file_of(feature("18196", SON_KIM), feature("18562", THACH_HA), **more)


def check(world: World, data: bytes, **more) -> actions.Checked:
    asked = {"code_property": "code", "true_on": clock.today()} | more
    return actions.check_boundaries(by=world.administrator, data=data, **asked)


def add(world: World, data: bytes, name: str = "Ranh giới", true_on: date | None = None) -> BoundaryFile:
    day = true_on or clock.today()
    checked = check(world, data, true_on=day)
    return actions.add_boundaries(by=world.administrator, sha256=checked.sha256, name=name, source=SOURCE, true_on=day)


def form(data: bytes, name: str = "xa.geojson", **more) -> dict:
    return {
        "file": SimpleUploadedFile(name, data),
        "code_property": "code",
        "true_on": "2026-01-01",
        "name": "Ranh giới 69 xã",
        "source": SOURCE,
    } | more


def test_a_file_is_shown_before_it_is_kept_and_then_drawn_with_its_source(client, world: World):
    client.force_login(world.administrator)

    shown = client.post(reverse("registry:add-boundaries"), form(both()))
    token = shown.context["token"]
    assert shown.status_code == 200
    assert not BoundaryFile.objects.exists()
    assert "Tệp vẽ 2 đơn vị." in shown.content.decode()

    kept = client.post(reverse("registry:keep-boundaries"), {"token": token})

    made = BoundaryFile.objects.get()
    drawn = client.get(reverse("registry:map-areas")).json()
    assert kept["Location"] == reverse("registry:boundaries")
    assert (made.units, made.true_on, made.source) == (2, date(2026, 1, 1), SOURCE)
    assert drawn["note"] == f"Địa giới do {SOURCE} cung cấp."
    assert {one["properties"]["code"]: one["geometry"]["type"] for one in drawn["features"]} == {
        "18196": "Polygon",
        "18562": "Polygon",
    }
    assert "Ranh giới 69 xã" in client.get(reverse("registry:boundaries")).content.decode()
    entry = told(Ref("boundaries", str(made.pk)))[0]
    assert str(entry.sentence) == "Đã thêm địa giới “Ranh giới 69 xã” của 2 đơn vị vào bản đồ."


def test_the_preview_names_unknown_codes_missing_units_and_units_that_lie_elsewhere(client, world: World):
    client.force_login(world.administrator)
    world.son_kim.latitude = 18.9
    world.son_kim.save()

    page = client.post(
        reverse("registry:add-boundaries"), form(file_of(feature("18196", SON_KIM), feature("99999", THACH_HA)))
    ).content.decode()

    assert "99999" in page
    assert "Xã Thạch Hà (18562)" in page
    assert "Đơn vị có tâm nằm ngoài đường bao" in page


def test_what_the_file_does_not_draw_stays_a_sketch_and_the_map_says_both(world: World):
    add(world, file_of(feature("18196", SON_KIM), feature("99999", THACH_HA)))

    drawn = areas([world.son_kim, world.thach_ha])

    first, second = drawn["features"]
    assert first["geometry"]["coordinates"][0][0] == [105.15, 18.39]
    assert len(second["geometry"]["coordinates"][0]) > 5
    assert (
        drawn["note"] == f"Địa giới do {SOURCE} cung cấp; đơn vị chưa có thì vẽ sơ đồ, không phải địa giới hành chính."
    )


def test_without_boundaries_the_map_says_that_it_is_a_sketch(world: World):
    drawn = areas_around(world.villages[0])

    assert [one["properties"]["code"] for one in drawn["features"]] == ["18196"]
    assert drawn["note"] == "Sơ đồ, không phải địa giới hành chính."


def test_boundaries_are_drawn_for_the_units_of_their_day_and_no_others(world: World):
    yesterday = clock.today() - timedelta(days=1)
    old = Place.objects.create(
        code="18196", name="Xã Sơn Kim Cũ", level=Level.COMMUNE, parent=world.province,
        valid_from=date(2017, 1, 1), valid_to=date(2025, 6, 30),
    )  # fmt: skip
    add(world, file_of(feature("18196", square(105.1, 18.2))), name="Ranh giới 2020", true_on=date(2020, 1, 1))
    assert areas([world.son_kim])["note"].startswith("Sơ đồ")
    assert areas([old])["features"][0]["geometry"]["coordinates"][0][0] == [105.1, 18.2]

    add(world, both(), true_on=yesterday)

    newer = areas([world.son_kim])["features"][0]["geometry"]["coordinates"][0][0]
    assert newer == [105.15, 18.39]
    assert areas([old])["features"][0]["geometry"]["coordinates"][0][0] == [105.1, 18.2]


def test_boundaries_whose_file_was_away_are_drawn_once_it_is_back(world: World):
    # A file of its own: what was read once is remembered.
    file = blobs.path_of(add(world, file_of(feature("18196", square(105.151, 18.391)))).sha256)
    away = file.rename(file.with_name("away"))
    assert areas([world.son_kim])["note"] == "Sơ đồ, không phải địa giới hành chính."

    away.rename(file)

    assert areas([world.son_kim])["note"] == f"Địa giới do {SOURCE} cung cấp."


def test_the_newest_day_wins_where_two_files_draw_a_unit(world: World):
    add(world, both(), name="Cũ", true_on=date(2025, 8, 1))
    add(world, file_of(feature("18196", square(105.2, 18.4))), name="Mới", true_on=date(2026, 8, 1))

    drawn = {one["properties"]["code"]: one["geometry"]["coordinates"][0][0] for one in areas(
        [world.son_kim, world.thach_ha])["features"]}  # fmt: skip

    assert drawn == {"18196": [105.2, 18.4], "18562": [105.82, 18.33]}


def test_withdrawn_boundaries_leave_the_maps_and_may_come_again(client, world: World):
    made = add(world, both())
    client.force_login(world.administrator)

    answer = client.post(reverse("registry:withdraw-boundaries", args=[made.pk]))
    client.post(reverse("registry:withdraw-boundaries", args=[made.pk]))

    assert answer["Location"] == reverse("registry:boundaries")
    assert areas([world.son_kim])["note"].startswith("Sơ đồ")
    assert Entry.objects.filter(verb="registry.boundaries_withdrawn").count() == 1
    assert add(world, both()).pk != made.pk


def test_the_same_boundaries_are_refused_while_they_are_in_use(world: World):
    add(world, both(), name="Lần đầu")

    with pytest.raises(BadInput) as refused:
        check(world, both())

    assert refused.value.fields == {"file": ["Địa giới này đang được dùng, với tên “Lần đầu”."]}
    assert BoundaryFile.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04", "không đọc được như JSON"),
        (file_of(), "không có vùng nào"),
        (file_of(feature("18196", square(18.39, 105.15))), "ngoài Việt Nam"),
        (file_of(feature("18196"), feature("18196")), "xuất hiện hai lần"),
        (file_of(feature("00001")), "ví dụ 00001"),
        (file_of({"type": "Feature", "properties": {"ten": "x"}, "geometry": SON_KIM}), "“code”"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_beside_its_field_and_nothing_is_kept(client, world: World, data, words):
    client.force_login(world.administrator)

    answer = client.post(reverse("registry:add-boundaries"), form(data))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Ranh giới 69 xã" in answer.content.decode()
    assert not BoundaryFile.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"source": ""}, {"name": " "}, {"true_on": "2999-01-01"}, {"true_on": ""}, {"code_property": ""},
     {"file": SimpleUploadedFile("xa.zip", b"{}")}, {"file": SimpleUploadedFile("xa.geojson", b"")}],
)  # fmt: skip
def test_what_a_reader_must_know_of_a_file_is_required(client, world: World, wrong):
    client.force_login(world.administrator)

    assert client.post(reverse("registry:add-boundaries"), form(both()) | wrong).status_code == 422
    assert not BoundaryFile.objects.exists()


def test_a_file_larger_than_allowed_is_refused_before_it_is_read(world: World, monkeypatch):
    monkeypatch.setattr(rules, "MOST_MEGABYTES", 0)

    with pytest.raises(BadInput) as refused:
        check(world, both())

    assert "file" in refused.value.fields


def test_only_what_was_shown_can_be_kept(client, world: World):
    client.force_login(world.administrator)
    checked = check(world, both())

    answer = client.post(reverse("registry:keep-boundaries"), {"token": json.dumps({"sha256": checked.sha256})})

    assert answer["Location"] == reverse("registry:add-boundaries")
    assert not BoundaryFile.objects.exists()


def test_a_token_keeps_its_file_once_only(client, world: World):
    client.force_login(world.administrator)
    token = client.post(reverse("registry:add-boundaries"), form(both())).context["token"]

    client.post(reverse("registry:keep-boundaries"), {"token": token})
    again = client.post(reverse("registry:keep-boundaries"), {"token": token})

    assert again["Location"] == reverse("registry:add-boundaries")
    assert BoundaryFile.objects.count() == 1


def test_a_file_that_was_lost_meanwhile_is_asked_for_again(world: World):
    checked = check(world, both())
    blobs.path_of(checked.sha256).unlink()

    with pytest.raises(BadInput):
        actions.add_boundaries(
            by=world.administrator, sha256=checked.sha256, name="x", source="y", true_on=clock.today()
        )
    assert not BoundaryFile.objects.exists()


@pytest.mark.parametrize("who", ["editor", "officer", "leader", "auditor"])
def test_nobody_without_the_right_throughout_the_province_touches_boundaries(client, world: World, who):
    made = add(world, both())
    person = getattr(world, who)
    client.force_login(person)

    addresses = [reverse("registry:boundaries"), reverse("registry:add-boundaries")]
    assert {client.get(address).status_code for address in addresses} == {403}
    assert client.post(reverse("registry:withdraw-boundaries", args=[made.pk])).status_code == 403
    assert describe(Ref("boundaries", str(made.pk)), person) is None
    with pytest.raises(NotAllowed):
        actions.check_boundaries(by=person, data=both(), code_property="code", true_on=clock.today())
    made.refresh_from_db()
    assert made.withdrawn_at is None


def test_boundaries_that_are_not_there_cannot_be_withdrawn(world: World):
    with pytest.raises(NotFound):
        actions.withdraw_boundaries(by=world.administrator, boundaries_id=7)


def test_villages_missing_are_told_only_within_the_communes_that_the_file_draws(world: World):
    first, second, third = world.villages

    checked = check(world, file_of(feature(first.code, square(105.16, 18.4, 0.01))))

    assert set(checked.match.missing) == {second, third}


def test_the_areas_ask_a_settled_number_of_questions(world: World, django_assert_max_num_queries):
    add(world, both())
    communes = [
        world.son_kim,
        world.thach_ha,
        *(place(f"2{n:04}", f"Xã {n}", Level.COMMUNE, world.province) for n in range(40)),
    ]

    with django_assert_max_num_queries(1):
        drawn = areas(communes)

    assert len(drawn["features"]) == 2


def test_the_preview_draws_the_shapes_beside_a_table_for_whoever_may_use_them(client, world: World):
    client.force_login(world.administrator)

    shown = client.post(reverse("registry:add-boundaries"), form(both()))
    address = shown.context["areas_url"]
    drawn = client.get(address).json()
    client.force_login(world.officer)
    refused = client.get(address)
    client.force_login(world.administrator)
    forged = client.get(reverse("registry:boundaries-drawn", args=["a:b:c"]))

    assert {one["properties"]["code"] for one in drawn["features"]} == {"18196", "18562"}
    assert drawn["note"] == "Đây là những gì tệp vẽ; chưa có bản đồ nào dùng tệp này."
    assert [place.code for place, _chip in shown.context["rows"]] == ["18196", "18562"]
    assert 'data-place="18196"' in shown.content.decode()
    assert refused.status_code in (403, 404)
    assert forged.status_code == 404
    assert not BoundaryFile.objects.exists()


def test_areas_on_top_of_one_another_are_simplified_each_by_itself_in_a_moment():
    ring = [[105.0, 18.0], [105.1, 18.0], [105.1, 18.1], [105.0, 18.1], [105.0, 18.0]]
    outlines = [rules.Outline(str(number), shapely.Polygon(ring)) for number in range(200)]

    assert rules.clean(outlines).corners == 1000
    assert not rules._are_side_by_side([outline.area for outline in outlines])
    assert rules._are_side_by_side([outlines[0].area])
