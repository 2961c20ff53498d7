"""extract against the article extractors of five languages."""
import os
import statistics
import subprocess

from runner import corpora, extract_quality, peers, places, process, report, runs
from runner.peers import Failed, Peer, World

PYTHON, NEWS, NODE = World("python", "extract"), World("python", "news-please"), World("node", "node")
GO, RUST, JAVA = World("go", "go"), World("rust", "rust"), World("java", "java")
PEERS = [
    Peer("trafilatura", "trafilatura 2.3.1", PYTHON, "extract_python.py", "standard, text only", cost=20),
    Peer("trafilatura-fast", "trafilatura 2.3.1", PYTHON, "extract_python.py", "fast=True, text only", cost=14),
    Peer("trafilatura-metadata", "trafilatura 2.3.1", PYTHON, "extract_python.py", "standard, with metadata", cost=45),
    Peer("resiliparse", "resiliparse 2.0.0", PYTHON, "extract_python.py", "main_content=True", cost=2),
    Peer("readability-lxml", "readability-lxml 0.9", PYTHON, "extract_python.py", cost=32),
    Peer("newspaper4k", "newspaper4k 0.9.6", PYTHON, "extract_python.py", cost=115),
    Peer("news-please", "news-please 1.6.16", NEWS, "extract_python.py", cost=200),
    Peer("justext", "jusText 3.0.2", PYTHON, "extract_python.py", "stop words of <html lang>", cost=13),
    Peer("boilerpy3", "boilerpy3 1.0.7", PYTHON, "extract_python.py", "ArticleExtractor", cost=10),
    Peer("goose3", "goose3 3.1.22", PYTHON, "extract_python.py", cost=90),
    Peer("readability-jsdom", "@mozilla/readability 0.6.0, jsdom 26.1.0", NODE, "extract.mjs", cost=200),
    Peer("readability-linkedom", "@mozilla/readability 0.6.0, linkedom 0.18.15", NODE, "extract.mjs", cost=51),
    Peer("defuddle-linkedom", "defuddle 0.19.4, linkedom 0.18.15", NODE, "extract.mjs", cost=165),
    Peer("go-trafilatura", "go-trafilatura 1.12.2", GO, "extract", "no fallback", cost=16),
    Peer("go-trafilatura-fallback", "go-trafilatura 1.12.2", GO, "extract", "with fallback", cost=30),
    Peer("go-readability", "go-readability 2.1.3", GO, "extract", cost=10),
    Peer("go-domdistiller", "go-domdistiller 1.0.0", GO, "extract", cost=15),
    Peer("rs-trafilatura", "rs-trafilatura 0.2.2", RUST, "extract", cost=12),
    Peer("dom_smoothie", "dom_smoothie 0.19.0", RUST, "extract", "TextMode::Formatted", cost=2.5),
    Peer("boilerpipe", "boilerpipe 1.1.0", JAVA, "Extract.java", "ArticleExtractor", cost=14),
]
SLOW = 60  # core milliseconds a page from which a peer is timed in one round instead of three
TINY = ("<!DOCTYPE html><html lang=en><title>A title</title><body><article><h1>A title</h1><p>One sentence, no more, "
        "stands in this article so that a program has something to do.</p></article>")


def time_peer(peer, listed, inputs):
    """Pages a second of one thread, peak memory, start-up, pages a second with a process for every core."""
    usage, figures, output = runs.adapter(peer, listed, "sample", 1 if peer.cost >= SLOW else 3)
    seconds = statistics.median(figures["seconds"])
    return {"rate": figures["documents"] / seconds, "cpu": statistics.median(figures["cpu"]) / figures["documents"],
            "bytes_rate": figures["bytes"] / seconds, "peak": usage.peak, "startup": runs.startup(peer, ("tiny", _tiny())),
            "all_cores": runs.on_all_cores(peer, inputs)[0], "f1": mean_of_text(corpora.score(runs.records(output)))}


def _tiny():
    return runs.tiny_file("tiny.html", TINY)


def time_ours(inputs, threads, rounds=5):
    """Pages a second of the whole process, start-up, reading and writing included."""
    usage, records = runs.extract(inputs, "sample", threads, rounds)
    return {"rate": len(inputs) * rounds / usage.wall, "cpu": usage.cpu / len(inputs) / rounds, "peak": usage.peak,
            "records": records}


def time_between(peer, listed, inputs, ours):
    """A peer's figures between two runs of copydesk, which are added to `ours`."""
    built = places.tool("extract")
    if built:
        ours.append(time_ours(inputs, 1))
    places.say(f"{peer.name}: timing")
    mine = time_peer(peer, listed, inputs)
    if built:
        ours.append(time_ours(inputs, 1))
        mine["ratio"] = mine["cpu"] / statistics.mean(run["cpu"] for run in ours[-2:])
    return mine


def our_figures(ours, inputs):
    """Medians over the runs beside the peers, in the shape of a peer's."""
    rate = statistics.median(run["rate"] for run in ours)
    return {"rate": rate, "cpu": statistics.median(run["cpu"] for run in ours), "ratio": 1,
            "bytes_rate": rate * mean_size(inputs), "peak": max(run["peak"] for run in ours),
            "startup": runs.our_startup([places.tool("extract"), "-t", "jsonl", "-j", "1", _tiny()]),
            "all_cores": statistics.median(time_ours(inputs, 0)["rate"] for _ in range(3)),
            "f1": mean_of_text(corpora.score(ours[0]["records"]))}


