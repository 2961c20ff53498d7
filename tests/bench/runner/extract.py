"""extract against the article extractors of five languages."""
import collections
import hashlib
import json
import os
import statistics
import subprocess

from runner import corpora, peers, places, process, report
from runner.peers import Peer, World

PYTHON, NEWS, NODE = World("python", "extract"), World("python", "news-please"), World("node", "node")
GO, RUST, JAVA = World("go", "go"), World("rust", "rust"), World("java", "java")
PEERS = [
    Peer("trafilatura", "trafilatura 2.3.1", PYTHON, "extract_python.py", "standard, text only"),
    Peer("trafilatura-fast", "trafilatura 2.3.1", PYTHON, "extract_python.py", "fast=True, text only"),
    Peer("trafilatura-metadata", "trafilatura 2.3.1", PYTHON, "extract_python.py", "standard, with metadata"),
    Peer("resiliparse", "resiliparse 2.0.0", PYTHON, "extract_python.py", "main_content=True"),
    Peer("readability-lxml", "readability-lxml 0.9", PYTHON, "extract_python.py"),
    Peer("newspaper4k", "newspaper4k 0.9.6", PYTHON, "extract_python.py"),
    Peer("news-please", "news-please 1.6.16", NEWS, "extract_python.py"),
    Peer("justext", "jusText 3.0.2", PYTHON, "extract_python.py", "stop words of <html lang>"),
    Peer("boilerpy3", "boilerpy3 1.0.7", PYTHON, "extract_python.py", "ArticleExtractor"),
    Peer("goose3", "goose3 3.1.22", PYTHON, "extract_python.py"),
    Peer("readability-jsdom", "@mozilla/readability 0.6.0, jsdom 26.1.0", NODE, "extract.mjs"),
    Peer("readability-linkedom", "@mozilla/readability 0.6.0, linkedom 0.18.15", NODE, "extract.mjs"),
    Peer("defuddle-linkedom", "defuddle 0.19.4, linkedom 0.18.15", NODE, "extract.mjs"),
    Peer("go-trafilatura", "go-trafilatura 1.12.2", GO, "extract", "no fallback"),
    Peer("go-trafilatura-fallback", "go-trafilatura 1.12.2", GO, "extract", "with fallback"),
    Peer("go-readability", "go-readability 2.1.3", GO, "extract"),
    Peer("go-domdistiller", "go-domdistiller 1.0.0", GO, "extract"),
    Peer("rs-trafilatura", "rs-trafilatura 0.2.2", RUST, "extract"),
    Peer("dom_smoothie", "dom_smoothie 0.19.0", RUST, "extract", "TextMode::Formatted"),
    Peer("boilerpipe", "boilerpipe 1.1.0", JAVA, "Extract.java", "ArticleExtractor"),
]
SLOW = {"news-please", "readability-jsdom", "defuddle-linkedom"}  # quality on every fourth page
TINY = ("<!DOCTYPE html><html lang=en><title>A title</title><body><article><h1>A title</h1><p>One sentence, no more, "
        "stands in this article so that a program has something to do.</p></article>")


def counted(words):
    """A multiset of words."""
    return collections.Counter(words)


class Failed(Exception):
    """A run that gave nothing to measure; carries why."""


def work_folder():
    folder = places.CACHE / "work"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def write_list(name, inputs):
    path = work_folder() / f"{name}.tsv"
    path.write_text("".join(f"{key}\t{file}\n" for key, file in inputs), encoding="utf-8")
    return path


def run_peer(peer, inputs, rounds, tag):
    """One adapter process over the inputs: (usage, its report, its records)."""
    base = work_folder() / f"{peer.name}.{tag}"
    output, figures = base.with_suffix(base.suffix + ".jsonl"), base.with_suffix(base.suffix + ".json")
    usage = process.run([*peer.command(), inputs, output, figures, rounds], environment={"TOKENIZERS_PARALLELISM": "false"})
    if usage.status:
        raise Failed((usage.errors.strip().splitlines() or [f"exit status {usage.status}"])[-1][:200])
    with open(output, encoding="utf-8") as lines:
        return usage, json.loads(figures.read_text()), [json.loads(line) for line in lines]


