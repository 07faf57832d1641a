"""The documentation site: ``sphinx-build -WaE docs build/docs``. Nothing of it comes from another machine.

The reference is written from the code, and from every plugin that is installed, into ``docs/reference/`` (not in git).
"""

import os
import re
import sys
from pathlib import Path

os.environ["NIANBAO_LANG"] = "en"  # before the commands, whose help is made in one language, are imported
HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from sphinx.application import Sphinx  # noqa: E402

import _reference  # noqa: E402
from _search import Bilingual  # noqa: E402
from nianbao import __version__ as release  # noqa: E402, F401

project = "nianbao 年报"
html_title = project
copyright = "the authors of nianbao"
extensions = ["myst_parser"]
exclude_patterns = ["_*"]
myst_heading_anchors = 3
html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_search_language = Bilingual.lang
html_show_sourcelink = False
html_show_copyright = False
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
_CHINESE = "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
fonts = {"font-stack": f"system-ui, {_CHINESE}", "font-stack--monospace": f"ui-monospace, monospace, {_CHINESE}"}
html_theme_options = {"light_css_variables": fonts}

_LINK = re.compile(r"\[([^\]\n]+)\]\(((?:\.\./)+[^)\s]*)\)")


def _unlink_code(_: Sphinx, page: str, source: list[str]) -> None:
    """Links to the repository work on a forge and nowhere else: the site shows what they say."""
    folder = (HERE / page).parent

    def shown(link: re.Match[str]) -> str:
        target = (folder / link[2].partition("#")[0]).resolve()
        return link[0] if target.is_relative_to(HERE) and target.suffix == ".md" else link[1]

    source[0] = _LINK.sub(shown, source[0])


def setup(app: Sphinx) -> None:
    """What Sphinx calls: our search, our reference, written before the pages are looked for."""
    app.add_search_language(Bilingual)
    app.connect("source-read", _unlink_code)
    _reference.write(HERE / "reference")
