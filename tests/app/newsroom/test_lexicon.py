"""The lexicon: our readings win over the shipped ones."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from coso.journal.models import Entry
from coso.kit.errors import BadInput, NotAllowed, NotFound
from coso.newsroom import actions
from coso.newsroom.models import LexiconWord
from coso.organizations.rules import Role
from tests.support.world import person

from .test_pages import _text, desk  # noqa: F401 a fixture

pytestmark = pytest.mark.django_db


def _add(by, **more):
    return actions.add_word(by=by, **{"written": "TTXH", "spoken": "trật tự xã hội", **more})


def test_a_reading_is_added_changed_and_removed_with_an_entry_each(world):
    word = _add(world.editor)
    actions.change_word(word_id=word.pk, by=world.editor, written="TTXH", spoken="trật tự, xã hội")
    actions.change_word(word_id=word.pk, by=world.editor, written="TTXH", spoken="trật tự, xã hội")
    actions.remove_word(word_id=word.pk, by=world.administrator)

    assert not LexiconWord.objects.exists()
    verbs = {entry.verb for entry in Entry.objects.all()}
    assert (Entry.objects.count(), verbs) == (3, {"lexicon.added", "lexicon.changed", "lexicon.removed"})


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"written": " "}, "written"),
        ({"written": "x" * 61}, "written"),
        ({"spoken": ""}, "spoken"),
        ({"spoken": "cấp 4"}, "spoken"),
        ({"spoken": "và/hoặc"}, "spoken"),
        ({"note": "x" * 201}, "note"),
    ],
)
def test_a_reading_that_cannot_be_spoken_is_refused(world, wrong, field):
    with pytest.raises(BadInput) as refusal:
        _add(world.editor, **wrong)

    assert list(refusal.value.fields) == [field]
    assert not LexiconWord.objects.exists()
    assert not Entry.objects.exists()


def test_one_form_has_one_reading_at_one_place(world):
    _add(world.editor)
    _add(world.editor, before="ban")

    with pytest.raises(BadInput):
        _add(world.editor, spoken="thông tin xã hội")

    assert LexiconWord.objects.count() == 2


@pytest.mark.parametrize("who", ["approver", "officer", "leader", "communicator", "auditor"])
def test_who_does_not_keep_the_lexicon_is_refused(world, who):
    word = LexiconWord.objects.create(written="A", spoken="a")
    person = getattr(world, who)

    for act in (
        lambda: _add(person),
        lambda: actions.change_word(word_id=word.pk, by=person, written="A", spoken="b"),
        lambda: actions.remove_word(word_id=word.pk, by=person),
    ):
        with pytest.raises(NotAllowed):
            act()

    assert [str(one) for one in LexiconWord.objects.all()] == ["A → a"]


def test_a_reading_that_is_gone_is_not_found(world):
    with pytest.raises(NotFound):
        actions.remove_word(word_id=5, by=world.editor)


def test_the_list_shows_ours_beside_the_shipped_and_finds_without_marks(world, desk):  # noqa: F811
    _add(world.editor)

    page = _text(desk("editor").get(reverse("newsroom:lexicon"), {"q": "trat tu xa hoi"}))

    assert "TTXH" in page
    assert "Của cơ quan" in page
    assert "Thêm cách đọc" in page


def test_the_list_is_filtered_and_exported(world, desk):  # noqa: F811
    _add(world.editor)

    answer = desk("officer").get(reverse("newsroom:lexicon"), {"nguon": "own", "export": "xlsx"})

    rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    assert rows[0][:2] == ("Chữ viết", "Đọc là")
    assert [row[0] for row in rows[1:]] == ["TTXH"]


def test_a_sentence_is_tried_with_our_readings(world, desk):  # noqa: F811
    _add(world.editor)

    page = _text(desk("officer").get(reverse("newsroom:lexicon"), {"thu": "Giữ gìn TTXH <b>tại</b> 3 thôn."}))

    assert "Giữ gìn trật tự xã hội" in page
    assert "ba thôn" in page


def test_the_form_adds_and_tells_what_is_wrong(world, desk):  # noqa: F811
    client, form = desk("editor"), {"written": "TTXH", "spoken": "trật tự 2"}

    refused = client.post(reverse("newsroom:add_word"), form)
    added = client.post(reverse("newsroom:add_word"), {**form, "spoken": "trật tự xã hội"}, follow=True)

    assert refused.status_code == 422
    assert "Hãy viết cách đọc bằng chữ, không có chữ số và dấu “/”." in _text(refused)
    assert "Từ nay “TTXH” đọc là “trật tự xã hội”." in _text(added)


def test_the_page_of_a_reading_changes_and_removes_it_once(world, desk):  # noqa: F811
    word, client = _add(world.editor), desk("administrator")

    client.post(reverse("newsroom:word", args=[word.pk]), {"written": "TTXH", "spoken": "trật tự"})
    word.refresh_from_db()
    spoken = word.spoken
    client.post(reverse("newsroom:remove_word", args=[word.pk]))
    again = client.post(reverse("newsroom:remove_word", args=[word.pk]), follow=True)

    assert spoken == "trật tự"
    assert again.status_code == 200
    assert not LexiconWord.objects.exists()


def test_a_commune_changes_no_reading_of_the_province(client, world):
    local = person("quantri.sonkim", "Cao Thị Liên", Role.ADMINISTRATOR, world.son_kim)
    word = _add(world.editor)
    client.force_login(local)

    with pytest.raises(NotAllowed):
        _add(local, written="XYZ")
    with pytest.raises(NotAllowed):
        actions.remove_word(word_id=word.pk, by=local)

    assert client.get(reverse("newsroom:add_word")).status_code == 403
    assert client.get(reverse("newsroom:word", args=[word.pk])).status_code == 403
    assert reverse("newsroom:add_word") not in client.get(reverse("newsroom:lexicon")).content.decode()
    assert list(LexiconWord.objects.all()) == [word]
