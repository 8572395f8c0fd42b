"""HTML mail as plain words: nothing is loaded, links say whither, quotes carry `>`; pure."""

import re
import unicodedata
from dataclasses import dataclass
from html.parser import HTMLParser

import nh3

from schoolgate.inbound.mail.links import suffix_of

MOST = 400_000  # characters of HTML that are looked at
TAGS = {
    "a", "b", "blockquote", "br", "dd", "div", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "img", "li", "ol", "p", "pre", "span", "table", "td", "th", "tr", "ul",
}  # fmt: skip
_LINES = {"div", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "ul", "table", "tr"}
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"}
_BLOCKS = _LINES | _PARAGRAPHS | {"br", "hr", "pre"}
DEEPEST_QUOTE = 20
DEEPEST = 200  # tags within tags
# Tags that end by themselves when the next one begins do not go deeper.
_TAG = re.compile(r"<(/?)(?!(?:p|li|td|th|tr|dd|dt|br|hr|img|meta|link|input|col)\b)[a-z]", re.I)
# How programs mark what they quote: all inside it, or all from there on.
_QUOTE = re.compile(
    r"gmail_quote|yahoo_quoted|moz-cite-prefix|protonmail_quote|tutanota_quote|zmail_extra|"
    r"isreplycontent|messagereplysection|zwchr|hmquote|quoted-mail|outlookmessageheader|"
    r"replyquote|wmquote|mail-quote|bq_\w*quote"
)
_FROM_HERE = re.compile(
    r"divrplyfwdmsg|appendonsend|mail-editor-reference-message-container|zwchr|"
    r"outlookmessageheader|moz-cite-prefix|ms-outlook-mobile-reference-message"
)
_OUTLOOK_RULE = re.compile(
    r"border:\s*none;\s*border-top:\s*solid\s+#?\w+\s+1\.0pt|border-top:\s*#?\w+\s+1pt\s+solid"
)


_VOID = {"br", "hr", "img"}
_WHOLE_RTL = re.compile(r"<(?:html|body)\b[^>]{0,500}?\bdir\s{0,9}=\s{0,9}[\"']?rtl", re.I)
_MARKS = {"rtl": "\u200f", "ltr": "\u200e"}
_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}


@dataclass(frozen=True, slots=True)
class Page:
    """The words of an HTML mail, and the lines that its program marked as quoted (from, to)."""

    text: str
    quotes: tuple[tuple[int, int], ...] = ()


def text_of(html: str) -> str:
    """The words of an HTML mail, a line for each block, quoted blocks marked with `>`."""
    return page_of(html).text


