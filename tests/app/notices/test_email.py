"""Notices go out by e-mail: to whoever has an address and wants them, tried again, and given up clearly."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, WrongState
from coso.kit.refs import Ref
from coso.notices import actions, ports, tasks
from coso.notices.models import Delivery, Notice, RouteChoice
from coso.site import check, options
from tests.support.mail import mail_server

pytestmark = pytest.mark.django_db
KIND = "part.reminded"
DATA = {"body": "UBND Xã Sơn Kim 1", "days": -3, "words": "Gửi biên bản"}


@pytest.fixture
def box(settings):
    """Give a mail server that the system uses."""
    with mail_server() as started:
        settings.OPTIONS = settings.OPTIONS | {
            "COSO_EMAIL_URL": started.url,
            "COSO_EMAIL_FROM": "coso@hatinh.example",
            "COSO_ADDRESS": "https://coso.example",
        }
        yield started


@pytest.fixture
def officer(world):
    world.officer.email = "dao@sonkim.example"
    world.officer.save()
    return world.officer


def tell(*people, kind=KIND):
    actions.tell(people, kind, Ref("place", "1"), DATA)


def test_a_reminder_arrives_in_vietnamese_with_the_readers_name(box, officer):
    tell(officer)

    assert tasks.deliver_due() == 1

    (message,) = box.messages
    text = message.get_content()
    assert box.recipients == ["dao@sonkim.example"]
    assert message["Subject"] == "[Cơ Sở] Đôn đốc: phần việc của UBND Xã Sơn Kim 1 đã quá hạn 3 ngày."
    assert message["Auto-Submitted"] == "auto-generated"
    assert text.startswith("Kính gửi Lê Thị Đào,\n\nĐôn đốc: phần việc của UBND Xã Sơn Kim 1 đã quá hạn 3 ngày.")
    assert "“Gửi biên bản”" in text
    assert message.get_content_type() == "text/plain"
    assert Delivery.objects.get().state == "sent"


def test_nothing_is_sent_twice(box, officer):
    tell(officer)

    assert (tasks.deliver_due(), tasks.deliver_due()) == (1, 0)
    assert len(box.messages) == 1


def test_telling_sends_nothing_by_itself_and_asks_two_questions_more(box, officer):
    with CaptureQueriesContext(connection) as asked:
        tell(officer)

    assert not box.messages
    assert len(asked) == 3


def test_only_reminders_go_out_unless_one_wants_all_or_nothing(box, officer, world):
    tell(officer, kind="part.given")
    tell(world.leader)
    assert not Delivery.objects.exists()

    actions.choose_route(person=officer, route="email", wanted="all")
    tell(officer, kind="part.given")
    assert Delivery.objects.count() == 1
    actions.choose_route(person=officer, route="email", wanted="none")
    tell(officer)
    assert not Delivery.objects.exists()


def test_without_a_mail_server_nothing_waits(officer, settings):
    settings.OPTIONS = settings.OPTIONS | {"COSO_EMAIL_URL": ""}

    tell(officer)

    assert Notice.objects.count() == 1
    assert not Delivery.objects.exists()
    assert "COSO_EMAIL_URL" in check.mail().sentence


def test_what_was_seen_on_the_desk_meanwhile_is_not_sent(box, officer):
    tell(officer)
    actions.see(officer)

    assert tasks.deliver_due() == 0
    assert not Delivery.objects.exists()


def test_a_server_that_asks_to_wait_is_tried_again_later_each_time_and_then_given_up(box, officer, monkeypatch):
    box.answer = b"451 later"
    tell(officer)
    now, waits = clock.now(), []
    for _ in range(6):
        monkeypatch.setattr(clock, "now", lambda at=now: at)
        tasks.deliver_due()
        delivery = Delivery.objects.get()
        waits.append(round((delivery.next_try_at - now).total_seconds() / 60))
        now = delivery.next_try_at

    assert waits[:5] == [1, 5, 15, 60, 240]
    assert (delivery.state, delivery.tries, delivery.problem) == ("failed", 6, "451")
    assert not box.messages


def test_an_address_that_does_not_exist_is_given_up_at_once_and_told(box, officer, world, client):
    box.answer = b"550 <dao@sonkim.example> unknown"
    tell(officer)

    tasks.deliver_due()

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.tries, delivery.problem) == ("failed", 1, "550")
    assert check.mail().level == "warning"
    client.force_login(world.administrator)
    page = client.get(reverse("notices:deliveries")).content.decode()
    assert "Máy chủ thư trả lời 550." in page
    box.answer = b"250 ok"
    client.post(reverse("notices:try-again"))
    assert tasks.deliver_due() == 1


def test_a_server_that_is_not_there_is_tried_again(officer, settings):
    settings.OPTIONS = settings.OPTIONS | {"COSO_EMAIL_URL": "smtp://127.0.0.1:1", "COSO_EMAIL_FROM": "a@b.example"}
    tell(officer)

    tasks.deliver_due()

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.tries, delivery.problem) == ("waiting", 1, "ConnectionRefusedError")


def test_an_address_with_a_line_break_never_reaches_the_server(box, officer):
    officer.__class__.objects.filter(pk=officer.pk).update(email="a@b.example\r\nBcc: c@d.example")
    officer.refresh_from_db()
    tell(officer)

    tasks.deliver_due()

    assert (Delivery.objects.get().state, Delivery.objects.get().problem, box.recipients) == ("failed", "address", [])


def test_who_died_while_sending_leaves_it_to_the_next_after_ten_minutes(box, officer, monkeypatch):
    tell(officer)
    tasks._take(Delivery.objects.get().pk)
    assert tasks.deliver_due() == 0

    late = clock.now() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "now", lambda: late)

    assert tasks.deliver_due() == 1


def test_a_person_chooses_for_himself_only(client, world, box, officer):
    client.force_login(officer)
    assert "dao@sonkim.example" in client.get(reverse("notices:routes")).content.decode()

    client.post(reverse("notices:routes"), {"wanted": "none"})

    assert list(RouteChoice.objects.values_list("person", "wanted")) == [(officer.pk, "none")]
    with pytest.raises(BadInput):
        actions.choose_route(person=officer, route="pigeon", wanted="all")


def test_only_who_keeps_the_accounts_of_the_province_sees_what_was_sent(client, world, box, officer):
    tell(officer)
    client.force_login(world.editor)

    assert client.get(reverse("notices:deliveries")).status_code == 403
    assert client.post(reverse("notices:try-again")).status_code == 403
    with pytest.raises(NotAllowed):
        actions.try_again(delivery_id=Delivery.objects.get().pk, by=world.editor)
    with pytest.raises(WrongState):
        actions.try_again(delivery_id=Delivery.objects.get().pk, by=world.administrator)


def test_many_e_mails_cost_no_more_questions_than_one(client, world, box, officer):
    client.force_login(world.administrator)

    def count():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("notices:deliveries")).status_code == 200
        return len(asked)

    tell(officer)
    count()
    few = count()
    for _ in range(20):
        tell(officer)

    assert count() == few


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp://h:port"])
def test_an_address_that_is_no_mail_server_is_refused_at_the_start(url):
    with pytest.raises(options.BadOption):
        options.load({"COSO_EMAIL_URL": url, "COSO_EMAIL_FROM": "a@b.example"})


def test_a_mail_server_needs_an_address_to_send_from():
    with pytest.raises(options.BadOption):
        options.load({"COSO_EMAIL_URL": "smtp://mail.example"})

    assert options.load({"COSO_EMAIL_URL": "smtps://mail.example", "COSO_EMAIL_FROM": "a@b.example"})
    assert ports.route_of("email") is not None
