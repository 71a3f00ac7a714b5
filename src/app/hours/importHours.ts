import { isDeepStrictEqual } from 'node:util';
import { coveringAbsence } from '../../domain/away';
import type { HoursException } from '../../domain/calendar/hours';
import type { Instant } from '../../domain/calendar/interval';
import { effectOf } from '../../domain/calendar/openingHours';
import { toIso } from '../../domain/calendar/zone';
import type { Absence, Desk } from '../../domain/desk';
import { contentOf, type Difference } from '../../domain/deskDifference';
import { DomainError, type FieldError } from '../../domain/errors';
import type { HoursDeed } from '../../domain/hoursVersion';
import { assertMayChangeHours } from '../../domain/staff/rights';
import { type ChangeDeps, type ChangeRequest, changeDeskOnce, type DeskChange } from '../desks/changeDesk';
import type { IdempotencyKey, IdempotentAnswer } from '../idempotently';
import type { AbsenceEntry, DeskStore, ExceptionEntry } from '../ports/deskStore';
import type { Stores } from '../ports/storage';
import { assertSeen } from './affected';
import type { ChangedAbsence } from './flagBookings';
import { keepingVersion } from './keepVersion';

/** An exception or absence as a list has it. */
export interface ListedEntry<T> {
  /** Where the list has it, for what is wrong with it. */
  readonly line: number;
  /** As it is to be; without an id it is new. */
  readonly entry: Omit<T, 'id'>;
  readonly id: string | null;
  readonly withdrawn: boolean;
  /** The version that the list names, or that was shown; undefined: any. */
  readonly seen: number | undefined;
}

interface ImportRequest extends ChangeRequest {
  readonly idempotency: IdempotencyKey | undefined;
}

type ImportExceptions = (
  request: ImportRequest & {
    /** Reads the list against those that are there. */
    readonly exceptions: (there: readonly ExceptionEntry[]) => readonly ListedEntry<HoursException>[];
  },
) => Promise<IdempotentAnswer<DeskChange>>;

/**
 * Enters, changes and withdraws the exceptions of a list, all or none. Those that it does not name, or names as they
 * are, stay; the others become the newest, in the list's order.
 *
 * @throws DomainError `not-found`, `forbidden`, `version-moved-on`; `invalid` with the lines that would change nothing
 */
export function importExceptions(deps: ChangeDeps): ImportExceptions {
  return async ({ exceptions, ...request }) => {
    assertMayChangeHours(request.who, request.deskId);
    return changeDeskOnce(deps, request, async (stores, before) => {
      const entries = await stores.desks.exceptions(before.id);
      const errors: FieldError[] = [];
      const steps: ((store: DeskStore) => Promise<void>)[] = [];
      let { hours } = before;
      for (const { line, entry, id, withdrawn, seen } of exceptions(entries)) {
        const old = entries.find(({ exception }) => exception.id === id);
        if (id !== null) assertSeen(old, seen);
        if (old && !withdrawn && isDeepStrictEqual(contentOf(old.exception), entry)) continue;
        const others = hours.exceptions.filter((each) => each.id !== id);
        const exception = { ...entry, id: id ?? deps.ids.uuid() };
        if (withdrawn) steps.push((store) => store.removeException(before.id, exception.id));
        else if (!effectOf({ ...hours, exceptions: others }, exception).changes)
          errors.push({ pointer: `/${line}`, detail: 'the windows of its days are the same without it' });
        else if (old) steps.push((store) => store.replaceException(before.id, exception));
        else steps.push((store) => store.addException(before.id, exception, 'staff'));
        hours = { ...hours, exceptions: withdrawn ? others : [...others, exception] };
      }
      if (errors.length > 0) throw new DomainError('invalid', { errors });
      const save = saving(stores, deps, { ...request, what: 'exceptions_imported', steps });
      return { ...asList(before), after: { ...before, hours }, save };
    });
  };
}

