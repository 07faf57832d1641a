"""The kind `bars`: readable without colours and in any font that has the letters, the same each time, and never for ever."""

from __future__ import annotations

import multiprocessing
import re
import struct
import subprocess
import sys
import unicodedata
from pathlib import Path
from xml.etree import ElementTree

import pytest

from nianbao import Chart, PluginError, Role, Series, Style
from nianbao_charts import Bars, bars, drawing

STYLE = Style(table=Role(("宋体", "SimSun", "Noto Serif CJK SC"), "小五"))
SVG = "{http://www.w3.org/2000/svg}"


def chart(*names: str, before: tuple[int | None, ...] = (), now: tuple[int | None, ...] = (), title: str = "图") -> Chart:
    series = (Series("2024年", now or tuple(range(1, len(names) + 1))),)
    return Chart("x-1", title, "条", names, ((Series("2023年", before),) if before else ()) + series)


def texts(svg: bytes) -> list[str]:
    return ["".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_every_bar_says_its_year_and_number() -> None:
    seen = texts(Bars().draw(chart("甲", "乙", before=(5, None), now=(7, 0)), STYLE)[".svg"])
    assert seen == ["甲", "乙", "2023年 5", "2024年 7", "2023年 —", "2024年 0"]


def test_where_there_is_one_year_a_bar_says_its_number() -> None:
    assert texts(Bars().draw(chart("甲", "乙"), STYLE)[".svg"]) == ["甲", "乙", "1", "2"]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("one", "other"), [(bars.BEFORE, "#ffffff"), (bars.NOW, "#ffffff"), (bars.BEFORE, bars.NOW), (bars.INK, "#ffffff")]
)
def test_colours_can_be_told_apart(one: str, other: str) -> None:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 3


def test_a_long_name_stands_in_lines_and_a_longer_one_is_cut() -> None:
    svg = Bars().draw(chart("要求行政机关确认或重新出具已获取信息", "长" * 99), STYLE)[".svg"]
    lines = [tspan.text for tspan in ElementTree.fromstring(svg).iter(f"{SVG}tspan")]
    assert lines == ["要求行政机关确认或重", "新出具已获取信息", "长" * 10, "长" * 10, "长" * 9 + "…"]


@pytest.mark.parametrize(("names", "before"), [(1, 0), (20, 20), (20, 0), (2, 2)])
def test_a_picture_is_as_wide_as_all_others_and_fits_a_page(names: int, before: int) -> None:
    png = Bars().draw(chart(*(f"名称{n}" for n in range(names)), before=tuple(range(before))), STYLE)[".png"]
    across, down = struct.unpack(">II", png[16:24])
    assert across == bars.WIDTH * drawing.SCALE
    assert down < 2.4 * across


def test_two_categories_of_one_name_are_two() -> None:
    assert texts(Bars().draw(chart("甲", "甲", now=(3, 4)), STYLE)[".svg"]) == ["甲", "甲", "3", "4"]


@pytest.mark.parametrize("number", [0, 999_999_999_999_999, 10**29])
def test_no_number_is_too_large_or_too_small(number: int) -> None:
    files = Bars().draw(chart("甲", "乙", before=(number, number), now=(number, 0)), STYLE)
    assert f"2024年 {number}" in texts(files[".svg"])
    assert "NaN" not in files[".svg"].decode()


@pytest.mark.parametrize(
    "name", ["\u202e甲乙", "甲\u200b乙", "甲\x07乙", "甲\u2028乙", "</svg><script>", "', now(), '", "\\n\\u0041"]
)
def test_what_steers_is_not_in_the_picture(name: str) -> None:
    svg = Bars().draw(chart(name, "乙"), STYLE)[".svg"]
    ElementTree.fromstring(svg)
    assert b"<script" not in svg
    assert not [letter for letter in svg.decode() if unicodedata.category(letter) in ("Cc", "Cf")]


def test_a_letter_that_no_font_has_is_named_never_a_box() -> None:
    with pytest.raises(PluginError, match=r"no font has “\U000f0000” of the chart “图”.*"):
        Bars().draw(chart("地名\U000f0000", "乙"), STYLE)


def test_a_machine_without_a_chinese_font_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for cache in (drawing.drawn, drawing._has, drawing._pixels):
        cache.cache_clear()
    monkeypatch.setattr(drawing, "family", lambda fonts: "'No Such Font'")
    with pytest.raises(PluginError) as caught:
        Bars().draw(chart("甲乙"), STYLE)
    assert "fonts-noto-cjk" in str(caught.value)
    assert "宋体, SimSun" in str(caught.value)
    for cache in (drawing.drawn, drawing._has, drawing._pixels):
        cache.cache_clear()


def test_without_the_extra_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    drawing.drawn.cache_clear()
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(PluginError, match=r'pip install "nianbao\[charts\]"'):
        Bars().draw(chart("甲"), STYLE)


def test_another_process_draws_the_same_bytes() -> None:
    code = (
        "from nianbao import Chart, Role, Series, Style; from nianbao_charts import Bars; import sys;"
        "style = Style(table=Role(('宋体', 'SimSun', 'Noto Serif CJK SC'), '小五'));"
        "files = Bars().draw(Chart('x-1', '图', '条', ('甲', '乙'), (Series('2024年', (1, 2)),)), style);"
        "sys.stdout.buffer.write(files['.svg'] + files['.png'])"
    )
    files = Bars().draw(chart("甲", "乙"), STYLE)
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == files[".svg"] + files[".png"]


@pytest.mark.skipif(not hasattr(sys, "getdlopenflags"), reason="Windows does not fork")
def test_a_child_of_a_process_that_has_drawn_draws_too_and_does_not_wait_for_ever() -> None:
    Bars().draw(chart("甲"), STYLE)
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    child = context.Process(target=lambda: answers.put(Bars().draw(chart("子进程"), STYLE)[".svg"]))
    child.start()
    try:
        assert texts(answers.get(timeout=60))[0] == "子进程"
    finally:
        child.kill()
        child.join()


def test_a_picture_loads_nothing() -> None:
    svg = Bars().draw(chart("http://127.0.0.1/a.png", "file:///etc/hostname"), STYLE)[".svg"].decode()
    assert not re.search(r"<image|href=|<style|url\(", svg)


def test_the_folder_holds_no_font_and_no_script_of_others() -> None:
    assert {path.suffix for path in Path(drawing.__file__).parent.iterdir() if path.is_file()} == {".py"}
