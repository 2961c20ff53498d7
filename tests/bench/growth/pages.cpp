/// @file
/// Writes a WARC of any number of pages made from some: growth_pages COUNT LIST
///
/// LIST has one file name a line. Page n is file n modulo their number, edited: every third word of
/// its text is another word of the same page, so that it tells a story of its own, and one page in
/// ten repeats one of the last hundred, with another last paragraph.
/// Files with fewer than a hundred words of text are left out. The same arguments give the same
/// bytes. The last line on standard error is the number of files that are used and
/// the mean size of the pages in bytes.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace {

constexpr std::size_t kFewestWords = 100;
constexpr std::size_t kFewestInRun = 6;
constexpr std::size_t kEvery = 3;      // of so many words one is replaced
constexpr std::uint64_t kRepeat = 10;  // of so many pages one is a repeat
constexpr std::uint64_t kBack = 100;   // of one that stood at most so many before

std::uint64_t mix(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15U;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31);
}

/// A page and where the words of its paragraphs stand.
struct Base {
  std::string page;
  std::vector<std::string_view> words;
};

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/// Where the tag or comment at `at` ends; that of a script, style or title with all that is in it.
std::size_t past_tag(std::string_view page, std::size_t at) {
  const std::string_view rest = page.substr(at);
  std::string_view closing = ">";
  if (rest.substr(0, 4) == "<!--") closing = "-->";
  if (rest.substr(0, 7) == "<script") closing = "</script>";
  if (rest.substr(0, 6) == "<style") closing = "</style>";
  if (rest.substr(0, 6) == "<title") closing = "</title>";
  const std::size_t end = page.find(closing, at);
  return end == std::string_view::npos ? page.size() : end + closing.size();
}

/// Adds the words of text without tags; one with a character reference stays as it is.
void add_words(std::string_view text, std::vector<std::string_view>& words) {
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = at;
    while (end < text.size() && !is_space(text[end])) ++end;
    const std::string_view word = text.substr(at, end - at);
    if (!word.empty() && word.find('&') == std::string_view::npos) words.push_back(word);
    at = end + 1;
  }
}

/// The words of the page's longer runs of text: what stands between two tags and is no script,
/// style or title. Entries of menus are shorter and stay.
std::vector<std::string_view> words_of_runs(std::string_view page) {
  std::vector<std::string_view> words;
  std::vector<std::string_view> run;
  std::size_t at = 0;
  while ((at = page.find('<', at)) != std::string_view::npos) {
    const std::size_t begin = past_tag(page, at);
    at = std::min(page.find('<', begin), page.size());
    run.clear();
    add_words(page.substr(begin, at - begin), run);
    if (run.size() >= kFewestInRun) words.insert(words.end(), run.begin(), run.end());
  }
  return words;
}

/// The first files of the list with enough words; `most` at most.
std::vector<Base> read_bases(const char* list, std::uint64_t most) {
  std::vector<Base> bases;
  std::ifstream names(list);
  std::string name;
  while (bases.size() < most && std::getline(names, name)) {
    std::ifstream file(name, std::ios::binary);
    std::string page((std::istreambuf_iterator<char>(file)), {});
    if (words_of_runs(page).size() < kFewestWords) continue;
    bases.push_back({std::move(page), {}});
  }
  for (Base& base : bases) base.words = words_of_runs(base.page);
  return bases;
}

/// The page that page `number` shows: itself, or one of the last hundred.
std::uint64_t shown(std::uint64_t number) {
  while (number >= kBack && mix(number) % kRepeat == 0) number -= 1 + mix(~number) % kBack;
  return number;
}

void append_page(const Base& base, std::uint64_t seed, std::uint64_t number, std::string& out) {
  const char* at = base.page.data();
  for (std::size_t i = seed % kEvery; i < base.words.size(); i += kEvery) {
    const std::string_view old = base.words[i];
    out.append(at, old.data());
    out += base.words[mix(seed * 8191 + i) % base.words.size()];
    at = old.data() + old.size();
  }
  const char* const end = base.words.back().data() + base.words.back().size();
  out.append(at, end);
  out += "</p><p>This is page number " + std::to_string(number) + " of a measurement.";
  out.append(end, base.page.data() + base.page.size());
}

/// One WARC record; `body` is made anew and then put behind its headers.
void make_record(const std::vector<Base>& bases, std::uint64_t number, std::string& body,
                 std::string& out) {
  const std::uint64_t source = shown(number);
  const std::uint64_t file = source % bases.size();
  body.clear();
  append_page(bases[file], source, number, body);
  const std::string http = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " +
                           std::to_string(body.size()) + "\r\n\r\n";
  char id[16];
  std::snprintf(id, sizeof id, "%012llu", static_cast<unsigned long long>(number));
  out = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-";
  out += id;
  out += ">\r\nWARC-Target-URI: http://site" + std::to_string(file) + ".example/" +
         std::to_string(number) + "\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n" +
         "Content-Type: application/http; msgtype=response\r\nContent-Length: " +
         std::to_string(http.size() + body.size()) + "\r\n\r\n";
  out += http;
  out += body;
  out += "\r\n\r\n";
}

bool write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: growth_pages COUNT LIST\n", stderr);
    return 2;
  }
  const std::uint64_t count = std::strtoull(argv[1], nullptr, 10);
  const std::vector<Base> bases = read_bases(argv[2], count);
  if (bases.empty() || count == 0) return 2;
  fcntl(STDOUT_FILENO, F_SETPIPE_SZ, 1 << 20);  // fewer turns of reader and writer; may be refused
  std::string body;
  std::string record;
  std::uint64_t bytes = 0;
  for (std::uint64_t number = 0; number < count; ++number) {
    make_record(bases, number, body, record);
    bytes += body.size();
    if (!write_all(record)) return 1;
  }
  std::fprintf(stderr, "%zu %llu\n", bases.size(), static_cast<unsigned long long>(bytes / count));
  return 0;
}
