import { DAY } from '../../domain/calendar/dates';
import type { LocalDate } from '../../domain/calendar/hours';
import type { Instant, Interval } from '../../domain/calendar/interval';
import { localDate, startOfDay } from '../../domain/calendar/zone';
import type { Desk, Mode } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import { languagesMatch, lookupLanguage } from '../../domain/language';
import { languagesForTopic } from '../../domain/offering';
import { bookableStarts, type ResolvedQuery, type Snapshot } from '../../domain/slots/freeSlots';
import { firstLeadDay } from '../../domain/slots/leadDays';
import { releasedOn } from '../../domain/slots/reserves';
import type { Binding } from '../../domain/slots/whyNothing';
import type { LanguageTag } from '../../domain/text';
import type { AppDeps } from '../deps';
import { deskIn } from '../desks/deskOf';
import type { DeskSnapshot } from '../ports/snapshot';
import { answersAt, type TimedAnswer } from './answers';
import { searchRange } from './findSlots';
import { type QueryInRange, resolveQuery, suitableFor } from './slotQuery';
import { readAsNeeded } from './snapshot';
import { bindingOf, earliest } from './weeks';

/** The other languages that the client speaks; absent: all in which the topic is offered. */
interface Spoken {
  readonly languages?: readonly LanguageTag[] | undefined;
}

/** The first start that becomes free if one condition is given up and all others stay as they are. */
export type Relaxed = { readonly start: Instant } & (
  | { readonly by: 'language'; readonly language: LanguageTag }
  | { readonly by: 'mode'; readonly mode: Mode }
  /** An interpreter comes along, and the advisor speaks this language. */
  | { readonly by: 'interpreter'; readonly language: LanguageTag }
  | { readonly by: 'desk'; readonly desk: Desk }
  /** The start is kept for others until this day begins, in the desk's zone. */
  | { readonly by: 'release'; readonly from: LocalDate }
  /** The start lies after the last day that can be booked now. */
  | { readonly by: 'horizon' }
);

export interface Explanation {
  readonly desk: Desk;
  /** The first start that fulfils the whole query; null: there is none. */
  readonly first: Instant | null;
  /** The condition that rules everything out; null: something was found. */
  readonly binding: Binding | null;
  /** Ascending by start; only starts before `first`. */
  readonly relaxed: readonly Relaxed[];
}

/** @param snapshots those of all desks, as the caller has just read them; absent: they are read */
type ExplainSlots = (search: QueryInRange & Spoken, snapshots?: readonly DeskSnapshot[]) => Promise<Explanation>;

/** How far beyond the horizon the search looks. */
const BEYOND_HORIZON_MS = 366 * DAY;

type Deps = Pick<AppDeps, 'storage' | 'now' | 'turn'>;

/**
 * Explains why nothing is free, or nothing soon, and what would be free if one condition were given up. Answers are
 * remembered as `answersAt` says.
 *
 * @throws DomainError `not-found` (desk), `invalid` (topic, mode, advisor)
 */
