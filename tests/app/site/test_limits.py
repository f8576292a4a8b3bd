"""Limits count for the whole system, by the visitor's address, and large forms arrive whole."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse

from coso.kit import clock
from coso.site.models import CacheRow, sweep

pytestmark = pytest.mark.django_db


def signs_in(client, address: str, login: str, password: str):
    told = {"login": login, "password": password}
    return client.post(reverse("account_login"), told, headers={"X-Forwarded-For": address})


def test_what_one_process_counts_every_process_sees(db) -> None:
    cache.set("dem", 5, 60)

    assert CacheRow.objects.filter(cache_key__endswith="dem").count() == 1


def test_counts_are_not_thrown_away_when_many_addresses_knock(db) -> None:
    for number in range(400):
        cache.set(f"dia-chi-{number}", 1, 60)

    assert len(cache.get_many([f"dia-chi-{number}" for number in range(400)])) == 400


def test_what_has_expired_is_swept_away(db) -> None:
    cache.set("cu", 1, 60)
    CacheRow.objects.update(expires=clock.now() - timedelta(seconds=1))
    cache.set("moi", 1, 60)

    assert sweep() == 1
    assert cache.get("moi") == 1


def test_behind_a_proxy_one_visitor_locks_nobody_else_out(client, world, settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    for number in range(10):
        signs_in(client, "203.0.113.7", f"nguoi{number}", "sai")

    assert "Đăng nhập sai quá nhiều lần." in signs_in(client, "203.0.113.7", "nguoi", "sai").content.decode()
    assert signs_in(client, "198.51.100.9", "canbo", "mat-khau-thu-nghiem").status_code == 302


def test_a_page_of_hundreds_of_tasks_can_be_sent(rf) -> None:
    fields = {f"task-{number}": "x" for number in range(3000)}

    request: HttpRequest = rf.post("/", fields)

    assert len(request.POST) == 3000
