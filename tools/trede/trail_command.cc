#include <charconv>

#include "engine/trail/trail.h"
#include "tools/trede/command.h"
#include "tools/trede/folder.h"
#include "tools/trede/listing.h"
#include "tools/trede/question.h"
#include "tools/trede/rows/stream_names.h"

namespace trede::tool {

namespace {

std::string position_text(std::uint64_t position) {
  return position == 0 ? "" : std::to_string(position);
}

// `COUNT:HASH`, as `--verify` prints it.
Outcome<TrailHead> parse_head(const std::string& text) {
  const Failure wrong =
      wrong_input("--kop: expected COUNT:HASH, as `trede trail --verify` says it");
  TrailHead head;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), head.count);
  if (error != std::errc{} || end == text.data() + text.size() || *end != ':') return wrong;
  const std::string digits(end + 1, text.data() + text.size());
  if (digits.size() != 2 * sizeof(Hash)) return wrong;
  for (std::size_t i = 0; i < sizeof(Hash); ++i) {
    const char* const at = digits.data() + 2 * i;
    const auto [stop, bad] = std::from_chars(at, at + 2, head.hash[i], 16);
    if (bad != std::errc{} || stop != at + 2) return wrong;
  }
  return head;
}

class TrailCommand final : public Command {
 public:
  Help help() const override {
    return {"trail", "Shows who read or wrote which dossier, or checks that record.",
            "  trede trail --data werk --dossier K17\n"
            "  trede trail --data werk --van 2021-01-01 --tm 2021-03-31 --actor m17 --format csv\n"
            "  trede trail --data werk --onvoltooid\n"
            "  trede trail --data werk --verify\n"};
  }

  void bind(Options& options) override {
    bind_data(options, &data_);
    options.value("--dossier", &dossier_,
                  "KEY, or the UUID of a dossier whose KEY was erased; also shows what was done "
                  "to the whole log");
    options.value("--persoon", &persoon_, "UUID: of a person in the vault");
    options.value("--van", &van_, "DAY: from that day on");
    options.value("--tm", &tm_, "DAY: up to and including that day");
    options.value("--actor", &actor_, "A: what this one did");
    options.flag("--onvoltooid", &unended_,
                 "only what was begun and of which no end is known: cut short, or under way");
    options.value("--format", &format_, "table (default), csv or json");
    options.flag("--verify", &verify_,
                 "walks the whole chain and names the first record that "
                 "does not fit");
    options.value("--kop", &kop_, "COUNT:HASH: with --verify, how the trail ended earlier");
  }

  Outcome<> run(Context& context) override {
    const auto format = parse_format(format_.value_or("table"));
    if (!format) return format.error();
    if (kop_ && !verify_) return wrong_input("--kop: expected together with --verify");
    const auto folder = open_folder(data_, OpenMode::kRead, context);
    if (!folder) return folder.error();
    const auto filter = read_filter((*folder)->keys());
    if (!filter) return filter.error();
    const auto trail =
        Trail::open(data_, (*folder)->log().identity(), TrailAccess::kRead, context.clock);
    const bool is_empty = !trail && trail.error().code == ErrorCode::kNotFound;
    if (!trail && !is_empty) return system_failed(trail.error().message);
    if (verify_) return verify(is_empty ? nullptr : trail->get(), **folder, context);
    return list(is_empty ? nullptr : trail->get(), *filter, {**folder, *format}, context);
  }

 private:
  struct How {
    DataFolder& folder;
    Format format;
  };

  Outcome<TrailFilter> read_filter(const KeyDirectory& keys) const {
    TrailFilter filter;
    filter.actor = actor_;
    filter.unended = unended_;
    TREDE_RETURN_IF_ERROR(add_dossier(keys, filter));
    if (persoon_) {
      const auto person = parse_uuid(*persoon_);
      if (!person) return wrong_input("--persoon: expected a UUID");
      filter.objects.push_back(object_of_person(*person));
    }
    TREDE_RETURN_IF_ERROR(take_days(filter));
    return filter;
  }

