"""How fast a written bulletin becomes two mastered files, against espeak-ng alone in the same run."""

import subprocess
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from coso.newsroom.adapters.audio import CEILING_DBTP, TARGET_LUFS, TOLERANCE_LU, Mastered, master_speech, measure
from coso.newsroom.adapters.voice import DEFAULT_SPEED, PcmAudio, best_voice, read_wav
from coso.newsroom.rules.speech import speak_text

PAIRS = 5
BULLETIN = """\
Thưa bà con! Thực hiện Kế hoạch số 82/KH-UBND ngày 13/02/2017 của UBND tỉnh, từ ngày 05/9 đến ngày 10/9/2026,
Trạm Y tế tổ chức tiêm chủng cho trẻ dưới 5 tuổi tại nhà văn hóa các thôn, từ 7h30 đến 11h00 hằng ngày.
Bà con nhớ mang theo sổ tiêm và thẻ BHYT. Trong 3 ngày tới, lượng mưa có thể đạt 100-200 mm; đề nghị bà con
không đi qua ngầm tràn khi nước chảy xiết. Hộ bị thiệt hại được hỗ trợ 1.490.000 đồng/tháng.
Khi cần giúp đỡ, xin gọi số 0239.3855123 hoặc gọi 112. Trân trọng cảm ơn bà con đã lắng nghe.
"""


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def _whole_chain() -> tuple[PcmAudio, Mastered]:
    said = best_voice().speak(speak_text(BULLETIN).text)
    return said, master_speech(said)


def _floor(words: str) -> PcmAudio:
    command = ["espeak-ng", "-v", "vi", "-s", str(DEFAULT_SPEED), "-a", "80", "-b", "1", "--stdout"]
    done = subprocess.run(command, input=words.encode(), capture_output=True, timeout=60, check=True)
    return read_wav(done.stdout)


def _faults(words: str, said: PcmAudio, floor: PcmAudio, made: Mastered) -> list[str]:
    heard = {"mp3": measure(made.mp3), "opus": measure(made.opus)}
    faults = [f"“{c}” is left in the spoken text" for c in words if c.isdigit() or c == "/"]
    for kind, level in heard.items():
        if abs(level.integrated_lufs - TARGET_LUFS) > TOLERANCE_LU:
            faults.append(f"{kind} is at {level.integrated_lufs:.2f} LUFS")
        if level.true_peak_dbtp > CEILING_DBTP:
            faults.append(f"{kind} peaks at {level.true_peak_dbtp:.2f} dBTP")
        if level.duration_s < said.duration_s:
            faults.append(f"{kind} is shorter than what was said")
    if abs(said.duration_s - floor.duration_s) > 0.1 * floor.duration_s:
        faults.append("the chain says more or less than espeak-ng alone")
    return faults


def run() -> dict[str, Any]:
    """Time the chain and the floor in turn; give medians, ratios of the pairs, loudness, and faults (none: correct).

    Times are seconds; a real-time factor is time taken over the length of the finished sound.
    """
    words = speak_text(BULLETIN).text
    floors: list[float] = []
    chains: list[float] = []
    for _ in range(PAIRS):
        floor_s, floor = _timed(lambda: _floor(words))
        chain_s, (said, made) = _timed(_whole_chain)
        floors.append(floor_s)
        chains.append(chain_s)
    text_s = median(_timed(lambda: speak_text(BULLETIN))[0] for _ in range(PAIRS))
    length_s = made.duration_ms / 1000
    faults = _faults(words, said, floor, made)
    return {
        "name": "speech",
        "correct": not faults,
        "faults": faults,
        "voice": best_voice().name,
        "written_words": len(BULLETIN.split()),
        "spoken_syllables": len(words.split()),
        "sound_s": round(length_s, 2),
        "chain_s": round(median(chains), 4),
        "floor_s": round(median(floors), 4),
        "text_s": round(text_s, 5),
        "pair_ratios": [round(c / f, 1) for c, f in zip(chains, floors, strict=True)],
        "ratio": round(median(c / f for c, f in zip(chains, floors, strict=True)), 1),
        "real_time_factor": round(median(chains) / length_s, 4),
        "floor_real_time_factor": round(median(floors) / floor.duration_s, 4),
        "integrated_lufs": round(made.loudness.integrated_lufs, 2),
        "true_peak_dbtp": round(made.loudness.true_peak_dbtp, 2),
        "mp3_bytes": len(made.mp3),
        "opus_bytes": len(made.opus),
    }
