#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <unordered_set>
#include <utility>

#include <sqlite3.h>
#include <xxhash.h>

#include "copydesk/site_memory.h"

#include "clean/line_keys.h"
#include "clean/suggested_rule.h"
#include "clean/title.h"
#include "rules/fold.h"
#include "rules/line_facts.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace copydesk {
namespace {

constexpr std::int64_t kFewestPages = 3;
constexpr std::int64_t kFewestDays = 2;
constexpr std::int64_t kPagesOfSite = 2;  // that bear a line which tells no pages apart
constexpr std::int64_t kLeastShare = 10;  // a line must stand on one page in so many
constexpr std::int64_t kForgetDays = 60;
constexpr std::size_t kLongLineWords = 10;  // lines that tell pages apart
constexpr std::size_t kSampleBytes = 200;
constexpr std::int64_t kFewestNumberedPages = 8;  // of a line with one word and a number
constexpr std::int64_t kNumberedShare = 2;        // it must stand on one page in so many

constexpr const char* kSchema =
    "PRAGMA journal_mode=WAL;"
    "CREATE TABLE IF NOT EXISTS site(id INTEGER PRIMARY KEY, host TEXT UNIQUE NOT NULL);"
    "CREATE TABLE IF NOT EXISTS line(site INTEGER, hash INTEGER, pages INTEGER, days INTEGER,"
    " last INTEGER, words INTEGER, sample TEXT, PRIMARY KEY(site, hash)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS page(site INTEGER, content INTEGER, url INTEGER, day INTEGER,"
    " PRIMARY KEY(site, content)) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS page_url ON page(site, url);"
    "CREATE TABLE IF NOT EXISTS long_line(site INTEGER, hash INTEGER, page INTEGER, day INTEGER,"
    " PRIMARY KEY(site, hash, page)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS title_part(site INTEGER, part TEXT, pages INTEGER, last INTEGER,"
    " PRIMARY KEY(site, part)) WITHOUT ROWID;";

struct DatabaseCloser {
  void operator()(sqlite3* database) const noexcept { sqlite3_close_v2(database); }
};
using Database = std::unique_ptr<sqlite3, DatabaseCloser>;

/// One prepared statement, used again and again.
class Statement {
 public:
  Statement(sqlite3* database, const char* sql) {
    sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(int index, std::int64_t value) {
    sqlite3_bind_int64(statement_, index, value);
    return *this;
  }
  Statement& bind(int index, std::string_view value) {
    sqlite3_bind_text(statement_, index, value.data(), static_cast<int>(value.size()),
                      SQLITE_TRANSIENT);
    return *this;
  }
  /// True if there is a row.
  bool step() { return statement_ && (result_ = sqlite3_step(statement_)) == SQLITE_ROW; }
  /// Runs to the end; false on an error.
  bool run() {
    while (step()) {
    }
    reset();
    return result_ == SQLITE_DONE;
  }
  void reset() { sqlite3_reset(statement_); }
  [[nodiscard]] std::int64_t integer(int column) {
    return sqlite3_column_int64(statement_, column);
  }
  [[nodiscard]] std::string text(int column) {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return bytes ? bytes : "";
  }

 private:
  sqlite3_stmt* statement_ = nullptr;
  int result_ = SQLITE_DONE;
};

std::int64_t key(std::uint64_t hash) noexcept {
  return static_cast<std::int64_t>(hash);
}

Result<Database> open_database(const std::string& path) {
  sqlite3* raw = nullptr;
  const int status =
      sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  Database database(raw);
  if (status != SQLITE_OK) return {ErrorCode::cannot_open, raw ? sqlite3_errmsg(raw) : "memory"};
  sqlite3_busy_timeout(raw, 5000);
  return database;
}

Status failure(sqlite3* database) {
  const int code = sqlite3_errcode(database);
  const bool closed = code == SQLITE_READONLY || code == SQLITE_CANTOPEN || code == SQLITE_PERM;
  return {closed ? ErrorCode::cannot_open : ErrorCode::bad_data, sqlite3_errmsg(database)};
}

/// A database of something else is left as it is.
Status make_tables(sqlite3* database) {
  Statement tables(database,
                   "SELECT count(*), coalesce(sum(name='long_line'), 0) FROM sqlite_master"
                   " WHERE type='table'");
  if (!tables.step()) return failure(database);
  if (tables.integer(0) > 0 && tables.integer(1) == 0) {
    return {ErrorCode::bad_data, "a database of something else"};
  }
  tables.reset();
  if (sqlite3_exec(database, kSchema, nullptr, nullptr, nullptr) != SQLITE_OK) {
    return failure(database);
  }
  return {};
}

constexpr const char* kLearned =
    "SELECT hash, pages, days, sample, words,"
    " (SELECT count(*) FROM page WHERE site=?1 AND day>=?5) AS all_pages"
    " FROM line WHERE site=?1 AND pages>=?2 AND days>=?3 AND last>=?5 AND pages*?4>=all_pages"
    " ORDER BY hash";

/// `since`: the first day that is not forgotten.
void bind_learned(Statement& statement, std::int64_t site, std::int64_t since) {
  statement.bind(1, site)
      .bind(2, kFewestPages)
      .bind(3, kFewestDays)
      .bind(4, kLeastShare)
      .bind(5, since);
}

rules::FoldedLine fold(std::string_view line) {
  rules::FoldedLine folded;
  rules::fold_line(line, folded);
  return folded;
}

/// The row of kLearned is of a line of one word and a number.
bool is_numbered(Statement& row) {
  return clean::line_keys(fold(row.text(3)).key()).numbered ==
         static_cast<std::uint64_t>(row.integer(0));
}

/// Of such lines only those go that most pages have.
bool is_learned(Statement& row) {
  const std::int64_t pages = row.integer(1);
  return !is_numbered(row) ||
         (pages >= kFewestNumberedPages && pages * kNumberedShare >= row.integer(5));
}

/// Takes the first line off `text`, without the white space around it.
std::string_view next_line(std::string_view& text) noexcept {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text::trim(text.substr(0, end));
  text.remove_prefix(std::min(text.size(), end + 1));
  return line;
}

clean::PageHeadlines headlines_of(std::string_view text) {
  clean::PageHeadlines headlines;
  rules::FoldedLine folded;
  while (!text.empty()) {
    rules::fold_line(next_line(text), folded);
    headlines.add(folded.key());
  }
  return headlines;
}

}  // namespace

std::uint64_t site_line_hash(std::string_view line) {
  return clean::line_keys(fold(line).key()).line;
}

PageLines page_lines(std::string_view text, std::string_view site, std::string_view url,
                     std::string_view title) {
  PageLines page;
  for (const std::string_view part : clean::title_parts(title)) page.title_parts.emplace_back(part);
  page.site = site;
  page.url_hash = url.empty() ? 0 : XXH3_64bits(url.data(), url.size());
  page.content_hash = XXH3_64bits(text.data(), text.size());
  std::unordered_set<std::uint64_t> seen;
  const clean::PageHeadlines headlines = headlines_of(text);
  rules::FoldedLine folded;
  while (!text.empty()) {
    const std::string_view line = next_line(text);
    if (line.empty()) continue;
    rules::fold_line(line, folded);
    const clean::LineKeys keys = clean::line_keys(folded.key());
    const clean::OwnPart own = headlines.own_part(folded.key());
    const std::size_t words = rules::count_words(line);
    const auto remember = [&](std::uint64_t hash, std::size_t size, std::string_view sample) {
      if (hash == 0 || !seen.insert(hash).second) return;
      page.lines.push_back({hash, static_cast<std::uint32_t>(size),
                            std::string(text::whole_prefix(sample, kSampleBytes))});
    };
    remember(keys.line, words, line);
    // What tells pages apart is the line itself, not what it has in common with others. The sample
    // must tell which of its keys it stands for.
    const std::size_t few = std::min(words, kLongLineWords - 1);
    if (line.size() <= kSampleBytes) remember(keys.numbered, few, line);
    remember(own.key, few, own.text);
  }
  return page;
}

class SiteMemory::Impl {
 public:
  Impl(Database reader, Database writer, std::int64_t today)
      : today_(today),
        since_(today - kForgetDays),
        reader_(std::move(reader)),
        writer_(std::move(writer)) {}

