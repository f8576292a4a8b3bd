"""Two people write the same at once: the second is told what the first did, and nothing breaks."""

import hashlib
from contextlib import contextmanager

import pytest
from django.db.models.signals import pre_save

from coso.documents import actions as documents
from coso.documents.models import Document
from coso.journal.models import Entry
from coso.kit import ids
from coso.kit.errors import BadInput, WrongState
from coso.newsroom import actions as newsroom
from coso.newsroom.models import Bulletin, LexiconWord
from coso.organizations import actions as organizations
from coso.organizations.models import Person
from coso.registry import actions as registry
from coso.registry.models import SpeakerCluster

pytestmark = pytest.mark.django_db

TEXT = """UBND TỈNH HÀ TĨNH
Số: 16/KH-UBND
Hà Tĩnh, ngày 10 tháng 01 năm 2026
KẾ HOẠCH
Tuyên truyền phòng, chống cháy rừng năm 2026
1. Các xã phát thanh bản tin hằng tuần.
"""


@contextmanager
def overtaken(model, **values):
    """Let somebody else write a row in the moment between looking and writing."""

    def overtake(sender, **about):
        pre_save.disconnect(overtake, sender=model)
        model.objects.bulk_create([model(**values)])

    pre_save.connect(overtake, sender=model)
    yield
    pre_save.disconnect(overtake, sender=model)


def test_two_accounts_of_one_name(world):
    twin = {"username": "lan.nguyen", "full_name": "Nguyễn Thị Lan", "password": "x"}

    with overtaken(Person, **twin), pytest.raises(BadInput) as refused:
        organizations.open_account(by=world.administrator, username="lan.nguyen", full_name="Nguyễn Thị Lan")

    assert list(refused.value.fields) == ["username"]
    assert not Entry.objects.exists()


def test_two_clusters_of_one_code(world):
    station = world.clusters[0].station

    with (
        overtaken(SpeakerCluster, code="SK1-09", name="Cụm khác", station=station),
        pytest.raises(BadInput) as refused,
    ):
        registry.add_cluster(
            by=world.officer, station=station, code="SK1-09", name="Cụm loa", villages=world.villages[:1]
        )

    assert list(refused.value.fields) == ["code"]
    assert not Entry.objects.exists()


def test_two_readings_of_one_form(world):
    with overtaken(LexiconWord, written="TTXH", spoken="khác"), pytest.raises(BadInput) as refused:
        newsroom.add_word(by=world.editor, written="TTXH", spoken="trật tự xã hội")

    assert list(refused.value.fields) == ["written"]


def test_one_file_imported_twice_at_once(world):
    data = TEXT.encode()
    twin = Document(file_sha256=hashlib.sha256(data).hexdigest(), imported_by=world.editor)

    with (
        overtaken(Document, file_sha256=twin.file_sha256, imported_by=world.editor),
        pytest.raises(BadInput) as refused,
    ):
        documents.import_document(data=data, file_name="ke-hoach.txt", by=world.editor)

    assert list(refused.value.fields) == ["file"]
    assert "16/KH-UBND" in refused.value.fields["file"][0]


def test_one_bulletin_sent_twice_at_once(world):
    key = ids.new_id()
    twin = {"pk": key, "title": "Họp thôn", "body": "Tối nay.", "author": world.editor}

    with overtaken(Bulletin, **twin), pytest.raises(WrongState):
        newsroom.write_bulletin(
            by=world.editor, title="Họp thôn", body="Tối nay.", rank="normal", areas=[world.son_kim], key=key
        )

    assert not Entry.objects.exists()
