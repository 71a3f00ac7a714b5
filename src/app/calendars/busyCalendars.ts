import { isDeepStrictEqual } from 'node:util';
import { hull, type Instant, type Interval } from '../../domain/calendar/interval';
import {
  type BusyCalendar,
  busyRange,
  isExpanded,
  keptFrom,
  READ_EVERY_MS,
  timesFrom,
} from '../../domain/calendars/busyCalendar';
import { type BusyTimes, readBusyTimes } from '../../domain/calendars/busyTimes';
import type { Absence, Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import type { Caller } from '../../domain/staff/caller';
import { assertMayChangeAbsences } from '../../domain/staff/rights';
import type { AppDeps, CalendarDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import { flagBookings } from '../hours/flagBookings';
import type { CalendarMark, CalendarProblem } from '../ports/calendarReader';
import type { Sealer } from '../ports/sealer';
import type { Stores } from '../ports/storage';

type Deps = Pick<AppDeps, 'storage' | 'now' | 'ids'> & CalendarDeps;

/** The purpose of the seal around the address of a calendar. */
const SEALED_FOR = 'busy calendar';
/** So many calendars are read at the same time. */
const READ_AT_ONCE = 4;

/** What is expected of an address, for whoever entered another. */
const EXPECTED: Readonly<Record<CalendarProblem, string>> = {
  url: 'expected an address such as https://calendar.example/me.ics, without a password',
  https: 'expected https://; http only for hosts that the operator allows',
  port: 'expected port 443, or one from 1024',
  address: 'leads to a private address; the operator can allow its host',
  time: 'nobody answered in time',
  connection: 'there is no connection, or no trust in its certificate',
  moved: 'leads to another address: enter that one',
  refused: 'the server gives no calendar there',
  large: 'is larger than 5 MB',
  no_calendar: 'is no calendar (iCalendar, RFC 5545)',
  full: 'has more entries than one person has',
  endless: 'has rules that cannot be worked out in reasonable time',
  secret: 'cannot be opened any more: enter it again',
};

type SetBusyCalendar = (request: {
  who: Caller;
  deskId: string;
  advisorId: string;
  /** Null: the advisor has no such calendar any more. */
  url: string | null;
}) => Promise<BusyCalendar | null>;

/**
 * Enters the calendar of an advisor's own, by which they are busy from now on, or removes it. It is read at once. A
 * booking that it leaves without anybody stays, and becomes a task.
 *
 * @throws DomainError `not-found`, `forbidden`; `invalid` with `unfit`, a `CalendarProblem`
 */
export function setBusyCalendar(deps: Deps): SetBusyCalendar {
  const { storage, now, ids, sealer } = deps;
  return async ({ who, deskId, advisorId, url }) => {
    assertMayChangeAbsences(who, deskId, advisorId);
    const desk = await deskOf(storage, deskId);
    if (!isThere(desk, advisorId)) throw new DomainError('not-found');
    if (url === null) {
      await storage.write((stores) => forget(stores, deps, { desk, advisorId }), { desk: deskId });
      return null;
    }
    const read = await readCalendar(deps, desk, url);
    if (read === 'same' || 'problem' in read) throw unfit(read === 'same' ? 'refused' : read.problem);
    const at = now();
    const { host } = new URL(url);
    const calendar: BusyCalendar = {
      ...{ id: ids.uuid(), deskId, advisorId, host, sealedUrl: sealer.seal(url, SEALED_FOR) },
      ...{ readAt: at, expandedAt: at, triedAt: at, problem: null },
      ...knownOf(read),
    };
    await storage.write(
      async (stores) => {
        await stores.busyCalendars.put(calendar);
        await putTimes(stores, deps, { desk: await deskOf(stores, deskId), advisorId, times: read.times });
      },
      { desk: deskId },
    );
    return calendar;
  };
}

type ReadBusyCalendars = (signal: AbortSignal) => Promise<{ readonly read: number; readonly failed: number }>;

/**
 * Reads the calendars whose turn it is. What cannot be read stays as it was, and says why. A calendar that was entered
 * anew or removed meanwhile is left alone.
 */
export function readBusyCalendars(deps: Deps): ReadBusyCalendars {
  const { storage, now } = deps;
  return async (signal) => {
    const due = await storage.busyCalendars.due(now() - READ_EVERY_MS);
    let [read, failed] = [0, 0];
    for (let i = 0; i < due.length && !signal.aborted; i += READ_AT_ONCE) {
      const outcomes = await Promise.all(due.slice(i, i + READ_AT_ONCE).map((calendar) => readAgain(deps, calendar)));
      read += outcomes.filter(Boolean).length;
      failed += outcomes.filter((isRead) => !isRead).length;
    }
    return { read, failed };
  };
}

/** Returns the calendar with its address sealed by SECRET; one that neither SECRET nor SECRET_PREVIOUS opens stays as it is. */
export function calendarSealedAnew(calendar: BusyCalendar, sealer: Sealer): BusyCalendar {
  const url = sealer.open(calendar.sealedUrl, SEALED_FOR);
  return url === undefined ? calendar : { ...calendar, sealedUrl: sealer.seal(url, SEALED_FOR) };
}

/** @returns whether it could be read */
async function readAgain(deps: Deps, calendar: BusyCalendar): Promise<boolean> {
  const { storage, now, sealer } = deps;
  const { deskId, advisorId } = calendar;
  const desk = await deskOf(storage, deskId);
  const url = sealer.open(calendar.sealedUrl, SEALED_FOR);
  const known = isExpanded(calendar, desk, now()) ? calendar : undefined;
  const read = url === undefined ? { problem: 'secret' as const } : await readCalendar(deps, desk, url, known);
  await storage.write(
    async (stores) => {
      const present = await stores.busyCalendars.find(deskId, advisorId);
      if (present?.id !== calendar.id) return;
      const after = await deskOf(stores, deskId);
      if (!isThere(after, advisorId)) return forget(stores, deps, { desk: after, advisorId });
      const at = now();
      if (read !== 'same' && 'problem' in read)
        return stores.busyCalendars.put({ ...present, triedAt: at, problem: read.problem });
      const seen = { ...present, readAt: at, triedAt: at, problem: null };
      if (read === 'same') return stores.busyCalendars.put(seen);
      await stores.busyCalendars.put({ ...seen, expandedAt: at, ...knownOf(read) });
      await putTimes(stores, deps, { desk: after, advisorId, times: read.times });
    },
    { desk: deskId },
  );
  return read === 'same' || !('problem' in read);
}

type ReadCalendar = (BusyTimes & CalendarMark) | 'same' | { readonly problem: CalendarProblem };

async function readCalendar(
  { calendars, now }: Deps,
  desk: Desk,
  url: string,
  known?: CalendarMark,
): Promise<ReadCalendar> {
  const read = await calendars.read(url, known);
  if (read === 'same' || 'problem' in read) return read;
  const busy = readBusyTimes(read.text, { range: busyRange(desk, now()), deskZone: desk.hours.timeZone });
  return 'fault' in busy ? { problem: busy.fault } : { ...busy, tag: read.tag, modified: read.modified };
}

function knownOf({ events, unread, tag, modified }: BusyTimes & CalendarMark) {
  return { events, unread, tag, modified };
}

function isThere({ advisors }: Desk, advisorId: string): boolean {
  return advisors.some(({ id, retired }) => id === advisorId && !retired);
}

interface OfAdvisor {
  readonly desk: Desk;
  readonly advisorId: string;
}

async function forget(stores: Stores, deps: Deps, { desk, advisorId }: OfAdvisor): Promise<void> {
  await stores.busyCalendars.remove(desk.id, advisorId);
  await putTimes(stores, deps, { desk, advisorId, times: [] });
}

/** Makes these the times in which the advisor is busy from today on, and flags and settles the bookings that they concern. */
async function putTimes(
  stores: Stores,
  { ids, now }: Deps,
  { desk, advisorId, times }: OfAdvisor & { readonly times: readonly Interval[] },
): Promise<void> {
  const at = now();
  const from = busyRange(desk, at).start;
  const before = await busyOf(stores, { desk, advisorId }, from);
  if (
    isDeepStrictEqual(
      timesFrom(
        before.map(({ time }) => time),
        from,
      ),
      timesFrom(times, from),
    )
  )
    return;
  await stores.desks.replaceBusyTimes(desk.id, advisorId, {
    times: timesFrom(times, from),
    from,
    keptFrom: keptFrom(at),
  });
  const after = await busyOf(stores, { desk, advisorId }, from);
  const [gone, added] = [without(before, after), without(after, before)];
  const absences = [
    ...gone.map((old) => ({ old, absence: null })),
    ...added.map((absence) => ({ old: null, absence })),
  ];
  const range = hull([...gone, ...added].map(({ time }) => time));
  await flagBookings(stores, { ids }, { before: desk, after: desk, absences, range, now: at });
}

async function busyOf({ desks }: Stores, { desk, advisorId }: OfAdvisor, from: Instant): Promise<Absence[]> {
  const all = await desks.absences(desk.id, { start: from, end: Number.MAX_SAFE_INTEGER });
  return all.filter((absence) => absence.isFromCalendar && absence.advisorId === advisorId);
}

function without(absences: readonly Absence[], others: readonly Absence[]): Absence[] {
  const ids = new Set(others.map(({ id }) => id));
  return absences.filter(({ id }) => !ids.has(id));
}

function unfit(problem: CalendarProblem): DomainError {
  return new DomainError('invalid', {
    unfit: problem,
    errors: [{ pointer: '/url', detail: EXPECTED[problem] }],
  });
}
