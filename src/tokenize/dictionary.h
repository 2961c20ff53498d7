#pragma once

/// @file
/// Words of the scripts that put no space between them (Han, Kana, Thai, Lao, Khmer, Myanmar), by
/// ICU's dictionaries.

#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "tokenize/bitmap.h"

namespace copydesk::tokenize {

/// Thread-safe: each call takes an iterator of its own out of a pool, as making one is slow.
class DictionaryBreaker {
 public:
  DictionaryBreaker();
  ~DictionaryBreaker();
  DictionaryBreaker(const DictionaryBreaker&) = delete;
  DictionaryBreaker& operator=(const DictionaryBreaker&) = delete;

  /// Replaces the boundaries inside each run of letters of these scripts. Other text is not read
  /// beyond finding the runs.
  void mark(std::string_view text, Bitmap& boundaries) const;

 private:
  struct Iterator;
  [[nodiscard]] std::unique_ptr<Iterator> take() const;
  void give_back(std::unique_ptr<Iterator> iterator) const;

  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<Iterator>> idle_;
};

}  // namespace copydesk::tokenize
