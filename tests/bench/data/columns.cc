#include "tests/bench/data/columns.h"

#include <unordered_map>

#include "engine/event/event.h"
#include "tests/bench/machine/measuring.h"

namespace trede::bench {

namespace {

class Reader {
 public:
  explicit Reader(const EventLog& log) : log_(log) {}

  Columns read() {
    must(log_.scan(Position{1}, log_.last_position(),
                   [this](Position position, std::string_view stored) -> Status {
                     auto event = decode_event(stored);
                     if (!event) return std::unexpected(event.error());
                     take(position, *event);
                     return {};
                   }),
         "scan");
    out_.dossiers = static_cast<std::uint32_t>(dossiers_.size());
    return std::move(out_);
  }

 private:
  void take(Position position, const pb::Event& event) {
    EventColumns row{};
    row.position = static_cast<std::uint32_t>(position.value);
    if (event.stream_soort() == pb::STREAM_SOORT_DOSSIER) row.dossier = dossier_of(event);
    row.day = event.geldig_op();
    const pb::Body& body = event.body();
    if (body.has_correctie()) {
      row.vervangt = position_of_id(body.correctie().vervangt());
      take(body.correctie().door(), row);
    } else {
      if (body.has_intrekking()) row.vervangt = position_of_id(body.intrekking().vervangt());
      take(body, row);
    }
    out_.events.push_back(row);
  }

  void take(const pb::Body& body, EventColumns& row) {
    row.soort = static_cast<std::uint16_t>(body.soort_case());
    if (body.has_aanmelding()) row.gemeente = gemeente(body.aanmelding().gemeente());
    if (body.has_gemeente_gewijzigd())
      row.gemeente = gemeente(body.gemeente_gewijzigd().gemeente());
    if (body.has_dienstverband_start())
      row.gemeente = gemeente(body.dienstverband_start().gemeente());
    if (body.has_plaatsing()) row.gemeente = gemeente(body.plaatsing().gemeente());
    if (body.has_traject_start()) row.trede = trede(body.traject_start().trede());
    if (body.has_trede_doorstroom()) row.trede = trede(body.trede_doorstroom().naar());
  }

  static std::uint16_t trede(pb::Trede trede) { return static_cast<std::uint16_t>(trede); }

  std::uint16_t gemeente(const std::string& name) {
    if (name.empty()) return 0;
    const auto [at, is_new] =
        gemeenten_.try_emplace(name, static_cast<std::uint16_t>(gemeenten_.size() + 1));
    if (is_new) out_.gemeenten.push_back(name);
    return at->second;
  }

  std::uint32_t dossier_of(const pb::Event& event) {
    const auto next = static_cast<std::uint32_t>(dossiers_.size() + 1);
    return dossiers_.try_emplace(stream_of(event), next).first->second;
  }

  std::uint32_t position_of_id(const std::string& bytes) const {
    const auto uuid = must(decode_uuid(bytes), "vervangt");
    const auto found = must(log_.find_event(EventId{uuid}), "find");
    if (!found) throw std::runtime_error("an event that is replaced is not in the log");
    return static_cast<std::uint32_t>(found->value);
  }

  const EventLog& log_;
  Columns out_;
  std::unordered_map<StreamId, std::uint32_t> dossiers_;
  std::unordered_map<std::string, std::uint16_t> gemeenten_;
};

}  // namespace

Columns columns_of(const EventLog& log) { return Reader(log).read(); }

bool moves_trajecten(const EventColumns& event) {
  switch (event.soort) {
    case pb::Body::kTrajectStart:
    case pb::Body::kTredeDoorstroom:
    case pb::Body::kUitstroom:
    case kIntrekking: return true;
    default: return event.gemeente != 0 && event.dossier != 0;
  }
}

}  // namespace trede::bench
