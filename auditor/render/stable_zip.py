"""In: an office file. Out: the same file without the time of writing: same input, same bytes."""

import io
import re
import zipfile

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first date that a zip can hold
_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(<)")


def without_time(content: bytes, *, keep_properties: bool = False) -> bytes:
    """Give the file with each part dated alike; `keep_properties`: its own dates are a draft's."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == _CORE and not keep_properties:
                part = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z\g<3>", part)
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, part)
    return out.getvalue()
