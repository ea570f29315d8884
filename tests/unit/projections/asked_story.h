// A story with its projections in memory: asked in words, answered in one line.
#pragma once

#include <string>
#include <string_view>

#include "projections/facts/projector.h"
#include "projections/worker/generation.h"
#include "tests/unit/dossier/story.h"

namespace trede::test {

class AskedStory {
 public:
  // Tells more of the story (tests/unit/dossier/story.h); every act must be accepted.
  void tell(std::string_view text);

  // The answer to `MEASURE DAY|VAN..TM [per=dim,dim] [dim=code,code]...` as known now, or after
  // `acts` acts of the story: `Alkmaar 3: 1, Bergen 4: 2`, of a ratio `3/4`, without rows ``.
  std::string ask(std::string_view question, int acts = -1);
  // The same of the events behind it: `Alkmaar 1 by 3`: the third event of the story.
  std::string explain(std::string_view question, int acts = -1);
  // What moved it after `from` acts up to `to`.
  std::string diff(std::string_view question, int from, int to);

 private:
  Query parse(std::string_view question, int acts) const;
  Position after(int acts) const;
  std::string event_text(const std::vector<Contribution>& contributions) const;
  void project();

  Story story_;
  Position founded_ = story_.store().last_position();
  std::vector<Position> acts_{founded_};
  Generation cube_;
  Projector projector_{story_.store(), cube_.dictionary()};
};

}  // namespace trede::test