  Status begin_reading() {
    // The first SELECT fixes the snapshot; a transaction keeps it.
    const int status =
        sqlite3_exec(reader_.get(), "BEGIN; SELECT count(*) FROM site;", nullptr, nullptr, nullptr);
    if (status != SQLITE_OK) return {ErrorCode::bad_data, sqlite3_errmsg(reader_.get())};
    return {};
  }

  std::shared_ptr<const LearnedLines> lines(std::string_view site) {
    const std::lock_guard lock(mutex_);
    const auto known = cache_.find(site);
    if (known != cache_.end()) return known->second;
    auto learned = std::make_shared<LearnedLines>();
    if (const auto id = site_id(reader_.get(), site)) {
      Statement select(reader_.get(), kLearned);
      bind_learned(select, *id, since_);
      while (select.step()) {
        if (is_learned(select))
          learned->hashes.push_back(static_cast<std::uint64_t>(select.integer(0)));
      }
      std::sort(learned->hashes.begin(), learned->hashes.end());
      Statement parts(reader_.get(),
                      "SELECT part FROM title_part WHERE site=?1 AND pages>=?2 AND last>=?3"
                      " ORDER BY part");
      parts.bind(1, *id).bind(2, kFewestPages).bind(3, since_);
      while (parts.step()) learned->title_parts.push_back(parts.text(0));
    }
    return cache_.emplace(std::string(site), std::move(learned)).first->second;
  }

