#!/usr/bin/env python3
"""What the bench computes, without peers, sets or timing: tables, shares, plans, the plot, and what a failing section leaves."""
import argparse
import contextlib
import io
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import types
import unittest
import xml.etree.ElementTree as xml
from unittest import mock

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from runner import __main__ as command  # noqa: E402
from runner import (clean, corpora, extract, extract_quality, growth, growth_plot, peers, places, process, report, runs,  # noqa: E402
                    subwords, tokenize)


def options(**changed):
    usual = {"section": list(command.SECTIONS), "quality": False, "parse": False, "peer": None, "write": False, "print": False,
             "sample": 120, "pages": None, "scale": 1_000_000, "update": False}
    return argparse.Namespace(**{**usual, **changed})


class Report(unittest.TestCase):
    def test_figures(self):
        self.assertEqual(report.figure(0.9125), ".912")
        self.assertEqual(report.figure(1.0), "1.000")
        self.assertEqual(report.figure(None), "–")
        self.assertEqual([report.amount(v) for v in (1234.5, 12.34, 1.234, None)], ["1,234", "12.3", "1.23", "–"])
        self.assertEqual(report.megabytes(12_600_000), "13")

    def test_numbers_are_read_back_from_cells(self):
        self.assertEqual(report.number("1,234"), 1234)
        self.assertEqual(report.number(".912"), 0.912)
        self.assertIsNone(report.number("–"))

    def test_table(self):
        self.assertEqual(report.table(["", "x"], [["a", 1]]), "|  | x |\n|---|--:|\n| a | 1 |")

    def test_better_names_the_best_peer_and_how_many(self):
        head = ["", "F1", "peak MB", report.RATIO]
        rows = [["us", ".900", "10", "1"], ["a", ".950", "12", "99"], ["b", ".910", "8", "99"]]
        said = report.better(head, rows, lower={"peak MB"})
        self.assertIn("F1: a .950 against .900 (2 peers are better)", said)
        self.assertIn("peak MB: b 8.00 against 10.0", said)
        self.assertNotIn("times", said)

    def test_better_says_so_where_none_is(self):
        self.assertEqual(report.better(["", "F1"], [["us", ".9"], ["a", "–"], ["b", ".9"]]), "No peer has a better figure in this table.")


