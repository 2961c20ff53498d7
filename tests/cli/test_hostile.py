#!/usr/bin/env python3
"""Inputs made to hurt: they end in time, without a crash, and what stands beside them comes out."""
import time

from harness import SLOWDOWN, CliTest, Tool, article, for_each_tool, lines_of, main, page

LARGE = 60_000_000 // SLOWDOWN
MANY = 400_000 // SLOWDOWN


class Pages(CliTest):
    tool = Tool("extract")

    def survives(self, document, seconds=20):
        start = time.monotonic()
        result = self.run_tool(self.tool, stdin=document)
        self.assert_unharmed(result)
        self.assertLess(time.monotonic() - start, seconds)
        return result

    def test_nested_elements(self):
        result = self.survives(page(article()).replace("<article>", "<article>" + "<div>" * MANY))
        self.assertIn("harbour", result.out)

    def test_nested_elements_of_every_kind(self):
        for tag in ("ul><li", "table><tr><td", "blockquote", "b", "a", "p", "span", "section", "font"):
            self.survives("<html><body>" + f"<{tag}>" * (MANY // 8) + article())

    def test_attributes_on_one_tag(self):
        attributes = " ".join(f'data-a{i}="{i}"' for i in range(40_000))
        result = self.survives(page(article()).replace("<article>", f"<article {attributes}>"))
        self.assertIn("harbour", result.out)

    def test_one_long_line(self):
        result = self.survives(page(article()).replace("\n", " ").replace("</article>", "<p>" + "word " * (LARGE // 5)),
                               seconds=60)
        self.assertIn("harbour", result.out)

    def test_one_long_attribute(self):
        result = self.survives(page(article()).replace("<article>", '<article class="' + "c " * (LARGE // 20) + '">'))
        self.assertIn("harbour", result.out)

    def test_list_of_many_items_that_says_much_of_itself(self):
        items = "".join(f"<li>The gate was opened at {i} in the night, the harbour board said on Tuesday.</li>" for i in range(MANY // 8))
        result = self.survives(page(article()).replace("</article>", '<ol class="' + "c " * (LARGE // 60) + '">' + items + "</ol></article>"))
        self.assertIn("harbour", result.out)

    def test_unclosed_everything(self):
        for tail in ("<!--", "<script>", "<style>", "<title>", "<textarea>", "<a href='", "<![CDATA[", "<?php", "&", "<"):
            result = self.survives(page(article()).replace("</article>", tail * (MANY // 10)))
            self.assertIn("harbour", result.out)

    def test_entities_and_control_characters(self):
        self.survives(page("&amp;" * MANY + "&#0;&#x110000;&#xd800;" * 100))

    def test_json_ld_that_never_ends(self):
        bad = '<script type="application/ld+json">' + '{"@graph":[' * MANY + "</script>"
        result = self.survives(page(article()).replace("</head>", bad + "</head>"))
        self.assertIn("harbour", result.out)


@for_each_tool("clean", "dedupe", "tokenize")
class Text:
    def survives(self, text, seconds=60):
        start = time.monotonic()
        result = self.run_tool(self.tool, stdin=text)
        self.assert_unharmed(result)
        self.assertLess(time.monotonic() - start, seconds)
        return result

    def test_one_long_line(self):
        self.survives("the harbour master counted boats " * (LARGE // 33))

    def test_one_long_word(self):
        self.survives("a" * (LARGE // 6))

    def test_runs_of_one_character(self):
        for character in (".", '"', " ", "\n", "\u0301", "\u200d", "(", "-", "|", "\t", "\u2028", "a.", "\f"):
            self.survives(character * (2_000_000 // SLOWDOWN))

    def test_many_short_lines(self):
        self.survives("See also:\n\n" * (MANY // 2))


@for_each_tool("clean", "dedupe", "tokenize")
class Records:
    def test_one_long_line_between_two_records(self):
        good = self.tool.records(2).splitlines()
        long = self.tool.record("the harbour master counted boats " * (LARGE // 33), id="long")
        result = self.run_tool(self.tool, stdin="\n".join([good[0], long, good[1], ""]))
        self.assertEqual((result.status, result.err), (0, ""))
        self.assertEqual([r["id"] for r in lines_of(result.out)], ["r0", "long", "r1"])


if __name__ == "__main__":
    main()
