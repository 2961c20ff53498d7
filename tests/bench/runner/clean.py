"""clean against text repairers, line rules and document filters: what they repair, what they harm, what they gain."""
import collections
import concurrent.futures
import json
import os
import statistics

from runner import corpora, extract, peers, places, process, report, runs
from runner.peers import Failed, Peer, World

WORLD, SCRIPT = World("python", "datatrove"), "clean_python.py"
PEERS = [
    Peer("ftfy", "ftfy 6.3.1", WORLD, SCRIPT, "characters only", cost=1.0),
    Peer("clean-text", "clean-text 0.7.1", WORLD, SCRIPT, "characters only; lower=False, to_ascii=False", cost=1.2),
    Peer("justext-on-text", "jusText 3.0.2", WORLD, SCRIPT, "a line a paragraph, English stop words", cost=2.1),
    Peer("c4", "datatrove 0.10.1", WORLD, SCRIPT, "C4 line rules", cost=6),
    Peer("gopher-quality", "datatrove 0.10.1", WORLD, SCRIPT, "whole documents", cost=6),
    Peer("gopher-repetition", "datatrove 0.10.1", WORLD, SCRIPT, "whole documents", cost=8),
    Peer("fineweb", "datatrove 0.10.1", WORLD, SCRIPT, "whole documents", cost=4.5),
]
SLOW = 4  # core milliseconds a text from which a peer is timed in one round instead of three
TEXTS = 333  # about as many are used of each kind, for the plan
STEP = 3  # every third page of the sets
SETS = ("wcxb", "naeb")  # with gold texts in English, for which all of these were made
EXTRACTORS = ("trafilatura", "resiliparse", "readability-lxml")


def golden():
    return [(f"{name}/{entry['id']}", entry["text"]) for name in SETS for entry in corpora.gold(name)[::STEP] if entry.get("text")]


def broken():
    """Gold texts with letters beyond ASCII, each read as windows-1252 once by mistake."""
    texts = []
    for key, text in golden():
        try:
            spoilt = text.encode("utf-8").decode("cp1252")
        except UnicodeDecodeError:
            continue
        if sum(ord(c) > 127 for c in text) >= 3:
            texts.append((key, spoilt))
    return texts


def extracted(name):
    """An extractor's texts of the pages used here, from what the extract section left in this run, or made now."""
    pages = [(key, path) for set_name in SETS for key, path in _pages(set_name)]
    wanted = {key for key, _ in golden()}
    output = places.work_folder() / f"{name}.whole.jsonl"
    if not output.exists():
        peer = next(peer for peer in extract.PEERS if peer.name == name)
        peer.world.install()
        listed = runs.write_list(f"{name}.clean", [(key, path) for key, path in pages if key in wanted])
        _, _, output = runs.adapter(peer, listed, "clean-input")
    return [(record["id"], record.get("text") or "") for record in runs.records(output) if record["id"] in wanted]


def _pages(set_name):
    return [(f"{set_name}/{key}", path) for key, path in corpora.pages(set_name)]


def corpus():
    """{tag: texts} of all that is cleaned for quality. An extractor that gave nothing has no tag."""
    texts = {"gold": golden(), "spoilt": broken()}
    for name in EXTRACTORS:
        try:
            texts[name] = extracted(name)
        except (peers.NotInstalled, Failed) as error:
            places.say(f"clean: no texts of {name}: {error}")
    for tag, some in texts.items():
        spread(tag, some)
    return texts


def spread(tag, texts):
    """Writes the texts as files, and the list of them."""
    folder = places.work_folder() / f"clean-{tag}"
    folder.mkdir(exist_ok=True)
    for number, (_, text) in enumerate(texts):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    runs.write_list(f"clean-{tag}", [(key, folder / f"{number}.txt") for number, (key, _) in enumerate(texts)])


def peer_texts(peer, tag, rounds=1):
    """(usage, report, {id: cleaned text}) of a peer over the texts of a tag."""
    usage, figures, output = runs.adapter(peer, places.work_folder() / f"clean-{tag}.tsv", f"clean-{tag}", rounds)
    return usage, figures, {record["id"]: record.get("text", "") for record in runs.records(output)}


