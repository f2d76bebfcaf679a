#ifndef CTORCHLIBRARY_H
#define CTORCHLIBRARY_H

#include "../../CTorch/Functions.h"

/// The one symbol of libCTorchLibrary.so; everything else is in the table it answers.
#ifdef __cplusplus
extern "C"
#endif
    const ct_table *ct_get_table(void);

#endif
