"""Parses XML that a stranger may have written: no entities, no network, bounded size."""

from lxml import etree

LARGEST_FILE = 1_000_000  # characters: twenty times the largest diagram that a person would draw


class Unreadable(ValueError):
    """The text is no diagram; `rule` is the rule's code, `says` and `do` are Chinese sentences."""

    def __init__(self, rule: str, element: str, says: str, do: str) -> None:
        super().__init__(says + do)
        self.rule, self.element, self.says, self.do = rule, element, says, do


def parse(text: str) -> etree._Element:
    """The root element of `text`. Raises Unreadable."""
    if len(text) > LARGEST_FILE:
        raise Unreadable(
            "too-big",
            "",
            f"文件有 {len(text)} 个字符，最多 {LARGEST_FILE} 个。",
            "请删去图中嵌入的图片等无关内容，或把流程分成几个文件。",
        )
    # Refused before any parser sees it: entities are declared in a document type (billion laughs, XXE).
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Unreadable(
            "entities",
            "<!DOCTYPE>",
            "文件里有文档类型声明（DOCTYPE）或实体（ENTITY），流程图里不允许。",
            "请删去这些声明，用 BPMN 编辑器重新保存。",
        )
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        where = f"行 {error.lineno}" if isinstance(error, etree.XMLSyntaxError) and error.lineno else ""
        raise Unreadable(
            "not-xml",
            where,
            "文件不是完整的 XML，无法读取。",
            "请用 BPMN 编辑器打开并重新保存；手工改过的，请检查标签是否成对、引号是否齐全。",
        ) from error