def our_texts(tag, texts, threads=1, times=1):
    """Spoilt texts at level safe: the repairers beside it change characters only, and no line that gold holds should go."""
    source, output = places.work_folder() / f"clean-{tag}.in.jsonl", places.work_folder() / f"clean-{tag}.out.jsonl"
    source.write_text("".join(json.dumps({"id": key, "text": text}, ensure_ascii=False) + "\n" for key, text in texts) * times,
                      encoding="utf-8")
    level = "safe" if tag == "spoilt" else "news"
    usage = process.run([places.tool("clean"), "-q", "--level", level, "-j", threads, source], stdout=output)
    if usage.status:
        raise Failed(runs.last_words(usage))
    with open(output, encoding="utf-8") as lines:
        return usage, {r["id"]: r["text"] for r in map(json.loads, lines)}, source.stat().st_size


def words_lost(before, after):
    """Share of the words of gold that a cleaner took out of gold itself."""
    scorer = corpora.scorer()
    lost = total = 0
    for key, text in before:
        gold = collections.Counter(scorer.tokens(text.lower()))
        left = collections.Counter(scorer.tokens(after.get(key, "").lower()))
        total += sum(gold.values())
        lost += sum((gold - left).values())
    return lost / total


def repaired(texts, after):
    """Share of the spoilt texts that come back exactly, but for the shape of quotes and spaces."""
    truth = dict(golden())
    shape = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2026": "...", "\u00a0": " "})

    def fold(text):
        return " ".join(text.translate(shape).split())
    return statistics.mean(fold(after.get(key, "")) == fold(truth[key]) for key, _ in texts)


def gain(texts, after):
    """Change of mean shingle F1, in points."""
    before = corpora.score([{"id": key, "text": text} for key, text in texts])
    now = corpora.score([{"id": key, "text": after.get(key, "")} for key, _ in texts])
    return 100 * statistics.mean(now[name]["shingle_f1"] - before[name]["shingle_f1"] for name in SETS)


def quality(texts, cleaned):
    """The quality cells of a row: `texts` by tag, `cleaned` a function of a tag."""
    cells = [f"{100 * words_lost(texts['gold'], cleaned('gold')):.2f}", report.figure(repaired(texts["spoilt"], cleaned("spoilt")))]
    return cells + [f"{gain(texts[name], cleaned(name)):+.2f}" if name in texts else "–" for name in EXTRACTORS]


def peer_quality(peer, texts):
    places.say(f"{peer.name}: quality")
    return quality(texts, lambda tag: peer_texts(peer, tag)[2])


def quality_of_peers(chosen, texts):
    """({name: cells}, the peers that gave none), two at a time, as nothing is timed."""
    cells, missing = {}, []
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as pool:
        running = [(peer, pool.submit(peer_quality, peer, texts)) for peer in sorted(chosen, key=lambda peer: -peer.cost)]
        for peer, result in running:
            try:
                cells[peer.name] = result.result()
            except (Failed, OSError, ValueError) as error:
                missing.append(f"- {peer.name} ({peer.package}): {error}")
    return cells, missing


def peer_speed(peer):
    """(bytes a second, the cells of speed), between two runs of copydesk."""
    places.say(f"{peer.name}: timing")
    before = our_speed()
    listed = places.work_folder() / "clean-gold.tsv"
    usage, figures, _ = runs.adapter(peer, listed, "clean-speed", 1 if peer.cost >= SLOW else 3)
    ours = statistics.mean([before["cpu"], our_speed()["cpu"]]) if before else None
    cpu = statistics.median(figures["cpu"]) / figures["bytes"]
    rate = figures["bytes"] / statistics.median(figures["seconds"])
    inputs = [line.split("\t") for line in listed.read_text(encoding="utf-8").splitlines()]
    every = runs.on_all_cores(peer, inputs)[1]
    return rate, [report.amount(rate / 1e6), report.amount(every / 1e6), report.amount(cpu * 1e9), report.amount(cpu / ours if ours else None),
                  report.megabytes(usage.peak), f"{runs.startup(peer, ('tiny', _tiny())):.3f}"]


