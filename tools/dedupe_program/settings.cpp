#include "dedupe_program/settings.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace copydesk::tools {
namespace {

constexpr const char* kWhat = "What is the same";

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t end = std::min(list.find(',', at), list.size());
    parts.push_back(list.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

std::optional<std::uint32_t> parse_number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

[[noreturn]] void refuse(const std::string& message) {
  throw CLI::ValidationError(message);
}

void set_by(DedupeSettings& settings, const std::string& list) {
  settings.dedupe.by_url = settings.dedupe.by_exact = settings.dedupe.by_near = false;
  settings.blocks.clear();
  for (const std::string& what : split(list)) {
    if (what == "url") {
      settings.dedupe.by_url = true;
    } else if (what == "exact") {
      settings.dedupe.by_exact = true;
    } else if (what == "near") {
      settings.dedupe.by_near = true;
    } else if (what == "paragraph" || what == "line") {
      settings.blocks.push_back(what == "line" ? BlockUnit::line : BlockUnit::paragraph);
    } else {
      refuse("--by: '" + what + "' is not one of url, exact, near, paragraph, line");
    }
  }
  std::vector<BlockUnit>& units = settings.blocks;
  std::sort(units.begin(), units.end());
  units.erase(std::unique(units.begin(), units.end()), units.end());
}

void set_shingle(SketchOptions& sketch, const std::string& value) {
  const std::size_t colon = value.find(':');
  const std::string kind = value.substr(0, colon);
  if (kind == "auto") {
    sketch.shingle = ShingleKind::automatic;
  } else if (kind == "word") {
    sketch.shingle = ShingleKind::word;
  } else if (kind == "char") {
    sketch.shingle = ShingleKind::character;
  } else {
    refuse("--shingle: '" + kind + "' is not one of auto, word, char");
  }
  sketch.shingle_size = 0;
  if (colon == std::string::npos) return;
  const auto size = parse_number(std::string_view(value).substr(colon + 1));
  if (!size || *size == 0 || *size > 64) refuse("--shingle: the size is 1 to 64");
  sketch.shingle_size = *size;
}

void set_bands(SketchOptions& sketch, const std::string& value) {
  const std::size_t x = value.find('x');
  const auto bands = parse_number(std::string_view(value).substr(0, x));
  const auto rows =
      x == std::string::npos ? std::nullopt : parse_number(std::string_view(value).substr(x + 1));
  if (!bands || !rows) refuse("--bands: '" + value + "' is not of the form 32x4");
  sketch.bands = *bands;
  sketch.rows = *rows;
  if (Status status = check(sketch); !status) refuse("--bands: " + status.error().detail);
}

void set_window(DedupeOptions& dedupe, const std::string& value) {
  dedupe.window.reset();
  if (value == "none") return;
  dedupe.window = parse_duration(value);
  if (!dedupe.window) refuse("--window: '" + value + "' is no duration such as 72h or 7d, or none");
}

void set_keep(KeepOrder& keep, const std::string& value) {
  keep.sites.clear();
  if (value == "first") {
    keep.policy = KeepPolicy::first;
  } else if (value == "earliest") {
    keep.policy = KeepPolicy::earliest;
  } else if (value == "longest") {
    keep.policy = KeepPolicy::longest;
  } else if (value.starts_with("sites:")) {
    keep.policy = KeepPolicy::sites;
    keep.sites = split(value.substr(6));
  } else {
    refuse("--keep: '" + value + "' is not one of first, earliest, longest, sites:A,B");
  }
}

void set_hold(DedupeSettings& settings, const std::string& value) {
  Hold hold;
  if (const auto documents = parse_number(value)) {
    hold.documents = *documents;
  } else if (const auto seconds = parse_duration(value)) {
    hold.seconds = *seconds;
  } else {
    refuse("--hold: '" + value + "' is no duration such as 24h and no number of documents");
  }
  settings.hold = hold;
}

/// An option whose value goes through `set`, which throws where the value is refused.
template <typename Set>
void add(CLI::App& app, const std::string& flag, const std::string& text, const char* group,
         const std::string& what, Set set) {
  app.add_option_function<std::string>(flag, set, what)
      ->option_text(text)
      ->group(group)
      ->take_last();
}

}  // namespace

std::optional<std::int64_t> parse_duration(const std::string& text) {
  std::string_view number = text;
  std::int64_t unit = 1;
  if (!text.empty()) {
    const std::size_t letter = std::string_view("smhdw").find(text.back());
    constexpr std::int64_t kUnits[] = {1, 60, 3600, 86400, 604800};
    if (letter != std::string_view::npos) {
      unit = kUnits[letter];
      number.remove_suffix(1);
    }
  }
  const auto value = parse_number(number);
  if (!value) return std::nullopt;
  return *value * unit;
}

void add_similarity_options(CLI::App& app, DedupeSettings& settings) {
  add(app, "--by", "LIST", kWhat,
      "Any of url, exact, near, paragraph, line (default url,exact,near)",
      [&](const std::string& value) { set_by(settings, value); });
  app.add_option("--jaccard", settings.dedupe.jaccard,
                 "Near: Jaccard index of at least this (default 0.5)")
      ->option_text("PART")
      ->group(kWhat)
      ->take_last();
  app.add_option("--containment", settings.dedupe.containment,
                 "Near: or this part of the smaller in the larger one (default 0.8)")
      ->option_text("PART")
      ->group(kWhat)
      ->take_last();
  app.add_option("--passages", settings.dedupe.passages,
                 "Near: or this part of each in the other, in passages of 16 words (default 0.5)")
      ->option_text("PART")
      ->group(kWhat)
      ->take_last();
  add(app, "--window", "TIME", kWhat,
      "Compare texts dated no further apart: 72h, 7d, none (default 72h)",
      [&](const std::string& value) { set_window(settings.dedupe, value); });
  add(app, "--shingle", "KIND", kWhat,
      "Compare word:N, char:N or auto: words, but characters for Chinese, Japanese, Thai "
      "(default auto)",
      [&](const std::string& value) { set_shingle(settings.sketch, value); });
  add(app, "--bands", "BxR", kWhat,
      "Bands and rows of the signature; 20x6 from 100 million documents on (default 32x4)",
      [&](const std::string& value) { set_bands(settings.sketch, value); });
  app.add_option("--min-block", settings.sketch.shortest_paragraph,
                 "Characters from which a paragraph or line counts (default 40)")
      ->option_text("N")
      ->group(kWhat)
      ->check(CLI::Range(1U, 1000000U))
      ->take_last();
  app.add_option("--bucket-cap", settings.dedupe.bucket_cap,
                 "Documents remembered under one key, the latest ones (default 64)")
      ->option_text("N")
      ->group(kWhat)
      ->check(CLI::Range(1U, 100000U))
      ->take_last();
}

void add_keep_option(CLI::App& app, DedupeSettings& settings) {
  add(app, "--keep", "WHICH", "What stays",
      "first (as soon as it is read), earliest, longest, or sites:A,B in this order of sites "
      "(default first)",
      [&](const std::string& value) {
        set_keep(settings.keep, value);
        settings.keep_given = true;
      });
  add(app, "--hold", "TIME", "What stays",
      "Decide a story when its first document was read so long ago, by date (24h), or so many "
      "documents ago (5000), not at the end",
      [&](const std::string& value) { set_hold(settings, value); });
}

void add_index_options(CLI::App& app, DedupeSettings& settings) {
  constexpr const char* kGroup = "Across runs";
  app.add_option("--index", settings.index.folder,
                 "Also compare with the documents of earlier runs, and remember this run's in DIR")
      ->option_text("DIR")
      ->group(kGroup)
      ->take_last();
  add(app, "--expire", "TIME", kGroup, "Forget runs made longer ago: 90d",
      [&](const std::string& value) {
        settings.index.expire = parse_duration(value);
        if (!settings.index.expire) refuse("--expire: '" + value + "' is no duration such as 90d");
      });
  app.add_option("--run", settings.index.run,
                 "Name of this run: repeating a run replaces what it remembered")
      ->option_text("NAME")
      ->group(kGroup)
      ->take_last();
  app.add_flag("--read-only", settings.index.read_only, "Remember nothing, take no lock")
      ->group(kGroup);
  app.add_flag("--stat", settings.index_stat, "Describe the index as one JSON object, and end")
      ->group(kGroup);
}

void add_result_options(CLI::App& app, DedupeSettings& settings) {
  app.add_flag("--mark", settings.mark,
               "Drop nothing: add duplicate_of, relation, similarity to the records")
      ->group("What stays");
  app.add_option("--clusters", settings.clusters,
                 "Write each story's documents to FILE, one JSON line a story")
      ->option_text("FILE")
      ->group("Output")
      ->take_last();
}

}  // namespace copydesk::tools
