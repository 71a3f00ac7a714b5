import { consultationFact } from '../../domain/booking/consultationFact';
import { DAY } from '../../domain/calendar/dates';
import { HOUR, type Instant } from '../../domain/calendar/interval';
import { weekName } from '../../domain/calendar/zone';
import { caseFact } from '../../domain/cases/caseFact';
import type { Desk } from '../../domain/desk';
import { MAX_IDLE_MS, MAX_SESSION_MS } from '../../domain/staff/session';
import { PAUSE_BETWEEN_BATCHES_MS, ROWS_PER_BATCH } from '../batches';
import type { Pause } from '../ports/clock';
import type { Outdated, RetentionStore, ToFact } from '../ports/retention';
import type { Storage } from '../ports/storage';

/**
 * How long the network of a booking is stored, as a keyed hash; long enough for reception to look at false bookings
 * after a weekend.
 */
export const ORIGINS_KEPT_MS = 7 * DAY;

/** How long it is stored what staff did together, and who waited: longer than it can be undone. */
const OPERATIONS_KEPT_HOURS = 24;

/** How long it can be seen who changed the hours, and brought back. They say when advisors were away. */
const HOURS_VERSIONS_KEPT_DAYS = 730;

/** How long it can be seen who looked at the file of a person. */
const TRAIL_KEPT_DAYS = 365;

/** The kinds of data that are purged, by the names under which they are counted. */
export const KINDS = [
  'drafts',
  'idempotencyKeys',
  'origins',
  'operations',
  'plans',
  'queue',
  'waiting',
  'rateLimits',
  'sessions',
  'messages',
  'webhookMessages',
  'freeTexts',
  'answers',
  'absenceReasons',
  'bookings',
  'unmetDemand',
  'hoursVersions',
  'cases',
  'trail',
] as const;
export type Kind = (typeof KINDS)[number];

/** The number of rows of each kind. */
export type Counts = Readonly<Record<Kind, number>>;

/** The outdated rows of one kind, at one desk or everywhere. */
interface Part {
  readonly kind: Kind;
  readonly desk?: string;
  readonly of: (retention: RetentionStore) => Outdated;
}

/** Returns the parts that are kept for hours: abandoned drafts, answers, counters, sessions. */
export function shortLived(desks: readonly Desk[], now: Instant): Part[] {
  const sessions = { seen: now - MAX_IDLE_MS, created: now - MAX_SESSION_MS, ahead: now + MAX_SESSION_MS };
  return [
    ...desks.flatMap(({ id: desk, retention: { draftHours, keyHours } }): Part[] => {
      const hoursAgo = (hours: number) => ({ deskId: desk, until: now - hours * HOUR });
      return [
        { kind: 'drafts', desk, of: (retention) => retention.drafts(hoursAgo(draftHours)) },
        { kind: 'idempotencyKeys', desk, of: (retention) => retention.idempotencyKeys(hoursAgo(keyHours)) },
        { kind: 'plans', desk, of: (retention) => retention.plans(hoursAgo(OPERATIONS_KEPT_HOURS)) },
        { kind: 'queue', desk, of: (retention) => retention.queue(hoursAgo(OPERATIONS_KEPT_HOURS)) },
        { kind: 'operations', desk, of: (retention) => retention.operations(hoursAgo(OPERATIONS_KEPT_HOURS)) },
      ];
    }),
    { kind: 'origins', of: (retention) => retention.origins(now - ORIGINS_KEPT_MS) },
    { kind: 'rateLimits', of: (retention) => retention.rateLimits(now) },
    { kind: 'sessions', of: (retention) => retention.sessions(sessions) },
  ];
}

/**
 * Returns the parts that are kept for days, by each desk's periods. In this order no part changes the counts of the
 * next ones.
 */
export function longLived(desks: readonly Desk[], now: Instant): Part[] {
  return desks.flatMap(({ id: desk, hours, topics, retention, cases }): Part[] => {
    const { outboxDays, noteDays, bookingDays, demandDays } = retention;
    const daysAgo = (days: number) => ({ deskId: desk, until: now - days * DAY });
    const toFact: ToFact = (booking, cancellation, reminders) =>
      consultationFact(booking, { timeZone: hours.timeZone, cancellation, reminders });
    return [
      { kind: 'messages', desk, of: (retention) => retention.messages(daysAgo(outboxDays), now) },
      { kind: 'webhookMessages', desk, of: (retention) => retention.deliveries(daysAgo(outboxDays)) },
      { kind: 'waiting', desk, of: (retention) => retention.waiting(daysAgo(noteDays)) },
      { kind: 'freeTexts', desk, of: (retention) => retention.freeTexts(daysAgo(noteDays)) },
      ...topics.flatMap(({ id: topicId, questions }): Part[] => [
        ...questions.map(({ id: question, keepDays }): Part => {
          const to = { topicId, question };
          return { kind: 'answers', desk, of: (retention) => retention.answers(daysAgo(keepDays), to) };
        }),
        {
          kind: 'answers',
          desk,
          of: (retention) => retention.answers(daysAgo(noteDays), { topicId, allBut: questions.map(({ id }) => id) }),
        },
      ]),
      { kind: 'absenceReasons', desk, of: (retention) => retention.absenceReasons(daysAgo(noteDays)) },
      {
        kind: 'bookings',
        desk,
        of: (retention) => retention.bookings(daysAgo(bookingDays), now, toFact),
      },
      { kind: 'bookings', desk, of: (retention) => retention.erased(desk, toFact) },
      {
        kind: 'unmetDemand',
        desk,
        of: (retention) =>
          retention.unmetDemand({ deskId: desk, week: weekName(now - demandDays * DAY, hours.timeZone) }),
      },
      { kind: 'hoursVersions', desk, of: (retention) => retention.hoursVersions(daysAgo(HOURS_VERSIONS_KEPT_DAYS)) },
      {
        kind: 'cases',
        desk,
        // A desk that no longer works by case keeps none that is closed.
        of: (retention) => retention.cases(daysAgo(cases?.keepDays ?? 0), (each) => caseFact(each, hours.timeZone)),
      },
      { kind: 'trail', desk, of: (retention) => retention.trail(daysAgo(TRAIL_KEPT_DAYS)) },
    ];
  });
}

/** Counts the rows of each kind without changing anything. */
export async function countAll({ retention }: Pick<Storage, 'retention'>, parts: readonly Part[]): Promise<Counts> {
  const counts = none();
  for (const { kind, of } of parts) counts[kind] += await of(retention).count();
  return counts;
}

/** Purges the parts in many short transactions. @param signal when it is aborted, the present batch is the last */
export async function forgetAll(
  { storage, pause }: { storage: Pick<Storage, 'write' | 'atomically'>; pause: Pause },
  parts: readonly Part[],
  signal: AbortSignal,
): Promise<Counts> {
  const counts = none();
  for (const { kind, desk, of } of parts)
    for (let whole = true; whole && !signal.aborted; ) {
      const batch = (stores: Pick<Storage, 'retention'>) => of(stores.retention).forget(ROWS_PER_BATCH);
      const forgotten = await (desk === undefined ? storage.atomically(batch) : storage.write(batch, { desk }));
      counts[kind] += forgotten;
      whole = forgotten === ROWS_PER_BATCH;
      if (whole) await pause(PAUSE_BETWEEN_BATCHES_MS, signal);
    }
  return counts;
}

function none(): Record<Kind, number> {
  return Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<Kind, number>;
}
