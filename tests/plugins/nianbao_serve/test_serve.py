"""What a user sees of a report before it is built: what a build would write, what it would complain of, and nobody else sees it."""

import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest

from nianbao_serve.preview import Preview
from tests_shared import Run, replace

from .serving import Serve

LUHE = "data/luhe/2024.yaml"


def test_the_page_is_that_of_a_build_to_the_byte(workspace: Path, run: Run, serve: Serve) -> None:
    page = serve("luhe").get("page")
    assert run("build", "luhe").exit_code == 0
    (built,) = (workspace / "build/luhe/2024/publish").glob("*.html")
    assert page == built.read_bytes()


def test_a_report_that_could_not_be_published_is_shown_as_its_draft(workspace: Path, run: Run, serve: Serve) -> None:
    replace(workspace / LUHE, "结转下年度: {自然人: 1}", "结转下年度: {自然人: 2}")
    served = serve("luhe")
    state = served.state()
    assert run("build", "luhe", "--draft").exit_code == 0
    (draft,) = (workspace / "build/luhe/2024/draft").glob("*.html")
    assert state["kind"] == "draft"
    assert served.get("page") == draft.read_bytes()


def test_a_finding_tells_its_file_and_line_and_how_to_mend_it(workspace: Path, serve: Serve) -> None:
    replace(workspace / LUHE, "结转下年度: {自然人: 1}", "结转下年度: {自然人: 2}")
    (finding,) = serve("luhe").state()["findings"]
    assert (finding["severity"], finding["code"], finding["place"]) == ("error", "T3-BAL", "data/luhe/2024.yaml:28:15")
    assert "expected 14" in finding["text"]
    assert finding["mend"] == "Check the figures on both sides."


def test_a_figure_that_nobody_gave_reads_to_be_filled(workspace: Path, serve: Serve) -> None:
    replace(
        workspace / LUHE,
        """  行政复议: {结果维持: 1, 尚未审结: 1}
  未经复议直接起诉: 0
  复议后起诉: {结果维持: 1}
""",
        "",
    )
    state = serve("luhe").state()
    assert "<mark>待填</mark>" in state["page"]
    (finding,) = state["findings"]
    assert (finding["code"], finding["severity"]) == ("F-SECTION", "error")


def test_a_figure_is_traced_to_every_line_that_it_is_the_sum_of(serve: Serve) -> None:
    told = json.loads(serve("luhe").get("origin?path=proactive_disclosure.公开信息"))
    assert (told["name"], told["value"]) == ("主动公开政府信息情况 › 公开信息", "259")
    assert [(below["name"], below["value"]) for below in told["below"]] == [
        ("镇网站", "118"),
        ("新媒体平台", "104"),
        ("公告栏", "37"),
    ]
    assert told["below"][2]["origin"] == "data/luhe/2024.yaml:16:10  manual"


def test_a_path_that_is_none_is_a_message(serve: Serve) -> None:
    answer = serve("luhe").open("origin?path=../../etc/passwd")
    assert answer.status == 404
    assert "no figure" in json.loads(answer.read())["error"]["text"]


@pytest.mark.parametrize(("format", "suffix"), [("docx", ".docx"), ("markdown", ".md"), ("html", ".html")])
def test_a_download_is_the_file_of_a_build(workspace: Path, run: Run, serve: Serve, format: str, suffix: str) -> None:
    answer = serve("luhe").open(f"download/{format}")
    assert run("build", "luhe").exit_code == 0
    (built,) = (workspace / "build/luhe/2024/publish").glob(f"*{suffix}")
    assert answer.read() == built.read_bytes()
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E8%8A%A6%E6%B2%B3%E9%95%872024")


def test_a_download_of_a_draft_cannot_be_taken_for_the_report(workspace: Path) -> None:
    replace(workspace / LUHE, "结转下年度: {自然人: 1}", "结转下年度: {自然人: 2}")
    preview = Preview(workspace, "luhe", 2024, lambda: None, lambda: None)
    preview.rebuild()
    plain = "芦河镇2024年政府信息公开工作年度报告"
    (docx, content), (beside, same), (page, html) = (
        preview.download("docx"),
        preview.file(f"{plain}.docx"),
        preview.download("html"),
    )
    assert docx == beside == f"【草稿】{plain}.docx"
    assert content == same
    assert page == f"【草稿】{plain}.html"
    assert f'href="{quote(docx)}"' in html.decode()  # beside each other they are linked, as a build's are
    name, archive = preview.download("data")
    assert name == f"【草稿】{plain}.data.zip"
    assert all(inside.startswith(f"【草稿】{plain}") for inside in zipfile.ZipFile(BytesIO(archive)).namelist())


