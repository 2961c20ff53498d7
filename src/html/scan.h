#pragma once

/// @file
/// Finding the ends of comments, raw texts and skipped subtrees in a page's source.

#include <cstddef>
#include <string_view>

namespace copydesk::html {

inline constexpr std::size_t kNotFound = std::string_view::npos;

/// A closing tag in the source: `</script >`.
struct ClosingTag {
  std::size_t begin = kNotFound;  ///< of its '<'
  std::size_t end = kNotFound;    ///< behind its '>'
  explicit operator bool() const noexcept { return begin != kNotFound; }
};

/// Behind the comment that begins (`<!--`) at `at`; the page's end if it is not closed.
[[nodiscard]] std::size_t skip_comment(std::string_view html, std::size_t at) noexcept;

/// Behind the next '>' from `at` on, or the page's end.
[[nodiscard]] std::size_t skip_to_tag_end(std::string_view html, std::size_t at) noexcept;

/// The first `</name` from `at` on that ends an element whose content is raw text.
[[nodiscard]] ClosingTag find_closing_tag(std::string_view html, std::size_t at,
                                          std::string_view lower_case_name) noexcept;

/// The end of a script whose body begins at `at`. Minds `<!-- <script> </script> -->` in it.
[[nodiscard]] ClosingTag find_script_end(std::string_view html, std::size_t at) noexcept;

/// The closing tag that belongs to the element whose content begins at `at`, elements of the same
/// name inside counted. Nothing if there are too few closing tags.
[[nodiscard]] ClosingTag find_balanced_end(std::string_view html, std::size_t at,
                                           std::string_view lower_case_name) noexcept;

}  // namespace copydesk::html