  Status learn(const PageLines& page) {
    if (learning_) learning_ = count(page);
    return learning_;
  }

  Status commit() {
    if (!learning_) return learning_;
    if (!writing_) return {};
    if (!execute("COMMIT")) return {ErrorCode::write_failed, sqlite3_errmsg(writer_.get())};
    writing_ = false;
    return {};
  }

  std::string suggest_rules(std::string_view site) {
    const std::lock_guard lock(mutex_);
    std::string out = "# Lines that " + std::string(site) +
                      " repeats. Look through them before use.\n\npack learned lang any\n";
    const auto id = site_id(reader_.get(), site);
    if (!id) return out;
    // All that the file holds, for a person to see.
    Statement select(reader_.get(), kLearned);
    bind_learned(select, *id, 0);
    for (int number = 1; select.step();) {
      if (!is_learned(select)) continue;
      const clean::LearnedLine line{select.text(3), select.integer(1), select.integer(2),
                                    is_numbered(select)};
      out += clean::suggested_rule(line, site, number++);
    }
    return out;
  }

  std::uint64_t hash() {
    const std::lock_guard lock(mutex_);
    XXH64_hash_t sum = 0;
    Statement select(reader_.get(),
                     "SELECT host, hash, pages, days FROM line JOIN site ON site.id=line.site"
                     " WHERE last>=?1 ORDER BY host, hash");
    select.bind(1, since_);
    while (select.step()) {
      const std::string row = select.text(0) + ' ' + std::to_string(select.integer(1)) + ' ' +
                              std::to_string(select.integer(2)) + ' ' +
                              std::to_string(select.integer(3));
      sum = XXH3_64bits_withSeed(row.data(), row.size(), sum);
    }
    Statement parts(reader_.get(),
                    "SELECT host, part, pages FROM title_part JOIN site ON site.id=title_part.site"
                    " WHERE last>=?1 ORDER BY host, part");
    parts.bind(1, since_);
    while (parts.step()) {
      const std::string row =
          parts.text(0) + ' ' + parts.text(1) + ' ' + std::to_string(parts.integer(2));
      sum = XXH3_64bits_withSeed(row.data(), row.size(), sum);
    }
    return sum;
  }

 private:
  Status count(const PageLines& page) {
    if (!writing_) {
      if (!execute("BEGIN IMMEDIATE")) return {ErrorCode::locked, "another run is learning"};
      writing_ = true;
      if (!forget()) return {ErrorCode::write_failed, sqlite3_errmsg(writer_.get())};
    }
    const std::int64_t site = site_for_writing(page.site);
    if (is_known(site, page)) return {};
    Statement add_page(writer_.get(), "INSERT INTO page VALUES(?1, ?2, ?3, ?4)");
    bool good = add_page.bind(1, site)
                    .bind(2, key(page.content_hash))
                    .bind(3, key(page.url_hash))
                    .bind(4, today_)
                    .run();
    Statement add_long(writer_.get(), "INSERT OR IGNORE INTO long_line VALUES(?1, ?2, ?3, ?4)");
    Statement add_line(
        writer_.get(),
        "INSERT INTO line VALUES(?1, ?2, 1, 1, ?3, ?4, ?5) ON CONFLICT(site, hash) DO UPDATE SET"
        " pages=pages+1, days=days+(last<>excluded.last), last=excluded.last");
    for (const PageLines::Line& line : page.lines) {
      good = good && add_line.bind(1, site)
                         .bind(2, key(line.hash))
                         .bind(3, today_)
                         .bind(4, std::int64_t{line.words})
                         .bind(5, line.sample)
                         .run();
      if (line.words < kLongLineWords) continue;
      good = good && add_long.bind(1, site)
                         .bind(2, key(line.hash))
                         .bind(3, key(page.content_hash))
                         .bind(4, today_)
                         .run();
    }
    Statement add_part(
        writer_.get(),
        "INSERT INTO title_part VALUES(?1, ?2, 1, ?3) ON CONFLICT(site, part) DO UPDATE SET"
        " pages=pages+1, last=excluded.last");
    for (const std::string& part : page.title_parts) {
      good = good && add_part.bind(1, site).bind(2, part).bind(3, today_).run();
    }
    if (!good) return {ErrorCode::write_failed, sqlite3_errmsg(writer_.get())};
    return {};
  }

