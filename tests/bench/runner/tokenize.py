"""tokenize against sentence splitters and tokenizers, on treebanks and on the gold texts of the article sets."""
import statistics
import subprocess
import sys

from runner import corpora, peers, places, process, report, runs, subwords
from runner.peers import Failed, Peer, World

PYTHON, CPP = World("python", "tokenize"), World("cpp", "cpp")
SCRIPT = "tokenize_python.py"
SENTENCES = [
    Peer("icu-sentences", "ICU", CPP, "icu", "C++", cost=6),
    Peer("blingfire-sentences", "blingfire 0.1.8", PYTHON, SCRIPT, cost=60),
    Peer("spacy-sentences", "spaCy 3.8.18", PYTHON, SCRIPT, "blank pipeline, sentencizer", cost=370),
    Peer("nltk-sentences", "NLTK 3.10.4", PYTHON, SCRIPT, "punkt, learned from the text itself; learning is in its time", cost=780),
    Peer("pysbd-sentences", "pySBD 0.3.4", PYTHON, SCRIPT, cost=3300),
    Peer("syntok-sentences", "syntok 1.4.4", PYTHON, SCRIPT, cost=640),
]
WORDS = [
    Peer("icu-words", "ICU", CPP, "icu", "C++", cost=29),
    Peer("blingfire-words", "blingfire 0.1.8", PYTHON, SCRIPT, cost=23),
    Peer("spacy-words", "spaCy 3.8.18", PYTHON, SCRIPT, "blank pipeline", cost=330),
    Peer("nltk-words", "NLTK 3.10.4", PYTHON, SCRIPT, "punkt as above, then NLTKWordTokenizer", cost=1300),
    Peer("syntok-words", "syntok 1.4.4", PYTHON, SCRIPT, cost=400),
    Peer("sacremoses-words", "sacremoses 0.2.0", PYTHON, SCRIPT, cost=870),
]
# Treebanks of languages that write spaces, and those that do not.
SPACED = ("en_gum", "en_ewt", "de_gsd", "fr_gsd", "fr_sequoia", "es_gsd", "it_isdt", "nl_alpino", "pl_pdb", "pt_bosque", "ru_taiga",
          "uk_iu")
UNSPACED = ("ja_gsd", "zh_gsdsimp")
FAST = 100  # core milliseconds a megabyte up to which a peer gets all texts for speed; others get every tenth
MEGABYTES, TREEBANK_MEGABYTES = 10.5, 2.0  # for the plan


def treebanks():
    return [(name, places.shared_bench() / "ud" / f"{name}.txt", name[:2]) for name in SPACED + UNSPACED]


def speed_texts():
    """English gold texts as files of their own, and all of them in one, a form feed between."""
    folder = places.work_folder() / "texts"
    folder.mkdir(exist_ok=True)
    listed, whole = [], []
    for name in ("wcxb", "naeb"):
        for entry in corpora.gold(name):
            if not entry.get("text"):
                continue
            path = folder / f"{name}-{entry['id']}.txt"
            if not path.exists():
                path.write_text(entry["text"], encoding="utf-8")
            listed.append((path.stem, path, "en"))
            whole.append(entry["text"].replace("\f", " "))
    joined = places.work_folder() / "texts.txt"
    if not joined.exists():
        joined.write_text("\f".join(whole), encoding="utf-8")
    return listed, joined


def score(segments, treebank, unit):
    """{measure: value} of segscore.py, or None where characters were changed."""
    done = subprocess.run([sys.executable, places.shared_bench() / "segscore.py",
                           places.shared_bench() / "ud" / f"{treebank}.gold.json", unit],
                          input=segments, capture_output=True, text=True, check=False)
    if done.returncode:
        return None
    words = done.stdout.split()
    return {"f1": float(words[words.index("f1") + 1]),
            "terminated": float(words[-1]) if unit == "sentences" else None}


