#include "clean/steps.h"

#include <utility>

#include "clean/edits.h"

namespace copydesk::clean {

void Steps::add(std::vector<Edit> edits) {
  if (edits.empty()) return;
  held_ = apply_edits(now_, edits);  // now_ may point into held_: assigned only once it is read
  now_ = held_;
  edits_ = compose_edits(input_, std::move(edits_), std::move(edits));
}

}  // namespace copydesk::clean
