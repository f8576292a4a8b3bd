"""Files whose time is over are erased, with the values that they replaced; the journal says that they were."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from coso.journal.actions import record
from coso.kit import clock
from coso.kit.keeping import erase_unheld
from coso.kit.refs import Ref
from coso.registers.models import Import, ImportedRow
from coso.registers.rules.states import State

BATCH = 100
_BUSY = [str(State.WRITING), str(State.UNDOING)]


def erase_old() -> int:
    """Erase the files of imports older than `COSO_IMPORTS_KEPT_DAYS`, some at a time; give how many imports.

    A list of people holds names and telephone numbers: what a register keeps is enough afterwards. An import that is
    being written or taken back waits.
    """
    until = clock.now() - timedelta(days=settings.OPTIONS["COSO_IMPORTS_KEPT_DAYS"])
    old = Import.objects.filter(made_at__lt=until, erased_at=None).exclude(state__in=_BUSY).order_by("made_at")
    return sum(_erase(run.pk) for run in old.only("pk")[:BATCH])


def _erase(import_id: UUID) -> bool:
    with transaction.atomic():
        run = Import.objects.select_for_update().filter(pk=import_id, erased_at=None).first()
        if run is None or run.state in _BUSY:
            return False
        if run.state == State.CHECKING:
            # Its check was lost long ago.
            run.state = State.STOPPED
        files = {run.sha256, run.wrong_sha256, run.preview_sha256} - {""}
        run.sha256 = run.wrong_sha256 = run.preview_sha256 = run.digest = ""
        run.errors, run.warnings, run.samples = [], [], []
        run.layout = {**run.layout, "moved": [], "notes": []}
        run.failure = ""
        run.erased_at = clock.now()
        run.save()
        # Which records the file wrote stays known; what stood in them doesn't.
        ImportedRow.objects.filter(run=run).update(was={}, now={})
        record("register.erased", by="system", refs=[Ref("import", str(run.pk))], data={"kind": run.kind})
        # Before the commit: where the machine stops in between, the file is gone all the same and this is done again.
        erase_unheld(files)
    return True
