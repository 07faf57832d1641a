"""Every mistake in a theme is told with its file and line, and a hostile one reaches no browser as code."""

import os
from pathlib import Path

import pytest

from tests_shared import Run, replace

EXTENDS = "extends: national\n"


@pytest.fixture
def home(workspace: Path) -> Path:
    """The folder of a theme that the example town uses."""
    replace(workspace / "jurisdictions" / "luhe.yaml", "theme: national", "theme: ./themes/mine")
    home = workspace / "themes" / "mine"
    (home / "templates").mkdir(parents=True)
    (home / "assets").mkdir()
    (home / "theme.yaml").write_text(EXTENDS, encoding="utf-8")
    return home


def refused(run: Run, *, command: tuple[str, ...] = ("build", "luhe", "-F", "html")) -> str:
    result = run(*command)
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    return result.stderr


@pytest.mark.parametrize(
    ("written", "place", "says"),
    [
        ("sections: x", "2:11", "takes a mapping of sections"),
        ("sections: [x]", "2:11", "takes a mapping of sections"),
        ("sections: {overveiw: {}}", "2:12", "Did you mean “overview”?"),
        ("sections: {disputes: null}", "2:12", "takes a mapping"),
        ("sections: {overview: {tittle: x}}", "2:23", "Did you mean “title”?"),
        ("sections: {overview: {titles: x}}", "2:31", "expected a mapping"),
        ("sections: {overview: {titles: {主动公公开: x}}}", "2:32", "Did you mean “主动公开”?"),
        ("sections: {overview: {headings: runin}}", "2:33", "Did you mean “run-in”?"),
        ("sections: {requests: {as: txt}}", "2:27", "Did you mean “text”?"),
        ("sections: {requests: {text: {a: b}}}", "2:29", "expected a text"),
        ("sections: {disputes: {notes: {a: b}}}", "2:30", "expected a list"),
        ("sections: {disputes: {notes: [{a: b}]}}", "2:31", "expected a text"),
        ("sections: {disputes: {annotations: {行政复仪: x}}}", "2:37", "no place is named “行政复仪”; there are: 行政复议"),
        ("sections: {disputes: {notes: ['{{ 没有这个数 }}']}}", "2:31", "no figure is named “没有这个数”"),
        ("sections: {disputes: {notes: ['{{ 行政复议']}}", "2:31", "cannot be filled"),
        ("style: x", "2:8", "expected a mapping"),
        ("style: {boddy: {}}", "2:9", "Did you mean “body”?"),
        ("style: {body: {sise: 3号}}", "2:16", "Did you mean “size”?"),
        ("style: {body: {size: 三十号}}", "2:22", "“三十号” is no size"),
        ("style: {body: {lines: 99}}", "2:15", "“99” is no lines"),
        ("style: {body: {lines: two}}", "2:23", "expected a whole number"),
        ("style: {body: {bold: yes}}", "2:22", "expected true or false"),
        ("style: {body: {font: []}}", "2:15", "is no font"),
        ("style: {body: {font: 'a\"b'}}", "2:22", "is no font"),
        ("style: {body: {font: [仿宋, 'x;}</style>']}}", "2:27", "is no font"),
        ("style: {body: {align: middle}}", "2:23", "none of the choices"),
        ("style: {body: {indent: two}}", "2:24", "is no indent"),
        ("style: {body: {colour: red}}", "2:24", "is no colour"),
        ("style: {table: {border: 3px}}", "2:25", "is no border"),
        ("style: {page: {size: A3}}", "2:22", "none of the choices"),
        ("style: {page: {margins: [1, 2]}}", "2:15", "is no margins"),
        ("style: {page: {margins: [1, 2, 3, x]}}", "2:35", "expected a whole number"),
        ("style: {page: {number: 99}}", "2:15", "is no number"),
        ("title: ''", "2:8", "the title is empty"),
        ("title: [x]", "2:8", "expected a text"),
        ("title: '{{ 编制单为 }}报告'", "2:8", "Did you mean “编制单位”?"),
        ("serves: [x]", "2:9", "expected a text"),
        ("colour: red", "2:1", "unknown key “colour”"),
        ("extends: tianmen", "2:1", "is written twice"),
    ],
)
def test_a_wrong_line_is_told_where_it_stands(home: Path, run: Run, written: str, place: str, says: str) -> None:
    (home / "theme.yaml").write_text(f"{EXTENDS}{written}\n", encoding="utf-8")
    message = refused(run)
    assert f"themes/mine/theme.yaml:{place}" in message
    assert says in message


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("extends: nationl", "theme.yaml:1:10: no “nationl” is installed (themes)\n    Did you mean “national”?"),
        ("extends: ./themes/mine", "theme.yaml:1:10: “./themes/mine” extends itself"),
        ("extends: ./themes/none", "theme.yaml:1:10: “./themes/none” has no theme.yaml"),
        ("extends: ../../../etc", "is not in the workspace"),
        ("extends: [national]", "theme.yaml:1:10: expected a text"),
        ("extends：national", "full-width colon"),
        ("- extends", "should consist of `key: value` lines"),
        ("titel: x", "theme.yaml:1:1: unknown key “titel”"),
        ("title: x", "there is no such template"),
        ("", "there is no such template"),
    ],
)
def test_a_theme_that_extends_nothing_that_is_there_is_told(home: Path, run: Run, written: str, says: str) -> None:
    (home / "theme.yaml").write_text(written, encoding="utf-8")
    assert says in refused(run)


