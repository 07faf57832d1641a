"""What a PDF prints on each page, from pdfium: letters with their places, rulings, and whether it is but a picture."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from nianbao_reader.files.pdf.limits import MOST_DRAWN, MOST_LETTERS, MOST_PAGES, Refused
from nianbao_reader.files.pdf.rulings import Ruling, drawn, turned

UNKNOWN = "\ufffd"  # stands where a font does not say what it draws: a figure with it is no figure
SOFT = 2  # what pdfium makes of a hyphen at the end of a line
FORMS = 5  # forms within forms that are looked into


class Letter(NamedTuple):
    """A letter: its box with the advance to the next, the middle of its ink, its foot on the line, its size.

    ``turn``: in quarters to the left, how the paper is to be turned to read it.
    """

    text: str
    left: float
    low: float
    right: float
    high: float
    x: float
    y: float
    foot_x: float
    foot: float
    size: float
    turn: int = 0

    def turned(self, quarters: int) -> Letter:
        """As it stands once the paper is turned so many quarters to the right."""
        if not quarters % 4:
            return self
        (x, y), (to_x, to_y) = turned(self.left, self.low, quarters), turned(self.right, self.high, quarters)
        box = min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)
        middle, foot = turned(self.x, self.y, quarters), turned(self.foot_x, self.foot, quarters)
        return Letter(self.text, *box, *middle, *foot, self.size, (self.turn - quarters) % 4)


def held(letters: list[Letter]) -> int:
    """The way in which most letters are to be read."""
    return Counter(letter.turn for letter in letters).most_common(1)[0][0] if letters else 0


@dataclass(frozen=True)
class Sheet:
    """A page as one holds it to read it; heights grow upwards from ``bottom`` to ``top``. ``pictured``: a picture covers most of it."""

    number: int
    bottom: float
    top: float
    letters: list[Letter]
    rulings: list[Ruling]
    pictured: bool


@dataclass(frozen=True)
class Opened:
    """An open PDF."""

    document: Any
    title: str

    def sheets(self) -> Iterator[Sheet]:
        """Its pages. Raises Refused where one cannot be read."""
        import pypdfium2

        for number in range(len(self.document)):
            try:
                page = self.document[number]
            except pypdfium2.PdfiumError:
                raise Refused("damaged") from None
            yield _sheet(page, number + 1)
            page.close()


@contextmanager
def opened(data: bytes) -> Iterator[Opened]:
    """Open a PDF. Raises Refused where it is none, is locked, or has more pages than a report."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Refused("password" if "assword" in str(error) else "damaged") from None
    try:
        if len(document) > MOST_PAGES:
            raise Refused("pages", pages=len(document))
        yield Opened(document, _title(document))
    finally:
        document.close()


def _title(document: Any) -> str:
    try:
        return " ".join(document.get_metadata_value("Title").split())[:200]
    except UnicodeDecodeError:  # half a letter
        return ""


def _sheet(page: Any, number: int) -> Sheet:
    text = page.get_textpage()
    if text.count_chars() > 2 * MOST_LETTERS:  # pdfium adds spaces of its own
        raise Refused("crowded", page=number)
    letters = list(_letters(text))
    left, bottom, right, top = page.get_bbox()
    rulings, pictured = _drawn(page, (right - left) * (top - bottom))
    turn = held(letters)  # whatever way the page says that it is turned
    bottom, top = sorted((turned(left, bottom, turn)[1], turned(right, top, turn)[1]))
    letters = [letter.turned(turn) for letter in letters]
    return Sheet(number, bottom, top, letters, [ruling.turned(turn) for ruling in rulings], pictured)


def _letters(text: Any) -> Iterator[Letter]:
    import pypdfium2.raw as api

    matrix, x, y = api.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        if api.FPDFText_IsGenerated(text, index) == 1:
            continue
        code = api.FPDFText_GetUnicode(text, index)
        unknown = api.FPDFText_HasUnicodeMapError(text, index) == 1 or code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000
        api.FPDFText_GetMatrix(text, index, matrix)
        slant = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
        if abs(slant - round(slant)) > 0.1:  # a watermark across the page
            continue
        (left, low, right, high), ink = text.get_charbox(index, loose=True), text.get_charbox(index)
        api.FPDFText_GetCharOrigin(text, index, x, y)
        size = api.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d) or high - low or 1.0
        if not math.isfinite(left + low + right + high + x.value + y.value + size):
            continue
        middle_x, middle_y = (ink[0] + ink[2]) / 2, (ink[1] + ink[3]) / 2
        said = UNKNOWN if unknown else "-" if code == SOFT else chr(code)
        yield Letter(said, left, low, right, high, middle_x, middle_y, x.value, y.value, size, round(slant) % 4)


def _drawn(page: Any, area: float) -> tuple[list[Ruling], bool]:
    """The rulings of a page, and whether one picture covers half of it. A page with too much on it is a drawing, and has none."""
    import pypdfium2.raw as api

    rulings: list[Ruling] = []
    pictured, seen = False, 0
    kinds = (api.FPDF_PAGEOBJ_PATH, api.FPDF_PAGEOBJ_IMAGE)
    for thing in islice(page.get_objects(filter=kinds, max_depth=FORMS), MOST_DRAWN):
        matrix = _placed(thing)
        if thing.type == api.FPDF_PAGEOBJ_IMAGE:
            corners = [matrix.on_point(*corner) for corner in ((0, 0), (1, 0), (1, 1), (0, 1))]
            pictured |= abs((corners[2][0] - corners[0][0]) * (corners[2][1] - corners[0][1])) > area / 2
            rulings += drawn(corners, filled=True, stroked=False)
            continue
        seen += max(api.FPDFPath_CountSegments(thing), 1)
        if seen > MOST_DRAWN:
            return [], pictured
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        api.FPDFPath_GetDrawMode(thing, fill, stroke)
        for points in _outlines(thing):
            placed = [matrix.on_point(*point) for point in points]
            rulings += drawn(placed, filled=bool(fill.value), stroked=bool(stroke.value))
    return rulings, pictured


def _placed(thing: Any) -> Any:
    """What takes the points of a thing to their places on the page: its own matrix, then those of the forms that it is in."""
    matrix = thing.get_matrix()
    while (thing := thing.container) is not None:
        matrix = matrix.multiply(thing.get_matrix())
    return matrix


def _outlines(path: Any) -> Iterator[list[tuple[float, float]]]:
    """The points of each straight-lined piece of a path, the first one again at the end of a closed one."""
    import pypdfium2.raw as api

    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(api.FPDFPath_CountSegments(path)):
        segment = api.FPDFPath_GetPathSegment(path, index)
        kind = api.FPDFPathSegment_GetType(segment)
        api.FPDFPathSegment_GetPoint(segment, x, y)
        if kind != api.FPDF_SEGMENT_LINETO:
            if len(points) > 1:
                yield points
            points = []
        points.append((x.value, y.value))
        if api.FPDFPathSegment_GetClose(segment) and len(points) > 1:
            yield [*points, points[0]]
            points = [points[0]]
    if len(points) > 1:
        yield points
