/// @file
/// Where dedupe's time goes, on one thread: speed [INDEX] < RECORDS.jsonl
///
/// With INDEX, what `dedupe --index INDEX` remembered is looked up too; nothing is added to it.
/// Measures each step: from the JSON line to the text, to the band keys, to the verdict. Prints
/// documents a second of processor time, which other programs on the machine disturb less than the
/// clock, and bytes of memory a document; with many records, also the memory of the whole process
/// on the way. Records are worked on in groups, so that reading the clock costs nothing.

#include <cstdio>
#include <ctime>
#include <fstream>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "copydesk/dedupe.h"

#include "text/json.h"

namespace {

constexpr std::size_t kGroup = 500;

double processor_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// Memory of the process that is its own, in MiB: mapped files and shared libraries left out.
double resident_mebibytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("RssAnon:")) return std::stod(line.substr(8)) / 1024;
  }
  return 0;
}

/// The memory curve: at 1, 2, 5, 10 and so on million records.
void print_memory(std::size_t records) {
  if (records % 1000000 != 0) return;
  std::size_t leading = records / 1000000;
  while (leading % 10 == 0) leading /= 10;
  if (leading != 1 && leading != 2 && leading != 5) return;
  const double mebibytes = resident_mebibytes();
  std::printf("memory at %9zu  %.0f MiB, %.0f bytes a record\n", records, mebibytes,
              mebibytes * 1048576 / static_cast<double>(records));
  std::fflush(stdout);
}

struct Fields {
  std::string text;
  std::string id;
  std::string date;
};

/// Steps and what they took so far.
class Meter {
 public:
  explicit Meter(copydesk::Deduplicator deduplicator) : deduplicator_(std::move(deduplicator)) {}

  bool run(const std::vector<std::string>& lines) {
    std::vector<Fields> fields;
    std::vector<copydesk::Sketch> sketches;
    fields.reserve(lines.size());
    sketches.reserve(lines.size());
    double at = processor_seconds();
    for (const std::string& line : lines) {
      auto record = copydesk::text::JsonObject::parse(line);
      if (!record) return false;
      fields.push_back({record->find_string("text").value_or(""),
                        record->find_string("id").value_or(""),
                        record->find_string("date").value_or("")});
    }
    lap(at, parsing);
    for (const Fields& one : fields) {
      sketches.push_back(sketcher_.sketch({one.text, one.id, {}, one.date}));
    }
    lap(at, sketching);
    for (const copydesk::Sketch& sketch : sketches) {
      if (!deduplicator_.decide(sketch)) return false;
    }
    lap(at, deciding);
    return true;
  }
  [[nodiscard]] copydesk::DedupeCounts counts() const { return deduplicator_.counts(); }

  double parsing = 0;
  double sketching = 0;
  double deciding = 0;

 private:
  static void lap(double& at, double& step) {
    const double now = processor_seconds();
    step += now - at;
    at = now;
  }

  copydesk::Sketcher sketcher_{copydesk::SketchOptions{}};
  copydesk::Deduplicator deduplicator_;
};

/// With the index in `folder`, or none.
std::optional<copydesk::Deduplicator> open(const char* folder) {
  const copydesk::DedupeOptions options;
  if (folder == nullptr) return copydesk::Deduplicator(options);
  copydesk::IndexOptions index;
  index.folder = folder;
  index.read_only = true;
  auto opened = copydesk::DedupeIndex::open(index, copydesk::SketchOptions{}, options);
  if (!opened) {
    std::fprintf(stderr, "speed: %s\n", copydesk::to_string(opened.error()).c_str());
    return std::nullopt;
  }
  return copydesk::Deduplicator(options, *std::move(opened));
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  const double start = processor_seconds();
  auto deduplicator = open(argc > 1 ? argv[1] : nullptr);
  if (!deduplicator) return 2;
  if (argc > 1) std::printf("opening the index    %.2f s\n", processor_seconds() - start);
  Meter meter(*std::move(deduplicator));
  double bytes = 0;
  std::size_t records = 0;
  std::vector<std::string> lines;
  for (std::string line; std::getline(std::cin, line);) {
    bytes += static_cast<double>(line.size());
    lines.push_back(std::move(line));
    if (lines.size() < kGroup) continue;
    if (!meter.run(lines)) return 1;
    lines.clear();
    records += kGroup;
    print_memory(records);
  }
  if (!meter.run(lines)) return 1;
  const copydesk::DedupeCounts counts = meter.counts();
  const auto count = static_cast<double>(counts.documents);
  std::printf("documents            %zu of %.0f bytes\n",
              static_cast<std::size_t>(counts.documents), bytes / count);
  std::printf("line to text         %.2f us\n", meter.parsing / count * 1e6);
  std::printf("text to keys         %.2f us\n", meter.sketching / count * 1e6);
  std::printf("keys to verdict      %.2f us\n", meter.deciding / count * 1e6);
  std::printf("line to keys         %.0f documents/s\n", count / (meter.parsing + meter.sketching));
  std::printf("line to verdict      %.0f documents/s\n",
              count / (meter.parsing + meter.sketching + meter.deciding));
  std::printf("duplicates           %llu\n", static_cast<unsigned long long>(counts.duplicates));
  std::printf("verified a document  %.3f\n", static_cast<double>(counts.verified) / count);
  std::printf("index                %.0f bytes a document remembered\n",
              static_cast<double>(counts.memory) / static_cast<double>(counts.remembered));
}