def test_a_template_that_no_section_has_is_told(home: Path, run: Run) -> None:
    (home / "templates" / "overveiw.html").write_text("x", encoding="utf-8")
    message = refused(run)
    assert "overveiw.html" in message
    assert "Did you mean “overview”?" in message


def test_a_template_for_a_section_of_another_standard_is_left_alone(home: Path, run: Run) -> None:
    (home / "templates" / "region.html").write_text("x", encoding="utf-8")
    assert run("build", "luhe", "-F", "html").exit_code == 0


def test_a_huge_template_is_refused(home: Path, run: Run) -> None:
    (home / "templates" / "overview.html").write_text("x" * 10_000_000, encoding="utf-8")
    message = refused(run)
    assert "mine/templates/overview.html" in message
    assert "larger than" in message


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__ }}",
        "{{ section.__init__.__globals__ }}",
        "{% for a in section.heading %}{% for b in section.heading %}{% for c in section.heading %}{% for d in section.heading %}"
        "{% for e in section.heading %}{% for f in section.heading %}{% for g in section.heading %}x" + "{% endfor %}" * 7,
        "{{ cycler }}",
        "{% import 'os' as os %}",
        "{% include '/etc/hostname' %}",
    ],
)
def test_a_template_gets_at_nothing_and_ends(home: Path, run: Run, template: str) -> None:
    (home / "templates" / "overview.html").write_text(template, encoding="utf-8")
    assert "mine/templates/overview.html" in refused(run)


@pytest.mark.parametrize("linked", ["theme.yaml", "templates/overview.html", "templates", "assets/extra.css", "assets"])
def test_a_link_out_of_the_theme_is_not_followed(home: Path, run: Run, tmp_path: Path, linked: str) -> None:
    secret = tmp_path / "secret"
    if linked in ("templates", "assets"):
        secret.mkdir()
        (secret / ("overview.html" if linked == "templates" else "extra.css")).write_text("hunter2", encoding="utf-8")
        (home / linked).rmdir()
    else:
        secret.write_text("title: hunter2\n" if linked == "theme.yaml" else "hunter2", encoding="utf-8")
        (home / linked).unlink(missing_ok=True)
    (home / linked).symlink_to(secret)
    assert "hunter2" not in refused(run)


@pytest.mark.parametrize("name", ["evil.exe", "script.js", "extra.css.html"])
def test_a_file_that_a_theme_has_no_use_for_is_refused(home: Path, run: Run, name: str) -> None:
    (home / "assets" / name).write_bytes(b"MZ")
    message = refused(run)
    assert name in message
    assert "extra.css, reference.docx" in message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_among_the_assets_keeps_nobody_waiting(home: Path, run: Run) -> None:
    os.mkfifo(home / "assets" / "extra.css")
    assert "extra.css" in refused(run)


EVIL = "</p></style><script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.mark.parametrize(
    "sections",
    [
        "overview: {{title: '{}'}}",
        "overview: {{titles: {{监督保障: '{}'}}}}",
        "overview: {{texts: {{'{}': '{}'}}}}",
        "preamble: {{text: '{}'}}",
        "disputes: {{notes: ['{}']}}",
        "disputes: {{annotations: {{行政复议: '{}'}}}}",
    ],
)
def test_markup_in_a_theme_is_text_in_the_browser(home: Path, run: Run, sections: str) -> None:
    (home / "theme.yaml").write_text(f"{EXTENDS}sections: {{{sections.format(EVIL, EVIL)}}}\n", encoding="utf-8")
    built = run("build", "luhe", "-F", "html")
    assert built.exit_code == 0, built.stderr
    page = Path(built.stdout.strip()).read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("key", ["title", "serves"])
def test_markup_in_a_themes_title_is_text_too(home: Path, run: Run, key: str) -> None:
    (home / "theme.yaml").write_text(f"{EXTENDS}{key}: '{EVIL}'\n", encoding="utf-8")
    built = run("themes", "preview", "mine")
    assert built.exit_code == 0, built.stderr
    assert "<script" not in Path(built.stdout.strip()).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "sentence",
    ["{{ ''.__class__ }}", "{{ 编制单位.__class__ }}", "{% set x = 1 %}", "{% include 'report.html' %}", "{{ 编制单位 | upper }}"],
)  # fmt: skip
def test_a_sentence_gets_at_nothing(home: Path, run: Run, sentence: str) -> None:
    (home / "theme.yaml").write_text(f'{EXTENDS}sections: {{disputes: {{notes: ["{sentence}"]}}}}\n', encoding="utf-8")
    assert "themes/mine/theme.yaml:2:31" in refused(run)
    assert "themes/mine/theme.yaml:2:31" in refused(run, command=("themes", "preview", "mine"))