  /// Before anything is counted: what is forgotten does not live again with one page.
  bool forget() {
    const std::string since = std::to_string(since_);
    return execute(("DELETE FROM line WHERE last<" + since + ";DELETE FROM page WHERE day<" +
                    since + ";DELETE FROM long_line WHERE day<" + since +
                    ";DELETE FROM title_part WHERE last<" + since)
                       .c_str());
  }

  bool execute(const char* sql) {
    return sqlite3_exec(writer_.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK;
  }

  static std::optional<std::int64_t> site_id(sqlite3* database, std::string_view site) {
    Statement select(database, "SELECT id FROM site WHERE host=?1");
    select.bind(1, site);
    if (!select.step()) return std::nullopt;
    return select.integer(0);
  }

  std::int64_t site_for_writing(std::string_view site) {
    Statement add(writer_.get(), "INSERT OR IGNORE INTO site(host) VALUES(?1)");
    add.bind(1, site).run();
    return site_id(writer_.get(), site).value_or(0);
  }

  /// The page itself was counted, or one that is nearly it.
  bool is_known(std::int64_t site, const PageLines& page) {
    Statement same(writer_.get(),
                   "SELECT 1 FROM page WHERE site=?1 AND (content=?2 OR (url=?3 AND ?3<>0))");
    if (same.bind(1, site).bind(2, key(page.content_hash)).bind(3, key(page.url_hash)).step()) {
      return true;
    }
    // Lines that two pages bear, which are not nearly each other, are the site's: they do not make
    // this page another one.
    Statement own(writer_.get(), "SELECT 1 FROM line WHERE site=?1 AND hash=?2 AND pages>=?3");
    Statement holders(writer_.get(), "SELECT page FROM long_line WHERE site=?1 AND hash=?2");
    std::map<std::int64_t, std::size_t> shared;
    std::size_t all = 0;   // words
    std::size_t most = 0;  // of them, on one page
    for (const PageLines::Line& line : page.lines) {
      if (line.words < kLongLineWords) continue;
      const bool of_site = own.bind(1, site).bind(2, key(line.hash)).bind(3, kPagesOfSite).step();
      own.reset();
      if (of_site) continue;
      all += line.words;
      holders.bind(1, site).bind(2, key(line.hash));
      while (holders.step()) most = std::max(most, shared[holders.integer(0)] += line.words);
      holders.reset();
    }
    return all > 0 && most * 10 >= all * 3;
  }

  std::int64_t today_;
  std::int64_t since_;  // the first day that is not forgotten
  Database reader_;
  Database writer_;
  bool writing_ = false;
  Status learning_;   // the first error of it
  std::mutex mutex_;  // of reader_ and cache_
  std::map<std::string, std::shared_ptr<const LearnedLines>, std::less<>> cache_;
};

SiteMemory::SiteMemory(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SiteMemory::~SiteMemory() = default;
SiteMemory::SiteMemory(SiteMemory&&) noexcept = default;
SiteMemory& SiteMemory::operator=(SiteMemory&&) noexcept = default;

Result<SiteMemory> SiteMemory::open(const std::string& path, std::int64_t today) {
  Result<Database> writer = open_database(path);
  if (!writer) return std::move(writer).error();
  if (Status status = make_tables(writer->get()); !status) return std::move(status).error();
  Result<Database> reader = open_database(path);
  if (!reader) return std::move(reader).error();
  auto impl = std::make_unique<Impl>(*std::move(reader), *std::move(writer), today);
  if (Status status = impl->begin_reading(); !status) return std::move(status).error();
  return SiteMemory(std::move(impl));
}

std::shared_ptr<const LearnedLines> SiteMemory::lines(std::string_view site) const {
  return impl_->lines(site);
}
Status SiteMemory::learn(const PageLines& page) {
  return impl_->learn(page);
}
Status SiteMemory::commit() {
  return impl_->commit();
}
std::string SiteMemory::suggest_rules(std::string_view site) const {
  return impl_->suggest_rules(site);
}
std::uint64_t SiteMemory::hash() const {
  return impl_->hash();
}

}  // namespace copydesk
