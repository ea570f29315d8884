// TLS with certificates that the test makes itself.
#include "tools/server/http/tls.h"

#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <fstream>

#include "tests/support/temp_dir.h"
#include "tests/unit/server/http/resident.h"
#include "tests/unit/server/http/running_server.h"

using namespace trede::test;
using trede::ErrorCode;
using trede::server::Listener;
using trede::server::Options;

namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using File = std::unique_ptr<FILE, decltype(&std::fclose)>;

File open_to_write(const std::string& path) {
  return {std::fopen(path.c_str(), "w"), &std::fclose};
}

// Writes a key and a certificate of its own for `name`.
void make_certificate(const std::string& name, const std::string& certificate_file,
                      const std::string& key_file) {
  const Key key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
  const Certificate certificate(X509_new(), &X509_free);
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_NAME* subject = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), subject);
  X509_set_pubkey(certificate.get(), key.get());
  ASSERT_GT(X509_sign(certificate.get(), key.get(), EVP_sha256()), 0);
  PEM_write_X509(open_to_write(certificate_file).get(), certificate.get());
  PEM_write_PrivateKey(open_to_write(key_file).get(), key.get(), nullptr, nullptr, 0, nullptr,
                       nullptr);
}

class TlsClient {
 public:
  explicit TlsClient(std::uint16_t port, int version = TLS1_3_VERSION,
                     const std::string& protocols = "")
      : client_(port), context_(SSL_CTX_new(TLS_client_method())), ssl_(SSL_new(context_.get())) {
    SSL_set_max_proto_version(ssl_.get(), version);
    if (!protocols.empty()) {
      SSL_set_alpn_protos(ssl_.get(), reinterpret_cast<const unsigned char*>(protocols.data()),
                          static_cast<unsigned>(protocols.size()));
    }
    SSL_set_fd(ssl_.get(), client_.socket());
    is_connected_ = SSL_connect(ssl_.get()) == 1;
    ERR_clear_error();
  }

  bool is_connected() const { return is_connected_; }
  // The connection, of which this side forgets all but the socket.
  Client release() && { return std::move(client_); }
  std::string name_of_server() const {
    const Certificate certificate(SSL_get1_peer_certificate(ssl_.get()), &X509_free);
    char name[100] = "";
    if (certificate) {
      X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, name,
                                sizeof name);
    }
    return name;
  }
  std::string ask(const std::string& bytes) {
    SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
    std::string text;
    char step[65536];
    int n = 0;
    while ((n = SSL_read(ssl_.get(), step, sizeof step)) > 0) text.append(step, std::size_t(n));
    const bool is_clean = SSL_get_error(ssl_.get(), n) == SSL_ERROR_ZERO_RETURN;
    ERR_clear_error();
    return text + (is_clean ? "" : "(cut)");
  }

 private:
  Client client_;
  trede::server::SslContext context_;
  trede::server::SslSession ssl_;
  bool is_connected_ = false;
};

class Tls : public testing::Test {
 protected:
  Tls() {
    options_.certificate_file = folder_ / "certificate.pem";
    options_.key_file = folder_ / "key.pem";
    options_.listeners = {Listener{"127.0.0.1", 0, true}, Listener{"127.0.0.1", 0, false}};
    make_certificate("first", options_.certificate_file, options_.key_file);
  }

  TempDir folder_;
  Options options_;
};

const std::string kClose = "Connection: close\r\n";

awaitable<Response> large_or_where(Request request) {
  if (request.path == "/large") co_return text_answer(std::string(3 << 20, 'x'));
  co_return text_answer(request.is_encrypted ? "encrypted" : "plain");
}

TEST_F(Tls, ARequestIsAnsweredAndEndsWithAGoodbye) {
  RunningServer running(options_, large_or_where);
  TlsClient client(running.port());
  ASSERT_TRUE(client.is_connected());
  EXPECT_EQ(client.name_of_server(), "first");
  EXPECT_EQ(brief(client.ask(get("/", kClose))), "200 encrypted");
  EXPECT_EQ(brief(answer_to(running.port(1), get("/", kClose))), "200 plain");
}

