"""Bringing a file in: check it, choose its columns, write it whole or not at all, take it back."""

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, OperationalError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.journal.bus import publish
from coso.kit import blobs, clock
from coso.kit.database import is_deadlock
from coso.kit.errors import BadInput, CosoError, NotAllowed, NotFound, WrongState
from coso.kit.refs import Ref
from coso.registers import queries
from coso.registers.actions.comparing import Comparison, who_changed
from coso.registers.actions.files import counted_up_to, opened
from coso.registers.actions.planning import Passage, notes_of
from coso.registers.adapters.packages import Refused
from coso.registers.adapters.previews import PreviewWriter, read_preview
from coso.registers.adapters.tables import Table
from coso.registers.adapters.writing import WrongRows
from coso.registers.events import WorkAsked
from coso.registers.models import Import, ImportedRow
from coso.registers.ports import Blocked, Changed, Register, Written, holding, register_of, take_back
from coso.registers.rules import states
from coso.registers.rules.states import State
from coso.registers.sentences import erased_words, of_file

AT_ONCE = 500
"""Files of fewer rows are worked on while the person waits."""
_CHUNK = 500


class _OtherThanShown(Exception):
    """The records changed since the preview; nothing may be written. `moved` names the cells."""

    def __init__(self, moved: Sequence[Mapping[str, Any]] = ()) -> None:
        super().__init__()
        self.moved = list(moved)


def start_import(*, kind: str, data: bytes, file_name: str, by: Any, day: date, wait: bool = False) -> Import:
    """Keep a file and check what it would do, at once or in the background. Nothing is brought in yet.

    `by` is a person or 'system'; `day` is the day whose unit names the file uses; `wait` works on a large file at once
    too. Raise BadInput, and keep nothing, when the file is none that can be read.
    """
    register = _allowed(kind, by)
    if day > clock.today():
        raise BadInput(fields={"day": [_("The day lies in the future.")]})
    try:
        size = counted_up_to(io.BytesIO(data), AT_ONCE)
    except Refused as error:
        raise BadInput(fields={"file": [of_file(error)]}) from None
    with transaction.atomic():
        run = Import.objects.create(
            kind=register.kind,
            file_name=file_name[-160:] or "tep.xlsx",
            sha256=blobs.put(data),
            units_on=day,
            made_by=queries.actor(by),
            language=translation.get_language() or "vi",
            layout={"sheet": "", "is_large": size >= AT_ONCE and not wait},
        )
        _work(run)
    run.refresh_from_db()
    return run


def choose_columns(*, import_id: UUID, by: Any, columns: Mapping[str, str], sheet: str = "") -> Import:
    """Take other columns (letter → field name) or another sheet for a file, and check it again."""
    with transaction.atomic():
        run = _locked(import_id, by)
        _move(run, State.CHECKING)
        taken = [name for name in columns.values() if name]
        twice = {name for name in taken if taken.count(name) > 1}
        if twice:
            raise BadInput(_("Two columns were chosen for the same field."))
        other = sheet and sheet != run.layout.get("sheet")
        run.mapping = {} if other else {letter: name for letter, name in columns.items() if name}
        run.layout = run.layout | {"sheet": sheet or run.layout.get("sheet", ""), "is_chosen": not other}
        if other:
            run.layout["is_large"] = _is_large(run)
        run.save(update_fields=["mapping", "layout", "state"])
        _work(run)
    run.refresh_from_db()
    return run


def _is_large(run: Import) -> bool:
    """Tell whether the chosen sheet is too long to be worked on at once; a damaged one is left to the check."""
    try:
        with blobs.open_blob(run.sha256) as file:
            return counted_up_to(file, AT_ONCE, run.layout["sheet"]) >= AT_ONCE
    except Refused:
        return False


def _work(run: Import) -> None:
    """Go on with an import now, or ask for it to be done in the background."""
    if run.layout.get("is_large"):
        publish(WorkAsked(import_id=run.pk))
    else:
        work(import_id=run.pk)


def work(*, import_id: UUID) -> None:
    """Do what an import waits for; safe to repeat, as a task may be."""
    run = Import.objects.get(pk=import_id)
    with _kept_movable(run):
        match State(run.state):
            case State.CHECKING:
                check_import(import_id=import_id)
            case State.WRITING:
                _write(run)
            case State.UNDOING:
                _take_back(run)


