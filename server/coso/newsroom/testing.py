"""Fakes of the newsroom, for its own tests and for those of the apps above it."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from coso.kit import blobs
from coso.kit.errors import BadInput
from coso.newsroom.actions.studio import Made, Report
from coso.newsroom.models import Bulletin, MediaFile, Sound, SoundState


@dataclass
class FakeStudio:
    """A studio that speaks at once, remembers what it said and can be told to fail."""

    fails_with: str = ""
    spoken: list[str] = field(default_factory=list)
    steps: tuple[int, ...] = (10, 60)

    def speak(self, text: str, voice: str, report: Report) -> Made:
        """Pretend to speak: a tenth of a second for each word."""
        self.spoken.append(text)
        self._work(report)
        return Made(
            f"mp3:{voice}:{text}".encode(), f"opus:{voice}:{text}".encode(), 100 * len(text.split()) or 100, -16.0, -1.5
        )

    def master(self, data: bytes, report: Report) -> Made:
        """Pretend to level a recording."""
        self._work(report)
        return Made(b"mp3:" + data, b"opus:" + data, 4_000, -16.0, -1.5)

    def sniff(self, data: bytes, file_name: str) -> tuple[str, int | None]:
        """Take whatever begins with 'RIFF' for a sound."""
        if not data.startswith(b"RIFF"):
            raise BadInput(fields={"file": [_("“%(name)s” is not a sound that can be read.") % {"name": file_name}]})
        return "audio/wav", 4_000

    def _work(self, report: Report) -> None:
        for percent in self.steps:
            report(percent)
        if self.fails_with:
            raise BadInput(self.fails_with)


def ready_sound(bulletin: Bulletin, *, mp3: bytes = b"ID3 mp3", opus: bytes = b"OggS opus", **more: object) -> Sound:
    """Give a bulletin's present revision a finished sound without making one."""
    files = [
        MediaFile.objects.get_or_create(
            sha256=blobs.put(data), defaults={"mime": mime, "bytes": len(data), "duration_ms": 4_000}
        )[0]
        for data, mime in ((mp3, "audio/mpeg"), (opus, "audio/ogg"))
    ]
    return Sound.objects.create(
        bulletin=bulletin,
        revision=bulletin.revision,
        state=SoundState.READY,
        progress=100,
        mp3=files[0],
        opus=files[1],
        duration_ms=4_000,
        **more,
    )
