// An open file by its number.
#pragma once

#include <unistd.h>

namespace trede {

// Closes the file when its scope ends.
class Descriptor {
 public:
  // Of what `open` gave; a negative number is no file.
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

}  // namespace trede
