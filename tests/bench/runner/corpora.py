"""The gold sets of the shared bench, made ready: every page as plain bytes in the cache."""
import functools
import gzip
import importlib.util
import json

from runner.places import CACHE, shared_bench

SETS = ("wcxb", "naeb", "daniel", "trafilatura")


@functools.cache
def scorer():
    """score.py of the shared bench, as a module."""
    spec = importlib.util.spec_from_file_location("bench_score", shared_bench() / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@functools.cache
def gold(name):
    with open(shared_bench() / name / "gold.jsonl", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@functools.cache
def pages(name):
    """[(id, path)] of a set's pages, unpacked so that every peer reads the same plain files."""
    folder = CACHE / "pages" / name
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for packed in sorted((shared_bench() / name / "pages").glob("*.html.gz")):
        path = folder / packed.name.removesuffix(".gz")
        if not path.exists():
            path.write_bytes(gzip.decompress(packed.read_bytes()))
        found.append((path.stem, path))
    return found


def sample(count):
    """Pages for timing: `count` of them, evenly from all sets, always the same."""
    chosen = []
    for name in SETS:
        all_pages = pages(name)
        share = max(1, count // len(SETS))
        step = max(1, len(all_pages) // share)
        chosen += [(f"{name}/{key}", path) for key, path in all_pages[::step][:share]]
    return chosen


def everything(most=None):
    """All pages of all sets, or at most so many of each."""
    return [(f"{name}/{key}", path) for name in SETS for key, path in pages(name)[:most]]


def names_in(value):
    """The names in what an extractor gives for authors: a string, a list, lists of lists."""
    if isinstance(value, (list, tuple)):
        return [name for part in value for name in names_in(part)]
    return [value] if isinstance(value, str) else []


def score(records):
    """{set: totals} for records whose id is SET/ID. The gold texts of daniel begin with the title: there it is put first."""
    results = {}
    for name in SETS:
        mine = [{**record, "id": record["id"].split("/", 1)[1]} for record in records if record["id"].startswith(name + "/")]
        for record in mine:
            if not isinstance(record.get("author"), (str, type(None))):
                record["author"] = names_in(record["author"])
        keys = {record["id"] for record in mine}
        wanted = [entry for entry in gold(name) if str(entry["id"]) in keys]
        if wanted:
            results[name] = scorer().score(wanted, mine, title=name == "daniel")[0]
    return results
