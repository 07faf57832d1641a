"""The site: built without a warning, it tells all that the code knows, and shows its pages without a network."""

from __future__ import annotations

import dataclasses
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest
from lxml import html

from nianbao import __all__ as names
from nianbao import hookspecs
from nianbao.plugins import installed, loaded, standard
from nianbao.style import Style
from nianbao.workspace import Settings

from .pages import ROOT

pytestmark = pytest.mark.slow

CHROMIUM = [
    "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--virtual-time-budget=10000",
]  # fmt: skip
PAGES = ("commands", "settings", "rules", "standards", "style", "hooks")


def build(source: Path, site: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sphinx", "-WaE", "-q", str(source), str(site)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of docs/, beside a copy of what its pages link to."""
    folder = tmp_path_factory.mktemp("repository")
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("reference", "__pycache__"))
    return folder / "docs"


@pytest.fixture(scope="module")
def site(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    built = build(source, folder)
    assert built.returncode == 0, built.stderr
    return folder


@pytest.fixture(scope="module")
def reference(site: Path) -> Callable[[str], str]:
    """What a page of the reference reads like, white space aside."""
    pages = {name: html.parse(str(site / f"reference/{name}.html")).getroot() for name in PAGES}
    return lambda name: re.sub(r"\s+", " ", pages[name].xpath("string(//article)"))


def coded(site: Path, name: str) -> set[str]:
    """All that a page of the reference shows as code."""
    return {code.text_content() for code in html.parse(str(site / f"reference/{name}.html")).getroot().iter("code")}


def test_every_command_and_option_is_told(reference: Callable[[str], str], site: Path) -> None:
    import click

    from nianbao.cli import main

    def walk(group: click.Group, above: str) -> Iterator[tuple[str, click.Command]]:
        context = click.Context(group)
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command
            yield f"{above} {name}", command
            if isinstance(command, click.Group):
                yield from walk(command, f"{above} {name}")

    told, shown, found = reference("commands"), coded(site, "commands"), dict(walk(main, "nianbao"))
    assert found.keys() >= {f"nianbao {name}" for name in installed("commands")}
    for name, command in found.items():
        assert name in told
        for option in command.params:
            if isinstance(option, click.Option):
                assert shown >= {*option.opts}, (name, option.name)


def test_every_hook_and_protocol_and_name_for_plugins_is_told(reference: Callable[[str], str]) -> None:
    told = reference("hooks")
    for name in (*hookspecs.SECTIONS, "rules", "Source", "Format", "answer", "render", *names):
        assert name.startswith("__") or name in told, name


def test_every_setting_is_told_with_its_default(site: Path) -> None:
    shown = coded(site, "settings")
    kinds = [Settings, *(loaded(group, name) for group in ("sources", "formats") for name in installed(group))]
    for kind in kinds:
        for field in dataclasses.fields(kind):
            assert field.name.rstrip("_") in shown, (kind, field.name)
    assert {"60", "10000", "workbooks/<id>/<year>.xlsx"} <= shown
    headed = {text.strip("¶ ") for text in html.parse(str(site / "reference/settings.html")).getroot().xpath("//h3/text()")}
    assert {name for group in ("sources", "formats") for name in installed(group)} <= headed


def test_every_setting_of_core_says_what_it_is_for(site: Path) -> None:
    table = html.parse(str(site / "reference/settings.html")).getroot().xpath("(//article//table)[1]/tbody/tr")
    said = {row.xpath("string(td[1])").strip(): row.xpath("string(td[3])").strip() for row in table}
    assert said.keys() == {field.name for field in dataclasses.fields(Settings)}
    assert [name for name, text in said.items() if not text] == []


def test_every_rule_and_every_code_is_told(site: Path) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "core").rglob("*.py"))
    codes = {
        *re.findall(r'"(F-[A-Z]+)"', code),
        *(i.code for name in installed("standards") for i in standard(name, Path()).identities),
    }
    assert {"F-MISSING", "F-DATA", "F-WAIVER", "T3-BAL"} <= codes
    assert codes <= coded(site, "rules")


def test_every_key_of_every_standard_is_told(reference: Callable[[str], str], site: Path) -> None:
    told, shown = reference("standards"), coded(site, "standards")
    for name in installed("standards"):
        for section, declared in standard(name, Path()).sections.items():
            assert f"{name} {section}" in told
            assert {*declared.keys} <= shown
            for table in declared.tables.values():
                assert {key for key, branch in table.columns.items() if not branch.grouping} <= shown


def test_every_role_of_a_style_is_told(site: Path) -> None:
    assert {field.name for field in dataclasses.fields(Style) if field.name != "page"} <= coded(site, "style")


def test_every_page_of_the_repository_is_on_the_site(site: Path, source: Path) -> None:
    pages = [path.relative_to(source) for path in source.rglob("*.md")]
    assert all((site / page.with_suffix(".html")).is_file() for page in pages)
    contents = {
        Path(urlsplit(link).path).name
        for link in html.parse(str(site / "index.html")).getroot().xpath("//nav//a/@href | //aside//a/@href")
    }
    assert {page.with_suffix(".html").name for page in pages} - {"index.html"} <= contents


