#!/usr/bin/env python3
"""What every tool makes of its input: files, pipes, records, and bytes that are not what they should be."""
import json
import unittest

from harness import PARAGRAPHS, article, documents_of, for_each_tool, lines_of, main, page


@for_each_tool()
class Files:
    def test_standard_input_a_dash_and_a_file_give_the_same(self):
        document = self.tool.document(article())
        self.file("a", document)
        piped = self.run_tool(self.tool, stdin=document)
        self.assert_fine(piped)
        self.assertIn("harbour", piped.out)
        self.assertEqual(self.run_tool(self.tool, "-", stdin=document), piped)
        self.assertEqual(self.run_tool(self.tool, "a"), piped)

    def test_files_come_in_the_order_of_the_command_line(self):
        names = [self.file(f"f{i}", self.tool.document(article(key))) for i, key in enumerate(["xa", "xb", "xc"])]
        result = self.run_tool(self.tool, names[2], names[0], "-", stdin=self.tool.document(article("xd")))
        self.assert_fine(result)
        places = [result.out.find("harbour" + key) for key in ("xc", "xa", "xd")]
        self.assertNotIn(-1, places)
        self.assertEqual(places, sorted(places))
        self.assertNotIn("harbourxb", result.out)

    def test_a_missing_file_is_reported_and_the_others_are_read(self):
        self.file("good", self.tool.document(article()))
        result = self.run_tool(self.tool, "absent", "good")
        self.assert_fails(result, 1, rf"^{self.tool.program}: absent: .*No such file")
        self.assertIn("harbour", result.out)

    def test_a_directory_is_not_a_file(self):
        (self.dir / "folder").mkdir()
        self.file("good", self.tool.document(article()))
        result = self.run_tool(self.tool, "folder", "good")
        self.assert_fails(result, 1, rf"^{self.tool.program}: folder: .*directory")
        self.assertIn("harbour", result.out)

    def test_control_characters_of_a_file_name_do_not_reach_the_terminal(self):
        result = self.run_tool(self.tool, "no\x1b[31msuch")
        self.assertEqual(result.status, 1)
        self.assertNotIn("\x1b", result.err)

    def test_files_from_a_list(self):
        for key in ("xa", "xb"):
            self.file(f"name {key}", self.tool.document(article(key)))
        expected = self.run_tool(self.tool, "name xa", "name xb")
        self.assert_fine(expected)
        self.file("list", "name xa\n\nname xb\n")
        self.assertEqual(self.run_tool(self.tool, "--files-from", "list"), expected)
        self.assertEqual(self.run_tool(self.tool, "--files-from=-", "-0", stdin="name xa\0name xb\0"), expected)

    def test_a_list_with_a_missing_file_goes_on(self):
        self.file("good", self.tool.document(article()))
        result = self.run_tool(self.tool, "--files-from", "-", stdin="absent\ngood\n")
        self.assert_fails(result, 1, "absent: .*No such file")
        self.assertIn("harbour", result.out)

    def test_a_missing_list_is_fatal(self):
        result = self.run_tool(self.tool, "--files-from", "absent")
        self.assertEqual(result.status, 2)
        self.assertRegex(result.err, rf"^{self.tool.program}: absent: ")

    def test_an_empty_input_is_fine(self):
        for arguments in ((), ("-t", "jsonl") if self.tool.name != "extract" else ()):
            result = self.run_tool(self.tool, *arguments)
            self.assertEqual(result, (0, "", ""))


@for_each_tool("clean", "dedupe", "tokenize")
class Text:
    def test_no_final_newline(self):
        whole = self.run_tool(self.tool, stdin=article() + "\n")
        self.assertEqual(self.run_tool(self.tool, stdin=article()), whole)

    def test_windows_line_ends(self):
        whole = self.run_tool(self.tool, stdin=article() + "\n")
        result = self.run_tool(self.tool, stdin=(article() + "\n").replace("\n", "\r\n"))
        self.assert_fine(result)
        self.assertEqual(result.out.replace("\r\n", "\n"), whole.out)

    def test_a_byte_order_mark_is_not_part_of_the_text(self):
        whole = self.run_tool(self.tool, stdin=article() + "\n")
        result = self.run_tool(self.tool, stdin="\ufeff" + article() + "\n")
        self.assert_fine(result)
        self.assertEqual(result.out.replace("\ufeff", ""), whole.out)

    def test_nul_bytes(self):
        result = self.run_tool(self.tool, stdin=article().replace("boats", "bo\0ats") + "\n")
        self.assert_unharmed(result)
        self.assertIn("harbour", result.out)

    def test_invalid_utf8_in_gives_valid_utf8_out(self):
        # run_tool decodes strictly, so a broken byte that came through would raise here.
        result = self.run_tool(self.tool, stdin=article().encode().replace(b"boats", b"bo\xff\xc3ats\xed\xa0\x80") + b"\n")
        self.assert_unharmed(result)
        self.assertIn("harbour", result.out)

    def test_a_form_feed_stands_between_documents(self):
        stream = "\f".join(article(key) + "\n" for key in ("xa", "xb", "xc"))
        result = self.run_tool(self.tool, stdin=stream)
        self.assert_fine(result)
        found = documents_of(result.out)
        self.assertEqual(len(found), 3)
        for key, document in zip(("xa", "xb", "xc"), found):
            self.assertIn("harbour" + key, document)

    def test_text_to_records_and_records_to_text(self):
        records = self.run_tool(self.tool, "-t", "jsonl", stdin=article("xa") + "\n\f" + article("xb") + "\n")
        self.assert_fine(records)
        found = lines_of(records.out)
        self.assertEqual(len(found), 2)
        self.assertIn("harbourxa", found[0]["text"])


