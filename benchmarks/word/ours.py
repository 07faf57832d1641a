"""Word and Markdown of all pages by nianbao's formats, in one process: `python ours.py FOLDER`."""

import pickle
import sys
from pathlib import Path

from nianbao_pandoc import Docx, Markdown

folder = Path(sys.argv[1])
with Docx() as word, Markdown() as markdown:
    for number, page in enumerate(pickle.loads((folder / "pages.pickle").read_bytes()), start=1):
        for suffix, data in {**word.render(page), **markdown.render(page)}.items():
            (folder / f"ours-{number}{suffix}").write_bytes(data)
