"""The PDFs of a whole city, drawn by poppler, which knows nothing of how they were made."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from tests_shared import replace

pytestmark = pytest.mark.slow
EXAMPLES = Path(__file__).parents[2] / "examples"
BODIES = ("heshan", "baishui", "heshan-forestry", "heshan-office", "luhe", "qingshi")
DOTS = 100  # an inch


def dots(millimetres: float) -> int:
    """Millimetres in dots of a picture."""
    return round(millimetres / 25.4 * DOTS)


def poppler(*command: str) -> str:
    """What a program of poppler says."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The PDF of each body of examples/heshan, built by its one command, its portal on a port that is free."""
    examples = tmp_path_factory.mktemp("examples")
    for name in ("heshan", "tianmen/register"):
        shutil.copytree(EXAMPLES / name, examples / name, ignore=shutil.ignore_patterns("build", "archive", "*.db", ".cache"))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    replace(examples / "heshan/jurisdictions/heshan.yaml", "127.0.0.1:8765", f"127.0.0.1:{port}")
    replace(examples / "heshan/nianbao.yaml", "formats: [html, docx, markdown]", "formats: [pdf]")
    command = [sys.executable, str(examples / "heshan/start.py")]
    started = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert started.returncode == 0, started.stderr
    return {body: next((examples / f"heshan/build/{body}/2024/publish").glob("*.pdf")) for body in BODIES}


@pytest.mark.parametrize("body", BODIES)
def test_nothing_is_drawn_outside_of_the_margins_but_the_page_number(city: dict[str, Path], body: str, tmp_path: Path) -> None:
    from PIL import Image, ImageOps

    poppler("pdftoppm", "-r", str(DOTS), "-gray", "-png", str(city[body]), str(tmp_path / "page"))
    for file in sorted(tmp_path.glob("*.png")):
        with Image.open(file) as page:
            drawn = ImageOps.invert(page)
        number = drawn.crop((0, dots(262 + 6), *drawn.size)).getbbox()
        left, top, right, bottom = drawn.crop((0, 0, drawn.width, dots(262 + 6))).getbbox()
        assert number
        assert left >= dots(28) - 1
        assert right <= dots(210 - 26) + 1
        assert top >= dots(37) - 1
        assert bottom <= dots(297 - 35) + 1


@pytest.mark.parametrize("body", BODIES)
def test_no_heading_ends_a_page_and_every_page_has_its_number(city: dict[str, Path], body: str) -> None:
    for number, page in enumerate(poppler("pdftotext", "-layout", str(city[body]), "-").split("\f")[:-1], 1):
        *_, last, foot = [line.strip() for line in page.splitlines() if line.strip()]
        assert re.sub(r"\s", "", foot) == f"—{number}—"
        assert not re.fullmatch(r"(?:[一二三四五六]、|（[一二三四五六]）)[^。]*[^。\d]", last)


@pytest.mark.parametrize("body", BODIES)
def test_every_font_is_embedded_and_can_be_copied_from(city: dict[str, Path], body: str) -> None:
    fonts = [line.split() for line in poppler("pdffonts", str(city[body])).splitlines()[2:]]
    assert fonts
    assert all(line[-5:-2] == ["yes", "yes", "yes"] for line in fonts)  # embedded, a subset, with its Unicode


def test_the_text_of_a_town_can_be_selected_in_its_order(city: dict[str, Path]) -> None:
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", poppler("pdftotext", "-raw", str(city["luhe"]), "-")))
    headings = ["一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"]
    assert [text.index(heading) for heading in headings] == sorted(text.index(heading) for heading in headings)
    assert "镇党政办公室" in text or "芦河镇" in text
