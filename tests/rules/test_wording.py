"""What no published report may say: for every rule what passes, what fails and how gravely, and what cannot be assessed."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from trying.retold import looked, retold, verdict

PASSES, ERROR, WARNING, INFO, UNKNOWN = "passes", "error", "warning", "info", "not assessable"

CASES = [
    # --- S-PLACE
    ("S-PLACE", "公开财政资金信息。", PASSES),
    ("S-PLACE", "开设×××专栏。", ERROR),
    ("S-PLACE", "开设XXX专栏。", ERROR),
    ("S-PLACE", "在ＸＸ镇设点。", ERROR),
    ("S-PLACE", "在XX年设点。", ERROR),
    ("S-PLACE", "选用XX型设备。", PASSES),
    ("S-PLACE", "选用XXXL号。", PASSES),
    ("S-PLACE", "设“XXX”栏目。", PASSES),
    ("S-PLACE", "印发《×××办法》。", PASSES),
    ("S-PLACE", "公开信息{{ 公开信息 }}条。", "warning warning"),
    ("S-PLACE", "公开信息{% if %}条。", WARNING),
    ("S-PLACE", "公开信息${count}条。", WARNING),
    ("S-PLACE", "公开信息#REF!条。", ERROR),
    ("S-PLACE", "公开信息TODO条。", ERROR),
    ("S-PLACE", "登录TODOLIST网站。", PASSES),
    ("S-PLACE", "见METODO网站。", PASSES),
    ("S-PLACE", "此处待填。", ERROR),
    ("S-PLACE", "公开信息（此处填写条数）。", ERROR),
    ("S-PLACE", "公开信息【待补充】。", ERROR),
    ("S-PLACE", "公开信息（请核实）条。", ERROR),
    ("S-PLACE", "公开信息（请群众监督）。", PASSES),
    ("S-PLACE", "栏目有待补充。", PASSES),
    ("S-PLACE", "数据待补充。", WARNING),
    ("S-PLACE", "数据待核实", WARNING),
    ("S-PLACE", "待确定的事项已公开。", PASSES),
    ("S-PLACE", "在某某村设点。", WARNING),
    ("S-PLACE", "在○○村设点。", ERROR),
    ("S-PLACE", "满意□。", PASSES),
    ("S-PLACE", "……", ERROR),
    ("S-PLACE", "（略） ", ERROR),
    ("S-PLACE", "公开信息……", PASSES),
    # --- S-SECRET
    ("S-SECRET", "涉及国家秘密的不予公开。", PASSES),
    ("S-SECRET", "保守商业机密。", PASSES),
    ("S-SECRET", "机密★1年。", ERROR),
    ("S-SECRET", "秘密 ☆。", ERROR),
    ("S-SECRET", "密级：内部。", ERROR),
    ("S-SECRET", "密级：已解除。", PASSES),
    ("S-SECRET", "此件不公开。", ERROR),
    ("S-SECRET", "此件不予公开。", ERROR),
    ("S-SECRET", "此件公开发布。", PASSES),
    ("S-SECRET", "对其标注此件不公开。", PASSES),
    ("S-SECRET", "标明此件不公开。", PASSES),
    ("S-SECRET", "凡标记要求如下此件不公开。", PASSES),
    ("S-SECRET", "凡标记的要求如下此件不公开。", ERROR),
    ("S-SECRET", "公开属性为此件不公开。", PASSES),
    ("S-SECRET", "内部资料，注意保存。", ERROR),
    ("S-SECRET", "内部资料不得外传。", ERROR),
    ("S-SECRET", "整理内部资料。", PASSES),
    ("S-SECRET", "审核办法（内部）已印发。", ERROR),
    ("S-SECRET", "注明“内部资料 注意保存”。", PASSES),
    ("S-SECRET", "（不予公开）\n按月审核。", ERROR),
    ("S-SECRET", "按月审核（不公开）", ERROR),
    ("S-SECRET", "三类信息（不予公开）均已说明。", PASSES),
    ("S-SECRET", "仅供内部参考。", ERROR),
    # --- S-PRIV (the identity numbers are invented; 110101199003070142 has no right check digit, 11010119900307014X has none)
    ("S-PRIV", "咨询电话0700-1234567。", PASSES),
    ("S-PRIV", "申请人手机13800000000。", ERROR),
    ("S-PRIV", "申请人手机138-0000-0000。", ERROR),
    ("S-PRIV", "申请人手机138 0000 0000。", ERROR),
    ("S-PRIV", "申请人手机１３８００００００００。", ERROR),
    ("S-PRIV", "热线13800000000。", WARNING),
    ("S-PRIV", "联系13800000000。", WARNING),
    ("S-PRIV", "若要联系请在工作日拨打值班室13800000000。", WARNING),
    ("S-PRIV", "若要联系请在每工作日拨打值班室13800000000。", ERROR),
    ("S-PRIV", "联系电话由镇政府统一公布，王某的号码13800000000。", ERROR),
    ("S-PRIV", "拨付13800000000元。", PASSES),
    ("S-PRIV", "浏览13800000000人次。", PASSES),
    ("S-PRIV", "编号213800000000。", PASSES),
    ("S-PRIV", "编号138000000001。", PASSES),
    ("S-PRIV", "编号12800000000。", PASSES),
    ("S-PRIV", "订单A13800000000。", PASSES),
    ("S-PRIV", "号码11010519491231002X。", ERROR),
    ("S-PRIV", "号码11010519491231002x。", ERROR),
    ("S-PRIV", "号码110105194912310021。", PASSES),
    ("S-PRIV", "号码440308199901101512。", ERROR),
    ("S-PRIV", "号码110105194901010021。", ERROR),
    ("S-PRIV", "号码440308209901101510。", PASSES),
    ("S-PRIV", "申请人姓名：张三，已答复。", ERROR),
    ("S-PRIV", "申请人姓名:张三\n已答复。", ERROR),
    ("S-PRIV", "申请人：自然人。", PASSES),
    ("S-PRIV", "登记申请人姓名和联系方式。", PASSES),
    ("S-PRIV", "申请人王女士表示满意。", WARNING),
    ("S-PRIV", "申请人李某对答复不服。", WARNING),
    ("S-PRIV", "申请人有某些误解。", PASSES),
    ("S-PRIV", "告知申请人理由。", PASSES),
    # --- S-LAW-NAME
    ("S-LAW-NAME", "执行《条例》《办法》。", PASSES),
    ("S-LAW-NAME", "印发《关于执行〈条例〉的通知》。", PASSES),
    ("S-LAW-NAME", "印发《关于执行《条例》的通知》。", INFO),
    ("S-LAW-NAME", "执行《条例。", INFO),
    ("S-LAW-NAME", "《条例》《办法》都已执行。", PASSES),
    ("S-LAW-NAME", "《条例。", INFO),
    ("S-LAW-NAME", "《关于执行《条例〉的通知。", INFO),
    ("S-LAW-NAME", "《关于执行《条例》的通知》已印发。", INFO),
    ("S-LAW-NAME", "执行条例》。", INFO),
    ("S-LAW-NAME", "执行条例》和《办法。", INFO),
    # --- S-ENUM
    ("S-ENUM", "一是甲，二是乙，三是丙。", PASSES),
    ("S-ENUM", "一是甲，三是丙。", WARNING),
    ("S-ENUM", "一是甲，二是乙，二是丙。", WARNING),
    ("S-ENUM", "二是乙，三是丙。", WARNING),
    ("S-ENUM", "一是甲，二是乙。一是丙，二是丁。", PASSES),
    ("S-ENUM", "一是甲：一是丙，二是丁；二是乙，三是戊。", PASSES),
    ("S-ENUM", "一是甲：一是丙，二是丁，三是己；三是乙。", WARNING),
    ("S-ENUM", "之一是甲，其二是乙，唯一是丙，第三是丁。", PASSES),
    ("S-ENUM", "坚持一是一、二是二。", PASSES),
    ("S-ENUM", "九是壬。", WARNING),
    ("S-ENUM", "一是1，二是2，三是3，四是4，五是5，六是6，七是7，八是8，九是9，十是10，十一是11，十二是12。", PASSES),
    ("S-ENUM", "一是1，二是2，三是3，四是4，五是5，六是6，七是7，八是8，九是9，十是10，十二是12。", WARNING),
    ("S-ENUM", "（一）甲。（二）乙。（四）丁。", WARNING),
    ("S-ENUM", "（三）丙。（四）丁。", PASSES),
    ("S-ENUM", "第二十条（一）（五）（六）（八）项。", PASSES),
    ("S-ENUM", "1.甲。2.乙。3.丙。", PASSES),
    ("S-ENUM", "1.甲。3.丙。", WARNING),
    ("S-ENUM", "1．甲。\n3、丙。", WARNING),
    ("S-ENUM", "增长1.3倍，其中3.15活动一次。", PASSES),
    ("S-ENUM", "一、甲\n三、丙", WARNING),
    ("S-ENUM", "一、二、三级医院都公开。", PASSES),
    ("S-ENUM", "①甲；②乙；④丁。", WARNING),
    ("S-ENUM", "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", PASSES),
    ("S-ENUM", "①甲；②乙；①丙；②丁。", PASSES),
    ("S-ENUM", "1.甲（①子②丑）。2.乙。", PASSES),
    # --- S-CHAR
    ("S-CHAR", "公开财政资金信息，ABC 123。\n又一段\t。", PASSES),
    ("S-CHAR", "公开⺠生信息。", ERROR),
    ("S-CHAR", "公开⼈员信息。", ERROR),
    ("S-CHAR", "公开\u2e80信息。", ERROR),
    ("S-CHAR", "公开\u2fdf信息。", ERROR),
    ("S-CHAR", "公开\ufffd信息。", ERROR),
    ("S-CHAR", "公开\ue000信息。", ERROR),
    ("S-CHAR", "公开\uf8ff信息。", ERROR),
    ("S-CHAR", "公开锟斤拷信息。", ERROR),
    ("S-CHAR", "公开\u200b信息。", WARNING),
    ("S-CHAR", "公开\u200f信息。", WARNING),
    ("S-CHAR", "公开\u202a信息。", WARNING),
    ("S-CHAR", "公开\u202e信息。", WARNING),
    ("S-CHAR", "公开\ufeff信息。", WARNING),
    ("S-CHAR", "公开\u00ad信息。", WARNING),
    ("S-CHAR", "公开\u2060信息。", WARNING),
    ("S-CHAR", "公开\x08信息。", WARNING),
    ("S-CHAR", "公开\x1f信息。", WARNING),
    ("S-CHAR", "公开\x20信息。", PASSES),
    ("S-CHAR", "公开\u200a信息。", PASSES),
    ("S-CHAR", "公开\u2010信息。", PASSES),
    ("S-CHAR", "公开\u2029信息。", PASSES),
    ("S-CHAR", "公开\u202f信息。", PASSES),
    ("S-CHAR", "公开\u2fe0信息。", PASSES),
    ("S-CHAR", "公开\u2e7f信息。", PASSES),
    ("S-CHAR", "公开\uf900信息。", PASSES),
    ("S-CHAR", "讲／故事：＠［好］｀｛", PASSES),
    ("S-CHAR", "公开\x7f信息。", WARNING),
    ("S-CHAR", "公开信息１２条。", WARNING),
    ("S-CHAR", "公开信息９条。", WARNING),
    ("S-CHAR", "公开信息０条。", WARNING),
    ("S-CHAR", "分Ａ类。", WARNING),
    ("S-CHAR", "分Ｚ类。", WARNING),
    ("S-CHAR", "分ａ类。", WARNING),
    ("S-CHAR", "分ｚ类。", WARNING),
    ("S-CHAR", "讲“１２３”的故事（一）：好！", WARNING),
    ("S-CHAR", "公开國家信息。", WARNING),
    ("S-CHAR", "公開國家信息。", WARNING),
    ("S-CHAR", "公開國家發展信息。", ERROR),
    ("S-CHAR", "印发《公開國家發展信息》，设“開國發”栏目。", PASSES),
    ("S-CHAR", "黄堃、於昇两位同志。", PASSES),
    ("S-CHAR", "石家河镇(zhèn)公开信息。", ERROR),
    ("S-CHAR", "设nǐhǎo栏目。", WARNING),
    ("S-CHAR", "设“nǐhǎo”栏目。", PASSES),
    ("S-CHAR", "打击六合彩。", WARNING),
    ("S-CHAR", "公开⺠生信息１条。", "error warning"),
    # --- S-NAME
    ("S-NAME", "我镇公开信息。", PASSES),
    ("S-NAME", "请你单位公开信息。", ERROR),
    ("S-NAME", "请贵局公开信息。", ERROR),
    ("S-NAME", "贵办", ERROR),
    ("S-NAME", "你办要抓紧公开。", ERROR),
    ("S-NAME", "推行“贵局”。", PASSES),
    ("S-NAME", "开展帮你办服务。", PASSES),
    ("S-NAME", "你委托我办理。", PASSES),
    ("S-NAME", "你办事我放心。", PASSES),
    ("S-NAME", "形成难能可贵局面。", PASSES),
    ("S-NAME", "稳住可贵局势。", PASSES),
    ("S-NAME", "借鉴宝贵办学经验。", PASSES),
    ("S-NAME", "公开珍贵办馆资料。", PASSES),
    ("S-NAME", "我局公开信息。", WARNING),
    ("S-NAME", "我乡公开信息。", WARNING),
    ("S-NAME", "我乡村振兴办公开信息。", PASSES),
    ("S-NAME", "克服自我局限。", PASSES),
    ("S-NAME", "投身忘我乡间服务。", PASSES),
    ("S-NAME", "经我委托办理。", PASSES),
    # --- S-YEAR
    ("S-YEAR", "2024年，我镇公开信息。", PASSES),
    ("S-YEAR", "2023年，我镇公开信息。", WARNING),
    ("S-YEAR", "2023年度公开信息5条。", WARNING),
    ("S-YEAR", "比截至2023年底的多两处。", PASSES),
    ("S-YEAR", "2023年，芦河再次公开信息。", WARNING),
    ("S-YEAR", "2023年，芦苇荡建成公园。", PASSES),
    ("S-YEAR", "按时公开。\n2023年，我镇计划公开信息。", PASSES),
    ("S-YEAR", "2023年，我镇计划公开。2022年，我镇公开信息。", WARNING),
    ("S-YEAR", "2023年，我镇公开信息。2024年继续公开。", WARNING),
    ("S-YEAR", "2024年公开信息。2023年，我镇公开信息。", WARNING),
    ("S-YEAR", "公开信息。2022年，芦河镇公开信息。", WARNING),
    ("S-YEAR", "2025年，我镇公开信息。", WARNING),
    ("S-YEAR", "2025年，我镇将公开信息。", PASSES),
    ("S-YEAR", "2023年，我镇公开信息5条，2024年6条。", PASSES),
    ("S-YEAR", "2023年收到的申请结转本年。", PASSES),
    ("S-YEAR", "2023年度部门决算于八月公布。", PASSES),
    ("S-YEAR", "2019年修订的办法。", PASSES),
    ("S-YEAR", "印发《2023年，我镇公开信息》。", PASSES),
    ("S-YEAR", "截至2023年12月31日，设点三处。", WARNING),
    ("S-YEAR", "截止2023年底，设点三处。", WARNING),
    ("S-YEAR", "截至2024年底，设点三处。", PASSES),
    ("S-YEAR", "截至2025年底，设点三处。", PASSES),
    ("S-YEAR", "截至2023年6月，设点三处。", PASSES),
    ("S-YEAR", "截至2023年底，较上年多两处。", PASSES),
    ("S-YEAR", "现公布芦河镇2023年度政府信息公开工作年度报告。", WARNING),
    ("S-YEAR", "现将芦河镇2023年政府信息公开年度报告公布如下：", WARNING),
    ("S-YEAR", "现公布芦河镇2024年度政府信息公开工作年度报告。", PASSES),
    ("S-YEAR", "按时公布2023年度政府信息公开工作年度报告。", PASSES),
    ("S-YEAR", "现公布报告。2023年度政府信息公开工作年度报告已于一月公布。", PASSES),
    ("S-YEAR", "在20244年公开信息。", WARNING),
    ("S-YEAR", "在202年公开信息。", WARNING),
    ("S-YEAR", "已使用120年，编号1202年。", PASSES),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "expected"), CASES)
def test_wording_is_found_as_gravely_as_it_is_sure(code: str, text: str, expected: str) -> None:
    assert verdict(retold(text), code) == expected


@pytest.mark.parametrize("code", sorted({code for code, *_ in CASES}))
def test_a_report_without_prose_is_not_assessable(code: str) -> None:
    report = retold()
    report.parts = {section: [] for section in report.parts}
    assert verdict(report, code) == UNKNOWN


def test_what_a_build_leaves_open_is_told_by_the_rule_of_missing_facts() -> None:
    from dataclasses import replace

    report = retold("公开信息待填条。")
    at = next(n for n, part in enumerate(report.parts["overview"]) if part.path == "overview.proactive")
    report.parts["overview"][at] = replace(report.parts["overview"][at], whole=False)
    assert verdict(report, "S-PLACE") == PASSES
    report = retold("公开信息待填条，开设×××专栏。")
    report.parts["overview"][at] = replace(report.parts["overview"][at], whole=False)
    assert verdict(report, "S-PLACE") == ERROR


@pytest.mark.parametrize(("telephone", "words", "expected"), [
    ("138-0000-0000", {}, PASSES), ("", {"热线": "热线：13800000000"}, PASSES), ("13900000000", {}, ERROR),
])  # fmt: skip
def test_the_offices_own_mobile_number_is_no_personal_data(telephone: str, words: dict[str, str], expected: str) -> None:
    assert verdict(retold("遇事拨13800000000。", telephone=telephone, words=words), "S-PRIV") == expected


@pytest.mark.parametrize(("changed", "code", "expected"), [
    ({"title": "芦河镇2024年政府信息公开工作年度报告（送审稿，内部）"}, "S-SECRET", PASSES),
    ({"title": "机密★ 芦河镇2024年政府信息公开工作年度报告"}, "S-SECRET", ERROR),
    ({"title": "×××2024年政府信息公开工作年度报告"}, "S-PLACE", ERROR),
    ({"title": "芦河鎮2024年政府信息公开工作年度报告"}, "S-CHAR", WARNING),
    ({"headings": {"overview": "一、总体情⼈况"}}, "S-CHAR", ERROR),
])  # fmt: skip
def test_the_title_and_headings_are_read_too(changed: dict[str, object], code: str, expected: str) -> None:
    assert verdict(retold(**changed), code) == expected


@pytest.mark.parametrize("part", ["overview.supervision", "improvements.this_year", "other_matters.own"])
def test_every_part_is_read(part: str) -> None:
    assert verdict(retold({part: "开设×××专栏。"}), "S-PLACE") == ERROR


def test_as_many_traditional_letters_as_no_name_has_is_a_setting() -> None:
    assert verdict(retold("公开國家信息。"), "S-CHAR", many=1) == ERROR
    assert verdict(retold("公開國家發展信息。"), "S-CHAR", many=4) == WARNING


def test_a_finding_shows_the_clause_and_its_place() -> None:
    (finding,) = looked(retold("公开财政信息，开设×××专栏，设点三处。"), "S-PLACE").found
    assert finding.zh == "主动公开“开设×××专栏”还没有填写"
    assert finding.en == "“开设×××专栏” in 主动公开 is not filled in yet"
    assert (finding.place, finding.at, finding.found) == ("data/luhe/2024.yaml:1:1", "overview.proactive", "×××")
    assert finding.mend[0]
    assert [finding.found for finding in looked(retold("……"), "S-PLACE").found] == ["……"]


@pytest.mark.parametrize(("text", "expected", "found"), [
    ("一是甲，三是丙。", "二是", "三"), ("二是乙。", "一是", "二"), ("（一）甲。（三）丙。", "（二）", "三"), ("1.甲。3.丙。", "2.", "3"),
    ("一、甲\n三、丙", "二、", "三"), ("①甲③丙", "②", "③"), ("①甲⑳丙", "②", "⑳"),
])  # fmt: skip
def test_an_enumeration_says_which_number_should_stand_there(text: str, expected: str, found: str) -> None:
    (finding,) = looked(retold(text), "S-ENUM").found
    assert (finding.expected, finding.found) == (expected, found)


@pytest.mark.parametrize(
    ("text", "told"), [("一是甲，三是丙。", "与前面的序号不连续"), ("一是甲，二是乙，二是丙。", "重复了前面的序号")]
)
def test_a_gap_is_told_from_a_repetition(text: str, told: str) -> None:
    (finding,) = looked(retold(text), "S-ENUM").found
    assert finding.zh.endswith(told)


@pytest.mark.parametrize(
    ("text", "mark"), [("印发《关于《条例》的通知》。", "《"), ("执行条例》。", "》"), ("执行《条例。", "《")]
)
def test_the_mark_of_a_name_that_has_no_other_is_shown(text: str, mark: str) -> None:
    (finding,) = looked(retold(text), "S-LAW-NAME").found
    assert finding.found == mark


def test_a_name_within_a_name_is_told_from_one_that_was_not_begun() -> None:
    (finding,) = looked(retold("《关于执行《条例》的通知》已印发。"), "S-LAW-NAME").found
    assert finding.zh.endswith("书名号里又用了书名号")


def test_a_hidden_letter_is_named_by_its_number() -> None:
    (finding,) = looked(retold("如实，\u200b公开信息。"), "S-CHAR").found
    assert finding.found == "U+200B"
    assert finding.zh == "主动公开“\u200b公开信息”有看不见的字符"


def test_of_several_letters_the_clause_of_the_first_is_shown() -> None:
    (finding,) = looked(retold("公开信息\ufffd，锟斤拷。"), "S-CHAR").found
    assert finding.zh == "主动公开“公开信息\ufffd”有乱码"


# --- S-TITLE

TITLES = [
    ("芦河镇2024年政府信息公开工作年度报告", PASSES),
    ("2024年芦河镇政府信息公开工作年度报告", PASSES),
    ("芦河镇人民政府2024年度政府信息公开工作年度报告", PASSES),
    ("芦河镇\u3000２０２４年政府信息公开工作年度报告", PASSES),
    ("芦河镇2023年政府信息公开工作年度报告", WARNING),
    ("芦河镇2024年2024年政府信息公开工作年度报告", WARNING),
    ("芦河镇2024年（2023年）政府信息公开工作年度报告", WARNING),
    ("芦河镇政府信息公开工作年度报告", WARNING),
    ("2024年政府信息公开工作年度报告", WARNING),
    ("芦河镇2024年政府信息公开年报", WARNING),
    ("", UNKNOWN),
]


@pytest.mark.parametrize(("title", "expected"), TITLES)
def test_a_title_names_the_body_the_year_once_and_the_report(title: str, expected: str) -> None:
    assert verdict(retold(title=title), "S-TITLE") == expected


def test_a_report_of_another_kind_has_a_title_of_its_own() -> None:
    report = retold(title="芦河镇2024年村务公开年报")
    report.standard = copy.copy(report.standard)
    report.standard.title = "村务公开年报格式"
    assert verdict(report, "S-TITLE") == PASSES


def test_a_wrong_title_is_told_beside_the_right_one() -> None:
    (finding,) = looked(retold(title="2023年年报"), "S-TITLE").found
    assert finding.expected == "芦河镇2024年政府信息公开工作年度报告"
    assert finding.zh == "标题年度应写一次，没有机关名称，没有“政府信息公开工作年度报告”"


# --- S-NAME among the bodies of a workspace


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a county, its towns and a department."""
    folder = tmp_path_factory.mktemp("county")
    (folder / "jurisdictions").mkdir()
    bodies = {
        "heshan": "name: 禾山市\nlevel: 市\n", "luhe": "name: 芦河镇\nlevel: 镇\nparent: heshan\n", "qingshi": 'name: "青石镇"\nlevel: 镇\nparent: heshan\n',
        "finance": "name: 禾山市财政局\nlevel: 部门\nparent: heshan\n", "xiluhe": "name: 西芦河镇\nlevel: 镇\n", "village": "name: 芦河\nlevel: 镇\n", "office": "name: 芦河镇办\nlevel: 镇\nparent: luhe\n",
        "baishui": "name: 白水塘镇\nlevel: 镇\n", "park": "name: 白水园区\nlevel: 镇\nparent: baishui\n", "centre": "name: 园区中心\nlevel: 镇\nparent: park\n",
    }  # fmt: skip
    for name, text in bodies.items():
        (folder / "jurisdictions" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("text", "expected"), [
    ("芦河镇公开信息。", PASSES),
    ("青石镇公开信息。", ERROR),
    ("2024年，青石镇公开信息。", ERROR),
    ("公开信息。2024年青石镇公开信息。", ERROR),
    ("公开信息，青石镇也公开。", WARNING),
    ("前往青石镇公开信息。", PASSES),
    ("前往青石镇公开信息。青石镇公开信息。", ERROR),
    ("与青石镇互查。", PASSES),
    ("青石镇等三个镇互查。", PASSES),
    ("青石镇、芦河镇互查。", PASSES),
    ("推介“青石镇公开信息”。", PASSES),
    ("禾山市公开信息。", PASSES),
    ("禾山市财政局公开信息。", PASSES),
    ("西芦河镇公开信息。", PASSES),
])  # fmt: skip
def test_another_town_where_ones_own_should_stand_is_an_error(county: Path, text: str, expected: str) -> None:
    assert verdict(retold(text, workspace=county), "S-NAME") == expected


