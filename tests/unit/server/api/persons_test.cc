// Persons and notes, from the vault: for whom, what the trail has of it, and what goes wrong.
#include "engine/vault/erasures.h"
#include "tests/unit/server/api/api_fixture.h"

namespace trede::test {
namespace {

namespace json = boost::json;

constexpr const char* kNote = "77777777-7777-4777-8777-777777777777";

class PersonsTest : public ApiFixture {
 protected:
  PersonsTest() { make_vault(); }

  static std::string person_of(const StreamId& stream) { return path_of(stream) + "/persoon"; }
  static std::string note_of(const StreamId& stream, const char* id = kNote) {
    return path_of(stream) + "/notities/" + id;
  }
  unsigned put(const std::string& target, const std::string& body,
               const std::string& as = "werkcoach") {
    return ask({.method = "PUT", .target = target, .as = as, .body = body}).status();
  }
  Answered names_of(const std::string& dossiers, const std::string& as = "werkcoach") {
    return ask({.method = "POST",
                .target = "/v1/naamopvragingen",
                .as = as,
                .body = R"({"dossiers":[)" + dossiers + "]}"});
  }
  void erase(const StreamId& stream) {
    auto registered = ErasureRegister::open(folder_->path(), folder_->log().identity());
    ASSERT_TRUE(registered);
    ErasureEntry entry;
    entry.dossier = stream;
    ASSERT_TRUE(registered->begin({&entry, 1}));
    ASSERT_TRUE(registered->finish());
  }
  static std::string quoted(const StreamId& stream) { return '"' + stream.uuid.text() + '"'; }
};

TEST_F(PersonsTest, WhatIsRecordedOfAPersonIsReadAgain) {
  const char* body =
      R"({"naam":"De Vries, B.","geboortedatum":"1980-02-29","telefoon":"0251 000000"})";
  EXPECT_EQ(put(person_of(one()), body), 204U);
  EXPECT_EQ(get(person_of(one()), "werkcoach").json(), json::parse(body));
  EXPECT_EQ(put(person_of(one()), R"({"naam":"De Vries"})"), 204U);
  EXPECT_EQ(put(person_of(one()), R"({"telefoon":""})"), 204U);  // no longer known
  // What a colleague filled in meanwhile stays.
  EXPECT_EQ(get(person_of(one()), "werkcoach").json(),
            json::parse(R"({"naam":"De Vries","geboortedatum":"1980-02-29"})"));
}

TEST_F(PersonsTest, ABsnStaysWhatItWasAndIsNotShown) {
  set_person(one(), {{PersonField::kBsn, "111222333"}});
  EXPECT_EQ(put(person_of(one()), R"({"naam":"De Vries"})"), 204U);
  EXPECT_EQ(get(person_of(one()), "werkcoach").body.find("111222333"), std::string::npos);
  EXPECT_EQ(find_person(one()).bsn, "111222333");
  EXPECT_EQ(put(person_of(one()), R"({"bsn":"123456782"})"), 400U);
}

TEST_F(PersonsTest, WhatIsNoDateOrNameIsToldAtItsField) {
  const auto answered = ask({.method = "PUT",
                             .target = person_of(one()),
                             .as = "werkcoach",
                             .body = R"({"geboortedatum":"1980-02-30"})"});
  EXPECT_EQ(answered.status(), 400U);
  EXPECT_EQ(answered.json().at("fouten").at(0).at("plaats"), "geboortedatum");
  EXPECT_EQ(get(person_of(one()), "werkcoach").body, "{}");
}

TEST_F(PersonsTest, ThoseOfAnothersCaseloadAreNotShownNorChanged) {
  EXPECT_EQ(get(person_of(two()), "werkcoach").status(), 403U);
  EXPECT_EQ(put(person_of(two()), R"({"naam":"X"})"), 403U);
  EXPECT_EQ(put(note_of(two()), R"({"tekst":"X"})"), 403U);
  EXPECT_EQ(find_person(two()).naam, "");
  EXPECT_EQ(get(person_of(one()), "auditor").status(), 403U);
  EXPECT_EQ(get(path_of(one()) + "/notities", "controller").status(), 403U);
}

TEST_F(PersonsTest, NamesAreThoseOfTheDossiersThatAreReached) {
  set_person(one(), {{PersonField::kNaam, "Eerste"}, {PersonField::kGeboortedatum, "1980-02-29"}});
  set_person(two(), {{PersonField::kNaam, "Tweede"}});
  const auto answered = names_of(quoted(two()) + "," + quoted(one()) + "," + quoted(one()) +
                                 R"(,"99999999-9999-4999-8999-999999999999")");
  EXPECT_EQ(answered.status(), 200U);
  EXPECT_EQ(json::serialize(answered.json()),
            R"({"namen":[{"dossier":)" + quoted(one()) +
                R"(,"naam":"Eerste","geboortedatum":"1980-02-29"}]})");
  EXPECT_EQ(trail(), (std::vector<std::string>{two().text() + " persoon_tonen geweigerd w1",
                                               one().text() + " persoon_tonen gelukt w1"}));
  EXPECT_EQ(names_of(R"("x")").status(), 400U);
}

TEST_F(PersonsTest, ANoteIsThereOnceHoweverOftenItIsSent) {
  EXPECT_EQ(put(note_of(one()), R"({"tekst":"Belt na tien uur."})"), 204U);
  clock_.advance(std::chrono::minutes{5});
  EXPECT_EQ(put(note_of(one()), R"({"tekst":"Belt na tien uur."})"), 204U);
  EXPECT_EQ(put(note_of(one()), R"({"tekst":"Iets anders."})"), 409U);
  const json::object says = get(path_of(one()) + "/notities", "werkcoach").json();
  ASSERT_EQ(says.at("notities").as_array().size(), 1U);
  const auto& note = says.at("notities").at(0).as_object();
  EXPECT_EQ(note.at("id"), kNote);
  EXPECT_EQ(note.at("tekst"), "Belt na tien uur.");
  EXPECT_EQ(note.at("actor"), "w1");
  EXPECT_EQ(note.at("categorie"), "dossier");
}

TEST_F(PersonsTest, NotesAboutVerzuimAreForWhoSeesVerzuim) {
  EXPECT_EQ(put(note_of(one()), R"({"tekst":"x","categorie":"verzuim"})"), 403U);
  EXPECT_EQ(put(note_of(one()), R"({"tekst":"x","categorie":"iets"})"), 400U);
  EXPECT_EQ(put(note_of(one()), R"({"tekst":"x","categorie":"verzuim"})", "alles"), 204U);
  EXPECT_EQ(get(path_of(one()) + "/notities", "werkcoach").body, R"({"notities":[]})");
  const auto all = get(path_of(one()) + "/notities", "alles").json();
  EXPECT_EQ(all.at("notities").at(0).at("categorie"), "verzuim");
}

TEST_F(PersonsTest, TheTrailHasEveryChangeBeforeAndAfter) {
  EXPECT_EQ(put(person_of(one()), R"({"naam":"A"})"), 204U);
  EXPECT_EQ(put(note_of(one()), R"({"tekst":"x"})"), 204U);
  EXPECT_EQ(put(note_of(one()), R"({"tekst":"y"})"), 409U);
  const std::string object = one().text() + " persoon_wijzigen ";
  EXPECT_EQ(trail(), (std::vector<std::string>{object + "begonnen w1", object + "gelukt w1",
                                               object + "begonnen w1", object + "gelukt w1",
                                               object + "begonnen w1", object + "geweigerd w1"}));
}

TEST_F(PersonsTest, AnErasedDossierTakesNothingAnyMore) {
  erase(one());
  const auto answered = ask(
      {.method = "PUT", .target = note_of(one()), .as = "werkcoach", .body = R"({"tekst":"x"})"});
  EXPECT_EQ(answered.status(), 409U);
  EXPECT_EQ(answered.json().at("regel"), "gewist");
  EXPECT_EQ(put(person_of(one()), R"({"naam":"A"})"), 409U);
}

TEST_F(PersonsTest, APageIsToldThatThereIsAVault) {
  const auto says = get("/v1/sessies/huidige", "werkcoach").json();
  EXPECT_NE(boost::json::serialize(says.at("rechten")).find("kluis_lezen"), std::string::npos);
}

TEST_F(PersonsTest, WithoutTheRightKeyNothingComesOut) {
  std::filesystem::remove(master_key_file());
  EXPECT_TRUE(make_master_key_file(master_key_file(), random_));
  const auto answered = get(person_of(one()), "werkcoach");
  EXPECT_EQ(answered.status(), 500U);
  EXPECT_EQ(answered.body.find(master_key_file().string()), std::string::npos);
  EXPECT_EQ(put(note_of(one()), R"({"tekst":"x"})"), 500U);
  EXPECT_EQ(trail().back(), one().text() + " persoon_wijzigen mislukt w1");
}

}  // namespace
}  // namespace trede::test
