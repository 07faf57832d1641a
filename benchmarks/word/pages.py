"""Lay a workspace's reports out as pages, for ours.py and loop.lua alike: `python pages.py WORKSPACE FOLDER`."""

import dataclasses
import json
import pickle
import shutil
import sys
from datetime import date
from pathlib import Path

import nianbao_pandoc
from nianbao.build import Order, build
from nianbao.workspace import Workspace
from nianbao_pandoc.reference import reference

workspace, folder = Workspace(Path(sys.argv[1])), Path(sys.argv[2])
render, pages = nianbao_pandoc.Markdown.render, []


def keep(self, document):
    pages.append(dataclasses.replace(document, report=None))
    return render(self, document)


nianbao_pandoc.Markdown.render = keep
for town in sorted(path.name for path in (workspace.folder / "data").iterdir()):
    build(workspace.edition(workspace.jurisdiction(town), 2024), Order(("markdown",)))
assert len({page.html for page in pages}) == len(pages), "the towns differ"

folder.mkdir()
(folder / "pages.pickle").write_bytes(pickle.dumps(pages))
for script in Path(nianbao_pandoc.__file__).parent.glob("*.lua"):
    shutil.copy(script, folder)
base = reference(pages[0].style, False, date.fromisoformat(pages[0].meta["date"]))
(folder / "reference.docx").write_bytes(base.data)
for number, page in enumerate(pages, start=1):
    (folder / f"{number}.html").write_text(page.html, encoding="utf-8")
metas = [{**page.meta, "title": page.title, "keywords": page.meta["keywords"].split(",")} for page in pages]
(folder / "pages.json").write_text(json.dumps({"width": base.width, "styles": base.ids, "metas": metas}), encoding="utf-8")
