#include "tools/server/api/contribution_pieces.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/event/event.h"
#include "tools/server/api/json_writer.h"
#include "tools/server/api/moments.h"
#include "tools/server/api/pieces.h"
#include "tools/server/api/wire.h"
#include "tools/trede/event_cells.h"
#include "tools/trede/rows/stream_names.h"

namespace trede::server {

namespace {

constexpr std::size_t kEach = 1000;  // written at once

class ContributionPieces final : public Pieces {
 public:
  // `keys`: null when the names of streams are not asked.
  ContributionPieces(const EventLog& log, const KeyDirectory* keys, std::string media_type,
                     std::string head, std::vector<Contribution> parts, bool is_ratio, bool is_diff)
      : log_(log),
        keys_(keys),
        is_json_(media_type == kJson),
        head_(std::move(head)),
        parts_(std::move(parts)),
        is_ratio_(is_ratio),
        is_diff_(is_diff) {}

  Result<std::optional<std::string>> next() override {
    if (is_ended_) return std::optional<std::string>();
    std::string out = std::exchange(head_, "");
    const std::size_t end = std::min(parts_.size(), next_ + kEach);
    api::Verklaring page;
    for (; next_ < end; ++next_) {
      const auto read = fill(*page.add_bijdragen(), parts_[next_]);
      if (!read) return std::unexpected(read.error());
    }
    is_ended_ = end == parts_.size();
    is_json_ ? add_json(out, page) : add_protobuf(out, page);
    return out.empty() ? std::optional<std::string>() : std::optional(std::move(out));
  }

 private:
  Status fill(api::Bijdrage& out, const Contribution& part) const {
    const auto stored = log_.load(part.position);
    if (!stored) return std::unexpected(stored.error());
    const auto event = decode_any(stored->bytes);
    if (!event) return std::unexpected(event.error());
    out.set_positie(part.position.value);
    out.set_event_id(id_of(*event).uuid.text());
    out.set_stream(stream_of(*event).text());
    if (keys_ != nullptr) {
      auto name = tool::stream_text(*keys_, stream_of(*event));
      if (!name) return std::unexpected(name.error());
      out.set_naam(*std::move(name));
    }
    out.set_soort(tool::kind_text(event->body()));
    if (const auto day = day_of(*event)) out.set_geldig_op(format_day(*day));
    set_moment(*out.mutable_vastgelegd_op(), trede::moment_of(*event));
    for (const auto& code : part.codes) out.add_codes(code);
    if (is_ratio_) {
      out.set_teller(part.teller.text());
      out.set_noemer(part.noemer.text());
    } else {
      out.set_waarde(part.waarde.text());
    }
    return {};
  }

  // The head has `bijdragen` as its last member, empty: `..."bijdragen":[]}`.
  void add_json(std::string& out, const api::Verklaring& page) {
    if (is_first_) out.resize(out.size() - 2);
    for (const auto& one : page.bijdragen()) {
      if (!std::exchange(is_first_, false)) out += ',';
      out += json_of(one);
    }
    if (is_ended_) out += "]}";
  }

  // Messages written one after the other are one message with all elements.
  void add_protobuf(std::string& out, const api::Verklaring& page) const {
    if (is_diff_) {
      api::Verschillen same;
      same.mutable_bijdragen()->CopyFrom(page.bijdragen());
      out += same.SerializeAsString();
    } else {
      out += page.SerializeAsString();
    }
  }

  const EventLog& log_;
  const KeyDirectory* keys_;
  bool is_json_;
  std::string head_;
  std::vector<Contribution> parts_;
  bool is_ratio_;
  bool is_diff_;
  std::size_t next_ = 0;
  bool is_first_ = true;
  bool is_ended_ = false;
};

}  // namespace

StreamedBody contribution_body(const Call& call, const google::protobuf::Message& head,
                               std::vector<Contribution> parts, const Answer& answer) {
  return {.media_type = call.media_type,
          .source = source_of(
              call.services.pool,
              std::make_shared<ContributionPieces>(
                  call.services.folder.log(),
                  call.query.is_set("sleutels") ? &call.services.folder.keys() : nullptr,
                  call.media_type, write_message(call.media_type, head), std::move(parts),
                  answer.is_ratio, head.GetDescriptor() == api::Verschillen::descriptor()))};
}

}  // namespace trede::server
