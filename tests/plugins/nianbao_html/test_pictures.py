"""Pictures in the page: shapes and text, whatever a plugin drew; nothing acts, nothing is loaded."""

from __future__ import annotations

import pytest
from lxml.html import fragment_fromstring

from nianbao import PluginError
from nianbao_html.pictures import inlined

PAGE = '<figure><img src="charts/a-1.svg" alt="甲 &quot;1&quot; &lt;b&gt;"><figcaption>题</figcaption></figure>'
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="10" height="20" viewBox="0 0 10 20">'


def drawn(inner: str, page: str = PAGE) -> str:
    return inlined(page, {"charts/a-1.svg": f"{HEAD}{inner}</svg>".encode()})


def test_a_picture_becomes_part_of_the_page_with_what_it_shows_in_words() -> None:
    figure = fragment_fromstring(
        drawn('<g transform="translate(1,2)"><rect width="3" fill="#17365d"/><text x="1">甲&lt;乙</text></g>')
    )
    (picture,) = figure.iter("svg")
    assert dict(picture.items()) == {"role": "img", "aria-label": '甲 "1" <b>', "viewbox": "0 0 10 20"}
    assert "甲<乙" in figure.text_content()
    assert not list(figure.iter("img"))


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        '<rect onload="alert(1)" width="1"/>',
        '<a xlink:href="javascript:alert(1)"><text>x</text></a>',
        '<image href="http://127.0.0.1/x.png"/>',
        '<use xlink:href="http://127.0.0.1/x.svg#a"/>',
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></body></foreignObject>",
        "<style>* { background: url(http://127.0.0.1/) }</style>",
        '<rect fill="url(http://127.0.0.1/x)" width="1"/>',
        '<rect style="fill: url(http://127.0.0.1/)" width="1"/>',
        "<animate attributeName='x' values='1;2'/><set attributeName='onload' to='alert(1)'/>",
        "<!-- <script>alert(1)</script> --><?xml-stylesheet href='http://127.0.0.1/'?>",
        '<text role="button" aria-label="x" tabindex="0">x</text>',
        "<text>&lt;script&gt;alert(1)&lt;/script&gt;</text>",
    ],
)
def test_what_acts_or_loads_does_not_reach_the_page(evil: str) -> None:
    page = drawn(evil)
    figure = fragment_fromstring(page)
    assert not figure.xpath(
        ".//script | .//style | .//a | .//image | .//use | .//foreignobject | .//animate | .//set | .//comment()"
    )
    assert not [
        name
        for element in figure.iter()
        for name, _ in element.items()
        if name.startswith("on") or "href" in name or name == "style"
    ]
    assert "127.0.0.1" not in page
    assert "tabindex" not in page


def test_two_pictures_of_one_kind_do_not_share_their_ids() -> None:
    svg = f'{HEAD}<defs><clipPath id="clip0"><rect width="1"/></clipPath></defs><g clip-path="url(#clip0)"/></svg>'.encode()
    page = inlined(PAGE + PAGE.replace("a-1", "a-2"), {"charts/a-1.svg": svg, "charts/a-2.svg": svg})
    assert 'id="a-1-clip0"' in page
    assert 'clip-path="url(#a-2-clip0)"' in page
    assert 'id="clip0"' not in page


@pytest.mark.parametrize(
    "data",
    [
        b"", b"no svg", b"<svg", b"<html/>", b"\xff\xfe", b'<svg xmlns="http://www.w3.org/2000/svg">' + b" " * 2_000_001 + b"</svg>",
        b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    ],
)  # fmt: skip
def test_what_is_no_picture_is_told(data: bytes) -> None:
    with pytest.raises(PluginError, match=r"charts/a-1\.svg is no SVG"):
        inlined(PAGE, {"charts/a-1.svg": data})


def test_a_theme_may_write_the_image_as_it_likes_and_one_that_is_not_there_leaves_nothing() -> None:
    page = drawn(
        "<text>x</text>", '<img class="wide" alt="词" loading="lazy" src="charts/a-1.svg"/><img src="charts/b-1.svg" alt="">'
    )
    assert page == '<svg role="img" aria-label="词" viewBox="0 0 10 20"><g aria-hidden="true"><text>x</text></g></svg>'


def test_a_nest_of_ten_thousand_groups_does_not_break_off() -> None:
    with pytest.raises(PluginError, match="is no SVG"):
        drawn("<g>" * 10_000 + "</g>" * 10_000)
