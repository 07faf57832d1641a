"""A specification drawn by vl-convert, which is Vega-Lite with a JavaScript engine and a rasteriser in one library."""

from __future__ import annotations

import base64
import functools
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from nianbao.errors import PluginError
from nianbao_charts.bars import CENTRED, LETTERS, family, plain, spec

if TYPE_CHECKING:
    from nianbao import Chart

VEGA_LITE = "5.20"
SCALE = 2.5  # the PNG on paper: some 195 dots an inch in a page of 156 mm
NOWHERE = "\U0010fffd"  # no font has a letter here: it is drawn as what stands for a missing one
SECONDS = 60


@functools.lru_cache(maxsize=64)
def drawn(chart: Chart, fonts: tuple[str, ...]) -> Mapping[str, bytes]:
    """The picture of a chart as SVG and PNG. Raises PluginError."""
    wanted = spec(chart, fonts)
    letters = {letter for row in wanted["data"]["values"] for key in ("category", "told") for letter in plain(row[key])}
    if _is_forked():
        answer = _elsewhere(wanted, "".join(sorted(letters)), fonts)
    else:
        answer = draw(wanted, "".join(sorted(letters)), fonts)
    if lacking := answer["lacking"]:
        raise PluginError(
            f"图表“{chart.title}”里的“{lacking}”没有字体能画", f"no font has “{lacking}” of the chart “{chart.title}”",
            mend=(f"安装一种中文字体（Debian：fonts-noto-cjk），写进版式的 style: {{table: {{font: […]}}}}；现在是 {'、'.join(fonts)}。",
                  f"Install a Chinese font (Debian: fonts-noto-cjk) and name it in the theme's style: {{table: {{font: […]}}}}, now {', '.join(fonts)}."),
        )  # fmt: skip
    return {".svg": answer["svg"].encode(), ".png": base64.b64decode(answer["png"])}


def draw(wanted: dict[str, Any], letters: str, fonts: tuple[str, ...]) -> dict[str, str]:
    """The SVG and PNG (base64) of a specification, and which of these ``letters`` no font has."""
    import_vl_convert()
    lacking = "".join(letter for letter in letters if letter != " " and not _has(letter, fonts))
    if lacking:
        return {"lacking": lacking, "svg": "", "png": ""}
    import vl_convert

    vega = vl_convert.vegalite_to_vega(wanted, vl_version=VEGA_LITE)
    for axis in vega["axes"]:
        axis["encode"]["labels"]["update"]["dy"] = {"signal": CENTRED}  # Vega-Lite has no word for it
    svg = vl_convert.vega_to_svg(vega, allowed_base_urls=[])
    png = vl_convert.svg_to_png(svg, scale=SCALE)
    return {"lacking": "", "svg": svg, "png": base64.b64encode(png).decode()}


def import_vl_convert() -> None:
    """Raise PluginError where the library is not installed."""
    try:
        import vl_convert  # noqa: F401
    except ImportError:
        raise PluginError("画图表要用的 vl-convert-python 没有安装", "charts need vl-convert-python, which is not installed",
                          mend=('pip install "nianbao[charts]"', 'pip install "nianbao[charts]"')) from None  # fmt: skip


@functools.lru_cache(maxsize=4096)
def _has(letter: str, fonts: tuple[str, ...]) -> bool:
    return _pixels(letter, fonts) != _pixels(NOWHERE, fonts)


@functools.lru_cache(maxsize=4096)
def _pixels(letter: str, fonts: tuple[str, ...]) -> bytes:
    import vl_convert

    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{2 * LETTERS}" height="{2 * LETTERS}">'
        f'<text y="{LETTERS}" font-size="{LETTERS}" font-family="{family(fonts)}">{escape(letter)}</text></svg>'
    )
    pixels: bytes = vl_convert.svg_to_png(svg)
    return pixels


@functools.cache
def _first_process() -> int:
    return os.getpid()


def _is_forked() -> bool:
    """Whether this process was forked from one that has drawn: the engine's threads are not in it, and it would wait for ever."""
    return _first_process() != os.getpid()


def _elsewhere(wanted: dict[str, Any], letters: str, fonts: tuple[str, ...]) -> dict[str, str]:
    question = json.dumps([wanted, letters, fonts])
    command = [sys.executable, "-m", "nianbao_charts.drawing"]
    done = subprocess.run(command, input=question.encode(), capture_output=True, check=True, timeout=SECONDS)
    return dict(json.loads(done.stdout))


if __name__ == "__main__":
    spec_, letters_, fonts_ = json.load(sys.stdin)
    print(json.dumps(draw(spec_, letters_, tuple(fonts_))))
