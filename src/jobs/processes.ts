import { readFileSync, readlinkSync } from 'node:fs';

/** Where a process is, so that others can look whether it still is: Linux only, elsewhere nothing is known. */
interface Place {
  /** The kernel since its start. Containers of one machine share it. */
  readonly boot: string;
  /** Inside of which a pid means this process, see pid_namespaces(7): containers have their own. */
  readonly namespace: string;
  readonly pid: number;
  /** When the process began, in ticks since the boot: a pid is given to another process again. */
  readonly started: string;
}

const HOLDER = /^\S+ boot=([\w-]+) ns=(\d+) pid=(\d+) start=(\d+)$/;

/** A name for this process among all that share the database, which tells those on this machine where it is. @param id its own, whatever the machine */
export function nameOfThisProcess(id: string): string {
  const here = thisPlace();
  return here ? `${id} boot=${here.boot} ns=${here.namespace} pid=${here.pid} start=${here.started}` : id;
}

/**
 * Whether the process of that name is over, for certain. Of one on another machine or in another container nothing is known, and it counts as alive; so
 * does one whose pid somebody else may have got, if that cannot be found out.
 *
 * @param name as `nameOfThisProcess` gave it, here or elsewhere
 */
export function isOver(name: string): boolean {
  const [, boot, namespace, pid, started] = HOLDER.exec(name) ?? [];
  const here = thisPlace();
  if (!here || boot !== here.boot || namespace !== here.namespace) return false;
  if (!isThere(Number(pid))) return true;
  const now = stateOf(String(pid));
  // A process that was killed and whose parent has not asked yet is there still, and does nothing any more.
  return now !== undefined && (now.started !== started || /[ZXx]/.test(now.state));
}

let known: Place | null | undefined;

function thisPlace(): Place | null {
  known ??= lookUp();
  return known;
}

function lookUp(): Place | null {
  const own = stateOf('self');
  // Where /proc is that of another namespace, a pid of ours would name somebody else in it.
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

/** What the kernel says of a process: fields 1, 3 and 22 of proc_pid_stat(5). The second, its name, may hold anything. */
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
