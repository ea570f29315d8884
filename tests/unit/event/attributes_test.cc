#include "engine/event/attributes.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/support/events.h"

namespace trede {
namespace {

constexpr const char* kHash = "00ff7ac000ff7ac000ff7ac000ff7ac000ff7ac000ff7ac000ff7ac000ff7ac0";

const Attribute& attribute_of(std::string_view soort, std::string_view name) {
  const Kind* kind = find_kind(soort);
  if (kind == nullptr || kind->find_attribute(name) == nullptr) {
    throw std::invalid_argument("no attribute " + std::string(name));
  }
  return *kind->find_attribute(name);
}

struct Case {
  const char* soort;
  const char* attribute;
  TextStyle style;
  const char* text;
  const char* expected;  // as attribute_text writes it, or the message after `!`
};

TEST(SetAttribute, TakesWhatAttributeTextWritesAndNothingElse) {
  using enum TextStyle;
  const Case cases[] = {
      {"aanmelding", "gemeente", kPlain, "Bergen (NH)", "Bergen (NH)"},
      {"aanmelding", "regeling", kPlain, "ioaw", "ioaw"},
      {"aanmelding", "regeling", kPlain, "wsw",
       "!unknown code `wsw`, expected one of participatiewet, ioaw, ioaz, anw, nug, ww, wajong, "
       "wia"},
      {"aanmelding", "regeling", kPlain, "IOAW",
       "!unknown code `IOAW`, expected one of participatiewet, ioaw, ioaz, anw, nug, ww, wajong, "
       "wia"},
      {"aanmelding", "regeling", kPlain, "unspecified",
       "!unknown code `unspecified`, expected one of participatiewet, ioaw, ioaz, anw, nug, ww, "
       "wajong, wia"},
      {"plaatsing", "regeling", kPlain, "wsw", "wsw"},
      {"aanmelding", "doelgroepen", kPlain, "statushouder", "statushouder"},
      {"aanmelding", "doelgroepen", kPlain, "inburgeraar|statushouder|jongere",
       "statushouder|jongere|inburgeraar"},
      {"aanmelding", "doelgroepen", kPlain, "jongere|",
       "!an empty element, expected codes separated by |"},
      {"aanmelding", "doelgroepen", kPlain, "|jongere",
       "!an empty element, expected codes separated by |"},
      {"aanmelding", "doelgroepen", kPlain, "jongere||parttimer",
       "!an empty element, expected codes separated by |"},
      {"aanmelding", "doelgroepen", kPlain, "jongere|jongere",
       "!code `jongere` stands twice, expected each code once"},
      {"aanmelding", "geboortejaar", kPlain, "1998", "1998"},
      {"aanmelding", "geboortejaar", kPlain, "1899",
       "!not valid: `1899`, expected a year from 1900 to 2100"},
      {"traject_start", "trede", kPlain, "3", "3"},
      {"traject_start", "trede", kPlain, "7",
       "!unknown code `7`, expected one of nader_te_bepalen, 3, 4, 5, 6"},
      {"contactmoment", "volgende_actie_op", kPlain, "2021-04-30", "2021-04-30"},
      {"contactmoment", "volgende_actie_op", kDutch, "2021-04-30", "2021-04-30"},
      {"contactmoment", "volgende_actie_op", kDutch, "30-04-2021", "2021-04-30"},
      {"contactmoment", "volgende_actie_op", kPlain, "30-04-2021",
       "!not a day, expected an existing day as YYYY-MM-DD"},
      {"contactmoment", "volgende_actie_op", kDutch, "31-04-2021",
       "!not a day, expected an existing day as DD-MM-YYYY"},
      {"dienstverband_start", "deeltijdfactor", kPlain, "0.8889", "0.8889"},
      {"dienstverband_start", "deeltijdfactor", kDutch, "0,88", "0.88"},
      {"plaatsing", "uren", kPlain, "36.50", "36.5"},
      {"ziekmelding", "percentage", kPlain, "050", "50"},
      {"verzuim_gewijzigd", "vastgesteld_door", kPlain, "arbodienst", "arbodienst"},
      {"vacature_vervuld", "aantal", kPlain, "3", "3"},
      {"afspraak_vastgesteld", "waarde", kPlain, "0", "0"},
      {"afspraak_vastgesteld", "waarde", kDutch, "-12,5", "-12.5"},
      {"afspraak_vastgesteld", "waar", kPlain, "gemeente=Bergen (NH);trede=4",
       "gemeente=Bergen (NH);trede=4"},
      {"boeking", "bedrag_eurocent", kPlain, "-250000", "-250000"},
      {"rapport_vastgesteld", "periode", kDutch, "2024-01-01/2024-08-31", "2024-01-01/2024-08-31"},
      {"rapport_vastgesteld", "bekend_positie", kPlain, "31000000", "31000000"},
      {"rapport_vastgesteld", "boomkop", kPlain, kHash, kHash},
      {"rapport_vastgesteld", "boomkop", kPlain, "ab", "!1 bytes, expected 64 digits of 0-9 a-f"},
      {"rapport_vastgesteld", "cijfers", kPlain, "AP9h", "AP9h"},
      {"rapport_vastgesteld", "cijfers", kPlain, "AP9",
       "!not valid, expected 1 byte to 4 MiB as base64"},
      {"toelichting_vastgelegd", "rij", kPlain, "trajecten/totaal", "trajecten/totaal"},
      {"begroting_vastgesteld", "seizoen", kPlain, "1|2|3|4|5|6|7|8|9|10|11|12",
       "1|2|3|4|5|6|7|8|9|10|11|12"},
      {"toelichting_vastgelegd", "tekst", kPlain, "Twee\nregels; één.", "Twee\nregels; één."},
      {"voorziening_start", "kenmerk", kPlain, "a b",
       "!not a kenmerk: `a b`, expected 1 to 64 of A-Z a-z 0-9 . _ -"},
  };
  for (const auto& [soort, name, style, text, expected] : cases) {
    pb::Body body = test::body(soort);
    const Attribute& attribute = attribute_of(soort, name);
    const Status set = set_attribute(kind_message(body), attribute, text, style);
    if (!set) {
      EXPECT_EQ(set.error().code, ErrorCode::kInvalid);
    }
    EXPECT_EQ(set ? attribute_text(kind_message(body), attribute) : "!" + set.error().message,
              expected)
        << soort << " " << name << " `" << text << "`";
    EXPECT_EQ(has_attribute(kind_message(body), attribute), set.has_value());
  }
}

TEST(SetAttribute, LeavesTheMessageAsItWasWhenItRefuses) {
  pb::Body body = test::body("aanmelding", {{"doelgroepen", "jongere"}, {"gemeente", "Castricum"}});
  pb::Body same = body;
  auto& message = kind_message(body);
  const auto& doelgroepen = attribute_of("aanmelding", "doelgroepen");
  EXPECT_FALSE(set_attribute(message, doelgroepen, "parttimer|oud", TextStyle::kPlain));
  const auto& gemeente = attribute_of("aanmelding", "gemeente");
  EXPECT_FALSE(set_attribute(message, gemeente, "a;b", TextStyle::kPlain));
  EXPECT_EQ(body.SerializeAsString(), same.SerializeAsString());
}

TEST(SetAttribute, ASecondValueReplacesTheFirst) {
  pb::Body body = test::body("aanmelding", {{"doelgroepen", "jongere|parttimer"}});
  const auto& doelgroepen = attribute_of("aanmelding", "doelgroepen");
  ASSERT_TRUE(set_attribute(kind_message(body), doelgroepen, "pro_vso", TextStyle::kPlain));
  EXPECT_EQ(attribute_text(kind_message(body), doelgroepen), "pro_vso");
}

TEST(AttributeText, IsEmptyForWhatWasNotGiven) {
  for (const Kind& kind : kinds()) {
    pb::Body body;
    set_kind(body, kind.soort);
    for (const Attribute& attribute : kind.attributes) {
      EXPECT_FALSE(has_attribute(kind_message(body), attribute));
      EXPECT_EQ(attribute_text(kind_message(body), attribute), "")
          << kind.code << " " << attribute.name;
    }
  }
}

TEST(SetKind, MakesAnEventOfThatKindWithoutAttributes) {
  pb::Body body = test::body("aanmelding", {{"gemeente", "Alkmaar"}});
  set_kind(body, Soort::kHerstelmelding);
  EXPECT_EQ(body.soort_case(), Soort::kHerstelmelding);
  set_kind(body, Soort::kAanmelding);
  EXPECT_EQ(body.aanmelding().gemeente(), "");
}

TEST(KindMessageDeathTest, ABodyWithoutAKindIsABug) {
  pb::Body body;
  EXPECT_DEATH((void)kind_message(body), "a body without a kind");
  EXPECT_DEATH((void)kind_message(static_cast<const pb::Body&>(body)), "a body without a kind");
  EXPECT_DEATH(set_kind(body, Soort::SOORT_NOT_SET), "a kind that does not exist");
}

}  // namespace
}  // namespace trede
