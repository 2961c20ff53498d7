#include <string>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "copydesk/stream.h"

#include "temporary_directory.h"

namespace copydesk {
namespace {

using testing::TemporaryDirectory;

TEST(Output, AppearsWholeOrNotAtAll) {
  const TemporaryDirectory directory;
  const std::string path = directory.write("out", "old");
  ::chmod(path.c_str(), 0640);
  {
    auto output = Output::open({.path = path});
    ASSERT_TRUE(output.ok());
    ASSERT_TRUE(output->write("never finished").ok());
    ASSERT_TRUE(output->flush().ok());
  }
  EXPECT_EQ(directory.read("out"), "old");
  EXPECT_EQ(directory.file_count(), 1U);
  auto output = Output::open({.path = path});
  ASSERT_TRUE(output->write("new").ok());
  EXPECT_EQ(directory.read("out"), "old");
  ASSERT_TRUE(output->finish().ok());
  EXPECT_EQ(directory.read("out"), "new");
  EXPECT_EQ(directory.file_count(), 1U);
  struct stat status {};
  ::stat(path.c_str(), &status);
  EXPECT_EQ(status.st_mode & 0777, 0640U) << "permissions are kept";
}

TEST(Output, FullDeviceIsAnError) {
  auto output = Output::open({.path = "/dev/full"});
  ASSERT_TRUE(output.ok());
  ASSERT_TRUE(output->write("x").ok()) << "still in the buffer";
  EXPECT_EQ(output->flush().error().code, ErrorCode::write_failed);
  auto large = Output::open({.path = "/dev/full"});
  EXPECT_EQ(large->write(std::string(1 << 20, 'x')).error().code, ErrorCode::write_failed);
  auto unflushed = Output::open({.path = "/dev/full"});
  ASSERT_TRUE(unflushed->write("x").ok());
  EXPECT_FALSE(unflushed->finish().ok());
}

TEST(Output, CannotOpen) {
  const TemporaryDirectory directory;
  EXPECT_EQ(Output::open({.path = directory.path("no/such/place")}).error().code,
            ErrorCode::cannot_open);
  EXPECT_EQ(Output::open({.path = directory.path("")}).error().code, ErrorCode::is_directory);
}

TEST(Output, CompressesByName) {
  std::string text;
  for (int i = 0; i < 100000; ++i) text += std::to_string(i) + "\n";
  for (const char* name : {"out.gz", "out.zst"}) {
    const TemporaryDirectory directory;
    auto output = Output::open({.path = directory.path(name)});
    for (std::size_t at = 0; at < text.size(); at += 1000) {
      ASSERT_TRUE(output->write(std::string_view(text).substr(at, 1000)).ok());
    }
    EXPECT_EQ(output->bytes_written(), text.size());
    ASSERT_TRUE(output->finish().ok());
    EXPECT_LT(directory.read(name).size(), text.size() / 2);
    ReadOptions options;
    options.files = {directory.path(name)};
    DocumentReader reader(options);
    EXPECT_EQ(std::get<Document>(*reader.next()).bytes, text) << name;
    EXPECT_FALSE(reader.next().has_value());
  }
}

}  // namespace
}  // namespace copydesk
