"""The story: plan, task, bulletin, approval, speech, air, every village accounted for, and what comes back."""

from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

from django.urls import reverse
from django.utils import translation

from coso.broadcast import queries as broadcast
from coso.broadcast.actions import schedule_bulletin
from coso.broadcast.models import LogBatch, LogEntry, Manifest, PlayReport
from coso.channels import actions as channels
from coso.channels.rules import Ground, State
from coso.documents import actions as documents
from coso.documents.models import Document
from coso.journal import queries as journal
from coso.journal.models import Entry
from coso.kit import clock
from coso.kit.errors import NotAllowed, NotFound
from coso.listening import actions as listening
from coso.listening import queries as heard
from coso.listening.models import Category
from coso.newsroom import actions as newsroom
from coso.newsroom import queries as bulletins
from coso.newsroom.models import Bulletin, BulletinState, Sound
from coso.organizations.models import Person
from coso.places import queries as places
from coso.plans.models import Task, TaskKind, UnitRole
from coso.site import processes
from coso.site.headless.resident import Resident
from coso.site.headless.stage import Failed, Stage

SEED = Path(__file__).parent.parent / "demo" / "data" / "ke-hoach-82.txt"
NORMAL = "Sáng 1/12/2026, trạm y tế xã tiêm phòng cho trẻ dưới 5 tuổi. Hỏi thêm: 0239.3855123."
EMERGENCY = "Bà con rời ven sông ngay."


def person(username: str) -> Person:
    """Give a person of the demo, as freshly read as a new request would."""
    return Person.objects.get(username=username)


def demand(true: object, otherwise: str) -> None:
    """Raise Failed unless something is true."""
    if not true:
        raise Failed(otherwise)


