"""In: the bytes of a web page. Out: a Document: paragraphs and grids in reading order, problems.

No script is run and nothing is fetched. Where a page shows no table but quotes one in a string of
its data (as pages do that build themselves by script), that is read instead.
"""

import email
import email.policy
from collections.abc import Iterator, Sequence
from email.message import EmailMessage

from lxml import etree

from auditor.errors import UnreadableError
from auditor.model import Document, Place, Problem, Wording
from auditor.read.encoding import Decoded, decode
from auditor.read.flow import Node, Table, Text, to_blocks, too_large
from auditor.read.html.page import json_strings, parse_page, quoted_pages
from auditor.read.html.styles import StyleSheet
from auditor.read.html.walk import Walk, style_texts
from auditor.read.pictures import picture_problem

_LARGEST_FILE = 96 * 1024 * 1024
_MOST_MULTIPARTS = 40  # a web archive has one or two; each takes a pass over the file
_FEWEST_COLUMNS = 5  # more than the metadata around an article has
_TITLE_NAMES = {"articletitle", "dc.title", "og:title"}
_TABLE_MARK = "<t"
_QUOTED = Wording(
    "表格取自网页脚本中的数据；网页显示的内容可能与之不同",
    "the tables were taken from data in the page's script; what the page shows may differ",
)
_EMBEDDED = Wording(
    "网页中嵌入了其他文件（{name}），没有读取；如果报告在其中，请下载该文件",
    "the page embeds another file ({name}), which was not read; if the report is there, fetch it",
)
_UNDECODABLE = Wording(
    "网页中有 {count} 个字符无法按编码还原",
    "{count} characters of the page could not be decoded",
)


def read_html(content: bytes, file: str) -> Document:
    """Read a web page, a piece of one, or data that quotes one.

    Raises: UnreadableError where it is too large or nested too deeply.
    """
    if len(content) > _LARGEST_FILE:
        raise too_large(file)
    return _read_pages([decode(content)], file)


def read_mhtml(content: bytes, file: str) -> Document:
    """Read a web page saved as one file.

    Raises: UnreadableError where no page is in it, or as for HTML.
    """
    if len(content) > _LARGEST_FILE or content.lower().count(b"multipart/") > _MOST_MULTIPARTS:
        raise too_large(file)
    message = email.message_from_bytes(content, policy=email.policy.default)
    pages = [_page_of(part) for part in message.walk() if part.get_content_type() == "text/html"]
    if not pages:
        raise UnreadableError(
            f"{file}: 网页归档中没有网页；请重新保存再试",
            f"{file}: no page in this web archive; save it anew and try again",
        )
    return _read_pages(pages, file)


def _page_of(part: EmailMessage) -> Decoded:
    payload = part.get_payload(decode=True)
    return decode(payload if isinstance(payload, bytes) else b"", part.get_content_charset())


def _read_pages(pages: Sequence[Decoded], file: str) -> Document:
    nodes: list[Node] = []
    problems: list[Problem] = []
    pictures = 0
    for page in pages:
        seen = _Page(page.text, file)
        nodes += seen.nodes
        problems += seen.problems
        pictures += seen.pictures
        if page.faults:
            message = _UNDECODABLE.fill(count=page.faults)
            problems.append(Problem("undecodable_text", "warning", message))
    blocks = to_blocks(nodes, file)
    picture = picture_problem(pictures, blocks)
    return Document(file, blocks, (*problems, *((picture,) if picture else ())))


class _Page:
    """One page read: what it shows, or else the tables that it quotes."""

    def __init__(self, text: str, file: str) -> None:
        self._file = file
        self.pictures = 0
        self.problems: list[Problem] = []
        strings = json_strings(text) if text.lstrip()[:1] in {"{", "[", '"'} else None
        if strings is not None:
            self.nodes = self._quoted(strings)
            return
        root = parse_page(text, file)
        self.nodes = () if root is None else self._seen(root)
        if root is not None and not _has_table(self.nodes):
            self.nodes += self._quoted_in(root, text)

    def _seen(self, root: etree._Element) -> tuple[Node, ...]:
        walk = Walk(StyleSheet(style_texts(root)), self._file)
        nodes = (*_titles(root), *walk.nodes(root))
        self.pictures += walk.pictures
        self.problems += _embedded(root)
        return nodes

    def _quoted_in(self, root: etree._Element, text: str) -> tuple[Node, ...]:
        """Read what scripts quote; a file that is a script alone has no script element."""
        codes = [element.text or "" for element in root.iter("script")]
        if not text.lstrip().startswith("<"):
            codes = [text]
        quotes = [page for code in codes for page in quoted_pages(code)]
        nodes = self._quoted(quotes)
        if nodes:
            self.problems.append(Problem("quoted_tables", "info", _QUOTED))
        return nodes

    def _quoted(self, strings: Sequence[str]) -> tuple[Node, ...]:
        """Read strings in order: pieces of pages, and short texts such as a title; each once."""
        nodes: list[Node] = []
        for text in dict.fromkeys(strings):
            if _TABLE_MARK not in text and "<p" not in text:
                nodes.append(Text(text, text, Place()))
            elif (root := parse_page(text, self._file)) is not None:
                nodes += self._seen(root)
        return tuple(nodes)


def _has_table(nodes: Sequence[Node]) -> bool:
    """Claim that a table of data is among the nodes, or inside their tables."""
    tables = [node for node in nodes if isinstance(node, Table)]
    while tables:
        table = tables.pop()
        inner = [t for square in table.squares for t in square.tables]
        if table.column_count >= _FEWEST_COLUMNS and not inner:
            return True
        tables += inner
    return False


def _titles(root: etree._Element) -> Iterator[Text]:
    """Give the title in the page's head: sites of governments must give the article's there."""
    for element in root.iter("meta", "title"):
        is_title = element.tag == "title"
        name = (element.get("name") or element.get("property") or "").lower()
        text = (element.text if is_title else element.get("content")) or ""
        if (is_title or name in _TITLE_NAMES) and text.strip():
            yield Text(text, text, Place(path="head/title" if is_title else f"head/meta[{name}]"))


def _embedded(root: etree._Element) -> Iterator[Problem]:
    for element in root.iter("iframe", "embed", "object"):
        source = element.get("src") or element.get("data") or ""
        if source and not source.startswith(("javascript:", "about:")):
            message = _EMBEDDED.fill(name=source[-60:].replace("{", "").replace("}", ""))
            yield Problem("embedded_file", "info", message)
