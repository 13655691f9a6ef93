"""Draws lines of a terminal as SVG, for the pictures of the documentation."""

from xml.sax.saxutils import escape

COLUMN, LINE, MARGIN = 7.83, 19, 16  # in pixels, of a monospaced font of 13 pixels
COLOURS = {"bad": "#ff7b72", "warn": "#e3b341", "good": "#7ee787", "faint": "#8b949e",
           "hint": "#79c0ff", "strong": "#f0f6fc", "plain": "#c9d1d9"}
GROUND = "#0d1117"


def drawing(title, lines):
    """The SVG of a terminal that shows `lines`, each a list of (text, colour, is_reversed)."""
    columns = max(sum(len(text) for text, _, _ in line) for line in lines)
    width = round(2 * MARGIN + COLUMN * columns)
    height = 2 * MARGIN + LINE * len(lines)
    rows = []
    for number, line in enumerate(lines):
        y = MARGIN + LINE * number
        rows += backgrounds(line, y)
        spans = "".join(f'<tspan fill="{GROUND if is_reversed else colour}">{escape(text)}</tspan>'
                        for text, colour, is_reversed in line)
        if spans:
            rows.append(f'<text x="{MARGIN}" y="{y + 13}" xml:space="preserve">{spans}</text>')
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" '
        'font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width}" height="{height}" rx="8" fill="{GROUND}"/>',
        *rows, "</svg>\n"])


def backgrounds(line, y):
    """A bar behind each part that is shown in reverse."""
    bars, column = [], 0
    for text, colour, is_reversed in line:
        if is_reversed:
            bars.append(f'<rect x="{MARGIN + COLUMN * column:.1f}" y="{y - 1}" '
                        f'width="{COLUMN * len(text):.1f}" height="{LINE}" fill="{colour}"/>')
        column += len(text)
    return bars