def test_a_department_may_speak_of_others(county: Path) -> None:
    report = retold("青石镇公开信息。禾山市财政局公开信息。", workspace=county, name="禾山市林业局", level="部门")
    assert verdict(report, "S-NAME") == WARNING


def test_a_county_may_speak_of_its_towns(county: Path) -> None:
    from dataclasses import replace

    report = retold("青石镇公开信息。", workspace=county, name="禾山市", level="市")
    report.edition = replace(report.edition, jurisdiction=replace(report.edition.jurisdiction, id="heshan"))
    assert verdict(report, "S-NAME") == PASSES


@pytest.mark.parametrize(("id", "name"), [("park", "白水园区"), ("centre", "园区中心")])
def test_a_body_may_speak_of_those_above_it_though_they_are_of_one_level(county: Path, id: str, name: str) -> None:
    from dataclasses import replace

    report = retold("白水塘镇公开信息。", workspace=county, name=name)
    report.edition = replace(report.edition, jurisdiction=replace(report.edition.jurisdiction, id=id))
    assert "白水塘镇" not in [finding.found for finding in looked(report, "S-NAME").found]


@pytest.mark.parametrize(("name", "text", "expected"), [
    ("石家河镇", "石家湾镇公开信息。", WARNING), ("石家河镇", "石家河镇公开信息。", PASSES), ("石家河镇", "石湾湾镇公开信息。", PASSES), ("石家河镇", "石家河乡公开信息。", PASSES),
    ("石家河镇", "石家河", PASSES), ("石河镇", "石湾镇公开信息。", PASSES), ("石家河镇", "公开石", PASSES), ("石家河镇", "公开石石家湾镇信息。", WARNING), ("白石塘镇", "白水塘镇公开信息。", ERROR),
])  # fmt: skip
def test_ones_own_name_with_one_letter_wrong_is_asked_about(county: Path, name: str, text: str, expected: str) -> None:
    assert verdict(retold(text, workspace=county, name=name), "S-NAME") == expected


