"""Cost as the work grows: rate and peak memory from a thousand to a million pages, streamed, never stored."""
import random
import shlex
import sys

from runner import corpora, extract, places, process, report
from runner.extract import Failed

SIZES = (1_000, 10_000, 100_000, 1_000_000)
LABELS = {"pages": "extract, WARC of pages", "clean": "clean, records", "texts": "dedupe, records", "tokenize": "tokenize, records"}
COMMANDS = {"pages": "extract -q -j 0 -t jsonl -f warc -", "clean": "clean -q -j 0 -f jsonl -", "texts": "dedupe -q -j 0 -f jsonl -",
            "tokenize": "tokenize -q -j 0 -t jsonl -f jsonl -"}
# At most this many, where more would take the day: what is left out is a dash.
MOST = {"pages": 1_000_000, "clean": 1_000_000, "texts": 1_000_000, "tokenize": 1_000_000}


def write_pages(count, out):
    """WARC: development pages over and over, each time with a paragraph of its own."""
    bases = [path.read_bytes() for _, path in corpora.sample(200)]
    for number in range(count):
        page = bases[number % len(bases)]
        at = page.rfind(b"</p>") + 4 if b"</p>" in page else len(page)
        edit = b"<p>This is copy number %d of the page, made for a measurement of growth.</p>" % number
        body = page[:at] + edit + page[at:]
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body)
        out.write(b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%012d>\r\n"
                  b"WARC-Target-URI: http://page.example/%d\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
                  b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
                  % (number, number, len(http) + len(body)))
        out.write(http)
        out.write(body)
        out.write(b"\r\n\r\n")


def write_records(count, out):
    """Records: 20 paragraphs drawn from the gold texts, so that each is a story of its own; every tenth repeats an earlier one."""
    import json
    paragraphs = [json.dumps(p)[1:-1].encode() for entry in corpora.gold("wcxb") 
                  for p in (entry.get("text") or "").split("\n\n") if 80 < len(p) < 600]
    for number in range(count):
        seed = number - 7 if number % 10 == 9 else number
        chosen = random.Random(seed)
        out.write(b'{"id": "%d", "text": "%s"}\n' % (number, b"\\n\\n".join(chosen.choice(paragraphs) + b" %d" % seed for _ in range(20))))


def generate(kind, count):
    (write_pages if kind == "pages" else write_records)(count, sys.stdout.buffer)


def run(kind, count):
    """One generator into one tool; what is measured is the tool."""
    tool, *words = shlex.split(COMMANDS[kind])
    figures = extract.work_folder() / "growth.time"
    pipe = (f"{shlex.quote(sys.executable)} -m runner.growth {kind} {count} | "
            f"time -q -f '%e %U %S %M' -o {shlex.quote(str(figures))} {shlex.quote(str(places.tool(tool)))} {' '.join(words)}")
    usage = process.run(["bash", "-c", f'{pipe}; states=("${{PIPESTATUS[@]}}"); [ "${{states[0]}}" = 0 ] || exit 3; exit "${{states[1]}}"'])
    if usage.status not in (0, 1):
        raise Failed(usage.errors.strip()[-300:])
    wall, user, system, peak = figures.read_text().split()[-4:]
    # Times come in hundredths of a second.
    return {"rate": count / max(float(wall), 0.01), "cpu": max(float(user) + float(system), 0.01) / count, "peak": int(peak) * 1024}


def measure(options):
    if not places.shared_bench():
        return None
    load = process.quietness()
    rows, series = [], {}
    for kind, command in COMMANDS.items():
        if not places.tool(command.split()[0]):
            continue
        for size in (size for size in SIZES if size <= min(options.scale, MOST[kind])):
            places.say(f"growth: {command.split()[0]}, {size:,}")
            result = run(kind, size)
            series.setdefault(LABELS[kind], []).append((size, result))
            rows.append([f"`{command}`", f"{size:,}", report.amount(result["rate"]), report.amount(result["cpu"] * 1e3),
                         report.megabytes(result["peak"])])
    if not series:
        return None
    head = ["", "documents", "documents/s", "core ms each", "peak MB"]
    picture = places.REPORT.parent / "growth.svg"
    picture.parent.mkdir(exist_ok=True)
    picture.write_text(draw(series), encoding="utf-8")
    return "\n\n".join(["## growth", report.stamp(load), NOTE, report.table(head, rows),
                        "![Core time a document and peak memory against the number of documents](growth.svg)"])


def draw(series):
    """Two plots side by side: core time a document and peak memory, over the number of documents, logarithmic both ways."""
    import math
    width, height, margin = 420, 300, 60
    colours = ("#1b6ca8", "#c1440e", "#3a7d44", "#6b4c9a")
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * width} {height + 40}" font-family="sans-serif" font-size="11">',
             '<rect width="100%" height="100%" fill="white"/>']
    for plot, (title, value) in enumerate((("core ms a document", lambda r: r["cpu"] * 1e3), ("peak memory, MB", lambda r: r["peak"] / 1e6))):
        values = [value(result) for points in series.values() for _, result in points]
        low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)) + 1e-9)
        left, right, top, bottom = plot * width + margin, (plot + 1) * width - 15, 30, height - 35

        def at(size, amount):
            x = left + (right - left) * (math.log10(size) - 3) / 3
            return x, bottom - (bottom - top) * (math.log10(amount) - low) / max(1, high - low)
        parts.append(f'<text x="{left}" y="18" font-size="13">{title}</text>')
        for size in SIZES:
            x, _ = at(size, 10.0 ** low)
            parts.append(f'<line x1="{x:.0f}" y1="{top}" x2="{x:.0f}" y2="{bottom}" stroke="#ddd"/>'
                         f'<text x="{x:.0f}" y="{bottom + 15}" text-anchor="middle">{size:,}</text>')
        for power in range(low, high + 1):
            _, y = at(1000, 10.0 ** power)
            parts.append(f'<line x1="{left}" y1="{y:.0f}" x2="{right}" y2="{y:.0f}" stroke="#ddd"/>'
                         f'<text x="{left - 5}" y="{y + 4:.0f}" text-anchor="end">{10.0 ** power:g}</text>')
        for colour, points in zip(colours, series.values()):
            places_on = [at(size, value(result)) for size, result in points]
            line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places_on)
            parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
            parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places_on]
    for number, (colour, label) in enumerate(zip(colours, series)):
        x = margin + number * 200
        parts.append(f'<rect x="{x}" y="{height + 12}" width="10" height="10" fill="{colour}"/>'
                     f'<text x="{x + 15}" y="{height + 21}">{label}</text>')
    return "\n".join(parts) + "\n</svg>\n"


NOTE = """Streamed from a generator through a pipe, with all cores, so the rate is the lower of the generator's and the tool's; the core time
is the tool's own. Pages: development pages over and over, each with a paragraph of its own. Records: stories of twenty
paragraphs drawn anew, every tenth a repeat. Memory should be flat, but for dedupe, whose index grows by what its
manual says a record costs.

`./tests/bench/run.sh growth` repeats it, `--scale N` for fewer."""


if __name__ == "__main__":
    generate(sys.argv[1], int(sys.argv[2]))
