"""A save is seen: of data, settings or theme, by whatever editor; what is no save is not, and a storm is one."""

import os
import threading
import time
from pathlib import Path

import pytest
from watchfiles import Change

from nianbao_serve.watching import Kept
from tests_shared import replace

from .serving import Serve, Served

LUHE = "data/luhe/2024.yaml"
LICENCES = '<data value="{}" data-fact="proactive_disclosure.licences">{}</data>'


def shows(figure: int) -> object:
    return lambda state: LICENCES.format(figure, figure) in state["page"]


def test_a_save_of_data_shows_the_new_figure(workspace: Path, serve: Serve) -> None:
    served = serve("luhe")
    assert shows(18)(served.state())
    replace(workspace / LUHE, "行政许可: 18", "行政许可: 19")
    served.until(shows(19))


def test_a_save_of_settings_shows_the_new_words(workspace: Path, serve: Serve) -> None:
    served = serve("luhe")
    served.state()
    replace(workspace / "jurisdictions/luhe.yaml", "name: 芦河镇", "name: 芦河新镇")
    assert served.until(lambda state: "芦河新镇" in state["title"])["title"].startswith("芦河新镇2024年")


def test_a_save_of_a_theme_shows_the_new_layout_and_so_does_its_template(workspace: Path, serve: Serve) -> None:
    theme = workspace / "themes/ours"
    (theme / "templates").mkdir(parents=True)
    (theme / "theme.yaml").write_text("extends: national\n", encoding="utf-8")
    replace(workspace / "jurisdictions/luhe.yaml", "theme: national", "theme: ./themes/ours")
    served = serve("luhe")
    assert "政府信息公开工作年度报告" in served.state()["title"]
    (theme / "theme.yaml").write_text('extends: national\ntitle: "{{ 编制单位 }}年报"\n', encoding="utf-8")
    served.until(lambda state: state["title"] == "芦河镇年报")
    (theme / "templates/report.html").write_text(
        "<article><h1>{{ title }}！</h1>{% for section in sections %}{{ section.html }}{% endfor %}</article>", encoding="utf-8"
    )
    served.until(lambda state: "<h1>芦河镇年报！</h1>" in state["page"])


def test_a_template_that_loses_a_sentence_is_told_over_the_last_page(workspace: Path, serve: Serve) -> None:
    templates = workspace / "themes/ours/templates"
    templates.mkdir(parents=True)
    (templates.parent / "theme.yaml").write_text("extends: national\n", encoding="utf-8")
    replace(workspace / "jurisdictions/luhe.yaml", "theme: national", "theme: ./themes/ours")
    served = serve("luhe")
    served.state()
    (templates / "report.html").write_text("<article><h1>{{ title }}</h1></article>", encoding="utf-8")
    state = served.until(lambda state: state["stale"])
    assert shows(18)(state)
    assert "differs from the report" in state["findings"][0]["text"]


def test_a_template_with_a_script_is_told_over_the_last_page(workspace: Path, serve: Serve) -> None:
    templates = workspace / "themes/ours/templates"
    templates.mkdir(parents=True)
    (templates.parent / "theme.yaml").write_text("extends: national\n", encoding="utf-8")
    replace(workspace / "jurisdictions/luhe.yaml", "theme: national", "theme: ./themes/ours")
    served = serve("luhe")
    served.state()
    (templates / "report.html").write_text("<article><h1>{{ title }}</h1>\n<script>alert(1)</script></article>", encoding="utf-8")
    state = served.until(lambda state: state["stale"])
    assert "<script" not in state["page"]
    assert "themes/ours/templates/report.html:2" in state["findings"][0]["place"]


def test_another_theme_shows_the_same_figures_as_it_lays_them_out(workspace: Path, serve: Serve) -> None:
    served = serve("luhe")
    assert "<table" in served.state()["page"]
    replace(workspace / "jurisdictions/luhe.yaml", "theme: national", "theme: tianmen")
    served.until(lambda state: "<table" not in state["page"])


def test_an_editor_that_writes_beside_and_renames_is_seen(workspace: Path, serve: Serve) -> None:
    served = serve("luhe")
    served.state()
    beside = workspace / "data/luhe/.2024.yaml.swp"
    beside.write_text((workspace / LUHE).read_text("utf-8").replace("行政许可: 18", "行政许可: 20"), encoding="utf-8")
    beside.replace(workspace / LUHE)
    served.until(shows(20))


def test_broken_yaml_keeps_the_last_page_and_tells_the_line(workspace: Path, serve: Serve) -> None:
    served = serve("luhe")
    served.state()
    replace(workspace / LUHE, "行政许可: 18", "行政许可：21")
    state = served.until(lambda state: state["stale"])
    assert shows(18)(state)
    (finding,) = state["findings"]
    assert (finding["place"], "full-width colon" in finding["text"]) == ("data/luhe/2024.yaml:19:7", True)
    assert finding["mend"]
    assert state["kind"] == "broken"
    replace(workspace / LUHE, "行政许可：21", "行政许可: 21")
    assert served.until(shows(21))["findings"] == []


