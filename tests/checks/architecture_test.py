#!/usr/bin/env python3
"""Tests architecture.py on small trees with one breach each."""
import pathlib
import tempfile
import unittest

import architecture

HEADER = "#pragma once\n/// @file\n/// What it is for.\n"


class Architecture(unittest.TestCase):
    def found(self, path, text):
        with tempfile.TemporaryDirectory() as folder:
            top = pathlib.Path(folder)
            (top / path).parent.mkdir(parents=True)
            (top / path).write_text(text)
            return list(architecture.breaches(top))

    def test_allowed_arrows_pass(self):
        self.assertEqual(self.found("src/extract/a.cpp", '#include "html/page.h"\n#include "text/utf8.h"\n'), [])
        self.assertEqual(self.found("src/clean/a.h", HEADER + '#include "copydesk/error.h"\n#include <sqlite3.h>\n'), [])

    def test_an_arrow_between_neighbours_is_found(self):
        self.assertIn("no arrow from clean to dedupe", self.found("src/clean/a.cpp", '#include "dedupe/x.h"\n')[0])

    def test_an_arrow_upwards_is_found(self):
        self.assertIn("no arrow from text to html", self.found("src/text/a.cpp", '#include "html/page.h"\n')[0])

    def test_a_library_in_the_wrong_room_is_found(self):
        self.assertIn("must not see", self.found("src/extract/a.cpp", "#include <libxml/HTMLparser.h>\n")[0])

    def test_a_library_in_a_public_header_is_found(self):
        self.assertIn("must not see", self.found("include/copydesk/a.h", HEADER + "#include <pcre2.h>\n")[0])

    def test_printing_is_found_with_its_line(self):
        found = self.found("src/text/a.cpp", "int x;\nvoid f() { std::cout << 1; }\n")
        self.assertEqual(len(found), 1)
        self.assertTrue(found[0].startswith("src/text/a.cpp:2:"), found)

    def test_words_in_comments_and_strings_are_not_calls(self):
        self.assertEqual(self.found("src/text/a.cpp", '// never exit(1)\nauto s = "abort()";\n/* printf("") */\n'), [])

    def test_a_header_without_file_comment_is_found(self):
        self.assertIn("@file", self.found("src/text/a.h", "#pragma once\n")[0])

    def test_characters_outside_ascii_are_found(self):
        self.assertIn("not ASCII", self.found("src/text/a.cpp", '// caf\u00e9\n')[0])

    def test_a_file_that_is_too_long_is_found(self):
        self.assertIn("longer", self.found("src/text/a.cpp", "\n" * 700)[0])


if __name__ == "__main__":
    unittest.main()