export function explainSlots(deps: Deps): ExplainSlots {
  const { storage, turn } = deps;
  const answers = answersAt(deps.now, explain);
  // The answer may depend on all desks.
  return async (search, snapshots) => answers(snapshots ?? (await storage.snapshots()), search);

  async function explain(
    all: readonly DeskSnapshot[],
    { deskId, query, languages, from, to, except }: QueryInRange & Spoken,
    at: Instant,
  ): Promise<TimedAnswer<Explanation>> {
    const of = all.find((each) => each.deskId === deskId);
    if (!of) throw new DomainError('not-found');
    const desk = await deskIn(of);
    const resolved = resolveQuery(desk, query, 'client');
    const range = searchRange(desk, resolved, { from, to, now: at });
    const advisors = desk.advisors.filter(({ topics }) => topics.includes(resolved.topic.id));
    const scope = { desk, range: notEmpty(range), now: at, except, advisors };
    const { answer, until } = await readAsNeeded(of, scope, (snapshot) =>
      here(snapshot, { query: resolved, languages, range, until: to }),
    );
    const { first, before } = answer;
    const others = all.filter((each) => each !== of);
    const elsewhere = await otherDesks(others, { query: resolved, range: { ...range, end: before }, at });
    const later = first === null ? [await beyond(of, resolved, at)] : [];
    const more = [...elsewhere, ...later];
    const relaxed = [...answer.relaxed, ...more.map((each) => each.answer)]
      .filter((each) => each !== null)
      .sort((a, b) => a.start - b.start);
    return {
      answer: { desk, first, binding: answer.binding, relaxed },
      until: Math.min(until, ...more.map((each) => each.until)),
    };
  }

  /** Finds the relaxations within the desk itself. `before`: only starts before this instant are returned. */
  async function here(
    snapshot: Snapshot,
    { query, languages, range, until }: { query: ResolvedQuery; range: Interval; until: Instant | undefined } & Spoken,
  ) {
    const { desk } = snapshot;
    const firstOf = async (part: Partial<ResolvedQuery>, until = range.end) =>
      range.start < until
        ? earliest(turn, snapshot, [{ ...query, ...part }], { start: range.start, end: until })
        : null;

    const first = await firstOf({});
    const before = Math.min(first ?? range.end, range.end);
    const spoken = languagesForTopic(desk, query.topic.id).filter((tag) => !languagesMatch(tag, query.language));
    const named = languages ? spoken.filter((language) => lookupLanguage(languages, language) !== undefined) : spoken;
    const modes = query.topic.modes.filter((mode) => query.mode && mode !== query.mode);
    const relaxed: (Relaxed | null)[] = [];
    for (const language of named)
      relaxed.push(opened(await firstOf({ language }, before), { by: 'language', language } as const));
    for (const mode of modes) relaxed.push(opened(await firstOf({ mode }, before), { by: 'mode', mode } as const));
    relaxed.push(await released(snapshot, query, { start: range.start, end: before }));
    const [language] = first === null ? spoken : [];
    if (language !== undefined)
      relaxed.push(opened(await firstOf({ language }), { by: 'interpreter', language } as const));
    return {
      first,
      before,
      relaxed,
      binding: first === null ? await boundBy(snapshot, query, range, until ?? range.end) : null,
    };
  }

  /** @param until the end of the days that were asked for, which may lie before anything that clients may book */
  async function boundBy(snapshot: Snapshot, query: ResolvedQuery, range: Interval, until: Instant): Promise<Binding> {
    const found = await bindingOf(turn, snapshot, query, range);
    const { desk, now } = snapshot;
    const { timeZone } = desk.hours;
    const leadDay = firstLeadDay({ desk, topic: query.topic, now });
    const isTooSoon = leadDay > localDate(now, timeZone) && until <= startOfDay(leadDay, timeZone);
    return found === 'hours' && isTooSoon ? 'lead_time' : found;
  }

  /** Returns the first start that is kept for others now, with the day on which it is released. */
  async function released(snapshot: Snapshot, query: ResolvedQuery, range: Interval): Promise<Relaxed | null> {
    const { desk } = snapshot;
    const { hours, reserves } = desk;
    const firstStartWith = (reserves: Desk['reserves'], within: Interval) =>
      earliest(turn, { ...snapshot, desk: { ...desk, reserves } }, [query], within);
    for (let from = range.start; reserves.length > 0 && from < range.end; ) {
      const start = await firstStartWith([], { start: from, end: range.end });
      if (start === null) break;
      const date = localDate(start, hours.timeZone);
      const releases = reserves
        .map((reserve) => ({ reserve, from: releasedOn(hours, date, reserve) }))
        .sort((a, b) => (a.from < b.from ? -1 : 1));
      const still = (after: number) => releases.slice(after + 1).map(({ reserve }) => reserve);
      const opens = await Promise.all(releases.map((_, i) => firstStartWith(still(i), { start, end: start + 1 })));
      const last = releases.find((_, i) => opens[i] !== null);
      if (!last) break;
      // A start that is released too late for clients to book it gains them nothing.
      const then = { desk, now: startOfDay(last.from, hours.timeZone) };
      const bookable = bookableStarts(then, query, range).start;
      if (bookable <= start) return { by: 'release', start, from: last.from };
      from = bookable;
    }
    return null;
  }

  /** Asks the same at every other desk that has a topic with this id. */
  async function otherDesks(
    others: readonly DeskSnapshot[],
    { query, range, at }: { query: ResolvedQuery; range: Interval; at: Instant },
  ): Promise<TimedAnswer<Relaxed | null>[]> {
    const found: TimedAnswer<Relaxed | null>[] = [];
    if (range.start >= range.end || query.advisorId !== undefined) return found;
    for (const of of others) {
      const desk = await deskIn(of);
      const topic = desk.topics.find(({ id }) => id === query.topic.id);
      if (!topic) continue;
      const there: ResolvedQuery = { topic, language: query.language, mode: query.mode, audience: 'client' };
      const reach = bookableStarts({ desk, now: at }, there, range);
      if (reach.start >= reach.end) continue;
      const scope = { desk, range: reach, now: at, advisors: suitableFor(desk, there) };
      const { answer, until } = await readAsNeeded(of, scope, (snapshot) => earliest(turn, snapshot, [there], reach));
      found.push({ answer: opened(answer, { by: 'desk', desk } as const), until });
    }
    return found;
  }

  /** Finds the first start after the last day that clients can book, which staff could give. */
  async function beyond(of: DeskSnapshot, query: ResolvedQuery, at: Instant): Promise<TimedAnswer<Relaxed | null>> {
    const desk = await deskIn(of);
    const { end } = bookableStarts({ desk, now: at }, query, { start: at, end: Number.POSITIVE_INFINITY });
    const range = { start: end, end: end + BEYOND_HORIZON_MS };
    const scope = { desk, range, now: at, advisors: suitableFor(desk, query) };
    const asked: ResolvedQuery[] = [{ ...query, audience: 'staff' }];
    const { answer, until } = await readAsNeeded(of, scope, (snapshot) => earliest(turn, snapshot, asked, range));
    return { answer: opened(answer, { by: 'horizon' } as const), until };
  }
}

function opened<T extends object>(start: Instant | null, by: T): (T & { start: Instant }) | null {
  return start === null ? null : { ...by, start };
}

function notEmpty({ start, end }: Interval): Interval {
  return { start, end: Math.max(end, start + 1) };
}
