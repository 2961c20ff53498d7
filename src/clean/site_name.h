#pragma once

/// @file
/// Whether words name the site whose host is known: "The New York Times" at nytimes.com.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "clean/latin.h"

namespace copydesk::clean {

/// The names of a site: its host's, and those that are known otherwise.
class SiteName {
 public:
  /// `host`: "www.example.org", may be empty. `known`: names that the site writes beside its
  /// titles.
  SiteName(std::string_view host, const std::vector<std::string_view>& known);

  /// False: nothing is known of the site by its host.
  [[nodiscard]] bool has_host() const noexcept { return !host_.empty(); }

  /// `words` are the host's name or a known one, with at most `more` letters behind.
  [[nodiscard]] bool is(std::string_view words, std::size_t more) const;

  /// `words` are the name, a part or the initials of it, or have it among them: "Newegg",
  /// "News from example.org". `loose`: also "Newegg.com" at a host below newegg.com.
  [[nodiscard]] bool is_named_by(std::string_view words, bool loose) const;

  /// Two to four words, most of which the host has: "Google Online Security Blog" at
  /// security.googleblog.com.
  [[nodiscard]] bool is_spelt_by(std::string_view words) const;

  /// `words` begin with a long host's name: "We The Wild Plant Care USA" at wethewild.us.
  [[nodiscard]] bool begins(std::string_view words) const;

  /// One of the words stands in the host: "Logan University" at logan.edu.
  [[nodiscard]] bool shares_word(std::string_view words) const;

  /// One of the words is the host as it is written: "News NEWSru.com" at newsru.com.
  [[nodiscard]] bool has_address(std::string_view words) const;

  /// One of the words is the name itself: "Stadt Ahlen" at ahlen.de.
  [[nodiscard]] bool is_word_of(std::string_view words) const;

 private:
  [[nodiscard]] bool is_part(std::string_view words, const LatinForms& latin, bool loose) const;

  std::string host_;                ///< the name: "example"
  std::string whole_;               ///< "newsexampleorg"
  std::vector<std::string> parts_;  ///< "news", "example"
  std::vector<LatinForms> known_;
};

/// The words of "der", "of the" and the like may be small in a name.
[[nodiscard]] bool begins_with_small_word(std::string_view text) noexcept;

}  // namespace copydesk::clean
