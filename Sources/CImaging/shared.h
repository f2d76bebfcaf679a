// What the C files share.
#ifndef CIMAGING_SHARED_H
#define CIMAGING_SHARED_H

#include <string.h>

#include "CImaging.h"

static inline int ci_fail(ci_message *message, int status, const char *text) {
  if (message) {
    strncpy(message->text, text, sizeof message->text - 1);
    message->text[sizeof message->text - 1] = 0;
  }
  return status;
}

#endif
