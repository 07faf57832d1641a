"""Charts in a report: this year beside last, told to whoever cannot see them, and nothing where nobody wants them."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml.html import HtmlElement, document_fromstring

from nianbao.report import Report
from tests_shared import Run, replace

CHANNELS = ["镇网站", "新媒体平台", "公告栏", "村务栏"]


def built(run: Run, *more: str) -> dict[str, Path]:
    result = run("build", "luhe", *more)
    assert result.exit_code == 0, result.stderr
    return {Path(file).suffix: Path(file) for file in result.stdout.splitlines()}


def page(run: Run, *more: str) -> HtmlElement:
    return document_fromstring(built(run, "-F", "html", *more)[".html"].read_bytes())


def refused(run: Run, *more: str) -> str:
    result = run("build", "luhe", "-F", "html", *more)
    assert result.exit_code == 2, result.output
    return result.stderr


def numbers(figure: HtmlElement) -> list[list[str]]:
    return [[cell.text_content() for cell in row.iter("th", "td")] for row in figure.iter("tr")]


def test_a_reader_sees_this_year_beside_last_and_a_channel_that_is_new_or_gone(town: Path, run: Run) -> None:
    figure = page(run).find(".//figure")
    assert figure.findtext("figcaption") == "各渠道公开信息数量（单位：条）"
    drawn = "".join(figure.find("svg").itertext())
    for told in (*CHANNELS, "2023年 60", "2024年 104", "2023年 —", "2024年 37", "2023年 12", "2024年 —"):
        assert told in drawn
    assert numbers(figure) == [
        ["项目", "2023年", "2024年"], ["镇网站", "118", "118"], ["新媒体平台", "60", "104"], ["公告栏", "—", "37"], ["村务栏", "12", "—"],
    ]  # fmt: skip


def test_a_screen_reader_gets_the_picture_as_one_image_and_its_numbers_as_a_table(town: Path, run: Run) -> None:
    for figure in page(run).iter("figure"):
        picture = figure.find("svg")
        assert picture.get("role") == "img"
        assert picture.get("aria-label").startswith(figure.findtext("figcaption"))
        table = figure.find("table")
        assert table.findtext("caption")
        assert all(cell.get("scope") for cell in table.iter("th"))


def test_only_this_years_numbers_are_this_reports_data(town: Path, run: Run) -> None:
    marked = {data.get("data-fact"): data.text for data in page(run).find(".//figure").iter("data")}
    assert marked["proactive_disclosure.公开信息.新媒体平台"] == "104"
    assert "60" not in marked.values()


def test_without_an_archived_report_the_chart_shows_this_year_alone(town: Path, run: Run) -> None:
    (town / "archive/luhe/2023.json").unlink()
    figure = page(run).find(".//figure")
    assert numbers(figure)[0] == ["项目", "2024年"]
    assert "2023" not in figure.text_content()


def test_outcomes_that_are_zero_in_both_years_are_left_out(town: Path, run: Run) -> None:
    outcomes = list(page(run).iter("figure"))[2]
    assert [row[0] for row in numbers(outcomes)[1:]] == ["予以公开", "部分公开", "不予公开", "无法提供", "其他处理"]


def test_where_nothing_was_asked_in_either_year_there_is_no_chart(town: Path, run: Run) -> None:
    (town / "archive/luhe/2023.json").unlink()
    path = town / "data/luhe/2024.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text[: text.index("三、")] + "三、收到和处理政府信息公开申请情况: 0\n\n" + text[text.index("四、") :], encoding="utf-8"
    )
    assert len(list(page(run).iter("figure"))) == 1


def test_channels_that_are_all_zero_are_still_shown(town: Path, run: Run) -> None:
    (town / "archive/luhe/2023.json").unlink()
    path = town / "data/luhe/2024.yaml"
    text = re.sub(r"    镇网站: \{.*?\}\n    新媒体平台: 104\n    公告栏: 37", "    镇网站: 0\n    新媒体平台: 0\n    公告栏: 0",
                  path.read_text(encoding="utf-8"))  # fmt: skip
    path.write_text(text.replace("，其中{{ 镇网站 | 列举 }}", ""), encoding="utf-8")
    assert numbers(page(run).find(".//figure"))[1:] == [["镇网站", "0"], ["新媒体平台", "0"], ["公告栏", "0"]]


def test_word_has_the_picture_as_wide_as_the_text_with_its_caption_and_a_description(town: Path, run: Run) -> None:
    data = built(run, "-F", "docx")[".docx"].read_bytes()
    archive = zipfile.ZipFile(io.BytesIO(data))
    body = archive.read("word/document.xml").decode()
    assert len([name for name in archive.namelist() if name.startswith("word/media/")]) == 3
    assert 'descr="各渠道公开信息数量（单位：条）。2023年：镇网站118，新媒体平台60，村务栏12；2024年：' in body
    widths = [int(width) for width in re.findall(r'<wp:extent cx="(\d+)"', body)]
    assert all(abs(width - 156 * 36000) < 36000 for width in widths)
    assert re.search(
        r'pStyle w:val="CaptionedFigure" ?/>.*?pStyle w:val="ImageCaption" ?/>.*?各渠道公开信息数量（单位：条）', body, re.DOTALL
    )
    assert "w:keepNext" in re.search(r'styleId="CaptionedFigure".*?</w:style>', archive.read("word/styles.xml").decode())[0]


def test_what_is_pasted_into_a_cms_has_the_pictures_within_and_the_numbers_for_screen_readers(town: Path, run: Run) -> None:
    article = document_fromstring(built(run, "-F", "fragment")[".html"].read_bytes())
    for figure in article.iter("figure"):
        assert figure.find("img").get("src").startswith("data:image/png;base64,")
        assert figure.find("img").get("alt").startswith(figure.findtext("figcaption"))
        assert "clip-path" in figure.find("table").get("style")
    assert len(list(article.iter("figure"))) == 3


def test_markdown_has_the_numbers(town: Path, run: Run) -> None:
    text = built(run, "-F", "markdown")[".md"].read_text(encoding="utf-8")
    assert "**各渠道公开信息数量（单位：条）**" in text
    assert re.search(r"\| 新媒体平台 \| +60 \| +104 \|", text)
    assert "data:" not in text


def test_the_same_report_has_the_same_bytes(town: Path, run: Run) -> None:
    first = {suffix: file.read_bytes() for suffix, file in built(run).items()}
    from nianbao_charts.drawing import drawn

    drawn.cache_clear()
    assert {suffix: file.read_bytes() for suffix, file in built(run).items()} == first


def test_the_record_names_the_archived_report_among_its_inputs(town: Path, run: Run) -> None:
    built(run, "-F", "html")
    assert "archive/luhe/2023.json" in json.loads((town / "build/luhe/2024/report.json").read_text(encoding="utf-8"))["inputs"]


def test_a_jurisdiction_may_want_other_charts_than_its_theme_or_none(town: Path, run: Run) -> None:
    settings = town / "jurisdictions/luhe.yaml"
    more = "sections: {requests: {charts: null}, disputes: {charts: [{of: 行政复议}]}}\n"
    settings.write_text(settings.read_text(encoding="utf-8") + more, encoding="utf-8")
    captions = [figure.findtext("figcaption") for figure in page(run).iter("figure")]
    assert captions == ["各渠道公开信息数量（单位：条）", "行政复议（单位：件）"]


def test_a_report_without_charts_pays_nothing_for_them(workspace: Path) -> None:
    watch = (
        "import sys\nfrom nianbao.cli import main\ntry: main(['-w', sys.argv[1], 'build', 'luhe', '-F', 'html'])\n"
        "except SystemExit: pass\nprint('loaded', [name for name in sys.modules if name in ('nianbao.charts', 'vl_convert') or 'nianbao_charts' in name])"
    )
    done = subprocess.run([sys.executable, "-c", watch, str(workspace)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "loaded []"


@pytest.mark.parametrize(
    ("chart", "says"),
    [
        ("{title: 图}", "missing keys: of"),
        ("{of: []}", "names no figure"),
        ("{of: 没有这个}", "no figure is named “没有这个”"),
        ("{of: 网站}", "“网站” is no figure"),
        ("{of: [本年新收, 信息处理费]}", "mixes units: 件, 元"),
        ("{of: 公开信息, draw: pies}", "no “pies” is installed"),
        ("{of: 公开信息, colour: red}", "unknown key “colour”"),
        ("公开信息", "expected a mapping"),
    ],
)
def test_a_chart_that_cannot_be_is_told_at_its_line(town: Path, run: Run, chart: str, says: str) -> None:
    theme = town / "themes/mine/theme.yaml"
    theme.write_text(f"extends: national\nsections:\n  proactive_disclosure: {{charts: [{chart}]}}\n", encoding="utf-8")
    told = refused(run)
    assert says in told
    assert "themes/mine/theme.yaml:3:" in told


def test_what_a_chart_lacks_stops_a_build_and_leaves_it_out_of_a_draft(town: Path, run: Run) -> None:
    path = town / "data/luhe/2024.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("三、")] + text[text.index("五、") :], encoding="utf-8")
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 1
    assert len(list(page(run, "--draft").iter("figure"))) == 1


def test_two_thousand_channels_are_refused_with_what_to_do(town: Path, run: Run) -> None:
    many = "\n".join(f"    栏目{number}: 1" for number in range(2000))
    replace(town / "data/luhe/2024.yaml", "    公告栏: 37", f"    公告栏: 37\n{many}")
    told = refused(run)
    assert "has 2004 categories, at most 20 can be drawn" in told
    assert "Draw the level above" in told


EVIL = "</svg><script>alert(1)</script>"


@pytest.mark.parametrize("where", ["channel", "title"])
def test_a_name_is_never_markup_in_a_picture(town: Path, run: Run, where: str) -> None:
    if where == "channel":
        replace(town / "data/luhe/2024.yaml", "    公告栏: 37", f"    公告栏: 37\n    '{EVIL}': 2")
    else:
        replace(town / "themes/mine/theme.yaml", "title: 办理结果", f"title: '{EVIL}'")
    files = built(run)
    made = document_fromstring(files[".html"].read_bytes())
    assert not made.xpath("//script")
    assert EVIL in made.text_content()
    assert "<script>" not in files[".md"].read_text(encoding="utf-8").replace("\\<script>", "")


def test_the_largest_number_is_drawn_with_all_its_digits(town: Path, run: Run) -> None:
    replace(town / "data/luhe/2024.yaml", "    新媒体平台: 104", "    新媒体平台: 999999999999999")
    assert "2024年 999999999999999" in "".join(page(run).find(".//figure/svg").itertext())


@pytest.mark.parametrize("value", ["[]", '"12"', "NaN", "1e400", "1e-400", "true", "null"])
def test_an_archived_report_with_a_wrong_number_is_told(town: Path, run: Run, value: str) -> None:
    archive = town / "archive/luhe/2023.json"
    archive.write_text(re.sub(r'"value": 60\b', f'"value": {value}', archive.read_text(encoding="utf-8")), encoding="utf-8")
    told = refused(run)
    assert "“proactive_disclosure.公开信息.新媒体平台” is no number" in told
    assert "archive/luhe/2023.json" in told


@pytest.mark.parametrize(
    ("old", "new"), [('"year": 2023', '"year": 2022'), ('"draft": false', '"draft": true'), ('"luhe"', '"other"')]
)
def test_an_archived_report_of_another_year_or_town_is_told(town: Path, run: Run, old: str, new: str) -> None:
    replace(town / "archive/luhe/2023.json", old, new)
    assert "it is no finished report of this jurisdiction for 2023" in refused(run)


def test_a_chart_tells_whoever_cannot_see_it(town: Path, run: Run) -> None:
    from nianbao.charts import Chart, Series

    chart = Chart("x-1", "各渠道", "条", ("甲", "乙"), (Series("2023年", (None, 1)), Series("2024年", (2, 3))))
    assert chart.alt == "各渠道（单位：条）。2023年：乙1；2024年：甲2，乙3。"
    assert Report  # a chart is made of a report's figures, and can be made without one
