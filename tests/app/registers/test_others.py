"""Who may bring a register into every place that a file touched may take the file back for whoever brought it in."""

import pytest
from django.test import Client
from django.urls import reverse

from coso.journal.models import Entry
from coso.journal.ports import sentence_of
from coso.kit.errors import NotFound
from coso.organizations.rules import Role
from coso.places.models import Place
from coso.registers import actions, queries
from coso.registers.models import Import, ImportState
from tests.app.registers.support import bring
from tests.support.world import World, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]

NEAR = ["18196-01", "Thôn 1", "Xã Sơn Kim 1", 620, 170, None, None]
FAR = ["18562-01", "Thôn Đông 1", "Xã Thạch Hà", 500, 120, None, None]


def _brought(world: World, *rows: list[object]) -> Import:
    run = bring(*rows, by=world.administrator)
    return actions.commit_import(import_id=run.pk, by=world.administrator)


def test_an_officer_takes_back_what_the_province_brought_into_his_commune(world: World) -> None:
    run = _brought(world, NEAR)

    done = actions.undo_import(import_id=run.pk, by=world.officer)

    entry = Entry.objects.get(verb="register.undone")
    assert (done.state, done.undone_by) == (ImportState.UNDONE, f"person:{world.officer.pk}")
    assert Place.objects.get(code="18196-01").population is None
    assert entry.actor == f"person:{world.officer.pk}"
    assert world.administrator.full_name in sentence_of(entry)
    assert queries.seen_by(world.officer).get() == done


def test_a_file_that_touched_another_commune_is_not_there_for_him(world: World) -> None:
    run = _brought(world, NEAR, FAR)

    with pytest.raises(NotFound):
        actions.undo_import(import_id=run.pk, by=world.officer)

    assert not queries.seen_by(world.officer).exists()
    assert Place.objects.get(code="18196-01").population == 620


def test_nobody_sees_or_goes_on_with_a_file_that_another_has_not_brought_in(world: World) -> None:
    run = bring(NEAR, by=world.administrator)

    assert not queries.seen_by(world.officer).exists()
    for act in (actions.commit_import, actions.check_again, actions.undo_import):
        with pytest.raises(NotFound):
            act(import_id=run.pk, by=world.officer)


def test_who_may_not_bring_in_sees_nothing(world: World) -> None:
    _brought(world, NEAR)
    reader = person("xem", "Người Xem", Role.COMMUNE_LEADER, world.son_kim)

    assert not queries.seen_by(reader).exists()


def test_the_page_says_whose_file_it_is_and_lets_him_take_it_back(world: World, client: Client) -> None:
    run = _brought(world, NEAR)
    client.force_login(world.officer)

    listed = client.get(reverse("desk:imports")).content.decode()
    page = client.get(reverse("desk:import", args=[run.pk])).content.decode()
    answer = client.post(reverse("desk:import-undo", args=[run.pk]), follow=True)

    assert world.administrator.full_name in listed
    assert f"Tệp này do {world.administrator.full_name} nhập" in page
    assert answer.status_code == 200
    run.refresh_from_db()
    assert run.state == ImportState.UNDONE
