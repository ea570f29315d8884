#include "tools/trede/rows/row_reader.h"

#include <gtest/gtest.h>

#include "tests/support/events.h"
#include "tests/support/fakes.h"
#include "tests/unit/tools/key_table.h"
#include "tools/trede/event_cells.h"
#include "tools/trede/text.h"

namespace trede::tool {
namespace {

using Rows = std::vector<std::string>;

constexpr std::string_view kId = "00000000-0000-4000-8000-000000000001";
constexpr std::string_view kMaatregel = "00000000-0000-4000-8000-0000000000aa";
constexpr std::string_view kCorrectie = "00000000-0000-4000-8000-0000000000cc";

class RowTest : public testing::Test {
 protected:
  // Reads rows written as `name=value name=value`; `_` in front of a name stands for nothing. Says
  // of each row what event it is, or what is wrong.
  Rows read(const Rows& rows, RowOptions options = {}) {
    options.now = test::FakeClock().now();
    std::vector<std::string> names;
    for (const auto& row : rows) {
      for (const auto& part : split(row, ' ')) {
        const std::string name = part.substr(0, part.find('='));
        if (std::ranges::find(names, name) == names.end()) names.push_back(name);
      }
    }
    Columns columns;
    EXPECT_TRUE(columns.read({names.begin(), names.end()}).empty());
    RowReader reader(columns, names_, find_, options);
    Rows out;
    for (const auto& row : rows) out.push_back(read_row(reader, names, row));
    return out;
  }

  std::string read_one(const std::string& row, RowOptions options = {}) {
    return read({row}, options).front();
  }

  pb::Event last_;
  std::optional<Moment> last_moment_;

 private:
  std::string read_row(RowReader& reader, const std::vector<std::string>& names,
                       const std::string& row) {
    std::vector<std::string> values(names.size());
    for (const auto& part : split(row, ' ')) {
      const auto at = std::ranges::find(names, part.substr(0, part.find('=')));
      values[static_cast<std::size_t>(at - names.begin())] = part.substr(part.find('=') + 1);
    }
    const auto result = reader.read({values.begin(), values.end()});
    if (!result) return "error: " + result.error().message;
    if (const auto* flaw = std::get_if<ColumnFlaw>(&*result)) {
      return flaw->column + ": " + flaw->message;
    }
    last_ = std::get<RowEvent>(*result).event;
    last_moment_ = std::get<RowEvent>(*result).vastgelegd_op;
    const auto day = day_of(last_);
    return kind_text(last_.body()) + " " + (day ? format_day(*day) : "-") + " " +
           attributes_text(last_.body());
  }

