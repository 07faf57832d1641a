"""Sentences: names are filled, absent figures noted, and nothing else can be said."""

from decimal import Decimal
from pathlib import Path

import pytest

from nianbao.answers import take
from nianbao.facts import Facts
from nianbao.plugins import standard
from nianbao.sentences import Names

KNOWN = standard("2021", Path())
SAID = {
    "proactive_disclosure": {"公开信息": {"门户": {"领导信息": 10, "政府文件": 2, "空栏": 0}, "12345热线": 7}},
    "requests": {
        "本年新收": {"自然人": 12, "商业企业": 1},
        "不予公开": {"属于国家秘密": {"自然人": 3}},
        "予以公开": {"自然人": 9, "商业企业": 1},
    },
    "other_matters": {"信息处理费": 0, "万元数": Decimal("0.50")},
}


def names(**words: str) -> Names:
    facts = Facts(KNOWN)
    for section, answer in SAID.items():
        take(facts, "test", section, answer)
    facts.settle()
    return Names(facts, {"年度": "2024", "依据": "", **words})


def filled(text: str, *, theme: bool = False, **words: str) -> str:
    made = names(**words)
    result = made.fill(text, "x.yaml:1", theme=theme)
    assert not made.mistakes, [str(mistake) for mistake in made.mistakes]
    return result.striptags()


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("新收{{ 本年新收 }}件。", "新收13件。"),
        ("新收{{本年新收.自然人}}件。", "新收12件。"),
        ("{{ 年度 }}年", "2024年"),
        ("{{ 12345热线 }}件", "7件"),
        ("{{ 门户 | 列举 }}", "领导信息10条、政府文件2条、空栏0条"),
        ("{{ 门户 | 列举('篇', '，') }}", "领导信息10篇，政府文件2篇，空栏0篇"),
        ("{{ 本年新收 | 列举 }}", "自然人12件、商业企业1件"),
        ("{{ 不予公开 | 列举 }}", "国家秘密3件"),
        ("{{ 本年度办理结果 | 列举 }}", "予以公开10件、不予公开3件"),
        ("{{ 万元数 }}万元", "0.50万元"),
        ("没有花括号", "没有花括号"),
        ("a < b & {{ 年度 }}", "a &lt; b &amp; 2024"),
    ],
)
def test_a_name_is_filled_with_its_one_figure(text: str, result: str) -> None:
    assert filled(text).replace("&", "&amp;").replace("<", "&lt;") == result or filled(text) == result


def test_a_figure_on_the_page_can_be_read_by_a_machine() -> None:
    assert names().fill("{{ 本年新收 }}") == '<data value="13" data-fact="requests.new">13</data>'


def test_what_a_clerk_types_is_never_markup() -> None:
    assert "<script>" not in names().fill("<script>alert({{ 年度 }})</script>")
    assert "<b>" not in names(词="<b>{{ 年度 }}</b>").fill("{{ 词 }}")


def test_words_of_a_town_are_names_and_may_name_others() -> None:
    assert filled("{{ 通知 }}", 通知="《{{ 年度 }}年通知》") == "《2024年通知》"


def test_an_absent_figure_is_noted_and_reads_as_still_to_be_filled() -> None:
    made = names()
    assert made.fill("{{ 行政许可 }}件", "x.yaml:3") == "<mark>待填</mark>件"
    assert [(m.path, m.name, m.place) for m in made.missing] == [("proactive_disclosure.licences", "行政许可", "x.yaml:3")]


def test_a_setting_that_nobody_made_is_noted() -> None:
    made = names()
    made.fill("根据{{ 依据 }}", "x.yaml:3")
    assert [m.name for m in made.missing] == ["依据"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{{ 新收件数 }}", "no figure is named “新收件数”"),
        ("{{ 其他 }}", "several figures are named “其他”"),
        ("{{ 圈 }}", "refers to itself"),
        ("{% for x in 本年新收 %}{% endfor %}", "holds names only"),
        ("{{ 本年新收.__class__ }}", "no figure is named"),
        ("{{ ''.__class__.__mro__ }}", "no figure is named"),
        ("{{ 本年新收 * 9**9 }}", "no figure is named"),
        ("{{ 本年新收 | safe }}", "there is no filter “safe”"),
        ("{{ 本年新收 | map('__class__') }}", "there is no filter “map”"),
        ("{{ 本年新收 | 列举(年度.x) }}", "cannot be filled"),
        ("{{ 年度 | 列举 }}", "cannot be filled"),
        ("{{ 12345热线 | 列举 }}", "没有明细可列举"),
        ("{{ 未完", "cannot be filled"),
        ("{{ }}", "no figure is named"),
        ("{# 注释", "holds names only"),
        ("{{ figure('本年新收')() }}", "no figure is named"),
        ("{% set x = 1 %}", "holds names only"),
        ("｛｛ 本年新收 ｝｝", "full-width"),
        ("收到{ 本年新收 }件", "needs two braces"),
        ("收到｛本年新收｝件", "needs two braces"),
        ("在{ 年度 }年", "needs two braces"),
        ("{{ 本年新收 | 求和 }}", "there is no filter “求和”"),
        ("{% raw %}{{ x }}{% endraw %}", "holds names only"),
    ],
)
def test_whatever_is_no_name_is_a_mistake_with_its_place(text: str, says: str) -> None:
    made = names(圈="{{ 圈 }}")
    made.fill(text, "x.yaml:7")
    assert [says in str(mistake) for mistake in made.mistakes] == [True], [str(m) for m in made.mistakes]
    assert "x.yaml:7" in str(made.mistakes[0]) or "itself" in says


