// A data folder with users, whose passwords cost as little as they can.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/support/fakes.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/log/log_fixture.h"
#include "tools/server/access/access_store.h"
#include "tools/server/access/passwords.h"
#include "tools/server/access/secrets.h"

namespace trede::server {

using test::failed_with;
using test::value_of;

class AccessTest : public ::testing::Test {
 protected:
  AccessTest() { prepare_secrets(); }

  std::unique_ptr<AccessStore> store(StoreAccess access = StoreAccess::kWrite) {
    return value_of(AccessStore::open(data_, log_, access));
  }
  // A werkcoach in Velsen whose password is `paars varken <actor>`.
  User user(const std::string& actor) {
    User out{.actor = actor, .must_change_password = false, .made = clock_.now()};
    out.grants = {{Role::kWerkcoach}, {"Velsen"}, "wc-" + actor};
    out.password_hash = value_of(hash_password(password_of(actor), PasswordCost::least()));
    return out;
  }
  static std::string password_of(const std::string& actor) { return "paars varken " + actor; }
  void add(const User& user) {
    const Status added = store()->add_user(user);
    ASSERT_TRUE(added) << added.error().message;
  }
  // A token that reads figures of Velsen. Returns its secret.
  std::string add_token(const std::string& name, Moment expires) {
    Token token{.id = new_token_id(random_), .name = name, .made = clock_.now()};
    token.grants = {{Role::kGemeente}, {"Velsen"}, std::nullopt};
    token.scope = {Permission::kCijfersLezen};
    token.expires = expires;
    std::string secret = new_secret(SecretUse::kToken, random_);
    token.hash = hash_secret(SecretUse::kToken, secret);
    EXPECT_TRUE(store()->add_token(token));
    return secret;
  }
  // All bytes of all files.
  std::string bytes_on_disk() const {
    std::string out;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(data_)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      out.append(std::istreambuf_iterator<char>(in), {});
    }
    return out;
  }

  test::TempDir dir_;
  std::filesystem::path data_ = dir_ / "data";
  test::FakeClock clock_;
  test::SeededRandom random_;
  Uuid log_ = value_of(parse_uuid("684e9a8e-3849-4409-8010-001b6563dc99"));
};

}  // namespace trede::server