  test::KeyTable keys_;
  test::SeededRandom random_;
  StreamNames names_{keys_, random_};
  // A log with one maatregel and one correctie.
  KindFinder find_ = [](const EventId& id) -> Result<std::optional<Soort>> {
    if (id.uuid.text() == kMaatregel) return std::optional(Soort::kMaatregel);
    if (id.uuid.text() == kCorrectie) return std::optional(Soort::kCorrectie);
    return std::optional<Soort>();
  };
};

TEST_F(RowTest, GoodRowIsAnEvent) {
  EXPECT_EQ(read_one("stream=dossier/K1 soort=aanmelding geldig_op=2021-01-04 gemeente=Velsen "
                     "regeling=ioaw doelgroepen=jongere|statushouder actor=wc7"),
            "aanmelding 2021-01-04 gemeente=Velsen regeling=ioaw doelgroepen=statushouder|jongere");
  EXPECT_EQ(last_.actor(), "wc7");
  EXPECT_EQ(stream_of(last_).kind, StreamKind::kDossier);
}

TEST_F(RowTest, ReasonAfterClosingIsOfTheEvent) {
  read_one("stream=dossier/K soort=herstelmelding geldig_op=2021-01-04 na_afsluiting=nagekomen");
  EXPECT_EQ(last_.na_afsluiting(), pb::NA_AFSLUITING_NAGEKOMEN);
  read_one("stream=dossier/K soort=herstelmelding geldig_op=2021-01-04 na_afsluiting=");
  EXPECT_FALSE(last_.has_na_afsluiting());
}

TEST_F(RowTest, EveryKindIsRead) {
  EXPECT_EQ(read_one("stream=werkgever/W soort=vacature_vervuld geldig_op=2021-01-04 "
                     "regeling=wsw aantal=3 event_id=" +
                     std::string(kId)),
            "vacature_vervuld 2021-01-04 regeling=wsw aantal=3");
  EXPECT_EQ(read_one("stream=organisatie soort=boeking geldig_op=2021-01-04 programma=6.4 "
                     "soort_bedrag=lasten bedrag_eurocent=-12345 periode=2021-03 event_id=" +
                     std::string(kId)),
            "boeking 2021-01-04 programma=6.4 soort_bedrag=lasten bedrag_eurocent=-12345 "
            "periode=2021-03");
  EXPECT_EQ(read_one("stream=dossier/K soort=intrekking reden=dubbel vervangt=" +
                     std::string(kMaatregel)),
            "intrekking - reden=dubbel");
}

TEST_F(RowTest, CorrectieHasTheAttributesOfWhatItReplaces) {
  EXPECT_EQ(read_one("stream=dossier/K soort=correctie geldig_op=2021-02-01 besluit=afzien "
                     "vervangt=" +
                     std::string(kMaatregel)),
            "correctie 2021-02-01 besluit=afzien");
  EXPECT_EQ(last_.body().correctie().door().soort_case(), Soort::kMaatregel);
}

TEST_F(RowTest, DutchFilesHaveDutchDaysAndDecimals) {
  const std::string row =
      "stream=dossier/K soort=dienstverband_start geldig_op=04-01-2021 dienstverband=ambtelijk "
      "afdeling=Groen deeltijdfactor=0,8";
  EXPECT_EQ(read_one(row, {.style = TextStyle::kDutch}),
            "dienstverband_start 2021-01-04 dienstverband=ambtelijk afdeling=Groen "
            "deeltijdfactor=0.8");
  EXPECT_TRUE(read_one(row).starts_with("geldig_op: not a day"));
}

struct FlawCase {
  const char* name;
  const char* row;
  const char* says;
};

void PrintTo(const FlawCase& each, std::ostream* out) { *out << each.name; }

class RowFlaw : public RowTest, public testing::WithParamInterface<FlawCase> {};

TEST_P(RowFlaw, NamesTheColumnAndWhatWasExpected) {
  const std::string said = read_one(GetParam().row);
  EXPECT_NE(said.find(GetParam().says), std::string::npos) << said;
}

const FlawCase kFlaws[] = {
    {"NoStream", "stream= soort=herstelmelding geldig_op=2021-01-04", "stream: missing, expected"},
    {"BadStream", "stream=K1 soort=herstelmelding geldig_op=2021-01-04",
     "stream: not a stream, expected organisatie, dossier/KEY or werkgever/KEY"},
    {"Bsn", "stream=dossier/111222333 soort=herstelmelding geldig_op=2021-01-04", "stream: a KEY"},
    {"NoSoort", "stream=dossier/K soort= geldig_op=2021-01-04", "soort: missing, expected one of"},
    {"UnknownSoort", "stream=dossier/K soort=intakes geldig_op=2021-01-04",
     "soort: unknown kind, expected one of aanmelding, intake_gestart, intake,"},
    {"DossierKindOfWerkgever", "stream=werkgever/W soort=intake_gestart geldig_op=2021-01-04",
     "stream: intake_gestart does not belong here, expected dossier/KEY"},
    {"WerkgeverKindOfOrganisatie", "stream=organisatie soort=relatie_start geldig_op=2021-01-04",
     "stream: relatie_start does not belong here, expected werkgever/KEY"},
    {"OrganisatieKindOfDossier",
     "stream=dossier/K soort=afdeling_ingesteld geldig_op=2021-01-04 afdeling=Groen",
     "stream: afdeling_ingesteld does not belong here, expected organisatie"},
    {"NoDay", "stream=dossier/K soort=herstelmelding geldig_op=", "geldig_op: missing"},
    {"DayThatIsNone", "stream=dossier/K soort=herstelmelding geldig_op=2021-02-30",
     "geldig_op: not a day"},
    {"DutchDayInAPlainFile", "stream=dossier/K soort=herstelmelding geldig_op=04-01-2021",
     "geldig_op: not a day"},
    {"IntrekkingWithDay",
     "stream=dossier/K soort=intrekking geldig_op=2021-01-04 reden=dubbel "
     "vervangt=00000000-0000-4000-8000-0000000000aa",
     "geldig_op: intrekking has no geldig_op"},
    {"MomentWithoutAsRecorded",
     "stream=dossier/K soort=herstelmelding geldig_op=2021-01-04 "
     "vastgelegd_op=2021-01-04T10:00:00Z",
     "vastgelegd_op: a recording moment is given by the log"},
    {"BadId", "stream=dossier/K soort=herstelmelding geldig_op=2021-01-04 event_id=17",
     "event_id: not a UUID"},
    {"NilId",
     "stream=dossier/K soort=herstelmelding geldig_op=2021-01-04 "
     "event_id=00000000-0000-0000-0000-000000000000",
     "event_id: all zero"},
    {"WerkgeverWithoutId", "stream=werkgever/W soort=relatie_start geldig_op=2021-01-04",
     "event_id: missing, expected a UUID"},
    {"OrganisatieWithoutId",
     "stream=organisatie soort=afdeling_ingesteld geldig_op=2021-01-04 afdeling=Groen",
     "event_id: missing, expected a UUID"},
    {"BadActor", "stream=dossier/K soort=herstelmelding geldig_op=2021-01-04 actor=Jan|Jansen",
     "actor: "},
    {"ActorThatMayBeABsn",
     "stream=dossier/K soort=herstelmelding geldig_op=2021-01-04 actor=123456782",
     "actor: dit kan een BSN zijn; kies een eigen nummer of naam van de organisatie"},
    {"WerkcoachThatMayBeABsn",
     "stream=dossier/K soort=werkcoach_toegewezen geldig_op=2021-01-04 werkcoach=123456782",
     "werkcoach: dit kan een BSN zijn; kies een eigen nummer of naam van de organisatie"},
    {"BadNaAfsluiting",
     "stream=dossier/K soort=herstelmelding geldig_op=2021-01-04 na_afsluiting=zomaar",
     "na_afsluiting: unknown code `zomaar`, expected one of nagekomen, herstel, controle, overig"},
    {"BadGroep", "stream=dossier/K soort=herstelmelding geldig_op=2021-01-04 groep=a/b", "groep: "},
    {"VervangtOfAnotherKind",
     "stream=dossier/K soort=herstelmelding geldig_op=2021-01-04 "
     "vervangt=00000000-0000-4000-8000-0000000000aa",
     "vervangt: herstelmelding replaces nothing, expected an empty cell"},
    {"IntrekkingWithoutVervangt", "stream=dossier/K soort=intrekking reden=dubbel",
     "vervangt: missing"},
    {"CorrectieWithoutVervangt", "stream=dossier/K soort=correctie geldig_op=2021-01-04",
     "vervangt: missing"},
    {"CorrectieOfNothing",
     "stream=dossier/K soort=correctie geldig_op=2021-01-04 "
     "vervangt=00000000-0000-4000-8000-0000000000ee",
     "soort: vervangt_onbekend: Correctie naar 04-01-2021 kan niet: de gebeurtenis die zij "
     "vervangt "
     "is niet vastgelegd."},
    {"CorrectieOfACorrectie",
     "stream=dossier/K soort=correctie geldig_op=2021-01-04 "
     "vervangt=00000000-0000-4000-8000-0000000000cc",
     "soort: vervangt_vervanging: Correctie naar 04-01-2021 kan niet: zij vervangt zelf een "
     "correctie of intrekking; "},
    {"AttributeOfAnotherKind",
     "stream=dossier/K soort=herstelmelding geldig_op=2021-01-04 gemeente=Velsen",
     "gemeente: herstelmelding has no such attribute, expected an empty cell; it has none"},
    {"AttributeOfAnotherKindInACorrectie",
     "stream=dossier/K soort=correctie geldig_op=2021-01-04 gemeente=Velsen "
     "vervangt=00000000-0000-4000-8000-0000000000aa",
     "gemeente: maatregel has no such attribute, expected an empty cell; it has besluit, kenmerk"},
    {"UnknownCode", "stream=dossier/K soort=niet_gestart geldig_op=2021-01-04 reden=geen_zin",
     "reden: unknown code `geen_zin`, expected one of problematiek,"},
    {"MissingAttribute", "stream=dossier/K soort=niet_gestart geldig_op=2021-01-04 reden=",
     "reden: missing, expected one of problematiek"},
    {"EmptyListElement",
     "stream=dossier/K soort=doelgroep_gewijzigd geldig_op=2021-01-04 doelgroepen=jongere||",
     "doelgroepen: an empty element"},
    {"Combination", "stream=dossier/K soort=ziekmelding geldig_op=2021-01-04 percentage=50",
     "vastgesteld_door: missing"},
};

INSTANTIATE_TEST_SUITE_P(Table, RowFlaw, testing::ValuesIn(kFlaws),
                         [](const auto& each) { return std::string(each.param.name); });

TEST_F(RowTest, AsRecordedNeedsMomentsThatDoNotFall) {
  const std::string row = "stream=dossier/K soort=herstelmelding geldig_op=2021-01-04 ";
  const auto said = read(
      {row + "vastgelegd_op=2021-01-04T10:00:00+01:00", row + "vastgelegd_op=2021-01-04T09:00:00Z",
       row + "vastgelegd_op=2021-01-04T08:59:59.999999Z", row + "vastgelegd_op=",
       row + "vastgelegd_op=gisteren", row + "vastgelegd_op=2099-01-01T00:00:00Z"},
      {.as_recorded = true});
  EXPECT_TRUE(said[0].starts_with("herstelmelding")) << said[0];
  EXPECT_TRUE(said[1].starts_with("herstelmelding")) << said[1];
  EXPECT_TRUE(said[2].starts_with("vastgelegd_op: before that of the row above")) << said[2];
  EXPECT_TRUE(said[3].starts_with("vastgelegd_op: missing")) << said[3];
  EXPECT_TRUE(said[4].starts_with("vastgelegd_op: not a moment")) << said[4];
  EXPECT_TRUE(said[5].starts_with("vastgelegd_op: in the future")) << said[5];
}

TEST_F(RowTest, DerivedIdFollowsFromWhatTheRowSaysAndNotFromHowItIsWritten) {
  const auto id = [this](const std::string& row, RowOptions options = {}) {
    EXPECT_TRUE(read_one(row, options).starts_with("dienstverband_start"));
    return id_of(last_);
  };
  const std::string day = "stream=dossier/K soort=dienstverband_start geldig_op=2021-01-04 ";
  const std::string rest = "dienstverband=ambtelijk afdeling=Groen ";
  const EventId plain = id(day + rest + "deeltijdfactor=0.8");
  EXPECT_EQ(id("deeltijdfactor=0.80 " + rest + day.substr(0, day.size() - 1)), plain);
  EXPECT_EQ(id(day + rest + "deeltijdfactor=0.8 groep=g1"), plain);
  EXPECT_EQ(id("stream=dossier/K soort=dienstverband_start geldig_op=04-01-2021 " + rest +
                   "deeltijdfactor=0,8",
               {.style = TextStyle::kDutch}),
            plain);
  EXPECT_NE(id(day + rest + "deeltijdfactor=0.9"), plain);
  EXPECT_NE(id(day + rest + "deeltijdfactor=0.8 actor=a"), plain);
  EXPECT_NE(id("stream=dossier/L soort=dienstverband_start geldig_op=2021-01-04 " + rest +
               "deeltijdfactor=0.8"),
            plain);
  EXPECT_EQ(plain.uuid.text()[14], '8');  // the version of the UUID
}

TEST_F(RowTest, EqualRowsOfOneFileHaveDifferentIds) {
  const std::string row =
      "stream=dossier/K soort=contactmoment geldig_op=2021-01-04 contact=bericht";
  read({row});
  const EventId first = id_of(last_);
  read({row, row});
  EXPECT_NE(id_of(last_), first);
  read({row, "stream=dossier/K soort=herstelmelding geldig_op=2021-01-04"});
  read({"stream=dossier/K soort=herstelmelding geldig_op=2021-01-04", row});
  EXPECT_EQ(id_of(last_), first);
}

TEST_F(RowTest, RandomIdsAreForEveryStream) {
  test::SeededRandom random;
  EXPECT_TRUE(read_one("stream=werkgever/W soort=relatie_start geldig_op=2021-01-04",
                       {.random_ids = &random})
                  .starts_with("relatie_start"));
  EXPECT_EQ(id_of(last_).uuid.text()[14], '7');
}

}  // namespace
}  // namespace trede::tool
