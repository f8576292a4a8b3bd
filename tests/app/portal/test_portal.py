"""The public pages: anybody reads, hears, writes and follows, without an account."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from coso.kit import blobs, clock
from coso.listening.models import Category, Feedback
from coso.newsroom.models import Bulletin, BulletinClass, BulletinState, MediaFile, Sound, SoundState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_was_here():
    cache.clear()


def bulletin(world, *areas, state=BulletinState.APPROVED, **more):
    approved = {"approved_by": world.approver, "approved_at": clock.now()} if state == BulletinState.APPROVED else {}
    made = Bulletin.objects.create(
        **{"title": "Tiêm phòng cho trẻ", "body": "Sáng mai tại trạm y tế.", "author": world.editor, "state": state}
        | approved
        | more
    )
    made.areas.set(areas)
    return made


def with_sound(made):
    sha = blobs.put(b"0123456789" * 10)
    MediaFile.objects.create(sha256=sha, mime="audio/mpeg", bytes=100)
    Sound.objects.create(bulletin=made, revision=made.revision, state=SoundState.READY, mp3_id=sha, duration_ms=1000)
    return made


def test_a_place_is_found_without_marks(client, world):
    page = client.get(reverse("portal:home"), {"q": "son kim"}).content.decode()

    assert "Xã Sơn Kim 1" in page
    assert "Xã Thạch Hà" not in page


def test_a_village_shows_its_own_bulletins_those_above_and_no_others(client, world):
    bulletin(world, world.villages[0], title="Của thôn")
    bulletin(world, world.province, title="Của tỉnh")
    bulletin(world, world.villages[1], title="Của thôn bên")
    bulletin(world, world.son_kim, title="Chưa duyệt", state=BulletinState.SUBMITTED)
    bulletin(world, world.son_kim, title="Không công khai", is_public=False)
    bulletin(world, world.son_kim, title="Đã hết hạn", expires_at=clock.now())

    page = client.get(reverse("portal:place", args=["18196-01"])).content.decode()

    assert "Của thôn" in page
    assert "Của tỉnh" in page
    for other in ("Của thôn bên", "Chưa duyệt", "Không công khai", "Đã hết hạn"):
        assert other not in page


def test_the_place_that_was_opened_is_opened_again(client, world):
    client.get(reverse("portal:place", args=["18196-01"]))

    assert client.get(reverse("portal:home")).url == reverse("portal:place", args=["18196-01"])


@pytest.mark.parametrize(("hours", "until", "warns"), [(5, None, True), (7, None, False), (7, 1, True)])
def test_an_emergency_without_an_end_warns_as_long_as_loudspeakers_play_it(client, world, hours, until, warns):
    now = clock.now()
    expires_at = now + timedelta(hours=until) if until else None
    old = bulletin(world, world.son_kim, title="Lũ đang lên", rank=BulletinClass.EMERGENCY, expires_at=expires_at)
    Bulletin.objects.filter(pk=old.pk).update(approved_at=now - timedelta(hours=hours))

    pages = [client.get(reverse("portal:home")), client.get(reverse("portal:place", args=["18196"]))]

    assert [('role="alert"' in page.content.decode()) for page in pages] == [warns, warns]
    assert "Lũ đang lên" in pages[1].content.decode()


def test_a_place_with_many_bulletins_asks_no_more_than_one_with_few(client, world, django_assert_max_num_queries):
    for number in range(8):
        bulletin(world, world.son_kim, title=f"Bản tin {number}")
    heard = with_sound(bulletin(world, world.villages[0], title="Nghe được"))
    Bulletin.objects.filter(pk=heard.pk).update(approved_at=clock.now() - timedelta(days=1))

    with django_assert_max_num_queries(10):
        page = client.get(reverse("portal:place", args=["18196-01"])).content.decode()

    assert page.index("Nghe được") < page.index("Bản tin 7")


def test_a_withdrawn_sound_falls_silent_in_caches_within_minutes(client, world):
    made = with_sound(bulletin(world, world.son_kim))

    answer = client.get(reverse("portal:sound", args=[made.pk, "mp3"]), headers={"range": "bytes=0-0"})

    assert b"".join(answer.streaming_content) == b"0"
    assert answer["Cache-Control"] == "public, max-age=300"


def test_a_player_never_joins_two_sounds(client, world):
    made = with_sound(bulletin(world, world.son_kim))
    address = reverse("portal:sound", args=[made.pk, "mp3"])
    tag = f'"{made.sounds.get().mp3_id}"'

    same = client.get(address, headers={"range": "bytes=0-4", "if-range": tag})
    other = client.get(address, headers={"range": "bytes=0-4", "if-range": '"an older sound"'})

    assert (same.status_code, b"".join(same.streaming_content)) == (206, b"01234")
    assert (other.status_code, b"".join(other.streaming_content)) == (200, b"0123456789" * 10)


@pytest.mark.parametrize(
    "address", ["/?q=a%00", "/tin/?q=a%00", "/gui/?noi=a%00", "/hoi-dap/?noi=a%00", "/tra-cuu/?ma=%00", "/noi/a%00/"]
)
def test_a_nul_in_an_address_breaks_no_page(client, world, address):
    assert client.get(address).status_code in {200, 404}


def test_a_nul_in_the_cookie_breaks_no_page(client, world):
    client.cookies["coso_noi"] = "18196-01\\000"

    assert client.get(reverse("portal:home")).status_code == 200


def test_an_emergency_stands_on_top(client, world):
    bulletin(world, world.son_kim, title="Lũ đang lên", rank=BulletinClass.EMERGENCY)

    page = client.get(reverse("portal:place", args=["18196-01"])).content.decode()

    assert page.index("Lũ đang lên") < page.index("Gửi ý kiến", page.index("<main"))
    assert 'role="alert"' in page


@pytest.mark.parametrize(
    ("wanted", "status", "body"),
    [
        ("", 200, b"0123456789" * 10),
        ("bytes=0-4", 206, b"01234"),
        ("bytes=95-", 206, b"56789"),
        ("bytes=-3", 206, b"789"),
        ("bytes=100-", 416, b""),
        ("bytes=5-2", 200, b"0123456789" * 10),
        (f"bytes=0-{'9' * 5000}", 200, b"0123456789" * 10),
        ("lines=1-2", 200, b"0123456789" * 10),
    ],
)
def test_sound_is_given_whole_or_in_part(client, world, wanted, status, body):
    made = with_sound(bulletin(world, world.son_kim))
    address = reverse("portal:sound", args=[made.pk, "mp3"])

    answer = client.get(address, headers={"range": wanted} if wanted else {})

    assert answer.status_code == status
    assert (b"".join(answer.streaming_content) if answer.streaming else answer.content) == body


def test_what_is_not_public_is_not_there(client, world):
    made = with_sound(bulletin(world, world.son_kim, state=BulletinState.SUBMITTED))

    assert client.get(reverse("portal:bulletin", args=[made.pk])).status_code == 404
    assert client.get(reverse("portal:sound", args=[made.pk, "mp3"])).status_code == 404
    assert client.get(reverse("portal:place", args=["42"])).status_code == 404
    assert client.get(reverse("portal:place", args=["nowhere"])).status_code == 404


def form(world, **change):
    return {
        "category": Category.objects.get(code="other").pk,
        "place": "18196-01",
        "text": "Đường vào thôn ngập ba ngày rồi.",
    } | change


def test_a_resident_sends_follows_and_reads_the_answer_with_the_code_alone(client, world):
    answer = client.post(reverse("portal:send"), form(world), follow=True)

    feedback = Feedback.objects.get()
    assert feedback.code in answer.content.decode()
    assert not feedback.may_publish, "the box is unticked"
    assert feedback.contact == ""
    page = client.post(reverse("portal:follow"), {"ma": feedback.code}).content.decode()
    assert "Đường vào thôn ngập ba ngày rồi." in page
    assert "Mới" in page


@pytest.mark.parametrize(
    "change",
    [
        {"text": "ngắn"},
        {"text": "a" * 4001},
        {"place": "42"},
        {"place": "99999"},
        {"place": ""},
        {"category": "999"},
        {"category": "x"},
        {"contact": "a" * 121},
        {"website": "http://spam.example"},
    ],
    ids=str,
)
def test_a_wrong_form_says_so_keeps_the_words_and_stores_nothing(client, world, change):
    answer = client.post(reverse("portal:send"), form(world, **change))

    assert answer.status_code == 422
    assert not Feedback.objects.exists()
    assert form(world, **change)["text"] in answer.content.decode()


def test_a_flood_is_held_off_with_a_word(client, world):
    for _ in range(10):
        client.post(reverse("portal:send"), form(world))

    answer = client.post(reverse("portal:send"), form(world))

    assert answer.status_code == 422
    assert "10 phút" in answer.content.decode()
    assert Feedback.objects.count() == 10


def test_a_code_that_opens_nothing_is_said_so(client, world):
    answer = client.get(reverse("portal:follow"), {"ma": "AAAA-AAAA"})

    assert answer.status_code == 404
    assert "Không có ý kiến nào mang mã này" in answer.content.decode()


def test_the_page_after_sending_is_no_way_to_try_codes_faster(client, world):
    client.post(reverse("portal:send"), form(world))
    known = reverse("portal:sent")
    assert Feedback.objects.get().code in client.get(known).content.decode()

    client.cookies["coso_ma"] = "AAAA-AAAA"
    for _ in range(29):
        client.get(known)

    assert client.get(known).url == reverse("portal:follow")
    assert "10 phút" in client.get(reverse("portal:follow"), {"ma": "AAAA-AAAA"}).content.decode()


def test_the_code_stands_in_no_address(client, world):
    """Addresses are kept in the logs of proxies and browsers; the code opens what a resident wrote."""
    answer = client.post(reverse("portal:send"), form(world), follow=True)

    code = Feedback.objects.get().code
    page = answer.content.decode()
    assert [where for where, _status in answer.redirect_chain] == ["/gui/xong/"]
    assert code in page
    assert f"={code}" not in page
    assert f"/{code}" not in page
    assert 'method="post"' in client.get(reverse("portal:follow")).content.decode()


def test_the_page_after_sending_forgets_who_sent_nothing(client, world):
    assert client.get(reverse("portal:sent")).url == reverse("portal:follow")


def test_a_question_about_a_bulletin_remembers_it(client, world):
    made = bulletin(world, world.son_kim)

    client.post(f"{reverse('portal:send')}?tin={made.pk}", form(world))

    assert Feedback.objects.get().bulletin_ref == f"bulletin:{made.pk}"


def test_pages_carry_no_account_and_no_foreign_address(client, world):
    made = with_sound(bulletin(world, world.son_kim))
    addresses = [
        reverse("portal:home"),
        reverse("portal:bulletins"),
        reverse("portal:bulletin", args=[made.pk]),
        reverse("portal:send"),
        reverse("portal:follow"),
        reverse("portal:answers"),
    ]

    for address in addresses:
        page = client.get(address)
        assert page.status_code == 200
        assert "https://" not in page.content.decode()
        assert "sessionid" not in page.cookies


@pytest.mark.parametrize("name", ["home", "bulletins", "send", "follow", "answers"])
def test_the_portal_stands_before_any_place_is_known(db, client, name):
    answer = client.get(reverse(f"portal:{name}"))

    assert answer.status_code == 200
    assert "Cơ Sở" in answer.content.decode()
