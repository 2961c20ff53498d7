#!/usr/bin/env python3
"""Holds the manual pages and the completions to what the programs say of themselves.

    test_man.py SOURCE_DIR BUILD_DIR
"""
import pathlib
import re
import subprocess
import sys
import unittest

SOURCE, BUILD = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
PAGES = sorted((BUILD / "man").glob("*.1"))


def output_of(*command, **more):
    return subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=True, **more).stdout


def options_of_help(program):
    """The options that --help lists, long and short."""
    lines = re.findall(r"^ {2}( {4}--|-\w(?:, --)?)(\S*)", output_of(program, "--help"), flags=re.M)
    found = set()
    for start, rest in lines:
        found |= {start[:2]} if start.strip().startswith("-") and not start.startswith("    ") else set()
        found |= {"--" + re.match(r"[a-z0-9-]*", rest).group(0)} if "--" in start else set()
    return found


def options_of_page(page):
    """The options that stand as the head of an entry."""
    found = set()
    for head in re.findall(r"^\.TP\n(.*)$", page.read_text(), flags=re.M):
        head = head.replace("\\-", "-").replace("\\fB", "").replace('"', " ")
        found |= set(re.findall(r"(?<![\w-])(--[a-z0-9][a-z0-9-]*|-[A-Za-z0-9])(?![\w-])", head))
    return found


class Manual(unittest.TestCase):
    maxDiff = 4000

    def test_there_is_a_page_for_every_program(self):
        programs = {path.name for path in (BUILD / "bin").iterdir()}
        self.assertEqual({page.stem for page in PAGES}, programs)

    def test_pages_list_the_options_that_help_lists(self):
        for page in PAGES:
            with self.subTest(page=page.name):
                self.assertEqual(options_of_page(page), options_of_help(BUILD / "bin" / page.stem))

    def test_pages_are_well_formed(self):
        for page in PAGES:
            with self.subTest(page=page.name):
                self.assertEqual(output_of("groff", "-man", "-ww", "-z", "-Tutf8", page), "")
                self.assertNotRegex(page.read_text(), r"@\w+@")


class Completion(unittest.TestCase):
    def complete(self, *words):
        """What bash would offer for the last word."""
        script = (f'source {BUILD / "completions" / "copydesk.bash"}; COMP_WORDS=("$@"); '
                  'COMP_CWORD=$(($# - 1)); _copydesk; printf "%s\\n" "${COMPREPLY[@]}"')
        return output_of("bash", "-c", script, "_", *words, cwd=SOURCE).split()

    def test_options_and_values(self):
        program = PAGES[0].stem
        path = BUILD / "bin" / program
        self.assertEqual(set(self.complete(path, "--")),
                         {option for option in options_of_help(path) if option.startswith("--")})
        self.assertEqual(self.complete(path, "--color", "al"), ["always"])
        self.assertIn("LICENSE", self.complete(path, "LIC"))

    def test_every_program_is_completed(self):
        programs = {path.name for path in (BUILD / "bin").iterdir()}
        for name in ("copydesk.bash", "_copydesk", "copydesk.fish"):
            with self.subTest(file=name):
                text = (BUILD / "completions" / name).read_text()
                self.assertEqual(programs - set(re.findall(r"[\w-]+", text)), set())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
