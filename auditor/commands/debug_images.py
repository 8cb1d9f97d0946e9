"""In: what was read of a file, and a folder. Out: pictures of what was seen, of a PDF's pages."""

from itertools import chain, count
from pathlib import Path

from auditor.complain import complain
from auditor.errors import UsageError
from auditor.model import Language
from auditor.pipeline import Sight
from auditor.read import kinds
from auditor.recognise.tracing import matched_labels
from auditor.render.sight.seen import Seen, see


class DebugImages:
    """Writes files into a folder, none of a run over another one."""

    def __init__(self, folder: Path, lang: Language) -> None:
        self._folder, self._lang = folder, lang
        self._stems: set[str] = set()

    def draw(self, sight: Sight) -> None:
        """Draw what was seen of one file. Raises: UsageError where it cannot be written."""
        blocks = see(sight.document, sight.report, matched_labels(sight.document))
        stem = self._free_stem(sight.report.file)
        if kinds.is_pdf(sight.content):
            self._draw_pages(sight, blocks, stem)
        else:
            self._write_page(sight, blocks, stem)

    def _draw_pages(self, sight: Sight, blocks: tuple[Seen, ...], stem: str) -> None:
        from auditor.render.sight.pictures import draw_pages  # noqa: PLC0415 - lazy: Pillow

        pages = list(draw_pages(sight.content, sight.report, blocks, self._lang))
        digits = len(str(len(pages)))
        for page_no, picture in pages:
            self._write(f"{stem}-{page_no:0{digits}}.png", picture)
        zh = f"{sight.report.file}: 已画出 {len(pages)} 页，见 {self._folder}/{stem}-*.png"
        en = f"{sight.report.file}: {len(pages)} pages drawn, see {self._folder}/{stem}-*.png"
        complain(zh, en, self._lang, "note")

    def _write_page(self, sight: Sight, blocks: tuple[Seen, ...], stem: str) -> None:
        from auditor.render.sight.page import sight_page  # noqa: PLC0415 - only where asked for

        self._write(f"{stem}.html", sight_page(sight.report, blocks, self._lang))
        target = f"{self._folder}/{stem}.html"
        zh = f"{sight.report.file}: 此格式没有页面可画，所见的网格写入 {target}"
        en = f"{sight.report.file}: has no pages to draw; the grids that were seen are in {target}"
        complain(zh, en, self._lang, "note")

    def _free_stem(self, file: str) -> str:
        stem = Path(file).stem or "stdin"
        names = chain((stem,), (f"{stem}_{number}" for number in count(2)))
        free = next(name for name in names if name not in self._stems)
        self._stems.add(free)
        return free

    def _write(self, name: str, content: bytes) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / name).write_bytes(content)
        except OSError as error:
            why = error.strerror or str(error)
            raise UsageError(
                f"--debug-images: 无法写入 {self._folder / name}: {why}",
                f"--debug-images: cannot write {self._folder / name}: {why}",
            ) from error
