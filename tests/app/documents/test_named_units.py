"""The names of units in a document stand for bodies of its day; a person's choice stays."""

from datetime import date
from pathlib import Path

import pytest

from coso.documents import actions, queries
from coso.documents.models import UnitKind
from coso.documents.queries.naming import Successors
from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from coso.kit.text import fold
from coso.organizations.models import Organization
from coso.places.models import Level, Place, Succession
from coso.plans.models import TaskUnit

pytestmark = pytest.mark.django_db

SEED = (Path(__file__).parents[2] / "support" / "data" / "seed.txt").read_bytes()
REFORM = date(2025, 6, 30)


def _body(code, name, kind, place, **more):
    return Organization.objects.create(code=code, name=name, kind=kind, place=place, **more)


@pytest.fixture
def bodies(world):
    """Bodies of 2017: departments, press, three districts, one of which went before; a commune of today."""
    home = world.province
    made = {
        "tt": _body("tt", "Sở Thông tin và Truyền thông", "provincial_department", home, valid_to=date(2025, 2, 28)),
        "tc": _body("tc", "Sở Tài chính", "provincial_department", home),
        "bao": _body("bao", "Báo Hà Tĩnh", "press", home),
        "dai": _body("dai", "Đài Phát thanh và Truyền hình tỉnh", "press", home, valid_to=date(2025, 3, 31)),
        "ubnd": _body("ubnd-42", "UBND tỉnh Hà Tĩnh", "provincial_authority", home),
        "mt": _body("mt", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "front", home),
        "son_kim": _body("xa", "UBND xã Sơn Kim 1", "commune_authority", world.son_kim, valid_from=date(2025, 7, 1)),
        "new": _body("moi", "Sở Y tế", "provincial_department", home, valid_from=date(2020, 1, 1)),
    }
    for code, name in (("439", "Huyện Hương Sơn"), ("436", "Thành phố Hà Tĩnh"), ("437", "Thị xã Hồng Lĩnh")):
        unit = Place.objects.create(
            code=code, name=name, level=Level.DISTRICT, parent=home, valid_from=date(2010, 1, 1), valid_to=REFORM
        )
        short = f"UBND {name[:1].lower()}{name[1:]}"
        made[code] = _body(f"ubnd-{code}", short, "district_authority", unit, valid_to=REFORM)
    made["vh"] = world.department
    return made


@pytest.fixture
def seed(bodies, world):
    return actions.import_document(data=SEED, file_name="ke-hoach-82.txt", by=world.editor)


def _meant(document, name):
    unit = queries.named_units(document)[fold(name)]
    return unit.kind, {body.code for body in unit.organizations.all()}


@pytest.mark.parametrize(
    ("name", "kind", "codes"),
    [
        ("Sở Thông tin và Truyền thông", UnitKind.BODY, {"tt"}),
        ("UBND các huyện, thành phố, thị xã", UnitKind.GROUP, {"ubnd-439", "ubnd-436", "ubnd-437"}),
        ("Ủy ban nhân dân các huyện, thành phố, thị xã", UnitKind.GROUP, {"ubnd-439", "ubnd-436", "ubnd-437"}),
        ("UBND các huyện", UnitKind.GROUP, {"ubnd-439"}),
        ("Các Sở: TT và TT, VH, TT và DL, Tài chính", UnitKind.GROUP, {"tt", "so-vhttdl", "tc"}),
        ("Báo Hà Tĩnh, Đài PT-TH tỉnh", UnitKind.GROUP, {"bao", "dai"}),
        ("Chủ tịch, các PCT UBND tỉnh", UnitKind.BODY, {"ubnd-42"}),
        ("UBMT Tổ quốc tỉnh", UnitKind.BODY, {"mt"}),
        ("các cơ quan truyền thông", UnitKind.GROUP, {"bao", "dai"}),
        ("Các sở, ngành liên quan", UnitKind.GROUP, set()),
        ("các đơn vị hoạt động bản tin trên địa bàn tỉnh", UnitKind.UNKNOWN, set()),
    ],
)
def test_each_name_of_the_seed_plan_stands_for_bodies_of_its_day(seed, name, kind, codes):
    assert _meant(seed, name) == (kind, codes)


def test_the_issuer_of_the_document_is_a_body_too(seed, bodies):
    assert seed.organization == bodies["ubnd"]


