"""The journal can be proved whole, and a reason can be erased without breaking the proof."""

import pytest

from coso.journal import actions, queries
from coso.journal.models import Entry, Reason
from coso.kit import clock
from coso.kit.refs import Ref

pytestmark = pytest.mark.django_db


def _three(world):
    for i in range(3):
        actions.record("test.done", by=world.editor, refs=[Ref("bulletin", str(i))], reason=f"vì lý do {i}")
    actions.seal()


def test_sealed_entries_are_whole(world):
    _three(world)

    proof = queries.verify()

    assert (proof.sealed, proof.unsealed, proof.faults) == (3, 0, [])


def test_a_changed_entry_is_named(world):
    _three(world)
    Entry.objects.filter(number=2).update(verb="test.undone")

    proof = queries.verify()

    assert proof.faults == ["2: was changed after it was sealed"]


def test_a_removed_entry_is_noticed(world):
    _three(world)
    Entry.objects.filter(number=2).delete()

    proof = queries.verify()

    assert proof.faults == ["3: expected number 2", "3: does not follow the entry before it"]


def test_an_erased_reason_leaves_the_chain_whole(world):
    _three(world)

    actions.erase_reason(Entry.objects.get(number=1), by=world.administrator)

    assert Reason.objects.get(entry__number=1).text == ""
    assert queries.verify().whole
    assert queries.verify().unsealed == 1


@pytest.mark.parametrize(
    "tamper",
    [
        lambda reasons: reasons.delete(),
        lambda reasons: reasons.update(text="vì lý do khác"),
        lambda reasons: reasons.update(text="vì lý do khác", erased_at=clock.now()),
    ],
    ids=["removed", "changed", "changed as if erased"],
)
def test_a_reason_that_was_tampered_with_is_named(world, tamper):
    _three(world)

    tamper(Reason.objects.filter(entry__number=2))

    assert queries.verify().faults == ["2: its reason was changed"]


def test_a_history_names_each_actor_once_however_often_he_acted(world, django_assert_num_queries):
    record = Ref("bulletin", "7")
    for number in range(5):
        actions.record("test.done", by=world.editor, refs=[record], reason=f"vì lý do {number}")

    with django_assert_num_queries(2):
        told = queries.told(record, most=4)

    assert [line.note for line in told] == [f"vì lý do {number}" for number in (4, 3, 2, 1)]
    assert {line.by for line in told} == {world.editor.full_name}
    assert {line.note for line in queries.told(record, with_reasons=False)} == {""}


def test_history_lists_what_concerns_a_record(world):
    _three(world)

    entries = list(queries.history(Ref("bulletin", "1")))

    assert [entry.reason.text for entry in entries] == ["vì lý do 1"]
