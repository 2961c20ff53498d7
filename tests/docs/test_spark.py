#!/usr/bin/env python3
"""Runs the Spark blocks of docs/dedupe-stages.md: test_spark.py SOURCE_DIR BUILD_DIR

Needs the Python package pyspark and Java; where they are missing it ends with 77, which ctest shows as skipped.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import doc_blocks

SOURCE, BUILD = (pathlib.Path(path).resolve() for path in sys.argv[1:3])

try:
    from pyspark.sql import SparkSession
except ImportError:
    SparkSession = None


class Spark(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="copydesk-spark-")
        self.addCleanup(folder.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(folder.name)
        os.environ["PATH"] = f"{BUILD / 'bin'}:{os.environ['PATH']}"

    def run_tool(self, *command):
        return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode().splitlines(keepends=True)

    def test_the_blocks_keep_what_one_run_keeps(self):
        lines = self.run_tool("extract", "-t", "jsonl", str(SOURCE / "samples" / "crawl.warc.gz"))
        articles = pathlib.Path("articles")
        articles.mkdir()
        names = [articles / "a.jsonl", articles / "b.jsonl"]
        names[0].write_text("".join(lines[:7]))
        names[1].write_text("".join(lines[7:]))
        expected = self.run_tool("dedupe", "--keep", "longest", *map(str, names))
        self.assertLess(len(expected), len(lines))
        text = (SOURCE / "docs" / "dedupe-stages.md").read_text()
        blocks = [block for block in doc_blocks.markdown_blocks(text) if block.kind == "python"]
        self.assertEqual(len(blocks), 2)
        session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
        self.addCleanup(session.stop)
        names = {"spark": session}
        for block in blocks:
            exec(block.text, names)  # pylint: disable=exec-used
        parts = sorted(pathlib.Path("unique").glob("part-*"))
        self.assertEqual([line for part in parts for line in part.read_text().splitlines(keepends=True)], expected)


if __name__ == "__main__":
    if SparkSession is None or not shutil.which("java"):
        print("skipped: pyspark or java is not installed")
        sys.exit(77)
    unittest.main(argv=sys.argv[:1])