def test_a_notice_stands_until_it_is_heeded(workspace: Path) -> None:
    (workspace / "jurisdictions/other.yml").write_text("name: 乙镇\n", encoding="utf-8")
    preview = Preview(workspace, "luhe", 2024, lambda: None, lambda: None)
    for _ in range(3):
        preview.rebuild()
        assert ["rename it to .yaml" in notice for notice in preview.seen.notices] == [True]


def test_downloads_at_once_are_each_as_if_alone(workspace: Path) -> None:
    breadcrumb = ", ".join(f'"{{{{ 编制单位 }}}}{number}": ""' for number in range(60))
    replace(
        workspace / "jurisdictions/luhe.yaml",
        "name: 芦河镇\n",
        f"name: 芦河镇\nformats: {{html: {{breadcrumb: {{{breadcrumb}}}}}}}\n",
    )
    preview = Preview(workspace, "luhe", 2024, lambda: None, lambda: None)
    preview.rebuild()
    with ThreadPoolExecutor(4) as pool:
        files = list(pool.map(lambda _: preview.download("html"), range(40)))
    assert {data.decode() for _, data in files} == {preview.seen.page}


def test_every_format_that_is_installed_can_be_downloaded(serve: Serve) -> None:
    from nianbao.plugins import installed

    assert {each["name"] for each in serve("luhe").state()["downloads"]} == set(installed("formats"))


def test_a_format_that_makes_several_files_is_downloaded_as_one() -> None:
    from nianbao_serve.preview import _zipped

    files = {"a.csv": b"1", "b.csv": b"2"}
    assert zipfile.ZipFile(BytesIO(_zipped(files))).namelist() == ["a.csv", "b.csv"]
    assert _zipped(files) == _zipped(files)


def test_an_unknown_format_or_file_is_a_message(serve: Serve) -> None:
    served = serve("luhe")
    assert b"Did you mean" in served.open("download/docs").read()
    assert served.open("../../../../etc/passwd").status == 404
    assert served.open("%2e%2e/%2e%2e/nianbao.yaml").status == 404


def test_nothing_is_written_into_the_workspace(workspace: Path, serve: Serve) -> None:
    before = sorted(workspace.rglob("*"))
    served = serve("luhe")
    served.get("page"), served.get("download/docx"), served.get("origin?path=requests.new")
    assert sorted(workspace.rglob("*")) == before


def test_the_index_leads_to_every_jurisdiction_with_data(serve: Serve) -> None:
    page = serve().get("/").decode()
    assert '<a href="/luhe/2024/" aria-label="芦河镇 2024">' in page
    assert "石家河镇" in page
    assert re.search(r"no data yet\s*<code>nianbao start tianmen --year …</code>", page)  # the city above has none


def test_the_index_tells_a_mistake_in_the_settings_of_one_and_still_leads_to_the_others(workspace: Path, serve: Serve) -> None:
    replace(workspace / "jurisdictions/shijiahe.yaml", "level: 镇", "levle: 镇")
    page = serve().get("/").decode()
    assert "jurisdictions/shijiahe.yaml:2:1" in page
    assert "/luhe/2024/" in page


def test_a_name_leads_to_the_preview_as_an_id_does(serve: Serve) -> None:
    served = serve("芦河镇", "--year", "2024")
    assert served.base == "luhe/2024/"
    assert served.open("/芦河镇/2024/").headers["Location"] == "/luhe/2024/"
    assert served.open("/nobody/2024/").status == served.open("/luhe/1900/").status == 404


def test_a_sentence_of_markup_is_text(workspace: Path, serve: Serve) -> None:
    replace(workspace / LUHE, "占比百分之四", '<script>alert(1)</script><img src=x onerror="alert(2)">')
    replace(workspace / "jurisdictions/luhe.yaml", "name: 芦河镇", 'name: "<b>芦河镇</b>"')
    served = serve("luhe")
    for page in (served.get("page"), served.get(""), served.get("/")):
        assert b"<script>alert" not in page
        assert b"<img" not in page
        assert b"<b>" not in page