class Story:
    """Plays the steps in order; each raises Failed when it does not come true."""

    def __init__(self, stage: Stage) -> None:
        """Take the stage."""
        self.stage = stage

    def play(self) -> None:
        """Play the whole story."""
        stage = self.stage
        stage.start()
        stage.step("The system runs: web, gateway, workers, scheduler, signer", processes.web_url(stage.options))
        stage.enrol()
        stage.step(f"{len(stage.clusters)} loudspeakers enrolled with one-time codes, each with a key of its own")
        task = self.plan()
        normal = self.bulletin(task)
        self.on_air(normal)
        emergency = self.emergency()
        code = self.question(normal)
        self.catch_up()
        self.answer(code)
        self.receipts(normal, emergency)
        self.accounted(normal, emergency)
        self.proved()

    def plan(self) -> Task:
        """Import the real plan, confirm it, and pick a task."""
        document = documents.import_document(data=SEED.read_bytes(), file_name=SEED.name, by=person("bientap"))
        values, spans = document.structure, document.found["spans"]
        start, end = spans["tasks.2.lead.0"][0]
        demand(document.text[start:end] == values["tasks"][2]["lead"][0], "a value lost its place in the text")
        demand(not Task.objects.exists(), "tasks were made before a person confirmed")
        documents.confirm_document(document_id=document.pk, by=person("duyet"))
        tasks = list(Task.objects.filter(kind=TaskKind.TASK))
        duties = Task.objects.filter(kind=TaskKind.DUTY).count()
        leads = [unit.name for unit in Task.objects.get(ref="II.3").units.filter(role=UnitRole.LEAD)]
        demand(len(tasks) == 8 and duties == 7 and len(leads) == 2, "the plan was not read whole")
        warnings = ", ".join(warning["code"] for warning in document.found["warnings"])
        named = Document.objects.get(pk=document.pk)
        self.stage.step(
            f"{named}, “{named.title}”: {len(tasks)} tasks, {duties} duties, confirmed",
            f"II.3 is led by {' and '.join(leads)}; doubts: {warnings}",
        )
        return Task.objects.get(ref="II.2")

    def bulletin(self, task: Task) -> Bulletin:
        """Write from the task, have it spoken, submit, let another person approve."""
        areas = [cluster.station.place for cluster in self.stage.clusters]
        writer = person("bientap")
        made = newsroom.write_bulletin(
            by=writer,
            title="Tiêm phòng cho trẻ em",
            body=NORMAL,
            rank="normal",
            areas=list({area.pk: area for area in areas}.values()),
            task=task,
        )
        self.sound(made, writer)
        newsroom.submit_bulletin(bulletin_id=made.pk, by=writer)
        try:
            newsroom.approve_bulletin(bulletin_id=made.pk, by=person("bientap"))
        except (NotAllowed, NotFound):
            pass
        else:
            raise Failed("the author approved his own bulletin")
        newsroom.approve_bulletin(bulletin_id=made.pk, by=person("duyet"))
        made.refresh_from_db()
        demand(made.state == BulletinState.APPROVED, "the bulletin is not approved")
        self.stage.step("Written from II.2 and approved by another person; the author was refused", made.title)
        return made

    def sound(self, bulletin: Bulletin, by: Person) -> Sound:
        """Have the sound made by the worker and look at its loudness."""
        if bulletins.sound_under_way(bulletin) is None and bulletins.current_sound(bulletin) is None:
            newsroom.request_sound(bulletin_id=bulletin.pk, by=by)
        self.stage.wait(f"the sound of “{bulletin.title}”", lambda: bulletins.current_sound(bulletin))
        sound = bulletins.current_sound(bulletin)
        if sound is None:
            raise Failed("the sound is gone")
        loudness, peak = sound.loudness_lufs or 0.0, sound.true_peak_dbtp or 0.0
        demand(-17.0 <= loudness <= -15.0 and peak <= -1.0, f"loudness {loudness} LUFS, peak {peak} dBTP")
        said = bulletins.spoken(bulletin.title, bulletin.body).text.replace("\n", " ")
        seconds = (sound.duration_ms or 0) / 1000
        self.stage.step(
            f"Spoken: {seconds:.1f} s, {loudness:.1f} LUFS, true peak {peak:.1f} dBTP, as MP3 and Opus",
            f"“{said[:140]}…”",
        )
        return sound

    def on_air(self, bulletin: Bulletin) -> None:
        """Give it a time everywhere; every loudspeaker takes its signed manifest and begins."""
        starts = clock.now() + timedelta(seconds=4)
        for area in bulletin.areas.all():
            schedule_bulletin(bulletin_id=bulletin.pk, place_id=area.pk, starts_at=starts, by=person("bientap"))
        many = len(self.stage.clusters)
        self.stage.wait(
            "every loudspeaker holds its signed manifest",
            lambda: (
                Manifest.objects.exclude(taken_at=None).exclude(signature=None).values("device").distinct().count()
                == many
            ),
        )
        self.stage.step(f"{many} signed manifests taken; on air at {clock.local(starts):%H:%M:%S}")
        self.stage.wait("all began to play", lambda: self.reports(bulletin, "start") == many)
        self.stage.step(f"{many} loudspeakers began within the second and said so")

    def reports(self, bulletin: Bulletin, kind: str) -> int:
        """Count the loudspeakers that reported something of a bulletin."""
        return PlayReport.objects.filter(bulletin=bulletin, kind=kind).values("device").distinct().count()

    def emergency(self) -> Bulletin:
        """Cut one off, kill another, and release an emergency meanwhile: it cuts in at once."""
        stage, leader = self.stage, person("duyet")
        made = newsroom.write_bulletin(
            by=person("bientap"),
            title="Nước đang lên",
            body=EMERGENCY,
            rank="emergency",
            areas=list({cluster.station.place_id: cluster.station.place for cluster in stage.clusters}.values()),
        )
        self.sound(made, person("bientap"))
        newsroom.submit_bulletin(bulletin_id=made.pk, by=person("bientap"))
        stage.cable.cut()
        pid = stage.kill(stage.clusters[0])
        stage.step(
            f"{stage.clusters[-1].code} is cut off from the network; {stage.clusters[0].code} is killed (pid {pid})"
        )
        released = clock.now()
        newsroom.approve_bulletin(bulletin_id=made.pk, by=leader)
        near = len(stage.clusters) - 2
        stage.wait("the emergency is on air", lambda: self.reports(made, "start") >= near, 15)
        waits = self.first_sounds(made, released)
        demand(len(waits) >= near, "a loudspeaker did not note its first sound")
        stage.step(
            "Emergency released by a second person",
            f"first sound after {median(waits):.2f} s (median), {max(waits):.2f} s at most",
        )
        return made

    def first_sounds(self, bulletin: Bulletin, released: datetime) -> list[float]:
        """Give the seconds from release to the first sample of sound, of the loudspeakers that were there."""
        waits = []
        for cluster in self.stage.clusters[1:-1]:
            for event in self.stage.diary(cluster):
                if event["event"] == "first_sample" and event.get("bulletin_id") == str(bulletin.pk):
                    waits.append((datetime.fromisoformat(event["at"]) - released).total_seconds())
                    break
        return waits

    def question(self, bulletin: Bulletin) -> str:
        """A resident reads, listens, and asks; no account."""
        resident = Resident(processes.web_url(self.stage.options))
        village = places.now().get(code="18196-01")
        page = resident.read(reverse("portal:place", args=[village.code]))
        demand(bulletin.title in page, "the portal does not show the bulletin")
        resident.read(reverse("portal:bulletin", args=[bulletin.pk]))
        size = resident.listen(reverse("portal:sound", args=[bulletin.pk, "mp3"]))
        code = resident.send(
            f"{reverse('portal:send')}?noi={village.code}",
            category=Category.objects.get(code="loudspeaker").pk,
            place=village.code,
            text="Loa đầu thôn có tiếng rè, tôi tên là Trần Văn Chín, xin hỏi bao giờ sửa?",
            contact="0912 000 111",
            may_publish="on",
        )
        self.stage.step(f"A resident read and heard it ({size} bytes by range) and asked; code {code}")
        return code

    def catch_up(self) -> None:
        """Join the cable; the one that was cut off and the one that was killed catch up."""
        self.stage.cable.join()
        self.stage.step(f"{self.stage.clusters[-1].code} is joined again")

    def receipts(self, normal: Bulletin, emergency: Bulletin) -> None:
        """Wait for every report and every signed log entry; compare with what each loudspeaker itself wrote."""
        stage, many = self.stage, len(self.stage.clusters)
        stage.wait(
            "every loudspeaker reported the end of the emergency", lambda: self.reports(emergency, "end") == many, 40
        )
        stage.wait(
            "every loudspeaker reported the end of the bulletin", lambda: self.reports(normal, "end") == many, 60
        )
        stage.step(f"{many} of {many} played both to the end; what the emergency cut went on where it had stopped")
        stage.wait("every signed play log is whole", self.logs_are_whole, 20)
        entries, batches = LogEntry.objects.count(), LogBatch.objects.count()
        stage.step(
            f"{many} play logs whole: {entries} entries in {batches} batches signed by the loudspeakers' own keys"
        )

    def logs_are_whole(self) -> bool:
        """Tell whether the server holds every entry that every loudspeaker wrote, all of them signed."""
        written = self.stage.own_logs()
        for cluster in self.stage.clusters:
            device = cluster.devices.get(revoked_at=None)
            own = {entry["seq"] for entry in written[cluster.code]}
            held = set(LogEntry.objects.filter(device=device).values_list("seq", flat=True))
            signed = LogBatch.objects.filter(device=device).order_by("-last_seq").first()
            if not own or held != own or signed is None or signed.last_seq != max(own):
                return False
        return True

    def accounted(self, normal: Bulletin, emergency: Bulletin) -> None:
        """Account for every village; a communicator tells one that no loudspeaker serves."""
        teller = person("tuyentruyen.sonkim1")
        village = places.now().get(code="18196-06")
        channels.tell_village(bulletin_id=normal.pk, village_id=village.pk, by=teller)
        rows = broadcast.reach_of(normal)
        served = [row for row in rows if row.clusters]
        unsigned = [row.village.name for row in served if (row.state, row.ground) != (State.PLAYED, Ground.SIGNED)]
        demand(served and not unsigned, f"not proved by a signature: {', '.join(unsigned)}")
        told = [row for row in rows if row.state == State.TOLD]
        demand([row.village for row in told] == [village], "the telling is not counted")
        left = [row for row in rows if row.state == State.NOT_REACHED]
        demand(
            all(row.sentence and row.on_the_way for row in left if row.village.parent_id == village.parent_id),
            "a reason is missing",
        )
        summary = broadcast.reach_summary(emergency)
        self.stage.step(
            f"{len(rows)} villages accounted for: {len(served)} signed, {len(told)} told, {len(left)} not reached",
            f"{left[0].village.name}, {left[0].village.parent}: {left[0].sentence} "
            f"The emergency: {summary['reached']}/{summary['villages']}.",
        )

    def answer(self, code: str) -> None:
        """The officer replies, publishes what was agreed to, and drafts the answer for the air; the leader approves."""
        officer, leader = person("canbo.sonkim1"), person("lanhdao.sonkim1")
        feedback = heard.by_code(code)
        if feedback is None:
            raise Failed("the question did not arrive")
        text = "Tổ kỹ thuật đã thay màng loa sáng nay, bà con nghe lại lúc 17 giờ."
        listening.reply(feedback_id=feedback.pk, by=officer, text=text)
        resident = Resident(processes.web_url(self.stage.options))
        demand(text in resident.fill(reverse("portal:follow"), ma=code), "the code does not open the answer")
        listening.publish_answer(
            feedback_id=feedback.pk, by=officer, question="Loa đầu thôn có tiếng rè, bao giờ sửa?", answer=text
        )
        public = resident.read(reverse("portal:answers"))
        demand(text in public and "Chín" not in public and "0912" not in public, "the public page is not clean")
        draft = listening.draft_bulletin(feedback_id=feedback.pk, by=officer)
        self.sound(draft, officer)
        newsroom.submit_bulletin(bulletin_id=draft.pk, by=officer)
        newsroom.approve_bulletin(bulletin_id=draft.pk, by=leader)
        where = ", ".join(area.name for area in draft.areas.all())
        self.stage.step(
            "Answered: the code opens it, and question and answer are public without names",
            f"drafted as a bulletin for {where}, approved by the commune leader",
        )

    def proved(self) -> None:
        """The journal is sealed and whole."""
        self.stage.wait("the journal is sealed", lambda: not Entry.objects.filter(number=None).exists(), 15)
        proof = journal.verify()
        demand(proof.whole, f"the journal is not whole: {proof.faults}")
        self.stage.step(f"The journal: {proof.sealed} entries sealed in one chain, whole")


def run() -> None:
    """Load an empty system with the demo province and play; raise Failed when a step does not come true."""
    from coso.site import demo

    stage = Stage()
    with translation.override("vi"):
        demo.load_demo()
        stage.step("The demo province is loaded")
        try:
            Story(stage).play()
        except Exception:
            for line in list(stage.said)[-25:]:
                print(line)  # noqa: T201 what the programs said is the only clue
            raise
        finally:
            stage.stop()
