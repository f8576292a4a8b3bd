"""Sample bulletins of the demo: what a commune would hear, each in another state, written by the demo's people."""

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import resources
from uuid import UUID

from coso.kit import clock
from coso.kit.errors import BadInput
from coso.kit.tasks import task
from coso.newsroom import actions, queries
from coso.newsroom.models import Bulletin, BulletinState
from coso.organizations.models import Person
from coso.places import queries as places
from coso.site.demo.people import DEMO_ACCOUNTS

_AHEAD = re.compile(r"\{\+(\d+)\}")
_TRIES = 20
_PAUSE = timedelta(seconds=15)


@dataclass(frozen=True)
class Sample:
    """One sample: who writes it, for where, how far it goes and who decides."""

    author: str
    rank: str
    codes: list[str]
    title: str
    body: list[str]
    """Its paragraphs; "{+6}" stands for the date in six days."""
    days: int
    """How many days it holds from today."""
    state: str
    decided_by: str = ""
    reason: str = ""


def samples() -> list[Sample]:
    """Read the samples, with dates that lie ahead of today."""
    text = resources.files("coso.site.demo").joinpath("data/bulletins.json").read_text("utf-8")
    dated = _AHEAD.sub(lambda found: (clock.today() + timedelta(days=int(found[1]))).strftime("%d/%m/%Y"), text)
    return [Sample(**row) for row in json.loads(dated)]


def load_demo_bulletins() -> None:
    """Write the samples, once; their sounds are made in the background, and what is to be approved waits for them."""
    if Bulletin.objects.filter(is_sample=True).exists():
        return
    now = clock.now()
    people = {account.username for account in DEMO_ACCOUNTS}
    known = {person.username: person for person in Person.objects.filter(username__in=people)}
    units = {place.code: place for place in places.now()}
    for sample in samples():
        author = known[sample.author]
        bulletin = actions.write_bulletin(
            by=author,
            title=sample.title,
            body="\n\n".join(sample.body),
            rank=sample.rank,
            areas=[units[code] for code in sample.codes],
            expires_at=_evening(now, sample.days),
            is_sample=True,
        )
        actions.request_sound(bulletin_id=bulletin.pk, by=author)
        _move(bulletin, sample, author, known)


def _move(bulletin: Bulletin, sample: Sample, author: Person, known: dict[str, Person]) -> None:
    if sample.state == BulletinState.DRAFT:
        return
    actions.submit_bulletin(bulletin_id=bulletin.pk, by=author)
    if sample.state == BulletinState.RETURNED:
        actions.return_bulletin(bulletin_id=bulletin.pk, by=known[sample.decided_by], reason=sample.reason)
    if sample.state == BulletinState.APPROVED:
        approve_when_heard.enqueue(bulletin_id=str(bulletin.pk), username=sample.decided_by)


def _evening(now: datetime, days: int) -> datetime:
    """Give ten in the evening after some days."""
    return clock.start_of_day(clock.local(now + timedelta(days=days)).date()) + timedelta(hours=22)


@task(queue_name="speech", priority=-10)
def approve_when_heard(bulletin_id: str, username: str, tries: int = _TRIES) -> None:
    """Approve a sample once its sound is there: nothing is approved unheard, not even in the demo.

    It looks again every 15 seconds, 20 times; on a machine without a voice the sample keeps waiting for its leader.
    """
    bulletin = Bulletin.objects.filter(pk=UUID(bulletin_id), is_sample=True, state=BulletinState.SUBMITTED).first()
    if bulletin is None:
        return
    if queries.current_sound(bulletin) is not None:
        try:
            actions.approve_bulletin(bulletin_id=bulletin.pk, by=Person.objects.get(username=username))
        except BadInput:
            return  # its time is over by now
        return
    if tries > 1 and queries.sound_under_way(bulletin) is not None:
        later = approve_when_heard.using(run_after=clock.now() + _PAUSE)
        later.enqueue(bulletin_id=bulletin_id, username=username, tries=tries - 1)
