import type { BookingEventType } from '../../domain/booking/booking';
import type { Interval } from '../../domain/calendar/interval';
import { isOpen } from '../../domain/waiting/entry';
import type { BookingStore } from '../ports/bookingStore';
import type { Clock } from '../ports/clock';
import type { DeskStore } from '../ports/deskStore';
import type { Storage } from '../ports/storage';
import type { WaitingStore } from '../ports/waiting';
import type { Freed } from './fitting';
import { makeOffers, type OfferDeps } from './makeOffers';

/** What a transaction has changed so far that those who wait may have been waiting for, by desk. */
type Noted = Map<string, { freed: Freed; readonly anew: Set<string> }>;

/**
 * Wraps a storage so that each `write` that may have freed something offers it to those who wait in its own transaction
 * (`makeOffers`): whatever changes bookings, holds, hours or teams, nobody can forget to, and nobody else ever finds the
 * start free. Where nobody waits at a desk, it costs one look. What becomes free by time alone is the work of
 * `offerStarts`.
 */
export function offerFreed(storage: Storage, deps: OfferDeps & { readonly now: Clock }): Storage {
  return {
    ...storage,
    write: (work, at) =>
      storage.write(async (stores) => {
        const noted: Noted = new Map();
        const isAwaited = perDesk((deskId) => stores.waiting.hasOpen(deskId));
        const result = await work({
          ...stores,
          bookings: notingBookings(stores.bookings, { noted, isAwaited }),
          desks: notingDesks(stores.desks, noted),
          waiting: notingEntries(stores.waiting, noted),
        });
        const now = deps.now();
        for (const [deskId, changed] of noted)
          if (await stores.waiting.hasOpen(deskId)) await makeOffers(deps, stores, deskId, { ...changed, now });
        return result;
      }, at),
  };
}

function perDesk<T>(look: (deskId: string) => Promise<T>): (deskId: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (deskId) => {
    const there = known.get(deskId) ?? look(deskId);
    known.set(deskId, there);
    return there;
  };
}

function note(noted: Noted, deskId: string, freed: Freed): void {
  const before = noted.get(deskId) ?? { freed: [], anew: new Set<string>() };
  const all = before.freed === 'everything' || freed === 'everything' ? 'everything' : [...before.freed, ...freed];
  noted.set(deskId, { ...before, freed: all });
}

/** Whether a booking's event can leave a time free that was taken; the compiler asks for a new one. */
const FREES: Readonly<Record<BookingEventType, boolean>> = {
  ...{ booked: false, moved: true, move_undone: true, reassigned: true, cancelled: true, restored: false },
  ...{ checked_in: false, check_in_undone: false, completed: false, no_show: false, reopened: false },
  ...{
    link_printed: false,
    video_link_changed: false,
    time_accepted: false,
    kept: false,
    outcome_noted: false,
    corrected: true,
    confirmed: false,
  },
  late: false,
};

interface Noting {
  readonly noted: Noted;
  readonly isAwaited: (deskId: string) => Promise<boolean>;
}

function notingBookings(bookings: BookingStore, { noted, isAwaited }: Noting): BookingStore {
  const saved = new Map<string, { readonly deskId: string; readonly time: Interval }>();
  /** Notes the place that a hold has now, if the change gives it up. */
  const leaving = async (id: string, deskId?: string) => {
    if (deskId !== undefined && !(await isAwaited(deskId))) return;
    const hold = await bookings.findHold(id);
    if (hold) note(noted, hold.deskId, [{ start: hold.time.start, end: hold.blockedUntil }]);
  };
  return {
    ...bookings,
    save: (booking) => {
      saved.set(booking.id, booking);
      return bookings.save(booking);
    },
    record: async (event, messages) => {
      await bookings.record(event, messages);
      const booking = saved.get(event.bookingId);
      if (!booking || !FREES[event.type]) return;
      note(noted, booking.deskId, [booking.time, ...(event.from ? [event.from.time] : [])]);
      noted.get(booking.deskId)?.anew.add(event.bookingId);
    },
    confirm: async (booking, tokenHash) => {
      await leaving(booking.id, booking.deskId);
      return bookings.confirm(booking, tokenHash);
    },
    saveHold: async (hold) => {
      await leaving(hold.id, hold.deskId);
      return bookings.saveHold(hold);
    },
    removeHold: async (id) => {
      await leaving(id);
      return bookings.removeHold(id);
    },
  };
}

/** Which methods can make room or take it away from what is offered; the compiler asks for a new one. */
const CHANGES_DESK: Readonly<Record<keyof DeskStore, boolean>> = {
  ...{ list: false, find: false, withAdvisor: false, add: false, replace: true },
  ...{ topics: false, putTopic: true, advisors: false, putAdvisor: true, rooms: false, putRooms: true },
  ...{ isInUse: false, removePart: true, replaceOpeningRules: true, partners: false, putPartner: false },
  ...{ exceptions: false, addException: true, replaceException: true, removeException: true, replaceExceptions: true },
  ...{ absences: false, absencesFrom: false, findAbsence: false, topicOrder: false, putTopicOrder: false },
  ...{ addAbsence: true, replaceAbsence: true, removeAbsence: true },
  ...{ enteredAbsences: false, replaceBusyTimes: true },
};

type Change = (desk: string | { readonly id: string }, ...rest: unknown[]) => Promise<unknown>;

function notingDesks(desks: DeskStore, noted: Noted): DeskStore {
  const noting = (change: Change): Change => {
    return (desk, ...rest) => {
      note(noted, typeof desk === 'string' ? desk : desk.id, 'everything');
      return change(desk, ...rest);
    };
  };
  const methods = Object.entries(desks) as [keyof DeskStore, Change][];
  const all = Object.fromEntries(
    methods.map(([name, method]) => [name, CHANGES_DESK[name] ? noting(method) : method]),
  ) as unknown as DeskStore;
  // These two know the absence only, not the desk.
  const ofAbsence = async (id: string) => {
    const entry = await desks.findAbsence(id);
    if (entry) note(noted, entry.deskId, 'everything');
  };
  return {
    ...all,
    replaceAbsence: async (absence) => {
      await ofAbsence(absence.id);
      return desks.replaceAbsence(absence);
    },
    removeAbsence: async (id) => {
      await ofAbsence(id);
      return desks.removeAbsence(id);
    },
  };
}

function notingEntries(waiting: WaitingStore, noted: Noted): WaitingStore {
  const noting = (change: WaitingStore['add']): WaitingStore['add'] => {
    return (entry) => {
      note(noted, entry.deskId, []);
      if (isOpen(entry)) noted.get(entry.deskId)?.anew.add(entry.id);
      return change(entry);
    };
  };
  return { ...waiting, add: noting(waiting.add), save: noting(waiting.save) };
}
