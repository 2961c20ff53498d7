#!/usr/bin/env python3
"""dedupe: what it drops, marks, removes, and where it says so."""
import json
import resource
import signal
import subprocess
import unittest

from harness import PARAGRAPHS, SLOWDOWN, article, for_each_tool, lines_of, main, word_of

LONG = list(PARAGRAPHS)


def story(key, paragraphs=3):
    return article(key).split("\n\n")[:paragraphs]


@for_each_tool("dedupe")
class Dedupe:
    def record(self, name, paragraphs, **members):
        return json.dumps({"id": name, "text": "\n\n".join(paragraphs), **members}) + "\n"

    def dedupe(self, records, *arguments):
        self.file("in.jsonl", "".join(records))
        return self.run_tool(self.tool, *arguments, "in.jsonl")

    def three(self):
        """A stranger, a story, and the story again: exact, with another dateline, cut."""
        return [self.record("other", story("x")), self.record("story", story("")),
                self.record("copy", story("")),
                self.record("dateline", ["BERLIN (Agency) - " + story("")[0], *story("")[1:]]),
                self.record("cut", story("", 1))]

    def test_drops_and_says_what(self):
        result = self.dedupe(self.three(), "--removed", "removed.jsonl")
        self.assertEqual(result.status, 0, result.err)
        self.assertEqual([r["id"] for r in lines_of(result.out)], ["other", "story"])
        removed = lines_of(self.read("removed.jsonl"))
        self.assertEqual([(r["id"], r["line"], r["reason"], r["duplicate_of"]) for r in removed],
                         [("copy", 3, "exact", "story"), ("dateline", 4, "near", "story"),
                          ("cut", 5, "contained", "story")])
        self.assertEqual(removed[2]["text"], story("", 1)[0])

    def test_output_and_removed_make_the_input(self):
        records = self.three()
        result = self.dedupe(records, "--removed", "removed.jsonl")
        whole = lines_of(result.out)
        for line in lines_of(self.read("removed.jsonl")):
            whole.insert(line["line"] - 1, {**line["record"], "text": line["text"]})
        self.assertEqual(whole, [json.loads(r) for r in records])

    def test_marks_instead_of_dropping(self):
        records = self.three()
        marked = lines_of(self.dedupe(records, "--mark", "--keep", "first").out)
        self.assertEqual([r["id"] for r in marked], [json.loads(r)["id"] for r in records])
        self.assertNotIn("duplicate_of", marked[0])
        self.assertEqual(marked[2]["relation"], "exact")
        self.assertEqual(marked[2]["similarity"], 1)
        self.assertEqual(marked[4]["relation"], "contained")
        survivors = {r["id"] for r in marked if "duplicate_of" not in r}
        for r in marked:
            self.assertIn(r.get("duplicate_of", r["id"]), survivors)

    def test_marking_keeps_the_first_but_for_longer_versions(self):
        records = [self.record("z", story("")), self.record("a", story("")),
                   self.record("dateline", ["BERLIN (Agency) - " + story("")[0], *story("")[1:]]),
                   self.record("short", story("x", 1)), self.record("long", story("x")),
                   self.record("cut", story("x", 2))]
        marked = lines_of(self.dedupe(records, "--mark").out)
        self.assertEqual({r["id"]: r.get("duplicate_of") for r in marked},
                         {"z": None, "a": "z", "dateline": "z", "short": "long", "long": None, "cut": "long"})
        self.assertEqual([r.get("relation") for r in marked],
                         [None, "exact", "near", "contained", None, "contained"])
        # Asked for by name, the first is out as soon as it is read: its longer version says so.
        marked = lines_of(self.dedupe(records, "--mark", "--keep", "first").out)
        self.assertEqual([(r.get("duplicate_of"), r.get("supersedes")) for r in marked],
                         [(None, None), ("z", None), ("z", None), (None, None), (None, "short"), ("long", None)])

    def test_other_members_pass_through_byte_for_byte(self):
        line = '{ "id" : "a", "n":1.50,  "text":"' + LONG[0] + '" ,"z":[1 , 2]}\n'
        self.assertEqual(self.dedupe([line]).out, line)
        self.assertEqual(self.dedupe([line], "--mark").out, line)

    def test_a_longer_version_is_never_dropped(self):
        records = [self.record("short", story("", 1)), self.record("long", story(""))]
        out = lines_of(self.dedupe(records).out)
        self.assertEqual([r["id"] for r in out], ["short", "long"])
        self.assertEqual(out[1]["supersedes"], "short")
        out = lines_of(self.dedupe(records, "--keep", "longest").out)
        self.assertEqual([r["id"] for r in out], ["long"])
        self.assertNotIn("supersedes", out[0])

    def test_which_one_stays(self):
        records = [self.record("b", story(""), date="2026-02-03", site="two.example"),
                   self.record("a", story(""), date="2026-02-02", site="one.example"),
                   self.record("c", story("") + story("y", 1), date="2026-02-03",
                               site="news.three.example")]
        def kept(*keep):
            return [r["id"] for r in lines_of(self.dedupe(records, "--keep", *keep).out)]
        self.assertEqual(kept("first")[0], "b")
        self.assertEqual(kept("earliest")[0], "a")
        self.assertEqual(kept("longest"), ["c"])
        self.assertEqual(kept("sites:three.example,one.example"), ["c"])
        self.assertEqual(kept("sites:two.example")[0], "b")

    def test_the_survivor_does_not_depend_on_the_order(self):
        records = self.three() + [self.record("more", story("") + story("z", 1))]
        results = set()
        for order in (records, records[::-1], records[2:] + records[:2]):
            for keep in ("longest", "earliest"):
                out = lines_of(self.dedupe(order, "--keep", keep).out)
                results.add((keep, tuple(sorted(r["id"] for r in out))))
        self.assertEqual(len(results), 2, results)

    def test_window(self):
        records = [self.record("a", story(""), date="2026-02-01T00:00:00Z"),
                   self.record("b", story(""), date="2026-02-08T00:00:00Z")]
        self.assertEqual(len(lines_of(self.dedupe(records).out)), 2)
        self.assertEqual(len(lines_of(self.dedupe(records, "--window", "7d").out)), 1)
        self.assertEqual(len(lines_of(self.dedupe(records, "--window", "none").out)), 1)

    def test_urls(self):
        records = [self.record("a", story(""), url="https://www.example.org/s?utm_source=x"),
                   self.record("b", story("x"), url="http://example.org/s")]
        self.assertEqual(len(lines_of(self.dedupe(records, "--by", "url").out)), 1)
        self.assertEqual(len(lines_of(self.dedupe(records, "--by", "exact,near").out)), 2)

    def test_paragraphs(self):
        footer = "This footer stands below every article of the site, word for word, every day."
        records = [self.record("a", story("x") + [footer], site="s.example"),
                   self.record("b", story("y") + [footer], site="s.example"),
                   self.record("c", [footer] + story("z") + [footer], site="t.example")]
        result = self.dedupe(records, "--by", "paragraph", "--removed", "removed.jsonl")
        out = lines_of(result.out)
        self.assertIn(footer, out[0]["text"])
        self.assertNotIn(footer, out[1]["text"])
        self.assertEqual(out[2]["text"].strip(), "\n\n".join(story("z")))
        removed = lines_of(self.read("removed.jsonl"))
        self.assertEqual([(r["id"], r["documents"], r["sites"], r["same_site"]) for r in removed],
                         [("b", 1, 1, 1), ("c", 2, 1, 0), ("c", 2, 1, 0)])
        # From the output and the removed blocks the text can be made again.
        texts = {r["id"]: r["text"] for r in out}
        for r in removed:
            text = texts[r["id"]].encode()
            texts[r["id"]] = (text[:r["offset"]] + r["text"].encode() + text[r["offset"]:]).decode()
        self.assertEqual(list(texts.values()), [json.loads(r)["text"] for r in records])

    def test_paragraphs_and_lines_together(self):
        footer = "This footer stands below every article of the site, word for word,\nevery day, and in two lines."
        notice = "Subscribe to our newsletter and never miss a story of the harbour."
        records = [self.record("a", story("x") + [notice + "\n" + story("q")[0], footer]),
                   self.record("b", story("y") + [notice + "\n" + story("p")[0], footer]),
                   self.record("c", [footer] + story("z") + [notice])]
        result = self.dedupe(records, "--by", "line,paragraph", "--removed", "removed.jsonl")
        self.assert_fine(result)
        texts = {r["id"]: r["text"] for r in lines_of(result.out)}
        self.assertEqual(texts["b"].strip(), "\n\n".join(story("y") + [story("p")[0]]))
        self.assertEqual(texts["c"].strip(), "\n\n".join(story("z")))
        removed = lines_of(self.read("removed.jsonl"))
        self.assertEqual([(r["id"], r["reason"]) for r in removed],
                         [("b", "repeated line"), ("b", "repeated paragraph"), ("c", "repeated paragraph"),
                          ("c", "repeated line")])
        for r in removed:
            text = texts[r["id"]].encode()
            texts[r["id"]] = (text[:r["offset"]] + r["text"].encode() + text[r["offset"]:]).decode()
        self.assertEqual(list(texts.values()), [json.loads(r)["text"] for r in records])

    def test_lines(self):
        self.file("a.txt", "Subscribe to our newsletter and never miss a story.\nOne line that is new.\n"
                           "Subscribe to our newsletter and never miss a story.\n")
        result = self.run_tool(self.tool, "--by", "line", "a.txt")
        self.assertEqual(result.out, "Subscribe to our newsletter and never miss a story.\nOne line that is new.\n")

    def test_text_documents(self):
        self.file("in.txt", "\n\n".join(story("")) + "\n\f" + "\n\n".join(story("x")) + "\n\f" +
                  "\n\n".join(story("")) + "\n")
        result = self.run_tool(self.tool, "in.txt")
        self.assertEqual(result.out.count("\f"), 1)
        marked = lines_of(self.run_tool(self.tool, "--mark", "in.txt").out)
        self.assertEqual([r.get("duplicate_of") for r in marked], [None, None, "in.txt"])

    def test_clusters(self):
        result = self.dedupe(self.three(), "--clusters", "clusters.jsonl")
        self.assertEqual(result.status, 0)
        clusters = lines_of(self.read("clusters.jsonl"))
        self.assertEqual(len(clusters), 1)
        self.assertEqual(clusters[0]["survivor"], "story")
        self.assertEqual(clusters[0]["size"], 4)
        self.assertEqual([m["id"] for m in clusters[0]["members"]], ["copy", "dateline", "cut"])

    def test_records_without_id_get_the_hash_of_their_text(self):
        lines = [json.dumps({"text": "\n\n".join(story(""))}) + "\n"] * 2
        marked = lines_of(self.dedupe(lines, "--mark").out)
        self.assertRegex(marked[0]["id"], "^[0-9a-f]{32}$")
        self.assertEqual(marked[1]["duplicate_of"], marked[0]["id"])

    def test_first_is_out_as_soon_as_it_is_read(self):
        with subprocess.Popen([str(self.tool.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as run:
            for record in self.three()[:2]:
                run.stdin.write(record.encode())
                run.stdin.flush()
                self.assertEqual(run.stdout.readline().decode(), record)
            run.stdin.close()
            self.assertEqual(run.wait(), 0)

    def test_bad_options(self):
        for arguments in (("--by", "title"), ("--jaccard", "0"), ("--containment", "2"), ("--window", "soon"),
                          ("--keep", "last"), ("--bands", "64x4"), ("--shingle", "word:0"),
                          ("--mark", "--to", "text"), ("--hold", "long"),
                          ("--hold", "5", "--index", "index")):
            result = self.dedupe(self.three(), *arguments)
            self.assertEqual(result.status, 2, arguments)
            self.assertTrue(result.err.startswith(self.tool.program + ": "), result.err)
            self.assertEqual(result.out, "")

    def peak_and_seconds(self, command):
        """Peak memory in MiB and processor seconds of the last program of a shell command line."""
        result = self.shell("set -e; " + command)
        self.assertEqual(result.status, 0, result.err)
        seconds, kibibytes = map(float, self.read("time.txt").split())
        return kibibytes / 1024, seconds

    def measured(self, *arguments):
        """The command line of a run of dedupe that writes its seconds and its peak memory into time.txt."""
        return f"/usr/bin/time -o time.txt -f '%U %M' {self.tool.path} {' '.join(arguments)} -o out.jsonl"

    def test_a_million_identical_documents_take_linear_time(self):
        line = self.record("same", story("", 1))
        self.file("one.jsonl", line)
        million = 1000000 // SLOWDOWN
        seconds = {}
        for count in (million // 4, million):
            for keep in ("first", "longest"):
                _, seconds[keep, count] = self.peak_and_seconds(
                    f"yes \"$(cat one.jsonl)\" | head -n {count} | " + self.measured("--keep", keep, "--stats=stats.json"))
                self.assertEqual(self.read("out.jsonl"), line)
                stats = json.loads(self.read("stats.json"))
                self.assertEqual((stats["exact"], stats["verified"], stats["remembered"]), (count - 1, 0, 1))
        for keep in ("first", "longest"):
            self.assertLess(seconds[keep, million], 4 * 2 * seconds[keep, million // 4] + 0.2, seconds)

    @unittest.skipIf(SLOWDOWN > 1, "a sanitizer keeps memory of its own")
    def test_memory_does_not_grow_with_repeated_documents(self):
        # The index holds each story once: ten times the stream, the same memory.
        stories = [self.record(str(i), story("abcdefghij"[i % 10] + "abcdefghij"[i // 10])) for i in range(100)]
        self.file("stories.jsonl", "".join(stories))
        peaks = []
        for times in (40, 400):
            repeated = " ".join(["stories.jsonl"] * times)
            peaks.append(self.peak_and_seconds(self.measured("--keep", "first", repeated))[0])
            self.assertEqual(self.read("out.jsonl"), "".join(stories))
        self.assertLess(peaks[1], peaks[0] + 3, peaks)

    @unittest.skipIf(SLOWDOWN > 1, "a sanitizer keeps memory of its own")
    def test_memory_of_new_documents_is_what_is_documented(self):
        def peak(count, keep):
            with open(self.dir / "in.jsonl", "w", encoding="utf-8") as lines:
                for i in range(count):
                    words = " ".join(f"{word_of(i)}{letter}{j}" for j in range(12) for letter in "abcde")
                    lines.write(self.record(f"d{i}", [words]))
            found = self.peak_and_seconds(self.measured("--keep", keep, "in.jsonl"))[0]
            self.assertEqual(self.read("out.jsonl").count("\n"), count)
            return found
        # Enough that the shingle sets fill their part of memory in both.
        few, many = 60000, 140000
        for keep, each in (("first", 600), ("longest", 800)):
            grown = (peak(many, keep) - peak(few, keep)) * 2 ** 20
            self.assertLess(grown / (many - few), each, keep)

    def test_one_paragraph_that_all_share_is_capped_and_reported(self):
        footer = "This footer stands below every article of the site, word for word, on every single day of the year."
        count = 3000 // SLOWDOWN
        lines = [self.record(str(i), story(word_of(i), 2) + [footer]) for i in range(count)]
        result = self.dedupe(lines, "--stats=stats.json", "--bucket-cap", "16")
        self.assertEqual(result.out, "".join(lines))
        stats = json.loads(self.read("stats.json"))
        self.assertGreaterEqual(stats["capped_keys"], count - 17)
        self.assertLessEqual(stats["candidates"], 2 * 16 * count)
        self.assertLess(stats["verified"], 4 * count)
        keys = self.shell(f"LC_ALL=C; export LC_ALL; {self.tool.path} signatures in.jsonl | sort |"
                          f" {self.tool.path} pairs --bucket-cap 16 --stats=pairs.json")
        self.assertEqual((keys.status, keys.out), (0, ""))
        self.assertGreaterEqual(json.loads(self.read("pairs.json"))["capped_keys"], count - 17)
        self.assertRegex(keys.err, r"\d+ documents left out of keys that more")

    def test_ids_that_come_twice(self):
        records = [self.record("a", story("")), self.record("a", story("")), self.record("a", story("x")),
                   self.record("b", story(""))]
        kept = records[0] + records[2]
        self.assertEqual(self.dedupe(records).out, kept)
        self.assertEqual(self.dedupe(records, "--keep", "longest").out, kept)
        stages = self.shell(f"set -e; export LC_ALL=C; d={self.tool.path}; $d signatures in.jsonl | sort | $d pairs | sort -u"
                            " | $d cluster --keep longest > plan; $d apply --plan plan in.jsonl")
        self.assertEqual((stages.status, stages.out), (0, kept))

    def test_a_full_disk_ends_the_run(self):
        def no_room():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))

        lines = [self.record(str(i), story(word_of(i))) for i in range(200)]
        self.file("in.jsonl", "".join(lines))
        result = self.run_tool(self.tool, "--keep", "longest", "in.jsonl", preexec_fn=no_room)
        self.assert_fails(result, 2, "write failed: temporary file in /.*: File too large")

    def test_a_temporary_folder_that_is_not_there_ends_the_run(self):
        result = self.run_tool(self.tool, "--keep", "longest", stdin=self.three()[0],
                               env={"TMPDIR": "/nonexistent"})
        self.assertEqual(result.status, 2)
        self.assertIn("/nonexistent", result.err)

    def crawl(self):
        """Stories and versions of them, dated, from several sites, in an order that means nothing."""
        lines = []
        for i in range(60):
            word = "abcdefghij"[i // 10] + "klmnopqrst"[i % 10]
            date = f"2026-02-{1 + i % 20:02}"
            members = {"date": date, "url": f"http://s{i % 5}.example/{i}", "site": f"s{i % 5}.example"}
            lines.append(self.record(f"whole-{i}", story(word), **members))
            if i % 3 == 0:
                lines.append(self.record(f"cut-{i}", story(word, 2), **{**members, "url": f"http://a.example/{i}"}))
            if i % 4 == 0:
                lines.append(self.record(f"dateline-{i}", ["PARIS - " + story(word)[0], *story(word)[1:]], date=date))
            if i % 5 == 0:
                lines.append(self.record(f"copy-{i}", story(word), date=date))
            if i % 7 == 0:
                lines.append(self.record(f"page-{i}", story(word) + story(word + "x", 1), **members))
            if i % 10 == 0:
                lines.append(json.dumps({"text": "\n\n".join(story(word))}) + "\n")
        lines.append(self.record("tab\tid \u00e9", story("ab")))
        lines.sort(key=lambda line: line[::-1])
        return lines

    def test_holding_to_the_end_is_reading_all(self):
        self.file("in.jsonl", "".join(self.crawl()))
        for keep in ("earliest", "longest", "sites:s3.example,s1.example"):
            for mark in ([], ["--mark"]):
                whole = self.run_tool(self.tool, "--keep", keep, *mark, "in.jsonl")
                for hold in ("100000", "400d"):
                    held = self.run_tool(self.tool, "--keep", keep, *mark, "--hold", hold, "in.jsonl")
                    self.assertEqual(held, whole)
        marked = self.run_tool(self.tool, "--mark", "in.jsonl")
        self.assertEqual(self.run_tool(self.tool, "--mark", "--hold", "9999", "in.jsonl"), marked)

    def test_holding_a_while_refers_to_records_that_are_written(self):
        self.file("in.jsonl", "".join(self.crawl()))
        texts = {r["id"]: r["text"] for r in lines_of(self.run_tool(self.tool, "--mark", "in.jsonl").out)}
        for keep in ("first", "earliest", "longest"):
            for hold in ("0", "1", "7", "50", "1d", "5d"):
                held = ("--keep", keep, "--hold", hold, "--window", "none")
                result = self.run_tool(self.tool, *held, "--removed", "removed.jsonl", "in.jsonl")
                self.assertEqual((result.status, result.err), (0, ""))
                # A record without an id is named by the hash of its text.
                marked = lines_of(self.run_tool(self.tool, "--mark", *held, "in.jsonl").out)
                kept = {r["id"] for r in marked if "duplicate_of" not in r}
                removed = lines_of(self.read("removed.jsonl"))
                self.assertEqual(len(lines_of(result.out)) + len(removed), len(self.crawl()))
                self.assertGreater(len(removed), 20)
                for r in removed:
                    self.assertIn(r["duplicate_of"], kept)
                    if r["reason"] == "contained":
                        self.assertLess(len(r["text"]), len(texts[r["duplicate_of"]]))
                self.assertEqual(self.run_tool(self.tool, *held, "-j4", "in.jsonl").out, result.out)

    def test_holding_is_by_date(self):
        short, long = story("", 2), story("")
        def kept(dates, *arguments):
            lines = [self.record(name, text, date=f"2026-02-{day:02}")
                     for (name, text), day in zip((("short", short), ("x", story("x")), ("long", long)), dates)]
            return [r["id"] for r in lines_of(self.dedupe(lines, "--keep", "longest", "--window", "none", *arguments).out)]
        self.assertEqual(kept((1, 2, 3)), ["x", "long"])
        self.assertEqual(kept((1, 2, 3), "--hold", "3d"), ["x", "long"])
        # On the second the short one is out, and the long one can only supersede it.
        self.assertEqual(kept((1, 2, 3), "--hold", "1d"), ["short", "x", "long"])
        # A clock that goes back releases nothing early.
        self.assertEqual(kept((3, 1, 2), "--hold", "1d"), ["x", "long"])

    def test_a_held_record_is_out_when_enough_have_come(self):
        with subprocess.Popen([str(self.tool.path), "--keep", "longest", "--hold", "2"], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE) as run:
            lines = [self.record(str(i), story("abcdef"[i])) for i in range(5)]
            run.stdin.write("".join(lines[:3]).encode())
            run.stdin.flush()
            self.assertEqual(run.stdout.readline().decode(), lines[0])
            run.stdin.write(lines[3].encode())
            run.stdin.flush()
            self.assertEqual(run.stdout.readline().decode(), lines[1])
            run.stdin.close()
            self.assertEqual(run.stdout.read().decode(), "".join(lines[2:4]))
            self.assertEqual(run.wait(), 0)

    def test_holding_many_identical_documents(self):
        record = self.record("same", story(""))
        count = 100000 // SLOWDOWN
        result = self.dedupe([record] * count, "--keep", "longest", "--hold", str(count // 2))
        self.assertEqual(result.out, record)

    def test_the_stages_keep_what_one_run_keeps(self):
        self.file("in.jsonl", "".join(self.crawl()))
        one = {}
        for keep in ("earliest", "longest", "sites:s3.example,s1.example"):
            for mark in ("", "--mark"):
                one = self.run_tool(self.tool, "--keep", keep, *mark.split(), "--removed", "removed.jsonl", "in.jsonl")
                command = (f"set -e -o pipefail; export LC_ALL=C; d={self.tool.path}; $d signatures -j2 in.jsonl | sort"
                           f" | $d pairs | sort -u > pairs; $d cluster --keep {keep} pairs > plan;"
                           f" $d apply --removed applied.jsonl --plan plan {mark} in.jsonl")
                stages = self.shell(command)
                self.assertEqual((stages.status, stages.err), (0, ""))
                self.assertEqual(stages.out, one.out)
                self.assertEqual(self.read("applied.jsonl"), self.read("removed.jsonl"))
        self.assertGreater(self.read("removed.jsonl").count("\n") + one.out.count("duplicate_of"), 30)

    def test_the_stages_over_shared_keys_alone(self):
        self.file("in.jsonl", "".join(self.crawl()))
        result = self.shell(f"set -e; export LC_ALL=C; d={self.tool.path}; $d signatures in.jsonl | sort | $d pairs | sort -u > pairs;"
                            " $d signatures --keys-only in.jsonl | sort | uniq -d > shared;"
                            " $d signatures --only shared in.jsonl | sort | $d pairs | sort -u | cmp - pairs; wc -l < pairs")
        self.assertEqual(result.status, 0, result.err)
        self.assertGreater(int(result.out), 30)

    def test_the_parts_of_a_stage_can_be_run_apart(self):
        lines = self.crawl()
        self.file("a.jsonl", "".join(lines[::2]))
        self.file("b.jsonl", "".join(lines[1::2][::-1]))
        self.file("in.jsonl", "".join(lines))
        result = self.shell(f"set -e; export LC_ALL=C; d={self.tool.path}; $d signatures in.jsonl | sort | $d pairs | sort -u > pairs;"
                            " ($d signatures b.jsonl; $d signatures a.jsonl) | sort | $d pairs | sort -u | cmp - pairs")
        self.assertEqual(result.status, 0, result.err)

    def test_a_stage_says_what_it_was_given(self):
        result = self.run_tool(self.tool, "pairs", stdin=self.record("a", story("")))
        self.assert_fails(result, 1, "standard input: unsupported type of content: records as JSON Lines$")

    def test_bad_lines_of_stages(self):
        self.file("in.jsonl", "".join(self.crawl()[:6]))
        keys = sorted(self.run_tool(self.tool, "signatures", "in.jsonl").out.splitlines(keepends=True), reverse=True)
        unsorted = self.run_tool(self.tool, "pairs", stdin="".join(keys))
        self.assertEqual(unsorted.status, 2)
        self.assertIn("not sorted", unsorted.err)
        for stage in ("pairs", "cluster"):
            bad = self.run_tool(self.tool, stage, stdin="k00\tnothing\n")
            self.assert_fails(bad, 1, "standard input:1: .*not a line of dedupe")
        self.file("plan", "nothing\n")
        self.assertEqual(self.run_tool(self.tool, "apply", "--plan", "plan", "in.jsonl").status, 2)
        self.assertEqual(self.run_tool(self.tool, "apply", "in.jsonl").status, 2)
        self.assertEqual(self.run_tool(self.tool, "cluster", "--keep", "first", stdin="").status, 2)


if __name__ == "__main__":
    main()
