import { readFileSync, readlinkSync } from 'node:fs';

/**
 * Identifies a process so that other processes on the machine can check whether it still runs. Only Linux offers this.
 */
interface Place {
  /** The boot id of the kernel. Containers of one machine share it. */
  readonly boot: string;
  /** The namespace in which the pid is valid, see pid_namespaces(7); each container has its own. */
  readonly namespace: string;
  readonly pid: number;
  /** When the process started, in ticks since boot. It tells the process from a later one with the same pid. */
  readonly started: string;
}

const HOLDER = /^\S+ boot=([\w-]+) ns=(\d+) pid=(\d+) start=(\d+)$/;

/**
 * Returns a name for this process that is unique among all that share the database. It contains the boot id, namespace,
 * pid and start, so that processes on this machine can check whether it still runs.
 *
 * @param id a unique id of the
 * process
 */
export function nameOfThisProcess(id: string): string {
  const here = thisPlace();
  return here ? `${id} boot=${here.boot} ns=${here.namespace} pid=${here.pid} start=${here.started}` : id;
}

/**
 * Returns `true` only if the process of that name has certainly ended. A process on another machine or in another
 * container cannot be checked and counts as alive; so does a pid that another process may have got, if that cannot be
 * found out.
 *
 * @param name a name that `nameOfThisProcess` returned in any process
 */
export function isOver(name: string): boolean {
  const [, boot, namespace, pid, started] = HOLDER.exec(name) ?? [];
  const here = thisPlace();
  if (!here || boot !== here.boot || namespace !== here.namespace) return false;
  if (!isThere(Number(pid))) return true;
  const now = stateOf(String(pid));
  // A killed process whose parent has not collected its exit status stays in the table as a zombie (Z); it no longer
  // does anything.
  return now !== undefined && (now.started !== started || /[ZXx]/.test(now.state));
}

let known: Place | null | undefined;

function thisPlace(): Place | null {
  known ??= lookUp();
  return known;
}

function lookUp(): Place | null {
  const own = stateOf('self');
  // If /proc belongs to another namespace, our pid means a different process there.
  if (own?.pid !== process.pid) return null;
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const namespace = /^pid:\[(\d+)\]$/.exec(readlinkSync('/proc/self/ns/pid'))?.[1];
    return namespace ? { boot, namespace, pid: own.pid, started: own.started } : null;
  } catch {
    return null;
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/**
 * Reads fields 1, 3 and 22 of proc_pid_stat(5). They are counted from the last bracket, because field 2, the name, may
 * contain any character.
 */
function stateOf(pid: string): { readonly pid: number; readonly state: string; readonly started: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [state, started] = [fields[0], fields[19]];
    return state && started ? { pid: Number.parseInt(text, 10), state, started } : undefined;
  } catch {
    return undefined;
  }
}
