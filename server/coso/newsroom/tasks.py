"""Background work of the newsroom."""

from coso.kit.tasks import task
from coso.newsroom import actions
from coso.newsroom.events import SoundRequested


@task(queue_name="speech")
def make_sound(sound_id: int) -> None:
    """Make one sound, writing its progress where the page reads it."""
    actions.make_sound(sound_id=sound_id)


def when_requested(event: SoundRequested) -> None:
    """Put the making of a sound in the queue, in the transaction that asked for it."""
    make_sound.enqueue(sound_id=event.sound_id)
