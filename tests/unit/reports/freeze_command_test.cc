// Reports that are laid down, from the command line: printed the same for ever, carried on by the
// next, compared with what is known now.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/unit/tools/program.h"

namespace trede {
namespace {

using Ran = test::ProgramRan;
using Words = std::vector<std::string>;

constexpr const char* kHead =
    "stream,soort,geldig_op,event_id,gemeente,regeling,uitkomst,trede,reden,rapport,periode,rij,"
    "tekst,na_afsluiting\n";

// A data folder with one gemeente and two trajecten, one of which ended.
class FreezeCommand : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(program_.run({"init", "--data", program_.data()}).status, 0);
    import(
        "organisatie,gemeente_toegetreden,2015-01-01,00000000-0000-4000-8000-000000000001,Velsen,,,"
        ",,,,,,\n"
        "dossier/d-1,aanmelding,2020-11-02,,Velsen,participatiewet,,,,,,,,\n"
        "dossier/d-1,intake,2020-11-20,,,,positief,,,,,,,\n"
        "dossier/d-1,traject_start,2020-12-01,,,,,3,,,,,,\n"
        "dossier/d-1,uitstroom,2021-02-01,,,,,,werkaanvaarding,,,,,\n"
        "dossier/d-2,aanmelding,2021-01-04,,Velsen,participatiewet,,,,,,,,\n"
        "dossier/d-2,intake,2021-01-20,,,,positief,,,,,,,\n"
        "dossier/d-2,traject_start,2021-02-01,,,,,3,,,,,,\n");
  }

  void import(const std::string& rows) {
    program_.write("in.csv", kHead + rows);
    const Ran ran = program_.run({"import", program_.path("in.csv"), "--data", program_.data()});
    ASSERT_EQ(ran.status, 0) << ran.err;
  }
  // A traject in trede 3 of which the organisation heard late.
  void import_late(const std::string& dossier, const std::string& day) {
    import("dossier/" + dossier + ",aanmelding," + day + ",,Velsen,participatiewet,,,,,,,,\n" +
           "dossier/" + dossier + ",intake," + day + ",,,,positief,,,,,,,\n" + "dossier/" +
           dossier + ",traject_start," + day + ",,,,,3,,,,,,\n");
  }
  Ran report(const std::string& name, const std::string& van, const std::string& tm,
             const Words& more = {}) {
    Words words{"report", name, "--data", program_.data(), "--van", van, "--tm", tm};
    words.insert(words.end(), more.begin(), more.end());
    return program_.run(words);
  }
  Ran first_quarter(const Words& more) {
    return report("kwartaal", "2021-01-01", "2021-03-31", more);
  }
  Ran second_quarter(const Words& more) {
    return report("kwartaal", "2021-04-01", "2021-06-30", more);
  }
  void define(const std::string& name, const std::string& text) {
    std::filesystem::create_directories(program_.path("data/reports"));
    program_.write("data/reports/" + name + ".textproto", text);
  }

  // What stands in a cell of a report as CSV; `none` when it is not there.
  static std::string cell(const Ran& ran, const std::string& table, const std::string& row,
                          const std::string& column) {
    const std::string mark = "," + row + "," + column + ",";
    for (auto at = ran.out.find(table + mark); at != std::string::npos;) {
      const auto from = at + table.size() + mark.size();
      const std::string line = ran.out.substr(from, ran.out.find('\n', from) - from);
      auto comma = line.find(',');
      comma = line.find(',', comma + 1);
      return line.substr(comma + 1, line.find(',', comma + 1) - comma - 1);
    }
    return "none";
  }

  test::Program program_;
};

TEST_F(FreezeCommand, AFrozenReportIsPrintedTheSameForEver) {
  const Ran frozen = first_quarter({"--vaststellen", "--format", "json"});
  ASSERT_EQ(frozen.status, 0) << frozen.err;
  ASSERT_TRUE(frozen.out.contains("\"vastgesteld\""));

  import_late("d-3", "2021-02-10");
  EXPECT_EQ(first_quarter({"--format", "json"}).out, frozen.out);

  const Ran rebuilt = program_.run({"rebuild", "--data", program_.data()});
  ASSERT_EQ(rebuilt.status, 0) << rebuilt.err;
  EXPECT_EQ(first_quarter({"--format", "json"}).out, frozen.out);

  define(
      "kwartaal",
      "name: \"kwartaal\" title: \"Anders\" version: \"9\" section { id: \"s\" title: \"S\" "
      "table { id: \"t\" title: \"T\" column { id: \"c\" title: \"C\" cell { constant: \"1\" } } "
      "row { id: \"r\" title: \"R\" } } }");
  EXPECT_EQ(first_quarter({"--format", "json"}).out, frozen.out);
  EXPECT_TRUE(second_quarter({}).out.starts_with("Anders\n"));
}

TEST_F(FreezeCommand, TheNextBeginsAsLaidDownAndShowsWhatCameInLate) {
  ASSERT_EQ(first_quarter({"--vaststellen"}).status, 0);
  const Ran before = second_quarter({"--format", "csv"});
  EXPECT_EQ(cell(before, "trede-3", "kandidaten", "begin"), "1") << before.out;
  EXPECT_EQ(cell(before, "trede-3", "kandidaten", "nagekomen"), "0");

  import_late("d-3", "2021-02-10");
  import_late("d-4", "2021-04-10");
  const Ran after = second_quarter({"--format", "csv"});
  EXPECT_EQ(cell(after, "trede-3", "kandidaten", "begin"), "1");
  EXPECT_EQ(cell(after, "trede-3", "kandidaten", "nagekomen"), "1");
  EXPECT_EQ(cell(after, "trede-3", "kandidaten", "instroom"), "1");
  EXPECT_EQ(cell(after, "trede-3", "kandidaten", "uitstroom"), "0");
  EXPECT_EQ(cell(after, "trede-3", "kandidaten", "eind"), "3");
  const Ran frozen = second_quarter({"--vaststellen"});
  EXPECT_EQ(frozen.status, 0) << frozen.err;
}