@contextmanager
def _kept_movable(run: Import) -> Iterator[None]:
    """Let a person go on although the system itself failed: what was under way stands as it was before."""
    try:
        yield
    except Exception:
        # Inside a transaction everything is rolled back by its owner, this import's beginning included.
        if not transaction.get_connection().in_atomic_block:
            with translation.override(run.language):
                words = _(
                    "The system failed over this file and changed nothing. Try again, or tell your administrator."
                )
            back = {State.CHECKING: State.STOPPED, State.WRITING: State.STOPPED, State.UNDOING: State.DONE}
            for state, before in back.items():
                if Import.objects.filter(pk=run.pk, state=state).update(state=before, failure=words):
                    break
        raise


def check_import(*, import_id: UUID) -> Import:
    """Go through a file and count what it would do; progress is stored, a wish to stop is heeded."""
    run = Import.objects.get(pk=import_id)
    if run.state != State.CHECKING:
        return run
    register, by = _register(run.kind), queries.maker(run)
    run.failure, run.stop_asked = "", False
    with translation.override(run.language):
        try:
            if by is None:
                raise NotFound
            _check(run, register, by)
        except Refused as error:
            run.state, run.failure = State.FAILED, of_file(error)[:300]
    with transaction.atomic():
        # A check that was thought lost ran twice: what a person did after the first one stands.
        if Import.objects.select_for_update().filter(pk=run.pk, state=State.CHECKING).exists():
            run.save()
    return run


def _check(run: Import, register: Register, by: Any) -> None:
    with opened(run, register) as table:
        _keep_layout(run, table)
        wrong, preview = WrongRows(table.headers), PreviewWriter()
        passage = Passage(
            register, table, by=by, day=run.units_on, wrong=wrong, saw=lambda seen, plan: preview.add(seen)
        )
        _count(run, passage)
        try:
            run.state = State.CHECKED if table.missing or _gone_through(run, passage) else State.STOPPED
        finally:
            kept, run.preview_sha256 = wrong.done(), preview.done()
        report = passage.report
        run.errors, run.warnings, run.samples = report.errors, report.warnings, report.samples
        run.digest = report.digest
        run.layout["notes"] = notes_of(table, register, report)
        run.wrong_sha256 = blobs.put(kept) if kept else ""


def _gone_through(run: Import, passage: Passage) -> bool:
    """Go through the whole file, keeping the count; False when a person asked to stop."""
    for _plans in passage.chunks():
        _count(run, passage)
        Import.objects.filter(pk=run.pk).update(rows_read=run.rows_read, rows_wrong=run.rows_wrong)
        if Import.objects.filter(pk=run.pk, stop_asked=True).exists():
            return False
    _count(run, passage)
    return True


def _keep_layout(run: Import, table: Table) -> None:
    run.mapping = dict(table.columns)
    run.layout = run.layout | {
        "sheet": table.sheet,
        "sheets": list(table.sheets),
        "header": table.header,
        "headers": dict(table.headers),
        "missing": list(table.missing),
        "moved": [],
    }


def _count(run: Import, passage: Passage) -> None:
    report = passage.report
    run.rows_read, run.rows_new, run.rows_changed = report.read, report.new, report.changed
    run.rows_same, run.rows_wrong = report.same, report.wrong


@transaction.atomic
def stop_import(*, import_id: UUID, by: Any) -> Import:
    """Ask that the checking of a file stop; what is being written can't be stopped, only taken back."""
    run = _locked(import_id, by)
    if run.state != State.CHECKING:
        raise WrongState(_("Only a check can be stopped."))
    run.stop_asked = True
    run.save(update_fields=["stop_asked"])
    return run


@transaction.atomic
def check_again(*, import_id: UUID, by: Any) -> Import:
    """Check a file anew: after a stop, or because records changed since."""
    run = _locked(import_id, by)
    _move(run, State.CHECKING)
    run.save(update_fields=["state"])
    _work(run)
    run.refresh_from_db()
    return run