@pytest.mark.parametrize(("text", "words"), [
    ("按时请贵局公开。", "贵局"), ("按时由我局公开。", "我局"), ("按时公开，青石镇公开。", "青石镇"), ("按时公开，石家湾镇公开。", "石家湾镇"),
])  # fmt: skip
def test_a_name_that_is_wrong_is_shown_as_it_stands_there(county: Path, text: str, words: str) -> None:
    (finding,) = looked(retold(text, workspace=county, name="石家河镇"), "S-NAME").found
    assert finding.found == words


@pytest.mark.parametrize(("level", "text", "expected"), [
    ("镇", "我局公开信息。", WARNING), ("乡", "我镇公开信息。", WARNING), ("街道", "我镇公开信息。", WARNING), ("县", "我镇公开信息。", WARNING),
    ("部门", "我局公开信息。", PASSES), ("部门", "我镇公开信息。", WARNING), ("", "我局公开信息。", PASSES),
])  # fmt: skip
def test_a_body_calls_itself_what_it_is(level: str, text: str, expected: str) -> None:
    assert verdict(retold(text, level=level), "S-NAME") == expected


@pytest.mark.parametrize("section", ["improvements.this_year", "improvements.last_year"])
def test_part_five_may_tell_of_other_years(section: str) -> None:
    assert verdict(retold({section: "2023年，我镇公开信息不多。"}), "S-YEAR") == PASSES


def test_a_body_that_is_renamed_in_a_running_process_is_known_by_its_new_name(tmp_path: Path) -> None:
    import os

    file = tmp_path / "jurisdictions/other.yaml"
    file.parent.mkdir()
    file.write_text("name: 青石镇\nlevel: 镇\n", encoding="utf-8")
    os.utime(file, ns=(1, 1))
    assert verdict(retold("青石镇公开信息。", workspace=tmp_path), "S-NAME") == ERROR
    file.write_text("name: 白水镇\nlevel: 镇\n", encoding="utf-8")
    os.utime(file, ns=(2, 2))
    assert verdict(retold("青石镇公开信息。", workspace=tmp_path), "S-NAME") == PASSES


def test_the_year_that_may_be_wrong_is_shown_beside_the_own() -> None:
    (finding,) = looked(retold("按时公开。截至2023年底，设点三处。"), "S-YEAR").found
    assert (finding.found, finding.expected) == ("2023", "2024")
