"""Instruction counts of ten fixed inputs per tool (callgrind) against those in tests/bench/counts.

A count over its recorded one by more than 3% fails. Counts hold for one compiler and one set of libraries: under
others the check is skipped, and says so (exit status 77).
"""
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from runner import places
from runner.places import say

COUNTS = places.BENCH / "counts"
LIMIT = 0.03
REPEATS = 20  # of each input in one process, so that the work outweighs the start
SKIPPED = 77
LIBRARIES = ("libxml2", "libpcre2-8-0", "libicu72", "libsimdjson14", "libxxhash0", "libc6", "libstdc++6")


def toolchain():
    """What the counts depend on besides our sources, as one string. Debian's own revisions of a library are left out:
    they mend single bugs, and a guard that is skipped after each of them guards nothing."""
    versions = subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${source:Upstream-Version}\n", *LIBRARIES], capture_output=True,
                              text=True, check=False).stdout.split("\n") if shutil.which("dpkg-query") else []
    cache = places.TOOLS.parent / "CMakeCache.txt"
    compiler = re.search(r"CMAKE_CXX_COMPILER:\w+=(.*)", cache.read_text()) if cache.exists() else None
    name = subprocess.run([compiler.group(1), "--version"], capture_output=True, text=True,
                          check=False).stdout.splitlines()[:1] if compiler else []
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        flags = next((line for line in lines if line.startswith("flags")), "")
    vectors = "avx2" if " avx2" in flags else "no avx2"
    return "; ".join(sorted(filter(None, versions)) + name + [vectors])


def pages():
    return sorted((places.ROOT / "samples" / "pages").glob("*.html"))[:10]


def batches(folder):
    """Ten files of records: each text REPEATS times, every copy a little different."""
    with open(COUNTS / "texts.jsonl", encoding="utf-8") as lines:
        texts = [json.loads(line) for line in lines]
    for record in texts:
        path = folder / f"{record['id']}.jsonl"
        with open(path, "w", encoding="utf-8") as out:
            for copy in range(REPEATS):
                changed = {**record, "id": f"{record['id']}-{copy}", "text": f"{record['text']}\n\nCopy number {copy} ends here."}
                out.write(json.dumps(changed, ensure_ascii=False) + "\n")
        yield path


OPTIONS = {"extract": ["-t", "jsonl"], "clean": [], "dedupe": [], "tokenize": ["--unit", "word"]}


def jobs(folder):
    """[(tool, name of the input, command)] for the tools that are built."""
    texts = list(batches(folder))
    for name, options in OPTIONS.items():
        program = places.tool(name)
        if not program:
            say(f"guard: {name} is not built, not counted")
            continue
        for source in pages() if name == "extract" else texts:
            files = [source] * REPEATS if name == "extract" else [source]
            yield name, source.stem, [program, "-q", "-j", "1", *options, *files]


def count(command):
    with tempfile.NamedTemporaryFile() as out:
        done = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}", *map(str, command)],
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False,
                              env={"PATH": os.environ["PATH"], "LC_ALL": "C"})
        if done.returncode:
            raise RuntimeError(f"{places.shown(command[:6])} ...: exit status {done.returncode}\n{done.stderr[-2000:]}")
        summary = re.search(r"^(?:summary|totals): (\d+)", pathlib.Path(out.name).read_text(), re.M)
        return int(summary.group(1))


def measure_all():
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        wanted = list(jobs(pathlib.Path(folder)))
        found = {}
        for (tool, name, _), instructions in zip(wanted, pool.map(lambda job: count(job[2]), wanted)):
            found.setdefault(tool, {})[name] = instructions
        return found


def check(options):
    if not shutil.which("valgrind"):
        say("guard: valgrind is not there, skipped")
        return SKIPPED
    kept = {path.stem: json.loads(path.read_text()) for path in sorted(COUNTS.glob("*.json"))}
    here = toolchain()
    if not options.update and all(entry["toolchain"] != here for entry in kept.values()):
        say(f"guard: no counts for this toolchain, skipped: {here}")
        return SKIPPED
    found = measure_all()
    if options.update:
        for tool, counts in found.items():
            (COUNTS / f"{tool}.json").write_text(json.dumps({"toolchain": here, "instructions": counts}, indent=1) + "\n")
            say(f"guard: wrote counts/{tool}.json")
        return 0
    return compare(kept, found, here)


def compare(kept, found, here):
    """Prints every change that matters; 1 where one is a rise over the limit."""
    failed = 0
    for tool, counts in found.items():
        if kept.get(tool, {}).get("toolchain") != here:
            say(f"guard: {tool}: no counts for this toolchain")
            continue
        for name, now in counts.items():
            before = kept[tool]["instructions"].get(name)
            change = now / before - 1 if before else 0.0
            if before is None:
                say(f"guard: {tool} {name}: not in counts/{tool}.json")
                failed += 1
            elif abs(change) > LIMIT:
                say(f"guard: {tool} {name}: {before:,} -> {now:,} instructions ({change:+.1%})")
                failed += change > 0
    if failed:
        say(f"guard: {failed} counts rose by more than {LIMIT:.0%}; when that is meant: tests/bench/run.sh guard --update")
    else:
        say(f"guard: {sum(map(len, found.values()))} counts within {LIMIT:.0%}, or lower")
    return 1 if failed else 0