def run_ours(inputs, tag, threads=1, rounds=1):
    """extract over the inputs, one process: (usage, records of the first round)."""
    listed = work_folder() / f"extract.{tag}.files"
    listed.write_text("".join(f"{path}\n" for _ in range(rounds) for _, path in inputs), encoding="utf-8")
    output = work_folder() / f"extract.{tag}.jsonl"
    usage = process.run([places.tool("extract"), "-t", "jsonl", "-j", threads, "--files-from", listed], stdout=output)
    if usage.status not in (0, 1):
        raise Failed(usage.errors.strip()[-200:])
    with open(output, encoding="utf-8") as lines:
        records = [{**json.loads(line), "id": key} for line, (key, _) in zip(lines, inputs)]
    if len(records) != len(inputs):
        raise Failed(f"{len(records)} records for {len(inputs)} pages: {usage.errors.strip()[-200:]}")
    return usage, records


def quality_of(peer, inputs):
    """Totals over the whole sets, kept for as long as the peer's version and mode stay (delete .peers/quality after a change
    of its adapter): they take an hour for all, and a timed run scores its own output anyway."""
    inputs = inputs[::4] if peer.name in SLOW else inputs
    state = f"{peer.package} {peer.note} {len(inputs)}"
    kept = places.CACHE / "quality" / f"{peer.name}-{hashlib.sha256(state.encode()).hexdigest()[:16]}.json"
    if kept.exists():
        return json.loads(kept.read_text())
    places.say(f"{peer.name}: {len(inputs)} pages of the sets")
    _, figures, records = run_peer(peer, write_list("whole", inputs), 1, "whole")
    result = {"sets": corpora.score(records), "errors": figures["errors"], "pages": len(inputs)}
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(json.dumps(result))
    return result


def quality_row(name, package, result):
    sets = result["sets"]

    def get(set_name, measure):
        return report.figure(sets.get(set_name, {}).get(measure))
    pages = sum(totals["pages"] for totals in sets.values())
    return [name, package, f"{pages:,}", get("wcxb", "word_f1"), get("wcxb", "shingle_f1"), get("naeb", "shingle_f1"),
            get("daniel", "shingle_f1"), get("trafilatura", "with"), get("trafilatura", "without"),
            *(report.figure(mean_of(sets, field)) for field in ("title", "author", "date"))]


def mean_of(sets, field):
    values = [totals[field] for totals in sets.values() if field in totals]
    return statistics.mean(values) if values and max(values) > 0 else None


def quality_section(chosen):
    inputs = corpora.everything()
    rows, missing = [], []
    if places.tool("extract"):
        usage, records = run_ours(inputs, "whole", threads=0)
        ours = {"sets": corpora.score(records)}
        rows.append(quality_row("**copydesk extract**", places.commit(), ours))
    for peer in chosen:
        try:
            peer.world.install()
            rows.append(quality_row(peer.name, peer.package, quality_of(peer, inputs)))
        except (peers.NotInstalled, Failed) as error:
            missing.append(f"- {peer.name} ({peer.package}): {error}")
    head = ["", "version", "pages", "wcxb word", "wcxb shingle", "naeb shingle", "daniel shingle", "traf. with", "traf. without",
            "title", "author", "date"]
    text = report.table(head, rows, left=2)
    if rows and rows[0][0].startswith("**") and len(rows) > 1:
        text += "\n\n" + report.better(head[:2] + head[3:], [row[:2] + row[3:] for row in rows])
    return text + ("\n\n" + report.absent(missing) if missing else "")


def startup(command_of):
    """Seconds of one tiny page, work left out: the least of three."""
    return min(command_of() for _ in range(3))


