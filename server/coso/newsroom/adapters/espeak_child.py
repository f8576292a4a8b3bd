"""Speak with the library of espeakng-loader: text on standard input, WAV on standard output.

Run as `python -m coso.newsroom.adapters.espeak_child VOICE SPEED AMPLITUDE`, never imported by the server.
"""

import ctypes
import sys
import wave
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_short, c_uint, c_void_p
from typing import Any

# From espeak-ng's speak_lib.h.
_SYNCHRONOUS = 2
_RATE, _VOLUME = 1, 2
_UTF8 = 1
_DONT_EXIT = 0x8000

_Callback = CFUNCTYPE(c_int, POINTER(c_short), c_int, c_void_p)


def _library() -> tuple[Any, int]:
    import espeakng_loader

    library = ctypes.CDLL(str(espeakng_loader.get_library_path()))
    library.espeak_Initialize.argtypes = [c_int, c_int, c_char_p, c_int]
    library.espeak_Synth.argtypes = [c_char_p, ctypes.c_size_t, c_uint, c_int, c_uint, c_uint, c_void_p, c_void_p]
    data = str(espeakng_loader.get_data_path()).encode()
    return library, int(library.espeak_Initialize(_SYNCHRONOUS, 0, data, _DONT_EXIT))


def say(text: str, voice: str, speed: int, amplitude: int) -> tuple[bytes, int]:
    """Speak a text; give mono 16-bit samples and their rate. Raises RuntimeError when the library refuses."""
    library, rate = _library()
    if rate <= 0:
        raise RuntimeError("the library of espeakng-loader does not start")
    if library.espeak_SetVoiceByName(voice.encode()):
        raise RuntimeError(f"the library of espeakng-loader has no voice {voice}")
    library.espeak_SetParameter(_RATE, speed, 0)
    library.espeak_SetParameter(_VOLUME, amplitude, 0)
    heard = bytearray()

    def collect(samples: Any, count: int, _events: Any) -> int:
        if samples and count > 0:
            heard.extend(ctypes.string_at(samples, count * 2))
        return 0

    keep = _Callback(collect)
    library.espeak_SetSynthCallback(keep)
    words = text.encode()
    if library.espeak_Synth(words, len(words) + 1, 0, 1, 0, _UTF8, None, None):
        raise RuntimeError("the library of espeakng-loader could not speak")
    library.espeak_Synchronize()
    return bytes(heard), rate


def main() -> None:
    """Read the text, speak, write the WAV."""
    voice, speed, amplitude = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    try:
        samples, rate = say(sys.stdin.buffer.read().decode(), voice, speed, amplitude)
    except (RuntimeError, OSError) as wrong:
        sys.exit(str(wrong))
    with wave.open(sys.stdout.buffer, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.setnframes(len(samples) // 2)
        sound.writeframesraw(samples)


if __name__ == "__main__":
    main()
