"""`coso speak`: the text as it will be spoken, or the sound of it. Needs no database."""

import sys
from pathlib import Path

import click

from coso.kit.errors import CosoError
from coso.newsroom.adapters import audio, voice
from coso.newsroom.rules.speech import LexiconEntry, SpokenText, read_lexicon, speak_text

_KINDS = {".wav": "wav", ".mp3": "mp3", ".opus": "opus", ".ogg": "opus"}
_MAX_LETTERS = 200_000


def _read(file: str) -> str:
    data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise click.ClickException(f"{file} is not UTF-8 text; save it as UTF-8 and try again.") from None
    if not text.strip():
        raise click.ClickException(f"{file} is empty.")
    if len(text) > _MAX_LETTERS:
        raise click.ClickException(f"{file} is longer than {_MAX_LETTERS} letters; cut it into parts.")
    return text


def _lexicon(path: Path | None) -> list[LexiconEntry]:
    return read_lexicon(path.read_text(encoding="utf-8")) if path else []


def _tell_doubts(spoken: SpokenText) -> None:
    for doubt in spoken.doubts:
        click.echo(
            f"“{doubt.written}” at {doubt.start} is read “{doubt.said}”; it could be: {', '.join(doubt.readings)}.",
            err=True,
        )


def _sound(text: str, out: Path, name: str, speed: int) -> None:
    engine = voice.best_voice(name, speed)
    said = engine.speak(text)
    made = audio.finished(audio.bulletin(said), _KINDS[out.suffix.lower()])
    out.write_bytes(made.data)
    level = made.loudness
    figures = f"{level.duration_s:.1f} s, {level.integrated_lufs:.1f} LUFS, {level.true_peak_dbtp:.1f} dBTP"
    click.echo(f"{out}: {figures}, {engine.name}", err=True)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, exists=True, allow_dash=True))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the sound: .wav, .mp3 or .opus.")
@click.option("--text", "as_text", is_flag=True, help="Print the text as it will be spoken.")
@click.option("--voice", "name", type=click.Choice(voice.VOICES), default="vi", show_default=True)
@click.option(
    "--speed",
    type=click.IntRange(voice.SPEEDS.start, voice.SPEEDS.stop - 1),
    default=voice.DEFAULT_SPEED,
    show_default=True,
)
@click.option("--lexicon", type=click.Path(dir_okay=False, exists=True, path_type=Path), help="Your own readings, CSV.")
def speak(file: str, out: Path | None, as_text: bool, name: str, speed: int, lexicon: Path | None) -> None:
    """Say FILE (UTF-8 text, or - for standard input) aloud.

    Ends with 0 when done, 1 when it could not be, 2 when the command was not understood.
    """
    if not out and not as_text:
        raise click.UsageError("Say what you want: --text, --out X.wav, or both.")
    if out and out.suffix.lower() not in _KINDS:
        raise click.UsageError("--out must end in .wav, .mp3, .opus or .ogg.")
    try:
        spoken = speak_text(_read(file), lexicon=_lexicon(lexicon))
        _tell_doubts(spoken)
        if as_text:
            click.echo(spoken.text)
        if out:
            _sound(spoken.text, out, name, speed)
    except (CosoError, OSError) as wrong:
        raise click.ClickException(str(wrong)) from wrong


commands = [speak]
