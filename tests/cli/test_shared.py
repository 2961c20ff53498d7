#!/usr/bin/env python3
"""What extract makes of several pages of one site: what they share goes, and only that."""
import subprocess

from harness import CliTest, PARAGRAPHS, Tool, article, lines_of, main

NOTICE = ("Readers of this paper may write to the editor, who prints what is short and to the point, and who keeps the"
          " right to leave out what has been said before.")
MENU = "".join(f"<li><a href='/{name}'>All our {name} pages</a>" for name in
               ("news", "sport", "weather", "letters", "archive", "jobs", "tide"))


def site_page(key, notice=NOTICE):
    """A page of one site with a story of its own and the notice amid it."""
    first, *rest = article(key).split("\n\n")
    body = "".join(f"<p>{p}</p>\n" for p in (first, *rest, notice, article(key + "q", PARAGRAPHS[:1])) if p)
    return (f"<!DOCTYPE html><html lang='en'><head><title>The {key} count</title></head><body>"
            f"<nav><ul>{MENU}</ul></nav><article><h1>The {key} count</h1>\n{body}</article></body></html>\n")


class Shared(CliTest):
    tool = Tool("extract")

    def pages(self, keys="abcde", **more):
        return [self.file(f"{key}.html", site_page(key, **more)) for key in keys]

    def test_a_notice_on_all_pages_goes_and_is_named(self):
        pages = self.pages()
        result = self.run_tool(self.tool, "-t", "jsonl", "--removed", "removed.jsonl", "--stats=stats.json", *pages)
        self.assert_fine(result)
        records = lines_of(result.out)
        self.assertEqual([r["id"] for r in records], pages)
        kept = lines_of(self.run_tool(self.tool, "-t", "jsonl", "--keep-shared", *pages).out)
        gone = [line for line in lines_of(self.read("removed.jsonl")) if line["reason"] == "shared"]
        self.assertEqual([line["id"] for line in gone], pages)
        for record, whole, line in zip(records, kept, gone):
            self.assertIn(NOTICE, whole["text"])
            self.assertEqual(line["text"], NOTICE)
            self.assertEqual(record["text"], whole["text"].replace(NOTICE + "\n\n", ""))
            self.assertEqual({**record, "text": ""}, {**whole, "text": ""})
        self.assertEqual(lines_of(self.read("stats.json"))[0]["shared_blocks"], len(pages))

    def test_a_page_alone_keeps_all(self):
        page = self.pages("a")
        self.assertIn(NOTICE, self.run_tool(self.tool, *page).out)

    def test_text_and_markdown(self):
        pages = self.pages()
        for form in "text", "markdown":
            result = self.run_tool(self.tool, "-t", form, *pages)
            self.assert_fine(result)
            self.assertNotIn("Readers of this paper", result.out)
            whole = self.run_tool(self.tool, "-t", form, "--keep-shared", *pages)
            self.assertEqual(result.out, whole.out.replace(NOTICE + "\n\n", ""))

    def test_more_pages_than_wait_at_a_time(self):
        names = [f"{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(200)]
        good = self.pages(names)
        pages = list(good)
        self.file("broken.jsonl", '{"html": 5}\n')
        pages[100:100] = ["broken.jsonl", "missing.html"]
        one = self.run_tool(self.tool, "-j", "1", "-t", "jsonl", *pages)
        self.assertEqual(one.status, 1)
        self.assertEqual([r["id"] for r in lines_of(one.out)], good)
        self.assertNotIn("Readers of this paper", one.out)
        self.assertEqual(self.run_tool(self.tool, "-j", "4", "-t", "jsonl", *pages), one)

    def test_strict_and_line_buffered_look_back_only(self):
        pages = self.pages()
        for option in "--strict", "--line-buffered":
            result = self.run_tool(self.tool, "-t", "jsonl", option, *pages)
            self.assert_fine(result)
            self.assertEqual([NOTICE in r["text"] for r in lines_of(result.out)], [True, True, False, False, False])

    def test_line_buffered_lets_a_page_out_at_once(self):
        with subprocess.Popen([self.tool.path, "--line-buffered", "-t", "jsonl"], cwd=self.dir,
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
            for key in "ab":
                running.stdin.write(self.tool.record(article(key), id=key).encode() + b"\n")
                running.stdin.flush()
                self.assertIn(f'"id":"{key}"'.encode(), running.stdout.readline().replace(b'": "', b'":"'))
            running.stdin.close()
        self.assertEqual(running.returncode, 0)

    def test_a_failed_write_is_noticed_though_pages_wait(self):
        with open("/dev/full", "wb") as full:
            result = self.run_tool(self.tool, *self.pages(), stdout=full)
        self.assertEqual(result.status, 2)
        self.assertIn("No space left on device", result.err)

    def test_explain_judges_each_page_by_itself(self):
        pages = self.pages()
        blocks = lines_of(self.run_tool(self.tool, "--explain", *pages).out)
        self.assertEqual([b["kept"] for b in blocks if b["text"] == NOTICE], [True] * len(pages))


if __name__ == "__main__":
    main()
