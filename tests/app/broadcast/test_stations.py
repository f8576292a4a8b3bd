"""What a station on no network has played is stated by its officer, in one touch, and counts as his word."""

import pytest
from django.urls import reverse

from coso.broadcast import actions, queries
from coso.broadcast.models import StatedPlay
from coso.channels import actions as channels
from coso.channels.ports import channel
from coso.channels.testing import ChannelContract
from coso.journal.models import Entry
from coso.journal.ports import sentence_of
from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from coso.newsroom.models import BulletinState
from tests.app.broadcast import support

pytestmark = pytest.mark.django_db


@pytest.fixture
def bulletin(world):
    return support.bulletin(world.officer, [world.son_kim], approved_by=world.leader)


@pytest.fixture
def station(world):
    """The station of Sơn Kim 1, whose first cluster is on no network."""
    world.clusters[0].is_networked = False
    world.clusters[0].save()
    return world.clusters[0].station


def _states(bulletin):
    return [(row.village.name, str(row.state), str(row.ground), row.by_whom) for row in queries.reach_of(bulletin)]


def test_the_villages_of_its_offline_loudspeakers_count_as_played_by_the_officers_word(world, bulletin, station):
    stated = actions.state_played(bulletin_id=bulletin.pk, station_id=station.pk, by=world.officer)

    assert _states(bulletin)[0] == ("Thôn 1", "played", "stated", "Lê Thị Đào")
    assert [row[1] for row in _states(bulletin)[1:]] == ["not_reached", "not_reached"]
    assert queries.reach_of(bulletin)[0].played_at == stated.stated_at
    entry = Entry.objects.get(verb="reach.play_stated")
    assert entry.refs == [f"bulletin:{bulletin.pk}", f"place:{world.son_kim.pk}"]
    assert sentence_of(entry) == "Xác nhận Đài truyền thanh xã Sơn Kim 1 đã phát bản tin."


def test_it_weighs_more_than_a_telling_and_less_than_a_device(world, bulletin, station):
    world.clusters[1].villages.add(world.villages[0])
    box = support.box(world.clusters[1], world.officer)
    channels.tell_village(bulletin_id=bulletin.pk, village_id=world.villages[0].pk, by=world.communicator)

    actions.state_played(bulletin_id=bulletin.pk, station_id=station.pk, by=world.officer)
    by_word = _states(bulletin)[0]
    actions.take_ask(box.device, support.ask(support.report(bulletin)))

    assert by_word == ("Thôn 1", "played", "stated", "Lê Thị Đào")
    assert _states(bulletin)[0] == ("Thôn 1", "played", "reported", "Cụm loa Thôn 2")


def test_saying_it_twice_is_saying_it_once(world, bulletin, station):
    first = actions.state_played(bulletin_id=bulletin.pk, station_id=station.pk, by=world.officer)

    assert actions.state_played(bulletin_id=bulletin.pk, station_id=station.pk, by=world.officer) == first
    assert Entry.objects.filter(verb="reach.play_stated").count() == 1


def test_it_is_taken_back(world, bulletin, station):
    actions.state_played(bulletin_id=bulletin.pk, station_id=station.pk, by=world.officer)

    with pytest.raises(NotAllowed):
        actions.withdraw_played(bulletin_id=bulletin.pk, station_id=station.pk, by=world.other_officer)
    actions.withdraw_played(bulletin_id=bulletin.pk, station_id=station.pk, by=world.officer)

    assert _states(bulletin)[0][1] == "not_reached"
    assert Entry.objects.filter(verb="reach.play_withdrawn").count() == 1
    with pytest.raises(NotFound):
        actions.withdraw_played(bulletin_id=bulletin.pk, station_id=station.pk, by=world.officer)


def _refused(bulletin, station, by, error):
    with pytest.raises(error):
        actions.state_played(bulletin_id=bulletin.pk, station_id=station.pk, by=by)

    assert not StatedPlay.objects.exists()
    assert not Entry.objects.filter(verb="reach.play_stated").exists()


@pytest.mark.parametrize("who", ["communicator", "other_officer", "leader", "approver", "administrator"])
def test_nobody_else_states_it(world, bulletin, station, who):
    _refused(bulletin, station, getattr(world, who), NotAllowed)


def test_nobody_states_it_for_loudspeakers_that_report_themselves(world, bulletin):
    _refused(bulletin, world.clusters[0].station, world.officer, BadInput)


def test_nobody_states_it_of_a_bulletin_that_is_not_approved(world, bulletin, station):
    bulletin.state = BulletinState.WITHDRAWN
    bulletin.save()

    _refused(bulletin, station, world.officer, WrongState)


def test_the_officer_does_it_in_one_touch_on_the_page_of_the_reach(world, bulletin, station, client):
    page = reverse("broadcast:reach", args=[bulletin.pk])
    client.force_login(world.officer)
    before = client.get(page).content.decode()

    answer = client.post(reverse("broadcast:state-played", args=[bulletin.pk, station.pk]), follow=True)

    assert "Đài đã phát" in before
    assert answer.redirect_chain == [(page, 302)]
    assert "đã phát, theo xác nhận của Lê Thị Đào" in answer.content.decode()
    client.post(reverse("broadcast:withdraw-played", args=[bulletin.pk, station.pk]))
    assert not StatedPlay.objects.filter(withdrawn_at=None).exists()


def test_a_page_without_such_a_station_says_nothing_of_them(world, bulletin, client):
    client.force_login(world.officer)

    assert "Đài chưa nối mạng" not in client.get(reverse("broadcast:reach", args=[bulletin.pk])).content.decode()


class TestStation(ChannelContract):
    @pytest.fixture
    def villages(self, world):
        return [village.pk for village in world.villages]

    @pytest.fixture
    def channel(self):
        return channel("station")

    @pytest.fixture
    def reach(self, world, bulletin, station):
        return lambda village: actions.state_played(bulletin_id=bulletin.pk, station_id=station.pk, by=world.officer)
