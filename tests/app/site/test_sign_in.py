"""The sign-in page of a demonstration shows who may sign in; no other sign-in page does."""

from django.urls import reverse

from coso.site.demo import DEMO_ACCOUNTS, DEMO_PASSWORD


def _demo(settings, on: bool) -> None:
    settings.OPTIONS = {**settings.OPTIONS, "COSO_DEMO": on}


def test_the_sign_in_page_of_a_demonstration_shows_every_account_and_the_password(client, db, settings) -> None:
    _demo(settings, on=True)

    page = client.get(reverse("account_login")).content.decode()

    assert [account.username for account in DEMO_ACCOUNTS if account.username not in page] == []
    assert page.count(f'value="{DEMO_PASSWORD}"') == len(DEMO_ACCOUNTS)


def test_no_other_sign_in_page_shows_accounts(client, db, settings) -> None:
    _demo(settings, on=False)

    page = client.get(reverse("account_login")).content.decode()

    assert DEMO_PASSWORD not in page
    assert [account.username for account in DEMO_ACCOUNTS if account.username in page] == []


def test_one_press_leads_to_the_page_that_was_asked_for(client, db, settings) -> None:
    _demo(settings, on=True)

    page = client.get(reverse("account_login"), {"next": "/ban-lam-viec/tim/"}).content.decode()

    assert page.count('name="next" value="/ban-lam-viec/tim/"') == len(DEMO_ACCOUNTS) + 2, (
        "each demo account, the form of the password, that of the passkey"
    )
