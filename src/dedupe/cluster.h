#pragma once

/// @file
/// From verified pairs to survivors. Depends on the documents and pairs as sets, not on their
/// order.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/dedupe.h"

#include "dedupe/shingle_set.h"

namespace copydesk::dedupe {

/// What ranking needs to know of a document.
struct Member {
  std::string id;
  std::int64_t date;  ///< kNoDate: none
  std::uint32_t tokens = 0;
  std::uint32_t site = 0;  ///< place in the list of sites; see site_rank
};

/// A verified pair.
struct Link {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  Overlap overlap;
  bool exact = false;
};

/// The place of `site` in the list; behind it for one that is not listed. A listed domain stands
/// for its subdomains.
[[nodiscard]] std::uint32_t site_rank(const KeepOrder& order, std::string_view site) noexcept;

/// True if `a` is to stay rather than `b`.
[[nodiscard]] bool is_preferred(const KeepOrder& order, const Member& a, const Member& b) noexcept;

/// No member.
inline constexpr std::uint32_t kNobody = ~std::uint32_t{0};

/// Decides about all members. Requires links to name members by index. Where `settled` is not
/// empty, it says for each member which one stands for it since an earlier call, or kNobody: those
/// decided about stay as they are, and of these the ones that survived are preferred to all others.
[[nodiscard]] std::vector<Decision> choose_survivors(
    const DedupeOptions& options, const KeepOrder& order, const std::vector<Member>& members,
    const std::vector<Link>& links, const std::vector<std::uint32_t>& settled = {});

/// Containment from which on a verified pair is worth a link: it may not be similar enough by
/// itself, yet let a document join the survivor of a similar one.
[[nodiscard]] double link_containment(const DedupeOptions& options) noexcept;

}  // namespace copydesk::dedupe
