#!/usr/bin/env python3
"""The same bytes whatever the number of threads, the locale, the run; memory that does not grow with the stream."""
import os
import subprocess

from harness import SLOWDOWN, for_each_tool, main


@for_each_tool()
class Same:
    def options(self):
        return () if self.tool.name == "tokenize" else ("--removed", "removed.jsonl")

    def outcome(self, *arguments, env=None):
        result = self.run_tool(self.tool, *arguments, *self.options(), "in.jsonl", env=env)
        removed = self.read("removed.jsonl") if self.options() else ""
        return result, removed

    def test_threads_and_runs(self):
        lines = self.tool.records(300).splitlines()
        for i in range(1, 300, 40):  # bad lines and duplicates among them, so that messages have an order too
            lines.insert(i, "not json")
            lines.insert(i + 20, lines[i + 3])
        self.file("in.jsonl", "\n".join(lines) + "\n")
        expected = self.outcome("-j", "1")
        self.assertEqual(expected[0].status, 1)
        for threads in ("2", "3", "7", "0", "2"):
            self.assertEqual(self.outcome("-j", threads), expected)

    def test_locales(self):
        self.file("in.jsonl", self.tool.records(20))
        expected = self.outcome(env={"LC_ALL": "C"})
        for locale in ("C.UTF-8", "tr_TR.UTF-8", "de_DE.ISO-8859-1", "none"):
            self.assertEqual(self.outcome(env={"LC_ALL": locale, "LANGUAGE": "de"}), expected)


@for_each_tool("extract", "clean", "tokenize")
class Memory:
    def test_memory_does_not_grow_with_the_stream(self):
        """Peak memory (KiB) of a run over a pipe of N and of 6 N records."""
        def peak(count):
            command = f"/usr/bin/time -o peak -f %M {self.tool.path} -j 2 > /dev/null"
            with subprocess.Popen(["bash", "-c", command], cwd=self.dir, stdin=subprocess.PIPE) as process:
                process.stdin.write(self.tool.records(1000).encode() * count)
                process.stdin.close()
            self.assertEqual(process.returncode, 0)
            return int(self.read("peak"))

        if "ASAN_OPTIONS" in os.environ or SLOWDOWN > 1:
            self.skipTest("a sanitizer keeps freed memory")
        small, large = peak(4), peak(24)
        self.assertLess(large, small * 1.5 + 8000)


if __name__ == "__main__":
    main()
