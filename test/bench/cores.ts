import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';

/** Where whoever answers runs, and where whoever asks. */
export const SERVER = 0;
export const LOAD = 1;

/** Why processes are not bound to cores on this machine; null: they are. */
export const UNBOUND: string | null =
  cpus().length < 2
    ? 'one core for server and load together'
    : spawnSync('taskset', ['-V']).status !== 0
      ? 'without taskset: server and load on any core'
      : null;

/** Binds a process with all its threads to a core, if that can be done here. */
export function pin(pid: number, core: number): void {
  if (UNBOUND === null) spawnSync('taskset', ['-acp', String(core), String(pid)]);
}

/** While `work` is done, none of the others gets anything of the core: background work goes on afterwards. */
export async function alone<T>(others: readonly number[], work: () => Promise<T>): Promise<T> {
  for (const pid of others) process.kill(pid, 'SIGSTOP');
  try {
    return await work();
  } finally {
    for (const pid of others) process.kill(pid, 'SIGCONT');
  }
}
