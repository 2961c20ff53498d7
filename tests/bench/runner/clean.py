"""clean against text repairers, line rules and document filters: what they repair, what they harm, what they gain."""
import json
import os
import statistics

from runner import corpora, extract, peers, places, process, report
from runner.extract import Failed
from runner.peers import Peer, World

WORLD, SCRIPT = World("python", "datatrove"), "clean_python.py"
PEERS = [
    Peer("ftfy", "ftfy 6.3.1", WORLD, SCRIPT, "characters only"),
    Peer("clean-text", "clean-text 0.7.1", WORLD, SCRIPT, "characters only; lower=False, to_ascii=False"),
    Peer("justext-on-text", "jusText 3.0.2", WORLD, SCRIPT, "a line a paragraph, English stop words"),
    Peer("c4", "datatrove 0.10.1", WORLD, SCRIPT, "C4 line rules"),
    Peer("gopher-quality", "datatrove 0.10.1", WORLD, SCRIPT, "whole documents"),
    Peer("gopher-repetition", "datatrove 0.10.1", WORLD, SCRIPT, "whole documents"),
    Peer("fineweb", "datatrove 0.10.1", WORLD, SCRIPT, "whole documents"),
]
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
    """An extractor's texts of the whole sets, as the extract section left them; the pages of the sets used here."""
    path = extract.work_folder() / f"{name}.whole.jsonl"
    if not path.exists():
        return []
    with open(path, encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    wanted = {key for key, _ in golden()}
    return [(r["id"], r.get("text") or "") for r in records if r["id"] in wanted]


def spread(tag, texts):
    """The texts as files and the list of them."""
    folder = extract.work_folder() / f"clean-{tag}"
    if not folder.exists():
        folder.mkdir()
        for number, (_, text) in enumerate(texts):
            (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return extract.write_list(f"clean-{tag}", [(key, folder / f"{number}.txt") for number, (key, _) in enumerate(texts)])


def peer_texts(peer, tag, texts, rounds=1):
    base = extract.work_folder() / f"{peer.name}.{tag}"
    output, figures = base.with_suffix(".jsonl"), base.with_suffix(".json")
    usage = process.run([*peer.command(), spread(tag, texts), output, figures, rounds])
    if usage.status:
        raise Failed((usage.errors.strip().splitlines() or ["failed"])[-1][:200])
    with open(output, encoding="utf-8") as lines:
        return usage, json.loads(figures.read_text()), {r["id"]: r.get("text", "") for r in map(json.loads, lines)}


def our_texts(tag, texts, threads=1, times=1):
    """Spoilt texts at level safe: the repairers beside it change characters only, and no line that gold holds should go."""
    source, output = extract.work_folder() / f"clean-{tag}.in.jsonl", extract.work_folder() / f"clean-{tag}.out.jsonl"
    source.write_text("".join(json.dumps({"id": key, "text": text}, ensure_ascii=False) + "\n" for key, text in texts) * times,
                      encoding="utf-8")
    level = "safe" if tag == "spoilt" else "news"
    usage = process.run([places.tool("clean"), "-q", "--level", level, "-j", threads, source], stdout=output)
    if usage.status:
        raise Failed(usage.errors.strip()[-200:])
    with open(output, encoding="utf-8") as lines:
        return usage, {r["id"]: r["text"] for r in map(json.loads, lines)}, source.stat().st_size


def words_lost(before, after):
    """Share of the words of gold that a cleaner took out of gold itself."""
    scorer = corpora.scorer()
    lost = total = 0
    for key, text in before:
        gold = extract.counted(scorer.tokens(text.lower()))
        left = extract.counted(scorer.tokens(after.get(key, "").lower()))
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


def quality(texts_of):
    """The quality cells of a row, by a function (tag, texts) -> {id: cleaned text}."""
    gold, spoilt = golden(), broken()
    cells = [f"{100 * words_lost(gold, texts_of('gold', gold)):.2f}", report.figure(repaired(spoilt, texts_of("spoilt", spoilt)))]
    for name in EXTRACTORS:
        texts = extracted(name)
        cells.append(f"{gain(texts, texts_of(name, texts)):+.2f}" if texts else "–")
    return cells


def peer_row(peer, options):
    cells = quality(lambda tag, texts: peer_texts(peer, tag, texts)[2])
    name = f"{peer.name} ({peer.note})"
    if options.quality:
        return 0, [name, *cells]
    texts = golden()
    before = our_speed()
    usage, figures, _ = peer_texts(peer, "speed", texts, 3)
    ours = statistics.mean([before["cpu"], our_speed()["cpu"]]) if before else None
    cpu = statistics.median(figures["cpu"]) / figures["bytes"]
    rate = figures["bytes"] / statistics.median(figures["seconds"])
    return rate, [name, *cells, report.amount(rate / 1e6), "–", report.amount(cpu * 1e9),
                  report.amount(cpu / ours if ours else None), report.megabytes(usage.peak)]


def our_speed(threads=1):
    if not places.tool("clean"):
        return None
    usage, _, size = our_texts("speed-ours", golden(), threads, 5)
    return {"rate": size / usage.wall, "cpu": usage.cpu / size, "peak": usage.peak}


def our_row(options):
    cells = quality(lambda tag, texts: our_texts(tag, texts)[1])
    name = f"**copydesk clean** ({places.commit()})"
    if options.quality:
        return [name, *cells]
    runs = [our_speed() for _ in range(3)]
    one = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
    return [name, *cells, report.amount(one["rate"] / 1e6), report.amount(our_speed(0)["rate"] / 1e6), report.amount(one["cpu"] * 1e9),
            "1", report.megabytes(one["peak"])]


def measure(options):
    if not places.shared_bench():
        return None
    load = process.quietness()
    rows, missing = [], []
    for peer in PEERS:
        if options.peer and peer.name not in options.peer:
            continue
        try:
            peer.world.install()
            places.say(peer.name)
            rows.append(peer_row(peer, options))
        except (peers.NotInstalled, Failed) as error:
            missing.append(f"- {peer.name} ({peer.package}): {error}")
    lines = [our_row(options)] if places.tool("clean") else []
    lines += [row for _, row in sorted(rows, key=lambda r: -r[0])]
    head = ["", "gold words lost %", "mojibake repaired", *(f"{name}: points of F1" for name in EXTRACTORS)]
    if not options.quality:
        head += ["MB/s, 1 thread", f"{os.cpu_count()} threads", "core ns a byte", report.RATIO, "peak MB"]
    body = ["## clean", report.stamp(load), NOTE.format(versions=", ".join(sorted({p.package for p in PEERS}))), report.table(head, lines)]
    if len(lines) > 1 and lines[0][0].startswith("**"):
        body.append(report.better(head, lines, lower={"gold words lost %", "core ns a byte", "peak MB"}))
    if missing:
        body.append(report.absent(missing))
    return "\n\n".join(body)


NOTE = """*Gold words lost*: the gold texts of every third page of wcxb and naeb are given to each; what it takes out of them is harm. *Mojibake repaired*: those
texts read as windows-1252 by mistake; share that comes back exactly (shape of quotes and white space aside), copydesk at level safe. *Points of F1*: change of the mean
shingle F1 (wcxb, naeb) of three extractors' own output. Peers: the calls alone; copydesk: the whole process,
`clean -j 1` over records, start-up, reading and writing included. {versions}.

`./tests/bench/run.sh clean` repeats it, `--peer NAME` for one row."""
