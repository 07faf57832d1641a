"""Reader of ``.hsjson``: what the county's register of applications exports at the end of a year."""

import json

from nianbao import Cell, Fact, FileError, Origin, Reading, Standard

STANDARDS = dict.fromkeys((2019, 2020), "2019")  # from 2021 on: 2021


def read(data: bytes, file: str) -> Reading:
    """``{"单位": "芦河镇", "级别": "镇", "年度": 2024, "申请": {"本年新收": {"自然人": 12}}}``, every cell of the table.

    Raises FileError where the file is no such export.
    """
    try:
        export = json.loads(data)
        name, level, year, rows = (export[key] for key in ("单位", "级别", "年度", "申请"))
        figures = [(row, column, value) for row, cells in rows.items() for column, value in cells.items()]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise FileError("不是登记系统导出的文件", "this is no export of the register", place=file,
                        mend=("在登记系统里重新导出。", "Export it from the register again.")) from None  # fmt: skip
    standard = Standard.named(STANDARDS.get(year, "2021"))
    cells = {}
    for row, column, value in figures:
        path = standard.path(
            "三、收到和处理政府信息公开申请情况", row, column
        )  # an unknown label is an error with the candidates
        figure = Fact(value, Origin(f"{file}:{row}.{column}")) if isinstance(value, int) and value >= 0 else None
        cells[path] = Cell(str(value), figure)  # None: it cannot be read, and is told as F-UNREAD
    return Reading(file, name, level, year, standard, cells=cells)
