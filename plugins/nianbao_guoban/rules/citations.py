"""What the report rests on and how it words it: S-BASIS, S-DOCNO, S-OLDTPL, S-PERIOD, S-TERM."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao import Found, NotAssessable, Report, rule
from nianbao.checks import place_of_section
from nianbao.prose import any_of, folded, patterns
from nianbao.wording import found_in, unquoted

NOTICE = "国办公开办函〔2021〕30号"
OLD_NOTICE, FIRST = "〔2019〕60号", 2021  # replaced from the reports of that year on
BODY = "国务院办公厅政府信息与政务公开办公室"
_DATE = r"((?:19|20)\d\d)[年.\-/](\d{1,2})[月.\-/](\d{1,2})日?"
_PATTERNS = {
    "stale": r"(?:国办公开办函\s*)?[〔\[［(（【﹝]\s*2019\s*[〕\]］)）】﹞]\s*60\s*号",
    "number": (
        r"(?P<office>[\u4e00-\u9fff]{1,12})\s*"
        r"(?:〔|(?P<wrong>[\[［(（【﹝{]))\s*(?P<year>(?:19|20)\d\d)\s*(?(wrong)[\]］)）】﹞}]|〕)\s*"
        r"(?P<nth>第?)(?P<number>\d{1,4})\s*(?P<last>(?(wrong)号|号?))"
    ),
    "body": r"国务院办公厅政[府务][\u4e00-\u9fff]{0,12}?办公室",
    "period": rf"{_DATE}起?(?:开始)?[，,]?(?:至|到|[-—–~]+)(?:((?:19|20)\d\d)[年.\-/])?(\d{{1,2}})[月.\-/](\d{{1,2}})日?",
    "doubled": r"([镇乡县局])\1(?=[，。、；：\d]|在|已|共|将|公开|收到|主动|政府信息)",
    "until": r"截止到?(?=\s*(?:\d|目前|年底|本年|今年|上年|报告期))",
}  # fmt: skip
_pattern = patterns(_PATTERNS)
_PERIOD = ("统计期限", "统计周期", "统计时限", "统计时间", "统计区间", "数据统计", "数据期限", "时限", "期限", "统计数据")
# The columns and rows that only the format of 2019 has.
_OLD = ("本年新制作数量", "新制作数量", "本年新公开数量", "对外公开总数量", "上一年项目数量", "本年增/减")
# What is wrong whatever the sentence, and what is right. Names of documents in 《》 are read too.
TERMS = {
    "行政事业型收费": "行政事业性收费", "行政事业收费性": "行政事业性收费", "行政法复议": "行政复议", "行政复义": "行政复议", "行政诉松": "行政诉讼",
    "政府信息公开条列": "政府信息公开条例", "中华人民共和国政务信息公开条例": "中华人民共和国政府信息公开条例", "中华人民共和国政务公开条例": "中华人民共和国政府信息公开条例",
    "中华人民共和国信息公开条例": "中华人民共和国政府信息公开条例", "政务信息公开申请": "政府信息公开申请", "政务信息公开工作年度报告": "政府信息公开工作年度报告",
    "政务公开工作年度报告": "政府信息公开工作年度报告", "政务公开年度报告": "政府信息公开工作年度报告", "年度政务公开工作报告": "年度政府信息公开工作报告", "转结下年": "结转下年", "转结下一年": "结转下一年", "上年转结": "上年结转",
    "的的": "的", "政府信息信息": "政府信息", "情况情况": "情况",
    "部份": "部分", "登陆网站": "登录网站", "登陆平台": "登录平台", "登陆系统": "登录系统", "做为政府": "作为政府",
}  # fmt: skip
# Where they stand by chance: 目的的实现.
_DOUBLED = ("镇镇", "乡乡", "县县", "局局")
_CHANCE = ("目的的", "的的确", "政府信息信息化")


def _of_2021(report: Report) -> bool:
    """Whether a report follows the format of 2021: its standard counts 废止 and 现行有效."""
    return "proactive_disclosure.normative_documents.repealed" in report.standard.nodes


@rule("S-BASIS", "error", basis=NOTICE, zh="依据不对", en="what the report rests on is wrong",
      mend=(f"依据写《中华人民共和国政府信息公开条例》和{NOTICE}。", f"It rests on the Regulation, and on {NOTICE}."))  # fmt: skip
def basis(report: Report) -> Iterator[Found]:
    """The notice of 2019 no longer holds for a report of the format of 2021; a report that does not name the Regulation gets a note."""
    if not any("条例" in passage.text for passage in report.passages):
        what = ("没有写依据《政府信息公开条例》", "the Regulation is not named")
        yield Found("preamble", "《中华人民共和国政府信息公开条例》", what=what, severity="info")
    if not _of_2021(report):
        return
    for passage in report.passages:
        for hit in _pattern("stale").finditer(passage.text) if "2019" in passage.text else ():
            around = passage.text[max(hit.start() - 30, 0) : hit.end() + 20]
            if not any(word in around for word in ("废止", "替代", "代替", "取代", "原", "失效")):
                yield found_in(passage, *hit.span(), ("已被替代", "is replaced"), expected=NOTICE)


@rule("S-DOCNO", "warning", basis="GB/T 9704", zh="文号写法不规范", en="a document's number is not written as it should be",
      mend=("年份用六角括号〔〕，序号不加“第”、不补零，后面写“号”。", "The year in 〔〕, then the number without 第 or zeros before it, then 号."))  # fmt: skip
def document_numbers(report: Report) -> Iterator[Found]:
    """〔2021〕30号: hexagonal brackets, no 第, no zeros, 号; the notices' own numbers and their body's name by heart."""
    for passage in report.passages:
        others = passage.text.replace(NOTICE, "")  # that one is right
        if ("20" in others or "19" in others) and ("号" in others or "〔" in others):
            for hit in _pattern("number").finditer(passage.text):
                office = _office(hit["office"], hit["year"], hit["number"])
                as_it_should = hit["last"] and not hit["number"].startswith("0") and hit[0].startswith(office)
                if hit["wrong"] or hit["nth"] or not as_it_should:
                    right = f"{office}〔{hit['year']}〕{int(hit['number'])}号"[-24:]
                    yield found_in(passage, *hit.span(), ("文号写法不规范", "is no well-written document number"), expected=right)
        if "国务院办公厅政" in passage.text:
            for hit in _pattern("body").finditer(passage.text):
                if hit[0] != BODY:
                    yield found_in(passage, *hit.span(), ("机构名称不对", "is not the body's name"), expected=BODY)


def _office(written: str, year: str, number: str) -> str:
    """The body's code in a number, corrected where it is a slip of the notices' own."""
    notices = {("2021", "30"), ("2019", "60"), ("2019", "61")}
    slips = ("国办公开函", "国办公开办", "国公开办函", "国办公办函", "国办公开办发", "国办信息公开办函")
    slip = next((slip for slip in slips if written.endswith(slip)), "")
    return f"{written.removesuffix(slip)}国办公开办函" if slip and (year, number.lstrip("0")) in notices else written


@rule("S-OLDTPL", "error", basis=NOTICE, zh="用了2019年的旧模板", en="the template of 2019 was used",
      mend=("改用2021年的格式。", "Take the format of 2021."))  # fmt: skip
def old_template(report: Report) -> Iterator[Found]:
    """Names of rows and columns that only the format of 2019 has, in a report of 2021's; a finished report that is all in that format."""
    if report.finished and OLD_NOTICE in report.standard.notice and report.edition.year >= FIRST:
        what = (
            f"{report.edition.year} 年度的报告用了2019年的格式",
            f"the report of {report.edition.year} has the format of 2019",
        )
        yield Found("", NOTICE, report.standard.notice, place_of_section(report, "proactive_disclosure"), what)
    elif not _of_2021(report):
        raise NotAssessable("the format of 2021", gap=False)
    for passage in report.passages:
        if word := next((word for word in _OLD if word in unquoted(passage.text)), ""):
            at = unquoted(passage.text).index(word)
            yield found_in(passage, at, at + len(word), ("是2019年格式的项目", "is of the format of 2019"))


