#pragma once

/// @file
/// Documents that wait until others have been read.

#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include "copydesk/document.h"
#include "copydesk/error.h"

namespace copydesk::tools {

/// A first-in first-out store in an unnamed temporary file. All documents are added before the
/// first one is taken.
class DocumentSpool {
 public:
  explicit DocumentSpool(std::string folder);

  [[nodiscard]] Status add(const Document& document);
  /// The next document in the order of adding; nothing behind the last one.
  [[nodiscard]] Result<std::optional<Document>> take();
  /// Forgets all, so that documents can be added again.
  [[nodiscard]] Status clear();

 private:
  struct Close {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
  };

  [[nodiscard]] Status open();
  [[nodiscard]] bool put(const void* data, std::size_t size);
  [[nodiscard]] bool get(void* data, std::size_t size);
  [[nodiscard]] Error failure(ErrorCode code) const;

  std::string folder_;
  std::unique_ptr<char[]> buffer_;  ///< the file's: it must live longer
  std::unique_ptr<std::FILE, Close> file_;
  std::shared_ptr<const std::string> last_name_;  ///< shared by the documents of one file
  bool reading_ = false;
};

/// The same where documents are added and taken in turn: one spool fills while the other empties.
class DocumentQueue {
 public:
  explicit DocumentQueue(const std::string& folder) : in_(folder), out_(folder) {}

  [[nodiscard]] Status add(const Document& document) { return in_.add(document); }
  [[nodiscard]] Result<std::optional<Document>> take();

 private:
  DocumentSpool in_;
  DocumentSpool out_;
};

}  // namespace copydesk::tools
