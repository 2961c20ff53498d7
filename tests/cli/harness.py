"""What the command-line tests share: the four programs, private directories, runs and their results.

The programs are taken from the directory in COPYDESK_BIN. COPYDESK_PREFIX is what a packager put before their names.
COPYDESK_SLOWDOWN (1 in a release build) divides the sizes of large inputs where the programs run under a sanitizer.
"""
import collections
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

TOP = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = TOP / "samples"
BIN = pathlib.Path(os.environ.get("COPYDESK_BIN", TOP / "build" / "release" / "bin"))
PREFIX = os.environ.get("COPYDESK_PREFIX", "")
SLOWDOWN = int(os.environ.get("COPYDESK_SLOWDOWN", "1"))
TOOLS = ("extract", "clean", "dedupe", "tokenize")

# Three paragraphs that no tool has a reason to drop, each long enough to be an article's.
PARAGRAPHS = (
    "The harbour master counted nineteen boats on Tuesday, two more than in the week before, and wrote the number on"
    " the slate that has hung beside his door since the war.",
    "Nobody remembers who asked for the count. It is read out on Friday in the council chamber, after the minutes and"
    " before the accounts, and it has never been discussed.",
    "This year the slate will be replaced. A carpenter from the upper town has cut the new one from the roof of the"
    " customs house, which lost eleven slates in the January storm.",
)

Result = collections.namedtuple("Result", "status out err")


def article(key="", paragraphs=PARAGRAPHS):
    """The text of an article; another key gives another story that no tool takes for a duplicate."""
    if not key:
        return "\n\n".join(paragraphs)
    # Every word carries the key, so that two articles share hardly a word.
    return "\n\n".join(" ".join(word + key if len(word) > 3 and word.isalpha() else word for word in p.split())
                       for p in paragraphs)


def page(text, title="The count of the boats"):
    """A whole HTML page around the paragraphs of a text."""
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    return (f"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title></head>\n"
            f"<body><article><h1>{title}</h1>\n{body}\n</article></body></html>\n")


class Tool:
    """One of the four programs, and the form of input that it reads."""

    def __init__(self, name):
        self.name = name
        self.path = BIN / (PREFIX + name)

    @property
    def program(self):
        """Its name as it stands in its messages."""
        return PREFIX + self.name

    def document(self, text):
        """The text as a file that this program reads on its own."""
        return page(text) if self.name == "extract" else text + "\n"

    def record(self, text, **members):
        """The text as a record that this program reads."""
        body = {"html": page(text)} if self.name == "extract" else {"text": text}
        return json.dumps({**members, **body}, ensure_ascii=False)

    def records(self, count, size=3):
        """A stream of `count` records of different articles."""
        return "".join(self.record(article(word_of(i), PARAGRAPHS[:size]), id=f"r{i}") + "\n" for i in range(count))


def word_of(number):
    """A number as letters, so that it can stand in a word."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number))


class CliTest(unittest.TestCase):
    """A test in a private directory, which is the working directory of every program that it runs."""

    maxDiff = 4000

    def setUp(self):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="copydesk-cli-"))
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)

    def file(self, name, content):
        """Writes a file into the private directory; returns its name."""
        path = self.dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return name

    def read(self, name):
        return (self.dir / name).read_bytes().decode("utf-8")

    def run_tool(self, tool, *arguments, stdin=b"", env=None, timeout=100, **more):
        """Runs a program to its end. Output is decoded strictly: it must be UTF-8 whatever went in."""
        if isinstance(stdin, str):
            stdin = stdin.encode()
        more = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
        done = subprocess.run([str(tool.path), *map(str, arguments)], input=stdin, cwd=self.dir, timeout=timeout,
                              env={**os.environ, **(env or {})}, check=False, **more)
        return Result(done.returncode, (done.stdout or b"").decode("utf-8"), (done.stderr or b"").decode("utf-8"))

    def shell(self, command, timeout=100):
        """Runs a shell command line with the programs on the PATH, under their own names whatever the prefix."""
        names = self.dir / ".programs"
        names.mkdir(exist_ok=True)
        for name in TOOLS:
            if not (names / name).exists():
                (names / name).symlink_to(BIN / (PREFIX + name))
        env = {**os.environ, "PATH": f"{names}:{os.environ['PATH']}"}
        done = subprocess.run(["bash", "-c", command], cwd=self.dir, env=env, timeout=timeout, check=False,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return Result(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    # What many tests say of a result.

    def assert_fine(self, result):
        self.assertEqual((result.status, result.err), (0, ""))

    def assert_fails(self, result, status, message):
        """The status, and one line on standard error that matches the pattern."""
        self.assertEqual(result.status, status, result)
        lines = result.err.splitlines()
        self.assertEqual(len(lines), 1, result.err)
        self.assertRegex(lines[0], message)

    def assert_bad_usage(self, result, tool, message):
        """Status 2, the message, and the pointer to --help."""
        self.assertEqual((result.status, result.out), (2, ""), result)
        self.assertRegex(result.err, rf"^{tool.program}: {message}")
        self.assertIn(f"Try '{tool.program} --help'", result.err)

    def assert_unharmed(self, result):
        """Any clean end: not a signal, not a sanitizer's report, at most one line of complaint a document."""
        self.assertIn(result.status, (0, 1), result.err[-2000:])
        self.assertNotIn("Sanitizer", result.err)


def for_each_tool(*names):
    """Class decorator: makes a test class for each of the named tools (default: all four), with self.tool set."""

    def decorate(case):
        module = sys.modules[case.__module__]
        for name in names or TOOLS:
            tool = Tool(name)
            made = type(f"{case.__name__}_{name}", (case, CliTest), {"tool": tool, "__module__": case.__module__})
            made = unittest.skipUnless(tool.path.exists(), f"{tool.path} is not built")(made)
            setattr(module, made.__name__, made)
        return case

    return decorate


def lines_of(text):
    """The records of an output."""
    return [json.loads(line) for line in text.split("\n") if line]


def documents_of(text):
    """The documents of a text stream."""
    return [document.strip("\n") for document in text.split("\f")] if text else []


def main():
    unittest.main(verbosity=1)
