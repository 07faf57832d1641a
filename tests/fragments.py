"""A correct report and the one before it, changed by a fragment of data: what the examples of rules are tried on.

A fragment is a clerk's YAML, laid over the data of 2024; under ``上年`` it is laid over that of 2023, under ``设置`` over the settings.
``null`` takes a key away.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from nianbao.build import Examined, Order, examine
from nianbao.checks import Findings
from nianbao.record import dump, record
from nianbao.workspace import Workspace

# Invented: 新收 15, 上年结转 2, 办结 16, 结转下年度 1; 行政复议 2, 行政诉讼 1.
THIS_YEAR = """
一、总体情况:
  引言: 2024年，芦河镇依照条例做好政府信息公开，把公开融入日常工作。
  主动公开: 通过镇网站和公告栏公开机构职能、财政资金、乡村振兴等信息。
  依申请公开: 统一登记、按时答复政府信息公开申请；属于不动产登记资料的，告知查询的办法。
  政府信息管理: 镇党政办公室统一登记拟公开的信息，由承办人、分管负责人逐级审核。
  平台建设: 镇网站按主题重新编排了栏目，便民服务中心设有查阅点。
  监督保障: 政府信息公开列入年度工作考核，考核结果为合格；开展社会评议，评议结果为良好；没有发生需要追究责任的情形。
二、主动公开政府信息情况:
  规章: 0
  行政规范性文件: {制发: 1, 废止: 0, 现行有效: 6}
  行政许可: 18
  行政处罚: 5
  行政强制: 0
  行政事业性收费: 0.36
三、收到和处理政府信息公开申请情况:
  本年新收: {自然人: 12, 商业企业: 2, 法律服务机构: 1}
  上年结转: {自然人: 2}
  予以公开: {自然人: 7, 商业企业: 1}
  部分公开: {自然人: 2}
  不予公开: {保护第三方合法权益: {自然人: 1}, 属于行政查询事项: {自然人: 1, 商业企业: 1}}
  无法提供: {本机关不掌握相关政府信息: {自然人: 1, 法律服务机构: 1}}
  其他处理: {逾期不补正: {自然人: 1}}
  结转下年度: {自然人: 1}
四、政府信息公开行政复议、行政诉讼情况:
  行政复议: {结果维持: 1, 尚未审结: 1}
  复议后起诉: {结果维持: 1}
五、存在的主要问题及改进情况:
  上年度: 上年度的问题是村级公告栏更新不及时。本年度统一印制了公告登记簿，更新情况按月通报。
  本年度: 一是政策解读以转载为主，二是村级查阅点知晓度不高。下年度一是对本镇制发的文件逐件编写问答，二是在赶集日到村宣传查阅点。
六、其他需要报告的事项:
  信息处理费: 0
"""
LAST_YEAR = """
一、总体情况:
  引言: 2023年，芦河镇把政府信息公开列入重点工作。
  主动公开: 在网站开设专栏，公开规划、预算和民生项目。
  依申请公开: 专人接收申请，逐件审核答复。
  政府信息管理: 制定了信息发布的审核单。
  平台建设: 清理了长期不更新的栏目。
  监督保障: 工作考核结果为合格，社会评议结果为满意，没有责任追究的情形。
二、主动公开政府信息情况:
  规章: 0
  行政规范性文件: {制发: 2, 废止: 1, 现行有效: 5}
  行政许可: 21
  行政处罚: 7
  行政强制: 0
  行政事业性收费: 0.41
三、收到和处理政府信息公开申请情况:
  本年新收: {自然人: 9}
  予以公开: {自然人: 7}
  结转下年度: {自然人: 2}
四、政府信息公开行政复议、行政诉讼情况:
  行政复议: {结果维持: 1}
五、存在的主要问题及改进情况:
  本年度: 存在的问题是村级公告栏更新不及时。下年度将印制公告登记簿。
六、其他需要报告的事项:
  信息处理费: 0
"""
SETTINGS = """
name: 芦河镇
level: 镇
office: 芦河镇党政办公室
telephone: 0700-1234567
site: 芦河镇网站（www.luhe.example）
theme: national
"""


def examined(folder: Path, fragment: str = "", *, standard: str = "2021") -> Examined:
    """The report of 2024 with a fragment laid over it, checked by the rules that its standard brings."""
    told: dict[str, Any] = yaml.safe_load(fragment) or {}
    last, settings = told.pop("上年", {}), told.pop("设置", {})
    for name in ("jurisdictions", "data/luhe", "archive/luhe"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    root = f"standard: {standard}\nformats: [html, docx]\nsources: {{manual: {{}}}}\n"
    (folder / "nianbao.yaml").write_text(root, encoding="utf-8")
    _write(folder / "jurisdictions/luhe.yaml", SETTINGS, settings)
    _write(folder / "data/luhe/2024.yaml", THIS_YEAR, told)
    archived = folder / "archive/luhe/2023.json"
    archived.unlink(missing_ok=True)
    if last is not None:
        _write(folder / "data/luhe/2023.yaml", LAST_YEAR, last)
        before = _examine(folder, 2023)
        archived.write_bytes(dump(record(before.report, before.findings, draft=False)))
    return _examine(folder, 2024)


def findings(folder: Path, fragment: str = "", **how: Any) -> Findings:
    """What the rules find in it."""
    checked = examined(folder, fragment, **how)
    assert not checked.report.mistakes, [str(mistake) for mistake in checked.report.mistakes]
    return checked.findings


def _examine(folder: Path, year: int) -> Examined:
    workspace = Workspace(folder)
    return examine(workspace.edition(workspace.named("luhe"), year), Order())


def _write(file: Path, base: str, told: dict[str, Any]) -> None:
    laid = _laid_over(yaml.safe_load(base), told)
    file.write_text(yaml.safe_dump(laid, allow_unicode=True, sort_keys=False, width=10_000), encoding="utf-8")


def _laid_over(base: Any, told: Any) -> Any:
    """Mappings merged, scalars and lists replaced, ``null`` taken away."""
    if not (isinstance(base, dict) and isinstance(told, dict)):
        return told
    names = {**base, **told}
    return {name: _laid_over(base[name], told[name]) if name in base and name in told else names[name]
            for name in names if told.get(name, ...) is not None}  # fmt: skip
