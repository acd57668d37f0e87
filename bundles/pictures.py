"""Draws the three pictures of the sample articles, without a word in them, so that one picture serves six languages.

    python3 bundles/pictures.py        needs the package `pillow`; the results are committed
"""

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parent / "articles" / "pictures"
SCALE = 3  # drawn larger, then shrunk: smooth edges
SIZE = (960, 540)

PAPER, INK, SOFT, SEAL, GREEN, SKIN, WHITE = (
    "#f4efe4", "#2d3640", "#c9c1b0", "#a8423f", "#3f7d6b", "#e3b995", "#fffdf8",
)


class Sheet:
    """A canvas whose coordinates are those of the finished picture."""

    def __init__(self):
        self.image = Image.new("RGB", [side * SCALE for side in SIZE], PAPER)
        self.pen = ImageDraw.Draw(self.image)

    def box(self, x, y, width, height, fill=WHITE, radius=8, line=INK):
        self.pen.rounded_rectangle(_scaled(x, y, x + width, y + height), radius * SCALE, fill, line, 3 * SCALE)

    def disc(self, x, y, radius, fill=WHITE, line=INK):
        self.pen.ellipse(_scaled(x - radius, y - radius, x + radius, y + radius), fill, line, 3 * SCALE)

    def shape(self, points, fill, line=INK):
        flat = [(px * SCALE, py * SCALE) for px, py in points]
        self.pen.polygon(flat, fill)
        self.pen.line(flat + flat[:2], line, 3 * SCALE, joint="curve")

    def line(self, *points, colour=INK, width=3):
        self.pen.line([(px * SCALE, py * SCALE) for px, py in points], colour, width * SCALE, joint="curve")

    def dotted(self, start, end, colour=GREEN):
        (x1, y1), (x2, y2) = start, end
        steps = int(((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 / 16)
        for step in range(1, steps):
            share = step / steps
            x, y = x1 + (x2 - x1) * share, y1 + (y2 - y1) * share
            self.pen.ellipse(_scaled(x - 3, y - 3, x + 3, y + 3), colour)

    def save(self, name):
        small = self.image.resize(SIZE, Image.Resampling.LANCZOS)
        small.quantize(64, dither=Image.Dither.NONE).save(FOLDER / name, optimize=True)


def _scaled(*numbers):
    return [number * SCALE for number in numbers]


def page(sheet, x, y, size=1.0):
    """A written sheet with a seal at its foot."""
    sheet.box(x, y, 60 * size, 78 * size, radius=4)
    for row in range(4):
        sheet.line((x + 11 * size, y + (16 + 11 * row) * size), (x + (49 - 9 * (row == 3)) * size, y + (16 + 11 * row) * size),
                   colour=SOFT, width=4)
    sheet.disc(x + 45 * size, y + 64 * size, 8 * size, SEAL)


def person(sheet, x, y, coat):
    """Head and shoulders."""
    sheet.pen.pieslice(_scaled(x - 42, y + 22, x + 42, y + 106), 180, 360, coat, INK, 3 * SCALE)
    sheet.disc(x, y, 24, SKIN)


def stick(sheet, x, y):
    """A memory stick."""
    sheet.box(x + 62, y + 8, 26, 26, SOFT, 3)
    sheet.box(x, y, 66, 42, INK, 8)
    sheet.disc(x + 15, y + 21, 5, SEAL)


def travel():
    sheet = Sheet()
    # the desk
    sheet.box(70, 300, 190, 16, SOFT, 4)
    sheet.line((90, 316), (90, 410), width=5)
    sheet.line((240, 316), (240, 410), width=5)
    page(sheet, 132, 214)
    # the satellite
    sheet.line((400, 106), (500, 106), width=6)
    sheet.box(418, 78, 64, 56, WHITE, 6)
    for left in (326, 490):
        sheet.box(left, 88, 84, 36, GREEN, 3)
        for third in (1, 2):
            sheet.line((left + 28 * third, 88), (left + 28 * third, 124))
    sheet.pen.pieslice(_scaled(426, 120, 474, 168), 180, 360, SOFT, INK, 3 * SCALE)
    # the stick and its readers
    stick(sheet, 420, 300)
    for y, coat in ((110, GREEN), (260, SEAL), (410, SOFT)):
        person(sheet, 800, y, coat)
    # the roads
    sheet.dotted((205, 250), (330, 140))
    sheet.dotted((455, 170), (455, 296))
    sheet.dotted((262, 308), (416, 318))
    for y in (130, 290, 440):
        sheet.dotted((512, 320), (752, y))
    page(sheet, 600, 180, 0.6)
    page(sheet, 620, 285, 0.6)
    page(sheet, 600, 385, 0.6)
    sheet.save("travel.png")


def codes():
    sheet = Sheet()
    for x, coat, side in ((200, GREEN, 1), (760, SEAL, -1)):
        sheet.pen.pieslice(_scaled(x - 110, 190, x + 110, 410), 180, 360, coat, INK, 3 * SCALE)
        sheet.disc(x, 140, 66, SKIN)
        sheet.box(x + side * 50 - 11, 112, 22, 62, INK, 8)  # the telephone at the ear
    sheet.dotted((272, 142), (690, 142))
    # the same marks on both sheets; six groups of four
    marks = "0110 1001 0011 1010 1100 0101"
    for left in (60, 620):
        sheet.box(left, 330, 280, 160, radius=6)
        for group, bits in enumerate(marks.split()):
            column, row = group % 3, group // 3
            for place, bit in enumerate(bits):
                x = left + 26 + column * 84 + place * 18
                y = 362 + row * 60
                sheet.box(x, y, 11, 34 if bit == "1" else 18, INK if bit == "1" else SOFT, 3)
    # equal
    for y in (396, 424):
        sheet.box(440, y, 80, 12, GREEN, 5, GREEN)
    sheet.save("codes.png")


def pressure():
    sheet = Sheet()
    sheet.shape([(0, 330), (600, 296), (700, 300), (700, 420), (600, 430), (0, 450)], SKIN)  # the forearm
    sheet.shape([(690, 306), (760, 292), (850, 300), (880, 330), (868, 400), (800, 430), (690, 416)], SKIN)  # the hand
    for y in (330, 354, 378):
        sheet.line((800, y), (874, y + 2))
    sheet.line((410, 334), (436, 354), (426, 362), colour=SEAL, width=9)  # the wound, half covered
    sheet.shape([(292, 300), (470, 286), (480, 330), (300, 346)], WHITE)  # the folded cloth
    sheet.line((296, 316), (474, 302), colour=SOFT)
    # the pressing hand, from above
    sheet.shape([(300, 0), (452, 0), (446, 150), (474, 210), (468, 276), (306, 290), (290, 216), (310, 150)], "#cf9f78")
    for x in (344, 386, 428):
        sheet.line((x, 222), (x + 1, 280))
    # force
    for x in (196, 566):
        sheet.shape([(x - 12, 110), (x + 12, 110), (x + 12, 200), (x + 32, 200), (x, 244), (x - 32, 200), (x - 12, 200)], GREEN)
    sheet.save("pressure.png")


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    travel()
    codes()
    pressure()
