#include "engine/vault/master_key.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "tests/support/fakes.h"
#include "tests/support/temp_dir.h"

namespace trede::test {

namespace {

class MasterKeyTest : public testing::Test {
 protected:
  std::string text() const {
    std::ostringstream out;
    out << std::ifstream(file_).rdbuf();
    return out.str();
  }
  void write(const std::string& text) {
    std::ofstream(file_, std::ios::trunc) << text;
    ::chmod(file_.c_str(), 0600);
  }

  TempDir dir_;
  std::filesystem::path file_ = dir_ / "sleutel";
  SeededRandom random_;
};

TEST_F(MasterKeyTest, ReadsTheFileThatItMakes) {
  ASSERT_TRUE(make_master_key_file(file_, random_));
  const auto key = load_master_key(file_);
  ASSERT_TRUE(key) << key.error().message;
  EXPECT_NE(key->view(), std::string(32, '\0'));
  struct stat about {};
  ASSERT_EQ(::stat(file_.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600U);
}

TEST_F(MasterKeyTest, OverwritesNoFile) {
  write("iets anders");
  EXPECT_EQ(make_master_key_file(file_, random_).error().code, ErrorCode::kInvalid);
  EXPECT_EQ(text(), "iets anders");
}

TEST_F(MasterKeyTest, RefusesAFileThatOthersMayUse) {
  ASSERT_TRUE(make_master_key_file(file_, random_));
  for (const mode_t mode : {0640, 0604, 0620, 0666}) {
    ::chmod(file_.c_str(), mode);
    const auto key = load_master_key(file_);
    ASSERT_FALSE(key) << mode;
    EXPECT_EQ(key.error().code, ErrorCode::kInvalid);
  }
}

TEST_F(MasterKeyTest, RefusesEveryOtherForm) {
  ASSERT_TRUE(make_master_key_file(file_, random_));
  const std::string good = text();
  std::string odd = good;
  odd[good.size() - 2] = 'g';
  for (const std::string& bad : {std::string(), good.substr(1), good.substr(0, good.size() - 1),
                                 good + "\n", odd, std::string(good.size(), 'a')}) {
    write(bad);
    const auto key = load_master_key(file_);
    ASSERT_FALSE(key) << bad;
    EXPECT_EQ(key.error().code, ErrorCode::kInvalid);
    EXPECT_EQ(key.error().message.find(good.substr(20, 20)), std::string::npos);
  }
  EXPECT_EQ(load_master_key(dir_ / "weg").error().code, ErrorCode::kInvalid);
}

TEST(ParseMasterKey, TakesSixtyFourDigitsInEitherCase) {
  const std::string digits = "00112233445566778899aabbccddeeffFFEEDDCCBBAA99887766554433221100";
  ASSERT_TRUE(parse_master_key(digits));
  EXPECT_EQ(parse_master_key(digits)->view()[1], '\x11');
  for (const std::string& bad : {digits.substr(2), digits.substr(1), digits + "00", " " + digits}) {
    const auto key = parse_master_key(bad);
    ASSERT_FALSE(key) << bad;
    EXPECT_EQ(key.error().message.find("aabb"), std::string::npos);
  }
}

}  // namespace

}  // namespace trede::test
