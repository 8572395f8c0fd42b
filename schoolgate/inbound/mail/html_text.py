"""HTML mail as plain words: nothing is loaded, links say whither, quotes carry `>`; pure."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import nh3

MOST = 500_000  # characters of HTML that are looked at
TAGS = {
    "a", "b", "blockquote", "br", "dd", "div", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "i", "img", "li", "ol", "p", "pre", "table", "td", "th", "tr", "ul",
}  # fmt: skip
_LINES = {"div", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "ul", "table", "tr"}
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"}
DEEPEST_QUOTE = 20
DEEPEST = 200  # tags within tags; a parser's time grows with the square of it
# Tags that end by themselves when the next one begins do not go deeper.
_TAG = re.compile(r"<(/?)(?!(?:p|li|td|th|tr|dd|dt|br|hr|img|meta|link|input|col)\b)[a-z]", re.I)


def text_of(html: str) -> str:
    """The words of an HTML mail, a line for each block, quoted blocks marked with `>`."""
    read = _shallow(html[:MOST])
    # Tags that can hold no text of a person go with everything inside them.
    clean = nh3.clean(
        read,
        tags=TAGS,
        clean_content_tags={"script", "style", "title", "head"} - TAGS,
        attributes={"a": {"href"}, "img": {"alt"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    reader = _Words()
    reader.feed(clean)
    reader.close()
    # What was cut says so; the whole stands in the original.
    return reader.text() + ("\n[…]" if len(read) < len(html) else "")


def _shallow(html: str) -> str:
    """HTML up to where it goes too deep."""
    depth = 0
    for tag in _TAG.finditer(html):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > DEEPEST:
            return html[: tag.start()]
    return html


class _Words(HTMLParser):
    """Collects lines; each remembers how deeply it is quoted."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line: list[str] = []
        self.quoted = 0
        self.link: tuple[str, int] | None = None
        self.kept = 0  # inside how many <pre>

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins a line; a quote goes one deeper; a picture is its words."""
        given = dict(attrs)
        if tag in _LINES or tag in _PARAGRAPHS or tag in {"br", "hr", "pre"}:
            self._end_line(always=tag == "br")
        if tag in _PARAGRAPHS:
            self._end_paragraph()
        if tag == "blockquote":
            self.quoted = min(self.quoted + 1, DEEPEST_QUOTE)
        elif tag == "li":
            self.line.append("• ")
        elif tag == "hr":
            self.lines.append(self._marked("________"))
        elif tag == "pre":
            self.kept += 1
        elif tag == "img" and given.get("alt"):
            self.line.append(f"[{given['alt']}]")
        elif tag == "a":
            self.link = (given.get("href") or "", len(self.line))

    def handle_endtag(self, tag: str) -> None:
        """A block ends its line; a link says where it leads."""
        if tag == "a" and self.link:
            self._end_link(*self.link)
        elif tag in {"td", "th"}:
            self.line.append("  ")
        elif tag in _LINES or tag in _PARAGRAPHS or tag == "pre":
            self._end_line()
        if tag in _PARAGRAPHS:
            self._end_paragraph()
        if tag == "blockquote":
            self.quoted = max(0, self.quoted - 1)
        elif tag == "pre":
            self.kept = max(0, self.kept - 1)

    def handle_data(self, data: str) -> None:
        """Words; line breaks in the source mean nothing, except in preformatted text."""
        if not self.kept:
            self.line.append(data.replace("\r", " ").replace("\n", " "))
            return
        first, *more = data.replace("\r\n", "\n").split("\n")
        self.line.append(first)
        for line in more:
            self._end_line(always=True)
            self.line.append(line)

    def text(self) -> str:
        """All lines."""
        self._end_line()
        return "\n".join(self.lines).strip("\n")

    def _end_line(self, *, always: bool = False) -> None:
        whole = "".join(self.line)
        words = whole.rstrip() if self.kept else " ".join(whole.split())
        self.line, self.link = [], None
        if words or always:
            self.lines.append(self._marked(words))

    def _end_paragraph(self) -> None:
        if self.lines and self.lines[-1].strip("> "):
            self.lines.append(self._marked(""))

    def _marked(self, words: str) -> str:
        return f"{'>' * self.quoted} {words}".rstrip() if self.quoted else words

    def _end_link(self, address: str, since: int) -> None:
        self.link = None
        shown = "".join(self.line[since:])
        host = _host(address)
        if host and host not in shown:
            self.line.append(f" ({address})")


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
