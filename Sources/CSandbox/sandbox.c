#define _GNU_SOURCE
#include "CSandbox.h"

#include <linux/landlock.h>
#include <malloc.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int cs_die_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); }

int cs_gain_no_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }

int cs_change_no_files(void) {
  // What a ruleset handles and no rule allows is forbidden; reading is not handled.
  const struct landlock_ruleset_attr changes = {
      .handled_access_fs = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                           LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                           LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                           LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                           LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM};
  const int rules = (int)syscall(SYS_landlock_create_ruleset, &changes, sizeof changes, 0);
  if (rules < 0) return -1;
  const int status = (int)syscall(SYS_landlock_restrict_self, rules, 0);
  close(rules);
  return status;
}

void cs_keep_memory(void) {
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 128 << 20);
}

int cs_hand_down_only(posix_spawn_file_actions_t *actions, int count) {
  return posix_spawn_file_actions_addclosefrom_np(actions, count);
}
