import { DAY } from '../../domain/calendar/dates';
import type { LocalDate } from '../../domain/calendar/hours';
import type { Instant, Interval } from '../../domain/calendar/interval';
import { addDays, isoWeekday, localDate, startOfDay } from '../../domain/calendar/zone';
import { type Desk, topicsOnOffer } from '../../domain/desk';
import { SUPPRESSED_BELOW } from '../../domain/figures/suppression';
import type { ResolvedQuery, Snapshot } from '../../domain/slots/freeSlots';
import { openings } from '../../domain/slots/opening';
import { afterMoves, type Mover } from '../../domain/slots/permutation';
import type { AppDeps } from '../deps';
import { FINISHED_ITSELF, type Opening, type StartsTask } from '../ports/openStarts';
import { suitableFor } from '../slots/slotQuery';
import { readAsNeeded } from '../slots/snapshot';
import { firstWeekWanted } from './unmetLedger';

type Deps = Pick<AppDeps, 'storage' | 'now' | 'turn' | 'ids'>;

/** So far ahead it is looked for room, up to a Friday. */
const DAYS_LOOKED_AHEAD = 21;
/** No more needs, searches of one need and advisors are looked at. */
const [MAX_NEEDS, MAX_SEARCHES, MAX_ADVISORS] = [10, 40, 12];
/** A task that somebody finished does not come back for so long. */
const RESTS_FOR_MS = 7 * DAY;
const FRIDAY_OF_WEEK = 5;

/** What is looked for, and how often it was not found. */
interface Need {
  readonly query: ResolvedQuery;
  readonly searches: number;
}

/** A need for which there is not enough room until a Friday. */
type Shortage = Pick<StartsTask, 'topicId' | 'language' | 'missing' | 'until' | 'opening'>;

/**
 * Makes tasks of what was searched for and is still not there: the searches without a result of the last weeks are
 * placed one after another where clients could book now. If they do not all find room, the rest is missing, and the
 * task names the half-day whose opening would give most of it. A task that no longer holds is finished.
 */
export function watchDemand({ storage, now, turn, ids }: Deps): (signal: AbortSignal) => Promise<void> {
  return async (signal) => {
    for (const { id: deskId } of await storage.desks.list()) {
      const at = now();
      const short = await shortages({ storage, turn }, deskId, at);
      if (signal.aborted) return;
      if (short.length === 0 && (await storage.openStarts.open(deskId)).length === 0) continue;
      await storage.write(
        async ({ openStarts }) => {
          const isSame = (a: Pick<Shortage, 'topicId' | 'language'>) => (b: typeof a) =>
            a.topicId === b.topicId && a.language === b.language;
          for (const task of await openStarts.open(deskId))
            if (!short.some(isSame(task))) await openStarts.done(deskId, task.id, FINISHED_ITSELF, at);
          const resting = await openStarts.finished(deskId, at - RESTS_FOR_MS);
          for (const each of short)
            if (!resting.some(isSame(each))) await openStarts.put({ id: ids.uuid(), deskId, ...each, createdAt: at });
        },
        { desk: deskId },
      );
    }
  };
}

async function shortages(
  { storage, turn }: Pick<Deps, 'storage' | 'turn'>,
  deskId: string,
  at: Instant,
): Promise<Shortage[]> {
  const of = await storage.snapshot(deskId);
  const desk = await of.desk();
  const needs = desk ? needsOf(desk, await storage.demand.list(deskId), at) : [];
  if (!desk || needs.length === 0) return [];
  const zone = desk.hours.timeZone;
  const until = lastFriday(addDays(localDate(at, zone), DAYS_LOOKED_AHEAD));
  const range = { start: at, end: startOfDay(addDays(until, 1), zone) };
  const advisors = [...new Set(needs.flatMap(({ query }) => suitableFor(desk, query)))];
  const scope = { desk, range, now: at, advisors, looksAWeek: Number.POSITIVE_INFINITY };
  const { answer } = await readAsNeeded(of, scope, async (snapshot) => {
    const found: Shortage[] = [];
    for (const { query, missing, then } of await replayed(turn, snapshot, needs, range)) {
      const opening = await bestOpening(turn, then, { query, missing, until });
      found.push({ topicId: query.topic.id, language: query.language, missing, until, opening });
    }
    return found;
  });
  return answer;
}

/** Returns what was searched for often enough that it tells of nobody, most first. */
function needsOf(
  desk: Desk,
  unmet: readonly { topicId: string; language: string; week: string; searches: number }[],
  at: Instant,
): Need[] {
  const first = firstWeekWanted(at, desk.hours.timeZone);
  const needs = new Map<string, Need>();
  for (const { topicId, language, week, searches } of unmet) {
    const topic = topicsOnOffer(desk).find(({ id }) => id === topicId);
    if (!topic || week < first) continue;
    const before = needs.get(`${topicId} ${language}`)?.searches ?? 0;
    const query: ResolvedQuery = { topic, language, audience: 'client' };
    needs.set(`${topicId} ${language}`, { query, searches: before + searches });
  }
  return [...needs.values()]
    .filter(({ searches }) => searches >= SUPPRESSED_BELOW)
    .sort((a, b) => b.searches - a.searches)
    .slice(0, MAX_NEEDS);
}

interface Missing extends Pick<Need, 'query'> {
  readonly missing: number;
  /** The desk after all searches that found room were booked. */
  readonly then: Snapshot;
}

/** Books the searches one after another, a need after the other, as if they had been clients of today. */
async function replayed(
  turn: Deps['turn'],
  snapshot: Snapshot,
  needs: readonly Need[],
  range: Interval,
): Promise<Missing[]> {
  let then = snapshot;
  const short: Omit<Missing, 'then'>[] = [];
  for (const [n, { query, searches }] of needs.entries()) {
    const wanted = Math.min(searches, MAX_SEARCHES);
    for (let i = 0; i < wanted; i++) {
      await turn();
      const { snapshot: after, refused } = afterMoves(then, [mover(`search ${n} ${i}`, query, range)]);
      if (refused.length > 0) {
        // Nor would the next one find room.
        short.push({ query, missing: wanted - i });
        break;
      }
      then = after;
    }
  }
  return short.map((each) => ({ ...each, then }));
}

function mover(id: string, query: ResolvedQuery, range: Interval): Mover {
  // It was nowhere before; the earliest start in the range will do.
  const nowhere = { start: 0, advisorId: '' };
  return { id, query, start: range.start, before: nowhere, movable: true, orElse: range };
}

async function bestOpening(
  turn: Deps['turn'],
  snapshot: Snapshot,
  { query, missing, until }: { readonly query: ResolvedQuery; readonly missing: number; readonly until: LocalDate },
): Promise<Opening | null> {
  const { desk, now } = snapshot;
  const from = addDays(localDate(now, desk.hours.timeZone), 1);
  let best: Opening | null = null;
  for (const advisor of suitableFor(desk, query).slice(0, MAX_ADVISORS)) {
    await turn();
    for (const { more, ...half } of openings(snapshot, query, { advisor, from, to: addDays(until, 1) })) {
      const opening = { advisorId: advisor.id, ...half, starts: Math.min(more, missing) };
      const isBetter =
        !best || opening.starts > best.starts || (opening.starts === best.starts && whenOf(opening) < whenOf(best));
      if (isBetter) best = opening;
    }
  }
  return best;
}

const whenOf = ({ date, start }: Opening) => `${date} ${start}`;

function lastFriday(date: LocalDate): LocalDate {
  return addDays(date, -((isoWeekday(date) + 7 - FRIDAY_OF_WEEK) % 7));
}