def test_nothing_in_a_report_may_run(serve: Serve) -> None:
    served = serve("luhe")
    policy = served.open("page").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "sandbox allow-same-origin" in policy
    assert "frame-ancestors 'none'" in served.open("").headers["Content-Security-Policy"]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "0.0.0.0", ""])
def test_another_host_name_is_refused_whatever_it_resolves_to(serve: Serve, host: str) -> None:
    served = serve("luhe")
    assert served.open("state", Host=host).status == 400
    assert served.open("state", Host=f"localhost:{served.port}").status == 200


@pytest.mark.parametrize("path", ["", "page", "state", "news", "origin?path=requests.new", "download/html"])
def test_what_another_site_asks_for_is_refused(serve: Serve, path: str) -> None:
    served = serve("luhe")
    for headers in (
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "image"},
        {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "cors", "Sec_Fetch_Dest": "empty"},
    ):
        answer = served.open(path, **headers)
        assert answer.status == 403
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_only_the_preview_itself_may_have_the_sources_asked_again(serve: Serve) -> None:
    served = serve("luhe")
    assert served.open("again").status == 405 or served.open("again").status == 404
    assert served.open("again", "POST").status == 403
    assert served.open("again", "POST", Origin="http://evil.example").status == 403
    assert served.open("again", "POST", Origin=served.url.split("/luhe")[0]).status == 200


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has all of 127.0.0.0/8 on one machine")
def test_it_listens_on_no_other_address(serve: Serve) -> None:
    served = serve("luhe")
    for address in ("127.0.0.2", socket.gethostbyname(socket.gethostname())):
        if address != "127.0.0.1":
            with pytest.raises(OSError, match="refused"):
                socket.create_connection((address, served.port), 2)


def test_ctrl_c_ends_it_at_once_though_a_browser_listens(serve: Serve) -> None:
    served = serve("luhe")
    news = served.open("news")
    assert news.readline().startswith(b"retry")
    start = time.monotonic()
    assert served.end() == 0
    assert time.monotonic() - start < 3
    assert served.process.stdout is not None
    assert served.process.stdout.read() == ""


def test_ctrl_c_ends_it_at_once_though_a_portal_is_silent(workspace: Path, serve: Serve) -> None:
    with socket.create_server(("127.0.0.1", 0)) as portal:
        port = portal.getsockname()[1]
        settings = f"""
private_hosts: [127.0.0.1]
sources:
  门户: {{use: web, base: "http://127.0.0.1:{port}/", items: ul > li, answers: {{二、主动公开政府信息情况: {{公开信息: {{门户: a/}}}}}}}}
"""
        replace(workspace / "jurisdictions/luhe.yaml", "name: 芦河镇", f"name: 芦河镇{settings}")
        served = serve("luhe")
        state = served.state()
        assert state["kind"] == "asking", state["findings"]
        assert [source["when"].startswith("being asked") for source in served.state()["sources"]] == [True]
        start = time.monotonic()
        assert served.end() == 0
        assert time.monotonic() - start < 3


def test_a_port_in_use_is_a_message(workspace: Path, run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        result = run("serve", "luhe", "--port", str(other.getsockname()[1]))
    assert result.exit_code == 2
    assert "cannot be used" in result.stderr
    assert "--port" in result.stderr


def test_an_unknown_jurisdiction_or_no_workspace_is_a_message(tmp_path: Path, run: Run) -> None:
    result = run("serve", "luhee")
    assert (result.exit_code, "Did you mean “luhe”?" in result.stderr) == (2, True)
    (tmp_path / "empty").mkdir()
    command = [sys.executable, "-m", "nianbao", "-w", str(tmp_path / "empty"), "serve", "--port", "0"]
    result = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "NIANBAO_LANG": "en"}, check=False)
    assert result.returncode == 2
    assert "no workspace" in result.stderr


@pytest.mark.parametrize("missing", ["starlette", "uvicorn", "watchfiles"])
def test_without_the_extra_the_message_names_it(run: Run, monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    for name in [name for name in sys.modules if name.startswith(("nianbao_serve.", missing))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    result = run("serve", "luhe", "--port", "0")
    assert result.exit_code == 2
    assert missing in result.stderr
    assert 'pip install "nianbao[serve]"' in result.stderr


def test_many_browsers_are_served_at_once(serve: Serve) -> None:
    served, pages = serve("luhe"), []
    asking = [threading.Thread(target=lambda: pages.append(served.get("page"))) for _ in range(20)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    assert len(pages) == 20
    assert len(set(pages)) == 1
    assert served.state()["version"] == 1
