"""In: nothing. Out: the reader of scanned pages, or what to install for it."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from auditor.model import Wording
from auditor.read.pdf.page import Page

_PACKAGES = ("rapidocr", "onnxruntime", "cv2")
_MISSING = Wording(
    "识别扫描件和图片需要 OCR 组件（{what}）；请运行 pip install 'auditor[ocr]'",
    "scans and pictures need OCR ({what}): pip install 'auditor[ocr]'",
)

SheetReader = Callable[..., Page]


def why_missing() -> Wording | None:
    """Say what keeps scans from being read: a package, or a library of the system; None: nothing.

    Loads the packages: only for a page that needs them.
    """
    absent = [name for name in _PACKAGES if find_spec(name) is None]
    if absent:
        return _MISSING.fill(what=absent[0])
    try:
        import_module("auditor.read.scan.page")
    except ImportError as error:  # such as libGL.so.1, where another OpenCV is installed
        return _MISSING.fill(what=str(error).partition("\n")[0])
    return None
