import { type ChildProcess, fork, type Serializable } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pin } from './cores';

/** A process of its own that answers one question at a time. */
export interface Peer<Question, Answer> {
  readonly pid: number;
  /** @throws what the work threw there, or that the process has ended */
  ask(query: Question): Promise<Answer>;
  /** Ends the process. */
  end(): Promise<void>;
}

type Told<Answer> = { readonly answer: Answer } | { readonly error: string };

const running = new Set<ChildProcess>();

/** Starts a file of this folder, which calls `answer`, on one core. */
export function peer<Question, Answer>(file: string, core: number): Peer<Question, Answer> {
  const child = fork(join(__dirname, `${file}.ts`), { serialization: 'advanced' });
  running.add(child);
  const pid = child.pid ?? 0;
  pin(pid, core);
  const gone = once(child, 'exit').then(() => {
    running.delete(child);
    return [{ error: `${file} has ended` }] as [Told<Answer>];
  });
  return {
    pid,
    async ask(query) {
      const answered = once(child, 'message') as Promise<[Told<Answer>]>;
      child.send(query as Serializable);
      const [told] = await Promise.race([answered, gone]);
      if ('error' in told) throw new Error(told.error);
      return told.answer;
    },
    async end() {
      child.kill('SIGCONT');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** In the process that `peer` starts: does the work for each question that comes. */
export function answer<Question, Answer>(work: (query: Question) => Answer | Promise<Answer>): void {
  const tell = (told: Told<Answer>) => process.send?.(told);
  process.on('message', (query: Question) => {
    void Promise.resolve()
      .then(() => work(query))
      .then(
        (done) => tell({ answer: done }),
        (error: unknown) => tell({ error: error instanceof Error ? String(error.stack) : String(error) }),
      );
  });
  // Whoever started it may be killed.
  process.on('disconnect', () => process.exit(0));
}

/** Ends whatever was left running. */
export function endPeers(): void {
  for (const child of running) child.kill('SIGKILL');
}
