#!/usr/bin/env python3
"""What the tools make of the sample crawl: each page shows one thing that real pages do."""
from harness import SAMPLES, CliTest, Tool, lines_of, main

WARC = SAMPLES / "crawl.warc.gz"


class Extract(CliTest):
    tool = Tool("extract")

    def test_the_record_of_a_sample_page(self):
        result = self.run_tool(self.tool, "-t", "jsonl", SAMPLES / "pages" / "01-related-box.html")
        self.assert_fine(result)
        record = lines_of(result.out)[0]
        self.assertEqual(record["title"], "Night ferry to return after nine years as council backs trial")
        self.assertEqual(record["author"], ["Marta Quill"])
        self.assertTrue(record["date"].startswith("2026-03-10"), record["date"])
        self.assertEqual(record["lang"], "en")
        self.assertIn("Kittiwake will make the first crossing", record["text"])
        self.assertNotIn("Half of the ferry fleet", record["text"])

    def test_the_sample_crawl(self):
        result = self.run_tool(self.tool, "-t", "jsonl", WARC)
        self.assert_fine(result)
        records = lines_of(result.out)
        rows = [line.split("\t") for line in (SAMPLES / "crawl.tsv").read_text().splitlines() if line[0] != "#"]
        self.assertEqual([r["url"] for r in records], [row[1] for row in rows])
        self.assertEqual(len({r["id"] for r in records}), len(rows))
        for record in records:
            self.assertTrue(record["text"], record["url"])


if __name__ == "__main__":
    main()
