"""A theme's own reference.docx: its page, headers, footers and styles are kept, and what a report needs besides is added.

Only what pandoc takes over is taken over: styles, fonts, settings, theme, headers and footers with their pictures. The text in it,
comments, properties and whatever else Word keeps are left behind.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from .package import OFFICE, Package, W, refuse
from .reference import A4, EXTENSIONS, Reference, draft_mark, packed, part, relationships, section
from .styles import WORD, entries

if TYPE_CHECKING:
    from datetime import date

    from nianbao.style import Style

NARROWEST = 2000  # twips: 35 mm of text
NUMBERED = re.compile(rb"<w:numPr>.*?</w:numPr>|<w:numPr/>", re.DOTALL)  # a report numbers its headings itself
EMBEDDED = re.compile(rb"<w:embed(?:Regular|Bold|Italic|BoldItalic)\b[^>]*/>")  # fonts: those of a government are not free
SHARED = {"fontTable": "fontTable.xml", "settings": "settings.xml", "theme": "theme/theme1.xml"}
PAGES = ("default", "even", "first")


@lru_cache(8)
def completed(data: bytes, style: Style, draft: bool, day: date) -> Reference:
    """The reference document of a theme, `data`, with our styles where it has none of that name, and 草稿 if `draft`.

    Raises SettingError where the file is no .docx, has macros, reaches outside, or leaves no room for text.
    """
    package = Package(data)
    sectpr = _section(package, style)
    width = _text_width(sectpr)
    ids, styles = _styles(package, style, width)
    files: dict[str, str | bytes] = {"word/styles.xml": styles}
    targets = {"styles": "styles.xml"}
    for kind, name in SHARED.items():
        if content := _shared(package, kind):
            files[f"word/{name}"], targets[kind] = content, name
    shown = _headers_and_footers(package, sectpr, files, targets)
    if draft:
        _mark(shown, files, targets, ids["DraftMark"])
    return Reference(packed(files, targets, _written(sectpr, shown), day), width, ids)


def _section(package: Package, style: Style) -> ElementTree.Element:
    """The last section's properties: those of the page that a report gets; ours where the file has none."""
    found = package.document.find(f"{W}body/{W}sectPr")
    if found is not None and found.find(f"{W}pgSz") is not None and found.find(f"{W}pgMar") is not None:
        return found
    ours = part("body", re.sub("<w:footerReference[^>]*>", "", section(style, draft=False)))
    return ElementTree.fromstring(ours)[0]  # noqa: S314 - our own


def _text_width(sectpr: ElementTree.Element) -> int:
    def twips(element: str, key: str, default: int) -> int:
        return int(sectpr.find(f"{W}{element}").get(f"{W}{key}", default))  # type: ignore[union-attr]

    try:
        width = twips("pgSz", "w", A4[0]) - twips("pgMar", "left", 0) - twips("pgMar", "right", 0) - twips("pgMar", "gutter", 0)
    except ValueError as error:
        raise refuse(f"页面尺寸有误：{error}", f"its page size is wrong: {error}") from error
    if not NARROWEST <= width <= 10 * A4[0]:
        raise refuse(f"版心宽 {width / 56.7:.0f} 毫米", f"its text is {width / 56.7:.0f} mm wide")
    return width


def _styles(package: Package, style: Style, width: int) -> tuple[dict[str, str], str | bytes]:
    """The ids by which the file knows our styles, and its styles.xml with those that it lacked."""
    styles = package.xml(package.styles, f"{W}styles")
    theirs = {
        (one.get(f"{W}type", "paragraph"), name.get(f"{W}val", "").casefold()): one.get(f"{W}styleId", "")
        for one in styles.iter(f"{W}style")
        if (name := one.find(f"{W}name")) is not None
    }
    taken = {one.get(f"{W}styleId") for one in styles.iter(f"{W}style")}
    wanted = entries(style, width)
    known = {entry.key: theirs.get((entry.kind, entry.name.casefold())) for entry in wanted}
    ids = {key: id or (key if key not in taken else f"Nianbao{key}") for key, id in known.items()}
    added = "".join(entry.xml(ids) for entry in wanted if not known[entry.key]).replace(
        "<w:style ", f'<w:style xmlns:w="{WORD}" '
    )
    text = NUMBERED.sub(b"", package.parts[package.styles])
    if (end := text.rfind(b"</")) < 0:
        raise refuse("没有样式", "it has no styles", package.styles)
    return ids, text[:end] + added.encode() + text[end:]


