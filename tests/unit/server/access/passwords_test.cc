#include "tools/server/access/passwords.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/support/fakes.h"
#include "tools/server/access/cookie.h"
#include "tools/server/access/secrets.h"

namespace trede::server {
namespace {

struct Choice {
  std::string password;
  const char* says;  // empty: it is taken
};

TEST(CheckPassword, TakesLongOnesThatAreNotGuessedFirst) {
  const Choice table[] = {
      {"paars varken fietst", ""},
      {"kip-Ei-kip-Ei", ""},
      {"twaalf tekeN", ""},
      {"elf tekens!", "12 tot 128"},
      {std::string(124, 'x') + "abcd", ""},
      {std::string(125, 'x') + "abcd", "12 tot 128"},
      {"áéíóúáéíóúáé", ""},
      {"aaaabbbbccccdddd", "vijf verschillende"},
      {"Welkom2026!!!", "eerste geraden"},
      {"Wachtwoord123", "eerste geraden"},
      {"P@ssw0rd12345", "eerste geraden"},
      {"123456789012", "eerste geraden"},
      {"!1qwertyuiop1!", "eerste geraden"},
      {"jansen.pieter1", "eigen naam"},
      {"abc\xff"
       "defghijklm",
       "geen tekst"},
      {std::string("abcdefg\0hijklm", 14), "geen tekst"},
  };
  for (const Choice& row : table) {
    const Status checked = check_password(row.password, "Jansen.Pieter");
    const std::string said = checked ? "" : checked.error().message;
    EXPECT_EQ(checked.has_value(), std::string_view(row.says).empty()) << row.password << said;
    EXPECT_NE(said.find(row.says), std::string::npos) << row.password << ": " << said;
    EXPECT_TRUE(checked || said.find(row.password) == std::string::npos);
  }
}

TEST(PasswordHash, IsOfArgon2idAtTheCostThatLibsodiumAdvisesForLogins) {
  const std::string hash = *hash_password("paars varken fietst", PasswordCost::interactive());
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=65536,t=2,p=1$")) << hash;
  EXPECT_TRUE(is_password(hash, "paars varken fietst"));
  EXPECT_FALSE(is_outdated(hash, PasswordCost::interactive()));
  EXPECT_TRUE(is_outdated(hash, PasswordCost::least()));
}

TEST(PasswordHash, FitsItsPasswordAndNoOther) {
  const PasswordCost cost = PasswordCost::least();
  const std::string hash = *hash_password("paars varken fietst", cost);
  EXPECT_NE(hash, *hash_password("paars varken fietst", cost));  // a salt of its own
  EXPECT_TRUE(is_password(hash, "paars varken fietst"));
  EXPECT_FALSE(is_password(hash, "paars varken fietst "));
  EXPECT_FALSE(is_password(hash, ""));
  EXPECT_FALSE(is_password("", "paars varken fietst"));
  const std::string huge(100'000, 'x');
  EXPECT_FALSE(is_password(*hash_password(huge, cost), huge));
}

TEST(Secrets, AreLongRandomAndOfOneForm) {
  test::SeededRandom random;
  std::set<std::string> made;
  for (int i = 0; i < 100; ++i) {
    const std::string session = new_secret(SecretUse::kSession, random);
    const std::string token = new_secret(SecretUse::kToken, random);
    EXPECT_EQ(session.size(), 43u);
    EXPECT_TRUE(is_secret(SecretUse::kSession, session));
    EXPECT_TRUE(is_secret(SecretUse::kToken, token));
    EXPECT_FALSE(is_secret(SecretUse::kToken, session));
    made.insert(session);
    made.insert(token);
  }
  EXPECT_EQ(made.size(), 200u);
  EXPECT_FALSE(is_secret(SecretUse::kSession, ""));
  EXPECT_FALSE(is_secret(SecretUse::kSession, std::string(42, 'a') + "="));
  EXPECT_FALSE(is_secret(SecretUse::kSession, std::string(44, 'a')));
}

TEST(Secrets, HashToSomethingElseForEachUse) {
  const std::string secret(43, 'a');
  const std::set<std::string> hashes = {hash_secret(SecretUse::kSession, secret),
                                        hash_secret(SecretUse::kToken, secret),
                                        hash_secret(SecretUse::kCsrf, secret), csrf_of(secret)};
  EXPECT_EQ(hashes.size(), 4u);
  for (const std::string& hash : hashes) EXPECT_EQ(hash.find(secret), std::string::npos);
  EXPECT_TRUE(is_same("abc", "abc"));
  EXPECT_FALSE(is_same("abc", "abd"));
  EXPECT_FALSE(is_same("abc", "ab"));
  EXPECT_TRUE(is_same("", ""));
}

TEST(OneTimePassword, IsGoodEnoughAndEachTimeAnother) {
  test::SeededRandom random;
  std::set<std::string> made;
  for (int i = 0; i < 50; ++i) {
    const std::string password = new_one_time_password(random);
    EXPECT_EQ(password.size(), 23u) << password;
    EXPECT_TRUE(check_password(password, "beheerder")) << password;
    EXPECT_EQ(password.find_first_of("lo01"), password.npos) << password;
    made.insert(password);
  }
  EXPECT_EQ(made.size(), 50u);
}

TEST(SessionCookie, IsKeptFromScriptsOtherSitesAndOtherHosts) {
  EXPECT_EQ(set_session_cookie("abc", true),
            "__Host-trede_sessie=abc; Path=/; HttpOnly; SameSite=Strict; Secure");
  EXPECT_EQ(set_session_cookie("abc", false),
            "trede_sessie=abc; Path=/; HttpOnly; SameSite=Strict");
  EXPECT_EQ(clear_session_cookie(true),
            "__Host-trede_sessie=; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=0");
}

TEST(SessionCookie, IsFoundAmongOthersOnce) {
  EXPECT_EQ(find_session_cookie("a=b; __Host-trede_sessie=xyz;c=d", true), "xyz");
  EXPECT_EQ(find_session_cookie("trede_sessie=xyz", false), "xyz");
  EXPECT_EQ(find_session_cookie("trede_sessie=xyz", true), "");
  EXPECT_EQ(find_session_cookie("trede_sessie=x; trede_sessie=y", false), "");
  EXPECT_EQ(find_session_cookie("xtrede_sessie=x; trede_sessie", false), "");
  EXPECT_EQ(find_session_cookie("", true), "");
}

}  // namespace
}  // namespace trede::server
