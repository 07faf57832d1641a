"""Chart kind ``bars``: horizontal bars, last year's above this year's, each with its number. Extra ``charts``.

sections: {proactive_disclosure: {charts: [{title: 各渠道公开信息数量, of: 公开信息, draw: bars}]}}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nianbao import Chart, Style


@dataclass(frozen=True)
class Bars:
    """Bars by Vega-Lite, which needs no browser: the same chart gives the same bytes on a machine with the same fonts."""

    def draw(self, chart: Chart, style: Style) -> Mapping[str, bytes]:
        """``{".svg": …, ".png": …}`` in the font of the theme's tables.

        Raises PluginError where the extra is not installed, or where no font has one of the letters.
        """
        from nianbao_charts.drawing import drawn

        return drawn(chart, style.table.font)
