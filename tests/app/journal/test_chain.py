"""The journal can be proved whole, and a reason can be erased without breaking the proof."""

import pytest
from click.testing import CliRunner

from coso.journal import actions, queries
from coso.journal.commands import journal
from coso.journal.models import Entry, EntryRef, Reason
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


@pytest.fixture
def data(settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path


def test_entries_removed_from_the_end_are_missed_by_who_kept_the_head(world, data):
    _three(world)
    head = queries.head()
    Entry.objects.filter(number__gte=2).delete()

    assert queries.verify().whole
    assert queries.verify(kept=[head]).faults == ["3: was kept as the head and is gone"]


def test_a_chain_built_anew_does_not_hold_an_older_head(world, data):
    _three(world)
    actions.keep_head()
    Entry.objects.update(number=None, previous="", hash="", verb="test.undone")
    actions.seal()

    assert queries.verify().faults == ["3: another entry stood here when the head was kept"]


def test_the_head_is_copied_out_of_the_database_when_it_has_moved(world, data):
    actions.keep_head()
    _three(world)
    actions.keep_head()
    actions.keep_head()

    assert queries.kept_heads() == [queries.head()]
    Entry.objects.filter(number=3).delete()
    assert not queries.verify().whole


def test_links_that_were_changed_are_named(world):
    _three(world)
    EntryRef.objects.filter(entry__number=2).update(ref="bulletin:9")

    assert queries.verify().faults == ["2: its links to records were changed"]


def test_the_command_prints_the_head_and_takes_it_back(world, data):
    _three(world)
    head = str(queries.head())

    printed = CliRunner().invoke(journal, ["verify"])
    Entry.objects.filter(number=3).delete()
    proved = CliRunner().invoke(journal, ["verify", "--head", head])
    wrong = CliRunner().invoke(journal, ["verify", "--head", "3:khong"])

    assert (printed.exit_code, proved.exit_code, wrong.exit_code) == (0, 1, 2)
    assert head in printed.stdout
    assert "3:khong" in wrong.stderr


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
