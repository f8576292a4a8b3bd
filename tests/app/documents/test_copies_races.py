"""Two people of one body at once: a copy is received, and read, by one of them."""

from datetime import date

import pytest
from django.db import transaction

from coso.documents import actions
from coso.documents.models import Copy, Document, DocumentState
from coso.kit.errors import WrongState
from coso.organizations.models import Organization
from tests.support import world as worlds
from tests.support.races import Other, database_of_two

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def copy(tmp_path):
    with database_of_two(tmp_path):
        world = worlds.build()
        body = Organization.objects.create(
            code="ubnd-18196", name="Ủy ban nhân dân xã Sơn Kim 1", kind="commune_authority", place=world.son_kim
        )
        document = Document.objects.create(
            file_name="1.txt", file_sha256="c" * 64, file_format="text", text="x", number="1", symbol="CV",
            issued_on=date(2026, 11, 1), organization=world.department, state=DocumentState.CONFIRMED,
            structure={"recipients": ["Ủy ban nhân dân xã Sơn Kim 1"]}, imported_by=world.editor,
        )  # fmt: skip
        actions.send_document(document_id=document.pk, by=world.editor)
        yield world, Copy.objects.get(organization=body)


def test_two_who_receive_at_once_are_not_both_the_one(copy):
    world, mine = copy

    with transaction.atomic():
        actions.receive_copy(copy_id=mine.pk, by=world.officer, arrival_number="1")
        other = Other(lambda: actions.receive_copy(copy_id=mine.pk, by=world.leader, arrival_number="2")).begin()
        assert other.waits

    assert isinstance(other.done(), WrongState)
    mine.refresh_from_db()
    assert (mine.received_by, mine.arrival_number) == (world.officer, "1")


def test_a_document_that_two_send_at_once_goes_once(copy):
    world, mine = copy
    document = mine.recipient.document
    Copy.objects.all().delete()

    with transaction.atomic():
        actions.send_document(document_id=document.pk, by=world.editor)
        other = Other(lambda: actions.send_document(document_id=document.pk, by=world.editor)).begin()
        assert other.waits

    assert isinstance(other.done(), WrongState)
    assert Copy.objects.count() == 1
