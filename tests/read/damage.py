"""In: good files. Out: damaged, hostile or merely unusual ones."""

import io
import zipfile

_COMMON = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"


def in_strict_flavour(content: bytes) -> bytes:
    """A Word file whose parts name the strict namespace."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(_COMMON, _STRICT))
    return out.getvalue()
