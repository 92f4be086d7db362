// A disk of its own, small enough to be filled: a file system in memory, mounted on a folder.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Disk {
  readonly folder: string;
  /** Leaves so many bytes free. */
  fill(leaving?: number): void;
  free(): void;
  /** Unmounts it, with all that is on it. */
  remove(): void;
}

const PIECE = 64 * 1024;

/** Why there is none; undefined when there may be. */
export function diskMissing(): string | undefined {
  try {
    makeDisk(1).remove();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : 'no disk can be mounted';
  }
}

export function makeDisk(mebibytes: number): Disk {
  const folder = mkdtempSync(join(tmpdir(), 'pipewarden-disk-'));
  const size = `size=${mebibytes}m,mode=0777`;
  const { status, stderr, error } = spawnSync('mount', ['-t', 'tmpfs', '-o', size, 'pipewarden-test', folder], {
    encoding: 'utf8',
  });
  if (status !== 0) {
    rmSync(folder, { recursive: true });
    throw new Error(`no disk can be mounted here: ${error?.message ?? stderr.trim()}`);
  }
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill(leaving = 0) {
      const file = openSync(ballast, 'a');
      try {
        for (;;) {
          const { bavail, bsize } = statfsSync(folder);
          const room = bavail * bsize - leaving;
          if (room <= 0) return;
          writeSync(file, Buffer.alloc(Math.min(PIECE, room)));
        }
      } catch (error) {
        // Somebody else took the last of it.
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      } finally {
        closeSync(file);
      }
    },
    free: () => rmSync(ballast, { force: true }),
    remove() {
      spawnSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
