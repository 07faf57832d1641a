"""The regional breakdown of applications. Data names the regions, so that no equation of a standard can add them up."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao import Found, Report, rule


@rule("L-REGION", "error", basis="分地区之和等于总数", zh="分地区之和与总数不符", en="the regions do not make the whole",
      mend=("核对各地区的件数。", "Check the figure of each region."))  # fmt: skip
def regions(report: Report) -> Iterator[Found]:
    """The regional breakdown of new applications against their total."""
    whole, parts = report["本年新收"], report["分地区新收"]
    if whole != parts:
        yield Found("分地区新收", expected=f"{whole} = 本年新收", found=str(parts))
