"""dedupe against the deduplicators of the Python world, on a wire service's stories with exact truth."""
import dataclasses
import gzip
import json
import os
import re
import statistics
import subprocess
import sys

from runner import peers, places, process, report, runs
from runner.peers import Failed, Peer, World

DEDUPE, DATATROVE, TEXT_DEDUP = World("python", "dedupe"), World("python", "datatrove"), World("python", "text-dedup")
SCRIPT = "dedupe_python.py"
PEERS = [
    Peer("rensa", "rensa 0.5.0", DEDUPE, SCRIPT, "RMinHash 128, 32 bands, signatures compared", cost=0.055),
    Peer("rensa-bulk", "rensa 0.5.0", DEDUPE, SCRIPT, "the same, all documents in one call", cost=0.08),
    Peer("rensa-rho", "rensa 0.5.0", DEDUPE, SCRIPT, "its sampled sketch; flags only", cost=0.08),
    Peer("gaoya", "gaoya 0.2.2", DEDUPE, SCRIPT, "32x4, its own shingles", cost=0.05),
    Peer("datasketch", "datasketch 2.0.0", DEDUPE, SCRIPT, "MinHash 128, LSH 32x4, signatures compared", cost=0.32),
    Peer("text-dedup", "text-dedup 0.4.0", TEXT_DEDUP, SCRIPT, "minhash 32x4, bands only", cost=0.6),
    Peer("datatrove-14x8", "datatrove 0.10.1", DATATROVE, SCRIPT, "its default, four stages", cost=1.55),
    Peer("datatrove-32x4", "datatrove 0.10.1", DATATROVE, SCRIPT, "four stages", cost=1.65),
    Peer("shingles-alone", "Python", DEDUPE, SCRIPT, "no deduplication: the 5-grams alone, part of the rows of rensa and datasketch", cost=0.045),
]
SLOW = 0.2  # core milliseconds a story from which a peer is timed in one round instead of three
STORIES = 10_051  # for the plan
THREADED = {"rensa-bulk", "rensa-rho", "text-dedup"}  # have threads or processes of their own that one can ask for
ONE_THREAD = {"RAYON_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}


def articles():
    """The stories unpacked, and the first half of them: the difference in memory is what a document costs."""
    whole, half = places.work_folder() / "reuters.jsonl", places.work_folder() / "reuters-half.jsonl"
    if not half.exists():
        lines = gzip.decompress((places.shared_bench() / "reuters" / "articles.jsonl.gz").read_bytes()).splitlines(True)
        whole.write_bytes(b"".join(lines))
        half.write_bytes(b"".join(lines[:len(lines) // 2]))
    return whole, half


def score(marked):
    """dupscore.py on a file of marks: {measure: value}."""
    done = subprocess.run([sys.executable, places.shared_bench() / "dupscore.py", articles()[0], marked], capture_output=True,
                          text=True, check=True)
    return {name.strip(): float(value) for name, value in re.findall(r"^([a-z ]+?) +([\d.]+)$", done.stdout, re.M)}


@dataclasses.dataclass
class Row:
    name: str
    rate: float
    bytes_rate: float
    peak: int
    each: float  # bytes a document costs in memory
    quality: dict
    all_cores: float = None
    cpu: float = None  # processor seconds a document
    ratio: float = None
    startup: float = None


def run_peer(peer, path, rounds, environment=None):
    listed = runs.write_list(f"{peer.name}.{path.stem}", [("reuters", path)])
    return runs.adapter(peer, listed, path.stem, rounds, environment or ONE_THREAD)


def on_all_cores(peer, path):
    """Stories a second with as many threads or processes of the peer's own as there are cores; None where it has none."""
    if peer.name not in THREADED:
        return None
    cores = str(os.cpu_count())
    figures = run_peer(peer, path, 1, {"RAYON_NUM_THREADS": cores, "DEDUPE_PROCESSES": cores})[1]
    return figures["documents"] / figures["seconds"][0]


def run_ours(path, threads=1):
    marked = places.work_folder() / f"dedupe.{path.stem}.marked.jsonl"
    usage = process.run([places.tool("dedupe"), "--mark", "-j", threads, path], stdout=marked)
    if usage.status:
        raise Failed(runs.last_words(usage))
    return usage, marked


def measure_ours(count):
    whole, half = articles()
    small = run_ours(half)[0].peak
    times = [run_ours(whole) for _ in range(3)]
    usage, marked = times[-1]
    wall = statistics.median(run[0].wall for run in times)
    every = statistics.median(run_ours(whole, 0)[0].wall for _ in range(3))
    return Row(f"**copydesk dedupe** ({places.commit()})", count / wall, whole.stat().st_size / wall, usage.peak,
               (usage.peak - small) / (count / 2), score(marked), count / every, statistics.median(run[0].cpu for run in times) / count,
               ratio=1, startup=runs.our_startup([places.tool("dedupe"), "--mark", _tiny()]))


def _tiny():
    text = "One sentence stands in this story, so that there is something to compare it by."
    return runs.tiny_file("tiny.jsonl", "".join(json.dumps({"id": str(n), "text": text}) + "\n" for n in range(2)))


def measure_peer(peer, count, timed):
    whole, half = articles()
    small = run_peer(peer, half, 1)[0].peak
    before = run_ours(whole)[0].cpu if places.tool("dedupe") else None
    usage, figures, marked = run_peer(peer, whole, 3 if timed and peer.cost < SLOW else 1)
    seconds = statistics.median(figures["seconds"])
    row = Row(f"{peer.name} ({peer.note})", count / seconds, figures["bytes"] / seconds, usage.peak,
              (usage.peak - small) / (count / 2), score(marked), cpu=statistics.median(figures["cpu"]) / count)
    row.all_cores = on_all_cores(peer, whole) if timed else None
    row.startup = runs.startup(peer, ("tiny", _tiny()), ONE_THREAD)
    if before:
        row.ratio = row.cpu * count / statistics.mean([before, run_ours(whole)[0].cpu])
    return row


def line(row, shingling=False):
    q = row.quality
    found = ["–"] * 4 if shingling else [report.figure(q["pair recall"]), report.figure(q["pair precision"]),
                                         report.figure(q["headline recall"]), f"{q['stories lost']:.0f}"]
    return [row.name, *found, report.amount(row.rate), report.amount(row.all_cores), report.amount(row.cpu * 1e6),
            report.amount(row.ratio),
            report.megabytes(row.peak), "–" if shingling else report.amount(row.each), f"{row.startup:.3f}"]


def minutes(options):
    """Expected: each peer over half of the stories once, over all of them once or three times."""
    return sum(peer.cost * STORIES / 1000 * (1.5 if peer.cost >= SLOW else 4.5) + 12 for peer in peers.wanted(PEERS, options)) / 60


def measure(options):
    if not places.shared_bench():
        return None
    whole, _ = articles()
    with open(whole, "rb") as lines:
        count = sum(1 for _ in lines)
    chosen, missing = peers.installed(peers.wanted(PEERS, options))
    rows = []
    for peer in chosen:
        try:
            places.say(f"{peer.name}: {count} stories")
            rows.append((peer, measure_peer(peer, count, not options.quality)))
        except (Failed, OSError) as error:
            missing.append(f"- {peer.name} ({peer.package}): {error}")
    lines = [line(measure_ours(count))] if places.tool("dedupe") else []
    lines += [line(row, peer.name == "shingles-alone") for peer, row in sorted(rows, key=lambda r: -r[1].rate)]
    head = ["", "pair recall", "pair precision", "headline recall", "stories lost", "documents/s, 1 thread",
            "all cores", "core µs each", report.RATIO, "peak MB", "bytes a document", "start-up s"]
    versions = ", ".join(sorted({peer.package for peer, _ in rows}))
    body = ["## dedupe", NOTE.format(count=count, versions=versions), report.table(head, lines)]
    if len(lines) > 1 and lines[0][0].startswith("**"):
        compared = [row for row in lines if not row[0].startswith("shingles-alone")]
        body.append(report.better(head, compared, lower={"stories lost", "core µs each", "peak MB", "bytes a document", "start-up s"}))
    if missing:
        body.append(report.absent(missing))
    return "\n\n".join(body)


NOTE = """{count:,} wire stories of 1987. Truth, by brute force: all pairs within 72 hours whose sets of word 5-grams have a Jaccard
index of .5 or a containment of .8. *Pair recall*: true pairs that ended in one cluster; *pair precision*: links between
texts that are in truth alike and within the window; *headline recall*: stories with the same headline within a day; *stories
lost*: documents dropped though nothing that stays holds 60% of their text. Copydesk compares exact texts and heeds dates (72
hours); the peers know neither, which costs them precision on templated reports. Peers: 5-grams of lower-cased words, threshold .5, wall
time of the calls without reading and writing, their part in Python included, since a user has it too; copydesk: the
whole process, `dedupe --mark -j 1`, reading and writing JSON included. *Bytes a document*: growth of peak memory from
half of the stories to all, the texts included where a peer holds them. *Start-up*: two stories of one
sentence. *All cores*: `-j 0`
for copydesk; for the peers where the library has threads or processes of its own. {versions}.

`./tests/bench/run.sh dedupe` repeats it, `--peer NAME` for one row."""
