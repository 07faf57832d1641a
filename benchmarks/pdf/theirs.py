"""The PDFs of the same pages as one would make them without nianbao: pandoc writes typst, typst compiles it, its fonts kept.

python theirs.py FILE FOLDER
"""

import pickle
import subprocess
import sys
from pathlib import Path

import typst

from nianbao.pandoc import pandoc

PREAMBLE = """#set page(paper: "a4", margin: (top: 37mm, right: 26mm, bottom: 35mm, left: 28mm), numbering: "— 1 —")
#set text(font: ("Noto Serif CJK SC",), size: 16pt, lang: "zh", region: "cn")
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 13pt, spacing: 13pt)
#set document(title: "report")
#show table: set text(size: 9pt)
#let horizontalrule = line(length: 100%)
"""

if __name__ == "__main__":
    fonts = typst.Fonts(include_embedded_fonts=False)
    compiler = typst.Compiler(font_paths=fonts)
    for number, (html, *_) in enumerate(pickle.loads(Path(sys.argv[1]).read_bytes())):
        command = [pandoc(), "--sandbox", "-f", "html", "-t", "typst"]
        source = subprocess.run(command, input=html.encode(), capture_output=True, check=True).stdout
        made = compiler.compile(PREAMBLE.encode() + source, format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=0)
        Path(sys.argv[2], f"{number}.pdf").write_bytes(made)
