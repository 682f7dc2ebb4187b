"""From a page to its article: parse once, read what the page says of itself, walk, choose, build.

The parts decide, each in its own file; this one only puts them in order. Nothing here opens a socket, and nothing is
read but the page.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from broadsheet.extraction.article import TEXT_KINDS, Access, Article, Block, Image, Kind, Receipt, Verdict
from broadsheet.extraction.blocks import build_blocks
from broadsheet.extraction.captions import take_captions
from broadsheet.extraction.choose import HEADINGS, TEXT, Choice, Role, choose
from broadsheet.extraction.container import find_container
from broadsheet.extraction.cues import matcher
from broadsheet.extraction.damage import find_damage
from broadsheet.extraction.decoding import decode, is_declared_utf8, is_utf8
from broadsheet.extraction.depth import shallow
from broadsheet.extraction.embedded import Embedded, read_embedded, types_of
from broadsheet.extraction.entries import take_entries
from broadsheet.extraction.features import Context
from broadsheet.extraction.figures import pictures_above, pictures_of, with_words
from broadsheet.extraction.metadata import Metadata, access_with_walls, read_body, read_metadata
from broadsheet.extraction.page import Box, Page, walk
from broadsheet.extraction.receipt import make_receipt, walls_of
from broadsheet.extraction.rules import Rules
from broadsheet.extraction.scripted import scripted_blocks
from broadsheet.extraction.selectors import around
from broadsheet.extraction.surroundings import LEFT_ANYWHERE, LEFT_BY_NEWS, LEFT_UNSEEN

SCRIPTED_SCORE = 0.7
"""Score of a text from embedded data: the mean F1 of such texts on the 97 development pages that carry one."""
QUIET = LexborDocumentOptions.WO_EVENTS.value
"""The parser keeps no account of changes. It reads as with scripts on: <noscript> is not what readers see."""
SMALL = 100_000
"""Bytes up to which a page that says it is UTF-8 is tested for it before it is read: a longer one is only where its
text turns out broken, and then read again."""
MAX_BYTES = 32_000_000
"""Pages are cut beyond this: no report is longer, and memory has an end."""


def extract(html: bytes | str, url: str | None = None, *, rules: Rules | None = None) -> Article:
    """Read the article of one page.

    html: the page as fetched. url: its address, to make others absolute. rules: an operator's wishes for this source.
    Never raises for bad markup: a page without an article gives an empty one whose receipt says so.
    """
    data = html[:MAX_BYTES] if isinstance(html, bytes) else html[:MAX_BYTES].encode("utf-8", "replace")
    with _without_collector():
        if not isinstance(html, bytes):
            return _read(data, url or "", rules)
        if is_declared_utf8(data) and (len(data) > SMALL or is_utf8(data)):
            article = _read(data, url or "", rules)
            if not _is_broken(article):
                return article
            decoded = decode(data)
            return article if decoded.encoding == "utf-8" else _read(decoded.utf8, url or "", rules)
        return _read(decode(data).utf8, url or "", rules)


def _is_broken(article: Article) -> bool:
    """Whether bytes of the text were no UTF-8 after all; what the parser cannot read becomes U+FFFD."""
    return "\ufffd" in article.headline or any("\ufffd" in b.text for b in article.blocks if b.kind in TEXT_KINDS)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Pause the search for unreachable cycles: reading a page makes thousands of values and no cycle, and looking at
    them again and again would take a tenth of the time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _read(data: bytes, base: str, rules: Rules | None) -> Article:
    """`extract` for UTF-8."""
    tree = LexborHTMLParser(shallow(data), scripting=True, options=QUIET)
    found = read_body(tree, base)
    embedded = read_embedded(tree, base, found.scripts)
    metadata = read_metadata(tree, base, embedded, body=found)
    if rules is not None:
        metadata = _with_rules(metadata, tree, rules)
    kept = rules.find_kept(tree) if rules is not None else []
    body = tree.body
    context = context_of(metadata, embedded)
    page = read_pieces(body, context, kept) if body is not None else Page()
    choice = choose(page, context) if page.pieces else Choice(page, [])
    if kept:
        _keep(choice, {node.mem_id for node in kept})
    shown = sum([len(page.pieces[i].text) for i in choice.kept])
    scripted = scripted_blocks(tree, embedded, shown)
    if scripted:
        receipt = Receipt(SCRIPTED_SCORE, Verdict.GOOD, ("text from the page's embedded data",))
        return _article(metadata, receipt, metadata.image, scripted)
    take_entries(choice)
    captions = take_captions(choice)
    pictures = pictures_of(choice, captions, base)
    images = [image for _, image in pictures]
    lead = with_words(metadata.image, images)
    if choice.kept and (lead is None or not lead.caption):
        above, loose = pictures_above(choice, metadata.headline, base)
        images, captions = above + images, loose + captions
        lead = with_words(metadata.image, images)
    text = "\n".join([page.pieces[i].text for i in choice.kept])
    complete = bool(context.body) and shown >= 0.8 * len(context.body)
    is_free = metadata.access is Access.OPEN
    receipt = make_receipt(choice, find_damage(text), complete, context.cues, is_free=is_free)
    blocks = build_blocks(choice, pictures, base)
    access = access_with_walls(metadata.access, walls_of(choice, receipt), receipt.verdict is Verdict.GOOD)
    kind = Kind.LIVE if choice.entries and metadata.kind is Kind.NEWS else metadata.kind
    if access is not metadata.access or kind is not metadata.kind:
        metadata = replace(metadata, access=access, kind=kind)
    return _article(metadata, receipt, lead, blocks, images, [(c.text, c.credit) for c in captions])


def read_pieces(body: LexborNode, context: Context, kept: Sequence[LexborNode] = ()) -> Page:
    """The pieces of the part of a page in which its article stands, and what is kept by rule."""
    place = find_container(body)
    leave = LEFT_UNSEEN if not place.around else LEFT_BY_NEWS if context.news else LEFT_ANYWHERE
    if not kept:
        return walk(place.node, leave, place.around)
    held = {node.mem_id for node in place.node.css("*")}
    root = place.node if all(node.mem_id in held for node in kept) else body
    within = {node.mem_id for one in kept for node in one.css("*")}
    return walk(root, leave, place.around | around(kept) | within)


def _with_rules(metadata: Metadata, tree: LexborHTMLParser, rules: Rules) -> Metadata:
    """What the rules read from the page takes the place of what was found; what they drop leaves the tree."""
    zone = (metadata.published.tzinfo if metadata.published is not None else None) or UTC
    metadata = replace(
        metadata,
        headline=rules.find_headline(tree) or metadata.headline,
        authors=rules.find_authors(tree) or metadata.authors,
        published=rules.find_date(tree, zone) or metadata.published,
    )
    rules.drop_from(tree)
    return metadata


def _keep(choice: Choice, wanted: set[int]) -> None:
    """Make text of every piece inside a wanted element."""
    for i, piece in enumerate(choice.page.pieces):
        at: Box | None = piece.box
        while at is not None:
            if at.node.mem_id in wanted:
                if choice.roles[i] not in TEXT:
                    choice.roles[i] = Role.SUBHEADING if piece.box.tag in HEADINGS else Role.PARAGRAPH
                break
            at = at.parent
    choice.kept = [i for i, role in enumerate(choice.roles) if role in TEXT]


def context_of(metadata: Metadata, embedded: Embedded) -> Context:
    """The evidence about the article that stands outside its text."""
    kinds = {kind for item in embedded.objects[:50] for kind in types_of(item)}
    return Context(
        title=metadata.headline,
        lead=metadata.standfirst,
        body=embedded.body,
        news=any(kind.endswith("newsarticle") or kind == "liveblogposting" for kind in kinds),
        cues=matcher(metadata.language),
        authors=metadata.authors,
    )


def _article(
    metadata: Metadata,
    receipt: Receipt,
    lead: Image | None,
    blocks: tuple[Block, ...] = (),
    images: Sequence[Image] = (),
    captions: Sequence[tuple[str, str]] = (),
) -> Article:
    """The article of all parts; captions and credits are those of its pictures, each once."""
    shown = [(i.caption, i.credit) for i in (*([lead] if lead is not None else ()), *images)]
    shown += captions
    return Article(
        headline=metadata.headline,
        standfirst=metadata.standfirst,
        authors=metadata.authors,
        agencies=metadata.agencies,
        published=metadata.published,
        modified=metadata.modified,
        section=metadata.section,
        language=metadata.language,
        direction=metadata.direction,
        publisher=metadata.publisher,
        canonical=metadata.canonical,
        image=lead,
        captions=tuple(dict.fromkeys(caption for caption, _ in shown if caption)),
        credits=tuple(dict.fromkeys(credit for _, credit in shown if credit)),
        blocks=blocks,
        access=metadata.access,
        kind=metadata.kind,
        licence=metadata.licence,
        signals=metadata.signals,
        further_pages=metadata.further_pages,
        amp=metadata.amp,
        receipt=receipt,
    )
