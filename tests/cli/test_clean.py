#!/usr/bin/env python3
"""What is clean's own: removal and its undoing, options of rules, the memory of a site."""
import json
import sqlite3

from harness import CliTest, Tool, article, main

CLEAN = Tool("clean")
FURNITURE = "\n\nYou may also like\n\nFive boats to see\n"


class Removal(CliTest):
    def test_restore_gives_the_input_back(self):
        text = article() + FURNITURE
        (self.dir / "in.jsonl").write_text(json.dumps({"id": "a", "lang": "en", "text": text}) + "\n")
        result = self.run_tool(CLEAN, "--removed", "removed.jsonl", "in.jsonl")
        self.assert_fine(result)
        self.assertEqual(json.loads(result.out)["text"].rstrip(), article())
        (self.dir / "out.jsonl").write_text(result.out)
        back = self.run_tool(CLEAN, "--restore", "removed.jsonl", "out.jsonl")
        self.assertEqual(back.out, (self.dir / "in.jsonl").read_text())

    def test_more_than_the_share_is_kept_whole_with_a_warning(self):
        (self.dir / "in.txt").write_text(article() + FURNITURE)
        result = self.run_tool(CLEAN, "--lang", "en", "--max-removed", "1%", "in.txt")
        self.assertEqual(result.out, article() + FURNITURE)
        self.assertIn("kept whole", result.err)
        self.assert_bad_usage(self.run_tool(CLEAN, "--max-removed", "140%", "in.txt"), CLEAN, ".*max-removed")


class Rules(CliTest):
    def test_an_option_of_rules_takes_one_argument(self):
        (self.dir / "in.txt").write_text(article() + FURNITURE)
        result = self.run_tool(CLEAN, "--lang", "en", "--disable", "en/share-block", "--disable", "en/related-block", "in.txt")
        self.assert_fine(result)
        self.assertIn("You may also like", result.out)

    def test_rules_of_a_file_trim_lines(self):
        (self.dir / "my.rules").write_text(
            "pack mine lang en\n\nrule place   trim start\nmatch upper town -\nyes UPPER TOWN - Rain => Rain\nno Rain\n")
        self.assert_fine(self.run_tool(CLEAN, "--check-rules", "my.rules"))
        (self.dir / "in.txt").write_text("UPPER TOWN - " + article() + "\n")
        result = self.run_tool(CLEAN, "--lang", "en", "--rules", "my.rules", "in.txt")
        self.assertEqual(result.out, article() + "\n")


class Score(CliTest):
    def test_a_menu_at_the_end_goes_by_score_only_where_rules_find_furniture(self):
        more = ("The count goes on in the meantime on the back of a calendar, and the council has asked for two copies of it."
                " “It was the only one that came down,” the carpenter said of the slate on Wednesday.")
        menu = "News\n\nSport\n\nWeather\n\nContact\n"
        (self.dir / "plain.txt").write_text(f"{article()}\n\n{more}\n\n{menu}")
        self.assertIn("Sport", self.run_tool(CLEAN, "--lang", "en", "plain.txt").out)
        (self.dir / "in.txt").write_text(f"{article()}\n\nAdvertisement\n\n{more}\n\n{menu}")
        scored = self.run_tool(CLEAN, "--lang", "en", "--removed", "removed.jsonl", "in.txt")
        self.assertEqual(scored.out, f"{article()}\n\n{more}\n")
        self.assertIn("score/line", (self.dir / "removed.jsonl").read_text())
        (self.dir / "out.txt").write_text(scored.out)
        self.assertEqual(self.run_tool(CLEAN, "--lang", "en", "out.txt").out, scored.out)
        without = self.run_tool(CLEAN, "--lang", "en", "--disable", "score/line", "in.txt")
        self.assertIn("Sport", without.out)


class Memory(CliTest):
    LINE = "The Harbour Gazette is printed on the first floor of the old mill"

    def feed(self, day, *options):
        records = [{"id": str(i), "url": f"http://x.org/{day}/{i}", "lang": "en",
                    "text": article("abc"[i] + "xyz"[day - 1]) + "\n\n" + self.LINE} for i in range(3)]
        (self.dir / "in.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records))
        result = self.run_tool(CLEAN, "--memory", "m.db", "--today", f"2024-05-0{day}", *options, "in.jsonl")
        self.assert_fine(result)
        return result.out

    def test_what_a_site_repeats_goes_from_the_second_day_on(self):
        for day in (1, 2):
            self.assertEqual(self.feed(day).count(self.LINE), 3)
        self.assertEqual(self.feed(3).count(self.LINE), 0)
        self.assertIn(self.LINE, self.run_tool(CLEAN, "--memory", "m.db", "--suggest-rules", "x.org").out)

    def test_while_another_learns_all_is_cleaned_and_nothing_learnt(self):
        self.feed(1)
        other = sqlite3.connect(self.dir / "m.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        (self.dir / "one.jsonl").write_text(json.dumps({"id": "a", "url": "http://x.org/n", "text": article("n")}) + "\n")
        result = self.run_tool(CLEAN, "--memory", "m.db", "--today", "2024-05-02", "one.jsonl", "in.jsonl")
        self.assertEqual(result.status, 1)
        self.assertEqual(len(result.out.splitlines()), 4)
        self.assertEqual(result.err, f"{CLEAN.program}: m.db: in use by another process: another run is learning\n")
        other.execute("ROLLBACK")
        other.close()
        self.assert_fine(self.run_tool(CLEAN, "--memory", "m.db", "--today", "2024-05-02", "one.jsonl"))

    def test_a_file_of_something_else_is_left_alone(self):
        other = sqlite3.connect(self.dir / "other.db")
        other.execute("CREATE TABLE line(text)")
        other.commit()
        other.close()
        (self.dir / "text.db").write_text("no database at all\n" * 100)
        (self.dir / "in.txt").write_text(article())
        for name in ("other.db", "text.db"):
            before = (self.dir / name).read_bytes()
            result = self.run_tool(CLEAN, "--memory", name, "--site", "x.org", "in.txt")
            self.assertEqual((result.status, result.out), (2, ""))
            self.assertRegex(result.err, f"^{CLEAN.program}: {name}: bad data file: .+\n$")
            self.assertEqual((self.dir / name).read_bytes(), before)

    def test_rules_are_suggested_from_a_file_that_is_there(self):
        result = self.run_tool(CLEAN, "--memory", "none.db", "--suggest-rules", "x.org")
        self.assertEqual((result.status, result.out), (2, ""))
        self.assertRegex(result.err, f"^{CLEAN.program}: none.db: cannot open: .+\n$")
        self.assertFalse((self.dir / "none.db").exists())

    def test_a_dry_run_learns_nothing(self):
        for day in (1, 2):
            self.feed(day, "--dry-run")
        self.assertEqual(self.feed(3).count(self.LINE), 3)


if __name__ == "__main__":
    main()