type ImportAbsences = (
  request: ImportRequest & {
    /** Reads the list against those that are there and not over. */
    readonly absences: (there: readonly AbsenceEntry[]) => readonly ListedEntry<Absence>[];
  },
) => Promise<IdempotentAnswer<DeskChange>>;

/**
 * Enters, changes and withdraws the absences of a list, all or none; an absence stays its advisor's. Those that it does
 * not name stay as they are.
 *
 * @throws DomainError `not-found`, `forbidden`, `version-moved-on`; `invalid` with the lines that would change nothing
 */
export function importAbsences(deps: ChangeDeps): ImportAbsences {
  return ({ absences, ...request }) =>
    changeDeskOnce(deps, request, async (stores, before) => {
      const entries = await absencesAhead(stores, before.id, deps.now());
      const errors: FieldError[] = [];
      const steps: ((store: DeskStore) => Promise<void>)[] = [];
      const changed: ChangedAbsence[] = [];
      let there = entries.map(({ absence }) => absence);
      for (const { line, entry, id, withdrawn, seen } of absences(entries)) {
        const old = entries.find(({ absence }) => absence.id === id);
        if (id !== null) assertSeen(old, seen);
        const absence = { ...entry, id: id ?? deps.ids.uuid() };
        if (old && !withdrawn && isDeepStrictEqual(old.absence, absence)) continue;
        there = there.filter((each) => each.id !== id);
        if (withdrawn) steps.push((store) => store.removeAbsence(absence.id));
        else if (coveringAbsence(there, absence))
          errors.push({ pointer: `/${line}`, detail: 'the advisor is away then already' });
        else if (old) steps.push((store) => store.replaceAbsence(absence));
        else steps.push((store) => store.addAbsence(before.id, absence));
        if (!withdrawn) there = [...there, absence];
        changed.push({ old: old?.absence ?? null, absence: withdrawn ? null : absence });
      }
      if (errors.length > 0) throw new DomainError('invalid', { errors });
      const save = saving(stores, deps, { ...request, what: 'absences_imported', steps });
      const differences = changed.map((each) => differenceOf(each, before));
      return { ...asList(before), after: before, save, absences: changed, differences };
    });
}

const ABSENCES_AT_ONCE = 500;

/** Returns all absences of a desk that are not over, by start. */
export async function absencesAhead(
  { desks }: Pick<Stores, 'desks'>,
  deskId: string,
  from: Instant,
): Promise<AbsenceEntry[]> {
  const all: AbsenceEntry[] = [];
  let cursor: string | undefined;
  do {
    const page = await desks.absencesFrom(deskId, { from, cursor, limit: ABSENCES_AT_ONCE });
    all.push(...page.entries);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return all;
}

interface Saved extends ImportRequest {
  readonly what: HoursDeed;
  readonly steps: readonly ((store: DeskStore) => Promise<void>)[];
}

/** Returns what does the steps one after the other, and keeps the hours that result as a version. */
function saving(stores: Stores, deps: ChangeDeps, { who, deskId, what, steps }: Saved) {
  return () =>
    keepingVersion(stores, deps, { deskId, who, now: deps.now(), what }, async () => {
      for (const step of steps) await step(stores.desks);
      return null;
    });
}

function differenceOf({ old, absence }: ChangedAbsence, { hours }: Desk): Difference {
  const told = ({ advisorId, time, reason }: Absence) => ({
    advisor: advisorId,
    start: toIso(time.start, hours.timeZone),
    end: toIso(time.end, hours.timeZone),
    reason,
  });
  const kind = old && absence ? 'changed' : absence ? 'added' : 'removed';
  const at = `absence ${(absence ?? old)?.id}`;
  return { kind, at, ...(old && { before: told(old) }), ...(absence && { after: told(absence) }) };
}

function asList({ id }: Desk) {
  return { id, outcome: 'changed' as const, version: null };
}
