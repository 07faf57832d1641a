"""A page that nianbao made is adopted exactly: the very figures, breakdowns within breakdowns too, and the same sentences."""

from __future__ import annotations

import itertools
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from nianbao import Report, Workspace
from nianbao.build import Order, edition_of, files_of, prepare
from nianbao.plugins import formats, installed, standard
from nianbao.reading import read_bytes
from nianbao_reader.adopting import adopted
from nianbao_reader.prose.named import named
from trying.figures import correct
from trying.readings import by_hand

NOTICE = standard("2021", Path())
COUNTS = st.integers(0, 9999)
LEAVES = st.dictionaries(st.sampled_from(["工作动态", "财政资金", "通知公告", "12345热线", "春耕（含补贴）"]), COUNTS, min_size=1)
BREAKDOWN = st.dictionaries(st.sampled_from(["门户网站", "公众号", "公示栏", "A类·微博"]), st.one_of(COUNTS, LEAVES), min_size=1)
FEW = settings(max_examples=2, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))


def told(above: str, breakdown: dict[str, object]) -> str:
    """A sentence that tells each figure of a breakdown, each by its path."""
    said = [f"公开{{{{ {above} }}}}条"]
    for name, below in breakdown.items():
        said.append(f"{name}{{{{ {above}.{name} }}}}条")
        said += [f"{name}的{part}{{{{ {above}.{name}.{part} }}}}条" for part in (below if isinstance(below, dict) else ())]
    return "，".join(said) + "。"


def written(folder: Path, theme: str, figures: dict[str, int | str], breakdown: dict[str, object], fee: int) -> Workspace:
    """A town's data with that breakdown, and the figures of its tables."""
    data: dict[str, dict[str, object]] = {
        "一、总体情况": {
            "主动公开": told("公开信息", breakdown), "依申请公开": "收到申请{{ 本年新收 }}件，{{ 年度 }}年办结。", "政府信息管理": "甲：{{ '{' }}乙}。",
            "平台建设": "丙。\n丁#戊。", "监督保障": "考核良好，评议无意见，无人被追究责任。",
        },
        "五、存在的主要问题及改进情况": {"上年度": "解读不多。", "本年度": "解读仍然不多。"},
        "六、其他需要报告的事项": {"信息处理费": fee, "提案": {"公开": 3, "不公开": 1}, "提案办理": "提案{{ 提案 }}件，公开{{ 提案.公开 }}件，不公开{{ 提案.不公开 }}件。"},
        **{str(section): {} for section in NOTICE.grids},
    }  # fmt: skip
    for path in (path for path in figures if NOTICE.nodes[path].is_input):
        section, *above, last = map(str, path.split("."))
        home = data[section]
        for key in above:
            home = home.setdefault(key, {})  # type: ignore[assignment]
        home[last] = float(figures[path]) if "." in str(figures[path]) else int(figures[path])
    data["proactive_disclosure"]["公开信息"] = breakdown
    files = {
        "nianbao.yaml": "standard: 2021\nformats: [html]\nsources: {manual: {}}\n",
        "jurisdictions/luhe.yaml": f"name: 芦河镇\nlevel: 镇\ntheme: {theme}\nsite: www.luhe.example\nbasis: 《关于编制2024年度报告的通知》\noffice: 党政办\ntelephone: 0728-1234567\n",
        "data/luhe/2024.yaml": yaml.safe_dump(data, allow_unicode=True, sort_keys=False),
    }
    for name, said in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(said, encoding="utf-8")
    return Workspace(folder)


def built(workspace: Workspace) -> tuple[Report, bytes]:
    edition = edition_of(workspace, "luhe", 2024)
    order = Order(formats=("html",), draft=True)
    prepared = prepare(edition, order)
    with formats(edition.settings, order.formats) as entered:
        files = files_of(prepared, entered)
    return prepared.report, next(data for name, data in files.items() if name.endswith(".html"))


@pytest.mark.parametrize("theme", sorted(installed("themes")))
@FEW
@given(figures=correct(NOTICE), breakdown=BREAKDOWN, fee=st.integers(0, 99))
def test_a_page_of_ours_gives_back_its_very_data(
    theme: str, figures: dict[str, int | str], breakdown: dict[str, object], fee: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    report, page = built(written(tmp_path_factory.mktemp("made"), theme, figures, breakdown, fee))
    again = tmp_path_factory.mktemp("again")
    (again / "jurisdictions").mkdir()
    (again / "nianbao.yaml").write_text("standard: 2021\nformats: [html]\nsources: {manual: {}}\n", encoding="utf-8")
    made = adopted(read_bytes(page, "page.html"), Workspace(again), "luhe")
    assert made.same, (made.sections, made.mistakes, made.data)
    for name, text in (("jurisdictions", made.settings), ("data/luhe", made.data)):
        (again / name).mkdir(parents=True, exist_ok=True)
        (again / name / ("2024.yaml" if "data" in name else "luhe.yaml")).write_text(text, encoding="utf-8")
    rebuilt, _ = built(Workspace(again))
    in_text = tuple(f"{section}." for section in report.without_tables)
    kept = {
        path: fact.value
        for path, fact in report.facts.figures.items()
        if path in report.facts.named or not path.startswith(in_text)
    }
    assert {path: fact.value for path, fact in rebuilt.facts.figures.items() if path in kept} == kept
    for one, other in itertools.zip_longest(report.passages, rebuilt.passages):
        assert (one.section, one.text) == (other.section, other.text)
        assert {at for at, path in (one.facts or {}).items() if path in kept} == set(other.facts or {})


def test_figures_that_a_page_tells_as_two_or_in_part_are_not_made_up() -> None:
    reading = by_hand({"overview": "公开9条：网站5条，报栏3条。网站6条。"})
    marks = {(2, 3): "公开信息", (7, 8): "公开信息.网站", (12, 13): "公开信息.报栏", (17, 18): "公开信息.网站"}
    overview = next(each for each in reading.told if each.section == "overview")
    said = type(overview)(
        "overview", "", overview.text, "p.html:3", "", {at: f"proactive_disclosure.{path}" for at, path in marks.items()}
    )
    found = named([said], NOTICE)
    assert {path: fact.value for path, fact in found.items()} == {"proactive_disclosure.公开信息": 9}
    assert found["proactive_disclosure.公开信息"].origin.where == "p.html:3"


@pytest.mark.parametrize("path", ["", "x", "proactive_disclosure", "requests.new", "requests.new.x", "nowhere.公开信息", "overview..x",
                                  "overview.“x”", "overview." + "x." * 500 + "x"])  # fmt: skip
def test_marks_that_name_no_figure_of_ones_own_are_left_alone(path: str) -> None:
    said = by_hand({"overview": "公开9条。"}).told[0]
    assert not named([type(said)("overview", "", "公开9条。", "", "", {(2, 3): path})], NOTICE)


def test_the_fee_is_a_figure_of_the_standard() -> None:
    said = by_hand({"overview": "9元。"}).told[0]
    found = named([type(said)("other_matters", "", "收9元。", "", "", {(1, 2): "other_matters.fee"})], NOTICE)
    node = next(node for node in NOTICE.nodes["other_matters"].inputs() if not node.tabular)
    found = named([type(said)("other_matters", "", "收9元。", "", "", {(1, 2): node.path})], NOTICE)
    assert [fact.value for fact in found.values()] == [Decimal(9)]
