#!/usr/bin/env python3
"""tokenize: its units, the forms that it writes, what becomes of tokens, counts, and learned abbreviations."""
import json

from harness import SLOWDOWN, CliTest, Tool, main

TEXT = "Dr. Reed counted the boats. She didn't count the ferry-boat!\n\nThe boats left at 3 p.m. on Friday."


class Tokenize(CliTest):
    def tokenize(self, *arguments, stdin=TEXT, lang="en"):
        result = self.run_tool(Tool("tokenize"), *(("-l", lang) if lang else ()), *arguments, stdin=stdin)
        self.assert_fine(result)
        return result.out

    def test_words_one_a_line_with_a_blank_line_between_sentences(self):
        sentences = self.tokenize().split("\n\n")
        self.assertEqual(sentences[0].split("\n"), ["Dr.", "Reed", "counted", "the", "boats", "."])
        self.assertEqual(len(sentences), 3)
        self.assertTrue(sentences[2].endswith("Friday\n.\n"))

    def test_joined_is_a_sentence_a_line(self):
        self.assertEqual(self.tokenize("--joined").split("\n")[0], "Dr. Reed counted the boats .")

    def test_sentences_cross_single_line_ends(self):
        out = self.tokenize("-u", "sentence", stdin="One\nsentence here. And\tanother.")
        self.assertEqual(out, "One sentence here.\nAnd another.\n")
        out = self.tokenize("-u", "sentence", "--lines", stdin="One\nsentence here. And another.")
        self.assertEqual(out, "One\nsentence here.\nAnd another.\n")

    def test_characters_are_those_of_a_reader(self):
        self.assertEqual(self.tokenize("-u", "char", stdin="e\u0301a \U0001F468\u200D\U0001F469"),
                         "e\u0301\na\n\U0001F468\u200D\U0001F469\n")

    def test_ngrams_stay_within_sentences(self):
        self.assertEqual(self.tokenize("--ngrams", "1-2", "--no-punctuation", stdin="A b c. D."),
                         "A\nA b\nb\nb c\nc\nD\n")

    def test_records_get_offsets_into_the_text(self):
        record = json.dumps({"id": "r", "text": TEXT, "x": 1.50}, ensure_ascii=False)
        out = json.loads(self.tokenize("-t", "jsonl", stdin=record + "\n"))
        text = TEXT.encode()
        self.assertEqual(out["text"], TEXT)
        self.assertEqual([text[b:e].decode() for b, e in out["sentences"]][2], "The boats left at 3 p.m. on Friday.")
        self.assertEqual([text[b:e].decode() for b, e in out["tokens"]][:3], ["Dr.", "Reed", "counted"])
        self.assertEqual("".join(text[b:e].decode() for b, e in out["tokens"]), "".join(TEXT.split()))
        out = json.loads(self.tokenize("-t", "jsonl", "--with-text", "--lower", stdin=record + "\n"))
        self.assertEqual(out["tokens"][0], [0, 3, "dr."])

    def test_conllu_says_paragraphs_and_missing_spaces(self):
        lines = self.tokenize("-t", "conllu").split("\n")
        self.assertTrue(lines[0].startswith("# newdoc id = "))
        self.assertEqual(lines[1:4], ["# newpar", "# sent_id = 1", "# text = Dr. Reed counted the boats."])
        self.assertEqual(lines.count("# newpar"), 2)
        rows = [line.split("\t") for line in lines if line and line[0] != "#"]
        self.assertTrue(all(len(row) == 10 for row in rows))
        self.assertEqual([row[9] for row in rows if row[1] == "boats"], ["SpaceAfter=No", "_"])
        text = "".join(row[1] + ("" if row[9] == "SpaceAfter=No" else " ") for row in rows)
        self.assertEqual(text.split(), TEXT.split())

    def test_counts_are_sorted_and_exact_beyond_memory(self):
        words = " ".join(f"w{i % 700} common" for i in range(70_000 // SLOWDOWN))
        plain = self.tokenize("-t", "counts", stdin=words)
        self.assertEqual(plain.split("\n")[0], f"common\t{70_000 // SLOWDOWN}")
        numbers = [int(line.split("\t")[1]) for line in plain.splitlines()]
        self.assertEqual(numbers, sorted(numbers, reverse=True))
        self.assertEqual(sum(numbers), 2 * (70_000 // SLOWDOWN))
        records = "".join(json.dumps({"text": words[at:at + 1400]}) + "\n" for at in range(0, len(words), 1400))
        whole = self.tokenize("-t", "counts", stdin=records)
        self.assertEqual(self.tokenize("-t", "counts", "--memory", "16K", "-j", "2", stdin=records), whole)

    def test_min_count(self):
        self.assertEqual(self.tokenize("-t", "counts", "--min-count", "2", stdin="a b a c b a"), "a\t3\nb\t2\n")

    def test_case_stems_and_stop_words(self):
        self.assertEqual(self.tokenize("--joined", "--fold", stdin="Stra\u00DFe", lang="de"), "strasse\n")
        self.assertEqual(self.tokenize("--joined", "--stem", stdin="Counting boats"), "count boat\n")
        self.assertEqual(self.tokenize("--joined", "--stop-words", "en", stdin="the boats and the quay"), "boats quay\n")
        self.file("stop.txt", "boats  # a comment\nquay\n")
        self.assertEqual(self.tokenize("--joined", "--stop-words", "stop.txt", stdin="the boats and the quay"), "the and the\n")

    def test_the_profile_of_the_standard(self):
        self.assertEqual(self.tokenize("--joined", "--profile", "uax29", stdin="Dr. No (a.b)..."), "Dr .\nNo ( a.b ) . . .\n")

    def test_the_language_of_a_record_wins(self):
        record = json.dumps({"text": "Am 3. Mai kam er.", "lang": "de"})
        out = json.loads(self.tokenize("-t", "jsonl", "--with-text", stdin=record + "\n"))
        self.assertIn("3.", [token[2] for token in out["tokens"]])

    def test_dictionary_scripts(self):
        self.assertEqual(self.tokenize("--joined", stdin="\u5317\u4eac\u5927\u5b66 ok", lang="zh"), "\u5317\u4eac \u5927\u5b66 ok\n")
        self.assertGreater(len(self.tokenize(stdin="\u0e20\u0e32\u0e29\u0e32\u0e44\u0e17\u0e22\u0e07\u0e48\u0e32\u0e22", lang="th").split()), 1)

    def test_abbreviations_of_the_user(self):
        text = "We met Modla. Holm on the quay."
        self.assertEqual(self.tokenize("-u", "sentence", stdin=text).count("\n"), 2)
        self.file("mine.txt", "# of our own\ntitle: Modla.\n")
        self.assertEqual(self.tokenize("-u", "sentence", "--abbreviations", "mine.txt", stdin=text).count("\n"), 1)
        self.file("bad.txt", "titel: Modla\n")
        result = self.run_tool(Tool("tokenize"), "--abbreviations", "bad.txt", stdin=text)
        self.assert_fails(result, 2, "line 1")

    def test_learned_abbreviations_are_read_back(self):
        records = "".join(json.dumps({"text": f"Then Modla. Holm spoke to them and left it there at tw. {i} or so, and there it is"}) + "\n"
                          for i in range(60))
        learned = self.tokenize("--learn-abbreviations", stdin=records)
        self.assertEqual(learned, "number: tw\nModla\n")
        self.assertEqual(self.tokenize("--learn-abbreviations", "-j", "2", stdin=records), learned)
        self.file("learned.txt", learned)
        text = "We met Modla. Holm on the quay."
        self.assertEqual(self.tokenize("-u", "sentence", "--abbreviations", "learned.txt", stdin=text).count("\n"), 1)

    def test_learning_writes_text_only(self):
        result = self.run_tool(Tool("tokenize"), "--learn-abbreviations", "-t", "counts", stdin=TEXT)
        self.assert_bad_usage(result, Tool("tokenize"), "abbreviations are written as text")

    def test_subwords_need_a_vocabulary(self):
        result = self.run_tool(Tool("tokenize"), "--count-tokens", stdin=TEXT)
        self.assert_bad_usage(result, Tool("tokenize"), "subwords need --vocabulary")

    def test_no_input_takes_more_than_linear_time(self):
        size = 10_000_000 // SLOWDOWN
        for part in (".", '"', "a", "\u0301", "a.", "\U0001F468\u200D"):
            text = part * (size // len(part.encode()))
            for unit in ("word", "sentence"):
                out = self.tokenize("-u", unit, "-f", "text", stdin=text)
                self.assertEqual("".join(out.split()), text, (part, unit))


if __name__ == "__main__":
    main()
