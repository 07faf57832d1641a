"""report.py DATA.yaml... OUT_DIR: a town's annual report as DOCX, HTML and Markdown. No checks, no origins, no styles."""

import sys
from pathlib import Path

import yaml
from docxtpl import DocxTemplate
from jinja2 import Environment, FileSystemLoader, select_autoescape

HERE = Path(__file__).parent


def render_all(reports, out):
    """Write three files for each report. Jinja2 compiles its templates once; docxtpl needs a fresh template each time."""
    out.mkdir(parents=True, exist_ok=True)
    environment = Environment(loader=FileSystemLoader(HERE), autoescape=select_autoescape(["html"]), trim_blocks=True)
    page, text = environment.get_template("report.html"), environment.get_template("report.md")
    for report in reports:
        report["numerals"] = "一二三四五六七八九"
        stem = f"{report['name']}{report['year']}年政府信息公开工作年度报告"
        word = DocxTemplate(HERE / "report.docx")
        word.render(report, autoescape=True)
        word.save(out / f"{stem}.docx")
        (out / f"{stem}.html").write_text(page.render(report), encoding="utf-8")
        (out / f"{stem}.md").write_text(text.render(report), encoding="utf-8")


if __name__ == "__main__":
    *files, folder = sys.argv[1:]
    render_all((yaml.safe_load(Path(file).read_text(encoding="utf-8")) for file in files), Path(folder))
