#!/usr/bin/env python3
"""gzip, zstd and WARC: whole, in parts, and cut off."""
import gzip
import subprocess

from harness import SAMPLES, CliTest, Tool, article, for_each_tool, lines_of, main

WARC = SAMPLES / "crawl.warc.gz"


def zstd(data):
    return subprocess.run(["zstd", "-qc"], input=data, stdout=subprocess.PIPE, check=True).stdout


@for_each_tool()
class Compressed:
    def test_gzip_and_zstd_are_recognised_by_content(self):
        stream = self.tool.records(4).encode()
        plain = self.run_tool(self.tool, stdin=stream)
        for packed in (gzip.compress(stream), zstd(stream)):
            self.assertEqual(self.run_tool(self.tool, stdin=packed), plain)
            self.file("name.without.hint", packed)
            self.assertEqual(self.run_tool(self.tool, "name.without.hint"), plain)

    def test_all_members_and_frames_are_read(self):
        parts = [line.encode() + b"\n" for line in self.tool.records(4).splitlines()]
        plain = self.run_tool(self.tool, stdin=b"".join(parts))
        self.assertEqual(self.run_tool(self.tool, stdin=b"".join(map(gzip.compress, parts))), plain)
        self.assertEqual(self.run_tool(self.tool, stdin=b"".join(map(zstd, parts))), plain)

    def test_a_truncated_stream_is_reported_and_what_came_before_is_kept(self):
        stream = self.tool.records(400).encode()
        for packed in (gzip.compress(stream, 1), zstd(stream)):
            self.file("cut", packed[:len(packed) * 2 // 3])
            self.file("good.jsonl", self.tool.record(article("zz"), id="last") + "\n")
            result = self.run_tool(self.tool, "cut", "good.jsonl")
            self.assertEqual(result.status, 1)
            self.assertRegex(result.err.splitlines()[0], rf"^{self.tool.program}: cut:")
            self.assertLessEqual(len(result.err.splitlines()), 2)
            ids = [record["id"] for record in lines_of(result.out)]
            self.assertEqual(ids, [f"r{i}" for i in range(len(ids) - 1)] + ["last"])

    def test_damaged_bytes_in_the_middle(self):
        packed = bytearray(gzip.compress(self.tool.records(400).encode(), 1))
        packed[len(packed) // 2:len(packed) // 2 + 40] = b"\xff" * 40
        self.file("bad.gz", bytes(packed))
        result = self.run_tool(self.tool, "bad.gz")
        self.assertEqual(result.status, 1)
        self.assertRegex(result.err, rf"^{self.tool.program}: bad\.gz:")

    def test_a_stream_that_unpacks_to_very_much_is_bounded_by_the_document_size(self):
        bomb = gzip.compress(b"a" * 40_000_000)
        result = self.run_tool(self.tool, "--max-document-size", "1M", stdin=bomb)
        self.assert_fails(result, 1, rf"^{self.tool.program}: standard input:")


class Warc(CliTest):
    tool = Tool("extract")

    def test_the_crawl_and_its_files_give_the_same_texts(self):
        pages = sorted((SAMPLES / "pages").glob("*.html"))
        from_files = self.run_tool(self.tool, "-t", "jsonl", *pages)
        from_crawl = self.run_tool(self.tool, "-t", "jsonl", WARC)
        self.assertEqual([r["text"] for r in lines_of(from_crawl.out)], [r["text"] for r in lines_of(from_files.out)])

    def test_every_packing_gives_the_same(self):
        plain = gzip.decompress(WARC.read_bytes())
        expected = self.run_tool(self.tool, "-t", "jsonl", WARC)
        for packed in (plain, gzip.compress(plain), zstd(plain)):
            self.assertEqual(self.run_tool(self.tool, "-t", "jsonl", stdin=packed), expected)

    def test_a_truncated_crawl(self):
        plain = gzip.decompress(WARC.read_bytes())
        whole = WARC.read_bytes()
        for cut in (whole[:len(whole) // 2], plain[:len(plain) // 2]):
            self.file("cut.warc", cut)
            result = self.run_tool(self.tool, "-t", "jsonl", "cut.warc")
            self.assert_fails(result, 1, rf"^{self.tool.program}: cut\.warc:")
            self.assertGreater(len(lines_of(result.out)), 3)

    def test_a_bad_record_in_the_middle(self):
        plain = gzip.decompress(WARC.read_bytes())
        first = plain.index(b"WARC/1.1", 400)
        self.file("bad.warc", plain[:first] + b"not a record\r\n\r\n" + plain[first:])
        result = self.run_tool(self.tool, "-t", "jsonl", "bad.warc")
        self.assertEqual(result.status, 1)
        self.assertRegex(result.err, rf"^{self.tool.program}: bad\.warc:")


if __name__ == "__main__":
    main()
