#ifndef CTORCH_H
#define CTORCH_H

// The declarations stand outside this folder: C++20 would import them as a module otherwise.
#include "../Functions.h"

#endif
