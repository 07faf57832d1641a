"""What the tests of the notice's rules share: a town whose tables stand still, while its sentences change."""

from __future__ import annotations

from pathlib import Path

from nianbao import Rule, Standard
from nianbao.checks import Findings, check
from nianbao.plugins import Plugins
from nianbao.report import Report, compose
from nianbao.themes import theme
from nianbao.workspace import Workspace
from nianbao_guoban.rules import rules as all_rules

# Invented: 新收 15, 上年结转 2, 办结 16, 结转下年度 1; 行政复议 2, 行政诉讼 1.
REQUESTS = """
  本年新收: {自然人: 12, 商业企业: 2, 法律服务机构: 1}
  上年结转: {自然人: 2}
  予以公开: {自然人: 7, 商业企业: 1}
  部分公开: {自然人: 2}
  不予公开: {保护第三方合法权益: {自然人: 1}, 属于行政查询事项: {自然人: 1, 商业企业: 1}}
  无法提供: {本机关不掌握相关政府信息: {自然人: 1, 法律服务机构: 1}}
  其他处理: {逾期不补正: {自然人: 1}}
  结转下年度: {自然人: 1}
"""
DISPUTES = """
  行政复议: {结果维持: 1, 尚未审结: 1}
  复议后起诉: {结果维持: 1}
"""
DISCLOSURE = """
  规章: 0
  行政规范性文件: {制发: 1, 废止: 0, 现行有效: 6}
  行政许可: 18
  行政处罚: 5
  行政强制: 0
  行政事业性收费: 0.36
"""
SILENT = "按要求开展工作。"


def rules(standard: Standard) -> list[Rule]:
    """The rules of prose against tables: the others have tests of their own, in ``tests/rules``."""
    return [rule for rule in all_rules(standard) if rule.code.startswith("P-") or rule.code == "T4-WIN-CLAIM"]


class Town:
    """A town's data of 2024: ``tell`` puts sentences into its parts, ``without`` leaves out whole sections of its tables."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "jurisdictions").mkdir()
        (folder / "data" / "luhe").mkdir(parents=True)
        (folder / "nianbao.yaml").write_text("standard: 2021\nformats: [html]\nsources: {manual: {}}\n", encoding="utf-8")
        (folder / "jurisdictions" / "luhe.yaml").write_text("name: 芦河镇\nlevel: 镇\n", encoding="utf-8")

    def report(
        self, *sentences: str, part: str = "依申请公开", without: tuple[str, ...] = (), fee: str = "信息处理费: 0", **more: str
    ) -> Report:
        """The report with these sentences in one part, and ``more`` in others; the tables' sections named in ``without`` are absent."""
        told = {"主动公开": SILENT, "依申请公开": SILENT, part: "".join(sentences), **more}
        tables = {
            "二、主动公开政府信息情况": DISCLOSURE,
            "三、收到和处理政府信息公开申请情况": REQUESTS,
            "四、政府信息公开行政复议、行政诉讼情况": DISPUTES,
        }
        lines = ["一、总体情况:", *(f"  {name}: |-\n    {text}" for name, text in told.items() if name != "引言四")]
        lines += [f"  {name}: {SILENT}" for name in ("政府信息管理", "平台建设", "监督保障") if name not in told]
        for name, cells in tables.items():
            lead = f"\n  引言: |-\n    {told['引言四']}" if name.startswith("四") and "引言四" in told else ""
            lines.append(f"{name}:{lead}{'' if name[0] in without else cells.rstrip()}" if lead or name[0] not in without else "")
        lines += ["五、存在的主要问题及改进情况: {本年度: 按要求开展工作。}", f"六、其他需要报告的事项:\n  {fee}"]
        (self.folder / "data" / "luhe" / "2024.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        workspace = Workspace(self.folder)
        edition = workspace.edition(workspace.named("luhe"), 2024)
        plugins = Plugins(edition)
        return compose(edition, plugins, theme(plugins.theme, self.folder).layouts(plugins.standard, edition))

    def findings(self, *sentences: str, **how: object) -> Findings:
        """What the notice's rules find in it."""
        report = self.report(*sentences, **how)  # type: ignore[arg-type]
        assert not report.mistakes, [str(mistake) for mistake in report.mistakes]
        return check(report, rules(report.standard))

    def found(self, *sentences: str, **how: object) -> dict[str, str]:
        """The severity of each finding by its code."""
        return {finding.code: finding.severity for finding in self.findings(*sentences, **how).found}
