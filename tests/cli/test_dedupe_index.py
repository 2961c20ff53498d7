#!/usr/bin/env python3
"""dedupe --index: what is remembered from run to run, whatever happens to a run."""
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import unittest

from harness import article, for_each_tool, lines_of, main, word_of

SHIM = os.environ.get("COPYDESK_ABORT_SHIM", "")


@for_each_tool("dedupe")
class Index:
    def day(self, name, first, last, size=3):
        """A file of the stories first..last; the days overlap, so that there is something to drop."""
        lines = []
        for i in range(first, last):
            text = "\n\n".join(article(word_of(i)).split("\n\n")[:size])
            lines.append(json.dumps({"id": f"{name}-{i}", "text": f"Day {name}. {text}",
                                     "date": "2026-02-01", "url": f"http://example.org/{i}"}) + "\n")
        return self.file(f"{name}.jsonl", "".join(lines))

    def dedupe(self, *arguments, **more):
        return self.run_tool(self.tool, "--index", "index", *arguments, **more)

    def ids(self, result):
        return [r["id"] for r in lines_of(result.out)]

    def stat(self):
        result = self.dedupe("--stat")
        self.assertEqual(result.status, 0, result.err)
        return json.loads(result.out)

    def bytes_of_index(self):
        return {p.name: p.read_bytes() for p in (self.dir / "index").iterdir() if p.name != "lock"}

    def test_two_runs_drop_what_one_run_would(self):
        self.day("a", 0, 30)
        self.day("b", 20, 50)
        first = self.dedupe("a.jsonl")
        self.assertEqual((first.status, len(self.ids(first))), (0, 30))
        second = self.dedupe("b.jsonl", "--removed", "removed.jsonl")
        self.assertEqual(self.ids(second), [f"b-{i}" for i in range(30, 50)])
        self.assertEqual(lines_of(self.read("removed.jsonl"))[0]["duplicate_of"], "a-20")
        one = self.run_tool(self.tool, "a.jsonl", "b.jsonl")
        self.assertEqual(one.out, first.out + second.out)
        self.assertEqual(self.stat()["documents"], 50)

    def test_the_same_day_again_changes_nothing(self):
        self.day("a", 0, 10)
        self.dedupe("a.jsonl")
        before = self.bytes_of_index()
        self.assertEqual(self.dedupe("a.jsonl").out, "")
        self.assertEqual(self.bytes_of_index(), before)

    def test_a_named_run_can_be_repeated(self):
        self.day("a", 0, 10)
        self.day("b", 5, 15)
        self.dedupe("--run", "monday", "a.jsonl")
        tuesday = self.dedupe("--run", "tuesday", "b.jsonl")
        documents = self.stat()["documents"]
        again = self.dedupe("--run", "tuesday", "b.jsonl")
        self.assertEqual(again, tuesday)
        self.assertEqual(self.stat()["documents"], documents)
        self.assertEqual(len(self.stat()["segments"]), 2)

    def test_read_only_writes_nothing(self):
        self.day("a", 0, 10)
        self.day("b", 5, 15)
        self.dedupe("a.jsonl")
        before = self.bytes_of_index()
        self.assertEqual(len(self.ids(self.dedupe("--read-only", "b.jsonl"))), 5)
        self.assertEqual(self.bytes_of_index(), before)
        missing = self.run_tool(self.tool, "--index", "nowhere", "--read-only", "b.jsonl")
        self.assertEqual(missing.status, 2)
        self.assertFalse((self.dir / "nowhere").exists())

    def test_other_options_are_refused(self):
        self.day("a", 0, 3)
        self.dedupe("a.jsonl")
        result = self.dedupe("--bands", "20x6", "a.jsonl")
        self.assert_fails(result, 2, "--bands 32x4.*this run has.*--bands 20x6")
        self.assertEqual(result.out, "")

    def test_two_writers(self):
        self.day("a", 0, 3)
        with subprocess.Popen([str(self.tool.path), "--index", "index"], cwd=self.dir, stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE) as first:
            first.stdin.write((self.dir / "a.jsonl").read_bytes())
            first.stdin.flush()
            first.stdout.readline()  # it runs, and holds the lock
            second = self.dedupe("a.jsonl")
            self.assert_fails(second, 2, f"in use by another process: index is being written by process {first.pid}")
            reader = self.dedupe("--read-only", "a.jsonl")
            self.assertEqual(reader.status, 0)
            first.stdin.close()
            first.stdout.read()
            self.assertEqual(first.wait(), 0)
        self.assertEqual(self.dedupe("a.jsonl").out, "")

    def test_expire(self):
        self.day("a", 0, 3)
        self.dedupe("a.jsonl")
        self.assertEqual(self.dedupe("--expire", "90d", "a.jsonl").out, "")
        path = self.dir / "index" / "segment-000001.dedupe"
        self.assertTrue(path.exists())
        # A run much later: the clock of the tool is the system's, so it waits.
        subprocess.run(["sleep", "2.1"], check=True)
        self.assertEqual(len(self.ids(self.dedupe("--expire", "1s", "a.jsonl"))), 3)
        self.assertFalse(path.exists())

    @unittest.skipUnless(SHIM, "COPYDESK_ABORT_SHIM is not set")
    def test_a_clock_that_goes_back(self):
        def at(days, *arguments):
            return self.dedupe(*arguments, env={"LD_PRELOAD": SHIM, "COPYDESK_CLOCK_SHIFT": str(days * 86400)})
        self.day("a", 0, 10)
        self.day("b", 5, 15)
        self.assertEqual(len(self.ids(at(10, "a.jsonl"))), 10)
        # What was made in what is now the future is remembered, and does not expire.
        self.assertEqual(self.ids(at(0, "--expire", "1d", "b.jsonl")), [f"b-{i}" for i in range(10, 15)])
        self.assertEqual([s["documents"] for s in self.stat()["segments"]], [10, 5])
        self.assertEqual(at(10, "--expire", "11d", "a.jsonl", "b.jsonl").out, "")
        # Each expires by its own date, whatever their order.
        self.assertEqual(len(self.ids(at(10, "--expire", "5d", "a.jsonl", "b.jsonl"))), 5)
        self.assertEqual([s["documents"] for s in self.stat()["segments"]], [10, 5])
        self.assertEqual(len(self.ids(at(30, "--expire", "5d", "a.jsonl", "b.jsonl"))), 15)

    def test_a_segment_of_another_version_is_refused_with_both_named(self):
        self.day("a", 0, 3)
        self.dedupe("a.jsonl")
        path = self.dir / "index" / "segment-000001.dedupe"
        whole = path.read_bytes()
        path.write_bytes(whole[:12] + (1).to_bytes(4, sys.byteorder) + whole[16:])
        result = self.dedupe("--read-only", "a.jsonl")
        self.assert_fails(result, 1, "index/segment-000001.dedupe: it has format version 1, this program reads 2")
        self.assertEqual(len(self.ids(result)), 3)

    def test_damaged_segments_are_named_and_the_others_used(self):
        for i, name in enumerate("abc"):
            self.day(name, i * 10, i * 10 + 10)
            self.dedupe(f"{name}.jsonl")
        self.day("d", 0, 30)
        whole = (self.dir / "index" / "segment-000002.dedupe").read_bytes()
        size = len(whole)
        damages = [whole[:0], whole[:100], whole[:-1], whole + b"x", b"x" + whole[1:]]
        damages += [whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1:] for at in range(16, size, max(1, size // 60))]
        for damaged in damages:
            (self.dir / "index" / "segment-000002.dedupe").write_bytes(damaged)
            result = self.dedupe("--read-only", "d.jsonl")
            kept = {r["id"] for r in lines_of(result.out)}
            self.assertTrue(kept.isdisjoint({f"d-{i}" for i in (*range(0, 10), *range(20, 30))}))
            if kept:  # a bit flipped in a padding or in a record that nobody reads does no harm
                self.assertEqual(result.status, 1, result.err)
                self.assertIn("index/segment-000002.dedupe: ", result.err)
            self.assertNotIn("Sanitizer", result.err)

    def test_disk_full(self):
        self.day("a", 0, 10)
        self.day("b", 10, 300)
        self.dedupe("a.jsonl")
        before = self.bytes_of_index()

        def no_room():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))

        result = self.dedupe("b.jsonl", preexec_fn=no_room)
        self.assertEqual(result.status, 2)
        self.assertIn("write failed: index/segment-000002.dedupe.tmp: File too large", result.err)
        self.assertEqual(self.bytes_of_index(), before)
        self.assertEqual(len(self.ids(self.dedupe("b.jsonl"))), 290)

    @unittest.skipUnless(SHIM, "COPYDESK_ABORT_SHIM is not set")
    def test_killed_at_every_write(self):
        self.day("a", 0, 20)
        self.day("b", 10, 30)
        run = ("--run", "b", "-o", "out.jsonl", "b.jsonl")
        self.dedupe("--run", "a", "a.jsonl")
        shutil.copytree(self.dir / "index", self.dir / "monday")
        self.assertEqual(self.dedupe(*run).status, 0)
        expected = self.read("out.jsonl")
        documents = self.stat()["documents"]
        for calls in range(1, 200):
            shutil.rmtree(self.dir / "index")
            shutil.copytree(self.dir / "monday", self.dir / "index")
            (self.dir / "out.jsonl").unlink()
            result = self.dedupe(*run, env={"LD_PRELOAD": SHIM, "COPYDESK_ABORT_AFTER": str(calls)})
            # Whatever is left is whole: a reader sees the state before or the state after.
            self.assertIn(self.stat()["documents"], (20, documents))
            if (self.dir / "out.jsonl").exists():
                self.assertEqual(self.read("out.jsonl"), expected)
            if result.status == 0:
                break
            self.assertEqual(result.status, -signal.SIGKILL)
            self.assertEqual(self.dedupe(*run).status, 0)
            self.assertEqual(self.read("out.jsonl"), expected)
            self.assertEqual(self.stat()["documents"], documents)
            self.assertEqual([n for n in self.bytes_of_index() if n.endswith(".tmp")], [])
        self.assertGreater(calls, 6)
        self.assertEqual(result.status, 0)

    @unittest.skipUnless(SHIM, "COPYDESK_ABORT_SHIM is not set")
    def test_killed_at_every_write_while_segments_expire(self):
        later = {"LD_PRELOAD": SHIM, "COPYDESK_CLOCK_SHIFT": str(100 * 86400)}
        self.day("a", 0, 20)
        self.day("b", 10, 31)
        run = ("--expire", "90d", "-o", "out.jsonl", "b.jsonl")
        self.dedupe("a.jsonl")
        shutil.copytree(self.dir / "index", self.dir / "old")
        self.assertEqual(self.dedupe(*run, env=later).status, 0)
        expected = self.read("out.jsonl")
        self.assertEqual(self.stat()["documents"], 21)
        for calls in range(1, 200):
            shutil.rmtree(self.dir / "index")
            shutil.copytree(self.dir / "old", self.dir / "index")
            (self.dir / "out.jsonl").unlink()
            result = self.dedupe(*run, env={**later, "COPYDESK_ABORT_AFTER": str(calls)})
            # The old segment, or none any more, or the new one.
            self.assertIn(self.stat()["documents"], (20, 0, 21))
            if result.status == 0:
                break
            self.assertEqual(result.status, -signal.SIGKILL)
            written = (self.dir / "out.jsonl").exists()
            again = self.dedupe(*run, env=later)
            self.assertEqual(again.status, 0)
            # Where the index already holds the run, the output was in its place before.
            if self.read("out.jsonl") != expected:
                self.assertTrue(written)
                self.assertEqual(self.read("out.jsonl"), "")
            self.assertEqual(self.stat()["documents"], 21)
        self.assertGreater(calls, 7)
        self.assertEqual(self.read("out.jsonl"), expected)


if __name__ == "__main__":
    main()
