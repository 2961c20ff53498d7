"""One run of an adapter, or of copydesk, over inputs: what it took and what it wrote."""
import concurrent.futures
import json
import os

from runner import places, process
from runner.peers import Failed


def write_list(name, inputs):
    """The list of inputs that an adapter reads: their fields with tabs between, an input a line."""
    path = places.work_folder() / f"{name}.tsv"
    path.write_text("".join("\t".join(map(str, fields)) + "\n" for fields in inputs), encoding="utf-8")
    return path


def last_words(usage):
    """The line that says why a process failed."""
    return (usage.errors.strip().splitlines() or [f"exit status {usage.status}"])[-1][:200]


def adapter(peer, listed, tag, rounds=1, environment=None):
    """A peer over the listed inputs: (usage, its report, the file of its records). Raises Failed."""
    base = places.work_folder() / f"{peer.name}.{tag}"
    output, figures = base.with_suffix(base.suffix + ".jsonl"), base.with_suffix(base.suffix + ".json")
    figures.unlink(missing_ok=True)
    usage = process.run([*peer.command(), listed, output, figures, rounds],
                        environment={"TOKENIZERS_PARALLELISM": "false", **(environment or {})})
    if usage.status or not figures.exists():
        raise Failed(last_words(usage))
    return usage, json.loads(figures.read_text()), output


def on_all_cores(peer, inputs, environment=None):
    """(documents, bytes) a second with a process for every core, each with its part of the inputs. Raises Failed."""
    parts = [write_list(f"{peer.name}.part{core}", inputs[core::os.cpu_count()]) for core in range(os.cpu_count())]
    with concurrent.futures.ThreadPoolExecutor(len(parts)) as pool:
        figures = [one[1] for one in pool.map(lambda part: adapter(peer, part, part.stem, 1, environment), parts)]
    slowest = max(one["seconds"][0] for one in figures)
    return len(inputs) / slowest, sum(one["bytes"] for one in figures) / slowest


def startup(peer, tiny, environment=None):
    """Seconds of a run over one tiny input (its fields), the work itself left out: the least of three."""
    listed = write_list(f"{peer.name}.tiny", [tiny])

    def once():
        usage, figures, _ = adapter(peer, listed, "tiny", 1, environment)
        return usage.wall - figures["seconds"][0]
    return min(once() for _ in range(3))


def our_startup(command):
    """Seconds of a whole process over one tiny input: the least of three."""
    return min(process.run(command).wall for _ in range(3))


def tiny_file(name, text):
    path = places.work_folder() / name
    path.write_text(text, encoding="utf-8")
    return path


def records(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def extract(inputs, tag, threads=1, rounds=1):
    """copydesk's extract over the inputs, one process: (usage, records of the first round). Raises Failed."""
    folder = places.work_folder()
    listed, output = folder / f"extract.{tag}.files", folder / f"extract.{tag}.jsonl"
    listed.write_text("".join(f"{path}\n" for _ in range(rounds) for _, path in inputs), encoding="utf-8")
    usage = process.run([places.tool("extract"), "-t", "jsonl", "-j", threads, "--files-from", listed], stdout=output)
    if usage.status not in (0, 1):
        raise Failed(last_words(usage))
    with open(output, encoding="utf-8") as lines:
        found = [{**json.loads(line), "id": key} for line, (key, _) in zip(lines, inputs)]
    if len(found) != len(inputs):
        raise Failed(f"{len(found)} records for {len(inputs)} pages: {last_words(usage)}")
    return usage, found
