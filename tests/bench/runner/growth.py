"""Cost as the work grows: the four programs in their pipe, from a thousand to a million pages, streamed, never stored."""
import json
import math
import random
import shlex
import time

from runner import corpora, growth_plot, places, process, report, runs
from runner.peers import Failed

SIZES = (1_000, 10_000, 100_000, 1_000_000)
ROUNDS = {1_000: 5, 10_000: 3}  # the median of so many; larger ones once
TOOLS = ("extract", "clean", "dedupe", "tokenize")
LONGEST = 1_500  # seconds for one pass
CORE_MS = 1.5  # of one page through the pipe, the generator included, for the plan


def list_of_bases():
    """The development pages that the others are made from, the sets mixed, so that a thousand are like all."""
    inputs = corpora.everything()
    random.Random(1).shuffle(inputs)
    path = places.work_folder() / "growth.files"
    path.write_text("".join(f"{page}\n" for _, page in inputs), encoding="utf-8")
    return path


def words_of(tool):
    """The words of a program in the pipe."""
    options = {"extract": ["-t", "jsonl", "-f", "warc"], "dedupe": [f"--stats={places.work_folder() / 'growth.dedupe.json'}"],
               "tokenize": ["-t", "jsonl"]}
    return [str(places.tool(tool)), "-q", "-j", "0", *options.get(tool, []), "-"]


def timed(name, words):
    """The words with GNU time before them, and the file that it writes."""
    figures = places.work_folder() / f"growth.{name}.time"
    return shlex.join(["env", "time", "-q", "-f", "%e %U %S %M", "-o", str(figures), *map(str, words)])


def pipe(count):
    """The command: the generator into the four programs, each measured apart. Its status is the first bad one of theirs."""
    said = places.work_folder() / "growth.generator"
    parts = [timed("generator", [generator(), count, list_of_bases()]) + f" 2> {shlex.quote(str(said))}"]
    parts += [timed(tool, words_of(tool)) for tool in TOOLS]
    return ["bash", "-c", f"{' | '.join(parts)} > /dev/null; for s in ${{PIPESTATUS[@]}}; do [ $s -le 1 ] || exit $s; done"]


def generator():
    return places.TOOLS.parent / "bench" / "growth_pages"


def figures_of(name, count):
    """Core seconds of a page and bytes of peak memory of one part of the pipe."""
    words = (places.work_folder() / f"growth.{name}.time").read_text().split()
    user, system, peak = map(float, words[-3:])
    return {"cpu": (user + system) / count, "peak": peak * 1024}


def run(count):
    """One pass of `count` pages."""
    usage = process.run(pipe(count), timeout=LONGEST)
    if usage.status:
        raise Failed(runs.last_words(usage))
    stats = json.loads((places.work_folder() / "growth.dedupe.json").read_text())
    bases, size = (places.work_folder() / "growth.generator").read_text().split()[-2:]
    return {"pages": count, "rate": count / usage.wall, "kept": stats["written"], "extracted": stats["documents"], "bases": int(bases),
            "size": int(size), **{name: figures_of(name, count) for name in ("generator", *TOOLS)}}


