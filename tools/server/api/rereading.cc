// Reading everything again: what `trede verify` does, on the folder that is served. One at a time,
// a part after the other; what is found of a part is told when it has been read. Who goes away
// before the end stops it after the part that is under way.
#include "engine/erasure/erasure.h"
#include "engine/log/verify.h"
#include "engine/trail/trail.h"
#include "proto/api/trail.pb.h"
#include "tools/server/api/call.h"
#include "tools/server/api/one_at_a_time.h"
#include "tools/server/api/pieces.h"
#include "tools/server/api/wire.h"
#include "tools/trede/flaws.h"

namespace trede::server {

namespace {

using Lines = std::vector<std::string>;

// Threads: one at a time.
class Rereading final : public Pieces {
 public:
  using Turn = std::shared_ptr<OneAtATime<Rereading>>;

  Rereading(const Call& call, Turn turn)
      : turn_(std::move(turn)),
        services_(call.services),
        last_(call.services.folder.log().last_position()) {}

  Result<std::optional<std::string>> next() override {
    if (part_ == kParts.size()) return std::optional<std::string>();
    const Part& part = kParts[part_++];
    const auto found = (this->*part.read)();
    api::Controledeel out;
    out.set_deel(std::string(part.name));
    out.set_klaar(part_ == kParts.size());
    out.set_positie(last_.value);
    if (found) {
      for (const std::string& line : *found) out.add_bevindingen(line);
    } else {
      out.add_bevindingen("kan niet verder worden gelezen: " + found.error().message);
    }
    return std::optional(write_message(kJson, out) + "\n");
  }

 private:
  struct Part {
    std::string_view name;
    Result<Lines> (Rereading::*read)();
  };

  Result<Lines> read_log() { return verify_log(services_.folder); }
  Result<Lines> read_dossiers() { return tool::find_dossier_flaws(services_.folder.log()); }
  Result<Lines> read_vault() { return find_person_flaws(services_.folder); }
  Result<Lines> read_figures() { return services_.projections.verify(); }
  Result<Lines> read_reports() {
    return tool::find_report_flaws(services_.folder.log(), services_.projections);
  }
  Result<Lines> read_trail() {
    DataFolder& folder = services_.folder;
    const auto trail =
        Trail::open(folder.path(), folder.log().identity(), TrailAccess::kRead, services_.clock);
    if (!trail) return trail.error();
    // Whether its pages are whole is for `trede verify`: who records would wait for that.
    auto found = (*trail)->check_chain();
    if (!found) return std::move(found).error();
    return found->flaw.empty() ? Lines() : Lines{std::move(found->flaw)};
  }

  static constexpr std::array<Part, 6> kParts = {{{"log", &Rereading::read_log},
                                                  {"dossiers", &Rereading::read_dossiers},
                                                  {"kluis", &Rereading::read_vault},
                                                  {"cijfers", &Rereading::read_figures},
                                                  {"rapporten", &Rereading::read_reports},
                                                  {"auditspoor", &Rereading::read_trail}}};

  const Turn turn_;
  Services& services_;
  Position last_;
  std::size_t part_ = 0;
};

OrProblem<Reply> reread(Call& call) {
  auto turn = OneAtATime<Rereading>::take();
  if (turn == nullptr) {
    return come_back("Het log wordt al nagelezen; probeer het over een paar minuten.",
                     std::chrono::seconds{60});
  }
  auto rereading = std::make_shared<Rereading>(call, std::move(turn));
  return Reply{
      .body = StreamedBody{call.media_type, source_of(call.services.pool, std::move(rereading))}};
}

}  // namespace

std::vector<Endpoint> rereading_endpoints() {
  return {{.method = "GET",
           .path = "/v1/logcontrole",
           .operation = "leesLogNa",
           .tag = "bewijs",
           .summary = "Leest alles na wat is opgeslagen: een regel per deel, met wat er niet klopt",
           .permissions = {Permission::kBewijsLezen},
           .response = api::Controledeel::descriptor(),
           .produces = {std::string(kNdjson)},
           .answer = reread}};
}

}  // namespace trede::server