def _shared(package: Package, kind: str) -> bytes:
    """The file's fonts, settings or theme; nothing where they need parts that are left behind."""
    found = [name for one, name in package.related(package.main).values() if one == kind and name in package.parts]
    if not found or kind == "theme" and package.related(found[0]):
        return b""
    return EMBEDDED.sub(b"", package.parts[found[0]])


def _headers_and_footers(
    package: Package, sectpr: ElementTree.Element, files: dict[str, str | bytes], targets: dict[str, str]
) -> dict[tuple[str, str], str]:
    """Takes the headers and footers of the section over, with their pictures: {(header or footer, pages): id}."""
    related = package.related(package.main)
    shown: dict[tuple[str, str], str] = {}
    for one in [*sectpr.iter(f"{W}headerReference"), *sectpr.iter(f"{W}footerReference")]:
        kind, name = related.get(one.get(f"{OFFICE}id", ""), ("", ""))
        if kind not in ("header", "footer") or name not in package.parts:
            raise refuse("缺少页眉或页脚", "a header or footer is missing", package.main)
        id = f"{kind}{len(shown) + 1}"
        files[f"word/{id}.xml"], targets[id] = package.parts[name], f"{id}.xml"
        if pictures := _pictures(package, name, files):
            files[f"word/_rels/{id}.xml.rels"] = pictures
        shown[kind, one.get(f"{W}type", "default")] = id
    return shown


def _pictures(package: Package, name: str, files: dict[str, str | bytes]) -> str:
    """The relationships of a header to its pictures, each taken over."""
    targets = {}
    for id, (kind, picture) in package.related(name).items():
        suffix = picture.rpartition(".")[2].lower()
        if kind != "image" or picture not in package.parts or suffix not in EXTENSIONS:
            raise refuse(f"页眉页脚里的 {picture} 不是图片", f"{picture} in a header or footer is no picture", name)
        kept = f"media/reference-{len(files)}.{suffix}"
        files[f"word/{kept}"], targets[id] = package.parts[picture], kept
    return re.sub('(Type="[^"]*/)[^"/]*"', r'\1image"', relationships(targets)) if targets else ""


def _mark(shown: dict[tuple[str, str], str], files: dict[str, str | bytes], targets: dict[str, str], style: str) -> None:
    """草稿 at the head of every page, whichever header it has."""
    mark = draft_mark(style)
    for pages in PAGES:
        if ("header", pages) in shown:
            name = f"word/{shown['header', pages]}.xml"
            text = files[name].decode() if isinstance(files[name], bytes) else str(files[name])  # type: ignore[union-attr]
            text = re.sub(r"<((?:\w+:)?hdr)\b([^>]*?)\s*/>", r"<\1\2></\1>", text, count=1)
            files[name] = re.sub(r"(<(?:\w+:)?hdr\b[^>]*>)", lambda found: found[1] + mark, text, count=1)
        else:
            id = f"header{len(shown) + 1}"
            files[f"word/{id}.xml"], targets[id], shown["header", pages] = part("hdr", mark), f"{id}.xml", id


def _written(sectpr: ElementTree.Element, shown: dict[tuple[str, str], str]) -> str:
    """The section's properties as XML, with these headers and footers: only elements that are Word's own since 2007."""
    references = "".join(
        f'<w:{kind}Reference w:type="{pages}" r:id="{id}"/>' for (kind, pages), id in sorted(shown.items(), reverse=True)
    )
    rest = "".join(
        _element(one)
        for one in sectpr
        if one.tag.startswith(W) and not one.tag.endswith(("Reference", "sectPrChange", "printerSettings"))
    )
    return f"<w:sectPr>{references}{rest}</w:sectPr>"


def _element(element: ElementTree.Element) -> str:
    from xml.sax.saxutils import quoteattr

    attributes = "".join(f" w:{key[len(W) :]}={quoteattr(value)}" for key, value in element.items() if key.startswith(W))
    name, inside = element.tag[len(W) :], "".join(_element(one) for one in element if one.tag.startswith(W))
    return f"<w:{name}{attributes}>{inside}</w:{name}>"
