"""What can be wrong with a sound; each message says what to do."""

from coso.kit.errors import BadInput


class BadSound(BadInput):
    """This sound cannot be used."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or " ".join((type(self).__doc__ or "").split()))


class SoundUnreadable(BadSound):
    """This file is not a sound that can be read; send WAV, MP3, Ogg, M4A or WebM."""


class SoundMissing(BadSound):
    """This file holds no sound track; check that the microphone was on and send it again."""


class SoundTooLarge(BadSound):
    """This file is larger than 100 MB; save it as MP3 and send that."""


class SoundTooLong(BadSound):
    """This recording is longer than 60 minutes; cut it into parts."""


class SoundTooShort(BadSound):
    """This recording is shorter than one second; record it again."""


class SoundSilent(BadSound):
    """This recording is silent or almost so; move closer to the microphone and record it again."""


class SoundUneven(BadSound):
    """This recording cannot be brought to an even loudness; record it again without bangs and long silences."""
