"""A session ends twelve hours after its last use, and whoever comes back lands on a page."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse

from coso.kit import clock
from coso.organizations.doors import USED_AT

pytestmark = pytest.mark.django_db

PAGE = "/ban-lam-viec/y-kien/"


def _ends_at():
    return Session.objects.get().expire_date


def test_whoever_goes_on_working_stays_signed_in(client, world) -> None:
    client.force_login(world.officer)
    session = client.session
    session[USED_AT] -= 3600
    session.save()
    Session.objects.update(expire_date=clock.now() + timedelta(minutes=30))

    client.get(PAGE)

    assert _ends_at() > clock.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE - 60)


def test_a_session_is_not_written_at_every_click(client, world) -> None:
    client.force_login(world.officer)
    Session.objects.update(expire_date=clock.now() + timedelta(minutes=30))

    client.get(PAGE)

    assert _ends_at() < clock.now() + timedelta(minutes=31)


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/ban-lam-viec/ban-tin/viet/?nhiem_vu=3", "/ban-lam-viec/ban-tin/viet/%3Fnhiem_vu%3D3"),
        ("https://elsewhere.example/x", "/ban-lam-viec/"),
        ("", "/ban-lam-viec/"),
    ],
)
def test_after_a_form_that_came_too_late_one_comes_back_to_its_page(client, db, came_from: str, back: str) -> None:
    address = reverse("documents:confirm", args=["00000000-0000-7000-8000-000000000000"])

    answer = client.post(address, headers={"Referer": came_from})

    assert answer["Location"] == f"/tai-khoan/login/?next={back}"
    assert "Nội dung vừa gửi chưa được lưu" in client.get(answer["Location"]).content.decode()
