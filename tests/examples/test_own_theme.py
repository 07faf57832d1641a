"""A theme for a sixth jurisdiction, written from the docs alone, changes what it says and nothing else."""

import difflib
import re
from pathlib import Path

from tests_shared import Run, replace

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "theme.md"


def from_the_docs() -> str:
    found = re.search(r"```yaml\n# themes/heshan/theme\.yaml\n(.+?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


def built(workspace: Path, run: Run, theme: str) -> list[str]:
    made = run("build", "luhe", "-F", "html", "-o", str(workspace / Path(theme).name))
    assert made.exit_code == 0, made.stderr
    return Path(made.stdout.strip()).read_text(encoding="utf-8").splitlines()


def test_ten_lines_from_the_docs_make_a_theme_that_differs_only_there(workspace: Path, run: Run) -> None:
    lines = from_the_docs()
    assert len(lines.splitlines()) <= 10
    before = built(workspace, run, "national")
    assert run("themes", "new", "heshan").exit_code == 0
    (workspace / "themes" / "heshan" / "theme.yaml").write_text(lines, encoding="utf-8")
    replace(workspace / "jurisdictions" / "luhe.yaml", "theme: national", "theme: ./themes/heshan")
    after = built(workspace, run, "./themes/heshan")

    gone, come = [], []
    for line in difflib.ndiff(before, after):
        (gone if line[0] == "-" else come if line[0] == "+" else []).append(line[2:])
    year = "2024年，行政复议"
    page = [line for line in come if line.startswith(("<h3", "<p"))]
    assert page[0] == "<h3>（五）考核监督情况</h3>"
    assert re.sub("<.*?>", "", page[1]) == f"{year}2件，行政诉讼1件。"
    assert [re.sub("<.*?>", "", line)[:8] for line in page[2:]] == ["（一）信息处理费", "（二）代表建议和"]
    assert all('class="run-in"' in line for line in page[2:])
    style = [line for line in come if line not in page]
    assert style
    assert all("#8b0000" in line for line in style)

    old = "\n".join(gone)
    table = old[old.index('<div class="wide"') :] if '<div class="wide"' in old else old
    assert old.count("<h3>") == 3
    assert "<h3>（五）监督保障</h3>" in old
    assert old.count("<table") == 1
    assert "结果维持" in table
    assert "本年新收" not in old
    assert "规章" not in old


def test_the_theme_of_the_docs_fits_a_town_that_had_another(workspace: Path, run: Run) -> None:
    (workspace / "themes" / "heshan").mkdir(parents=True)
    (workspace / "themes" / "heshan" / "theme.yaml").write_text(
        from_the_docs().replace("extends: national", "extends: tianmen"), encoding="utf-8"
    )
    settings = workspace / "jurisdictions" / "shijiahe.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "theme: ./themes/heshan\n", encoding="utf-8")
    made = run("build", "shijiahe", "-F", "html")
    assert made.exit_code == 0, made.stderr
    assert "（五）考核监督情况" in Path(made.stdout.strip()).read_text(encoding="utf-8")


def test_what_the_docs_say_of_a_new_theme_is_so(workspace: Path, run: Run) -> None:
    text = PAGE.read_text(encoding="utf-8")
    for command in re.findall(r"^nianbao (.+)$", text, re.MULTILINE):
        assert run(*command.split()).exit_code == 0, command
    roles = re.search(r"Roles of `style`:(.+?)A wrong key", text, re.DOTALL)
    assert roles
    from dataclasses import fields

    from nianbao.layouts import Layout
    from nianbao.style import Page, Role, Style

    for kind in (Page, Role, Style):
        for field in fields(kind):
            assert f"`{field.name}" in roles[1] or field.name in ("heading2",), field.name
    for field in fields(Layout):
        assert f"| `{field.name.rstrip('_')}` |" in text, field.name
