#pragma once

/// @file
/// The words of a headline as the page's address repeats them: ".../storm-hits-coast-1234.html".

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "clean/latin.h"

namespace copydesk::clean {

/// The last part of a URL's path that has several words, and the parts before it.
class TitleSlug {
 public:
  /// `url` may be empty: then nothing is known.
  explicit TitleSlug(std::string_view url);

  /// The address is `text`, letter for letter.
  [[nodiscard]] bool is(std::string_view text) const;

  /// The same but for short words and the order.
  [[nodiscard]] bool repeats(std::string_view text) const;

  /// Of the address's words, nearly all stand in `rest` and none that is not there in `segment`.
  [[nodiscard]] bool ends_before(std::string_view rest, std::string_view segment) const;

  /// Half of the words of `segment` and two at least stand in the address, and not in `rest`.
  [[nodiscard]] bool goes_on(std::string_view rest, std::string_view segment) const;

  /// `segment` is a part of the path before the slug: a section.
  [[nodiscard]] bool is_section(std::string_view segment) const;

 private:
  struct Found {
    std::size_t rest = 0;     ///< words of the slug in the rest
    std::size_t segment = 0;  ///< in the segment alone
  };
  [[nodiscard]] Found find(std::string_view rest, std::string_view segment) const;

  std::string whole_;  ///< the last part as one word
  std::vector<std::string> words_;
  std::vector<std::string> sections_;
};

}  // namespace copydesk::clean