def peer_rows(chosen, texts, options):
    """(rows, the fastest first; the peers that gave none)."""
    cells, missing = quality_of_peers(chosen, texts)
    rows = []
    for peer in chosen:
        if peer.name not in cells:
            continue
        try:
            rate, speed = (0, []) if options.quality else peer_speed(peer)
        except Failed as error:
            missing.append(f"- {peer.name} ({peer.package}): {error}")
            continue
        rows.append((rate, [f"{peer.name} ({peer.note})", *cells[peer.name], *speed]))
    return [row for _, row in sorted(rows, key=lambda entry: -entry[0])], missing


def our_speed(threads=1):
    if not places.tool("clean"):
        return None
    usage, _, size = our_texts("speed-ours", golden(), threads, 5)
    return {"rate": size / usage.wall, "cpu": usage.cpu / size, "peak": usage.peak}


def our_row(texts, options):
    cells = quality(texts, lambda tag: our_texts(tag, texts[tag])[1])
    name = f"**copydesk clean** ({places.commit()})"
    if options.quality:
        return [name, *cells]
    times = [our_speed() for _ in range(3)]
    one = {key: statistics.median(run[key] for run in times) for key in times[0]}
    return [name, *cells, report.amount(one["rate"] / 1e6), report.amount(our_speed(0)["rate"] / 1e6), report.amount(one["cpu"] * 1e9),
            "1", report.megabytes(one["peak"]), f"{runs.our_startup([places.tool('clean'), '-f', 'text', _tiny()]):.3f}"]


def _tiny():
    return runs.tiny_file("tiny.txt", "One sentence, no more.\n")


def minutes(options):
    """Expected: five corpora two peers at a time, then the gold texts alone."""
    quality_seconds = sum(5 * TEXTS * peer.cost / 1000 + 15 for peer in peers.wanted(PEERS, options)) / os.cpu_count()
    speed = sum(TEXTS * peer.cost / 1000 * (1 if peer.cost >= SLOW else 3) + 14 for peer in peers.wanted(PEERS, options))
    return (quality_seconds + 20 + (0 if options.quality else speed)) / 60


def measure(options):
    if not places.shared_bench():
        return None
    texts = corpus()
    chosen, absent = peers.installed(peers.wanted(PEERS, options))
    rows, missing = peer_rows(chosen, texts, options)
    lines = ([our_row(texts, options)] if places.tool("clean") else []) + rows
    head = ["", "gold words lost %", "mojibake repaired", *(f"{name}: points of F1" for name in EXTRACTORS)]
    if not options.quality:
        head += ["MB/s, 1 thread", "MB/s, all cores", "core ns a byte", report.RATIO, "peak MB", "start-up s"]
    body = ["## clean", NOTE.format(versions=", ".join(sorted({p.package for p in PEERS}))), report.table(head, lines)]
    if len(lines) > 1 and lines[0][0].startswith("**"):
        body.append(report.better(head, lines, lower={"gold words lost %", "core ns a byte", "peak MB", "start-up s"}))
    if absent + missing:
        body.append(report.absent(absent + missing))
    return "\n\n".join(body)


NOTE = """*Gold words lost*: the gold texts of every third page of wcxb and naeb are given to each; what it takes out of them is harm. *Mojibake repaired*: those
texts read as windows-1252 by mistake; share that comes back exactly (shape of quotes and white space aside), copydesk at level safe. *Points of F1*: change of the mean
shingle F1 (wcxb, naeb) of three extractors' own output. Peers: the calls alone (one round for those under some 2 MB/s, else the
median of three); copydesk: the whole process, `clean -j 1` over records, start-up, reading and writing included. All cores: a process for every core
for the peers, `-j 0` for copydesk. Start-up: a text of one sentence. {versions}.

`./tests/bench/run.sh clean` repeats it, `--peer NAME` for one row."""