def time_peer(peer, listed, inputs, rounds):
    """Pages a second of one thread, peak memory, start-up, pages a second with a process for every core."""
    usage, figures, records = run_peer(peer, listed, rounds, "sample")
    seconds = statistics.median(figures["seconds"])
    tiny = write_list("tiny", [("tiny", _tiny())])

    def once():
        spent, small, _ = run_peer(peer, tiny, 1, "tiny")
        return spent.wall - small["seconds"][0]
    cores = os.cpu_count()
    parts = [write_list(f"part{i}", inputs[i::cores]) for i in range(cores)]
    base = work_folder()
    commands = [[*peer.command(), part, base / f"{peer.name}.p{i}.jsonl", base / f"{peer.name}.p{i}.json", 1]
                for i, part in enumerate(parts)]
    process.run_together(commands)
    spent = [json.loads((base / f"{peer.name}.p{i}.json").read_text())["seconds"][0] for i in range(cores)]
    return {"rate": figures["documents"] / seconds, "cpu": statistics.median(figures["cpu"]) / figures["documents"], "bytes_rate": figures["bytes"] / seconds, "peak": usage.peak,
            "startup": startup(once), "all_cores": figures["documents"] / max(spent), "sets": corpora.score(records),
            "errors": figures["errors"]}


def _tiny():
    path = work_folder() / "tiny.html"
    path.write_text(TINY, encoding="utf-8")
    return path


def time_ours(inputs, threads, rounds=5):
    """Pages a second of the whole process, start-up, reading and writing included."""
    usage, records = run_ours(inputs, "sample", threads, rounds)
    return {"rate": len(inputs) * rounds / usage.wall, "cpu": usage.cpu / len(inputs) / rounds, "peak": usage.peak, "sets": corpora.score(records)}


def speed_section(chosen, count):
    inputs = corpora.sample(count)
    listed = write_list("sample", inputs)
    size = sum(path.stat().st_size for _, path in inputs)
    ours, rows = [], []
    for peer in chosen:
        try:
            peer.world.install()
            if places.tool("extract"):
                ours.append(time_ours(inputs, 1))
            rounds = 1 if peer.name in SLOW else 3
            places.say(f"{peer.name}: timing")
            mine = time_peer(peer, listed, inputs, rounds)
            if places.tool("extract"):
                ours.append(time_ours(inputs, 1))
                mine["ratio"] = mine["cpu"] / statistics.mean(run["cpu"] for run in ours[-2:])
            rows.append((peer, mine))
        except (peers.NotInstalled, Failed) as error:
            places.say(f"{peer.name}: {error}")
    lines = []
    if ours:
        all_cores = statistics.median(time_ours(inputs, 0)["rate"] for _ in range(3))
        tiny = [("tiny", _tiny())]
        begin = startup(lambda: run_ours(tiny, "tiny")[0].wall)
        rate = statistics.median(run["rate"] for run in ours)
        lines.append(["**copydesk extract**", report.amount(rate), report.amount(rate * size / len(inputs) / 1e6),
                      report.amount(1000 * statistics.median(run["cpu"] for run in ours)), "1",
                      report.amount(all_cores), report.megabytes(max(run["peak"] for run in ours)), f"{begin:.3f}",
                      report.figure(mean_of_text(ours[0]["sets"]))])
    for peer, mine in sorted(rows, key=lambda row: -row[1]["rate"]):
        lines.append([peer.name + (f" ({peer.note})" if peer.note else ""), report.amount(mine["rate"]),
                      report.amount(mine["bytes_rate"] / 1e6), report.amount(1000 * mine["cpu"]), report.amount(mine.get("ratio")), report.amount(mine["all_cores"]),
                      report.megabytes(mine["peak"]), f"{mine['startup']:.3f}", report.figure(mean_of_text(mine["sets"]))])
    head = ["", "pages/s, 1 thread", "MB/s", "core ms a page", report.RATIO, "pages/s, all cores", "peak MB", "start-up s", "F1 of this run"]
    return f"{len(inputs)} pages, {size / 1e6:.1f} MB.\n\n" + report.table(head, lines) + compared(head, lines)


def compared(head, lines):
    if len(lines) < 2 or not lines[0][0].startswith("**"):
        return ""
    return "\n\n" + report.better(head, lines, lower={"core ms a page", "peak MB", "start-up s"})


