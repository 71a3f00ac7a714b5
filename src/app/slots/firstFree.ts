import type { Instant } from '../../domain/calendar/interval';
import { type Desk, languagesOf } from '../../domain/desk';
import { bookableStarts, type ResolvedQuery } from '../../domain/slots/freeSlots';
import type { LanguageTag } from '../../domain/text';
import type { AppDeps } from '../deps';
import { deskIn } from '../desks/deskOf';
import type { DeskSnapshot } from '../ports/snapshot';
import { answersAt } from './answers';
import { readAsNeeded } from './snapshot';
import { earliest } from './weeks';

export interface FirstFree {
  readonly language: LanguageTag;
  /** Start of the earliest consultation in this language on any topic; null: there is none before the horizon. */
  readonly start: Instant | null;
}

type FindFirstFree = (deskId: string) => Promise<{ readonly desk: Desk; readonly firstFree: readonly FirstFree[] }>;

type Deps = Pick<AppDeps, 'storage' | 'now' | 'turn'>;

/** Finds the first free consultation in each language of a desk, for the start page. @throws DomainError `not-found` */
export function findFirstFree(deps: Deps): FindFirstFree {
  const answers = answersAt(deps.now, (of: DeskSnapshot, _: null, at) => find(deps, of, at));
  return async (deskId) => answers(await deps.storage.snapshot(deskId), null);
}

async function find({ turn }: Pick<Deps, 'turn'>, of: DeskSnapshot, at: Instant) {
  const desk = await deskIn(of);
  const range = { start: at, end: Math.max(...desk.topics.map((topic) => horizonOf(desk, topic, at)), at + 1) };
  const asked = (language: LanguageTag) =>
    desk.topics.map((topic): ResolvedQuery => ({ topic, language, audience: 'client' }));
  const scope = { desk, range, now: at, advisors: desk.advisors };
  const { answer, until } = await readAsNeeded(of, scope, async (snapshot) => {
    const found: FirstFree[] = [];
    for (const language of languagesOf(desk))
      found.push({ language, start: await earliest(turn, snapshot, asked(language), range) });
    return found;
  });
  return { answer: { desk, firstFree: answer }, until };
}

function horizonOf(desk: Desk, topic: ResolvedQuery['topic'], now: Instant): Instant {
  return bookableStarts({ desk, now }, { topic, audience: 'client' }, { start: now, end: Number.POSITIVE_INFINITY })
    .end;
}
