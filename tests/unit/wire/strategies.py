"""Made-up messages: every field anywhere within its bounds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from coso_wire import (
    Action,
    Alert,
    Answer,
    Ask,
    DeviceState,
    Item,
    LogEntry,
    LogKind,
    Manifest,
    Media,
    PlayReport,
    Rank,
    ReportKind,
    SigningKey,
    seal_manifest,
)

KEY = SigningKey(b"k" * 32)

names = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=30)
moments = st.integers(86_400_000, 4_102_444_800_000).map(
    lambda ms: datetime.fromtimestamp(ms // 1000, UTC) + timedelta(milliseconds=ms % 1000)
)
digests = st.binary(min_size=32, max_size=32).map(bytes.hex)
media = st.builds(
    Media,
    sha256=digests,
    bytes=st.integers(1, 1 << 30),
    duration_ms=st.integers(1, 86_400_000),
    mime=st.sampled_from(["audio/mpeg", "audio/ogg", "audio/x-wav"]),
)


@st.composite
def items(draw: st.DrawFn, item_id: st.SearchStrategy[str] = names) -> Item:
    starts_at = draw(moments)
    return Item(
        item_id=draw(item_id),
        bulletin_id=draw(names),
        revision=draw(st.integers(0, 99)),
        rank=draw(st.sampled_from(Rank)),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(seconds=draw(st.integers(0, 7200))),
        media=draw(media),
        title=draw(names),
        grace_s=draw(st.integers(0, 3600)),
        late_s=draw(st.integers(0, 600)),
    )


@st.composite
def manifests(draw: st.DrawFn) -> Manifest:
    issued_at = draw(moments)
    return Manifest(
        device_id=draw(names),
        version=draw(st.integers(1, 1 << 40)),
        issued_at=issued_at,
        expires_at=issued_at + timedelta(seconds=draw(st.integers(1, 10**6))),
        areas=draw(st.lists(names, max_size=5).map(tuple)),
        items=draw(st.lists(items(), max_size=4, unique_by=lambda item: item.item_id).map(tuple)),
        quiet_hours=draw(st.sampled_from([(), (("21:30", "05:00"),), (("11:30", "13:30"), ("22:00", "04:59"))])),
        prefetch=draw(st.lists(media, max_size=2).map(tuple)),
    )


@st.composite
def alerts(draw: st.DrawFn) -> Alert:
    issued_at = draw(moments)
    action = draw(st.sampled_from(Action))
    return Alert(
        alert_id=draw(names),
        bulletin_id=draw(names),
        revision=draw(st.integers(0, 99)),
        action=action,
        areas=draw(st.lists(names, max_size=5).map(tuple)),
        issued_at=issued_at,
        expires_at=issued_at + timedelta(seconds=draw(st.integers(1, 10**6))),
        media=draw(media if action == Action.PLAY else st.none()),
        repeat=draw(st.integers(1, 100)),
        gap_s=draw(st.integers(0, 3600)),
    )


reports = st.builds(
    PlayReport,
    report_id=names,
    item_id=names,
    bulletin_id=names,
    revision=st.integers(0, 99),
    kind=st.sampled_from(ReportKind),
    at=moments,
    played_ms=st.integers(0, 10**7),
    media_sha256=digests,
    reason=st.none() | names,
)
log_entries = st.builds(
    LogEntry,
    seq=st.integers(1, 10**9),
    at=moments,
    kind=st.sampled_from(LogKind),
    prev=digests,
    item_id=st.none() | names,
    played_ms=st.none() | st.integers(0, 10**7),
    reason=st.none() | names,
)
asks = st.builds(
    Ask,
    cursor=names,
    wait_s=st.integers(0, 55),
    state=st.builds(
        DeviceState,
        manifest_version=st.integers(0, 10**9),
        volume=st.integers(0, 100),
        free_bytes=st.integers(0, 1 << 40),
        software=names,
        clock_ms=st.integers(0, 1 << 45),
        playing=st.none() | names,
    ),
    reports=st.lists(reports, max_size=3).map(tuple),
)
answers = st.builds(
    Answer,
    version=st.just(1),
    cursor=names,
    server_time=moments,
    manifest=st.none() | manifests().map(lambda manifest: seal_manifest(manifest, key=KEY)),
    acked_reports=st.lists(names, max_size=3).map(tuple),
    acked_log_seq=st.integers(0, 10**9),
    again_after_s=st.integers(0, 3600),
)
messages = st.one_of(items(), manifests(), alerts(), reports, log_entries, asks, answers)
