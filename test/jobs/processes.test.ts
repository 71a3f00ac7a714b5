import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { isOver, nameOfThisProcess } from '../../src/jobs/processes';

const here = existsSync('/proc/self/stat') ? describe : describe.skip;

here('A process that looks for another one', () => {
  const mine = nameOfThisProcess('an-id');
  /** The name that a child would have. */
  const nameOf = ({ pid = 0 }: ChildProcess) => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return mine.replace(/pid=\d+/, `pid=${pid}`).replace(/start=\d+/, `start=${started}`);
  };

  it('has a name with its boot, namespace and pid, and has not ended', () => {
    expect(mine).toMatch(/^an-id boot=[0-9a-f-]{36} ns=\d+ pid=\d+ start=\d+$/);
    expect(isOver(mine)).toBe(false);
  });

  it('is known to have ended as soon as it was killed, even as a zombie', async () => {
    // The shell does not ask after its child: what is killed stays as a zombie.
    const parent = spawn('/bin/sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const child = { pid: Number(line.toString()) } as ChildProcess;
    const names = [nameOf(parent), nameOf(child)];
    expect(names.map(isOver)).toEqual([false, false]);
    process.kill(child.pid ?? 0, 'SIGKILL');
    execFileSync('sleep', ['0.2']);
    expect(names.map(isOver)).toEqual([false, true]);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    expect(names.map(isOver)).toEqual([true, true]);
  });

  it('is not confused with a later process of the same pid', () => {
    expect(isOver(mine.replace(/start=\d+/, 'start=1'))).toBe(true);
  });

  it.each([
    ['after another start of a machine', /boot=\S+/, 'boot=00000000-0000-4000-8000-000000000000'],
    ['in another container', /ns=\d+/, 'ns=1'],
  ])('counts as alive if it is %s', (_, part, other) => {
    expect(isOver(mine.replace(part, other).replace(/pid=\d+/, 'pid=4194000'))).toBe(false);
  });

  it('counts as alive if its name cannot be read', () => {
    expect(isOver('5f3c4a46-8d0a-4a0e-a0a5-2f0c2f6f6a11')).toBe(false);
  });
});
