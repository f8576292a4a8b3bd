"""What `coso documents` can do; it needs no database."""

import json
import sys
from pathlib import Path
from typing import Any

import click

_ACCEPTED = "Nhận .docx, .odt, .pdf có lớp chữ, .txt và .md, tối đa 25 MB."
_WRONG = {
    "empty": "Tệp không có chữ nào.",
    "too_large": "Tệp quá lớn.",
    "unknown": "Tệp không phải là văn bản đọc được.",
    "encrypted": "Tệp bị khóa bằng mật khẩu; hãy lưu lại bản không có mật khẩu.",
    "no_text": "Tệp PDF chỉ có ảnh trang giấy; cần nhận dạng chữ (OCR) trước, hoặc xin bản có chữ.",
    "broken": "Tệp bị hỏng, không mở được; hãy xin lại tệp.",
    "bomb": "Tệp phình ra quá lớn khi mở nên bị từ chối.",
    "entities": "Tệp chứa thực thể XML nên bị từ chối.",
    "encoding": "Chữ trong tệp dùng bảng mã cũ (TCVN3, VNI…); hãy lưu lại bằng Unicode (UTF-8).",
    "not_an_official_document": "Không thấy văn bản hành chính nào trong tệp: cần có tên loại hoặc số, ký hiệu.",
    "text_too_long": "Văn bản quá dài; hãy bỏ bớt phụ lục.",
    "missing": "Không mở được tệp này.",
}
_RECURRENCES = {
    "annual": "hằng năm",
    "half_yearly": "sáu tháng một lần",
    "quarterly": "hằng quý",
    "monthly": "hằng tháng",
    "weekly": "hằng tuần",
    "daily": "hằng ngày",
    "continuous": "thường xuyên",
}


@click.group()
def documents() -> None:
    """Read official documents into structure."""


@documents.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list, an entry for each file that was read.")
def read(files: tuple[Path, ...], as_json: bool) -> None:
    """Read official documents (.docx, .odt, .pdf, .txt, .md).

    Exit code 0: all were read; 1: at least one was not, with the reason on the error stream; 2: wrong usage.
    """
    # The libraries behind it take half a second to load, which other commands needn't wait for.
    from coso.documents.adapters import UnreadableFile
    from coso.documents.rules import NotAnOfficialDocument, TextTooLong

    found: list[dict[str, Any]] = []
    for file in files:
        try:
            found.append(_read(file))
        except (UnreadableFile, NotAnOfficialDocument, TextTooLong) as error:
            click.echo(f"{file.name}: {_WRONG[error.code]} {_ACCEPTED}", err=True)
        except OSError:
            click.echo(f"{file.name}: {_WRONG['missing']}", err=True)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        click.echo("\n\n".join(_summary(one) for one in found))
    sys.exit(0 if len(found) == len(files) else 1)


def _read(file: Path) -> dict[str, Any]:
    from coso.documents.adapters import extract_text
    from coso.documents.rules import read_document, to_gold

    extracted = extract_text(file.read_bytes(), name=file.name)
    return {"file": file.name, **to_gold(read_document(extracted.text))}


def _summary(one: dict[str, Any]) -> str:
    number = f"{one['number'] or '?'}/{one['symbol']}" if one["symbol"] else "không số"
    lines = [
        f"{one['file']}: {one['doc_type'] or 'Văn bản'} {number}",
        f"  Nơi ban hành: {one['issuer'] or 'không rõ'}",
        f"  Ngày ban hành: {_day(one['issued_on']) if one['issued_on'] else 'không rõ'}",
        f"  Trích yếu: {one['title'] or 'không rõ'}",
        f"  Người ký: {one['signer'] or 'không rõ'}",
        f"  Căn cứ: {len(one['bases'])}; nhiệm vụ: {len(one['tasks'])}; phân công: {len(one['duties'])}; "
        f"nơi nhận: {len(one['recipients'])}; điều cần xem lại: {len(one['warnings'])}",
    ]
    return "\n".join([*lines, *(f"  - {_task(task)}" for task in one["tasks"])])


def _task(task: dict[str, Any]) -> str:
    when = task["due"] or _RECURRENCES.get(task["recurrence"] or "", "không có thời hạn")
    return f"{task['ref']}: {task['title']} ({', '.join(task['lead']) or 'chưa rõ đơn vị chủ trì'}; {when})"


def _day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{day}/{month}/{year}"


commands = [documents]
