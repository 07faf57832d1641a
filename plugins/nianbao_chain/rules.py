"""Plugin ``chain``: what is looked at where a report is the sum of those below (AG-LEVEL, AG-OWN, AG-VERTICAL)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from nianbao import Found, NotAssessable, Report, Rule, Standard, hookimpl, rule
from nianbao.tree import normal

if TYPE_CHECKING:
    from nianbao_chain.below import Problem
    from nianbao_chain.below import Report as Below

MANY = 5  # of the errors of one report that a finding repeats
_GOVERNMENTS = "省市县区州旗盟"
_OFFICES = ("政府办公室", "政府办公厅", "府办公室", "府办公厅", "政府办", "府办")
_VERTICAL = (
    "税务局", "税务分局", "海关", "气象局", "海事局", "消防救援支队", "消防救援大队", "消防救援局", "调查队", "烟草专卖局", "邮政管理局", "国家安全局",
    "金融监督管理总局", "金融监管分局", "金融监管支局", "出入境边防检查站", "中国人民银行", "地震局", "矿山安全监察局",
)  # fmt: skip


def below(report: Report) -> list[Below]:
    """The reports that it was summed up from. Raises NotAssessable where it was not."""
    if found := report.known.get("subordinates"):
        return list(found)
    raise NotAssessable("subordinates", "所属单位的报告", "reports of those below", gap=False)


@rule("AG-LEVEL", "warning", basis="汇总的数取自各单位的报告", zh="汇总的报告里有错误", en="a report that is summed up has errors",
      mend=("请该单位更正后重新汇总；确要照原样汇总的，写明理由豁免。",
            "Have that body correct it and sum up again; or waive it with a reason."))  # fmt: skip
def of_towns(report: Report) -> Iterator[Found]:
    """A report below in which an error stands, or is waived: what is summed up may be wrong."""
    for each in below(report):
        if wrong := each.problems:
            waived = sum(problem.waived for problem in wrong)
            zh = f"{each.name}的报告有 {len(wrong)} 个错误" + (f"（{waived} 个已豁免）" if waived else "")
            en = f"the report of {each.name} has {len(wrong)} error{'s' * (len(wrong) > 1)}" + (
                f" ({waived} waived)" if waived else ""
            )
            yield Found(each.name, place=each.file, what=(f"{zh}：{_listed(wrong, 'zh')}", f"{en}: {_listed(wrong, 'en')}"))


def _listed(problems: tuple[Problem, ...], language: str) -> str:
    told = [f"{each.code} {each.zh if language == 'zh' else each.en}" for each in problems[:MANY]]
    return ("；" if language == "zh" else "; ").join(told) + (" …" if len(problems) > MANY else "")


@rule("AG-OWN", "warning", basis="30号文二（二）", zh="汇总里没有本政府机关（政府办公室）自己的报告", en="the government's own office is not among those that are summed up",
      mend=("为政府办公室建一个编制单位；叫别的名称的，在 rules 里写 AG-OWN: {office: 名称}。",
            "Make the office a jurisdiction; if it is called otherwise, write `AG-OWN: {office: its name}` under `rules`."))  # fmt: skip
def own(report: Report, office: str = "") -> Iterator[Found]:
    """The office of the government that sums up is one of those below, once."""
    reports = below(report)
    if not report.edition.jurisdiction.level.strip().endswith(tuple(_GOVERNMENTS)):
        raise NotAssessable("level", "一级政府", "a government", gap=False)
    found = [each.name for each in reports if _is_office(each, office)]
    if not found:
        yield Found("")
    elif len(found) > 1:
        names = "、".join(found)
        what = (f"汇总里有几个政府办公室：{names}", f"several offices of the government are summed up: {names}")
        mend = ("核对是否重复计数；都不是的，在 rules 里写 AG-OWN: {office: 名称}。",
                "See that nothing is counted twice; say which one it is: `AG-OWN: {office: its name}` under `rules`.")  # fmt: skip
        yield Found("", what=what, mend=mend)


def _is_office(each: Below, office: str) -> bool:
    if office:
        return office == each.body.id or normal(office) == normal(each.name)
    return each.name.endswith(_OFFICES) and "党政" not in each.name


@rule("AG-VERTICAL", "warning", basis="30号文二（二）", zh="垂直管理的单位不计入地方汇总", en="a body of a vertical system is not summed up locally",
      mend=("写入 except；确应计入的，写明理由豁免。", "List it under `except`, or waive it with a reason."))  # fmt: skip
def vertical(report: Report) -> Iterator[Found]:
    """税务, 海关, 气象 and others report to those above them, and are counted there."""
    for each in below(report):
        if each.name.endswith(_VERTICAL):
            what = (
                f"{each.name}是垂直管理的单位，不计入地方汇总",
                f"{each.name} is of a vertical system, and not summed up locally",
            )
            yield Found(each.name, place=each.file, what=what)


@hookimpl
def rules(standard: Standard) -> Iterable[Rule]:
    """The rules of family AG, whatever the standard."""
    return [of_towns, own, vertical]