def middle(passes):
    """The pass with the median rate."""
    return sorted(passes, key=lambda one: one["rate"])[len(passes) // 2]


def row(one):
    return [f"{one['pages']:,}", f"{one['kept']:,}", report.amount(one["rate"]),
            *(report.amount(one[tool]["cpu"] * 1e3) for tool in TOOLS),
            report.amount(sum(one[tool]["cpu"] for tool in TOOLS) * 1e3), report.amount(one["generator"]["cpu"] * 1e3),
            *(report.megabytes(one[tool]["peak"]) for tool in TOOLS)]


def flatness(passes):
    """What the table says of the largest against the size before it, in words."""
    if len(passes) < 2:
        return ""
    before, last = passes[-2:]
    cost = [sum(one[tool]["cpu"] for tool in TOOLS) for one in (before, last)]
    others = max(one["peak"] for tool, one in last.items() if tool in TOOLS and tool != "dedupe")
    each = (last["dedupe"]["peak"] - before["dedupe"]["peak"]) / (last["kept"] - before["kept"])
    return (f"From {before['pages']:,} to {last['pages']:,} pages the core time of a page goes to {cost[1] / cost[0]:.2f} times what it was. The memory of "
            f"dedupe grows by {report.amount(each)} bytes for each article that it keeps; no other program takes more than {report.megabytes(others)} MB.")


def minutes(options):
    pages = sum(size * ROUNDS.get(size, 1) for size in SIZES if size <= options.scale)
    return pages * CORE_MS / 1000 / 2 / 60


def time_for(size, passes, until):
    """Whether the size is expected to be done before `until`, by the rate of the size before it."""
    seconds = size * ROUNDS.get(size, 1) / passes[-1]["rate"] if passes else 0
    return time.monotonic() + seconds <= until


def passes_of(sizes, until=math.inf):
    """(the median pass of each size, lines on the sizes that failed or for which no time was left)."""
    passes, missing = [], []
    for size in sizes:
        if not time_for(size, passes, until):
            missing.append(f"- {size:,} pages: there was no time left for it (`--minutes` gives more)")
            continue
        places.say(f"growth: {size:,} pages")
        try:
            passes.append(middle([run(size) for _ in range(ROUNDS.get(size, 1))]))
        except Failed as error:
            missing.append(f"- {size:,} pages: {error}")
    if not passes:
        raise Failed(missing[0] if missing else "nothing to measure")
    return passes, missing


def measure(options):
    if not places.shared_bench() or not all(map(places.tool, TOOLS)):
        return None
    if not generator().is_file():
        raise Failed("growth_pages is not built")
    passes, missing = passes_of([size for size in SIZES if size <= options.scale], options.until)
    picture = places.REPORT.parent / "growth.svg"
    if not options.print:
        picture.write_text(growth_plot.draw(series(passes)), encoding="utf-8")
    head = ["pages", "articles left", "pages/s", *(f"{tool}: core ms a page" for tool in TOOLS), "all four", "(generator)",
            *(f"{tool}: peak MB" for tool in TOOLS)]
    note = NOTE.format(bases=passes[-1]["bases"], size=passes[-1]["size"] / 1000)
    failed = [report.absent(missing)] if missing else []
    return "\n\n".join(["## growth", note, report.table(head, map(row, passes), left=0), *failed, *filter(None, [flatness(passes)]),
                        "![Pages a second, core time a page and peak memory against the number of pages](growth.svg)"])


def series(passes):
    """The three plots: (title, {label: [(pages, value)]}, whether the scale is logarithmic)."""
    def of_tools(value):
        return {tool: [(one["pages"], value(one[tool])) for one in passes] for tool in TOOLS}
    return [("pages a second", {"the pipe": [(one["pages"], one["rate"]) for one in passes]}, False),
            ("core ms a page", of_tools(lambda figures: figures["cpu"] * 1e3), True),
            ("peak memory, MB", of_tools(lambda figures: figures["peak"] / 1e6), True)]


NOTE = """A WARC of pages, made while it is read, through the four programs with all cores:

    growth_pages COUNT LIST | extract -j 0 -t jsonl -f warc - | clean -j 0 - | dedupe -j 0 - | tokenize -j 0 -t jsonl - > /dev/null

The pages are made from {bases:,} development pages, {size:.0f} kB in the mean, over and over: each time every third word of the text is another
one of the page, so that each tells a story of its own, and one page in ten repeats one of the hundred before it, which dedupe is there to
drop. Wall time is that of the whole pipe, generator included, on the same cores; core time is each program's own. A thousand pages:
median of five passes; ten thousand: of three; more: one. The generator first reads its pages, which shows in the shortest passes. The
memory of extract, clean and tokenize should be flat; that of dedupe grows with the articles that it remembers.

`./tests/bench/run.sh growth` repeats it, `--scale N` for fewer."""