def test_every_link_leads_to_a_page_and_a_heading(site: Path) -> None:
    pages = {path: html.parse(str(path)).getroot() for path in site.rglob("*.html")}
    anchors = {path: {*page.xpath("//@id")} for path, page in pages.items()}
    for path, page in pages.items():
        for link in page.xpath("//a/@href | //link/@href | //script/@src | //img/@src"):
            address = urlsplit(link)
            if address.scheme:
                continue
            target = (path.parent / unquote(address.path)).resolve() if address.path else path
            assert target.exists(), f"{path.relative_to(site)}: {link}"
            if address.fragment and target in anchors:
                assert unquote(address.fragment) in anchors[target], f"{path.relative_to(site)}: {link}"


def test_a_page_loads_nothing_from_elsewhere(site: Path) -> None:
    for path in site.rglob("*.html"):
        for address in (
            html.parse(str(path)).getroot().xpath("//script/@src | //link[@rel='stylesheet']/@href | //img/@src | //iframe/@src")
        ):
            assert not urlsplit(address).netloc, address
    for path in site.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(@import|url\()\s*['\"]?(https?:)?//", text), path


def test_a_broken_link_stops_the_build(source: Path, tmp_path: Path) -> None:
    docs = Path(shutil.copytree(source, tmp_path / "docs"))
    (docs / "zh.md").write_text("# 入门\n\n[没有](how-to/no-such-page.md)\n", encoding="utf-8")
    built = build(docs, tmp_path / "site")
    assert built.returncode != 0
    assert "no-such-page.md" in built.stderr


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("公开申请", "reference/standards"),
        ("全部规则", "zh"),
        ("记住五条", "zh"),
        ("wheels", "how-to/offline"),
        ("没有这样一句话", ""),
    ],
)
def test_a_reader_finds_words_of_both_languages(site: Path, tmp_path: Path, words: str, page: str) -> None:
    """By the search of the page itself, opened from a folder in a browser."""
    if not shutil.which("chromium"):
        pytest.skip("chromium is not installed")
    address = f"{(site / 'search.html').as_uri()}?q={quote(words)}"
    done = subprocess.run(
        [*CHROMIUM, f"--user-data-dir={tmp_path}", "--dump-dom", address], capture_output=True, text=True, check=True
    )
    results = html.fromstring(done.stdout).xpath("//ul[contains(@class, 'search')]/li/a/@href")
    assert [result for result in results if page and result.startswith(f"{page}.html")] or not page and not results


STRANGER = """
from dataclasses import dataclass
import click, nianbao

@dataclass(frozen=True)
class Telegram:
    \"\"\"A format of a stranger's. ``words`` at most.\"\"\"
    words: int = 12

    def render(self, document):
        return {}

@nianbao.rule("S-ODD", "info", basis="a | notice", zh="奇数", en="an odd <b>figure</b>")
def odd(report, least: int = 7):
    yield from ()

@nianbao.hookimpl
def rules():
    return [odd]

@click.command(help="Waves *twice* {{ so }} | far.")
@click.option("--hand", type=click.Choice(["left", "right"]))
def wave(hand):
    pass
"""
POINTS = """
[nianbao.formats]
telegram = stranger:Telegram
broken = stranger.nowhere:Nothing
[nianbao.plugins]
stranger = stranger
broken = stranger.nowhere
[nianbao.commands]
wave = stranger:wave
broken = stranger.nowhere:nothing
"""


def test_a_strangers_plugin_is_in_the_reference_and_a_broken_one_stops_nothing(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed_at = tmp_path / "packages"
    (installed_at / "stranger-1.0.dist-info").mkdir(parents=True)
    (installed_at / "stranger.py").write_text(STRANGER, encoding="utf-8")
    (installed_at / "stranger-1.0.dist-info/METADATA").write_text("Name: stranger\nVersion: 1.0\n", encoding="utf-8")
    (installed_at / "stranger-1.0.dist-info/entry_points.txt").write_text(POINTS, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(installed_at))
    built = build(Path(shutil.copytree(source, tmp_path / "docs")), tmp_path / "site")
    assert built.returncode == 0, built.stderr
    assert {"words", "12"} <= coded(tmp_path / "site", "settings")
    assert {"S-ODD", "least: 7"} <= coded(tmp_path / "site", "rules")
    assert {"--hand", "left", "right"} <= coded(tmp_path / "site", "commands")
    told = {
        name: (tmp_path / f"site/reference/{name}.html").read_text(encoding="utf-8") for name in ("settings", "rules", "commands")
    }
    assert "an odd &lt;b&gt;figure&lt;/b&gt;" in told["rules"]
    assert all("stranger.nowhere" in text for name, text in told.items() if name != "commands")
    assert "its plugin cannot be loaded" in told["commands"]
