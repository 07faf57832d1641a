"""Charts by strangers' plugins: held to what they promised, blamed where they fail, and told what they need to know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from nianbao import Chart, Style
from tests_shared import Run, replace

PIXEL = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x01"
SHAPE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><rect width="2" height="1"/></svg>'
SEEN: list[tuple[Chart, Style]] = []


class Dots:
    def draw(self, chart: Chart, style: Style) -> Mapping[str, bytes]:
        SEEN.append((chart, style))
        return {".svg": SHAPE, ".png": PIXEL}


def dotted(workspace: Path, more: str = "") -> None:
    replace(
        workspace / "jurisdictions/luhe.yaml",
        "office:",
        f"sections: {{requests: {{charts: [{{of: 本年新收, draw: dots{more}}}]}}}}\noffice:",
    )


def test_a_strangers_kind_is_given_the_figures_and_the_style_and_its_picture_stands_in_the_page(
    workspace: Path, run: Run, install: Callable[..., Any]
) -> None:
    install("charts", "dots", Dots)
    dotted(workspace)
    SEEN.clear()
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 0, result.stderr
    ((chart, style),) = SEEN
    assert (chart.key, chart.title, chart.unit) == ("requests-1", "本年新收", "件")
    assert dict(zip(chart.categories, chart.series[0].values, strict=True)) == {"自然人": 12, "商业企业": 2, "法律服务机构": 1}
    assert [year.name for year in chart.series] == ["2024年"]
    assert "宋体" in style.table.font
    assert '<rect width="2" height="1">' in Path(result.stdout.strip()).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({".svg": SHAPE}, "draw() of dots should return the bytes of .png"),
        ({".svg": "text", ".png": PIXEL}, "draw() of dots should return the bytes of .svg"),
        (None, "plugin dots failed"),
        (ZeroDivisionError("x"), "plugin dots failed: ZeroDivisionError: x"),
    ],
)
def test_a_kind_that_does_not_keep_its_promise_is_blamed_at_the_line_that_wants_it(
    workspace: Path, run: Run, install: Callable[..., Any], answer: Any, says: str
) -> None:
    class Broken:
        def draw(self, chart: Chart, style: Style) -> Any:
            if isinstance(answer, Exception):
                raise answer
            return answer

    install("charts", "dots", Broken)
    dotted(workspace)
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 2
    assert says in result.stderr
    assert "jurisdictions/luhe.yaml:" in result.stderr
    assert not (workspace / "build/luhe/2024/publish").exists()


def test_a_kind_that_cannot_be_imported_is_told(workspace: Path, run: Run, install: Callable[..., Any]) -> None:
    install("charts", "dots", None, "no_such_package:Dots")
    dotted(workspace)
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 2
    assert "no_such_package" in result.stderr
