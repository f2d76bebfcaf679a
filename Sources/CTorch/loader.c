#define _GNU_SOURCE
#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "Functions.h"

const ct_table *ct_functions = NULL;

static const char *misfit(const ct_table *table) {
  if (table == NULL) return "it hands over no functions";
  if (table->abi != CT_ABI) return "it was built for another version of this program";
  if (table->size != sizeof(ct_table) || table->digest != CT_OPERATORS_DIGEST)
    return "it was built with another set of operators";
  return NULL;
}

const char *ct_open(const char *path) {
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND);
  if (library == NULL) return dlerror();
  const ct_table *(*get)(void) = (const ct_table *(*)(void))dlsym(library, "ct_get_table");
  if (get == NULL) return "it is no library of this program (ct_get_table is missing)";
  const ct_table *table = get();
  const char *reason = misfit(table);
  if (reason == NULL) ct_functions = table;
  return reason;
}

bool ct_folder(char *out, size_t size) {
  Dl_info info;
  char resolved[PATH_MAX];
  if (dladdr((const void *)ct_open, &info) == 0 || info.dli_fname == NULL) return false;
  const char *file = info.dli_fname;
  if (realpath(file, resolved) == NULL && realpath("/proc/self/exe", resolved) == NULL)
    return false;
  char *slash = strrchr(resolved, '/');
  if (slash == NULL || (size_t)(slash - resolved) >= size) return false;
  *slash = '\0';
  strcpy(out, resolved);
  return true;
}
