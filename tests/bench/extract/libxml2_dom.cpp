/// @file
/// Parses pages into libxml2's DOM, as shipped, and frees it: the least that any extractor over
/// libxml2 pays.
///
///     libxml2_dom LIST     LIST has one file name a line; prints pages, bytes, processor seconds
///
/// Reading the files is not counted.

#include <cstdio>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include <libxml/HTMLparser.h>

namespace {

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double parse_seconds(const std::string& page) {
  const double start = processor_seconds();
  const htmlDocPtr document =
      htmlReadMemory(page.data(), static_cast<int>(page.size()), nullptr, nullptr,
                     HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                         HTML_PARSE_NONET | HTML_PARSE_COMPACT);
  if (document != nullptr) xmlFreeDoc(document);
  return processor_seconds() - start;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: libxml2_dom LIST\n";
    return 2;
  }
  std::ifstream list(argv[1]);
  std::string name;
  std::size_t pages = 0;
  std::size_t bytes = 0;
  double seconds = 0;
  while (std::getline(list, name)) {
    std::ifstream file(name, std::ios::binary);
    const std::string page((std::istreambuf_iterator<char>(file)), {});
    seconds += parse_seconds(page);
    bytes += page.size();
    ++pages;
  }
  std::printf("%zu %zu %.6f\n", pages, bytes, seconds);
  return pages > 0 ? 0 : 1;
}
