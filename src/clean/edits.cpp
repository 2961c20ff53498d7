#include "clean/edits.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace copydesk {

std::string apply_edits(std::string_view input, const std::vector<Edit>& edits) {
  std::string out;
  out.reserve(input.size());
  std::size_t at = 0;
  for (const Edit& edit : edits) {
    out += input.substr(at, edit.offset - at);
    out += edit.now;
    at = edit.offset + edit.was.size();
  }
  out += input.substr(at);
  return out;
}

Result<std::string> restore_edits(std::string_view output, const std::vector<Edit>& edits) {
  std::string input;
  std::size_t at = 0;  // in output
  for (const Edit& edit : edits) {
    if (edit.offset < input.size()) return {ErrorCode::bad_data, "edits are not in order"};
    const std::size_t gap = edit.offset - input.size();
    if (gap > output.size() - at || output.substr(at + gap, edit.now.size()) != edit.now) {
      return {ErrorCode::bad_data, "the text is not what the edits were written for"};
    }
    input += output.substr(at, gap);
    input += edit.was;
    at += gap + edit.now.size();
  }
  input += output.substr(at);
  return input;
}

}  // namespace copydesk

namespace copydesk::clean {
namespace {

/// Walks both lists in the order of the text between them, by clusters: edits of one list that meet
/// edits of the other, and so must become one.
class Composer {
 public:
  Composer(std::string_view input, std::vector<Edit> first, std::vector<Edit> second)
      : input_(input), first_(std::move(first)), second_(std::move(second)) {}

  std::vector<Edit> compose() {
    while (f_ < first_.size() || s_ < second_.size()) {
      if (s_ == second_.size() || (f_ < first_.size() && first_end() <= second_begin())) {
        out_.push_back(first_[f_]);
        pass_first();
      } else if (f_ == first_.size() || second_end() <= first_begin()) {
        out_.push_back(second_[s_++]);
        out_.back().offset = in_input(out_.back().offset);
      } else {
        take_cluster();
      }
    }
    return std::move(out_);
  }

 private:
  // Places in the text between.
  [[nodiscard]] std::size_t first_begin() const {
    return static_cast<std::size_t>(static_cast<std::int64_t>(first_[f_].offset) + shift_);
  }
  [[nodiscard]] std::size_t first_end() const { return first_begin() + first_[f_].now.size(); }
  [[nodiscard]] std::size_t second_begin() const { return second_[s_].offset; }
  [[nodiscard]] std::size_t second_end() const { return second_begin() + second_[s_].was.size(); }

  /// The place in the input of a place between that lies behind the edits passed.
  [[nodiscard]] std::size_t in_input(std::size_t between) const {
    return static_cast<std::size_t>(static_cast<std::int64_t>(between) - shift_);
  }

  void pass_first() {
    shift_ += static_cast<std::int64_t>(first_[f_].now.size()) -
              static_cast<std::int64_t>(first_[f_].was.size());
    ++f_;
  }

  void take_cluster() {
    const std::size_t begin = std::min(first_begin(), second_begin());
    const std::size_t input_begin = in_input(begin);
    const std::size_t first_of_f = f_;
    const std::size_t first_of_s = s_;
    std::size_t end_f = first_end();
    std::size_t end_s = second_end();
    pass_first();
    ++s_;
    while (true) {
      if (f_ < first_.size() && first_begin() < end_s) {
        end_f = first_end();
        pass_first();
      } else if (s_ < second_.size() && second_begin() < end_f) {
        end_s = second_end();
        ++s_;
      } else {
        break;
      }
    }
    const std::size_t input_end = in_input(std::max(end_f, end_s));
    const std::string_view was = input_.substr(input_begin, input_end - input_begin);
    const std::string between = apply_edits(was, rebased(first_, first_of_f, f_, input_begin));
    Edit merged = name_giver(first_of_f, first_of_s);
    merged.offset = input_begin;
    merged.was = was;
    merged.now = apply_edits(between, rebased(second_, first_of_s, s_, begin));
    if (merged.was != merged.now) out_.push_back(std::move(merged));
  }

  static std::vector<Edit> rebased(const std::vector<Edit>& edits, std::size_t from, std::size_t to,
                                   std::size_t origin) {
    std::vector<Edit> out(edits.begin() + static_cast<std::ptrdiff_t>(from),
                          edits.begin() + static_cast<std::ptrdiff_t>(to));
    for (Edit& edit : out) edit.offset -= origin;
    return out;
  }

  /// The edit whose rule the cluster bears: the largest of the later step, since what it removes
  /// makes no more difference how it was spelt; else the first of the earlier step.
  [[nodiscard]] Edit name_giver(std::size_t from_f, std::size_t from_s) const {
    const Edit* best = nullptr;
    for (std::size_t i = from_s; i < s_; ++i) {
      const bool removes = second_[i].now.size() < second_[i].was.size();
      if (removes && (!best || second_[i].was.size() > best->was.size())) best = &second_[i];
    }
    return best ? *best : first_[from_f];
  }

  std::string_view input_;
  std::vector<Edit> first_;
  std::vector<Edit> second_;
  std::vector<Edit> out_;
  std::size_t f_ = 0;
  std::size_t s_ = 0;
  std::int64_t shift_ = 0;  ///< place between minus place in the input, behind the edits passed
};

}  // namespace

std::vector<Edit> compose_edits(std::string_view input, std::vector<Edit> first,
                                std::vector<Edit> second) {
  if (first.empty()) return second;
  if (second.empty()) return first;
  return Composer(input, std::move(first), std::move(second)).compose();
}

}  // namespace copydesk::clean
