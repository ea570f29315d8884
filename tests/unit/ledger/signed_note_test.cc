#include "engine/ledger/signed_note.h"

#include <gtest/gtest.h>

#include "tests/support/fakes.h"

namespace trede::test {
namespace {

// The key and note of the documentation of Go's sumdb/note, from which the format comes.
constexpr std::string_view kPublic =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr std::string_view kPrivate =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
constexpr std::string_view kText =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
constexpr std::string_view kSignature =
    "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngot"
    "pRZb6KE6RyyBwJnAM=\n";

std::string known_note() { return std::string(kText) + "\n" + std::string(kSignature); }

VerifierKey known_key() {
  const auto key = VerifierKey::parse(kPublic);
  EXPECT_TRUE(key);
  return *key;
}

SigningKey other_key(std::string_view name) {
  SeededRandom random(7);
  return SigningKey::make(name, random);
}

std::string refused(std::string_view note, const VerifierKey& key = known_key()) {
  const auto text = open_note(note, key);
  if (text) return "opened";
  EXPECT_EQ(text.error().code, ErrorCode::kInvalid);
  return text.error().message;
}

TEST(SignNote, GivesTheNoteOfTheReference) {
  const auto key = SigningKey::parse(kPrivate);
  ASSERT_TRUE(key);
  EXPECT_EQ(key->verifier().text(), kPublic);
  EXPECT_EQ(key->text(), kPrivate);
  EXPECT_EQ(sign_note(kText, *key), known_note());
}

TEST(OpenNote, GivesTheTextThatWasSigned) {
  const auto text = open_note(known_note(), known_key());
  ASSERT_TRUE(text) << text.error().message;
  EXPECT_EQ(*text, kText);
}

TEST(OpenNote, RefusesEveryAlteredByte) {
  const std::string note = known_note();
  for (std::size_t i = 0; i < note.size(); ++i) {
    for (const int bit : {0, 3, 7}) {
      std::string altered = note;
      altered[i] = static_cast<char>(altered[i] ^ (1 << bit));
      EXPECT_FALSE(open_note(altered, known_key())) << "byte " << i << ", bit " << bit;
    }
  }
}

TEST(OpenNote, RefusesEveryCut) {
  const std::string note = known_note();
  for (std::size_t size = 0; size < note.size(); ++size) {
    EXPECT_FALSE(open_note(note.substr(0, size), known_key())) << size;
  }
}

TEST(OpenNote, LooksAtTheSignatureOfItsKeyAndNoOther) {
  const SigningKey other = other_key("trede/other");
  const std::string both = known_note() + sign_note(kText, other).substr(kText.size() + 1);
  EXPECT_TRUE(open_note(both, known_key()));
  EXPECT_TRUE(open_note(both, other.verifier()));
  EXPECT_EQ(refused(known_note(), other.verifier()), "not signed with the key trede/other+" +
                                                         other.verifier().text().substr(12, 8) +
                                                         ", but by PeterNeumann+c74f20a3");
}

TEST(OpenNote, RefusesASecondSignatureOfItsKeyThatDoesNotFit) {
  std::string wrong(kSignature);
  wrong[40] = wrong[40] == 'A' ? 'B' : 'A';
  EXPECT_EQ(refused(known_note() + wrong),
            "the signature of PeterNeumann does not fit: the note was altered");
}

TEST(OpenNote, SaysWhyANoteIsNone) {
  const std::string text(kText);
  const std::string signature(kSignature);
  struct Row {
    std::string note;
    std::string why;
  };
  for (const Row& row : {
           Row{"", "no empty line between text and signatures"},
           Row{text + signature, "no empty line between text and signatures"},
           Row{text + "\n", "it was cut off"},
           Row{text + "\nno signature\n", "a line below the text is no signature"},
           Row{text + "\n\u2014 Peter\n", "a signature has no name"},
           Row{text + "\n\u2014 Pe+ter AAAA\n", "a signature has no name"},
           Row{text + "\n\u2014 Peter x08g_\n", "a signature is not in base64"},
           Row{text + "\t\n" + signature, "it has control characters"},
           Row{text + "\xff\n" + signature, "it is not UTF-8"},
       }) {
    EXPECT_EQ(refused(row.note), "this is no signed note: " + row.why);
  }
  std::string many = known_note();
  for (int i = 0; i < 16; ++i) many += kSignature;
  EXPECT_EQ(refused(many), "this is no signed note: too many signatures");
}

TEST(ParseKey, RefusesWhatIsNoKey) {
  for (const std::string_view text :
       {"", "PeterNeumann", "PeterNeumann+c74f20a3", "PeterNeumann+c74f20a3+",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T",
        "PeterNeumann+c74f20+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n\n",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "peterneumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"}) {
    const auto key = VerifierKey::parse(text);
    ASSERT_FALSE(key) << text;
    EXPECT_EQ(key.error().code, ErrorCode::kInvalid);
    EXPECT_FALSE(SigningKey::parse("PRIVATE+KEY+" + std::string(text))) << text;
  }
  EXPECT_FALSE(SigningKey::parse(kPublic));
  EXPECT_TRUE(VerifierKey::parse(std::string(kPublic) + "\n"));
}

TEST(SigningKey, IsAnotherEachTimeAndSignsAsItsVerifierSays) {
  SystemRandom random;
  const SigningKey one = SigningKey::make("trede/a", random);
  const SigningKey other = SigningKey::make("trede/a", random);
  EXPECT_NE(one.text(), other.text());
  EXPECT_TRUE(one.verifier().verifies("text", one.sign("text")));
  EXPECT_FALSE(other.verifier().verifies("text", one.sign("text")));
  EXPECT_FALSE(one.verifier().verifies("text", one.sign("text").substr(1)));
  const auto again = SigningKey::parse(one.text() + "\n");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->sign("text"), one.sign("text"));
}

}  // namespace
}  // namespace trede::test
