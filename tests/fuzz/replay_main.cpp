/// @file
/// Runs a fuzz target over files, for builds without libFuzzer: every input that was ever
/// interesting is a test of every build.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

std::vector<std::filesystem::path> files_under(const std::filesystem::path& place) {
  if (!std::filesystem::is_directory(place)) return {place};
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(place)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  return files;
}

/// The input, and the input cut and bent in ways that hurt parsers.
void run_variants(const std::string& bytes) {
  const auto run = [](const std::string& input) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
  };
  run(bytes);
  for (const std::size_t part : {2, 3, 7, 13}) run(bytes.substr(0, bytes.size() / part));
  std::string bent = bytes;
  for (std::size_t i = 5; i < bent.size(); i += 97) bent[i] = static_cast<char>(bent[i] ^ 0x15);
  run(bent);
  run(bytes + bytes);
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t count = 0;
  for (int i = 1; i < argc; ++i) {
    for (const auto& path : files_under(argv[i])) {
      std::ifstream file(path, std::ios::binary);
      run_variants(std::string(std::istreambuf_iterator<char>(file), {}));
      ++count;
    }
  }
  std::cout << count << " inputs\n";
  return count > 0 ? 0 : 1;
}
