"""The process behind both formats: one, never in the way, never left over."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

import nianbao_pandoc
from nianbao import PluginError
from nianbao.pandoc import pandoc
from nianbao_pandoc import Docx, Markdown, converter

from .conftest import article_of, document


def python(code: str, **environment: str) -> subprocess.Popen[str]:
    paths = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True, env=os.environ | paths | environment
    )


def gone(folder: Path) -> bool:
    for _ in range(100):
        if not folder.exists():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def own(monkeypatch) -> converter.Converter:
    """A converter that no other test uses."""
    alone = converter.Converter()
    monkeypatch.setattr(nianbao_pandoc, "shared", alone)
    return alone


def test_importing_the_plugin_is_cheap():
    code = "import sys, nianbao_pandoc; print([m for m in ('pypandoc', 'lxml', 'zipfile', 'nianbao.report') if m in sys.modules])"
    assert python(code).communicate()[0].strip() == "[]"


def test_two_formats_are_one_process_that_reads_the_document_once(own, monkeypatch):
    asked = []
    ask = converter.Worker._ask
    monkeypatch.setattr(converter.Worker, "_ask", lambda self, line: asked.append((self, json.loads(line))) or ask(self, line))
    with Docx() as word, Markdown() as markdown:
        for article in (article_of("<p>甲</p>"), article_of("<p>乙</p>")):
            word.render(document(article))
            assert "甲" in markdown.render(document(article))[".md"].decode() or "乙" in article
    assert len({id(worker) for worker, _ in asked}) == 1
    assert [("read" in request) for _, request in asked] == [True, False, True, False]


def test_rendering_without_entering_works_and_leaves_nothing(own, monkeypatch):
    folders = []
    start = converter.Worker.__init__
    monkeypatch.setattr(converter.Worker, "__init__", lambda self: start(self) or folders.append(self.folder))
    assert Markdown().render(document(article_of()))[".md"] == "# 题目\n".encode()
    assert own.worker is None
    assert all(gone(folder) for folder in folders)
    assert len(folders) == 1


def test_a_process_that_died_is_replaced(own):
    with Markdown() as markdown:
        own.worker.process.kill()
        own.worker.process.wait()
        assert markdown.render(document(article_of()))[".md"]


def test_a_process_that_dies_at_work_is_a_message_and_the_next_document_works(own, monkeypatch):
    with Markdown() as markdown:
        own.worker.process.kill()
        own.worker.process.wait()
        with monkeypatch.context() as patch:
            patch.setattr(converter.Worker, "alive", True)  # as it was when the request was written
            with pytest.raises(PluginError, match="pandoc") as raised:
                markdown.render(document(article_of()))
        assert raised.value.mend
        assert markdown.render(document(article_of()))[".md"]


def test_a_process_that_hangs_is_ended_and_the_next_document_works(own, monkeypatch):
    with Markdown() as markdown:
        markdown.render(document(article_of()))
        with monkeypatch.context() as patch:
            patch.setattr(converter, "SECONDS", 0.01)
            with pytest.raises(PluginError, match="pandoc"):
                markdown.render(document(article_of("<p>甲</p>" * 50_000)))
        assert markdown.render(document(article_of()))[".md"]


def test_what_pandoc_cannot_convert_is_a_message_and_the_process_goes_on(own):
    with Markdown():
        worker = own.worker
        with pytest.raises(PluginError, match="pandoc") as raised:
            own.convert("<p>甲</p>", "docx", reference=b"no zip", width=8845, epoch="0", meta={"格": "式"})
        assert raised.value.zh
        assert raised.value.en
        assert own.convert("<p>甲</p>", "markdown", draft="") == "甲\n".encode()
        assert own.worker is worker


def test_a_missing_pandoc_is_a_message_with_its_remedy(own, monkeypatch):
    monkeypatch.setattr("nianbao.pandoc.find_spec", lambda name: None)
    monkeypatch.setenv("PATH", "")
    pandoc.cache_clear()
    with pytest.raises(PluginError) as raised:
        Docx().__enter__()
    assert "pypandoc_binary" in raised.value.mend[1]
    pandoc.cache_clear()


@pytest.mark.parametrize("end", ["os._exit(1)", "os.kill(os.getpid(), 9)", "raise SystemExit"])
def test_nothing_is_left_when_python_dies(end):
    code = f"""
        import os, nianbao_pandoc
        nianbao_pandoc.Docx().__enter__()
        print(nianbao_pandoc.shared.worker.folder, flush=True)
        {end}
    """
    folder = Path(python(code).communicate()[0].strip())
    assert folder.is_absolute()
    assert gone(folder)


def test_threads_may_share_it(own):
    made: dict[int, bytes] = {}

    def render(number: int) -> None:
        made[number] = Markdown().render(document(article_of(f"<p>{number}</p>")))[".md"]

    with Markdown():
        threads = [threading.Thread(target=render, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert made == {number: f"# 题目\n\n{number}\n".encode() for number in range(8)}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_a_forked_child_has_a_process_of_its_own():
    code = """
        import os, nianbao_pandoc
        html = "<article><h1>{}</h1></article>".format
        convert = lambda text: nianbao_pandoc.shared.convert(html(text), "markdown", draft="").decode().strip()
        with nianbao_pandoc.Markdown():
            convert("先")
            if child := os.fork():
                made = [convert("父") for _ in range(20)]
                print(os.waitpid(child, 0)[1], set(made))
            else:
                made = {convert("子") for _ in range(20)}
                os._exit(made != {"# 子"})
    """
    assert python(code).communicate(timeout=60)[0].strip() == "0 {'# 父'}"


def test_a_users_own_lua_changes_nothing():
    code = """
        import nianbao_pandoc
        with nianbao_pandoc.Markdown():
            print(nianbao_pandoc.shared.convert("<p>a</p>", "markdown", draft="").decode())
    """
    assert python(code, LUA_INIT="os.exit(3)").communicate()[0].strip() == "a"


def test_bytes_depend_on_no_clock_zone_or_variable():
    code = """
        import sys, hashlib, nianbao_pandoc
        from nianbao import Document
        from nianbao.style import Style
        meta = {"date": "2024-12-31", "language": "zh-CN"}
        made = nianbao_pandoc.Docx().render(Document("<article><h1>a</h1></article>", "a", False, meta, Style(), None))
        print(hashlib.sha256(made[".docx"]).hexdigest())
    """
    one = python(code, TZ="Asia/Shanghai", SOURCE_DATE_EPOCH="1").communicate()[0]
    other = python(code, TZ="America/Lima", LC_ALL="C", PYTHONHASHSEED="7").communicate()[0]
    assert one == other
    assert len(one.strip()) == 64


def test_a_worker_is_replaced_before_it_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converter, "LIFE", 2)
    seen = []
    with Markdown() as held:
        for number in range(5):
            assert str(number) in held.render(document(f"<p>{number}</p>"))[".md"].decode()
            seen.append(converter.shared.worker)
    assert seen[0] is seen[1]
    assert len(set(map(id, seen))) == 3
