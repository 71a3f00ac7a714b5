import type { AppDeps } from '../deps';

export type FinishTask = (task: { deskId: string; id: string; by: string }) => Promise<void>;

/** Reception has done what the program could not. Twice is the same as once, also when two colleagues press at a time. */
export function finishTask({ storage, now }: Pick<AppDeps, 'storage' | 'now'>): FinishTask {
  return ({ deskId, id, by }) =>
    storage.write(
      async ({ tasks }) => {
        await tasks.done(deskId, id, by, now());
      },
      { desk: deskId },
    );
}
