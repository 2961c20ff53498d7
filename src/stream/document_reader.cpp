#include <algorithm>
#include <utility>

#include "copydesk/stream.h"

#include "stream/buffered_input.h"
#include "stream/byte_source.h"
#include "stream/sniff.h"
#include "stream/warc.h"

namespace copydesk {

using stream::BufferedInput;

namespace {

/// In parts whose count fits a byte: compilers make good vector code of that.
std::uint64_t count_line_ends(std::string_view text) {
  constexpr std::size_t kPart = 240;
  std::uint64_t count = 0;
  for (; !text.empty(); text.remove_prefix(std::min(kPart, text.size()))) {
    std::uint8_t found = 0;
    for (const char c : text.substr(0, kPart)) {
      found = static_cast<std::uint8_t>(found + static_cast<std::uint8_t>(c == '\n'));
    }
    count += found;
  }
  return count;
}

/// For the user who gave a program what it does not read.
const char* what_it_is(Format format) noexcept {
  switch (format) {
    case Format::html:
      return "an HTML page; extract reads these";
    case Format::warc:
      return "a WARC file; extract reads these";
    case Format::jsonl:
      return "records as JSON Lines";
    default:
      return "text";
  }
}

}  // namespace

class DocumentReader::Impl {
 public:
  explicit Impl(ReadOptions options) : options_(std::move(options)) {
    if (options_.files.empty()) options_.files.emplace_back("-");
  }

  using Item = std::variant<Document, ReadProblem>;

  std::optional<Item> next() {
    for (;;) {
      if (!input_) {
        if (next_file_ == options_.files.size()) return std::nullopt;
        if (auto problem = open_next()) return Item(*std::move(problem));
        continue;
      }
      if (auto item = next_in_file()) return item;
      close();
    }
  }

  bool ready() const {
    if (!input_) return true;
    switch (format_) {
      case Format::jsonl:
      case Format::lines:
        return input_->ready('\n');
      case Format::text:
      case Format::markdown:
        return input_->ready('\f');
      default:
        return input_->ready();
    }
  }

  std::uint64_t bytes_read() const { return bytes_closed_ + (input_ ? input_->raw_bytes() : 0); }
  std::uint64_t records_skipped() const {
    return records_skipped_ + (warc_ ? warc_->records_skipped() : 0);
  }

 private:
  std::optional<ReadProblem> open_next() {
    file_ = std::make_shared<const std::string>(options_.files[next_file_++]);
    line_ = 1;
    number_ = 0;
    auto source = stream::open_file(*file_);
    if (source) source = stream::decompressed(std::move(source).value());
    if (!source) return ReadProblem{{file_, 0}, std::move(source).error()};
    input_.emplace(std::move(source).value(), std::move(buffer_));
    if (Status started = start_file(); !started) {
      close();
      return ReadProblem{{file_, 0}, std::move(started).error()};
    }
    return std::nullopt;
  }

  /// Decides the file's format and passes a byte order mark.
  Status start_file() {
    for (std::size_t have = 0; !stream::is_enough(input_->view());) {
      auto more = input_->ensure(have + 1);
      if (!more) return std::move(more).error();
      if (*more == have) break;
      have = *more;
    }
    const std::string_view head = input_->view().substr(0, stream::kSniffSize);
    format_ = options_.from.value_or(recognised(head));
    const auto& accepted = options_.accepted;
    if (!options_.from && std::find(accepted.begin(), accepted.end(), format_) == accepted.end()) {
      return {ErrorCode::unsupported_type, what_it_is(format_)};
    }
    // A page that is there but empty is a page that yields nothing; an empty stream has no
    // documents.
    page_pending_ = format_ == Format::html &&
                    (!head.empty() || options_.from == Format::html || *file_ != "-");
    if (format_ == Format::warc) warc_.emplace(*input_, options_.max_document_size);
    if (format_ != Format::html)
      input_->consume(head.size() - stream::without_byte_order_mark(head).size());
    return {};
  }

  Format recognised(std::string_view head) const {
    const Format format = stream::sniff(head);
    return format == Format::text ? options_.fallback : format;
  }

  std::optional<Item> next_in_file() {
    switch (format_) {
      case Format::jsonl:
      case Format::lines:
        return next_line();
      case Format::text:
      case Format::markdown:
        return next_text();
      case Format::html:
        return next_page();
      case Format::warc:
        return next_warc();
      case Format::conllu:  // written only
      case Format::counts:
        break;
    }
    return std::nullopt;
  }