class Page(unittest.TestCase):
    """docs/benchmarks.md, in a folder of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.page = pathlib.Path(folder.name) / "docs" / "benchmarks.md"
        for name, value in (("REPORT", self.page), ("ROOT", pathlib.Path(folder.name)), ("CACHE", pathlib.Path(folder.name) / "cache")):
            patch = mock.patch.object(places, name, value)
            patch.start()
            self.addCleanup(patch.stop)
        silence = contextlib.redirect_stderr(io.StringIO())
        self.said = silence.__enter__()
        self.addCleanup(silence.__exit__, None, None, None)

    def measured(self, **bodies):
        """Runs all sections; each gives its body or raises it."""
        def module(body):
            def measure(_):
                if isinstance(body, Exception):
                    raise body
                return body
            return types.SimpleNamespace(measure=measure, minutes=lambda _: 1.0)
        named = [(name, module(bodies.get(name, f"## {name}"))) for name in command.SECTIONS]
        with mock.patch.object(command, "modules", lambda wanted: [pair for pair in named if pair[0] in wanted.section]):
            return command.measure_all(options(section=bodies.pop("only", list(command.SECTIONS))))

    def test_sections_stand_in_order_and_are_replaced(self):
        report.write("clean", "old")
        report.write("extract", "first")
        report.write("clean", "new")
        text = self.page.read_text()
        self.assertLess(text.index("first"), text.index("new"))
        self.assertNotIn("old", text)

    def test_a_run_of_all_sections_is_said_at_the_head(self):
        self.assertEqual(self.measured(), 0)
        text = self.page.read_text()
        self.assertIn("written by one run", text)
        self.assertLess(text.index("written by one run"), text.index("## extract"))

    def test_a_section_that_fails_loses_no_other(self):
        self.assertEqual(self.measured(clean=RuntimeError("out of luck")), 1)
        text = self.page.read_text()
        self.assertIn("## clean\n\nMeasured", text)
        self.assertIn("This failed in the last run: `RuntimeError`", text)
        self.assertIn("out of luck", text)
        self.assertIn("## growth", text)
        self.assertIn("Failed in that run: clean", text)

    def test_a_part_that_fails_loses_no_other(self):
        def parts(wanted):
            return "\n\n".join(["## extract", report.guarded(wanted, lambda: 1 / 0), report.guarded(wanted, lambda: "the other")])
        wanted = options(section=["extract"])
        with mock.patch.object(command, "modules", lambda _: [("extract", types.SimpleNamespace(measure=parts, minutes=lambda _: 1))]):
            self.assertEqual(command.measure_all(wanted), 1)
        self.assertIn("ZeroDivisionError", self.page.read_text())
        self.assertIn("the other", self.page.read_text())

    def test_a_section_measured_alone_takes_the_word_of_one_run_away(self):
        self.measured()
        report.write("clean", "## clean, again")
        self.assertNotIn("written by one run", self.page.read_text())

    def test_every_section_says_when_and_what_else_ran(self):
        self.measured()
        self.assertEqual(len(re.findall(r"## \w+\n\nMeasured in 0\.0 minutes to .* cores meanwhile", self.page.read_text())), len(command.SECTIONS))

    def test_the_plan_and_the_time_are_said(self):
        self.measured()
        self.assertIn("together 6 minutes", self.said.getvalue())
        self.assertIn("growth: 0.0 minutes (0.0 core minutes), 0.0 since the start", self.said.getvalue())


class Plan(unittest.TestCase):
    def test_the_usual_run_is_meant_to_take_less_than_fifty_minutes(self):
        total = sum(module.minutes(options()) for _, module in command.modules(options()))
        self.assertGreater(total, 10)
        self.assertLess(total, 50)

    def test_fewer_pages_take_less(self):
        for less in (options(sample=10), options(quality=True), options(pages=10), options(peer=["resiliparse"])):
            self.assertLess(extract.minutes(less), extract.minutes(options()))
        self.assertLess(growth.minutes(options(scale=1000)), growth.minutes(options()))

    def test_every_peer_has_a_cost_of_its_own(self):
        for known in (extract.PEERS, clean.PEERS, tokenize.SENTENCES, tokenize.WORDS, subwords.PEERS):
            self.assertEqual(len({peer.name for peer in known}), len(known))
            self.assertEqual([peer.name for peer in known if peer.cost <= 0 or not re.search(r"\d", peer.package + peer.name) and
                              peer.package != "ICU"], [])


class Shares(unittest.TestCase):
    def test_a_slow_peer_gets_fewer_pages(self):
        self.assertEqual(extract_quality.step(20, 2000, 110), 1)
        self.assertEqual(extract_quality.step(56, 2000, 110), 2)
        self.assertEqual(extract_quality.step(200, 2000, 110), 4)

    def test_a_share_is_taken_of_each_set(self):
        inputs = [(f"wcxb/{n}", n) for n in range(5)] + [(f"naeb/{n}", n) for n in range(3)]
        self.assertEqual([key for key, _ in extract_quality.share(inputs, 2)], ["wcxb/0", "wcxb/2", "wcxb/4", "naeb/0", "naeb/2"])

    def test_a_field_that_nobody_filled_is_none(self):
        self.assertIsNone(extract_quality.mean_of({"a": {"title": 0.0}}, "title"))
        self.assertEqual(extract_quality.mean_of({"a": {"title": 0.5}, "b": {"title": 0.7}, "c": {}}, "title"), 0.6)

    def test_a_sample_is_even_over_the_sets(self):
        pages = {name: [(str(n), pathlib.Path(str(n))) for n in range(40)] for name in corpora.SETS}
        with mock.patch.object(corpora, "pages", pages.__getitem__):
            chosen = corpora.sample(8)
            self.assertEqual(len(corpora.everything(3)), 12)
        self.assertEqual([key for key, _ in chosen], [f"{name}/{n}" for name in corpora.SETS for n in (0, 20)])

    def test_words_lost_counts_words_and_not_their_order(self):
        with mock.patch.object(corpora, "scorer", lambda: types.SimpleNamespace(tokens=str.split)):
            self.assertEqual(clean.words_lost([("a", "one two two three")], {"a": "three two one"}), 0.25)
            self.assertEqual(clean.words_lost([("a", "one two")], {}), 1)

    def test_subwords(self):
        self.assertEqual(list(subwords.ranks("! 5 YQ== Yg==\n! 9 Yw==\n")), ["YQ== 5\n", "Yg== 6\n", "Yw== 9\n"])
        self.assertEqual(subwords.alike({"a": [1, 2], "b": [3]}, {"a": [1, 2], "b": [4]}), 0.5)
        self.assertIsNone(subwords.alike({"a": [1]}, {}))


class Growth(unittest.TestCase):
    def one(self, pages, rate=100.0, dedupe=1e6):
        part = {"cpu": 1e-3, "peak": 2e6}
        return {"pages": pages, "rate": rate, "kept": pages // 2, "generator": part, "extract": part, "clean": part,
                "dedupe": {"cpu": 1e-3, "peak": dedupe}, "tokenize": part}

    def test_the_middle_pass(self):
        self.assertEqual(growth.middle([self.one(1, rate) for rate in (3, 1, 2)])["rate"], 2)

    def test_flatness(self):
        said = growth.flatness([self.one(1000), self.one(10_000, dedupe=5.5e6)])
        self.assertIn("1.00 times", said)
        self.assertIn("1,000 bytes", said)  # 4.5 MB for 4,500 articles more
        self.assertIn("2 MB", said)
        self.assertEqual(growth.flatness([self.one(1000)]), "")

    def test_a_size_that_fails_loses_no_other(self):
        def run(count):
            if count == 10_000:
                raise peers.Failed("took longer")
            return self.one(count)
        with mock.patch.object(growth, "run", run), contextlib.redirect_stderr(io.StringIO()):
            passes, missing = growth.passes_of([1000, 10_000])
        self.assertEqual([one["pages"] for one in passes], [1000])
        self.assertEqual(missing, ["- 10,000 pages: took longer"])

    def test_a_size_for_which_no_time_is_left_is_said(self):
        with mock.patch.object(growth, "run", self.one), contextlib.redirect_stderr(io.StringIO()):
            passes, missing = growth.passes_of([1000, 1_000_000], time.monotonic() + 1000)  # at 100 a second it takes 10,000 seconds
        self.assertEqual([one["pages"] for one in passes], [1000])
        self.assertIn("1,000,000 pages: there was no time left", missing[0])

    def test_the_row_has_a_cell_for_every_title(self):
        self.assertEqual(len(growth.row(self.one(1000))), 13)

    def test_ticks(self):
        self.assertEqual(growth_plot.linear_ticks(1900), [0, 500, 1000, 1500, 2000])
        self.assertEqual(growth_plot.power_ticks(0.03, 2), [0.01, 0.1, 1, 10])
        self.assertEqual(growth_plot.power_ticks(10, 10), [10, 100])

    def test_the_plot_is_xml_within_its_frame(self):
        picture = xml.fromstring(growth_plot.draw(growth.series([self.one(1000), self.one(10_000), self.one(100_000)])))
        names = {"s": "http://www.w3.org/2000/svg"}
        circles = picture.findall("s:circle", names)
        self.assertEqual(len(circles), 3 * (1 + 4 + 4))
        width, height = map(float, picture.get("viewBox").split()[2:])
        self.assertTrue(all(0 < float(c.get("cx")) < width and 0 < float(c.get("cy")) < height for c in circles))
        self.assertIn("prefers-color-scheme: dark", picture.find("s:style", names).text)

    def test_greater_values_stand_higher(self):
        y_of = growth_plot.scale([1, 10, 100], 200, 0, True)
        self.assertEqual([y_of(v) for v in (1, 10, 100)], [200, 100, 0])


class Process(unittest.TestCase):
    def test_what_a_process_used(self):
        usage = process.run([sys.executable, "-c", "x = bytearray(50_000_000)"])
        self.assertEqual(usage.status, 0)
        self.assertGreater(usage.peak, 50_000_000)

    def test_one_that_hangs_is_ended_with_its_children(self):
        with tempfile.TemporaryDirectory() as folder:
            mark = pathlib.Path(folder) / "child"
            usage = process.run(["bash", "-c", f"sleep 60 & echo $! > {mark}; wait"], timeout=0.5)
            self.assertNotEqual(usage.status, 0)
            self.assertIn("took longer", usage.errors)
            state = pathlib.Path(f"/proc/{mark.read_text().strip()}/stat")
            self.assertTrue(not state.exists() or state.read_text().split()[2] == "Z")

    def test_what_runs_is_ended_when_we_are(self):
        with tempfile.TemporaryDirectory() as folder:
            mark = pathlib.Path(folder) / "child"
            code = ("import signal, sys; sys.path.insert(0, sys.argv[1]); from runner import process\n"
                    "signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))\n"
                    "process.run(['bash', '-c', 'echo $$ > ' + sys.argv[2] + '; exec sleep 60'])")
            parent = subprocess.Popen([sys.executable, "-B", "-c", code, places.BENCH, mark])
            for _ in range(200):
                if mark.exists() and mark.read_text():
                    break
                time.sleep(0.05)
            parent.terminate()
            self.assertEqual(parent.wait(10), 143)
            state = pathlib.Path(f"/proc/{mark.read_text().strip()}/stat")
            self.assertTrue(not state.exists() or state.read_text().split()[2] == "Z")

    def test_work_of_others_is_told_from_our_own(self):
        spin = "import time\nend = time.process_time() + 1\nwhile time.process_time() < end: pass"
        ours = process.Watch()
        process.run([sys.executable, "-c", spin])
        own = process._own_seconds() - ours.own
        self.assertTrue(1 <= own < 2, own)  # and of the machine's busy time this is taken off
        self.assertGreaterEqual(process._busy_seconds() - ours.busy, 0.9)

    def test_a_status_is_kept(self):
        usage = process.run(["bash", "-c", "echo why >&2; exit 3"])
        self.assertEqual((usage.status, usage.errors.strip()), (3, "why"))


class Adapter(unittest.TestCase):
    """The contract of peers/adapter.py, with a peer that fails on a page, through the runner that calls it."""
    SCRIPT = ("import sys; sys.path.insert(0, {peers!r})\n"
              "from adapter import run\n"
              "run({{'loud': lambda: lambda data: {{'text': data.decode().upper(), 'none': ''}}}})\n")

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        script = self.folder / "script.py"
        script.write_text(self.SCRIPT.format(peers=str(places.PEERS)))
        self.peer = types.SimpleNamespace(name="loud", command=lambda: [sys.executable, "-B", script, "loud"])
        patch = mock.patch.object(places, "CACHE", self.folder)
        patch.start()
        self.addCleanup(patch.stop)
        self.inputs = []
        for name, data in (("a", b"one"), ("b", b"\xff\xfe"), ("c", b"three")):
            (self.folder / name).write_bytes(data)
            self.inputs.append((name, self.folder / name))

    def test_records_figures_and_errors(self):
        usage, figures, output = runs.adapter(self.peer, runs.write_list("three", self.inputs), "tag", 2)
        records = runs.records(output)
        self.assertEqual([record["id"] for record in records], ["a", "b", "c"])
        self.assertEqual(records[0], {"id": "a", "text": "ONE"})
        self.assertIn("UnicodeDecodeError", records[1]["error"])
        self.assertEqual((figures["documents"], figures["bytes"], figures["errors"]), (3, 10, 1))
        self.assertEqual((len(figures["seconds"]), len(figures["cpu"]), usage.status), (2, 2, 0))

    def test_all_cores_share_the_inputs(self):
        documents, size = runs.on_all_cores(self.peer, self.inputs)
        self.assertAlmostEqual(size / documents, 10 / 3)

    def test_startup_leaves_the_work_out(self):
        self.assertTrue(0 < runs.startup(self.peer, self.inputs[0]) < 10)

    def test_a_peer_that_cannot_start_has_failed_with_its_last_words(self):
        broken = types.SimpleNamespace(name="broken", command=lambda: [sys.executable, "-c", "raise SystemExit('no such library')"])
        with self.assertRaisesRegex(peers.Failed, "no such library"):
            runs.adapter(broken, runs.write_list("one", self.inputs[:1]), "tag")

    def test_figures_of_an_earlier_run_do_not_stand_for_one_that_failed(self):
        listed = runs.write_list("one", self.inputs[:1])
        runs.adapter(self.peer, listed, "tag")
        silent = types.SimpleNamespace(name="loud", command=lambda: [sys.executable, "-c", "pass"])
        with self.assertRaises(peers.Failed):
            runs.adapter(silent, listed, "tag")


class Generator(unittest.TestCase):
    """growth_pages, where it is built."""
    PROGRAM = pathlib.Path(os.environ.get("COPYDESK_BIN", places.TOOLS)).parent / "bench" / "growth_pages"

    def made(self, count, pages):
        with tempfile.TemporaryDirectory() as folder:
            for number, page in enumerate(pages):
                (pathlib.Path(folder) / str(number)).write_text(page)
            listed = pathlib.Path(folder) / "list"
            listed.write_text("".join(f"{folder}/{number}\n" for number in range(len(pages))))
            done = subprocess.run([self.PROGRAM, str(count), listed], capture_output=True, check=True)
        return done.stdout, done.stderr

    def setUp(self):
        if not self.PROGRAM.is_file():
            self.skipTest("growth_pages is not built")

    def test_records_are_whole_and_the_same_each_time(self):
        words = " ".join(f"word{n}" for n in range(120))
        page = f"<html><title>t</title><script>a b c d e f g h</script><p>{words}</p></html>"
        out, said = self.made(300, [page, "<p>too short</p>"])
        self.assertEqual(out, self.made(300, [page, "<p>too short</p>"])[0])
        self.assertEqual(said.split()[0], b"1")
        bodies = []
        while out:
            head, _, rest = out.partition(b"\r\n\r\n")
            length = int(head.split(b"Content-Length: ")[1].split(b"\r\n")[0])
            bodies.append(rest[:length].partition(b"\r\n\r\n")[2])
            self.assertEqual(rest[length:length + 4], b"\r\n\r\n")
            out = rest[length + 4:]
        self.assertEqual(len(bodies), 300)
        self.assertTrue(all(b"<script>a b c d e f g h</script>" in body for body in bodies))
        stories = {body.partition(b"</p>")[0] for body in bodies}
        self.assertTrue(255 < len(stories) < 285, len(stories))  # one in ten is a repeat
        first = sorted(stories)[0].partition(b"<p>")[2].split()
        changed = sum(f"word{n}".encode() != word for n, word in enumerate(first))
        self.assertTrue(30 <= changed <= 40, changed)


class Scores(unittest.TestCase):
    def test_authors_come_in_many_shapes(self):
        self.assertEqual(corpora.names_in("A. Reed"), ["A. Reed"])
        self.assertEqual(corpora.names_in([["A. Reed", None], "B. Moss", {"name": "x"}]), ["A. Reed", "B. Moss"])
        self.assertEqual(corpora.names_in(None), [])


if __name__ == "__main__":
    unittest.main()
