#include <atomic>
#include <chrono>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "pipeline/pipeline.h"
#include "pipeline/progress.h"

namespace copydesk::pipeline {
namespace {

TEST(Pipeline, WritesInTheOrderOfReading) {
  for (const unsigned threads : {1U, 2U, 3U, 8U}) {
    int next = 0;
    std::vector<int> written;
    Stages<int> stages;
    stages.read = [&]() -> std::optional<int> {
      return next < 500 ? std::optional<int>(next++) : std::nullopt;
    };
    stages.work = [](int& value) {
      if (value % 7 == 0) std::this_thread::sleep_for(std::chrono::microseconds(300));
      value *= 2;
    };
    stages.write = [&](int& value) {
      written.push_back(value);
      return true;
    };
    run(stages, threads);
    ASSERT_EQ(written.size(), 500U) << threads;
    for (int i = 0; i < 500; ++i) ASSERT_EQ(written[static_cast<std::size_t>(i)], 2 * i);
  }
}

TEST(Pipeline, StopsWhenAWriteSaysSo) {
  for (const unsigned threads : {1U, 4U}) {
    int next = 0;
    int written = 0;
    Stages<int> stages;
    stages.read = [&]() -> std::optional<int> { return next++; };  // never ends by itself
    stages.work = [](int&) {};
    stages.write = [&](int&) { return ++written < 10; };
    run(stages, threads);
    EXPECT_EQ(written, 10);
  }
}

TEST(Pipeline, HoldsFewBatches) {
  constexpr unsigned kThreads = 3;
  std::atomic<int> held = 0;
  std::atomic<int> most = 0;
  int next = 0;
  Stages<int> stages;
  stages.read = [&]() -> std::optional<int> {
    if (next == 300) return std::nullopt;
    most = std::max(most.load(), ++held);
    return next++;
  };
  stages.work = [](int& value) {
    if (value == 0) std::this_thread::sleep_for(std::chrono::milliseconds(30));
  };
  stages.write = [&](int&) {
    --held;
    return true;
  };
  run(stages, kThreads);
  EXPECT_LE(most, static_cast<int>(kThreads) * 4 + 1);
}

TEST(Pipeline, CleansUpAfterEachWrite) {
  for (const unsigned threads : {1U, 4U}) {
    int next = 0;
    std::atomic<int> written = 0;
    std::atomic<int> cleaned = 0;
    std::atomic<bool> in_time = true;
    Stages<int> stages;
    stages.read = [&]() -> std::optional<int> {
      return next < 200 ? std::optional<int>(next++) : std::nullopt;
    };
    stages.work = [](int&) {};
    stages.write = [&](int&) {
      ++written;
      return true;
    };
    stages.clean_up = [&] {
      if (++cleaned > written) in_time = false;
    };
    run(stages, threads);
    EXPECT_EQ(cleaned, 200) << threads;
    EXPECT_TRUE(in_time) << threads;
  }
}

TEST(Pipeline, EmptyInput) {
  Stages<int> stages;
  stages.read = []() -> std::optional<int> { return std::nullopt; };
  stages.work = [](int&) { FAIL(); };
  stages.write = [](int&) -> bool {
    ADD_FAILURE();
    return false;
  };
  run(stages, 2);
}

TEST(Progress, IsShownSeldomAndErased) {
  Progress progress("extract");
  EXPECT_EQ(progress.erase(), "");
  const std::string line = progress.update(5, 3 << 20);
  EXPECT_NE(line.find("extract: 5 documents, 3 MiB"), std::string::npos);
  EXPECT_EQ(progress.update(6, 0), "") << "not twice in a tenth of a second";
  EXPECT_EQ(progress.erase(), "\r\x1b[K");
}

}  // namespace
}  // namespace copydesk::pipeline