TEST_F(FreezeCommand, EightMonthsGoOnFromFive) {
  ASSERT_EQ(report("p-en-c", "2021-01-01", "2021-05-31", {"--vaststellen"}).status, 0);
  import_late("d-3", "2021-02-10");
  import_late("d-4", "2021-07-10");
  const Ran eight = report("p-en-c", "2021-01-01", "2021-08-31", {"--format", "csv"});
  ASSERT_EQ(eight.status, 0) << eight.err;
  EXPECT_EQ(cell(eight, "instroom", "aangemeld", "vorig"), "1") << eight.out;
  EXPECT_EQ(cell(eight, "instroom", "aangemeld", "nagekomen"), "1");
  EXPECT_EQ(cell(eight, "instroom", "aangemeld", "sinds"), "1");
  EXPECT_EQ(cell(eight, "instroom", "aangemeld", "realisatie"), "3");
}

TEST_F(FreezeCommand, TheLetterFollowsTheQuarterThatWasLaidDown) {
  const auto letter = [&] {
    return report("raadsbrief", "2021-01-01", "2021-03-31", {"--format", "csv"});
  };
  ASSERT_EQ(first_quarter({"--vaststellen"}).status, 0);
  EXPECT_EQ(cell(letter(), "kerncijfers", "aangemeld", "aantal"), "1") << letter().out;
  import_late("d-3", "2021-02-10");
  EXPECT_EQ(cell(letter(), "kerncijfers", "aangemeld", "aantal"), "1");
  import_late("d-4", "2021-05-10");
  const Ran open = report("raadsbrief", "2021-04-01", "2021-06-30", {"--format", "csv"});
  EXPECT_EQ(cell(open, "kerncijfers", "aangemeld", "aantal"), "1");
}

TEST_F(FreezeCommand, AControlThatDoesNotHoldRefusesIt) {
  define("identiteiten",
         "name: \"identiteiten\" title: \"C\" version: \"1\" section { id: \"s\" title: \"S\" "
         "table { id: \"t\" title: \"T\" row { id: \"een\" title: \"Een is twee\" identiteit { "
         "links { constant: \"1\" } rechts { constant: \"2\" } } } } }");
  const Ran ran = first_quarter({"--vaststellen"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_TRUE(ran.err.contains("klopt niet: t/een: Een is twee\n")) << ran.err;
  EXPECT_TRUE(ran.err.contains("1 van de controles van rapport identiteiten")) << ran.err;
  EXPECT_EQ(first_quarter({"--herrekend"}).status, 2);  // nothing was laid down
}

TEST_F(FreezeCommand, IsDoneOnce) {
  ASSERT_EQ(first_quarter({"--vaststellen"}).status, 0);
  const Ran again = first_quarter({"--vaststellen"});
  EXPECT_EQ(again.status, 2);
  EXPECT_TRUE(again.err.contains("vastgesteld")) << again.err;
}

TEST_F(FreezeCommand, WordsBesideARowArePrintedWithIt) {
  import(
      "organisatie,toelichting_vastgelegd,2021-04-06,00000000-0000-4000-8000-000000000002,,,,,,"
      "kwartaal,2021-Q1,trede-3/kandidaten,"
      "Een kandidaat vond werk.,\n");
  EXPECT_TRUE(first_quarter({}).out.contains("Een kandidaat vond werk."));
  EXPECT_FALSE(second_quarter({}).out.contains("Een kandidaat vond werk."));
  ASSERT_EQ(first_quarter({"--vaststellen"}).status, 0);
  EXPECT_TRUE(first_quarter({}).out.contains("Een kandidaat vond werk."));
}

TEST_F(FreezeCommand, HerrekendNamesWhatMovedEachFigure) {
  ASSERT_EQ(first_quarter({"--vaststellen"}).status, 0);
  const Ran same = first_quarter({"--herrekend", "--format", "csv"});
  ASSERT_EQ(same.status, 0) << same.err;
  EXPECT_FALSE(same.out.contains("trede-3"));
  import_late("d-3", "2021-02-10");  // positions 10, 11 and 12
  import_late("d-4", "2021-05-10");  // of another quarter
  const Ran moved = first_quarter({"--herrekend"});
  ASSERT_EQ(moved.status, 0) << moved.err;
  EXPECT_TRUE(
      moved.out.contains("Kandidaten, Bij             1       2         1                        "
                         "12\n"))
      << moved.out;
  EXPECT_TRUE(moved.out.contains("\n  traject_start       12 ")) << moved.out;
  EXPECT_FALSE(moved.out.contains("dossier/d-4")) << moved.out;
}

TEST_F(FreezeCommand, TwoMomentsOfKnowingStandSideBySide) {
  import_late("d-3", "2021-02-10");  // positions 9, 10 and 11
  const Ran moved = first_quarter({"--positie", "8", "--en-positie", "11"});
  ASSERT_EQ(moved.status, 0) << moved.err;
  EXPECT_TRUE(moved.out.contains("\n  traject_start       11 ")) << moved.out;
  const Ran none = first_quarter({"--positie", "8", "--en-positie", "8", "--format", "csv"});
  ASSERT_EQ(none.status, 0) << none.err;
  EXPECT_FALSE(none.out.contains("traject_start")) << none.out;
}

}  // namespace
}  // namespace trede
