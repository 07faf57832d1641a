"""A theme's own style sheet: it changes how the page looks, and can do nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests_shared import Run, replace

Add = Callable[[str | bytes], None]


@pytest.fixture
def add(workspace: Path) -> Add:
    """Give luhe a theme with this extra.css."""

    def add(sheet: str | bytes) -> None:
        assets = workspace / "themes/mine/assets"
        assets.mkdir(parents=True)
        (assets.parent / "theme.yaml").write_text("extends: national\n", encoding="utf-8")
        (assets / "extra.css").write_bytes(sheet if isinstance(sheet, bytes) else sheet.encode())
        replace(workspace / "jurisdictions/luhe.yaml", "theme: national", "theme: ./themes/mine")

    return add


def test_it_comes_after_the_pages_own_so_that_it_decides(add: Add, run: Run) -> None:
    add("\ufeffmain { max-width: 60rem; }\n@media (width < 30rem) { h1 { background: url(data:image/png;base64,aGk=); } }\n")
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 0, result.output
    style = Path(result.stdout.strip()).read_text(encoding="utf-8").split("<style>")[1].split("</style>")[0]
    assert style.strip().endswith(
        "main { max-width: 60rem; }\n@media (width < 30rem) { h1 { background: url(data:image/png;base64,aGk=); } }"
    )


@pytest.mark.parametrize(
    "evil",
    [
        "</style><script>alert(1)</script>",
        "a{} </STYLE >",
        "<!-- a",
        "@import 'https://evil.example/a.css';",
        "@IMPORT url(a.css);",
        "@im\\70ort 'a.css';",
        "a { background: url(https://evil.example/a.png) }",
        "a { background: URL( '//evil.example/a.png') }",
        "a { background: u\\72l(a.png) }",
        "a { background: url(data:text/html,hi) }",
        "a { background: -webkit-image-set('a.png' 1x) }",
        "@font-face { src: url(\n'a.woff') }",
        "a { width: expression(alert(1)) }",
        "a { -moz-binding: none }",
        "a { content: '\0' }",
    ],
)
def test_what_would_load_or_run_is_refused_at_its_line(add: Add, run: Run, evil: str) -> None:
    add(f"h1 {{ color: red }}\n{evil}\n")
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 2
    assert "themes/mine/assets/extra.css:2: a theme's style sheet cannot hold" in result.stderr


def test_a_sheet_in_another_encoding_is_named(add: Add, run: Run) -> None:
    add("/* 甲 */\n/* 版式 */".encode("gb18030"))
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 2
    assert "themes/mine/assets/extra.css:1: the file is no UTF-8 text" in result.stderr