def test_a_theme_may_ask_before_it_tells() -> None:
    text = "{% if 行政许可 is defined and 行政许可 %}许可{{ 行政许可 }}件{% else %}没有{% endif %}，{% if 本年新收 > 10 %}多{% endif %}"
    made = names()
    assert made.fill(text, theme=True) == "没有，多"
    assert not made.missing


def test_a_theme_that_takes_absent_for_zero_is_found_out() -> None:
    made = names()
    made.fill("{% if 行政许可 %}有{% else %}没有{% endif %}", theme=True)
    assert [m.name for m in made.missing] == ["行政许可"]


@pytest.mark.parametrize(
    "text",
    [
        "{% if 本年新收.__class__ %}{% endif %}",
        "{{ names }}",
        "{% for x in range(10) %}{% endfor %}",
        "{% set x = 'a' * 1000000000 %}",
        "{% set x = 'a' ~ 'b' %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% if ''.join(['a']) %}{% endif %}",
        "{% for a in 'xxxxxxxxxx' recursive %}{{ loop('x') }}{% endfor %}",
        "{% if figure('无此名') %}{% endif %}",
    ],
)
def test_a_hostile_theme_sentence_is_refused(text: str) -> None:
    made = names()
    made.fill(text, "theme.yaml:1", theme=True)
    assert len(made.mistakes) == 1


def test_a_theme_sentence_that_never_ends_is_stopped() -> None:
    loops = "".join(f"{{% for a{n} in '{'x' * 100}' %}}" for n in range(8)) + "{% endfor %}" * 8
    made = names()
    made.fill(loops, "theme.yaml:1", theme=True)
    assert "does not end" in str(made.mistakes[0])


def test_a_report_can_be_filled_as_often_as_it_is_downloaded() -> None:
    made = names(甲="{{ 乙 }}", 乙="{{ 年度 }}")
    assert {str(made.fill("{{ 甲 }}")) for _ in range(4_000)} == {"2024"}
    assert not made.mistakes


def test_one_sentence_cannot_fill_words_without_end() -> None:
    made = names(**{f"词{level}": f"{{{{ 词{level + 1} }}}}" * 20 for level in range(4)}, 词4="完")
    made.fill("{{ 词0 }}")
    assert "without end" in str(made.mistakes[0])


SIMPLE = [
    "全年{{ 本年新收 }}件。",
    "{{本年新收}}<b>&{{- 网站 -}}\n",
    " {{ 门户 | 列举 }}、{{ 12345热线|列举 }}",
    "{{ 网站 | 列举 }}",
    "{{ 没有的 }}{{ 政府文件 }}",
    "{{ 行政许可 }}，{{ 甲 }}，{{ 没有的 }}，{{ 行政处罚 }}",
    "{{ }}",
    "{{ 圈 }}",
    "{{ 甲 }}{{ 乙 }}",
]
CONDITIONS = [
    "{% if 网站 is defined %}有{{ 网站 }}{% else %}无{{ 行政许可 }}{% endif %}。",
    "{% if 空 is defined %}有{% else %}无{% endif %}\n",
    "甲{% if 行政许可 is defined %}{% if 乙 is defined %}{{ 乙 }}{% endif %}{% else %}{% if 甲 is defined %}{{ 甲 }}{% endif %}乙{% endif %}",
    "{% if 没有的 is defined %}{{ 没有的 }}{% endif %}",
    "{% if 网站 is defined %}{% else %}{% else %}{% endif %}",
    "{% if 网站 is defined %}",
    "{% endif %}{% if 网站 is defined %}",
    " {% if 网站 is defined %} 一 {% endif %} ",
    "一\n  {% if 网站 is defined %}\n二{% endif %}\n三",
    "{% if none is defined %}{{ 网站 }}{% endif %}",
    "{% if 网站 is defined %}" * 10 + "{% endif %}" * 10,
]


@pytest.mark.parametrize("theme", [False, True])
@pytest.mark.parametrize("text", [*SIMPLE, *CONDITIONS])
def test_a_sentence_without_a_template_says_what_a_template_would(
    text: str, theme: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said() -> tuple[str, list[object], list[str]]:
        known = names(网站="www.luhe.example <1>", 甲="{{ 乙 }}和{{ 行政许可 }}", 乙="“乙”", 圈="{{ 圈 }}", 空="")
        text_ = known.fill(text, "a.yaml:1:1", theme=theme)
        return str(text_), [(each.path, each.name) for each in known.missing], [str(each) for each in known.mistakes]

    plainly = said()
    monkeypatch.setattr("nianbao.sentences.taken_apart", lambda text: None)
    assert plainly == said()


@pytest.mark.parametrize("text", [*SIMPLE, *CONDITIONS[:4]])
def test_most_sentences_take_no_template(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nianbao.sentences._compiled", None)
    names(圈="", 网站="").fill(text, theme=True)
