import type { LocalDate } from '../../domain/calendar/hours';
import type { Instant } from '../../domain/calendar/interval';
import { daysBetween, localDate } from '../../domain/calendar/zone';
import { type Desk, topicsOnOffer } from '../../domain/desk';
import type { WaitingSample } from '../../domain/figures/waiting';
import { languagesForTopic } from '../../domain/offering';
import type { ResolvedQuery, Snapshot } from '../../domain/slots/freeSlots';
import type { AppDeps } from '../deps';
import { searchRange } from '../slots/findSlots';
import { readAsNeeded } from '../slots/snapshot';
import { firstSlots } from '../slots/weeks';

type Deps = Pick<AppDeps, 'storage' | 'now' | 'turn'>;

/** Whoever cannot take the first start, and not the second either, takes the third. */
const THIRD_START = 3;

/**
 * Notes once a day, for each topic in each language in which it is offered, in how many days the first and the third
 * start is free for clients. It depends on nobody's booking in particular, and holds no time of day.
 */
export function sampleWaiting({ storage, now, turn }: Deps): (signal: AbortSignal) => Promise<void> {
  return async (signal) => {
    for (const { id } of await storage.desks.list()) {
      const of = await storage.snapshot(id);
      const desk = await of.desk();
      if (signal.aborted) return;
      if (!desk) continue;
      const at = now();
      const today = localDate(at, desk.hours.timeZone);
      if ((await storage.figures.lastSampled(id)) === today) continue;
      const queries = queriesOf(desk);
      const end = Math.max(at + 1, ...queries.map((query) => searchRange(desk, query, { now: at }).end));
      const scope = { desk, range: { start: at, end }, now: at, advisors: desk.advisors };
      const { answer } = await readAsNeeded(of, scope, async (snapshot) => {
        const samples: WaitingSample[] = [];
        for (const query of queries) {
          samples.push(await sampled({ turn, snapshot, query, today, at }));
          await turn();
        }
        return samples;
      });
      await storage.atomically(({ figures }) => figures.addSamples(answer));
    }
  };
}

function queriesOf(desk: Desk): ResolvedQuery[] {
  return topicsOnOffer(desk).flatMap((topic) =>
    languagesForTopic(desk, topic.id).map((language): ResolvedQuery => ({ topic, language, audience: 'client' })),
  );
}

interface SampleQuery extends Pick<Deps, 'turn'> {
  readonly snapshot: Snapshot;
  readonly query: ResolvedQuery;
  readonly today: LocalDate;
  readonly at: Instant;
}

async function sampled({ turn, snapshot, query, today, at }: SampleQuery): Promise<WaitingSample> {
  const { desk } = snapshot;
  const range = searchRange(desk, query, { now: at });
  const found =
    range.start < range.end
      ? await firstSlots(turn, snapshot, query, { range, count: THIRD_START, isWanted: () => true })
      : [];
  const beyond = (query.topic.horizonDays ?? desk.horizonDays) + 1;
  const daysTo = (n: number) => {
    const slot = found[n - 1];
    return slot ? daysBetween(today, localDate(slot.time.start, desk.hours.timeZone)) : beyond;
  };
  return {
    ...{ deskId: desk.id, date: today, topicId: query.topic.id, language: query.language },
    ...{ firstDays: daysTo(1), thirdDays: daysTo(THIRD_START) },
  };
}
