"""Table three by itself: outcomes that want a second look (T3-DUP, T3-OTHER-HIGH, T3-DENY-RARE, T3-DENY8-LEVEL)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nianbao import Found, NotAssessable, Report, rule
from nianbao_guoban.bodies import kind
from nianbao_guoban.rules.prose import figure, plain, present

REFUSED = ("denied", "unable", "not_processed", "other")
SUMMING = ("county", "city", "province", "ministry")  # bodies whose report sums up others


@rule("T3-DUP", "warning", basis="编制惯例：办理结果要分情形填写", zh="全部申请都予以公开，没有其他结果", en="every request was granted, and nothing else",
      mend=("核对办理结果是不是分情形填写的；确实如此的写入 waivers。", "Check that the outcomes were told apart; if it is so, waive it with the reason."))  # fmt: skip
def granted_all(report: Report, least: int = 20) -> Iterator[Found]:
    """From ``least`` answered requests on, some were refused, could not be served or ended otherwise."""
    total = figure(report, "requests.total")
    others = sum(figure(report, f"requests.{row}") for row in REFUSED)
    if total >= least and not others:
        granted, partial = (plain(figure(report, f"requests.{row}")) for row in ("granted", "partial"))
        yield Found("requests.total", "不予公开 + 无法提供 + 不予处理 + 其他处理 > 0", f"予以公开 {granted} + 部分公开 {partial}")


@rule("T3-OTHER-HIGH", "warning", basis="国办公开办函〔2019〕60号：其他处理偏高的要了解情况", zh="“其他处理—其他”偏多", en="much was dealt with otherwise",
      mend=("在正文里说明是撤回、并案还是别的情形；能归入其他情形的改填。", "Tell in the prose whether they were withdrawn, joined or what else; or enter them where they belong."))  # fmt: skip
def otherwise(report: Report, share: float = 0.2, least: int = 5) -> Iterator[Found]:
    """More than ``share`` of what was answered, and ``least`` at least, that no word of the prose explains."""
    other, total = figure(report, "requests.other.other"), figure(report, "requests.total")
    if (
        other >= least
        and float(other) > share * float(total)
        and not _says(report, ("撤回", "撤销申请", "并案", "合并办理", "合并答复", "合并处理"))
    ):
        yield Found("requests.other.other", f"≤ {share:.0%} × {plain(total)}", plain(other))


_RARE = {
    "requests.denied.prohibited_by_law": (("禁止公开", "不得公开", "保密"), "要能指明是哪部法律、行政法规禁止公开",
                                          "the law that forbids it must be known"),
    "requests.not_processed.excessive": (("大量申请", "反复申请", "大量、反复", "多次申请", "频繁申请"), "要有申请次数、频次明显超过合理范围的依据",
                                         "there must be grounds for calling them excessive"),
    "requests.other.fee_unpaid": (("收费通知", "缴费", "缴纳", "未缴"), "第六部分要写明发出过收费通知",
                                  "part six must tell that a fee was asked for"),
}  # fmt: skip


@rule("T3-DENY-RARE", "warning", basis="《条例》第十四条、第三十五条、第四十二条", zh="少见的办理结果要核对", en="a rare outcome wants a second look",
      mend=("核对是否填错了行；没有填错的，在正文里用一句话说明。", "Check that it stands in the right row; if so, explain it in a sentence."))  # fmt: skip
def rare(report: Report) -> Iterator[Found]:
    """法律法规禁止公开, 大量反复申请, 逾期未缴费: any of them, where the prose does not speak of it. A sum of many reports: a note."""
    for path, value in present(report, _RARE, "requests").items():
        words, zh, en = _RARE[path]
        within = "other_matters" if path.endswith("fee_unpaid") else ""
        if value and not _says(report, words, within):
            yield Found(path, found=plain(value), what=(f"少见的办理结果：{zh}", f"a rare outcome: {en}"),
                        severity="info" if _sums_up(report) else "warning")  # fmt: skip


@rule("T3-DENY8-LEVEL", "info", basis="《条例》第三十六条第七项", zh="不保管登记资料的机关填了“属于行政查询事项”", en="a body that keeps no register counts requests for its entries",
      mend=("核对：本机关不掌握的，应填“本机关不掌握相关政府信息”。", "Check: what the body does not hold belongs under 本机关不掌握."))  # fmt: skip
def queries(
    report: Report,
    keepers: str = "市场监管、市场监督、工商、自然资源、国土、不动产、公安、档案、行政审批、政务服务、住房、住建、建设、房产、房管、民政、人力资源、人社、社保、医保、农业农村、税务、教育、交通、车管",
) -> Iterator[Found]:
    """行政查询 in a town, a street or a department of which no name of ``keepers`` tells that it keeps a register."""
    path = "requests.denied.administrative_query"
    if not (value := figure(report, path)):
        return
    body = report.edition.jurisdiction
    keeps = kind(body) not in ("town", "street", "department") or any(name in body.name for name in keepers.split("、"))
    if not keeps and not _says(report, ("不动产", "户籍", "工商登记", "企业登记", "档案查询", "土地承包", "婚姻登记")):
        yield Found(path, "0", plain(value))


def _says(report: Report, words: Sequence[str], section: str = "") -> bool:
    """Whether the prose (of a section) has any of the words. A report without prose has none."""
    try:
        return any(word in each.text for each in report.passages if section in ("", each.section) for word in words)
    except NotAssessable:
        return False


def _sums_up(report: Report) -> bool:
    try:
        return kind(report.edition.jurisdiction) in SUMMING
    except NotAssessable:
        return False


RULES = [granted_all, otherwise, rare, queries]
