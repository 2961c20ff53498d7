"""HTML to unique tokenised articles: the four executables against the best chains in Python."""
import os
import shlex
import statistics

from runner import corpora, peers, places, process, report, runs
from runner.peers import Failed, World

WORLD = World("python", "pipeline")
CHAINS = {"careful": "trafilatura 2.3.1 (standard, metadata), ftfy 6.3.1, rensa 0.5.0, syntok 1.4.4",
          "fast": "resiliparse 2.0.0, ftfy 6.3.1, rensa 0.5.0, BlingFire 0.1.8"}


def pages(count):
    """A sample of the sets, every eighth page twice: there is something to drop."""
    inputs = [path for _, path in corpora.sample(count)]
    path = places.work_folder() / "pipeline.txt"
    chosen = inputs + inputs[::8]
    path.write_text("".join(f"{name}\n" for name in chosen), encoding="utf-8")
    return path, len(chosen), len(inputs)


def command(listed, output, threads, times=1):
    """The pipe that users write; the list is read `times` times over."""
    parts = [["extract", "-q", "-t", "jsonl", "-j", str(threads), "--files-from", "-"], ["clean", "-q", "-j", str(threads)],
             ["dedupe", "-q", "-j", str(threads)], ["tokenize", "-q", "-t", "jsonl", "-j", str(threads)]]
    joined = " | ".join(shlex.join([str(places.tool(words[0])), *words[1:]]) for words in parts)
    again = " ".join([shlex.quote(str(listed))] * times)
    return ["bash", "-o", "pipefail", "-c", f"cat {again} | {joined} > {shlex.quote(str(output))}"]


def lines_of(path):
    with open(path, "rb") as lines:
        return sum(1 for _ in lines)


def ours(listed, count, threads, times=1):
    output = places.work_folder() / "pipeline.ours.jsonl"
    usage = process.run(command(listed, output, threads, times))
    if usage.status not in (0, 1):
        raise Failed(runs.last_words(usage))
    return {"rate": count * times / usage.wall, "cpu": usage.cpu / (count * times), "peak": usage.peak, "kept": lines_of(output)}


def theirs(chain, listed, count, processes):
    output = places.work_folder() / f"pipeline.{chain}.jsonl"
    usage = process.run([WORLD.folder / "bin" / "python", places.PEERS / "pipeline_python.py", chain, listed, output, processes])
    if usage.status:
        raise Failed(runs.last_words(usage))
    return {"rate": count / usage.wall, "cpu": usage.cpu / count, "peak": usage.peak, "kept": lines_of(output)}


def row(name, one, every, ratio):
    return [name, one["kept"], report.amount(one["rate"]), report.amount(every["rate"]), f"{one['cpu'] * 1e6:,.0f}", ratio,
            report.megabytes(one["peak"])]


def minutes(options):
    """Expected: the chains on one core and on all, core seconds as measured once."""
    return 1.125 * 4 * options.sample * (0.045 + 0.009) * 1.6 / 60 + 0.3


def measure(options):
    if not places.shared_bench():
        return None
    listed, count, distinct = pages(4 * options.sample)
    rows, mine, missing = [], [], []
    built = all(places.tool(name) for name in ("extract", "clean", "dedupe", "tokenize"))
    for chain, names in CHAINS.items():
        try:
            WORLD.install()
            places.say(f"the {chain} chain")
            before = ours(listed, count, 1, 3) if built else None
            one, every = theirs(chain, listed, count, 1), theirs(chain, listed, count, os.cpu_count())
            if built:
                mine += [before, ours(listed, count, 1, 3)]
            ratio = report.amount(one["cpu"] / statistics.mean(run["cpu"] for run in mine[-2:])) if built else "–"
            rows.append(row(f"Python, {chain}: {names}", one, every, ratio))
        except (peers.NotInstalled, Failed) as error:
            missing.append(f"- {chain} ({names}): {error}")
    lines = []
    if built:
        mine = mine or [ours(listed, count, 1, 3)]
        one = {key: statistics.median(run[key] for run in mine) for key in mine[0]}
        one["kept"] = ours(listed, count, 1)["kept"]
        lines.append(row(f"**extract \\| clean \\| dedupe \\| tokenize** ({places.commit()})", one, ours(listed, count, 0, 3), "1"))
    head = ["", "articles left", "pages/s, one thread or process", f"pages/s, {os.cpu_count()} cores", "core seconds a million pages",
            report.RATIO, "peak MB"]
    body = ["## pipeline", NOTE.format(count=count, distinct=distinct), report.table(head, lines + rows)]
    if lines and rows:
        body.append(report.better([head[0], *head[2:]], [[line[0], *line[2:]] for line in lines + rows],
                                  lower={"core seconds a million pages", "peak MB"}))
    if missing:
        body.append(report.absent(missing))
    return "\n\n".join(body)


NOTE = """{count} pages, {distinct} of them distinct, from HTML files to one file of unique articles as records with their sentences and tokens.
Whole processes, start-up and writing included. `-j 1` still lets the four programs of the pipe run beside each other; core seconds add
them up. Peak memory is the largest process's.

    extract -t jsonl --files-from - | clean | dedupe | tokenize -t jsonl

`./tests/bench/run.sh pipeline` repeats it."""
