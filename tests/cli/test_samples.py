#!/usr/bin/env python3
"""What the tools make of the sample crawl: each page shows one thing that real pages do."""
import shutil

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


class Pipelines(CliTest):
    """The shell scripts that people copy, run as they stand."""

    def setUp(self):
        super().setUp()
        shutil.copytree(SAMPLES, self.dir / "samples")

    def test_all_four_in_a_row_say_nothing_and_give_the_same_on_any_number_of_threads(self):
        outputs = []
        for threads in (1, 2):
            result = self.shell(f"extract -j {threads} -t jsonl samples/crawl.warc.gz | clean -j {threads} |"
                                f" dedupe -j {threads} | tokenize -j {threads}")
            self.assert_fine(result)
            outputs.append(result.out)
        self.assertEqual(outputs[0], outputs[1])
        self.assertIn('"tokens"', outputs[0])

    def test_one_off(self):
        result = self.shell("samples/pipelines/one-off.sh samples/pages/*.html")
        self.assert_fine(result)
        sentences = result.out.splitlines()
        self.assertEqual(sum("keep its paper books" in s or "close its paper books" in s for s in sentences), 1)
        self.assertIn("Somebody out there has seen this jaw before", result.out)
        self.assertEqual(self.shell("samples/pipelines/one-off.sh").status, 2)

    def night(self, day):
        """The number of articles that a night writes; a page without any has nothing to compare."""
        self.assert_fine(self.shell(f"samples/pipelines/nightly-cron.sh samples/pages archive {day}"))
        return int(self.shell(f"zstd -dc archive/articles-{day}.jsonl.zst | jq -c 'select(.text != \"\")' | wc -l").out)

    def test_nightly_writes_a_story_on_one_night_only(self):
        first = self.night("2026-03-20")
        self.assertGreater(first, 10)
        self.assertEqual(self.night("2026-03-20"), first)
        self.assertEqual(self.night("2026-03-21"), 0)
        for stage in ("extract", "clean", "dedupe"):
            self.assertTrue((self.dir / "archive" / f"removed-2026-03-21-{stage}.jsonl.zst").exists(), stage)

    def test_nightly_does_not_run_twice_at_a_time(self):
        result = self.shell("mkdir archive; exec 9> archive/lock; flock 9;"
                            " samples/pipelines/nightly-cron.sh samples/pages archive 9>&-")
        self.assertEqual(result.status, 2)
        self.assertIn("has not ended", result.err)

    def test_corpus_goes_on_where_it_was(self):
        first = self.shell("samples/pipelines/corpus-build.sh samples corpus")
        self.assertEqual(first.status, 0, first)
        self.assertRegex(first.out, r"^\d+ articles, \d+ words\n$")
        articles = self.dir / "corpus" / "articles" / "crawl.warc.gz.jsonl.zst"
        made = articles.stat().st_mtime_ns
        self.assertEqual(self.shell("samples/pipelines/corpus-build.sh samples corpus").out, first.out)
        self.assertEqual(articles.stat().st_mtime_ns, made)


if __name__ == "__main__":
    main()
