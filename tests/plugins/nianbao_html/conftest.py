"""A town whose page is set up for its portal."""

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml.html import HtmlElement, document_fromstring

from tests_shared import Run, replace

PORTAL = """formats:
  html:
    site: {name: 禾山市人民政府, domain: www.heshan.example, code: 4208810001}
    column: {name: 政府信息公开年报, type: 政府信息公开年报}
    published: 2025-01-20 09:00
    breadcrumb: {首页: https://www.heshan.example/, 政务公开: /zwgk/, 政府信息公开年报: ""}
    information: {时效: 有效, 索引号: "420881/{{ 年度 }}-012", 备注: "{{ 编制单位 }}"}
  docx: {}
  markdown: {}
"""
Page = Callable[..., HtmlElement]


@pytest.fixture
def set_up(workspace: Path) -> Callable[..., None]:
    """Write settings of formats for luhe, with texts replaced; each must be there."""

    def set_up(*changes: tuple[str, str], settings: str = PORTAL) -> None:
        for old, new in changes:
            assert old in settings, old
            settings = settings.replace(old, new, 1)
        replace(workspace / "jurisdictions/luhe.yaml", "name: 芦河镇\n", f"name: 芦河镇\n{settings}")

    return set_up


@pytest.fixture
def page(run: Run) -> Page:
    """The page that a build of luhe publishes."""

    def page(*arguments: str) -> HtmlElement:
        result = run("build", "luhe", *(arguments or ("-F", "html")))
        assert result.exit_code == 0, result.output
        file = next(line for line in result.stdout.splitlines() if line.endswith(".html"))
        return document_fromstring(Path(file).read_bytes())

    return page


def metas(page: HtmlElement) -> dict[str, str]:
    """What the page's ``<meta name>`` say."""
    return {meta.get("name"): meta.get("content") for meta in page.xpath("//meta[@name]")}
