"""A town whose theme shows charts, and last year's report in its archive."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nianbao.themes import theme
from tests_shared import Run, replace

THEME = """extends: national
sections:
  proactive_disclosure: {charts: [{title: 各渠道公开信息数量, of: 公开信息}]}
  requests:
    charts:
      - {title: 申请办理情况, of: [本年新收, 上年结转, 本年度办理结果, 结转下年度]}
      - {title: 办理结果, of: 本年度办理结果}
"""


@pytest.fixture
def town(workspace: Path, run: Run) -> Path:
    """The workspace, 芦河镇 with charts; of 2023 there were 60 items by 新媒体平台 and 12 by a channel that is no more."""
    (workspace / "themes/mine").mkdir(parents=True)
    (workspace / "themes/mine/theme.yaml").write_text(THEME, encoding="utf-8")
    replace(workspace / "jurisdictions/luhe.yaml", "theme: national", "theme: ./themes/mine")
    result = run("build", "luhe", "-F", "data")
    assert result.exit_code == 0, result.stderr
    record = json.loads((workspace / "build/luhe/2024/report.json").read_text(encoding="utf-8"))
    record["year"] = 2023
    channels = "proactive_disclosure.公开信息"
    figures, record["parts"] = record["figures"], []
    for path in [path for path in figures if path.startswith("requests.carried_out")]:
        figures[path]["value"] = figures[path.replace("carried_out", "carried_in")]["value"]
    figures[f"{channels}.新媒体平台"]["value"] = 60
    figures[f"{channels}.村务栏"] = {**figures.pop(f"{channels}.公告栏"), "value": 12}
    figures[channels]["sum_of"] = [f"{channels}.镇网站", f"{channels}.新媒体平台", f"{channels}.村务栏"]
    (workspace / "archive/luhe").mkdir(parents=True)
    (workspace / "archive/luhe/2023.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    theme.cache_clear()  # tests go on to change it
    return workspace
