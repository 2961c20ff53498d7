#!/usr/bin/env python3
"""Runs every command of README.md, docs/ and the manual pages, and compares what they print.

    test_docs.py SOURCE_DIR BUILD_DIR [--update]     --update writes what was printed into the files

Each file's commands run in order in a directory of their own in which `samples` and `build` stand as they do in the
source tree.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import doc_blocks

SOURCE, BUILD = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
UPDATE = "--update" in sys.argv

# What tests/oracle/install.sh made of tools/train/requirements.txt, and that it did.
TRAINING = SOURCE / "build" / "witnesses" / "venv"
HAS_TRAINING = (TRAINING.parent / "python.stamp").exists()

# Blocks that are not run, by their reason: they are what runs this test, or need what no test has.
NOT_RUN = {"it runs this test", "it installs packages", "it needs gold sets and other extractors"}


def documents():
    """The files that hold commands."""
    return [SOURCE / "README.md", *sorted((SOURCE / "docs").rglob("*.md")),
            *sorted((SOURCE / "docs" / "man").glob("*.in"))]


def blocks_of(path):
    text = path.read_text()
    return list(doc_blocks.markdown_blocks(text) if path.suffix == ".md" else doc_blocks.manual_blocks(text))


class Commands(unittest.TestCase):
    maxDiff = 6000

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="copydesk-docs-")
        self.addCleanup(folder.cleanup)
        self.dir = pathlib.Path(folder.name)
        # The samples are copied, so that no command can change the tree.
        subprocess.run(["cp", "-r", SOURCE / "samples", self.dir], check=True)
        (self.dir / "build").mkdir()
        (self.dir / "build" / "release").symlink_to(BUILD)
        (self.dir / "tools").symlink_to(SOURCE / "tools")
        if HAS_TRAINING:
            (self.dir / "venv").symlink_to(TRAINING)
        self.env = {**os.environ, "PATH": f"{BUILD / 'bin'}:{os.environ['PATH']}", "HOME": str(self.dir),
                    "LC_ALL": "C.UTF-8"}

    def run_command(self, command, folder=None):
        done = subprocess.run(["bash", "-c", command], cwd=folder or self.dir, env=self.env, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=900, check=False)
        return done.returncode, done.stdout

    def check_session(self, path, block):
        """Runs a console block; returns its text with what was really printed."""
        fresh = []
        for step in doc_blocks.steps(block):
            status, printed = self.run_command(step.command)
            where = f"{path.relative_to(SOURCE)}:{step.line}: {step.command}\n{printed}"
            self.assertEqual(status, 0, where)
            lines = printed.rstrip("\n").split("\n") if printed else []
            fine = doc_blocks.matches([line for line in step.expected], lines)
            if not UPDATE:
                self.assertTrue(fine, f"{where}\n--- expected\n" + "\n".join(step.expected))
            fresh += ["$ " + step.command.replace("\n", "\n> ")] + (step.expected if fine else lines)
        return "\n".join(fresh) + "\n"

    def check_file(self, path):
        text = path.read_text()
        for block in blocks_of(path):
            if block.not_run:
                self.assertIn(block.not_run, NOT_RUN, f"{path}:{block.line}")
            elif block.in_source and BUILD != SOURCE / "build" / "release":
                continue  # these commands build that tree, which is not the one under test
            elif block.trains and not HAS_TRAINING:
                print(f"skipped: {path.relative_to(SOURCE)}:{block.line}: the packages of tools/train are not installed")
            elif block.kind == "sh":
                status, printed = self.run_command("set -e\n" + block.text, SOURCE if block.in_source else None)
                self.assertEqual(status, 0, f"{path.relative_to(SOURCE)}:{block.line}: {block.text}\n{printed}")
            elif block.kind == "console":
                text = text.replace(block.text, self.check_session(path, block), 1)
        if UPDATE and path.suffix == ".md" and text != path.read_text():
            path.write_text(text)


class Links(unittest.TestCase):
    def test_links_lead_to_files_that_are_there(self):
        for path in documents():
            if path.suffix != ".md":
                continue
            for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text()):
                if not target.startswith(("http:", "https:", "mailto:")):
                    self.assertTrue((path.parent / target).exists(), f"{path.relative_to(SOURCE)}: {target}")

    def test_every_block_of_commands_has_a_kind_that_is_run(self):
        for path in documents():
            for block in blocks_of(path):
                self.assertIn(block.kind, {"sh", "console", "cpp", "cmake", "json", "text", "html", "rules", "python"},
                              f"{path.relative_to(SOURCE)}:{block.line}: a block must name its kind")


class Matching(unittest.TestCase):
    def test_ellipses(self):
        self.assertTrue(doc_blocks.matches(["a", "...", "d"], ["a", "b", "c", "d"]))
        self.assertTrue(doc_blocks.matches(["a long ..."], ["a long line"]))
        self.assertFalse(doc_blocks.matches(["a"], ["a", "b"]))
        self.assertFalse(doc_blocks.matches(["a", "..."], ["b"]))

    def test_sessions(self):
        [block] = doc_blocks.markdown_blocks("x\n```console\n$ a |\n>   b\nout\n$ c\n```\n")
        self.assertEqual([(s.line, s.command, s.expected) for s in doc_blocks.steps(block)],
                         [(3, "a |\n  b", ["out"]), (6, "c", [])])


def add_tests():
    """A test a file."""
    for path in documents():
        name = "test_" + re.sub(r"\W", "_", str(path.relative_to(SOURCE)))
        setattr(Commands, name, lambda self, path=path: self.check_file(path))


if __name__ == "__main__":
    add_tests()
    unittest.main(argv=sys.argv[:1])
