"""Damaged and made-up input: every reader gives a result or one of its own errors, never anything else."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coso.documents.adapters import UnreadableFile, extract_text
from coso.documents.rules import NotAnOfficialDocument, TextTooLong, read_document
from coso.documents.rules.whereabouts import whereabouts
from coso.newsroom.rules.speech import speak_text
from coso_wire import Ask, EnrolAsk, Envelope, Manifest, WireError

pytestmark = pytest.mark.slow

SEED = (Path(__file__).parents[1] / "support" / "data" / "seed.txt").read_text()
TIMES = 1500


def damaged(rng: random.Random, text: str) -> str:
    """Cut out, repeat, swap and garble pieces of a text."""
    for _ in range(rng.randint(1, 8)):
        start = rng.randrange(len(text))
        end = min(len(text), start + rng.randint(1, 400))
        piece = text[start:end]
        text = rng.choice(
            [
                text[:start] + text[end:],
                text[:end] + piece + text[end:],
                text[:start] + piece[::-1] + text[end:],
                text[:start] + "".join(rng.choice("IVX1.a)-+*|\n ") for _ in piece) + text[end:],
            ]
        )
    return text or " "


def test_a_damaged_plan_is_read_or_refused_and_its_places_stay_within_the_text(figure):
    rng, read = random.Random(82), 0

    for _ in range(TIMES):
        text = damaged(rng, SEED)
        try:
            found = read_document(text)
        except (NotAnOfficialDocument, TextTooLong):
            continue
        read += 1
        assert all(0 <= a <= b <= len(text) for spans in whereabouts(found).values() for a, b in spans)

    figure("damaged plans", TIMES)
    figure("of these read", read)
    assert read > 0


def test_a_damaged_file_is_read_or_refused(figure):
    rng, read = random.Random(7), 0
    whole = SEED.encode()

    for _ in range(TIMES):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 60)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        head = rng.choice([b"", b"PK\x03\x04", b"%PDF-1.7\n", b"\xff\xfe", b"\xef\xbb\xbf"])
        try:
            extract_text(head + bytes(data), name="a.docx")
        except UnreadableFile:
            continue
        read += 1

    figure("damaged files", TIMES)
    figure("of these read", read)
    assert read > 0


def test_a_damaged_message_is_parsed_or_refused(figure):
    rng, kinds, refused = random.Random(3), (Ask, EnrolAsk, Envelope, Manifest), 0
    whole = b'{"versions":[1],"cursor":"","wait_s":0,"state":{"manifest_version":0,"playing":null},"reports":[],"x":1}'

    for _ in range(20 * TIMES):
        data = bytearray(whole)
        for _ in range(rng.randint(0, 6)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        try:
            rng.choice(kinds).from_bytes(bytes(data))
        except WireError:
            refused += 1

    figure("damaged messages", 20 * TIMES)
    assert refused > 0


@settings(max_examples=TIMES * 3, deadline=None)
@given(st.text(max_size=200))
def test_whatever_is_written_can_be_spoken_without_a_figure(text):
    said = speak_text(text).text

    assert not any(char.isdigit() for char in said)
    assert "/" not in said
