import { type QueuePerson, queueDay } from '../../../app/queue/readQueue';
import { firstTimes } from '../../../app/slots/firstTimes';
import type { Instant } from '../../../domain/calendar/interval';
import { type Desk, MODES, type Mode } from '../../../domain/desk';
import { modesForTopic } from '../../../domain/offering';
import type { HttpDeps } from '../../deps';

/** As many starts are offered to somebody for whom there is no time left today. */
const MAX_OFFERS = 3;

/** What can be offered to somebody instead of waiting. */
export interface LaterStart {
  readonly topicId: string;
  readonly language: string;
  readonly mode: Mode;
  readonly start: Instant;
}

/**
 * Finds the first three starts of later days for everybody without an appointment who cannot be seen today any more, by the ids of
 * the people. Two who want the same get the same starts; whoever is booked first has it.
 */
export async function offersFor(
  deps: Pick<HttpDeps, 'storage' | 'now' | 'turn'>,
  desk: Desk,
  people: readonly QueuePerson[],
): Promise<ReadonlyMap<string, readonly LaterStart[]>> {
  const tomorrow = queueDay(desk, deps.now()).end;
  const found = new Map<string, readonly LaterStart[]>();
  for (const { id, entry, booking, position, expected } of people) {
    const topic = desk.topics.find((each) => each.id === entry?.topicId && !each.retired);
    if (booking || !entry || position === null || expected || !topic) continue;
    const possible = modesForTopic(desk, topic, entry.language);
    const mode = MODES.find((each) => possible.includes(each));
    if (!mode) continue;
    const wish = { topicId: topic.id, language: entry.language, mode };
    const { slots } = await firstTimes(deps, { desk, query: wish, afternoons: false, wanted: null, except: undefined });
    const starts = slots.map(({ time }) => time.start).filter((start) => start >= tomorrow);
    found.set(
      id,
      starts.slice(0, MAX_OFFERS).map((start) => ({ ...wish, start })),
    );
  }
  return found;
}
