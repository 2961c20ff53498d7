"""Subwords of a language model: the same vocabulary for everyone, so the ids have to be the same, and only the cost differs."""
import json
import statistics

from runner import peers, places, process, report, runs
from runner.peers import Failed, Peer, World

PYTHON, NODE, RUST = World("python", "subwords"), World("node", "node"), World("rust", "rust")
REFERENCE = "tiktoken"  # the implementation that the vocabulary comes from
PEERS = [
    Peer("tiktoken", "tiktoken 0.14.0", PYTHON, "subwords_python.py", "PyPI", cost=56),
    Peer("tokenizers", "tokenizers 0.23.3", PYTHON, "subwords_python.py", "Hugging Face", cost=300),
    Peer("tiktoken-npm", "tiktoken 1.0.22", NODE, "subwords.mjs", "npm, WebAssembly", cost=160),
    Peer("bpe-openai", "bpe-openai 0.3.2", RUST, "subwords", "rust-gems bpe", cost=35),
]
TIMES = 5  # copydesk reads the corpus so many times over in one process


def vocabulary():
    """tiktoken's ranks of cl100k_base, as the npm package holds them. Raises NotInstalled."""
    path = places.work_folder() / "cl100k_base.tiktoken"
    if not path.exists():
        NODE.install()
        packed = json.loads((NODE.folder / "node_modules" / "tiktoken" / "encoders" / "cl100k_base.json").read_text())
        path.write_text("".join(ranks(packed["bpe_ranks"])), encoding="utf-8")
    return path


def ranks(packed):
    """Lines of a token and its rank, from the package's lines of `! FIRST_RANK token token ...`."""
    for line in filter(None, packed.split("\n")):
        _, first, *tokens = line.split(" ")
        yield from (f"{token} {int(first) + number}\n" for number, token in enumerate(tokens))


def corpus(texts):
    """The texts as one file of records, for copydesk."""
    path = places.work_folder() / "subwords.in.jsonl"
    with open(path, "w", encoding="utf-8") as out:
        for key, text, _ in texts:
            out.write(json.dumps({"id": key, "text": text.read_text(encoding="utf-8")}, ensure_ascii=False) + "\n")
    return path


def run_ours(source, threads=1, times=TIMES, output=None):
    usage = process.run([places.tool("tokenize"), "-q", "--vocabulary", vocabulary(), "-j", threads, *[source] * times], stdout=output)
    if usage.status:
        raise Failed(runs.last_words(usage))
    return usage


def ids_of_ours(source):
    output = places.work_folder() / "subwords.ours.jsonl"
    run_ours(source, times=1, output=output)
    return {record["id"]: record["subwords"] for record in runs.records(output)}


def our_speed(source, size, threads=1):
    usage = run_ours(source, threads)
    return {"rate": size * TIMES / usage.wall, "cpu": usage.cpu / (size * TIMES), "peak": usage.peak}


def peer_figures(peer, texts):
    """(speed, {id: ids})."""
    places.say(f"{peer.name}: subwords")
    listed = runs.write_list("subwords", [(key, path) for key, path, _ in texts])
    environment = {"SUBWORDS_VOCABULARY": str(vocabulary())}
    usage, figures, output = runs.adapter(peer, listed, "subwords", 3, environment)
    speed = {"rate": figures["bytes"] / statistics.median(figures["seconds"]),
             "every": runs.on_all_cores(peer, [(key, path) for key, path, _ in texts], environment)[1],
             "cpu": statistics.median(figures["cpu"]) / figures["bytes"], "peak": usage.peak,
             "startup": runs.startup(peer, ("tiny", texts[0][1]), environment)}
    return speed, {record["id"]: record.get("ids", []) for record in runs.records(output)}


def alike(ids, reference):
    """Share of the texts whose ids are the reference's."""
    return statistics.mean(ids.get(key) == expected for key, expected in reference.items()) if reference else None


def row(name, ids, reference, speed, ratio):
    return [name, f"{sum(map(len, ids.values())):,}", report.figure(alike(ids, reference)), report.amount(speed["rate"] / 1e6),
            report.amount(speed["every"] / 1e6), report.amount(speed["cpu"] * 1e9), report.amount(ratio), report.megabytes(speed["peak"]),
            f"{speed['startup']:.3f}"]


def our_row(source, size, reference, ours, tiny):
    times = ours or [our_speed(source, size) for _ in range(3)]
    one = {key: statistics.median(run[key] for run in times) for key in times[0]}
    one["every"] = our_speed(source, size, 0)["rate"]
    one["startup"] = runs.our_startup([places.tool("tokenize"), "--vocabulary", vocabulary(), "-f", "text", tiny])
    return row(f"**copydesk tokenize --vocabulary** ({places.commit()})", ids_of_ours(source), reference, one, 1)


def section(options, texts):
    source, size = corpus(texts), sum(path.stat().st_size for _, path, _ in texts)
    chosen, missing = peers.installed(peers.wanted(PEERS, options))
    built, found, ours = places.tool("tokenize"), [], []
    for peer in chosen:
        try:
            before = our_speed(source, size) if built else None
            speed, ids = peer_figures(peer, texts)
            ours += [before, our_speed(source, size)] if built else []
            found.append((peer, speed, ids, speed["cpu"] / statistics.mean(run["cpu"] for run in ours[-2:]) if built else None))
        except (Failed, OSError) as error:
            missing.append(f"- {peer.name} ({peer.package}): {error}")
    reference = next((ids for peer, _, ids, _ in found if peer.name == REFERENCE), {})
    lines = [our_row(source, size, reference, ours, texts[0][1])] if built else []
    lines += [row(f"{peer.package} ({peer.note})", ids, reference, speed, ratio)
              for peer, speed, ids, ratio in sorted(found, key=lambda entry: -entry[1]["rate"])]
    head = ["", "subwords", "texts with tiktoken's ids", "MB/s, 1 thread", "MB/s, all cores", "core ns a byte", report.RATIO, "peak MB",
            "start-up s"]
    text = report.table(head, lines)
    if built and found:
        text += "\n\n" + report.better([title for title in head if title != "subwords"], [line[:1] + line[2:] for line in lines],
                                       lower={"core ns a byte", "peak MB", "start-up s"})
    return text + ("\n\n" + report.absent(missing) if missing else "")


def minutes(options, megabytes):
    """Expected: three rounds each, and copydesk's runs."""
    return sum(peer.cost * 3 * megabytes / 1000 + 20 for peer in peers.wanted(PEERS, options)) / 60


NOTE = """The vocabulary of cl100k_base for everyone, over the English gold texts of wcxb and naeb, a document at a time. Peers: the calls
alone, three rounds, a list of ids each; copydesk: the whole process, `tokenize --vocabulary cl100k_base.tiktoken -j 1` over records, their
text and ids written as JSON. All cores: a process for every core for the peers, `-j 0` for copydesk. Start-up: one text, the vocabulary
read. Hugging Face's tokenizers gets the merges that follow from the ranks."""