TEST_F(Tls, ALargeAnswerAndALargeRequestComeWhole) {
  RunningServer running(options_, large_or_where);
  TlsClient reader(running.port());
  EXPECT_EQ(brief(reader.ask(get("/large", kClose))).size(), 4U + (3U << 20));
  RunningServer echoing(options_);
  TlsClient writer(echoing.port());
  const std::string body(1 << 20, 'y');
  const std::string head = "POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: ";
  EXPECT_EQ(brief(writer.ask(head + std::to_string(body.size()) + "\r\n\r\n" + body)),
            "200 POST / " + body);
}

TEST_F(Tls, OnlyVersion13AndHttp11AreSpoken) {
  RunningServer running(options_);
  EXPECT_FALSE(TlsClient(running.port(), TLS1_2_VERSION).is_connected());
  EXPECT_FALSE(TlsClient(running.port(), TLS1_3_VERSION, "\x02h2").is_connected());
  EXPECT_TRUE(TlsClient(running.port(), TLS1_3_VERSION, "\x02h2\x08http/1.1").is_connected());
}

TEST_F(Tls, WhoSpeaksPlainHttpHearsWhatIsWrong) {
  RunningServer running(options_);
  EXPECT_EQ(brief(answer_to(running.port(), get("/"))), "400 this port speaks TLS: https");
}

TEST_F(Tls, WhoSpeaksNonsenseIsCutOff) {
  RunningServer running(options_);
  using std::string_literals::operator""s;
  for (const std::string& bytes : {"\x16\x03\x01\x00\x05nonsense and more of it"s,
                                   std::string(100, '\0'), "\x80\x2e\x01\x00\x02"s}) {
    Client client(running.port());
    client.send(bytes);
    client.end_half();
    EXPECT_EQ(client.read_all().find("HTTP"), std::string::npos);
  }
  EXPECT_TRUE(TlsClient(running.port()).is_connected());
}

TEST_F(Tls, AnIdleSessionKeepsNoBuffers) {
  RunningServer running(options_);
  std::vector<Client> clients;
  std::size_t before = 0;
  for (int i = 0; i < 500; ++i) {
    if (i == 100) before = resident_bytes();
    TlsClient client(running.port());
    ASSERT_TRUE(client.is_connected());
    clients.push_back(std::move(client).release());
  }
  ASSERT_TRUE(becomes_true([&] { return running.server().counters().connections_open == 500; }));
  const std::size_t each = (resident_bytes() - before) / 400;
  std::printf("500 idle sessions, %zu bytes each\n", each);
  EXPECT_LE(each, kHasSanitizer ? 500U * 1024 : 40U * 1024);
}

TEST_F(Tls, AHandshakeHasToBeDoneInTime) {
  options_.head_time = std::chrono::milliseconds(50);
  RunningServer running(options_);
  EXPECT_EQ(answer_to(running.port(), ""), "");
  EXPECT_EQ(answer_to(running.port(), std::string("\x16\x03\x01\x02\x00", 5)), "");
}

TEST_F(Tls, TlsToThePlainPortFails) {
  RunningServer running(options_);
  EXPECT_FALSE(TlsClient(running.port(1)).is_connected());
}

TEST_F(Tls, AReloadServesTheNewCertificateAndKeepsWhoIsConnected) {
  RunningServer running(options_);
  TlsClient before(running.port());
  make_certificate("second", options_.certificate_file, options_.key_file);
  EXPECT_EQ(TlsClient(running.port()).name_of_server(), "first") << "nothing is reloaded by itself";
  ASSERT_TRUE(running.server().reload_certificates());
  EXPECT_EQ(TlsClient(running.port()).name_of_server(), "second");
  EXPECT_EQ(brief(before.ask(get("/", kClose))), "200 GET /");
}

TEST_F(Tls, AReloadThatFailsChangesNothing) {
  RunningServer running(options_);
  make_certificate("other", folder_ / "other.pem", options_.key_file);
  auto reloaded = running.server().reload_certificates();
  ASSERT_FALSE(reloaded) << "a key of another certificate";
  EXPECT_EQ(reloaded.error().code, ErrorCode::kInvalid);
  EXPECT_NE(reloaded.error().message.find("key.pem"), std::string::npos);
  std::ofstream(options_.certificate_file) << "no certificate";
  reloaded = running.server().reload_certificates();
  ASSERT_FALSE(reloaded);
  EXPECT_NE(reloaded.error().message.find("certificate.pem"), std::string::npos);
  EXPECT_EQ(TlsClient(running.port()).name_of_server(), "first");
}

}  // namespace
