"""A theme's ``style:``: its roles, their properties, the sizes."""

from __future__ import annotations

import dataclasses

from _reference.markdown import code, codes, doc, table
from _reference.settings import _keys
from nianbao.style import SIZES, Page, Role, Style


def page() -> str:
    """The page."""
    roles = [field.name for field in dataclasses.fields(Style) if field.name != "page"]
    return "\n".join([
        "# Style\n",
        "`style:` of a `theme.yaml`; a theme says only what differs from the one that it extends.\n",
        "## page\n", doc(Page), "", _keys(Page),
        "## Roles\n", f"{codes(roles)}, each with\n", _keys(Role), doc(Role), "",
        "## Sizes\n", "A 字号, with or without 号 and in either kind of digit (`3号`, `三号`, `小四`), or points (`12`, `12pt`).\n",
        table(["字号", "points"], ([code(name), f"{points:g}"] for name, points in SIZES.items())),
    ])  # fmt: skip
