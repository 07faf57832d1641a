"""What places add to the State Council's format: standards that extend 2021, each with what is known of it in its comments.

As a plugin, switched on by 2021-jiangsu, it brings the rule that regions make the whole.
"""

from __future__ import annotations

from collections.abc import Iterable

import nianbao


@nianbao.hookimpl
def rules(standard: nianbao.Standard) -> Iterable[nianbao.Rule]:
    """L-REGION, for the standards that have a regional breakdown."""
    if "requests.regions" not in standard.nodes:
        return []
    from nianbao_local.regions import regions

    return [regions]
