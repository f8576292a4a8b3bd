"""Choosing a place in a form: words, matches, one of them; never more than a person's rights reach."""

import pytest
from django.urls import reverse

from coso.organizations.choosing import FEW, offer_of
from coso.organizations.models import Post
from coso.organizations.rules import Role
from coso.places.models import Level
from tests.support.world import World, person, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(world: World) -> World:
    """Give Sơn Kim 1 more villages than stand in an ordinary list."""
    for number in range(10, 10 + FEW):
        place(f"18196-{number}", f"Thôn {number}", Level.VILLAGE, world.son_kim)
    return world


def _ask(client, words: str, key: str = "vi-tri", **more: str):
    return client.get(reverse("organizations:find-place", args=[key]), {"q": words, **more})


def _sends(client, world: World, **told: str):
    page = reverse("organizations:give-post", args=[world.officer.pk])
    return client.post(page, {"role": Role.COMMUNE_LEADER, **told})


def _posts(world: World) -> int:
    return Post.objects.filter(person=world.officer).count()


def test_a_search_answers_with_values_and_words(many, client):
    client.force_login(many.administrator)

    answer = _ask(client, "thon 1 son kim")

    assert answer.json()["options"][0] == {"value": str(many.villages[0].pk), "words": "Thôn 1, xã Sơn Kim 1"}
    assert answer["Cache-Control"] == "no-store"


def test_nobody_finds_a_place_beyond_his_rights(many, client):
    client.force_login(person("quantri.sonkim", "Cao Thị Liên", Role.ADMINISTRATOR, many.son_kim))

    assert _ask(client, "thach ha").json() == {"options": [], "more": False}
    assert _ask(client, "son kim 1").json()["options"][0]["words"] == "Xã Sơn Kim 1"


def test_the_search_of_a_form_is_closed_to_who_lacks_its_right(many, client):
    client.force_login(many.communicator)

    assert _ask(client, "son kim").status_code == 403
    assert _ask(client, "son kim", key="khong-co").status_code == 404


def test_every_offer_of_a_form_is_closed_to_the_communicator_and_answers_the_administrator(many, client):
    keys = ["vi-tri", "co-quan", "dai", "thiet-che", "dot-kiem-tra", "luot-luu-dong", "don-vi-tren", "don-vi-ke-thua"]
    answers = {}
    for who in (many.communicator, many.administrator):
        client.force_login(who)
        answers[who.username] = [_ask(client, "ha tinh", key=key).status_code for key in keys]

    assert answers[many.communicator.username] == [403] * len(keys)
    expected = [200 if _may(many, key) else 403 for key in keys]
    assert answers[many.administrator.username] == expected
    assert 200 in expected


def _may(world: World, key: str) -> bool:
    from coso.organizations import policies

    return policies.may(world.administrator, offer_of(key).right)


def test_few_places_stand_in_an_ordinary_list_said_with_what_they_lie_in(world, client):
    client.force_login(person("quantri.sonkim", "Cao Thị Liên", Role.ADMINISTRATOR, world.son_kim))

    page = client.get(reverse("organizations:invite")).content.decode()

    assert f'<option value="{world.villages[0].pk}">Thôn 1, xã Sơn Kim 1</option>' in page
    assert "data-search-choice" not in page


def test_finding_without_a_script_offers_matches_and_keeps_what_was_typed(many, client):
    client.force_login(many.administrator)

    answer = _sends(client, many, **{"place-words": "thon 2", "place-find": "1", "decision": "Số 7/QĐ-UBND"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'type="radio" name="place" id="id_place_1" value="{many.villages[1].pk}"' in page
    assert "Số 7/QĐ-UBND" in page
    assert "field-errors" not in page
    assert _posts(many) == 1


def test_the_one_chosen_among_the_matches_gets_the_post(many, client):
    client.force_login(many.administrator)
    chosen = str(many.villages[1].pk)

    answer = _sends(client, many, **{"place-words": "thon 2", "place-asked": "thon 2", "place": chosen})

    assert answer.status_code == 302
    assert Post.objects.filter(person=many.officer, place=many.villages[1]).exists()


def test_enter_in_another_field_sends_the_form_though_the_browser_says_find(many, client):
    client.force_login(many.administrator)
    told = {"place-words": "thon 2", "place-asked": "thon 2", "place-find": "1", "place": str(many.villages[1].pk)}

    assert _sends(client, many, **told).status_code == 302


def test_words_that_mean_one_place_alone_need_no_choice(many, client):
    client.force_login(many.administrator)

    assert _sends(client, many, **{"place-words": "thôn 2, xã sơn kim 1"}).status_code == 302
    assert Post.objects.filter(person=many.officer, place=many.villages[1]).exists()


@pytest.mark.parametrize(
    ("words", "said"), [("son kim thon", "Hãy chọn một trong các nơi tìm thấy."), ("atlantis", "Không nơi nào có tên")]
)
def test_words_that_mean_several_or_none_are_asked_about(many, client, words, said):
    client.force_login(many.administrator)

    answer = _sends(client, many, **{"place-words": words})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert _posts(many) == 1


def test_other_words_than_those_of_the_choice_never_save_the_old_choice(many, client):
    client.force_login(many.administrator)
    told = {"place": str(many.villages[0].pk), "place-asked": "Thôn 1, xã Sơn Kim 1"}

    answer = _sends(client, many, **told, **{"place-words": "son kim thon"})

    assert answer.status_code == 422
    assert _posts(many) == 1


def test_a_place_beyond_ones_rights_is_refused_by_its_number_too(many, client):
    client.force_login(person("quantri.sonkim", "Cao Thị Liên", Role.ADMINISTRATOR, many.son_kim))

    answer = _sends(client, many, place=str(many.thach_ha.pk))

    assert answer.status_code == 422
    assert _posts(many) == 1


def test_a_number_that_is_none_is_refused_in_words(many, client):
    client.force_login(many.administrator)

    for value in ("x", "9" * 40, "-1", "\0"):
        assert _sends(client, many, place=value).status_code == 422
    assert _posts(many) == 1
