"""make_template.py OUT.docx: the Word template, which its author would draw in Word: one {{ }} a cell, loops for the prose."""

import sys

from docx import Document

ITEMS = (
    ("第二十条第（一）项", ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
     ("规章", "{{ regulations[0] }}", "{{ regulations[1] }}", "{{ regulations[2] }}"),
     ("行政规范性文件", "{{ documents[0] }}", "{{ documents[1] }}", "{{ documents[2] }}")),
    ("第二十条第（五）项", ("信息内容", "本年处理决定数量"), ("行政许可", "{{ licences }}")),
    ("第二十条第（六）项", ("信息内容", "本年处理决定数量"), ("行政处罚", "{{ penalties }}"), ("行政强制", "{{ coercion }}")),
    ("第二十条第（八）项", ("信息内容", "本年收费金额（单位：万元）"), ("行政事业性收费", "{{ fees }}")),
)  # fmt: skip
GROUPS = {
    "（三）不予公开": (
        "1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益",
        "5.属于三类内部事务信息", "6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项",
    ),
    "（四）无法提供": ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"),
    "（五）不予处理": (
        "1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请",
        "5.要求行政机关确认或重新出具已获取信息",
    ),
    "（六）其他处理": (
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "3.其他",
    ),
}  # fmt: skip
APPLICANTS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


class Grid:
    """A table whose cells are looked up once: python-docx's table.cell() counts them all anew each time."""

    def __init__(self, document, rows, columns):
        table = document.add_table(rows, columns, "Table Grid")
        cells = table._cells
        self.cells = [cells[row * columns : (row + 1) * columns] for row in range(rows)]

    def put(self, row, column, text, rows=1, columns=1):
        cell = self.cells[row][column]
        if rows > 1 or columns > 1:
            cell = cell.merge(self.cells[row + rows - 1][column + columns - 1])
        cell.text = text

    def figures(self, row, column, name, count):
        for index in range(count):
            self.put(row, column + index, f"{{{{ {name}[{index}] }}}}")


def disclosure(document):
    grid = Grid(document, 14, 4)
    lines = [line for title, *lines in ITEMS for line in ((title,), *lines)]
    for row, (*first, last) in enumerate(lines):
        for column, text in enumerate(first):
            grid.put(row, column, text)
        grid.put(row, len(first), last, columns=4 - len(first))


def requests(document):
    grid = Grid(document, 28, 10)
    grid.put(0, 0, "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", rows=3, columns=3)
    grid.put(0, 3, "申请人情况", columns=7)
    grid.put(1, 3, "自然人", rows=2)
    grid.put(1, 4, "法人或其他组织", columns=5)
    grid.put(1, 9, "总计", rows=2)
    for column, label in enumerate(APPLICANTS, 4):
        grid.put(2, column, label)
    grid.put(3, 0, "一、本年新收政府信息公开申请数量", columns=3)
    grid.put(4, 0, "二、上年结转政府信息公开申请数量", columns=3)
    grid.put(5, 0, "三、本年度办理结果", rows=22)
    grid.put(5, 1, "（一）予以公开", columns=2)
    grid.put(6, 1, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", columns=2)
    row = 7
    for group, labels in GROUPS.items():
        grid.put(row, 1, group, rows=len(labels))
        for offset, label in enumerate(labels):
            grid.put(row + offset, 2, label)
        row += len(labels)
    grid.put(26, 1, "（七）总计", columns=2)
    grid.put(27, 0, "四、结转下年度继续办理", columns=3)
    for row in range(25):
        grid.figures(3 + row, 3, f"requests[{row}]", 7)


def disputes(document):
    grid = Grid(document, 4, 15)
    grid.put(0, 0, "行政复议", columns=5)
    grid.put(0, 5, "行政诉讼", columns=10)
    grid.put(1, 5, "未经复议直接起诉", columns=5)
    grid.put(1, 10, "复议后起诉", columns=5)
    for column in range(15):
        first = 1 if column < 5 else 2
        grid.put(first, column, RESULTS[column % 5], rows=3 - first)
    grid.figures(3, 0, "disputes", 15)


def prose(document, name):
    document.add_paragraph(f"{{%p for title, text in {name}.items() %}}")
    document.add_heading("（{{ numerals[loop.index0] }}）{{ title }}", 2)
    document.add_paragraph("{{ text }}")
    document.add_paragraph("{%p endfor %}")


def template():
    document = Document()
    document.add_heading("{{ name }}{{ year }}年政府信息公开工作年度报告", 0)
    document.add_paragraph("{{ preamble }}")
    document.add_heading("一、总体情况", 1)
    document.add_paragraph("{{ lead }}")
    prose(document, "overview")
    document.add_heading("二、主动公开政府信息情况", 1)
    disclosure(document)
    prose(document, "disclosure")
    document.add_heading("三、收到和处理政府信息公开申请情况", 1)
    requests(document)
    document.add_heading("四、政府信息公开行政复议、行政诉讼情况", 1)
    disputes(document)
    document.add_heading("五、存在的主要问题及改进情况", 1)
    prose(document, "improvements")
    document.add_heading("六、其他需要报告的事项", 1)
    prose(document, "other")
    return document


if __name__ == "__main__":
    template().save(sys.argv[1])