@pytest.mark.parametrize("file", ["nianbao.yaml", "jurisdictions/luhe.yaml"])
def test_broken_settings_keep_the_last_page_and_tell_the_line(workspace: Path, serve: Serve, file: str) -> None:
    served = serve("luhe")
    served.state()
    whole = (workspace / file).read_text("utf-8")
    (workspace / file).write_text(f"{whole}\nthemme: national\n", encoding="utf-8")
    state = served.until(lambda state: state["stale"])
    assert state["findings"][0]["place"].startswith(f"{file}:{whole.count(chr(10)) + 2}")
    assert served.open("").status == 200
    (workspace / file).write_text(whole, encoding="utf-8")
    served.until(lambda state: not state["stale"])


def test_a_workspace_that_starts_broken_is_shown_once_it_is_mended(workspace: Path, serve: Serve) -> None:
    replace(workspace / LUHE, "行政许可: 18", "行政许可：18")
    served = serve("luhe")
    state = served.state()
    assert (state["kind"], state["page"], state["downloads"]) == ("broken", "", [])
    assert b"There is no page to show yet." in served.get("page")
    assert served.open("download/docx").status == 404
    replace(workspace / LUHE, "行政许可：18", "行政许可: 18")
    served.until(shows(18))


def test_a_file_that_is_removed_is_told_and_seen_again_when_it_is_back(workspace: Path, serve: Serve) -> None:
    served = serve("luhe")
    served.state()
    kept = (workspace / LUHE).read_bytes()
    (workspace / LUHE).unlink()
    state = served.until(lambda state: state["stale"])
    assert (state["findings"][0]["place"], shows(18)(state)) == (LUHE, True)
    (workspace / LUHE).write_bytes(kept)
    assert served.until(lambda state: not state["stale"])["kind"] == "ready"


def test_a_folder_that_is_made_later_is_watched(workspace: Path, serve: Serve) -> None:
    served = serve("luhe")
    served.state()
    kept = (workspace / LUHE).read_text("utf-8")
    (workspace / "data/luhe").rename(workspace / "data/away")
    served.until(lambda state: state["stale"])
    (workspace / "data/luhe").mkdir()
    (workspace / LUHE).write_text(kept, encoding="utf-8")
    served.until(shows(18))
    replace(workspace / LUHE, "行政许可: 18", "行政许可: 22")
    served.until(shows(22))


def test_a_loop_of_links_harms_nothing(workspace: Path, serve: Serve) -> None:
    (workspace / "data/luhe/loop").symlink_to(workspace, target_is_directory=True)
    (workspace / "nowhere").symlink_to(workspace / "nowhere")
    served = serve("luhe")
    assert served.state()["kind"] == "ready"
    replace(workspace / LUHE, "行政许可: 18", "行政许可: 23")
    served.until(shows(23))


def listening(served: Served) -> list[bytes]:
    """The versions that a browser is told, as they come."""
    versions: list[bytes] = []
    news = served.open("news")

    def read() -> None:
        while line := news.readline():
            if line.startswith(b"data:"):
                versions.append(line)

    threading.Thread(target=read, daemon=True).start()
    end = time.monotonic() + 5
    while not versions and time.monotonic() < end:
        time.sleep(0.01)
    return versions


def test_a_listening_browser_is_told_without_asking(workspace: Path, serve: Serve) -> None:
    served = serve("luhe")
    versions = listening(served)
    replace(workspace / LUHE, "行政许可: 18", "行政许可: 24")
    end = time.monotonic() + 10
    while len(versions) < 2 and time.monotonic() < end:
        time.sleep(0.01)
    assert len(versions) == 2


def test_a_storm_of_saves_ends_with_the_last_one_and_few_rebuilds(workspace: Path, serve: Serve) -> None:
    served = serve("luhe")
    versions = listening(served)
    text = (workspace / LUHE).read_text("utf-8")
    for count in range(300):
        (workspace / LUHE).write_text(text.replace("行政许可: 18", f"行政许可: {1000 + count}"), encoding="utf-8")
        os.utime(workspace / LUHE)
    served.until(shows(1299))
    assert len(versions) < 30


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("data/luhe/2024.yaml", True),
        ("台账/2024/a.xlsx", True),
        ("build/luhe/2024/report.json", True),
        ("build/luhe/2024/publish/a.html", False),
        ("build/luhe/2024/draft/report.json", False),
        (".git/index", False),
        (".cache/web/pages.db", False),
        ("data/luhe/.2024.yaml.swp", False),
        ("data/luhe/2024.yaml~", False),
        ("data/luhe/4913", False),
        ("台账/~$a.xlsx", False),
        ("台账/.~lock.a.xlsx#", False),
    ],
)
def test_only_what_a_report_is_made_of_is_a_save(tmp_path: Path, path: str, counts: bool) -> None:
    assert Kept(tmp_path)(Change.modified, str(tmp_path / path)) is counts


def test_a_countys_page_is_new_when_a_town_is_built(tmp_path: Path, serve: Serve) -> None:
    for path, text in {
        "nianbao.yaml": "standard: 2021\ntheme: national\nformats: [html]\nsources: {manual: {}}\n",
        "jurisdictions/county.yaml": "name: 禾川县\nlevel: 县\nsources: {below: {use: subordinates}, manual: null}\n",
    }.items():
        (tmp_path / "c" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "c" / path).write_text(text, encoding="utf-8")
    served = serve("county", "--year", "2024", of=tmp_path / "c")
    version = served.state()["version"]
    record = tmp_path / "c/build/town/2024/report.json"
    record.parent.mkdir(parents=True)
    record.write_text("{}")
    served.until(lambda state: state["version"] > version)
