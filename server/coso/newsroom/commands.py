"""`coso speak`: the text as it will be spoken, or the sound of it. Needs no database."""

import sys
from pathlib import Path

import click
from django.utils.translation import gettext as _

from coso.kit.errors import CosoError
from coso.newsroom.adapters import audio, voice
from coso.newsroom.rules.speech import BadLexicon, LexiconEntry, SpokenText, read_lexicon, speak_text

_KINDS = {".wav": "wav", ".mp3": "mp3", ".opus": "opus", ".ogg": "opus"}
_MAX_LETTERS = 200_000


def _read(file: str) -> str:
    data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = _("%(file)s is not UTF-8 text. Save it as UTF-8 and try again.")
        raise click.ClickException(words % {"file": file}) from None
    if not text.strip():
        raise click.ClickException(_("%(file)s is empty.") % {"file": file})
    if len(text) > _MAX_LETTERS:
        told = {"file": file, "most": _MAX_LETTERS}
        raise click.ClickException(_("%(file)s is longer than %(most)s letters. Cut it into parts.") % told)
    return text


def _lexicon(path: Path | None) -> list[LexiconEntry]:
    return read_lexicon(path.read_text(encoding="utf-8")) if path else []


def _tell_doubts(spoken: SpokenText) -> None:
    for doubt in spoken.doubts:
        told = {
            "written": doubt.written,
            "place": doubt.start,
            "said": doubt.said,
            "readings": ", ".join(f"“{reading}”" for reading in doubt.readings),
        }
        words = _("“%(written)s”, at letter %(place)s, is read “%(said)s”; it could also be %(readings)s.")
        click.echo(words % told, err=True)


def _sound(text: str, out: Path, name: str, speed: int) -> None:
    engine = voice.best_voice(name, speed)
    said = engine.speak(text)
    made = audio.finished(audio.bulletin(said), _KINDS[out.suffix.lower()])
    out.write_bytes(made.data)
    level = made.loudness
    told = {
        "file": out,
        "seconds": f"{level.duration_s:.1f}",
        "loudness": f"{level.integrated_lufs:.1f}",
        "peak": f"{level.true_peak_dbtp:.1f}",
        "voice": engine.name,
    }
    words = _("%(file)s: %(seconds)s seconds, loudness %(loudness)s LUFS, peak %(peak)s dBTP, voice %(voice)s.")
    click.echo(words % told, err=True)


def _sentence_about(wrong: Exception) -> str:
    match wrong:
        case BadLexicon(code="columns"):
            return _("The lexicon needs the columns “written” and “spoken” in its first line.")
        case BadLexicon(code="incomplete", line=line):
            return _("Line %(line)s of the lexicon lacks its written form or its reading.") % {"line": line}
        case BadLexicon(line=line):
            return _("Line %(line)s of the lexicon has a reading with a figure or “/”. Write it in words.") % {
                "line": line
            }
        case UnicodeDecodeError():
            return _("The lexicon is not UTF-8 text. Save it as UTF-8 and try again.")
        case OSError():
            return _("%(file)s can be neither read nor written.") % {"file": wrong.filename}
        case voice.VoiceMissing():
            return _("No voice can speak here: install espeak-ng (apt install espeak-ng) or the wheel espeakng-loader.")
        case _:
            # What the engine itself says is for whoever repairs it.
            return _("The sound could not be made: %(why)s") % {"why": wrong}


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
        raise click.UsageError(_("Say what you want: --text, --out X.wav, or both."))
    if out and out.suffix.lower() not in _KINDS:
        raise click.UsageError(_("--out must name a file that ends in .wav, .mp3, .opus or .ogg."))
    try:
        spoken = speak_text(_read(file), lexicon=_lexicon(lexicon))
        _tell_doubts(spoken)
        if as_text:
            click.echo(spoken.text)
        if out:
            _sound(spoken.text, out, name, speed)
    except (CosoError, OSError, UnicodeDecodeError) as wrong:
        raise click.ClickException(_sentence_about(wrong)) from wrong


commands = [speak]
