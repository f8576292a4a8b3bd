"""Two people confirm one document at once: it becomes work once."""

import threading
from pathlib import Path

import pytest
from django.db import connections

from coso.documents import actions
from coso.documents.models import DocumentState
from coso.kit.errors import WrongState
from coso.plans.models import Task
from tests.support import world as made

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

SEED = (Path(__file__).parents[2] / "support" / "data" / "seed.txt").read_bytes()


def test_two_who_confirm_at_once_make_the_work_once():
    world = made.build()
    document = actions.import_document(data=SEED, file_name="ke-hoach-82.txt", by=world.editor)
    start, refused = threading.Barrier(2), []

    def confirm(by):
        try:
            start.wait(timeout=20)
            actions.confirm_document(document_id=document.pk, by=by)
        except Exception as error:
            refused.append(error)
        finally:
            connections.close_all()

    people = [threading.Thread(target=confirm, args=[by]) for by in (world.editor, world.approver)]
    for one in people:
        one.start()
    for one in people:
        one.join(timeout=60)

    document.refresh_from_db()
    assert [type(error) for error in refused] == [WrongState]
    assert document.state == DocumentState.CONFIRMED
    assert Task.objects.filter(document=document).count() == 15
