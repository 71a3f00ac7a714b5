import type { AppDeps } from '../deps';

export type FinishTask = (task: { deskId: string; id: string; by: string }) => Promise<void>;

/** Marks a task as done. Doing so twice is the same as once, also when two people do it at the same time. */
export function finishTask({ storage, now }: Pick<AppDeps, 'storage' | 'now'>): FinishTask {
  return ({ deskId, id, by }) =>
    storage.write(
      async ({ tasks }) => {
        await tasks.done(deskId, id, by, now());
      },
      { desk: deskId },
    );
}
