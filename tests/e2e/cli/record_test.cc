// Events one by one, and groups of them.
#include "tests/e2e/cli/cli.h"

namespace trede::test {
namespace {

class Record : public CliTest {
 protected:
  void SetUp() override { make_folder(); }

  std::vector<std::string> aanmelding(const std::string& stream) {
    return {"record",  "--data",     "w",           "--stream",   stream,
            "--soort", "aanmelding", "--geldig-op", "2021-01-04", "--gemeente",
            "Velsen",  "--regeling", "ioaw"};
  }
};

TEST_F(Record, PrintsPositionAndVersion) {
  const std::string out = good(aanmelding("dossier/K1"));
  EXPECT_TRUE(out.starts_with("positie  versie  event_id"));
  EXPECT_TRUE(contains(out, "\n      4       1  "));
  EXPECT_TRUE(contains(out, "  dossier/K1  aanmelding  2021-01-04  "));
}

TEST_F(Record, OptionsAreNamedWithDashesOrUnderscores) {
  good(aanmelding("dossier/K1"));
  good({"record", "--data", "w", "--stream", "dossier/K1", "--soort", "intake", "--geldig_op",
        "2021-01-20", "--uitkomst", "positief", "--soort_intake", "brede"});
  good(aanmelding("dossier/K2"));
  good({"record", "--data", "w", "--stream", "dossier/K2", "--soort", "intake", "--geldig-op",
        "2021-01-20", "--uitkomst", "positief", "--soort-intake", "brede"});
  EXPECT_EQ(good({"query", "intakes", "--van", "2021-01-01", "--tm", "2021-01-31", "--per",
                  "soort_intake", "--data", "w", "--format", "csv"}),
            "soort_intake,waarde\nbrede,2\n");
}

TEST_F(Record, NegativeAmountIsAValue) {
  good({"record", "--data", "w", "--stream", "organisatie", "--soort", "boeking", "--geldig-op",
        "2021-01-20", "--programma", "6.4", "--soort-bedrag", "lasten", "--bedrag-eurocent", "-500",
        "--periode", "2021-01"});
  EXPECT_EQ(good({"query", "lasten", "--van", "2021-01-01", "--tm", "2021-01-31", "--data", "w",
                  "--format", "csv"}),
            "waarde\n-500\n");
}

TEST_F(Record, SameIdTwiceIsOneEvent) {
  auto words = aanmelding("dossier/K1");
  words.insert(words.end(), {"--event-id", "0f000000-0000-4000-8000-000000000001"});
  const std::string first = good(words);
  const std::string log = log_of();
  EXPECT_EQ(good(words), first);
  EXPECT_EQ(log_of(), log);
}

TEST_F(Record, RefusalNamesTheEventThatItCollidesWith) {
  auto words = aanmelding("dossier/K1");
  words.insert(words.end(), {"--event-id", "0f000000-0000-4000-8000-000000000001"});
  good(words);
  const std::string log = log_of();
  const Ran ran = trede(aanmelding("dossier/K1"));
  EXPECT_EQ(ran.status, 2);
  EXPECT_TRUE(contains(ran.err, "trede record: al_in_re_integratie: "));
  EXPECT_TRUE(contains(ran.err, "(botst met 0f000000-0000-4000-8000-000000000001)\n"));
  EXPECT_EQ(log_of(), log);
}

TEST_F(Record, JsonObjectIsOneEvent) {
  const std::string json =
      "{\"stream\":\"dossier/K1\",\"soort\":\"aanmelding\",\"geldig_op\":\"2021-01-04\","
      "\"gemeente\":\"Velsen\",\"regeling\":\"ioaw\",\"doelgroepen\":[\"jongere\",\"parttimer\"],"
      "\"geboortejaar\":1999,\"bron\":\"\"}";
  good({"record", "--data", "w", "--json", json});
  EXPECT_TRUE(contains(good({"show", "dossier/K1", "--data", "w", "--format", "csv"}),
                       "gemeente=Velsen regeling=ioaw doelgroepen=jongere|parttimer "
                       "geboortejaar=1999"));
}

TEST_F(Record, JsonNumbersKeepTheirDecimals) {
  good({"record", "--data", "w", "--json", "-"},
       "{\"stream\":\"dossier/K1\",\"soort\":\"dienstverband_start\",\"geldig_op\":\"2021-01-04\","
       "\"dienstverband\":\"payroll\",\"afdeling\":\"Groen\",\"deeltijdfactor\":0.8889}");
  EXPECT_EQ(good({"query", "fte", "--op", "2021-01-04", "--data", "w", "--format", "csv"}),
            "waarde\n0.8889\n");
}

TEST_F(Record, JsonArrayIsOneGroupAlsoOverSeveralDossiers) {
  write("g.json",
        "[{\"stream\":\"dossier/A\",\"soort\":\"aanmelding\",\"geldig_op\":\"2021-01-04\","
        "\"gemeente\":\"Velsen\",\"regeling\":\"ww\"},"
        "{\"stream\":\"dossier/B\",\"soort\":\"aanmelding\",\"geldig_op\":\"2021-01-04\","
        "\"gemeente\":\"Velsen\",\"regeling\":\"ww\"},"
        "{\"stream\":\"dossier/A\",\"soort\":\"intake\",\"geldig_op\":\"2021-01-05\","
        "\"uitkomst\":\"positief\"}]");
  const std::string out = good({"record", "--data", "w", "--json", "g.json", "--format", "csv"});
  EXPECT_TRUE(contains(out, "\n4,1,"));
  EXPECT_TRUE(contains(out, "\n5,2,"));
  EXPECT_TRUE(contains(out, "\n6,1,"));
  const auto known_at = [this](const std::string& position) {
    return good({"query", "aanmeldingen_open", "--op", "2021-01-04", "--positie", position,
                 "--data", "w", "--format", "csv"});
  };
  EXPECT_EQ(known_at("5"), "waarde\n0\n");
  EXPECT_EQ(known_at("6"), "waarde\n2\n");
}

TEST_F(Record, CorrectieInAGroupMayNameAnEventOfIt) {
  good({"record", "--data", "w", "--json", "-"},
       "[{\"stream\":\"dossier/A\",\"soort\":\"aanmelding\",\"geldig_op\":\"2021-01-04\","
       "\"gemeente\":\"Velsen\",\"regeling\":\"ww\","
       "\"event_id\":\"0f000000-0000-4000-8000-000000000001\"},"
       "{\"stream\":\"dossier/A\",\"soort\":\"correctie\",\"geldig_op\":\"2021-02-04\","
       "\"gemeente\":\"Velsen\",\"regeling\":\"ww\","
       "\"vervangt\":\"0f000000-0000-4000-8000-000000000001\"}]");
  EXPECT_EQ(good({"query", "aanmeldingen", "--van", "2021-02-01", "--tm", "2021-02-28", "--data",
                  "w", "--format", "csv"}),
            "waarde\n1\n");
}

TEST_F(Record, CorrectieIsRefusedByTheSameRuleAsAnIntrekking) {
  const std::string first = "0f000000-0000-4000-8000-000000000001";
  const std::string second = "0f000000-0000-4000-8000-000000000002";
  auto words = aanmelding("dossier/K1");
  words.insert(words.end(), {"--event-id", first});
  good(words);
  const std::vector<std::string> correctie = {
      "record",      "--data",     "w",          "--stream", "dossier/K1", "--soort", "correctie",
      "--geldig-op", "2021-01-05", "--gemeente", "Velsen",   "--regeling", "ioaw"};
  const std::vector<std::string> intrekking = {"record",     "--data",     "w",
                                               "--stream",   "dossier/K1", "--soort",
                                               "intrekking", "--reden",    "foutief"};
  // What the log has against `words` about the event `id`, behind the code of the rule.
  const auto reason = [&](std::vector<std::string> words_, const std::string& id,
                          const std::string& code) {
    words_.insert(words_.end(), {"--vervangt", id});
    const Ran ran = trede(words_);
    EXPECT_EQ(ran.status, 2);
    EXPECT_TRUE(ran.err.starts_with("trede record: " + code + ": ")) << ran.err;
    return ran.err.substr(std::min(ran.err.size(), ran.err.find(" kan niet: ")));
  };
  auto replaced = correctie;
  replaced.insert(replaced.end(), {"--vervangt", first, "--event-id", second});
  good(replaced);
  EXPECT_EQ(reason(correctie, second, "vervangt_vervanging"),
            reason(intrekking, second, "vervangt_vervanging"));
  const std::string unknown = "0f000000-0000-4000-8000-000000000009";
  EXPECT_EQ(reason(correctie, unknown, "vervangt_onbekend"),
            reason(intrekking, unknown, "vervangt_onbekend"));
}

TEST_F(Record, RefusedFirstEventOfADossierLeavesNoKey) {
  const Ran ran = trede({"record", "--data", "w", "--stream", "dossier/K7", "--soort",
                         "traject_start", "--geldig-op", "2021-01-04", "--trede", "3"});
  EXPECT_EQ(ran.status, 2);
  const Ran show = trede({"show", "dossier/K7", "--data", "w"});
  EXPECT_EQ(show.status, 2);
  EXPECT_TRUE(contains(show.err, "there is no dossier/K7"));
}

}  // namespace
}  // namespace trede::test
