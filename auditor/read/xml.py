"""In: the bytes of an XML part. Out: its root; entities, external parts and depth are refused."""

from lxml import etree

from auditor.errors import UnreadableError

_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"wordprocessingml"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"spreadsheetml"),
)


def parse_xml(content: bytes, file: str) -> etree._Element:
    """Parse XML that came from outside.

    No document type (with it no entity), nothing fetched, no more than 256 levels; the strict
    flavour of Office's formats is turned into the common one.
    Raises: UnreadableError.
    """
    refuse_entities(content, file)
    for strict, name in _STRICT:
        common = b"http://schemas.openxmlformats.org/" + name + b"/2006/main"
        content = content.replace(strict, common)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as fault:
        raise UnreadableError(
            f"{file}: 文件内部结构已损坏或嵌套过深；请用 Word/WPS/Excel 打开后另存一份再试",
            f"{file}: its inner XML is damaged or nested too deeply; open and save it anew",
        ) from fault
    if root.getroottree().docinfo.internalDTD is not None:  # in an encoding not seen above
        raise _entities(file)
    return root


def refuse_entities(content: bytes, file: str) -> None:
    """Refuse XML with a document type; raises UnreadableError."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _entities(file)


def _entities(file: str) -> UnreadableError:
    return UnreadableError(
        f"{file}: 文件内部含有实体声明，出于安全原因没有读取",
        f"{file}: declares XML entities and was not read for safety",
    )
