// Definitions of an organisation in a folder, before and beside those of the product.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "projections/reports/definition.h"
#include "tests/support/temp_dir.h"

namespace trede {
namespace {

class Library : public testing::Test {
 protected:
  void define(const std::string& name, const std::string& text) {
    std::ofstream(dir_ / (name + ".textproto")) << text;
  }
  static std::string report(const std::string& name, const std::string& section) {
    return "name: \"" + name + "\" title: \"Eigen\" version: \"7\"\n" + section;
  }
  static std::string section(const std::string& id) {
    return "section { id: \"" + id +
           "\" title: \"S\" table { id: \"t\" title: \"T\" column { id: \"c\" title: \"C\" "
           "cell { constant: \"1\" } } row { id: \"r\" title: \"R\" } } }\n";
  }
  DefinitionLibrary library() const { return DefinitionLibrary(dir_ / ""); }
  std::string error(const std::string& name) const {
    const auto loaded = library().load(name);
    return loaded ? "none" : loaded.error().message;
  }

  test::TempDir dir_;
};

TEST_F(Library, AFileGoesBeforeTheReportOfThatName) {
  define("kwartaal", report("kwartaal", section("s")));
  const auto own = library().load("kwartaal");
  ASSERT_TRUE(own.has_value()) << own.error().message;
  EXPECT_EQ(own->version(), "7");
  EXPECT_TRUE(library().load("verzuim").has_value());
  const auto all = library().list();
  const auto listed = std::ranges::find(all, "kwartaal", &ListedDefinition::name);
  ASSERT_NE(listed, all.end());
  EXPECT_EQ(listed->title, "Eigen");
  EXPECT_TRUE(listed->origin.ends_with("kwartaal.textproto")) << listed->origin;
}

TEST_F(Library, AFileThatCannotBeUsedIsListedWithItsFlaw) {
  define("eigen", "name: \"eigen\"\ntitle: 7\n");
  const auto all = library().list();
  const auto listed = std::ranges::find(all, "eigen", &ListedDefinition::name);
  ASSERT_NE(listed, all.end());
  EXPECT_TRUE(listed->flaw.contains("eigen.textproto:2: ")) << listed->flaw;
  EXPECT_EQ(error("eigen"), listed->flaw);
  EXPECT_EQ(std::ranges::count_if(all, [](const auto& one) { return !one.flaw.empty(); }), 1);
}

TEST_F(Library, AFileOfAnotherNameIsRefused) {
  define("eigen", report("anders", section("s")));
  EXPECT_TRUE(error("eigen").contains("is called 'anders'")) << error("eigen");
}

TEST_F(Library, ASectionIsTakenWithItsTablesAndTitle) {
  define("eigen", report("eigen", "section { id: \"s\" uit: \"bron\" }\n"));
  define("bron", report("bron", section("s")));
  const auto loaded = library().load("eigen");
  ASSERT_TRUE(loaded.has_value()) << loaded.error().message;
  EXPECT_EQ(loaded->section(0).title(), "S");
  EXPECT_EQ(loaded->section(0).table(0).id(), "t");
}

TEST_F(Library, ASectionThatIsNotThereIsNamed) {
  define("eigen", report("eigen", "section { id: \"x\" uit: \"bron\" }\n"));
  define("bron", report("bron", section("s")));
  EXPECT_TRUE(error("eigen").contains(":2: report 'bron' has no section 'x'")) << error("eigen");
}

TEST_F(Library, SectionsOutOfOneAnotherInACircleAreRefused) {
  define("a", report("a", "section { id: \"s\" uit: \"b\" }\n"));
  define("b", report("b", "section { id: \"s\" uit: \"a\" }\n"));
  EXPECT_TRUE(error("a").contains("a circle: report 'a' takes sections of this one")) << error("a");
}

}  // namespace
}  // namespace trede
