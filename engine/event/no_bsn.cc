#include "engine/event/no_bsn.h"

#include "engine/base/bsn.h"
#include "engine/event/forms.h"

namespace trede {

bool names_somebody(std::string_view attribute) {
  return attribute == "werkcoach" || attribute == "werkgever";
}

Status check_no_bsn(std::string_view text) {
  if (!may_be_bsn(text)) return {};
  return std::unexpected(Error{ErrorCode::kInvalid,
                               "dit kan een BSN zijn; kies een eigen nummer of naam van de "
                               "organisatie"});
}

Status check_event_actor(std::string_view actor) {
  TREDE_RETURN_IF_ERROR(check_label(actor));
  return check_no_bsn(actor);
}

}  // namespace trede