@rule("S-PERIOD", "error", basis=NOTICE, zh="统计期限不对", en="the period of the data is wrong",
      mend=("统计期限写本年度1月1日至12月31日。", "The period is 1 January to 31 December of the year."))  # fmt: skip
def period(report: Report) -> Iterator[Found]:
    """统计期限自Y年1月1日起至Y年12月31日止; a body set up within the year may begin later: that warns."""
    found = False
    own = report.edition.year
    for passage in report.passages:
        for sentence in passage.text.split("。") if any_of(_PERIOD, passage.text) else ():
            if not any_of("统限", sentence):  # each of these words has one of the two
                continue
            plain = "".join(folded(sentence).split())
            if not any_of(_PERIOD, plain) or not (hit := _pattern("period").search(plain)):
                continue
            found = True
            start, end = tuple(map(int, hit.groups()[:3])), tuple(map(int, (hit[4] or hit[1], hit[5], hit[6])))
            if (start, end) != ((own, 1, 1), (own, 12, 31)):
                sure = start[0] != own or end != (own, 12, 31)
                what = ("统计期限不是整个年度", "the period is not the whole year")
                expected = f"{own}年1月1日至{own}年12月31日"
                yield Found(passage.path, expected, hit[0], passage.place, what, severity="error" if sure else "warning")
    if not found:
        raise NotAssessable("the period", gap=False)


@rule("S-TERM", "warning", basis="编制惯例", zh="用词有误", en="a word is wrong",
      mend=("改正这个词。", "Correct the word."))  # fmt: skip
def terms(report: Report) -> Iterator[Found]:
    """Pairs that are wrong for sure: 截止2024年, 行政事业型收费, 政务公开条例, 镇镇."""
    for passage in report.passages:
        text = passage.text
        for wrong, right in TERMS.items():
            if wrong in text:
                for chance in _CHANCE:
                    text = text.replace(chance, "〃" * len(chance))
                if (at := text.find(wrong)) >= 0:
                    yield found_in(passage, at, at + len(wrong), (f"应为“{right}”", f"should be “{right}”"), expected=right)
        for hit in _pattern("until").finditer(text) if "截止" in text else ():
            yield found_in(passage, *hit.span(), ("应为“截至”", "should be “截至”"), expected="截至")
        for hit in _pattern("doubled").finditer(text) if any_of(_DOUBLED, text) else ():
            yield found_in(passage, *hit.span(), ("多了一个字", "has a letter twice"), expected=hit[1])


RULES = [basis, document_numbers, old_template, period, terms]