def mean_of_text(sets):
    """Mean shingle F1 over the sets with gold texts."""
    values = [totals["shingle_f1"] for totals in sets.values() if "shingle_f1" in totals]
    return statistics.mean(values) if values else None


def time_floor(listed):
    """Processor seconds of libxml2's DOM parse of the listed files, without reading them."""
    program = places.TOOLS.parent / "bench" / "libxml2_dom"
    if not program.is_file():
        return None
    done = subprocess.run([program, listed], capture_output=True, text=True, check=True)
    return float(done.stdout.split()[2])


def parse_section(rounds=5):
    """The whole of extract against stock libxml2's parse alone, in turn, over the pages of wcxb."""
    inputs = corpora.pages("wcxb")
    listed = work_folder() / "parse.files"
    listed.write_text("".join(f"{path}\n" for _, path in inputs), encoding="utf-8")
    runs = []
    for _ in range(rounds):
        floor = time_floor(listed)
        if floor is None:
            return "libxml2_dom is not built."
        one, _ = run_ours(inputs, "parse", 1)
        two, _ = run_ours(inputs, "parse", 2)
        runs.append((floor, one.cpu, one.wall, two.wall))

    def median(values):
        return statistics.median(values)
    rows = [["libxml2, DOM", report.amount(len(inputs) / median(run[0] for run in runs)), "1"],
            ["**copydesk extract -j 1**", report.amount(len(inputs) / median(run[1] for run in runs)),
             f"{median(run[0] / run[1] for run in runs):.2f}"]]
    threads = median(run[2] / run[3] for run in runs)
    return (f"{len(inputs)} pages, median of {rounds} rounds.\n\n"
            + report.table(["", "pages a core second", "times libxml2"], rows)
            + f"\n\n`-j 2` takes 1/{threads:.2f} of the wall time of `-j 1`.")


def measure(options):
    if not places.shared_bench():
        return None
    if options.parse:
        print(parse_section())
        return None
    load = process.quietness()
    chosen = [peer for peer in PEERS if not options.peer or peer.name in options.peer]
    parts = ["## extract", report.stamp(load), QUALITY_NOTE, quality_section(chosen)]
    if not options.quality:
        parts += [SPEED_NOTE, speed_section(chosen, options.sample), PARSE_NOTE, parse_section()]
    return "\n\n".join(parts)


QUALITY_NOTE = """### Quality

Text: F1 of words (wcxb) and of 4-word shingles (wcxb, naeb, daniel); on trafilatura's set the share of the wanted snippets
that are there and of the unwanted ones that are not. Metadata: share of pages with exactly gold's value, mean over the
sets that have it; a dash where a peer gives none. On daniel the title is put before the text, as in its gold. Every
extractor gets the page's bytes and no URL; the slowest get every fourth page of each set. **Copydesk's block scorer was trained
on all four sets, so its text figures here are those of pages it has seen**; those for pages of sites it has not seen, cross-validated,
stand in the README. trafilatura's rules, in turn, were tuned on trafilatura's set, and rs-trafilatura's on wcxb.

`./tests/bench/run.sh extract --quality` repeats it, `--peer NAME` for one row."""

SPEED_NOTE = """### Speed

The same sample of pages for everyone. Peers: wall time of the calls alone, without start-up, reading and writing, median
of three rounds (one for the slowest); copydesk: the whole process, `extract -j 1 -t jsonl`, start-up, reading and writing included, run before and
after each peer. Core time is processor time of all the process's threads for that same work, which other work on the machine
hardly touches; the ratio is of core times, to the two runs beside the peer. All cores: a process for every core for the peers, `-j 0` for copydesk.
Start-up: one tiny page, the least of three. The last column is the mean shingle F1 of the timed run's own output.

`./tests/bench/run.sh extract` repeats it, `--peer NAME` for one row."""

PARSE_NOTE = """### Against the parse alone

The pages of wcxb. libxml2: building its DOM of each page and freeing it, in one process, reading not counted. copydesk: the whole process,
`extract -j 1 -t jsonl`, processor time of user and system: start-up, reading, decoding, parse, metadata, body and writing.

`./tests/bench/run.sh extract --parse` repeats it."""