def page_of(html: str) -> Page:
    """The words, and where the mail's program says that a quotation stands."""
    read = _shallow(html[:MOST])
    # Tags that can hold no text of a person go with everything inside them.
    clean = nh3.clean(
        read,
        tags=TAGS,
        clean_content_tags={"script", "style", "title", "head"} - TAGS,
        attributes={
            "a": {"href"},
            "img": {"alt"},
            "div": {"class", "id", "name", "style"},
            "blockquote": {"class", "id", "type"},
            "span": {"id"},
            "hr": {"id"},
            "*": {"dir"},
        },
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    reader = _Words("rtl" if _WHOLE_RTL.search(read) else "")
    reader.feed(clean)
    reader.close()
    return reader.page(cut=len(read) < len(html))


def _shallow(html: str) -> str:
    """HTML up to where it goes too deep."""
    depth = 0
    for tag in _TAG.finditer(html):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > DEEPEST:
            return html[: tag.start()]
    return html


def _direction(given: dict[str, str | None]) -> str:
    told = (given.get("dir") or "").strip().lower()
    return told if told in _MARKS else ""


def directed(words: str, direction: str) -> str:
    """A line that runs as its writer's program said, where its first letter says otherwise."""
    strong = (_STRONG.get(unicodedata.bidirectional(one), "") for one in words)
    first = next(filter(None, strong), "")
    # Words of one direction alone need no mark, whatever the program said of its page.
    if not words or not direction or first in {direction, ""}:
        return words
    other = "rtl" if first == "ltr" else "ltr"
    mixed = any(_STRONG.get(unicodedata.bidirectional(one)) == other for one in words)
    return f"{_MARKS[direction]}{words}" if mixed else words


class _Words(HTMLParser):
    """Collects lines; each remembers how deeply it is quoted."""

    def __init__(self, direction: str) -> None:
        super().__init__(convert_charrefs=True)
        self.directions: list[str] = [direction]  # of each open tag, the innermost last
        self.said = ""  # the direction of the line that is being read
        self.lines: list[str] = []
        self.line: list[str] = []
        self.quoted = 0
        self.link: tuple[str, int] | None = None
        self.kept = 0  # inside how many <pre>
        self.open: list[tuple[str, int]] = []  # each open block, and where its quotation began
        self.quotes: list[tuple[int, int]] = []
        self.onward = -1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins a line; a quote goes one deeper; a picture is its words."""
        if tag in _BLOCKS:
            self._end_line(always=tag == "br")
        if tag in _PARAGRAPHS:
            self._end_paragraph()
        if tag not in _VOID:
            self.directions.append(_direction(dict(attrs)) or self.directions[-1])
        if tag in {"div", "blockquote", "span", "hr"}:
            self._notice(tag, dict(attrs))
        if tag == "blockquote":
            self.quoted = min(self.quoted + 1, DEEPEST_QUOTE)
        elif tag == "li":
            self.line.append("• ")
        elif tag == "hr":
            self.lines.append(self._marked("________"))
        elif tag == "pre":
            self.kept += 1
        elif tag == "img":
            alt = dict(attrs).get("alt")
            self.line.append(f"[{alt}]" if alt else "")
        elif tag == "a":
            self.link = (dict(attrs).get("href") or "", len(self.line))

    def handle_endtag(self, tag: str) -> None:
        """A block ends its line; a link says where it leads."""
        if tag == "a" and self.link:
            self._end_link()
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
        if tag not in _VOID and len(self.directions) > 1:
            self.directions.pop()
        self._leave(tag)

    def handle_data(self, data: str) -> None:
        """Words; line breaks in the source mean nothing, except in preformatted text."""
        if data.strip() and not self.said:
            self.said = self.directions[-1]
        if not self.kept:
            self.line.append(data.replace("\r", " ").replace("\n", " "))
            return
        first, *more = data.replace("\r\n", "\n").split("\n")
        self.line.append(first)
        for line in more:
            self._end_line(always=True)
            self.line.append(line)

    def page(self, *, cut: bool) -> Page:
        """All lines; what was cut says so, the whole stands in the original."""
        self._end_line()
        for _, since in self.open:
            if since >= 0:
                self.quotes.append((since, len(self.lines)))
        if self.onward >= 0:
            self.quotes.append((self.onward, len(self.lines)))
        blank = next((n for n, line in enumerate(self.lines) if line), len(self.lines))
        text = "\n".join([*self.lines, *(["[…]"] if cut else [])])
        places = {(max(0, since - blank), until - blank) for since, until in self.quotes}
        return Page(text.strip("\n"), tuple(sorted(places)))

    def _notice(self, tag: str, given: dict[str, str | None]) -> None:
        """A mark of a mail program that a quotation begins."""
        name = f"{given.get('class') or ''} {given.get('id') or ''} {given.get('name') or ''}"
        name = name.strip().lower()
        cited = tag == "blockquote" and given.get("type") == "cite"
        rule = bool(given.get("style")) and _OUTLOOK_RULE.search((given["style"] or "").lower())
        quotes = cited or name == "quote" or bool(name and _QUOTE.search(name))
        if self.onward < 0 and (rule or (name and _FROM_HERE.search(name))):
            self.onward = len(self.lines)
        if tag in {"div", "blockquote"}:
            self.open.append((tag, len(self.lines) if quotes else -1))

    def _leave(self, tag: str) -> None:
        if tag in {"div", "blockquote"} and self.open and self.open[-1][0] == tag:
            _, since = self.open.pop()
            if since >= 0:
                self.quotes.append((since, len(self.lines)))

    def _end_line(self, *, always: bool = False) -> None:
        if self.link:
            self._end_link()
        whole = "".join(self.line)
        words = whole.rstrip() if self.kept else " ".join(whole.split())
        self.line = []
        if words or always:
            self.lines.append(self._marked(directed(words, self.said)))
        self.said = ""

    def _end_paragraph(self) -> None:
        if self.lines and self.lines[-1].strip("> "):
            self.lines.append(self._marked(""))

    def _marked(self, words: str) -> str:
        return f"{'>' * self.quoted} {words}".rstrip() if self.quoted else words

    def _end_link(self) -> None:
        address, since = self.link or ("", 0)
        self.link = None
        words = "".join(self.line[since:]).strip()
        suffix = suffix_of(address, words)
        if suffix:
            self.line.append(suffix if words else suffix.strip())
