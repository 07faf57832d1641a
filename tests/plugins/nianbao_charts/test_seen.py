"""What a person sees of a chart: in a browser at a desk and on a phone, and in the Word file on paper."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from tests_shared import Run

pytestmark = pytest.mark.slow
ASK = """<script>
const wide = [document.documentElement.scrollWidth - innerWidth];
for (const chart of document.querySelectorAll('figure svg')) {
  const box = chart.getBoundingClientRect(), table = getComputedStyle(chart.parentElement.querySelector('table'));
  const spilt = [...chart.querySelectorAll('text')].some(text => {
    const told = text.getBoundingClientRect();
    return told.left < box.left - 1 || told.right > box.right + 1 || told.bottom > box.bottom + 1;
  });
  wide.push(Math.round(box.width), table.display == 'table' && table.clipPath == 'inset(50%)', spilt);
}
document.title = 'wide ' + wide.join(' ');
</script>"""


def need(program: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")


def built(run: Run, kind: str) -> Path:
    result = run("build", "luhe", "-F", kind)
    assert result.exit_code == 0, result.stderr
    return Path(result.stdout.splitlines()[0])


@pytest.mark.parametrize("width", [500, 1200])
def test_a_chart_fits_a_phone_and_a_desk_and_its_table_is_there_for_screen_readers_only(
    town: Path, run: Run, tmp_path: Path, width: int
) -> None:
    need("chromium")
    page = tmp_path / "asked.html"
    text = built(run, "html").read_text(encoding="utf-8")
    page.write_text(
        re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text).replace("</body>", f"{ASK}</body>"),
        encoding="utf-8",
    )
    command = [
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", f"--user-data-dir={tmp_path / 'browser'}", f"--window-size={width},900",
        "--dump-dom", page.as_uri(),
    ]  # fmt: skip
    seen = subprocess.run(command, check=True, capture_output=True, timeout=120).stdout.decode()
    found = re.search(r"<title>wide (\S+) (.+)</title>", seen)
    assert found
    assert int(found[1]) <= 0
    charts = re.findall(r"(\d+) (true|false) (true|false)", found[2])
    assert [(hidden, spilt) for _, hidden, spilt in charts] == [("true", "false")] * 3
    assert all(300 < int(across) <= width for across, _, _ in charts)


def test_in_word_every_picture_stands_on_the_page_of_its_caption(town: Path, run: Run, tmp_path: Path) -> None:
    for program in ("soffice", "pdfimages", "pdftotext"):
        need(program)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(built(run, "docx"))]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pdf = str(next(tmp_path.glob("*.pdf")))
    listed = subprocess.run(["pdfimages", "-list", pdf], check=True, capture_output=True, timeout=60).stdout.decode()
    pictures = [int(line.split()[0]) for line in listed.splitlines()[2:] if line.split()[2] == "image"]
    text = subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True, timeout=60).stdout.decode()
    pages = [re.sub(r"\s", "", unicodedata.normalize("NFKC", page)) for page in text.split("\f")]
    captions = ("各渠道公开信息数量(单位:条)", "申请办理情况(单位:件)", "办理结果(单位:件)")
    assert pictures == [next(number for number, page in enumerate(pages, 1) if caption in page) for caption in captions]