  Outcome<> add_dossier(const KeyDirectory& keys, TrailFilter& filter) const {
    if (!dossier_) return {};
    const auto stream = keys.find_stream(StreamKind::kDossier, *dossier_);
    if (!stream) return Failure(stream.error());
    const auto uuid = parse_uuid(*dossier_);
    if (!*stream && !uuid) {
      return wrong_input("--dossier: there is no such dossier, expected a KEY or a UUID");
    }
    filter.objects.push_back(object_of(*stream ? **stream : StreamId{StreamKind::kDossier, *uuid}));
    filter.objects.emplace_back(kWholeLog);
    return {};
  }

  Outcome<> take_days(TrailFilter& filter) const {
    if (van_) {
      const auto day = parse_day_option("--van", *van_);
      if (!day) return day.error();
      filter.from = begin_of(*day);
    }
    if (tm_) {
      const auto day = parse_day_option("--tm", *tm_);
      if (!day) return day.error();
      filter.until = begin_of(*day + std::chrono::days{1});
    }
    return {};
  }

  static Outcome<> list(Trail* trail, const TrailFilter& filter, const How& how, Context& context) {
    Listing listing;
    listing.columns = {{"nummer", true},     {"tijdstip", false},      {"actor", false},
                       {"actie", false},     {"object", false},        {"resultaat", false},
                       {"oorsprong", false}, {"eerste_positie", true}, {"laatste_positie", true},
                       {"aantal", true},     {"betreft", false}};
    const auto add = [&](const TrailRecord& record) -> Status {
      const auto object = object_text(record.object, how.folder.keys());
      if (!object) return std::unexpected(object.error());
      listing.rows.push_back({std::to_string(record.number), format_moment(record.moment),
                              record.actor, record.action, *object, record.outcome, record.origin,
                              position_text(record.first), position_text(record.last),
                              std::to_string(record.count), record.about});
      return {};
    };
    if (trail != nullptr) {
      const Status scanned = trail->scan(filter, add);
      if (!scanned) return system_failed(scanned.error().message);
    }
    context.out.write(listing.text(how.format));
    return {};
  }

  // With the KEY that a stream has today.
  static Result<std::string> object_text(const std::string& object, const KeyDirectory& keys) {
    for (const StreamKind kind : {StreamKind::kDossier, StreamKind::kWerkgever}) {
      const std::string prefix = object_of_unknown(kind) + "/";
      if (!object.starts_with(prefix)) continue;
      const auto uuid = parse_uuid(std::string_view(object).substr(prefix.size()));
      if (uuid) return stream_text(keys, {kind, *uuid});
    }
    return object;
  }

  Outcome<> verify(Trail* trail, DataFolder& folder, Context& context) const {
    std::optional<TrailHead> known;
    if (kop_) {
      const auto head = parse_head(*kop_);
      if (!head) return head.error();
      known = *head;
    }
    TrailHead head{0, chain_start(folder.log().identity())};
    std::string found;
    if (trail != nullptr) {
      auto walked = trail->verify(known);
      if (!walked) return system_failed(walked.error().message);
      found = std::move(*walked);
      const auto end = trail->head();
      if (!end) return system_failed(end.error().message);
      head = *end;
    } else if (known && known->count > 0) {
      found = "there is none, but " + std::to_string(known->count) + " records were there";
    }
    if (!found.empty()) return system_failed(data_ + ": audit trail: " + found);
    if (trail == nullptr) {
      context.out.line(data_ + ": there is no audit trail, of " +
                       counted(folder.log().last_position().value, "event"));
      return {};
    }
    context.out.line(data_ + ": the audit trail is whole, " + counted(head.count, "record") +
                     "; kop " + std::to_string(head.count) + ":" + hash_text(head.hash));
    return {};
  }

  std::string data_;
  std::optional<std::string> dossier_;
  std::optional<std::string> persoon_;
  std::optional<std::string> van_;
  std::optional<std::string> tm_;
  std::optional<std::string> actor_;
  std::optional<std::string> format_;
  std::optional<std::string> kop_;
  bool verify_ = false;
  bool unended_ = false;
};

}  // namespace

std::unique_ptr<Command> make_trail_command() { return std::make_unique<TrailCommand>(); }

}  // namespace trede::tool
