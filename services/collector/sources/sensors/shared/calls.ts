// What system calls, and the kernel functions and security hooks behind them, do to what they are given. Sensors name the
// same deed by any of the three: `openat`, `__x64_sys_openat`, `sys_enter_openat`, `security_file_open`, `file_open`.
// Calls: https://man7.org/linux/man-pages/man2/syscalls.2.html; hooks: include/linux/lsm_hook_defs.h of the kernel.

/** `permission` tells in an argument whether it reads or writes, `open` in its flags. */
export type Call =
  | 'exec'
  | 'exit'
  | 'open'
  | 'permission'
  | 'read'
  | 'write'
  | 'create'
  | 'delete'
  | 'rename'
  | 'attributes'
  | 'link'
  | 'mount'
  | 'connect'
  | 'send'
  | 'accept'
  | 'listen'
  | 'trace'
  | 'peek'
  | 'poke'
  | 'module';

/** Hooks stand without their `security_`. A check before a program is run reads that program's file. */
const NAMES: readonly (readonly [Call, string])[] = [
  ['exec', 'execve execveat sched_process_exec'],
  ['exit', 'exit exit_group procexit do_exit sched_process_exit'],
  [
    'open',
    'open openat openat2 open_by_handle_at file_open fd_install do_sys_open do_sys_openat2 do_filp_open vfs_open',
  ],
  ['permission', 'file_permission'],
  [
    'read',
    'read pread64 readv preadv preadv2 vfs_read vfs_readv kernel_read_file kernel_post_read_file mmap_file bprm_check bprm_check_security bprm_creds_from_file load_elf_phdrs shared_object_loaded',
  ],
  [
    'write',
    'write pwrite64 writev pwritev pwritev2 vfs_write vfs_writev kernel_write __kernel_write magic_write file_modification truncate ftruncate do_truncate path_truncate file_truncate',
  ],
  [
    'create',
    'creat mkdir mkdirat mknod mknodat inode_create inode_mkdir inode_mknod path_mkdir path_mknod vfs_mkdir vfs_mknod',
  ],
  ['delete', 'unlink unlinkat rmdir inode_unlink inode_rmdir path_unlink path_rmdir vfs_unlink vfs_rmdir do_unlinkat'],
  ['rename', 'rename renameat renameat2 inode_rename path_rename vfs_rename'],
  [
    'attributes',
    'chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat chmod_common chown_common path_chmod path_chown setxattr lsetxattr fsetxattr inode_setattr inode_setxattr utime utimes utimensat futimesat vfs_utimes',
  ],
  [
    'link',
    'link linkat symlink symlinkat inode_link inode_symlink path_link path_symlink vfs_link vfs_symlink do_linkat do_symlinkat',
  ],
  ['mount', 'mount umount umount2 move_mount pivot_root sb_mount sb_umount'],
  ['connect', 'connect tcp_connect tcp_v4_connect tcp_v6_connect socket_connect net_tcp_connect inet_stream_connect'],
  ['send', 'sendto sendmsg sendmmsg tcp_sendmsg udp_sendmsg udpv6_sendmsg socket_sendmsg ip_output ip6_output'],
  ['accept', 'accept accept4 inet_csk_accept socket_accept'],
  ['listen', 'bind listen socket_bind socket_listen inet_csk_listen_start'],
  ['trace', 'ptrace ptrace_attach ptrace_access_check'],
  ['peek', 'process_vm_readv'],
  ['poke', 'process_vm_writev'],
  [
    'module',
    'init_module finit_module delete_module load_module do_init_module free_module find_module_sections kernel_module_request module_load module_free',
  ],
];

const CALLS: ReadonlyMap<string, Call> = new Map(
  NAMES.flatMap(([call, names]) => names.split(' ').map((name) => [name, call] as const)),
);

const PREFIX = /^(?:__(?:x64|ia32|arm64|riscv)_(?:compat_)?sys_|sys_(?:enter_|exit_)?|security_)/;

/** Undefined for what says nothing that an activity could carry (`nanosleep`). */
export function callOf(name: string | undefined): Call | undefined {
  return name === undefined ? undefined : (CALLS.get(name) ?? CALLS.get(name.replace(PREFIX, '')));
}
