#include <thread>

#include <gtest/gtest.h>

#include "dedupe/set_store.h"

namespace copydesk::dedupe {
namespace {

Sketch make(std::uint32_t number) {
  Sketch sketch;
  sketch.id = "document-" + std::to_string(number);
  sketch.text_hash = {number, number + 1ULL};
  sketch.url_key = number * 3ULL;
  for (std::uint32_t i = 0; i < number % 700; ++i) sketch.shingles.push_back(number + i);
  return sketch;
}

TEST(SetStore, GivesBackWhatWentToMemoryAndToDisk) {
  SetStore store(std::size_t{2} << 20, testing::TempDir());
  std::vector<std::uint64_t> places;
  for (std::uint32_t number = 0; number < 8000; ++number) {
    auto at = store.append(make(number));
    ASSERT_TRUE(at.ok());
    places.push_back(*at);
  }
  ASSERT_GT(store.size(), std::uint64_t{8} << 20);
  EXPECT_LE(store.memory(), std::uint64_t{3} << 20);
  for (std::uint32_t number = 0; number < 8000; number += 7) {
    StoredDocument document;
    ASSERT_TRUE(store.load(places[number], document).ok());
    const Sketch expected = make(number);
    ASSERT_EQ(document.id, expected.id);
    ASSERT_EQ(document.text_hash, expected.text_hash);
    ASSERT_EQ(document.url_key, expected.url_key);
    ASSERT_EQ(document.shingles, expected.shingles);
  }
}

TEST(SetStore, AnotherThreadMayWriteBehind) {
  SetStore store(std::size_t{8} << 20, testing::TempDir());
  std::jthread writer([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) store.write_behind();
  });
  std::vector<std::uint64_t> places;
  for (std::uint32_t number = 0; number < 30000; ++number) {
    auto at = store.append(make(number));
    ASSERT_TRUE(at.ok());
    places.push_back(*at);
    // What was stored a moment ago may be in the tail, wait, be about to be written, or written.
    const std::uint32_t earlier = number - number % 4001;
    StoredDocument document;
    ASSERT_TRUE(store.load(places[earlier], document).ok());
    ASSERT_EQ(document.id, make(earlier).id);
    ASSERT_EQ(document.shingles, make(earlier).shingles);
  }
  EXPECT_LE(store.memory(), std::uint64_t{9} << 20);
}

TEST(SetStore, AFolderThatIsNotThereIsAnError) {
  SetStore store(1, "/nonexistent/folder");
  Status status;
  for (std::uint32_t number = 600; number < 2000 && status; ++number) {
    auto at = store.append(make(number));
    if (!at) status = at.error();
  }
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::write_failed);
  EXPECT_NE(status.error().detail.find("/nonexistent/folder"), std::string::npos);
}

}  // namespace
}  // namespace copydesk::dedupe