def test_a_name_on_a_shelf_is_nobody(seed):
    assert not [name for name in queries.named_units(seed) if name.startswith("luu")]


def test_bodies_of_another_province_are_not_ours(bodies, world):
    text = SEED.decode().replace("HÀ TĨNH", "QUẢNG NGÃI").replace("Hà Tĩnh", "Quảng Ngãi").encode()

    document = actions.import_document(data=text, file_name="a.txt", by=world.editor)

    assert {unit.kind for unit in document.named_units.all()} == {UnitKind.UNKNOWN}
    assert document.organization is None


def test_a_correction_proposes_for_new_names_and_forgets_those_gone(seed, world):
    structure = seed.structure | {"tasks": [dict(seed.structure["tasks"][0], lead=["Sở TC"])], "duties": []}

    actions.correct_document(document_id=seed.pk, by=world.editor, structure=structure)

    assert _meant(seed, "Sở TC") == (UnitKind.BODY, {"tc"})
    assert fold("Các sở, ngành liên quan") not in queries.named_units(seed)


def test_what_a_person_said_of_a_name_outlasts_corrections(seed, world, bodies):
    unit = queries.named_units(seed)[fold("các đơn vị hoạt động bản tin trên địa bàn tỉnh")]

    actions.decide_unit(document_id=seed.pk, unit_id=unit.pk, by=world.editor, bodies=[bodies["bao"].pk])
    structure = seed.structure | {"title": "Tên khác"}
    actions.correct_document(document_id=seed.pk, by=world.editor, structure=structure)

    unit.refresh_from_db()
    assert (unit.kind, unit.by_person, list(unit.organizations.all())) == (UnitKind.BODY, True, [bodies["bao"]])


def test_a_name_may_be_said_to_be_nobody_here_and_that_taken_back(seed, world):
    unit = queries.named_units(seed)[fold("Sở Tài chính")]

    said = actions.decide_unit(document_id=seed.pk, unit_id=unit.pk, by=world.editor, bodies=[])
    assert (said.kind, said.organizations.count(), queries.is_unclear(said)) == (UnitKind.OUTSIDE, 0, False)

    again = actions.decide_unit(document_id=seed.pk, unit_id=unit.pk, by=world.editor, bodies=None)
    assert (again.kind, again.by_person, again.organizations.get().code) == (UnitKind.BODY, False, "tc")


def test_only_who_confirms_decides_and_only_before_it_is_confirmed(seed, world):
    unit = queries.named_units(seed)[fold("Sở Tài chính")]
    for by, refusal in ((world.officer, NotFound), (world.other_leader, NotFound)):
        with pytest.raises(refusal):
            actions.decide_unit(document_id=seed.pk, unit_id=unit.pk, by=by, bodies=[])
    with pytest.raises(BadInput):
        actions.decide_unit(document_id=seed.pk, unit_id=unit.pk, by=world.editor, bodies=[999_999])
    actions.confirm_document(document_id=seed.pk, by=world.approver)

    with pytest.raises((WrongState, NotAllowed)):
        actions.decide_unit(document_id=seed.pk, unit_id=unit.pk, by=world.approver, bodies=[])

    unit.refresh_from_db()
    assert (unit.kind, unit.by_person) == (UnitKind.BODY, False)


def test_confirmed_tasks_are_given_to_each_body_of_a_group(seed, world):
    actions.confirm_document(document_id=seed.pk, by=world.approver)

    given = TaskUnit.objects.filter(task__document=seed, task__ref="II.3", role="coordinating")
    assert {unit.organization.code for unit in given} == {"ubnd-439", "ubnd-436", "ubnd-437"}
    assert {unit.group for unit in given} == {"UBND các huyện, thành phố, thị xã"}


def test_a_district_is_followed_by_the_committees_of_its_communes(seed, bodies, world):
    commune = Place.objects.create(
        code="18190",
        name="Xã Sơn Kim",
        level=Level.COMMUNE,
        parent=bodies["439"].place,
        valid_from=date(2010, 1, 1),
        valid_to=REFORM,
    )
    Succession.objects.create(predecessor=commune, successor=world.son_kim)

    successors = Successors()

    assert successors.of(bodies["439"]) == [bodies["son_kim"]]
    assert successors.of(bodies["tc"]) == [bodies["tc"]]
    assert successors.of(bodies["tt"]) == []
