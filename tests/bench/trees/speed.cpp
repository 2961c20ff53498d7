/// @file
/// What a row costs in a table's trees, summed by each way that the processor has.
///
///     trees_speed TABLE [ROWS]     TABLE: src/data/extract/scorer.txt; ROWS together, by default
///     200
///
/// Prints nanoseconds of processor time a row for all trees of the table, the least of several
/// rounds. No way of summing branches on a fact, so rows are drawn at random.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <limits>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "trees/forest.h"

namespace {

using copydesk::trees::Forest;
using copydesk::trees::MaskSums;
using copydesk::trees::TableLine;

constexpr std::size_t kFacts = 198;  // of extract's rows

/// The trees of a table; its other lines are passed over.
Forest read_trees(const char* name) {
  std::vector<std::uint16_t> places(kFacts);
  std::iota(places.begin(), places.end(), std::uint16_t{0});
  Forest forest;
  std::ifstream table(name);
  for (std::string text; std::getline(table, text);) {
    TableLine line(text);
    if (line.word() == "tree" && !forest.add(line, places)) return {};
  }
  return forest;
}

double processor_nanoseconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

template <typename Work>
double least_nanoseconds(Work&& work) {
  constexpr int kRounds = 400;
  double least = std::numeric_limits<double>::max();
  for (int round = 0; round < kRounds; ++round) {
    const double start = processor_nanoseconds();
    work();
    least = std::min(least, processor_nanoseconds() - start);
  }
  return least;
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t count = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 200;
  const Forest forest = argc > 1 ? read_trees(argv[1]) : Forest();
  if (forest.empty() || count == 0) {
    std::fputs("usage: trees_speed TABLE [ROWS]\n", stderr);
    return 2;
  }
  std::mt19937 random{1};
  std::vector<float> values(count * kFacts);
  for (float& value : values) value = static_cast<float>(random() % 64) * 0.25F;
  std::vector<const float*> rows(count);
  for (std::size_t i = 0; i < count; ++i) rows[i] = values.data() + i * kFacts;
  std::vector<float> sums(count);
  const auto print = [&](const char* name, double nanoseconds) {
    std::printf("%-8s %8.1f ns a row, %zu trees, %zu rows together\n", name,
                nanoseconds / static_cast<double>(count), forest.size(), count);
  };
  print("walk", least_nanoseconds([&] { forest.walk(rows, 0, forest.size(), sums.data()); }));
  const auto masked = [&](const char* name, const MaskSums* path) {
    if (path == nullptr || !forest.has_masks()) return;
    print(name, least_nanoseconds(
                    [&] { forest.add_masked(*path, rows, 0, forest.size(), sums.data()); }));
  };
  masked("avx2", copydesk::trees::avx2_sums());
  masked("avx512", copydesk::trees::avx512_sums());
  return 0;
}