def commit_import(*, import_id: UUID, by: Any) -> Import:
    """Bring in a checked file: every row, or nothing when something changed since the preview.

    Then the file is checked again, and the state tells: DONE, or CHECKED with a new preview. Large files are written
    in the background.
    """
    with transaction.atomic():
        run = _locked(import_id, by)
        if run.state != State.CHECKED:
            raise WrongState
        if run.rows_wrong or not run.digest:
            raise BadInput(_("Some rows are wrong. Mend the file and bring it in again."))
        if not run.rows_new + run.rows_changed:
            raise BadInput(_("The file changes nothing: every row is there already."))
        _move(run, State.WRITING)
        run.save(update_fields=["state"])
        if run.layout.get("is_large"):
            publish(WorkAsked(import_id=run.pk))
    if not run.layout.get("is_large"):
        with _kept_movable(run):
            _write(run)
    run.refresh_from_db()
    return run


def _write(run: Import) -> None:
    register, by = _register(run.kind), queries.maker(run)
    try:
        with translation.override(run.language):
            _write_whole(run, register, by)
    except (_OtherThanShown, Refused, CosoError, IntegrityError) as refused:
        _show_anew(run, refused.moved if isinstance(refused, _OtherThanShown) else [])
    except OperationalError as error:
        # Somebody held a record that this file wanted, and wanted one that it held: the database let him go on.
        if not is_deadlock(error):
            raise
        _show_anew(run, [])


def _show_anew(run: Import, moved: list[Mapping[str, Any]]) -> None:
    """Check a file again of which nothing was written, and say beside the new preview what had changed."""
    Import.objects.filter(pk=run.pk, state=State.WRITING).update(state=State.CHECKING)
    check_import(import_id=run.pk)
    changed = Import.objects.get(pk=run.pk)
    with translation.override(run.language):
        note = _("Records changed since the preview; nothing was brought in. Look at the new preview.")
    changed.layout["notes"] = [note, *changed.layout.get("notes", [])]
    changed.layout["moved"] = moved
    changed.save(update_fields=["layout"])


def _alone(run: Import) -> Import:
    """Lock an import and all others of its register that are written or taken back: one goes after the other."""
    busy = Import.objects.select_for_update().filter(kind=run.kind, state__in=[State.WRITING, State.UNDOING])
    list(busy.order_by("pk"))
    return Import.objects.select_for_update().get(pk=run.pk)


@transaction.atomic
def _write_whole(run: Import, register: Register, by: Any) -> None:
    locked = _alone(run)
    if locked.state != State.WRITING:
        return
    if by is None or not _may(register, by):
        raise NotAllowed
    with opened(locked, register) as table, holding():
        letters = {name: letter for letter, name in table.columns.items()}
        compared = Comparison(register, locked, read_preview(locked.preview_sha256), letters)
        passage = Passage(register, table, by=by, day=locked.units_on, saw=compared.look)
        for plans in passage.chunks():
            kept = [plan for plan in plans if plan.record is not None]
            # What differs is told to the end of the file, and nothing is written any more.
            if passage.report.wrong or compared.moved or not kept:
                continue
            written = register.write(kept, by)
            ImportedRow.objects.bulk_create(
                ImportedRow(
                    run=locked, number=plan.row.number, key=one.key, is_new=one.is_new, was=one.was, now=one.now
                )
                for plan, one in zip(kept, written, strict=True)
            )
    if passage.report.wrong or passage.report.digest != locked.digest:
        raise _OtherThanShown([*compared.moved, *passage.report.errors])
    _move(locked, State.DONE)
    _count(locked, passage)
    locked.done_at = clock.now()
    locked.save()
    data = {"kind": locked.kind, "new": locked.rows_new, "changed": locked.rows_changed, "sha256": locked.sha256}
    record("register.imported", by=by, refs=[Ref("import", str(locked.pk))], data=data)


def undo_import(*, import_id: UUID, by: Any) -> Import:
    """Take back everything that a file brought in, or nothing when one record can't be.

    Its maker may, and whoever may bring the register into every place that the file touched. Raise BadInput naming the
    row and the reason; of a large file, which is taken back in the background, the reason stands in `failure`.
    """
    with transaction.atomic():
        run = _lock_seen(import_id, by)
        if run.erased_at is not None:
            raise WrongState(erased_words(run))
        _move(run, State.UNDOING)
        run.failure, run.undone_by = "", queries.actor(by)
        run.save(update_fields=["state", "failure", "undone_by"])
        if run.layout.get("is_large"):
            publish(WorkAsked(import_id=run.pk))
    if not run.layout.get("is_large"):
        with _kept_movable(run):
            _take_back(run)
        run.refresh_from_db()
        if run.failure:
            raise BadInput(run.failure)
    run.refresh_from_db()
    return run