  Document make_document(std::string_view bytes) {
    Document document;
    document.format = format_;
    document.bytes = bytes;
    document.location = {file_, line_};
    document.number_in_file = ++number_;
    return document;
  }

  /// A problem after which nothing more of this file can be read.
  Item last_problem(Error error) {
    ReadProblem problem{{file_, line_}, std::move(error)};
    close();
    return problem;
  }

  Item too_large(char delimiter) {
    ReadProblem problem{{file_, line_}, {ErrorCode::too_large, {}}};
    ++number_;
    auto lines = input_->skip_past(delimiter);
    if (!lines) return last_problem(std::move(lines).error());
    line_ += *lines;
    return problem;
  }

  std::optional<Item> next_line() {
    for (;;) {
      auto at = input_->find('\n', options_.max_document_size);
      if (!at) return last_problem(std::move(at).error());
      if (at->found == BufferedInput::Found::limit) return too_large('\n');
      const bool last = at->found == BufferedInput::Found::end_of_input;
      if (last && at->offset == 0) return std::nullopt;
      std::string_view line = input_->view().substr(0, at->offset);
      if (line.ends_with('\r')) line.remove_suffix(1);
      // A blank line between records is no record.
      const bool blank =
          format_ == Format::jsonl && line.find_first_not_of(" \t") == std::string_view::npos;
      std::optional<Item> item;
      if (!blank) item = make_document(line);
      input_->consume(at->offset + (last ? 0 : 1));
      ++line_;
      if (item) return item;
    }
  }

  std::optional<Item> next_text() {
    auto at = input_->find('\f', options_.max_document_size);
    if (!at) return last_problem(std::move(at).error());
    if (at->found == BufferedInput::Found::limit) return too_large('\f');
    const bool last = at->found == BufferedInput::Found::end_of_input;
    if (last && at->offset == 0) return std::nullopt;
    const std::string_view text = input_->view().substr(0, at->offset);
    Item item = make_document(text);
    line_ += count_line_ends(text);
    input_->consume(at->offset + (last ? 0 : 1));
    return item;
  }

  std::optional<Item> next_page() {
    if (!page_pending_) return std::nullopt;
    page_pending_ = false;
    auto have = input_->ensure(static_cast<std::size_t>(options_.max_document_size) + 1);
    if (!have) return last_problem(std::move(have).error());
    if (*have > options_.max_document_size) return last_problem({ErrorCode::too_large, {}});
    line_ = 0;
    return make_document(input_->view());
  }

  std::optional<Item> next_warc() {
    if (warc_->finished()) return std::nullopt;
    auto page = warc_->next();
    line_ = warc_->record_number();
    if (!page) return Item(ReadProblem{{file_, line_}, std::move(page).error()});
    if (!*page) return std::nullopt;
    Document document = make_document({});
    document.format = Format::html;
    document.bytes = std::move((*page)->bytes);
    document.origin = std::move((*page)->origin);
    return Item(std::move(document));
  }

  void close() {
    bytes_closed_ += input_->raw_bytes();
    if (warc_) records_skipped_ += warc_->records_skipped();
    warc_.reset();
    buffer_ = input_->take_buffer();
    input_.reset();
  }

  ReadOptions options_;
  stream::ByteBuffer buffer_;  // of the last file, for the next
  std::size_t next_file_ = 0;
  std::shared_ptr<const std::string> file_;
  std::optional<BufferedInput> input_;
  std::optional<stream::WarcReader> warc_;
  Format format_ = Format::text;
  std::uint64_t line_ = 1;
  std::uint64_t number_ = 0;
  bool page_pending_ = false;
  std::uint64_t bytes_closed_ = 0;
  std::uint64_t records_skipped_ = 0;
};

DocumentReader::DocumentReader(ReadOptions options)
    : impl_(std::make_unique<Impl>(std::move(options))) {}
DocumentReader::~DocumentReader() = default;
DocumentReader::DocumentReader(DocumentReader&&) noexcept = default;
DocumentReader& DocumentReader::operator=(DocumentReader&&) noexcept = default;

std::optional<std::variant<Document, ReadProblem>> DocumentReader::next() {
  return impl_->next();
}
bool DocumentReader::ready() const {
  return impl_->ready();
}
std::uint64_t DocumentReader::bytes_read() const noexcept {
  return impl_->bytes_read();
}
std::uint64_t DocumentReader::records_skipped() const noexcept {
  return impl_->records_skipped();
}

}  // namespace copydesk