def means(segments_of, unit):
    """Mean F1 over the spaced treebanks that could be scored, and their number; the same for the others."""
    scores = {name: score(segments_of(name, path, language), name, unit) for name, path, language in treebanks()}
    spaced = [scores[name] for name in SPACED if scores[name]]
    unspaced = [scores[name] for name in UNSPACED if scores[name]]

    def mean(values, measure):
        return statistics.mean(value[measure] for value in values) if values else None
    return {"f1": mean(spaced, "f1"), "count": len(spaced), "unspaced": mean(unspaced, "f1"),
            "terminated": mean(spaced, "terminated") if unit == "sentences" else None}


def our_segments(unit):
    def segments(_, path, language):
        return subprocess.run([places.tool("tokenize"), "-u", unit, "-l", language, "-f", "text", path], capture_output=True,
                              text=True, check=True).stdout.replace("\f", "\n")
    return segments


def run_ours(unit, joined, threads=1, times=10):
    """The corpus ten times over in one process, written to nowhere."""
    usage = process.run([places.tool("tokenize"), "-u", unit, "-l", "en", "-f", "text", "-j", threads, *[joined] * times])
    if usage.status:
        raise Failed(runs.last_words(usage))
    size = joined.stat().st_size * times
    return {"rate": size / usage.wall, "cpu": usage.cpu / size, "peak": usage.peak}


def run_peer(peer, inputs, tag, rounds):
    """(usage, report, {id: segments}) of a peer over texts with their languages."""
    usage, figures, output = runs.adapter(peer, runs.write_list(f"{peer.name}.{tag}", inputs), tag, rounds)
    return usage, figures, {record["id"]: record.get("text", "") for record in runs.records(output)}


def row_of(name, quality, unit, speed, ratio=None):
    cells = [name, report.figure(quality["f1"]), f"{quality['count']} of {len(SPACED)}"]
    if unit == "sentences":
        cells.append(report.figure(quality["terminated"]))
    cells.append(report.figure(quality["unspaced"]))
    if speed:
        cells += [report.amount(speed["rate"] / 1e6), report.amount(speed["every"] / 1e6), report.amount(speed["cpu"] * 1e9),
                  report.amount(ratio), report.megabytes(speed["peak"]), f"{speed['startup']:.3f}"]
    return cells


def peer_speed(peer, ours_unit, ours):
    """(figures, ratio of core times) of a peer between two runs of copydesk, which are added to `ours`."""
    listed, joined = speed_texts()
    built = places.tool("tokenize")
    if built:
        ours.append(run_ours(ours_unit, joined))
    texts = listed if peer.cost <= FAST else listed[::10]
    usage, figures, _ = run_peer(peer, texts, "speed", 3)
    speed = {"rate": figures["bytes"] / statistics.median(figures["seconds"]), "every": runs.on_all_cores(peer, texts)[1],
             "cpu": statistics.median(figures["cpu"]) / figures["bytes"], "peak": usage.peak,
             "startup": runs.startup(peer, ("tiny", _tiny(), "en"))}
    if not built:
        return speed, None
    ours.append(run_ours(ours_unit, joined))
    return speed, speed["cpu"] / statistics.mean(run["cpu"] for run in ours[-2:])


def peer_row(peer, unit, ours_unit, ours, options):
    """(bytes a second, the row) of a peer."""
    places.say(peer.name)
    segments = run_peer(peer, treebanks(), "ud", 1)[2]
    quality = means(lambda name, *_: segments.get(name, ""), unit)
    speed, ratio = (None, None) if options.quality else peer_speed(peer, ours_unit, ours)
    name = peers.versioned(peer) + (f" ({peer.note})" if peer.note else "")
    return speed["rate"] if speed else 0, row_of(name, quality, unit, speed, ratio)