def _lock_seen(import_id: UUID, by: Any) -> Import:
    """Lock an import for whoever may take it back; for all others it isn't there."""
    run = Import.objects.select_for_update().filter(pk__in=queries.seen_by(by).values("pk"), pk=import_id).first()
    if run is None:
        raise NotFound
    _allowed(run.kind, by)
    return run


def _take_back(run: Import) -> None:
    register, by = _register(run.kind), queries.actor_of(run.undone_by)
    try:
        with translation.override(run.language):
            _take_back_whole(run, register, by)
    except Blocked as blocked:
        _stand(run, _why_not(run, register, blocked))
    except OperationalError as error:
        if not is_deadlock(error):
            raise
        with translation.override(run.language):
            _stand(run, _("Somebody is writing the same records at this moment. Try again."))


def _stand(run: Import, reason: str) -> None:
    """Let an import stand that can't be taken back."""
    Import.objects.filter(pk=run.pk, state=State.UNDOING).update(state=State.DONE, failure=reason[:300], undone_by="")


def _why_not(run: Import, register: Register, blocked: Blocked) -> str:
    row = run.rows.filter(key=blocked.key).first()
    with translation.override(run.language):
        words = _("Nothing was taken back. Row %(row)s: %(reason)s")
        reason = words % {"row": row.number if row else "?", "reason": blocked.reason}
        if isinstance(blocked, Changed) and run.done_at is not None:
            reason = f"{reason} {who_changed(register, blocked.key, run, since=run.done_at)}".strip()
    return reason


@transaction.atomic
def _take_back_whole(run: Import, register: Register, by: Any) -> None:
    locked = _alone(run)
    if locked.state != State.UNDOING:
        return
    if by is None or not _may(register, by):
        raise NotAllowed
    last = None
    count = 0
    while True:
        rows = locked.rows.order_by("-number", "-pk")
        some = list((rows.filter(number__lt=last) if last is not None else rows)[:_CHUNK])
        if not some:
            break
        last, count = some[-1].number, count + len(some)
        _require_inside(register, [row.key for row in some], by)
        take_back(register, [Written(row.key, row.is_new, row.was, row.now) for row in some])
    _move(locked, State.UNDONE)
    locked.undone_at = clock.now()
    locked.save()
    data: dict[str, Any] = {"kind": locked.kind, "rows": count}
    if locked.undone_by != locked.made_by:
        data["made_by"] = locked.made_by
    record("register.undone", by=by, refs=[Ref("import", str(locked.pk))], data=data)


def _require_inside(register: Register, keys: Sequence[str], by: Any) -> None:
    """Raise Blocked for a record outside the person's places: he may have another post than when he brought it in."""
    if by == "system":
        return
    records = register.kept.records().filter(pk__in=keys)
    inside = set(records.filter(register.kept.inside(by)).values_list("pk", flat=True))
    outside = {str(key) for key in set(records.values_list("pk", flat=True)) - inside}
    if outside:
        first = next(key for key in keys if key in outside)
        raise Blocked(first, _("The record lies outside the area that you look after now."))


def _allowed(kind: str, by: Any) -> Register:
    register = _register(kind)
    if not _may(register, by):
        raise NotAllowed
    return register


def _may(register: Register, by: Any) -> bool:
    return by == "system" or register.may_import(by)


def _register(kind: str) -> Register:
    register = register_of(kind)
    if register is None:
        raise NotFound
    return register


def _locked(import_id: UUID, by: Any) -> Import:
    """Lock an import for whoever made it; nobody else's imports exist for him."""
    run = queries.made_by(by).select_for_update().filter(pk=import_id).first()
    if run is None:
        raise NotFound
    _allowed(run.kind, by)
    if run.erased_at is not None:
        raise WrongState(erased_words(run))
    return run


def _move(run: Import, to: State) -> None:
    if not states.may_move(run.state, to):
        raise WrongState
    run.state = to
