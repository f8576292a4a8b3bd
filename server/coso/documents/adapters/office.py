"""Files of old offices (.doc, .rtf) turned into .docx by LibreOffice, when it is installed.

LibreOffice runs in a profile of its own in which macros are off and links to other files are never followed.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from . import tools
from .errors import BrokenFile, OfficeMissing

_SECONDS = 120
_PROFILE = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def can_convert() -> bool:
    """Tell whether LibreOffice is installed."""
    return tools.find("soffice", "libreoffice") is not None


def to_docx(data: bytes, kind: str) -> bytes:
    """Give the .docx of a .doc or .rtf; raise OfficeMissing without LibreOffice, BrokenFile when it can't open it."""
    office = tools.find("soffice", "libreoffice")
    if office is None:
        raise OfficeMissing(kind)
    made = convert(office, data, kind, "docx", "docx:MS Word 2007 XML")
    if made is None:
        raise BrokenFile(kind)
    return made


def convert(office: str, data: bytes, kind: str, to: str, way: str) -> bytes | None:
    """Give what LibreOffice makes of a file, in a folder that is gone afterwards; None when it makes nothing."""
    with tempfile.TemporaryDirectory(prefix="coso-office-") as name:
        folder = Path(name)
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        source = folder / f"in.{kind}"
        source.write_bytes(data)
        tools.run(
            [
                office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
                "--convert-to", way, "--outdir", folder, source,
            ],
            seconds=_SECONDS,
        )  # fmt: skip
        made = folder / f"in.{to}"
        return made.read_bytes() if made.exists() else None
