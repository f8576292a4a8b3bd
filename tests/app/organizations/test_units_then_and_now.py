"""Members of the networks and invitations stand under the unit of today, or under that of their day."""

from datetime import date

import pytest
from django.urls import reverse

from coso.organizations.models import Communicator
from tests.support.merged import merge

pytestmark = pytest.mark.django_db


def _shown(answer, label):
    place = next(i for i, head in enumerate(answer.context["heads"]) if str(head["label"]).startswith(label))
    return [str(row["cells"][place].shown) for row in answer.context["rows"]]


def test_a_communicator_recognised_by_a_commune_of_then_is_in_the_list_of_the_commune_of_today(client, world):
    Communicator.objects.create(
        full_name="Đặng Văn Ấm", place=world.son_kim, decision="12/QĐ-UBND", decided_on=date(2025, 8, 1)
    )
    new = merge(world)
    client.force_login(new.officer)
    address = reverse("organizations:network", args=["tuyen-truyen-vien"])

    now = client.get(address)
    then = client.get(address, {"don-vi": "khi-do"})

    assert _shown(now, "Thuộc") == ["Xã Hương Kim"]
    assert _shown(then, "Thuộc") == ["Xã Sơn Kim 1"]
