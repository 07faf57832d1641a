"""What places add to the State Council's format: standards that extend 2021, each with what is known of it in its comments.

As a plugin (``plugins: [local]``) it brings the rule that regions make the whole: data names the regions, so that no equation of a
standard can.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import nianbao


@nianbao.rule("L-REGION", "error", basis="分地区之和等于总数", zh="分地区之和与总数不符", en="the regions do not make the whole",
              mend=("核对各地区的件数。", "Check the figure of each region."))  # fmt: skip
def regions(report: nianbao.Report) -> Iterator[nianbao.Found]:
    """The regional breakdown of new applications against their total."""
    whole, parts = report["本年新收"], report["分地区新收"]
    if whole != parts:
        yield nianbao.Found("分地区新收", expected=f"{whole} = 本年新收", found=str(parts))


@nianbao.hookimpl
def rules(standard: nianbao.Standard) -> Iterable[nianbao.Rule]:
    """L-REGION, for the standards that have a regional breakdown."""
    return [regions] if "requests.regions" in standard.nodes else []
