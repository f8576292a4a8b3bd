"""Every channel keeps the contract."""

from datetime import timedelta

import pytest

from coso.channels import actions
from coso.channels.adapters import PortalChannel
from coso.channels.ports import channel, channels
from coso.channels.testing import ChannelContract
from coso.kit import clock
from coso.newsroom.models import BulletinState
from tests.app.broadcast import support

pytestmark = pytest.mark.django_db


@pytest.fixture
def bulletin(world):
    return support.bulletin(world.officer, [world.son_kim], approved_by=world.leader)


@pytest.fixture
def villages(world):
    return [village.pk for village in world.villages]


class TestCommunicator(ChannelContract):
    @pytest.fixture
    def channel(self):
        return channel("communicator")

    @pytest.fixture
    def reach(self, world, bulletin):
        return lambda village: actions.tell_village(bulletin_id=bulletin.pk, village_id=village, by=world.officer)


class TestPortal(ChannelContract):
    @pytest.fixture
    def channel(self):
        return channel("portal")

    @pytest.fixture
    def reach(self):
        return lambda village: None  # a visit leaves no trace of who it was


def test_the_channels_of_the_spine_are_plugged_in():
    assert [one.code for one in channels()] == ["communicator", "loudspeaker", "portal", "station"]


def test_the_portal_shows_what_is_approved_public_and_not_over(bulletin):
    portal = PortalChannel()
    assert portal.shown_since(bulletin) == bulletin.approved_at

    bulletin.expires_at = clock.now() - timedelta(seconds=1)
    assert portal.shown_since(bulletin) is None
    bulletin.expires_at, bulletin.is_public = None, False
    assert portal.shown_since(bulletin) is None
    bulletin.is_public, bulletin.state = True, BulletinState.WITHDRAWN
    assert portal.shown_since(bulletin) is None
