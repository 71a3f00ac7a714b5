import type { Instant } from '../../domain/calendar/interval';
import { type Desk, languagesOf } from '../../domain/desk';
import { bookableStarts, type ResolvedQuery } from '../../domain/slots/freeSlots';
import type { LanguageTag } from '../../domain/text';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import { keptAnswers, type Lasting } from './kept';
import { readAsNeeded } from './snapshot';
import { earliest } from './weeks';

export interface FirstFree {
  readonly language: LanguageTag;
  /** Start of the earliest consultation in this language on any topic; null: nothing up to the horizon. */
  readonly start: Instant | null;
}

export type FindFirstFree = (
  deskId: string,
) => Promise<{ readonly desk: Desk; readonly firstFree: readonly FirstFree[] }>;

type Deps = Pick<AppDeps, 'storage' | 'now' | 'turn'>;

/** How long one may wait for a consultation, language by language, for the start page. @throws DomainError `not-found` */
export function findFirstFree(deps: Deps): FindFirstFree {
  const kept = keptAnswers<Lasting & Awaited<ReturnType<FindFirstFree>>>(deps.now);
  return async (deskId) => kept(deskId, await deps.storage.revision(deskId), (at) => find(deps, deskId, at));
}

async function find({ storage, turn }: Deps, deskId: string, at: Instant) {
  const desk = await deskOf(storage, deskId);
  const range = { start: at, end: Math.max(...desk.topics.map((topic) => horizonOf(desk, topic, at)), at + 1) };
  const asked = (language: LanguageTag) =>
    desk.topics.map((topic): ResolvedQuery => ({ topic, language, audience: 'client' }));
  const moment = { desk, range, now: at, advisors: desk.advisors };
  const { answer: firstFree, until } = await readAsNeeded(storage, moment, async (snapshot) => {
    const found: FirstFree[] = [];
    for (const language of languagesOf(desk))
      found.push({ language, start: await earliest(turn, snapshot, asked(language), range) });
    return found;
  });
  return { desk, firstFree, until };
}

function horizonOf(desk: Desk, topic: ResolvedQuery['topic'], now: Instant): Instant {
  return bookableStarts({ desk, now }, { topic, audience: 'client' }, { start: now, end: Number.POSITIVE_INFINITY })
    .end;
}
