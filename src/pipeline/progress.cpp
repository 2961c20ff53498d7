#include "pipeline/progress.h"

namespace copydesk::pipeline {

std::string Progress::update(std::uint64_t documents, std::uint64_t bytes) {
  const Clock::time_point now = Clock::now();
  if (now - last_ < std::chrono::milliseconds(100)) return {};
  last_ = now;
  shown_ = true;
  const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - start_).count();
  const std::uint64_t rate =
      elapsed > 0 ? documents * 1000 / static_cast<std::uint64_t>(elapsed) : 0;
  return "\r" + label_ + ": " + std::to_string(documents) + " documents, " +
         std::to_string(bytes >> 20) + " MiB, " + std::to_string(rate) + "/s\x1b[K";
}

std::string Progress::erase() {
  return shown_ ? "\r\x1b[K" : "";
}

}  // namespace copydesk::pipeline
