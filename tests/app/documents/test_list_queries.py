"""The lists ask the database as often for many rows as for one."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coso.documents.models import Document, DocumentState

pytestmark = pytest.mark.django_db


def _document(world, number):
    return Document.objects.create(
        file_name=f"{number}.txt",
        file_sha256=f"{number:064d}",
        file_format="text",
        text="x",
        number=str(number),
        symbol="KH-UBND",
        state=DocumentState.CONFIRMED,
        imported_by=world.editor,
    )


def _count(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_list_of_documents(client, world):
    cache.clear()
    client.force_login(world.editor)
    _document(world, 1)
    client.get(reverse("documents:documents"))

    few = _count(client, reverse("documents:documents"))
    for number in range(2, 25):
        _document(world, number)

    assert _count(client, reverse("documents:documents")) == few
