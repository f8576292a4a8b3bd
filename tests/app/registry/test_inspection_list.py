"""The list of all inspections: found by facility, narrowed by result, within one's places only."""

import pytest
from django.urls import reverse

from coso.registry.models import Inspection
from tests.app.registry.inspecting import BAD, filled, opened
from tests.support.merged import merge
from tests.support.world import World

pytestmark = pytest.mark.django_db


def names(client, **asked):
    page = client.get(reverse("registry:inspections"), asked)
    return [row["record"].facility.name for row in page.context["rows"]]


def test_an_inspection_is_found_without_marks_by_its_facility_or_commune(client, world: World) -> None:
    filled(world, opened(world))
    client.force_login(world.officer)

    assert names(client, q="dai truyen thanh") == ["Đài truyền thanh xã Sơn Kim 1"]
    assert names(client, q="son kim dai") == ["Đài truyền thanh xã Sơn Kim 1"]
    assert names(client, q="thach ha") == []


def test_an_inspection_of_a_commune_that_went_into_another_is_found_by_both_names(client, world: World) -> None:
    filled(world, opened(world))
    new = merge(world)
    client.force_login(new.officer)

    assert names(client, q="huong kim") == ["Đài truyền thanh xã Sơn Kim 1"]
    assert names(client, q="dai son kim") == ["Đài truyền thanh xã Sơn Kim 1"]
    assert names(client, q="huong kim thach ha") == []


def test_the_list_is_narrowed_to_inspections_with_findings(client, world: World) -> None:
    filled(world, opened(world), BAD)
    client.force_login(world.officer)

    assert len(names(client, result="findings")) == 1
    assert names(client, result="order") == []


def test_another_commune_sees_none_of_it(client, world: World) -> None:
    filled(world, opened(world))
    client.force_login(world.other_officer)

    assert names(client) == []


def test_more_inspections_take_no_more_questions(client, world: World, django_assert_max_num_queries) -> None:
    filled(world, opened(world))
    done = Inspection.objects.get()
    client.force_login(world.officer)
    for _turn in range(12):
        done.pk, done.round = None, None
        done._state.adding = True
        done.id = Inspection._meta.get_field("id").get_default()
        done.save()

    with django_assert_max_num_queries(14):
        page = client.get(reverse("registry:inspections"))

    assert page.context["found"] == 13
