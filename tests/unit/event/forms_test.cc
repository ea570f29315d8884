#include "engine/event/forms.h"

#include <gtest/gtest.h>

#include <limits>

namespace trede {
namespace {

std::string repeated(std::string_view part, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += part;
  return out;
}

// "good", or the message of an error that must be kInvalid.
template <typename Outcome>
std::string verdict(const Outcome& status) {
  if (status) return "good";
  EXPECT_EQ(status.error().code, ErrorCode::kInvalid) << status.error().message;
  return status.error().message;
}

struct FormCase {
  pb::Form form;
  std::string text;
  bool good;
};

TEST(CheckText, KnowsEachFormOfText) {
  const FormCase cases[] = {
      {pb::FORM_NAAM, "Alkmaar", true},
      {pb::FORM_NAAM, "Bergen (NH)", true},
      {pb::FORM_NAAM, "'s-Gravenhage", true},
      {pb::FORM_NAAM, "Groen & Co. B/V_2", true},
      {pb::FORM_NAAM, "Súdwest-Fryslân", true},
      {pb::FORM_NAAM, "Škoda Ωmega 中", true},
      {pb::FORM_NAAM, " ", true},
      {pb::FORM_NAAM, repeated("a", 64), true},
      {pb::FORM_NAAM, repeated("é", 64), true},  // characters, not bytes
      {pb::FORM_NAAM, "", false},
      {pb::FORM_NAAM, repeated("a", 65), false},
      {pb::FORM_NAAM, repeated("é", 65), false},
      {pb::FORM_NAAM, "a;b", false},
      {pb::FORM_NAAM, "a,b", false},
      {pb::FORM_NAAM, "a=b", false},
      {pb::FORM_NAAM, "a|b", false},
      {pb::FORM_NAAM, "a\tb", false},
      {pb::FORM_NAAM, "a\nb", false},
      {pb::FORM_NAAM, std::string("a\0b", 3), false},
      {pb::FORM_NAAM, "blij 🙂", false},
      {pb::FORM_NAAM, "€ 5", false},
      {pb::FORM_NAAM, "e\u0301", false},  // not in its composed form
      {pb::FORM_NAAM, "caf\xE9", false},  // Latin-1
      {pb::FORM_KENMERK, "1", true},
      {pb::FORM_KENMERK, "A.b_c-9", true},
      {pb::FORM_KENMERK, repeated("a", 64), true},
      {pb::FORM_KENMERK, repeated("a", 65), false},
      {pb::FORM_KENMERK, "", false},
      {pb::FORM_KENMERK, "a b", false},
      {pb::FORM_KENMERK, "a/b", false},
      {pb::FORM_KENMERK, "é", false},
      {pb::FORM_MAAT, "trajecten_bij", true},
      {pb::FORM_MAAT, repeated("z", 64), true},
      {pb::FORM_MAAT, repeated("z", 65), false},
      {pb::FORM_MAAT, "Trajecten", false},
      {pb::FORM_MAAT, "", false},
      {pb::FORM_PERIODE, "2021", true},
      {pb::FORM_PERIODE, "2021-Q4", true},
      {pb::FORM_PERIODE, "2021-12", true},
      {pb::FORM_PERIODE, "2021-Q5", false},
      {pb::FORM_PERIODE, "", false},
      {pb::FORM_TIJDVAK, "2021-Q4", true},
      {pb::FORM_TIJDVAK, "2024-01-01/2024-08-31", true},
      {pb::FORM_TIJDVAK, "2024-08-31/2024-01-01", false},
      {pb::FORM_RIJ, "trajecten/bergen.%28nh%29-1", true},
      {pb::FORM_RIJ, "a/b/c", true},
      {pb::FORM_RIJ, "t/" + repeated("r", 128), true},
      {pb::FORM_RIJ, "t/" + repeated("r", 129), false},
      {pb::FORM_RIJ, "rij", false},
      {pb::FORM_RIJ, "/r", false},
      {pb::FORM_RIJ, "t/", false},
      {pb::FORM_RIJ, "t//r", false},
      {pb::FORM_RIJ, "T/r", false},
      {pb::FORM_RIJ, "t/r_1", false},
      {pb::FORM_RIJ, "", false},
      {pb::FORM_SEIZOEN, "1|2|3|4|5|6|7|8|9|10|11|1000000", true},
      {pb::FORM_SEIZOEN, "0|0|0|0|0|0|0|0|0|0|0|1", true},
      {pb::FORM_SEIZOEN, "0|0|0|0|0|0|0|0|0|0|0|0", false},
      {pb::FORM_SEIZOEN, "1|1|1|1|1|1|1|1|1|1|1", false},
      {pb::FORM_SEIZOEN, "1|1|1|1|1|1|1|1|1|1|1|1|1", false},
      {pb::FORM_SEIZOEN, "1|1|1|1|1|1|1|1|1|1|1|1|", false},
      {pb::FORM_SEIZOEN, "1|1|1|1|1|1|1|1|1|1|1|", false},
      {pb::FORM_SEIZOEN, "1|1|1|1|1|1|1|1|1|1|1|1000001", false},
      {pb::FORM_SEIZOEN, "1|1|1|1|1|1|1|1|1|1|1|99999999999", false},
      {pb::FORM_SEIZOEN, "1|1|1|1|1|1|1|1|1|1|1|-1", false},
      {pb::FORM_SEIZOEN, "1|1|1|1|1|1|1|1|1|1|1|0.5", false},
      {pb::FORM_SEIZOEN, "1|1|1|1|1|1|1|1|1|1|1|01", false},
      {pb::FORM_SEIZOEN, "", false},
      {pb::FORM_WAAR, "gemeente=Bergen (NH)", true},
      {pb::FORM_WAAR, "gemeente=Alkmaar;trede=4", true},
      {pb::FORM_WAAR, "", false},
      {pb::FORM_WAAR, "gemeente", false},
      {pb::FORM_WAAR, "gemeente=", false},
      {pb::FORM_WAAR, "=4", false},
      {pb::FORM_WAAR, "gemeente=Alkmaar;", false},
      {pb::FORM_WAAR, ";gemeente=Alkmaar", false},
      {pb::FORM_WAAR, "trede=4;trede=5", false},
      {pb::FORM_WAAR, "trede=4=5", false},
      {pb::FORM_TEKST, "Twee regels\nen een teken: €", true},
      {pb::FORM_TEKST, repeated("é", 4000), true},
      {pb::FORM_TEKST, repeated("a", 4001), false},
      {pb::FORM_TEKST, "", false},
      {pb::FORM_TEKST, "a\rb", false},
      {pb::FORM_TEKST, "a\x1B[2J", false},
      {pb::FORM_TEKST, "a\x7F", false},
      {pb::FORM_TEKST, "\xFF", false},
  };
  for (const auto& [form, text, good] : cases) {
    const std::string said = verdict(check_text(form, text));
    EXPECT_EQ(said == "good", good) << pb::Form_Name(form) << " `" << text << "`: " << said;
  }
}

TEST(CheckText, SaysWhatIsWrongAndWhatWasExpected) {
  EXPECT_EQ(verdict(check_text(pb::FORM_NAAM, "a;b")),
            "not a name: `a;b`, expected 1 to 64 letters, digits, spaces or ._&'()/-");
  EXPECT_EQ(verdict(check_text(pb::FORM_KENMERK, "a b")),
            "not a kenmerk: `a b`, expected 1 to 64 of A-Z a-z 0-9 . _ -");
  EXPECT_EQ(verdict(check_text(pb::FORM_WAAR, "trede=4;trede=5")),
            "dimension `trede` stands twice, expected each once");
}

TEST(ParseBytes, TakesWhatBytesTextWritesAndNothingElse) {
  const auto hash = *bytes_form(pb::FORM_HASH);
  const std::string digits = repeated("00ff7a", 10) + "c0de";
  EXPECT_EQ(bytes_text(hash, *parse_bytes(hash, digits)), digits);
  for (const std::string& bad : {std::string("00"), digits + "00", "0" + digits.substr(1, 62),
                                 "G" + digits.substr(1), "C" + digits.substr(1)}) {
    EXPECT_EQ(verdict(parse_bytes(hash, bad)).substr(0, 3), bad.size() == 2    ? "1 b"
                                                            : bad.size() == 66 ? "33 "
                                                                               : "not")
        << bad;
  }
  const auto bytes = *bytes_form(pb::FORM_BYTES);
  for (const std::string& value :
       {std::string("\0", 1), std::string("ab"), std::string("abc"), repeated("x", 1000)}) {
    EXPECT_EQ(*parse_bytes(bytes, bytes_text(bytes, value)), value);
  }
  for (const char* bad : {"A", "AA", "AA=", "AB==", "AAAA====", "AA==\n", " AA==", "A*=="}) {
    EXPECT_EQ(verdict(parse_bytes(bytes, bad)), "not valid, expected 1 byte to 4 MiB as base64")
        << bad;
  }
}

TEST(ParseBytes, TakesFourMebibytesAndNotOneMore) {
  const auto form = *bytes_form(pb::FORM_BYTES);
  const std::string most(4 << 20, 'x');
  EXPECT_EQ(*parse_bytes(form, bytes_text(form, most)), most);
  EXPECT_EQ(verdict(parse_bytes(form, bytes_text(form, most + "x"))),
            "4194305 bytes, expected 1 byte to 4 MiB as base64");
  EXPECT_EQ(verdict(check_bytes(form, "")), "0 bytes, expected 1 byte to 4 MiB as base64");
}

struct NumberCase {
  pb::Form form;
  TextStyle style;
  const char* text;
  const char* expected;  // as number_text writes it; empty = refused
};

TEST(ParseNumber, TakesEachFormInItsRangeOnly) {
  using enum TextStyle;
  const NumberCase cases[] = {
      {pb::FORM_DEELTIJDFACTOR, kPlain, "1", "1"},
      {pb::FORM_DEELTIJDFACTOR, kPlain, "0.8889", "0.8889"},
      {pb::FORM_DEELTIJDFACTOR, kPlain, "0.0001", "0.0001"},
      {pb::FORM_DEELTIJDFACTOR, kPlain, "2.0000", "2"},
      {pb::FORM_DEELTIJDFACTOR, kPlain, "0.50", "0.5"},
      {pb::FORM_DEELTIJDFACTOR, kPlain, "0", ""},
      {pb::FORM_DEELTIJDFACTOR, kPlain, "0.0000", ""},
      {pb::FORM_DEELTIJDFACTOR, kPlain, "2.0001", ""},
      {pb::FORM_DEELTIJDFACTOR, kPlain, "0.88889", ""},
      {pb::FORM_DEELTIJDFACTOR, kPlain, "-0.5", ""},
      {pb::FORM_DEELTIJDFACTOR, kPlain, "0,5", ""},
      {pb::FORM_DEELTIJDFACTOR, kDutch, "0,8889", "0.8889"},
      {pb::FORM_DEELTIJDFACTOR, kDutch, "0.8889", "0.8889"},
      {pb::FORM_DEELTIJDFACTOR, kDutch, "0,5,0", ""},
      {pb::FORM_DEELTIJDFACTOR, kDutch, "0.5,0", ""},
      {pb::FORM_UREN, kPlain, "0", "0"},
      {pb::FORM_UREN, kPlain, "168", "168"},
      {pb::FORM_UREN, kPlain, "36.5", "36.5"},
      {pb::FORM_UREN, kPlain, "168.000001", ""},
      {pb::FORM_UREN, kPlain, "-1", ""},
      {pb::FORM_DECIMAAL, kPlain, "-3.25", "-3.25"},
      {pb::FORM_DECIMAAL, kPlain, "-0", "0"},
      {pb::FORM_DECIMAAL, kPlain, "007.10", "7.1"},
      {pb::FORM_DECIMAAL, kPlain, "0.000001", "0.000001"},
      {pb::FORM_DECIMAAL, kPlain, "999999999999.999999", "999999999999.999999"},
      {pb::FORM_DECIMAAL, kPlain, "1000000000000", ""},
      {pb::FORM_DECIMAAL, kPlain, "0.0000001", ""},
      {pb::FORM_DECIMAAL, kPlain, "99999999999999999999999", ""},
      {pb::FORM_DECIMAAL, kPlain, "1.", ""},
      {pb::FORM_DECIMAAL, kPlain, ".5", ""},
      {pb::FORM_DECIMAAL, kPlain, "+1", ""},
      {pb::FORM_DECIMAAL, kPlain, "1e3", ""},
      {pb::FORM_DECIMAAL, kPlain, "--1", ""},
      {pb::FORM_DECIMAAL, kPlain, "-", ""},
      {pb::FORM_DECIMAAL, kPlain, "1 000", ""},
      {pb::FORM_DECIMAAL, kPlain, "nan", ""},
      {pb::FORM_DECIMAAL, kPlain, "", ""},
      {pb::FORM_PERCENTAGE, kPlain, "1", "1"},
      {pb::FORM_PERCENTAGE, kPlain, "100", "100"},
      {pb::FORM_PERCENTAGE, kPlain, "0", ""},
      {pb::FORM_PERCENTAGE, kPlain, "101", ""},
      {pb::FORM_PERCENTAGE, kPlain, "50.0", ""},
      {pb::FORM_PERCENTAGE, kPlain, "50%", ""},
      {pb::FORM_GEBOORTEJAAR, kPlain, "1900", "1900"},
      {pb::FORM_GEBOORTEJAAR, kPlain, "2100", "2100"},
      {pb::FORM_GEBOORTEJAAR, kPlain, "1899", ""},
      {pb::FORM_GEBOORTEJAAR, kPlain, "2101", ""},
      {pb::FORM_AANTAL, kPlain, "1", "1"},
      {pb::FORM_AANTAL, kPlain, "1000000000", "1000000000"},
      {pb::FORM_AANTAL, kPlain, "0", ""},
      {pb::FORM_AANTAL, kPlain, "1000000001", ""},
      {pb::FORM_EUROCENT, kPlain, "-12345", "-12345"},
      {pb::FORM_EUROCENT, kPlain, "999999999999999999", "999999999999999999"},
      {pb::FORM_EUROCENT, kPlain, "-9223372036854775808", ""},
      {pb::FORM_EUROCENT, kPlain, "12.50", ""},
      {pb::FORM_POSITIE, kPlain, "1", "1"},
      {pb::FORM_POSITIE, kPlain, "0", ""},
  };
  for (const auto& [form, style, text, expected] : cases) {
    const auto number = number_form(form);
    ASSERT_TRUE(number) << pb::Form_Name(form);
    const auto units = parse_number(*number, text, style);
    if (!units) {
      EXPECT_EQ(units.error().code, ErrorCode::kInvalid);
      EXPECT_NE(units.error().message.find(number->expected), std::string::npos);
    }
    EXPECT_EQ(units ? number_text(*number, *units) : "", expected)
        << pb::Form_Name(form) << " `" << text << "`";
  }
}

TEST(NumberText, WritesTheOutermostNumbers) {
  const auto form = number_form(pb::FORM_DECIMAAL);
  ASSERT_TRUE(form);
  EXPECT_EQ(number_text(*form, std::numeric_limits<std::int64_t>::min()), "-9223372036854.775808");
  EXPECT_EQ(number_text(*form, std::numeric_limits<std::int64_t>::max()), "9223372036854.775807");
}

TEST(CheckNumber, NamesTheValueAndTheRange) {
  const auto form = number_form(pb::FORM_DEELTIJDFACTOR);
  ASSERT_TRUE(form);
  EXPECT_EQ(verdict(check_number(*form, 20'000)), "good");
  EXPECT_EQ(verdict(check_number(*form, 20'001)),
            "out of range: 2.0001, expected a decimal above 0 and at most 2, with at most 4 "
            "decimals");
  EXPECT_NE(verdict(check_number(*form, 0)), "good");
}

TEST(NumberForm, TextsAndDaysAreNoNumbers) {
  for (const pb::Form form :
       {pb::FORM_UNSPECIFIED, pb::FORM_NAAM, pb::FORM_KENMERK, pb::FORM_DAG, pb::FORM_PERIODE,
        pb::FORM_WAAR, pb::FORM_MAAT, pb::FORM_TEKST, pb::FORM_TIJDVAK, pb::FORM_RIJ,
        pb::FORM_SEIZOEN, pb::FORM_HASH, pb::FORM_BYTES}) {
    EXPECT_FALSE(number_form(form)) << pb::Form_Name(form);
  }
}

TEST(CheckTextDeathTest, AFormThatIsNoTextIsABug) {
  EXPECT_DEATH((void)check_text(pb::FORM_UREN, "1"), "a form that is no text");
}

TEST(CheckKey, TakesWhatIsNoBsn) {
  struct Case {
    const char* key;
    bool good;
  };
  const Case cases[] = {
      {"D-2021.0001_a", true}, {"1", true},         {"1234567", true},  // seven digits
      {"1234567890", true},                                             // ten digits
      {"111222333", false},                                             // passes the check
      {"123456782", false},                                             // passes the check
      {"1234.56.782", false},                                           // as it is often written
      {"1234-5678-2", true},   {"123456783", true},                     // nine digits that do not
      {"010000008", false},  // passes the check, with a leading zero
      {"10000008", false},   // the same in eight digits
      {"12345672", false},   // eight digits: 8 + 14 + 18 + 20 + 20 + 18 + 14 - 2 = 110
      {"12345678", true},    // eight digits that do not
      {"a11222333", true},   // no number
      {"111-222-333", true},   {"", false},         {"a b", false},    {"é", false},
      {"a/b", false},          {"a@b", false},
  };
  for (const auto& [key, good] : cases) {
    const std::string said = verdict(check_key(key));
    EXPECT_EQ(said == "good", good) << key << ": " << said;
    if (std::string_view(key).size() > 2) {
      EXPECT_EQ(said.find(key), std::string::npos) << said;
    }
  }
  EXPECT_EQ(verdict(check_key(repeated("k", 64))), "good");
  EXPECT_NE(verdict(check_key(repeated("k", 65))), "good");
}

TEST(CheckLabel, TakesOpaqueIds) {
  EXPECT_EQ(verdict(check_label("werkcoach-12@a.b_C")), "good");
  EXPECT_EQ(verdict(check_label(repeated("a", 64))), "good");
  for (const std::string& label :
       {std::string{}, std::string("Jan Jansen"), std::string("é"), repeated("a", 65)}) {
    EXPECT_EQ(verdict(check_label(label)), "not an id, expected 1 to 64 of A-Z a-z 0-9 . _ @ -");
  }
}

TEST(ParseNumber, BeyondTheLimitNamesTheLimit) {
  const auto eurocent = *number_form(pb::FORM_EUROCENT);
  EXPECT_TRUE(parse_number(eurocent, "-999999999999999999", TextStyle::kPlain));
  const auto beyond = parse_number(eurocent, "1000000000000000000", TextStyle::kPlain);
  ASSERT_FALSE(beyond);
  EXPECT_NE(beyond.error().message.find("at most 999999999999999999 either way"),
            std::string::npos);
}

}  // namespace
}  // namespace trede
