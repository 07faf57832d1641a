"""The PDFs of some pages, by nianbao's format in one process, each read back as a build does.

python ours.py FILE FOLDER
"""

import pickle
import sys
from pathlib import Path

from nianbao import Document
from nianbao_typst import Pdf

if __name__ == "__main__":
    pdf = Pdf()
    for number, (html, title, meta, style) in enumerate(pickle.loads(Path(sys.argv[1]).read_bytes())):
        made = pdf.render(Document(html, title, False, meta, style, None))
        assert list(pdf.read(made))
        Path(sys.argv[2], f"{number}.pdf").write_bytes(made[".pdf"])
