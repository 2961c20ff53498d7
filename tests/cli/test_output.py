#!/usr/bin/env python3
"""Output that cannot be written, that nobody reads, that a kill interrupts: nothing is lost or half-written."""
import gzip
import os
import signal
import subprocess
import time

from harness import SLOWDOWN, article, for_each_tool, main


@for_each_tool()
class Writing:
    def test_a_full_disk_is_noticed(self):
        for arguments in ((), ("--help",), ("--version",)):
            with open("/dev/full", "wb") as full:
                result = self.run_tool(self.tool, *arguments, stdin=self.tool.document(article()), stdout=full)
            self.assert_fails(result, 2, rf"^{self.tool.program}: .*No space left")

    def test_a_full_disk_is_noticed_with_a_long_output(self):
        with open("/dev/full", "wb") as full:
            result = self.run_tool(self.tool, stdin=self.tool.records(2000), stdout=full)
        self.assert_fails(result, 2, "No space left")

    def test_a_full_disk_under_statistics_is_noticed(self):
        result = self.run_tool(self.tool, "--stats=/dev/full", stdin=self.tool.document(article()))
        self.assert_fails(result, 2, "No space left")

    def test_a_closed_standard_output_is_noticed(self):
        self.file("in", self.tool.document(article()))
        for arguments in ("in", "--help"):
            result = self.shell(f"{self.tool.path} {arguments} >&-")
            self.assertEqual(result.status, 2, result)
            self.assertRegex(result.err, rf"^{self.tool.program}: ")

    def test_a_reader_that_goes_away_ends_the_run_silently(self):
        self.file("in.jsonl", self.tool.records(4000 // SLOWDOWN + 500))
        result = self.shell(f"{self.tool.path} -t jsonl in.jsonl | head -c 10 > /dev/null; echo ${{PIPESTATUS[0]}}")
        self.assertEqual((result.out, result.err), ("141\n", ""))

    def test_an_output_file(self):
        plain = self.run_tool(self.tool, stdin=self.tool.records(5))
        result = self.run_tool(self.tool, "-o", "out.jsonl", stdin=self.tool.records(5))
        self.assertEqual(result, (0, "", ""))
        self.assertEqual(self.read("out.jsonl"), plain.out)
        self.assertEqual(os.listdir(self.dir), ["out.jsonl"])

    def test_an_output_file_that_is_a_dash_is_standard_output(self):
        plain = self.run_tool(self.tool, stdin=self.tool.records(2))
        self.assertEqual(self.run_tool(self.tool, "-o", "-", stdin=self.tool.records(2)), plain)

    def test_compressed_output_by_name(self):
        plain = self.run_tool(self.tool, stdin=self.tool.records(5))
        for name, command in (("out.gz", "gzip -dc"), ("out.zst", "zstd -qdc")):
            self.assert_fine(self.run_tool(self.tool, "-o", name, stdin=self.tool.records(5)))
            self.assertEqual(self.shell(f"{command} {name}").out, plain.out)

    def test_a_place_that_cannot_be_written(self):
        (self.dir / "folder").mkdir()
        for target in ("absent/out", "folder"):
            result = self.run_tool(self.tool, "-o", target, stdin=self.tool.document(article()))
            self.assert_fails(result, 2, rf"^{self.tool.program}: {target}")

    def test_an_input_may_be_the_output(self):
        document = self.tool.document(article())
        plain = self.run_tool(self.tool, stdin=document)
        self.file("in", document)
        self.assert_fine(self.run_tool(self.tool, "-o", "in", "in"))
        self.assertEqual(self.read("in"), plain.out)

    def test_the_permissions_of_the_old_file_stay(self):
        self.file("out", "old")
        os.chmod(self.dir / "out", 0o640)
        self.assert_fine(self.run_tool(self.tool, "-o", "out", stdin=self.tool.records(1)))
        self.assertEqual(os.stat(self.dir / "out").st_mode & 0o777, 0o640)

    def test_a_failed_run_leaves_the_old_file(self):
        self.file("out", "old")
        self.file("in.jsonl", self.tool.records(2) + "not json\n" + self.tool.records(1))
        result = self.run_tool(self.tool, "--strict", "-o", "out", "in.jsonl")
        self.assertNotEqual(result.status, 0)
        self.assertEqual(self.read("out"), "old")
        self.assertEqual(sorted(os.listdir(self.dir)), ["in.jsonl", "out"])

    def test_a_run_with_bad_documents_writes_the_good_ones(self):
        self.file("in.jsonl", self.tool.records(2) + "not json\n")
        result = self.run_tool(self.tool, "-o", "out", "in.jsonl")
        self.assertEqual(result.status, 1)
        self.assertEqual(self.read("out").count("\n"), 2)


@for_each_tool()
class Killed:
    def interrupted(self, number):
        """The tool is in the middle of its input when the signal comes."""
        self.file("out", "old")
        with subprocess.Popen([self.tool.path, "-o", "out"], cwd=self.dir, stdin=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            process.stdin.write(self.tool.records(300).encode())
            process.stdin.flush()
            time.sleep(0.15)
            self.assertIsNone(process.poll())
            process.send_signal(number)
            process.wait(timeout=20)
            process.stdin.close()
            self.assertEqual(process.stderr.read(), b"")
        self.assertEqual(process.returncode, -number)
        self.assertEqual(self.read("out"), "old")

    def test_interrupt_and_terminate_leave_no_trace(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            self.interrupted(number)
            self.assertEqual(os.listdir(self.dir), ["out"])

    def test_kill_leaves_the_old_file(self):
        self.interrupted(signal.SIGKILL)


@for_each_tool()
class Streaming:
    def test_line_buffered_output_comes_at_once(self):
        with subprocess.Popen([self.tool.path, "--line-buffered", "-t", "jsonl"], cwd=self.dir, stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE) as process:
            os.set_blocking(process.stdout.fileno(), False)
            process.stdin.write(self.tool.records(1).encode())
            process.stdin.flush()
            seen = b""
            deadline = time.monotonic() + 20
            while b"\n" not in seen and time.monotonic() < deadline:
                seen += process.stdout.read() or b""
                time.sleep(0.01)
            process.stdin.close()
            process.wait(timeout=20)
        self.assertIn(b'"r0"', seen)
        self.assertEqual(process.returncode, 0)


@for_each_tool("extract", "clean", "dedupe")
class Removed:
    def test_the_file_of_what_was_removed_is_there_even_when_nothing_was(self):
        result = self.run_tool(self.tool, "--removed", "removed.jsonl", stdin=self.tool.records(1))
        self.assert_fine(result)
        self.assertTrue((self.dir / "removed.jsonl").exists())

    def test_it_can_be_compressed_and_is_checked(self):
        self.assert_fine(self.run_tool(self.tool, "--removed", "removed.gz", stdin=self.tool.records(1)))
        gzip.decompress((self.dir / "removed.gz").read_bytes())
        result = self.run_tool(self.tool, "--removed", "absent/removed", stdin=self.tool.records(1))
        self.assert_fails(result, 2, "absent/removed")


if __name__ == "__main__":
    main()
