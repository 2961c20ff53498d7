#include "copydesk/subwords.h"

#include <algorithm>
#include <optional>
#include <queue>
#include <utility>

#include "tokenize/pre_tokenizer.h"
#include "tokenize/vocabulary.h"

namespace copydesk {
namespace {

using tokenize::kNoToken;
using tokenize::Merge;
using tokenize::Vocabulary;

/// Up to here looking at all pairs for each merge is faster than keeping a heap.
constexpr std::size_t kShortPiece = 48;

/// A token of a piece while pairs are merged: a node of a list in an array.
struct Part {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t id = 0;
  std::uint32_t previous = 0;
  std::uint32_t next = 0;
  Merge merge;  ///< with the next part
};

constexpr std::uint32_t kNoPart = 0xFFFFFFFF;

/// Encodes pieces one after the other; keeps its storage.
class PieceEncoder {
 public:
  explicit PieceEncoder(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

  /// Calls `use(id, begin, end)` for each token, offsets within the piece.
  template <typename Use>
  void encode(std::string_view piece, Use use) {
    if (vocabulary_.takes_whole_pieces()) {
      const std::uint32_t id = vocabulary_.find(piece);
      if (id != kNoToken) {
        use(id, std::uint32_t{0}, static_cast<std::uint32_t>(piece.size()));
        return;
      }
    }
    split(piece);
    if (piece.size() <= kShortPiece) {
      merge_by_scanning(piece);
    } else {
      merge_by_heap(piece);
    }
    for (std::uint32_t part = 0; part != kNoPart; part = parts_[part].next) {
      use(parts_[part].id, parts_[part].begin, parts_[part].end);
    }
  }

 private:
  void split(std::string_view piece) {
    const auto size = static_cast<std::uint32_t>(piece.size());
    parts_.resize(size);
    for (std::uint32_t i = 0; i < size; ++i) {
      const std::uint32_t id = vocabulary_.byte_token(static_cast<unsigned char>(piece[i]));
      parts_[i] = {i, i + 1, id, i == 0 ? kNoPart : i - 1, i + 1 == size ? kNoPart : i + 1, {}};
    }
    for (std::uint32_t i = 0; i < size; ++i) find_merge(piece, i);
  }

  void find_merge(std::string_view piece, std::uint32_t part) {
    Part& left = parts_[part];
    left.merge = {};
    if (left.next == kNoPart) return;
    const Part& right = parts_[left.next];
    left.merge =
        vocabulary_.merge(left.id, right.id, piece.substr(left.begin, right.end - left.begin));
  }

  /// Makes one part of `part` and the next one.
  void apply(std::string_view piece, std::uint32_t part) {
    Part& left = parts_[part];
    const std::uint32_t gone = left.next;
    left.id = left.merge.id;
    left.end = parts_[gone].end;
    left.next = parts_[gone].next;
    parts_[gone].id = kNoToken;
    if (left.next != kNoPart) parts_[left.next].previous = part;
    find_merge(piece, part);
    if (left.previous != kNoPart) find_merge(piece, left.previous);
  }

  void merge_by_scanning(std::string_view piece) {
    while (true) {
      std::uint32_t best = kNoPart;
      std::uint32_t rank = kNoToken;
      for (std::uint32_t part = 0; part != kNoPart; part = parts_[part].next) {
        if (parts_[part].merge.rank < rank) {
          rank = parts_[part].merge.rank;
          best = part;
        }
      }
      if (best == kNoPart) return;
      apply(piece, best);
    }
  }

  /// A pair in the heap is out of date when its part is gone or would merge otherwise by now.
  void merge_by_heap(std::string_view piece) {
    using Entry = std::pair<std::uint32_t, std::uint32_t>;  // rank, part
    std::vector<Entry> first;
    const auto offer = [&](auto& heap, std::uint32_t part) {
      if (part != kNoPart && parts_[part].merge.rank != kNoToken) {
        heap.push({parts_[part].merge.rank, part});
      }
    };
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> heap(std::greater<>{},
                                                                        std::move(first));
    for (std::uint32_t part = 0; part != kNoPart; part = parts_[part].next) offer(heap, part);
    while (!heap.empty()) {
      const auto [rank, part] = heap.top();
      heap.pop();
      if (parts_[part].id == kNoToken || parts_[part].merge.rank != rank) continue;
      apply(piece, part);
      offer(heap, part);
      offer(heap, parts_[part].previous);
    }
  }

  const Vocabulary& vocabulary_;
  std::vector<Part> parts_;
};

/// Calls `use(id, begin, end)` for each token of the text.
template <typename Use>
void for_each_token(const Vocabulary& vocabulary, std::string_view text, Use use) {
  PieceEncoder encoder(vocabulary);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = tokenize::piece_end(text, at, vocabulary.pattern());
    encoder.encode(text.substr(at, end - at),
                   [&](std::uint32_t id, std::uint32_t from, std::uint32_t to) {
                     use(id, at + from, at + to);
                   });
    at = end;
  }
}

Result<Vocabulary> read_vocabulary(std::string_view file, std::optional<SubwordPattern> pattern) {
  const std::size_t first = file.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && file[first] == '{') {
    return Vocabulary::read_json(file, pattern);
  }
  return Vocabulary::read_tiktoken(file, pattern);
}

}  // namespace

struct Subwords::Data {
  Vocabulary vocabulary;
};

Result<Subwords> Subwords::read(std::string_view file) {
  Result<Vocabulary> vocabulary = read_vocabulary(file, std::nullopt);
  if (!vocabulary) return std::move(vocabulary).error();
  return Subwords(std::make_shared<const Data>(Data{std::move(*vocabulary)}));
}

Result<Subwords> Subwords::read(std::string_view file, SubwordPattern pattern) {
  Result<Vocabulary> vocabulary = read_vocabulary(file, pattern);
  if (!vocabulary) return std::move(vocabulary).error();
  return Subwords(std::make_shared<const Data>(Data{std::move(*vocabulary)}));
}

std::vector<std::uint32_t> Subwords::encode(std::string_view text) const {
  std::vector<std::uint32_t> ids;
  for_each_token(data_->vocabulary, text,
                 [&](std::uint32_t id, std::size_t, std::size_t) { ids.push_back(id); });
  return ids;
}

std::size_t Subwords::count(std::string_view text) const {
  std::size_t total = 0;
  for_each_token(data_->vocabulary, text,
                 [&](std::uint32_t, std::size_t, std::size_t) { ++total; });
  return total;
}

std::vector<Span> Subwords::spans(std::string_view text) const {
  std::vector<Span> found;
  for_each_token(data_->vocabulary, text, [&](std::uint32_t, std::size_t begin, std::size_t end) {
    found.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  });
  return found;
}

std::string_view Subwords::bytes_of(std::uint32_t id) const noexcept {
  return data_->vocabulary.token(id);
}

}  // namespace copydesk
