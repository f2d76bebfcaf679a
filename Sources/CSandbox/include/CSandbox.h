// What a process settles before it touches files of strangers. Linux only; calls that return a number
// return 0, or another one where the system cannot do it.
#ifndef CSANDBOX_H
#define CSANDBOX_H

#include <spawn.h>

#ifdef __cplusplus
extern "C" {
#endif

// The process is killed as soon as the thread that started it ends, however that came about.
int cs_die_with_parent(void);

// No program that it may start gains rights, by whatever bits on its file.
int cs_gain_no_privileges(void);

// From now on it may read files, but neither write, make, rename nor remove any (Landlock).
int cs_change_no_files(void);

// Memory that is freed stays with the process for what comes next, instead of being handed back and
// asked for page by page.
void cs_keep_memory(void);

// Of the descriptors of the process that starts it, it gets the first `count` only.
int cs_hand_down_only(posix_spawn_file_actions_t *actions, int count);

#ifdef __cplusplus
}
#endif
#endif