def speed_row(name, figures):
    return [name, report.amount(figures["rate"]), report.amount(figures["bytes_rate"] / 1e6), report.amount(1000 * figures["cpu"]),
            report.amount(figures.get("ratio")), report.amount(figures["all_cores"]), report.megabytes(figures["peak"]),
            f"{figures['startup']:.3f}", report.figure(figures["f1"])]


def mean_size(inputs):
    return statistics.mean(path.stat().st_size for _, path in inputs)


def speed_section(chosen, count):
    inputs = corpora.sample(count)
    listed = runs.write_list("sample", inputs)
    chosen, missing = peers.installed(chosen)
    ours, rows = [], []
    for peer in chosen:
        try:
            rows.append((peer, time_between(peer, listed, inputs, ours)))
        except (Failed, OSError) as error:
            missing.append(f"- {peer.name} ({peer.package}): {error}")
    lines = [speed_row("**copydesk extract**", our_figures(ours, inputs))] if ours else []
    for peer, mine in sorted(rows, key=lambda row: -row[1]["rate"]):
        lines.append(speed_row(peer.name + (f" ({peer.note})" if peer.note else ""), mine))
    head = ["", "pages/s, 1 thread", "MB/s", "core ms a page", report.RATIO, "pages/s, all cores", "peak MB", "start-up s", "F1 of this run"]
    text = f"{len(inputs)} pages, {mean_size(inputs) * len(inputs) / 1e6:.1f} MB.\n\n" + report.table(head, lines) + compared(head, lines)
    return text + ("\n\n" + report.absent(missing) if missing else "")


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
    listed = places.work_folder() / "parse.files"
    listed.write_text("".join(f"{path}\n" for _, path in inputs), encoding="utf-8")
    rounds_of = []
    for _ in range(rounds):
        floor = time_floor(listed)
        if floor is None:
            return "libxml2_dom is not built."
        one, _ = runs.extract(inputs, "parse", 1)
        two, _ = runs.extract(inputs, "parse", 2)
        rounds_of.append((floor, one.cpu, one.wall, two.wall))

    def median(values):
        return statistics.median(values)
    rows = [["libxml2, DOM", report.amount(len(inputs) / median(run[0] for run in rounds_of)), "1"],
            ["**copydesk extract -j 1**", report.amount(len(inputs) / median(run[1] for run in rounds_of)),
             f"{median(run[0] / run[1] for run in rounds_of):.2f}"]]
    threads = median(run[2] / run[3] for run in rounds_of)
    return (f"{len(inputs)} pages, median of {rounds} rounds.\n\n"
            + report.table(["", "pages a core second", "times libxml2"], rows)
            + f"\n\n`-j 2` takes 1/{threads:.2f} of the wall time of `-j 1`.")


def minutes(options):
    """Expected: quality, then for each peer a run of one thread and half of one on all cores, and copydesk's around it."""
    if options.parse:
        return 0.3
    spent = extract_quality.minutes(peers.wanted(PEERS, options), options.pages)
    if not options.quality:
        rounds = sum(peer.cost * (1.6 if peer.cost >= SLOW else 3.6) for peer in peers.wanted(PEERS, options)) / 1000
        spent += (rounds * options.sample + 4 * len(peers.wanted(PEERS, options)) + 20) / 60
    return spent


def measure(options):
    if not places.shared_bench():
        return None
    if options.parse:
        return parse_section()
    chosen = peers.wanted(PEERS, options)
    parts = ["## extract", extract_quality.NOTE, report.guarded(options, lambda: extract_quality.section(chosen, options.pages))]
    if not options.quality:
        parts += [SPEED_NOTE, report.guarded(options, lambda: speed_section(chosen, options.sample)),
                  PARSE_NOTE, report.guarded(options, parse_section)]
    return "\n\n".join(parts)


SPEED_NOTE = """### Speed

The same sample of pages for everyone. Peers: wall time of the calls alone, without start-up, reading and writing, median
of three rounds (one for those slower than some sixteen pages a second); copydesk: the whole process, `extract -j 1 -t jsonl`, start-up, reading and writing included, run before and
after each peer. Core time is processor time of all the process's threads for that same work, which other work on the machine
hardly touches; the ratio is of core times, to the two runs beside the peer. All cores: a process for every core for the peers, `-j 0` for copydesk.
Start-up: one tiny page, the least of three. The last column is the mean shingle F1 of the timed run's own output.

`./tests/bench/run.sh extract` repeats it, `--peer NAME` for one row."""

PARSE_NOTE = """### Against the parse alone

The pages of wcxb. libxml2: building its DOM of each page and freeing it, in one process, reading not counted. copydesk: the whole process,
`extract -j 1 -t jsonl`, processor time of user and system: start-up, reading, decoding, parse, metadata, body and writing.

`./tests/bench/run.sh extract --parse` repeats it."""
