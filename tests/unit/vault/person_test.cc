#include "engine/vault/person.h"

#include <gtest/gtest.h>

namespace trede::test {

namespace {

struct Case {
  PersonField field;
  std::string text;
  std::string kept;  // `!` = refused
};

TEST(PersonField, KeepsWhatIsGoodAndRefusesTheRest) {
  using F = PersonField;
  const Case cases[] = {
      {F::kNaam, "de Vries-Öztürk, Ş.", "de Vries-Öztürk, Ş."},
      {F::kNaam, "", ""},
      {F::kNaam, std::string(200, 'a'), std::string(200, 'a')},
      {F::kNaam, std::string(201, 'a'), "!"},
      {F::kNaam, "a\nb", "!"},
      {F::kNaam, "\xC3", "!"},
      {F::kBsn, "111222333", "111222333"},
      {F::kBsn, "10000008", "010000008"},
      {F::kBsn, "111222334", "!"},
      {F::kBsn, "000000000", "!"},
      {F::kBsn, "1112.22.333", "!"},
      {F::kTelefoon, "+31 (0)255-123456", "+31 (0)255-123456"},
      {F::kTelefoon, "12345", "!"},
      {F::kTelefoon, "bel maar", "!"},
      {F::kEmail, "a@voorbeeld.nl", "a@voorbeeld.nl"},
      {F::kEmail, "a@b@c", "!"},
      {F::kEmail, "@b", "!"},
      {F::kGeboortedatum, "1990-02-03", "1990-02-03"},
      {F::kGeboortedatum, "03-02-1990", "1990-02-03"},
      {F::kGeboortedatum, "1790-02-03", "!"},
      {F::kGeboortedatum, "1990-02-30", "!"},
  };
  for (const Case& one : cases) {
    PersonData data;
    const Status set = set_person_field(data, one.field, one.text);
    EXPECT_EQ(set ? person_field_text(data, one.field) : "!", one.kept) << one.text;
    if (!set && one.text.size() > 3) {
      EXPECT_EQ(set.error().message.find(one.text), std::string::npos) << "repeats the text";
    }
  }
}

TEST(ComparableName, KeepsLettersAndDigitsOnly) {
  EXPECT_EQ(comparable_name("De Vries-Öz, J."), "devriesÖzj");
  EXPECT_EQ(comparable_name(" .,-"), "");
}

TEST(NoteText, MayHaveLinesButNoOtherControls) {
  EXPECT_TRUE(check_note_text("een\ntwee"));
  EXPECT_FALSE(check_note_text(""));
  EXPECT_FALSE(check_note_text("een\x07"));
  EXPECT_FALSE(check_note_text(std::string(kNoteCharactersMost + 1, 'a')));
}

}  // namespace

}  // namespace trede::test
