"""Plots as SVG, written as text: values against the number of pages, on an axis of powers of ten, for light and dark pages."""
import math

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 330, 250, 58, 14, 34, 34  # of one plot, and its margins
COLOURS = ("one", "two", "three", "four")
STYLE = """<style>
.page { fill: #ffffff } text { fill: #24292f; font: 11px sans-serif } .title { font-size: 13px; font-weight: bold }
.grid { stroke: #d0d7de } .all { stroke: #57606a; fill: #57606a }
.one { stroke: #0969da; fill: #0969da } .two { stroke: #bc4c00; fill: #bc4c00 }
.three { stroke: #1a7f37; fill: #1a7f37 } .four { stroke: #8250df; fill: #8250df }
@media (prefers-color-scheme: dark) {
.page { fill: #0d1117 } text { fill: #e6edf3 } .grid { stroke: #30363d } .all { stroke: #8b949e; fill: #8b949e }
.one { stroke: #58a6ff; fill: #58a6ff } .two { stroke: #f0883e; fill: #f0883e }
.three { stroke: #3fb950; fill: #3fb950 } .four { stroke: #bc8cff; fill: #bc8cff }
}
polyline.line { fill: none; stroke-width: 2 }
</style>"""


def linear_ticks(most):
    """About five round values from nought to at least `most`."""
    step = 10.0 ** math.floor(math.log10(most))
    step = next(step * part for part in (0.1, 0.2, 0.25, 0.5, 1, 2, 2.5) if most / (step * part) <= 5)
    return [step * n for n in range(math.ceil(most / step) + 1)]


def power_ticks(least, most):
    """Powers of ten around all values; two at least."""
    low, high = math.floor(math.log10(least)), math.ceil(math.log10(most))
    return [10.0 ** power for power in range(low, max(high, low + 1) + 1)]


def scale(ticks, first, last, logarithmic):
    """A function from a value to where it stands between `first` and `last`."""
    of = math.log10 if logarithmic else float
    low, high = of(ticks[0]), of(ticks[-1])
    return lambda value: first + (last - first) * (of(value) - low) / (high - low)


def axes(left, xs, ys, x_of, y_of):
    parts = []
    for size in xs:
        parts.append(f'<line class="grid" x1="{x_of(size):.1f}" y1="{TOP}" x2="{x_of(size):.1f}" y2="{HEIGHT - BOTTOM}"/>'
                     f'<text x="{x_of(size):.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{count(size)}</text>')
    for value in ys:
        parts.append(f'<line class="grid" x1="{left + LEFT}" y1="{y_of(value):.1f}" x2="{left + WIDTH - RIGHT}" y2="{y_of(value):.1f}"/>'
                     f'<text x="{left + LEFT - 6}" y="{y_of(value) + 4:.1f}" text-anchor="end">{value:,.10g}</text>')
    return parts


def count(size):
    return f"{size / 1e6:g} M" if size >= 1e6 else f"{size / 1e3:g} k"


def plot(left, title, lines, logarithmic):
    """One plot whose left edge is at `left`."""
    points = [point for line in lines.values() for point in line]
    values = [value for _, value in points]
    xs = power_ticks(min(size for size, _ in points), max(size for size, _ in points))
    ys = power_ticks(min(values), max(values)) if logarithmic else linear_ticks(max(values))
    x_of = scale(xs, left + LEFT, left + WIDTH - RIGHT, True)
    y_of = scale(ys, HEIGHT - BOTTOM, TOP, logarithmic)
    parts = [f'<text class="title" x="{left + LEFT}" y="20">{title}</text>', *axes(left, xs, ys, x_of, y_of)]
    for colour, line in zip(COLOURS if len(lines) > 1 else ("all",), lines.values()):
        where = [(x_of(size), y_of(value)) for size, value in line]
        parts.append(f'<polyline class="line {colour}" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in where)}"/>')
        parts += [f'<circle class="{colour}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in where]
    return parts


def legend(labels):
    parts = [f'<text x="{LEFT}" y="{HEIGHT + 11}">against the number of pages</text>']
    for number, (colour, label) in enumerate(zip(COLOURS, labels)):
        x = WIDTH + LEFT + 110 * number
        parts.append(f'<rect class="{colour}" x="{x}" y="{HEIGHT + 2}" width="10" height="10"/><text x="{x + 16}" y="{HEIGHT + 11}">{label}</text>')
    return parts


def draw(plots):
    """The picture: plots side by side, each (title, {label: [(pages, value)]}, logarithmic); the legend is that of the last."""
    width = WIDTH * len(plots)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT + 24}" role="img">', STYLE,
             f'<rect class="page" width="{width}" height="{HEIGHT + 24}"/>']
    for number, (title, lines, logarithmic) in enumerate(plots):
        parts += plot(number * WIDTH, title, lines, logarithmic)
    return "\n".join([*parts, *legend(plots[-1][1]), "</svg>"]) + "\n"