def our_row(unit, ours_unit, ours, options):
    name, quality = f"**copydesk tokenize -u {ours_unit}** ({places.commit()})", means(our_segments(ours_unit), unit)
    if options.quality:
        return row_of(name, quality, unit, None)
    joined = speed_texts()[1]
    times = ours or [run_ours(ours_unit, joined) for _ in range(3)]
    one = {key: statistics.median(run[key] for run in times) for key in times[0]}
    one["every"] = run_ours(ours_unit, joined, threads=0)["rate"]
    one["startup"] = runs.our_startup([places.tool("tokenize"), "-u", ours_unit, "-l", "en", "-f", "text", _tiny()])
    return row_of(name, quality, unit, one, 1)


def _tiny():
    return runs.tiny_file("tiny.txt", "One sentence, no more.\n")


def section(known, unit, options):
    """The table of one unit: 'sentences' or 'tokens'."""
    ours_unit = "sentence" if unit == "sentences" else "word"
    chosen, missing = peers.installed(peers.wanted(known, options))
    rows, ours = [], []
    for peer in chosen:
        try:
            rows.append(peer_row(peer, unit, ours_unit, ours, options))
        except (Failed, OSError) as error:
            missing.append(f"- {peer.name} ({peer.package}): {error}")
    built = places.tool("tokenize")
    lines = [our_row(unit, ours_unit, ours, options)] if built else []
    lines += [row for _, row in sorted(rows, key=lambda entry: -entry[0])]
    head = ["", "F1", "treebanks", *(["F1 at terminators"] if unit == "sentences" else []), "F1 zh ja"]
    if not options.quality:
        head += ["MB/s, 1 thread", "MB/s, all cores", "core ns a byte", report.RATIO, "peak MB", "start-up s"]
    text = report.table(head, lines)
    if built and len(lines) > 1:
        text += "\n\n" + report.better([title for title in head if title != "treebanks"],
                                       [row[:2] + row[3:] for row in lines], lower={"core ns a byte", "peak MB", "start-up s"})
    return text + ("\n\n" + report.absent(missing) if missing else "")


def minutes(options):
    """Expected: the treebanks and, for speed, three rounds of all texts or of every tenth; subwords apart."""
    spent = 0.0
    for peer in peers.wanted(SENTENCES + WORDS, options):
        rounds = 0 if options.quality else 3 * MEGABYTES * (1 if peer.cost <= FAST else 0.1)
        spent += peer.cost * (TREEBANK_MEGABYTES + rounds) / 1000 + 14
    return spent / 60 + subwords.minutes(options, MEGABYTES)


def measure(options):
    if not places.shared_bench():
        return None
    parts = ["## tokenize", NOTE]
    for title, known, unit in (("### Sentences", SENTENCES, "sentences"), ("### Words", WORDS, "tokens")):
        parts += [title, report.guarded(options, lambda: section(known, unit, options))]
    return "\n\n".join([*parts, LEFT_OUT, "### Subwords", subwords.NOTE,
                        report.guarded(options, lambda: subwords.section(options, speed_texts()[0]))])


NOTE = """Quality: mean F1 of exact spans over twelve treebanks of eleven European languages (development splits, paragraphs kept) and, apart,
over Chinese and Japanese; *at terminators* counts only boundaries that a terminator marks. A treebank whose characters a
tool changed cannot be scored: the third column says how many could. Everyone is told the language. Speed: the English gold texts of wcxb and
naeb, a document at a time. Peers: the calls alone, their result a list or string of segments (those under 10 MB/s get every
tenth text); copydesk: the whole process, `tokenize -j 1 -l en`, one segment a line, reading and writing included. All
cores: a process for every core for the peers, `-j 0` for copydesk. Start-up: a text of one sentence.

`./tests/bench/run.sh tokenize` repeats it, `--peer NAME` for one row."""

LEFT_OUT = """Left out: UDPipe, whose library is on PyPI (ufal.udpipe) but whose models are in no package of any registry; NLTK's trained punkt
models, for the same reason."""
