"""Pages to make PDFs of: those that nianbao lays out for a workspace's towns, with their style, in one file.

python pages.py WORKSPACE FILE
"""

import pickle
import sys
from pathlib import Path

from nianbao import Workspace
from nianbao.build import Order, edition_of
from nianbao.plugins import Plugins
from nianbao.report import Run, compose
from nianbao.themes import theme


def pages(folder):
    """(html, title, meta, style) of each town's newest report."""
    workspace = Workspace(folder)
    for path in sorted(Path(folder, "jurisdictions").glob("town*.yaml")):
        edition = edition_of(workspace, path.stem, None)
        plugins = Plugins(edition)
        laid_out = theme(plugins.theme, edition.workspace)
        layouts = laid_out.layouts(plugins.standard, edition)
        document = laid_out.render(compose(edition, plugins, layouts, Run.of(edition, Order())), layouts)
        yield document.html, document.title, dict(document.meta), document.style


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(pickle.dumps(list(pages(Path(sys.argv[1])))))