@for_each_tool()
class Records:
    def test_a_record_a_line(self):
        result = self.run_tool(self.tool, stdin=self.tool.records(3))
        self.assert_fine(result)
        self.assertEqual([r["id"] for r in lines_of(result.out)], ["r0", "r1", "r2"])

    def test_other_members_pass_through_byte_for_byte(self):
        odd = '"x" : [1, 2.50 ,"\\u00e9\\/"],\t"big":12345678901234567890.0,"n":null'
        body = self.tool.record(article())[1:-1]
        result = self.run_tool(self.tool, stdin="{" + odd + "," + body + ',"tail":{"a" :1}}\n')
        self.assert_fine(result)
        self.assertTrue(result.out.startswith("{" + odd + ","), result.out[:200])
        self.assertIn(',"tail":{"a" :1}', result.out)
        json.loads(result.out)

    def test_blank_lines_byte_order_mark_crlf_and_no_final_newline(self):
        plain = self.run_tool(self.tool, stdin=self.tool.records(2))
        odd = "\ufeff" + self.tool.records(2).replace("\n", "\r\n\r\n").rstrip()
        self.assertEqual(self.run_tool(self.tool, stdin=odd), plain)

    def bad_line(self, line, message):
        """The run reports file and line, writes the records around it and ends with 1."""
        good = self.tool.records(2).splitlines()
        self.file("in.jsonl", b"\n".join([good[0].encode(), line, good[1].encode(), b""]))
        result = self.run_tool(self.tool, "in.jsonl")
        self.assert_fails(result, 1, rf"^{self.tool.program}: in\.jsonl:2: .*{message}")
        self.assertEqual([r["id"] for r in lines_of(result.out)], ["r0", "r1"])
        strict = self.run_tool(self.tool, "--strict", "in.jsonl")
        self.assertIn("in.jsonl:2: ", strict.err)
        self.assertNotEqual(strict.status, 0)
        self.assertNotIn('"r1"', strict.out)

    def test_a_line_that_is_not_json(self):
        self.bad_line(b'{"id": "x", "text": ', "")
        self.bad_line(b'[1, 2]', "")
        self.bad_line(b'{"id":"x","text":"a"} trailing', "")

    def test_a_record_that_is_not_utf8(self):
        self.bad_line(b'{"id":"x","text":"caf\xe9","html":"caf\xe9"}', "")

    def test_a_record_without_text(self):
        self.bad_line(b'{"id":"x","title":"no body"}', "")
        self.bad_line(b'{"id":"x","text":17,"html":17}', "")

    def test_a_record_that_nests_too_deep(self):
        self.bad_line(b'{"id":"x","deep":' + b"[" * 100000 + b"]" * 100000 + b"}", "")

    def test_characters_of_every_plane_come_through(self):
        text = article().replace("nineteen", "\u00e9\u4e2d\U0001f6a2 \u2028nineteen")
        result = self.run_tool(self.tool, stdin=self.tool.record(text) + "\n")
        self.assert_fine(result)
        self.assertIn("\u4e2d", lines_of(result.out)[0]["text"])
        self.assertIn("\U0001f6a2", lines_of(result.out)[0]["text"])

    def test_a_document_that_is_too_large_is_skipped_and_named(self):
        records = self.tool.records(2).splitlines()
        huge = self.tool.record("word " * 4000, id="huge")
        self.file("in.jsonl", "\n".join([records[0], huge, records[1], ""]))
        result = self.run_tool(self.tool, "--max-document-size", "8K", "in.jsonl")
        self.assert_fails(result, 1, rf"^{self.tool.program}: in\.jsonl:2: ")
        self.assertEqual([r["id"] for r in lines_of(result.out)], ["r0", "r1"])


@for_each_tool("extract")
class Pages:
    def test_pages_without_a_final_newline_with_crlf_or_bom(self):
        plain = self.run_tool(self.tool, stdin=page(article()))
        self.assert_fine(plain)
        for variant in (page(article()).rstrip(), page(article()).replace("\n", "\r\n"), "\ufeff" + page(article())):
            self.assertEqual(self.run_tool(self.tool, stdin=variant), plain)

    def test_nul_bytes_and_invalid_utf8(self):
        bad = page(article()).encode().replace(b"boats", b"bo\0ats\xff\xc3")
        result = self.run_tool(self.tool, stdin=bad)
        self.assert_unharmed(result)
        self.assertIn("harbour", result.out)

    def test_several_pages_are_divided_by_form_feeds(self):
        names = [self.file(f"{key}.html", page(article(key))) for key in ("xa", "xb")]
        result = self.run_tool(self.tool, *names)
        self.assert_fine(result)
        found = documents_of(result.out)
        self.assertEqual([PARAGRAPHS[0][:11] in d.replace("xa", "").replace("xb", "") for d in found], [True, True])

    def test_a_page_that_yields_nothing_still_gives_a_record_that_says_why(self):
        self.file("empty.html", "<html><head><title>Nothing</title></head><body></body></html>")
        result = self.run_tool(self.tool, "-t", "jsonl", "empty.html")
        self.assertIn(result.status, (0, 1))
        record = lines_of(result.out)[0]
        self.assertEqual(record["text"], "")
        self.assertTrue(record["status"])

    def test_an_image_is_not_a_page(self):
        self.file("a.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
        self.file("b.html", page(article()))
        result = self.run_tool(self.tool, "-t", "jsonl", "a.png", "b.html")
        self.assert_unharmed(result)
        self.assertIn("harbour", lines_of(result.out)[-1]["text"])


if __name__ == "__main__":
    main()
