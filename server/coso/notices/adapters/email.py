"""Notices by e-mail: plain text in Vietnamese, through the mail server of the province."""

import re
import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coso.kit.refs import Ref, describe
from coso.notices.models import Delivery
from coso.notices.ports import NotNow, Refused, Route, wording_of
from coso.organizations.models import Person

KEY = "email"
TIMEOUT_S = 20
LONGEST_SUBJECT = 120
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def is_on() -> bool:
    """Tell whether this system sends e-mail."""
    return bool(settings.OPTIONS["COSO_EMAIL_URL"])


def has_address(person: Person) -> bool:
    """Tell whether a person has an e-mail address."""
    return bool(person.email)


def message_of(delivery: Delivery) -> EmailMessage:
    """Write the e-mail: what the notice says and where its record is; no personal data but the reader's name.

    Numbered by the delivery, so that a mail server that is sent it twice after a broken line may know it again.
    """
    notice, sender = delivery.notice, settings.OPTIONS["COSO_EMAIL_FROM"]
    message = EmailMessage()
    with translation.override("vi"):
        said = wording_of(notice)
        record = describe(Ref.parse(notice.ref), notice.person)
        lines = [_("Dear %(name)s,") % {"name": notice.person.full_name}, said]
        if record and settings.OPTIONS["COSO_ADDRESS"]:
            lines.append(_("Read more: %(address)s") % {"address": settings.OPTIONS["COSO_ADDRESS"] + record[1]})
        lines.append(
            _("This e-mail was sent by the grassroots information system Cơ Sở. Choose what you get by e-mail there.")
        )
        subject = re.sub(r"\s+", " ", said.split("“", 1)[0]).strip()
    message["Subject"] = f"[Cơ Sở] {subject}"[:LONGEST_SUBJECT]
    message["From"] = sender
    message["To"] = notice.person.email
    message["Date"] = formatdate(notice.created_at.timestamp())
    message["Message-ID"] = f"<notice-{notice.pk}-{delivery.pk}@{sender.partition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n\n".join(lines) + "\n", cte="base64")
    return message


def send(delivery: Delivery) -> None:
    """Hand one e-mail to the mail server; raise NotNow or Refused, in words without an address."""
    try:
        message = message_of(delivery)
    except ValueError:
        # A line break or worse in an address: nothing of it reaches the mail server.
        raise Refused("address") from None
    try:
        with _server(urlsplit(settings.OPTIONS["COSO_EMAIL_URL"])) as server:
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        raise _judged(next(iter(error.recipients.values()))[0]) from None
    except smtplib.SMTPAuthenticationError:
        raise NotNow("535") from None
    except smtplib.SMTPResponseException as error:
        raise _judged(error.smtp_code) from None
    except (smtplib.SMTPException, OSError) as error:
        raise NotNow(type(error).__name__) from None


def _judged(code: int) -> Exception:
    return Refused(str(code)) if 500 <= code < 600 else NotNow(str(code))


def _server(where: SplitResult) -> smtplib.SMTP:
    """Open the line to the mail server; TLS where it is asked for or offered, no password without it."""
    context, host = ssl.create_default_context(), where.hostname or ""
    server: smtplib.SMTP
    if where.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, where.port or 465, timeout=TIMEOUT_S, context=context)
    else:
        server = smtplib.SMTP(host, where.port or 25, timeout=TIMEOUT_S)
    try:
        is_closed = where.scheme == "smtps"
        if where.scheme != "smtps":
            server.ehlo()
            if where.scheme == "smtp+starttls" or server.has_extn("starttls"):
                server.starttls(context=context)
                is_closed = True
        if where.username:
            if not is_closed and host not in LOOPBACK:
                raise smtplib.SMTPNotSupportedError("TLS")
            server.login(unquote(where.username), unquote(where.password or ""))
    except BaseException:
        with suppress(OSError):
            server.close()
        raise
    return server


ROUTE = Route(KEY, gettext_lazy("E-mail"), is_on, has_address, send)
