#include "tools/server/operation/config.h"

#include <gtest/gtest.h>

#include "tools/server/operation/logs.h"

namespace trede::server {
namespace {

std::string flaws_of(std::string_view text) {
  const auto config = parse_config(text, "t");
  if (config) return "good";
  EXPECT_EQ(config.error().code, ErrorCode::kInvalid);
  return config.error().message;
}

TEST(Config, TheManualIsAGoodFileWithTheDefaults) {
  const auto config = parse_config(documented_config(), "manual");
  ASSERT_TRUE(config) << config.error().message;
  const Config defaults;
  EXPECT_EQ(config->data, defaults.data);
  ASSERT_EQ(config->http.listeners.size(), 1U);
  EXPECT_EQ(listener_text(config->http.listeners[0]), "http://127.0.0.1:8480");
  EXPECT_EQ(config->http.body_max, defaults.http.body_max);
  EXPECT_EQ(config->http.idle_time, defaults.http.idle_time);
  EXPECT_EQ(config->http.grace, defaults.http.grace);
  EXPECT_EQ(config->pool_threads, defaults.pool_threads);
  EXPECT_EQ(config->log_form, LogForm::kText);
  EXPECT_FALSE(config->metrics_for_all);
  EXPECT_EQ(config->publication.base_url, "");
  EXPECT_EQ(config->publication.contact_email, defaults.publication.contact_email);
}

TEST(Config, WhatIsGivenIsTaken) {
  const auto config = parse_config(
      "[server]\ndata = \"werk\"\nlisten = [\"https://[::1]:8443\", \"127.0.0.1:0\"]\n"
      "certificate = \"c.pem\"\nkey = \"k.pem\"\nio_threads = 2\npool_threads = 40\n"
      "[limits]\nbody_bytes = 4096\ngrace_seconds = 3\nrequests_per_second = 9\n[log]\nlevel = "
      "\"warn\"\nform = \"json\"\n"
      "[metrics]\nfor_all = true\n"
      "[api]\nbase_url = \"https://trede.velsen.example\"\ncontact_name = \"Beheer\"\n"
      "contact_email = \"beheer@velsen.example\"\ncontact_url = \"https://velsen.example\"\n",
      "t");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->data, "werk");
  ASSERT_EQ(config->http.listeners.size(), 2U);
  EXPECT_EQ(listener_text(config->http.listeners[0]), "https://[::1]:8443");
  EXPECT_EQ(listener_text(config->http.listeners[1]), "http://127.0.0.1:0");
  EXPECT_EQ(config->http.certificate_file, "c.pem");
  EXPECT_EQ(config->http.key_file, "k.pem");
  EXPECT_EQ(config->io_threads, 2U);
  EXPECT_EQ(config->pool_threads, 40U);
  EXPECT_EQ(config->http.body_max, 4096U);
  EXPECT_EQ(config->http.grace, std::chrono::milliseconds{3000});
  EXPECT_EQ(config->rates.identity.per_second, 9);
  EXPECT_EQ(config->rates.identity.burst, Config().rates.identity.burst);
  EXPECT_EQ(config->log_level, "warn");
  EXPECT_EQ(config->log_form, LogForm::kJson);
  EXPECT_TRUE(config->metrics_for_all);
  EXPECT_EQ(config->publication.base_url, "https://trede.velsen.example");
  EXPECT_EQ(config->publication.contact_name, "Beheer");
  EXPECT_EQ(config->publication.contact_email, "beheer@velsen.example");
  EXPECT_EQ(config->publication.contact_url, "https://velsen.example");
}

TEST(Config, EveryFlawIsNamedWithItsLine) {
  EXPECT_EQ(flaws_of("[server]\ndata = 3\nlissen = []\n[limits]\nbody_bytes = -1\n"),
            "t:5: limits.body_bytes: expected a whole number from 1024 to 1073741824\n"
            "t:2: server.data: expected a text\n"
            "t:3: server.lissen: unknown, expected one of data, listen, certificate, key, "
            "io_threads, pool_threads");
}

TEST(Config, WhatIsWrongIsRefused) {
  const struct {
    const char* text;
    const char* flaw;
  } rows[] = {
      {"[server\n", "no TOML"},
      {"server = 1\n", "t:1: server: expected a section"},
      {"[servers]\n", "t:1: servers: unknown, expected one of"},
      {"[server]\nlisten = []\n", "one at least"},
      {"[server]\nlisten = \"127.0.0.1:1\"\n", "expected a list of addresses"},
      {"[server]\nlisten = [3]\n", "addresses as texts"},
      {"[server]\nlisten = [\"127.0.0.1\"]\n", "expected an address as"},
      {"[server]\nlisten = [\"0.0.0.0:8480\"]\n", "t:2: server.listen: expected https:// for"},
      {"[server]\nlisten = [\"http://[::]:8480\"]\n", "expected https:// for what is not on"},
      {"[server]\nlisten = [\"https://0.0.0.0:1\"]\n", "needs server.certificate and server.key"},
      {"[server]\npool_threads = 1.5\n", "expected a whole number from 12 to 512"},
      {"[limits]\nidle_seconds = 0\n", "seconds from 1 to 86400"},
      {"[limits]\nidle_seconds = 99999999999999999999\n", "no TOML"},
      {"[api]\nbase_url = \"http://a.example\"\n", "expected https:// and a host"},
      {"[api]\nbase_url = \"https://a.example/\"\n", "without / at the end"},
      {"[api]\nbase_url = \"https://\"\n", "expected https:// and a host"},
      {"[api]\nbase_url = \"https://a.example?b\"\n", "expected https:// and a host"},
      {"[api]\ncontact_name = \"\"\n", "t:2: api.contact_name: expected a name"},
      {"[api]\ncontact_email = \"beheer\"\n", "expected an address as beheer@"},
      {"[api]\ncontact_email = \"a@b@c.example\"\n", "expected an address as beheer@"},
      {"[api]\ncontact_url = \"a.example\"\n", "expected an address as https://"},
      {"[api]\ncontact_url = \"https://a b\"\n", "expected an address as https://"},
      {"[api]\ncontact_url = 7\n", "expected a text"},
      {"[log]\nlevel = \"loud\"\n", "debug, info, warn or error"},
      {"[log]\nform = 1\n", "expected text or json"},
      {"[metrics]\nfor_all = \"yes\"\n", "true or false"},
  };
  for (const auto& row : rows) {
    EXPECT_NE(flaws_of(row.text).find(row.flaw), std::string::npos)
        << row.text << flaws_of(row.text);
  }
}

TEST(Config, AFileThatIsNotThereIsNotFound) {
  const auto config = load_config("nowhere/trede.toml");
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().code, ErrorCode::kNotFound);
}

TEST(Listener, HasAnAddressAndAPort) {
  for (const char* bad : {"", ":", ":80", "a", "[::1:80", "::1]:80", "1.2.3.4:65536", "1.2.3.4:-1",
                          "1.2.3.4:", "1.2.3.4:8x", "localhost:80", "https://velsen.example:443"}) {
    EXPECT_FALSE(parse_listener(bad)) << bad;
  }
}

TEST(Logs, AMessageFitsInAJsonString) {
  EXPECT_EQ(json_escaped("a \"b\"\n\x01"), R"(a \"b\"\n\u0001)");
}

}  // namespace
}  // namespace trede::server
