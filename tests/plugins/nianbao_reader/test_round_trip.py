"""What nianbao made it reads back: random facts, every format under every theme, the same facts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from nianbao import Reading, Workspace
from nianbao.build import Order, edition_of, files_of, prepare
from nianbao.plugins import formats, installed, standard
from nianbao.reading import read_bytes
from trying.figures import correct

NOTICE = standard("2021", Path())
THEMES = sorted(installed("themes"))
FORMATS = {"html": ".html", "docx": ".docx", "markdown": ".md", "pdf": ".pdf"}
FEW = settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
SENTENCES = {
    "一、总体情况": {
        "主动公开": "全年公开信息{{ 公开信息 }}条，其中门户网站{{ 门户网站 }}条。",
        "依申请公开": "全年收到申请{{ 本年新收 }}件。\n答复由党政综合办公室一个窗口送出。",
        "政府信息管理": "发文时同步确定公开属性。",
        "平台建设": "公示栏与门户网站每周核对一次。",
        "监督保障": "考核结果为良好，社会评议未收到意见，没有被追究责任的情形。",
    },
    "五、存在的主要问题及改进情况": {"上年度": "村级公示栏已统一尺寸。", "本年度": "解读偏少。明年每件配一页问答。"},
    "六、其他需要报告的事项": {"信息处理费": 0},
}


def nested(figures: dict[str, int | str], section: str) -> dict[str, object]:
    """The figures that a clerk gives, by the standard's keys."""
    told: dict[str, object] = {}
    for path in (path for path, figure in figures.items() if NOTICE.nodes[path].is_input and path.startswith(section)):
        *above, last = str(path).split(".")[1:]
        home = told
        for key in above:
            home = home.setdefault(key, {})  # type: ignore[assignment]
        home[last] = float(figures[path]) if "." in str(figures[path]) else int(figures[path])
    return told


def made(folder: Path, theme: str, figures: dict[str, int | str]) -> Workspace:
    """A workspace of one town with these figures."""
    data = {**SENTENCES, **{str(section): nested(figures, section) for section in NOTICE.grids}}
    data["proactive_disclosure"]["公开信息"] = {"门户网站": 54, "公示栏": 7}  # type: ignore[index]
    files = {
        "nianbao.yaml": "standard: 2021\nformats: [html]\nsources: {manual: {}}\n",
        "jurisdictions/luhe.yaml": f"name: 芦河镇\nlevel: 镇\ntheme: {theme}\nsite: www.luhe.example\nbasis: 《关于编制2024年度报告的通知》\n",
        "data/luhe/2024.yaml": yaml.safe_dump(data, allow_unicode=True, sort_keys=False),
    }
    for name, said in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(said, encoding="utf-8")
    return Workspace(folder)


def differing(reading: Reading, figures: dict[str, int | str]) -> dict[str, tuple[object, object]]:
    """The drawn cells that are not read as they are, those of sections told in text left out."""
    told = {path: figure for path, figure in figures.items() if path.split(".")[0] not in reading.in_text}
    read = {path: cell.value.value if cell.value else None for path, cell in reading.cells.items()}
    return {
        path: (figure, read.get(path))
        for path, figure in told.items()
        if read.get(path) is None or Decimal(str(read[path])) != Decimal(str(figure))
    }


@pytest.mark.parametrize("theme", THEMES)
@FEW
@given(figures=correct(NOTICE))
def test_what_was_built_is_read_back(theme: str, figures: dict[str, int | str], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("ws")
    edition = edition_of(made(folder, theme, figures), "luhe", 2024)
    order = Order(formats=tuple(FORMATS), draft=True)
    prepared = prepare(edition, order)
    with formats(edition.settings, order.formats) as entered:
        files = files_of(prepared, entered)
    report = prepared.report
    in_text = report.without_tables
    for suffix in FORMATS.values():
        name = next(name for name in files if name.endswith(suffix))
        reading = read_bytes(files[name], name)
        assert (reading.name, reading.year, reading.standard.name) == ("芦河镇", 2024, "2021"), suffix
        assert reading.in_text == frozenset(in_text), suffix
        assert differing(reading, figures) == {}, suffix
        assert not reading.unread, suffix
        assert list(reading.headings) == list(report.headings), suffix
        said = {section: "".join(part.text for part in parts) for section, parts in report.parts.items()}
        assert said.keys() >= {told.section for told in reading.told}
