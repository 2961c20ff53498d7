"""Where things are, and what this machine is."""
import functools
import os
import pathlib
import platform
import re
import subprocess
import sys

BENCH = pathlib.Path(__file__).resolve().parent.parent
ROOT = BENCH.parent.parent
CACHE = pathlib.Path(os.environ.get("COPYDESK_BENCH_CACHE", BENCH / ".peers"))
PEERS = BENCH / "peers"
TOOLS = pathlib.Path(os.environ.get("COPYDESK_BIN", ROOT / "build" / "release" / "bin"))
REPORT = ROOT / "docs" / "benchmarks.md"


@functools.cache
def shared_bench():
    """The folder of gold sets and scorers, or None, said once."""
    for folder in (os.environ.get("COPYDESK_BENCH"), ROOT.parent / "shared" / "bench"):
        if folder and (pathlib.Path(folder) / "score.py").is_file():
            return pathlib.Path(folder)
    say("the shared bench folder is missing (COPYDESK_BENCH or ../shared/bench): what needs it is left out")
    return None


def work_folder():
    """Where runs leave their lists and outputs."""
    folder = CACHE / "work"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def tool(name):
    """The path of one of the four executables, or None where it is not built."""
    path = TOOLS / name
    return path if path.is_file() else None


def say(*words):
    print("bench:", *words, file=sys.stderr, flush=True)


def shown(words, between=" "):
    """A command, or lines of text, with this machine's folders left out, as it stands in the report."""
    text = between.join(str(word) for word in words)
    for folder, name in ((CACHE, ".peers"), (TOOLS, ""), (BENCH, "tests/bench"), (ROOT, ".")):
        text = text.replace(f"{folder}/", f"{name}/" if name else "")
    return text


def machine():
    """One line on the machine: processor, cores, memory, system. No names of hosts or users."""
    model = platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            model = next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
        with open("/proc/meminfo", encoding="utf-8") as lines:
            memory = int(next(lines).split()[1]) / 2**20
    except (OSError, StopIteration):
        return model
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.release().split('-')[0]}"


def commit():
    """The commit that was measured; a plus where the tree had changes."""
    def git(*words):
        return subprocess.run(["git", "-C", ROOT, *words], capture_output=True, text=True, check=False).stdout.strip()
    changed = [line for line in git("status", "--porcelain", "--", "src", "tools", "include").splitlines() if line]
    return git("rev-parse", "--short", "HEAD") + ("+" if changed else "")


def languages():
    """The versions of the languages' own programs, as each tells it."""
    asked = {"Python": ["python3", "--version"], "Node": ["node", "--version"], "Go": ["go", "version"],
             "Rust": ["rustc", "--version"], "Java": ["java", "--version"]}
    found = []
    for name, command in asked.items():
        try:
            words = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        except OSError:
            continue
        version = re.search(r"\d+(\.\d+)+", words)
        found += [f"{name} {version.group()}"] if version else []
    return ", ".join(found)
