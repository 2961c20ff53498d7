#!/usr/bin/env python3
"""Options that all tools share: help, version, mistakes, statistics, progress, colour."""
import json
import os
import pty
import subprocess

from harness import article, for_each_tool, main


@for_each_tool()
class Help:
    def test_help_goes_to_standard_output_and_fits_a_terminal(self):
        result = self.run_tool(self.tool, "--help")
        self.assert_fine(result)
        self.assertRegex(result.out, rf"^Usage: {self.tool.program} \[OPTION")
        for line in result.out.splitlines():
            self.assertLessEqual(len(line), 80, line)
            self.assertEqual(line, line.rstrip())
        self.assertTrue(result.out.isascii())
        for word in ("Examples", "Exit status", "--threads", "--files-from", "--stats", "--max-document-size"):
            self.assertIn(word, result.out)

    def test_help_wins_wherever_it_stands(self):
        self.assertEqual(self.run_tool(self.tool, "-j", "2", "--help"), self.run_tool(self.tool, "--help"))

    def test_version(self):
        result = self.run_tool(self.tool, "--version")
        self.assert_fine(result)
        self.assertRegex(result.out, rf"^{self.tool.program} \d+\.\d+\.\d+ \(copydesk\)\n")


@for_each_tool()
class Mistakes:
    def test_an_unknown_option_with_a_near_one_suggested(self):
        result = self.run_tool(self.tool, "--treads", "2")
        self.assert_bad_usage(result, self.tool, ".*--treads")
        self.assertIn("--threads", result.err)

    def test_an_unknown_option_that_is_like_nothing(self):
        self.assert_bad_usage(self.run_tool(self.tool, "--xqzwvk"), self.tool, ".*--xqzwvk")

    def test_values_that_cannot_be(self):
        for arguments in (("-j", "many"), ("-j", "-3"), ("-f", "pdf"), ("-t", "pdf"), ("--color", "loud"),
                          ("--max-document-size", "0"), ("--max-document-size", "x")):
            self.assert_bad_usage(self.run_tool(self.tool, *arguments), self.tool, ".*")

    def test_an_option_without_its_value(self):
        self.assert_bad_usage(self.run_tool(self.tool, "-o"), self.tool, ".*")

    def test_the_last_of_two_values_counts(self):
        result = self.run_tool(self.tool, "-j", "9", "-j", "1", stdin=self.tool.document(article()))
        self.assert_fine(result)

    def test_what_follows_two_dashes_is_a_file(self):
        self.file("--help", self.tool.document(article()))
        result = self.run_tool(self.tool, "--", "--help")
        self.assert_fine(result)
        self.assertIn("harbour", result.out)


@for_each_tool()
class Reports:
    def test_statistics_are_one_json_object(self):
        self.file("in.jsonl", self.tool.records(3) + "not json\n")
        result = self.run_tool(self.tool, "--stats=stats.json", "in.jsonl")
        self.assertEqual(result.status, 1)
        stats = json.loads(self.read("stats.json"))
        self.assertEqual(stats["documents"], 4)
        self.assertEqual(stats["failures"], 1)
        on_stderr = self.run_tool(self.tool, "--stats", stdin=self.tool.records(3))
        self.assertEqual(on_stderr.status, 0)
        self.assertEqual(json.loads(on_stderr.err)["written"], 3)

    def test_quiet_still_reports_errors(self):
        result = self.run_tool(self.tool, "-q", "absent")
        self.assert_fails(result, 1, "absent")

    def test_progress_is_silent_off_a_terminal(self):
        result = self.run_tool(self.tool, "--progress", stdin=self.tool.records(3))
        self.assert_fine(result)

    def test_progress_on_a_terminal_is_erased_at_the_end(self):
        self.file("in.jsonl", self.tool.records(200))
        master, slave = pty.openpty()
        with subprocess.Popen([self.tool.path, "--progress", "in.jsonl"], cwd=self.dir, stderr=slave,
                              stdout=subprocess.DEVNULL, env={**os.environ, "TERM": "xterm"}) as process:
            os.close(slave)
            seen = b""
            try:
                while chunk := os.read(master, 4096):
                    seen += chunk
            except OSError:
                pass  # the terminal's other end is closed
        os.close(master)
        self.assertEqual(process.returncode, 0)
        if seen:  # a run that is over before the first tenth of a second need not draw anything
            self.assertTrue(seen.endswith(b"\x1b[K") or seen.endswith(b"\x1b[2K\r"), seen[-40:])
            self.assertNotIn(b"\n", seen)

    def test_colour_only_where_asked_for_and_never_in_data(self):
        always = self.run_tool(self.tool, "--color=always", "absent", "-", stdin=self.tool.document(article()))
        self.assertIn("\x1b[", always.err)
        self.assertNotIn("\x1b", always.out)
        for env in ({"NO_COLOR": "1"}, {}):
            self.assertNotIn("\x1b", self.run_tool(self.tool, "absent", env=env).err)


if __name__ == "__main__":
    main()
