import type { Booking } from '../../domain/booking/booking';
import { needingSomebody, type Outside } from '../../domain/booking/outsideHours';
import { hull, type Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { type Difference, deskDifferences } from '../../domain/deskDifference';
import { type StaffsOwn, succeed } from '../../domain/deskSuccession';
import { SYSTEM } from '../../domain/staff/caller';
import type { AppDeps } from '../deps';
import { flagBookings } from '../hours/flagBookings';
import { keepingVersion } from '../hours/keepVersion';
import type { PartEntry } from '../ports/deskStore';
import type { Stores } from '../ports/storage';

/** The changes that a desk file makes to an existing desk. */
export interface DeskPlan {
  /** The desk after the change. */
  readonly desk: Desk;
  /** Empty if the desk equals its file. */
  readonly differences: readonly Difference[];
  /** Future bookings that lose their advisor or hours by the change. They stay, and reception gets a task for each. */
  readonly orphans: readonly { readonly booking: Booking; readonly why: Outside }[];
}

/** The result: each desk is among the added ones or among the plans. */
export interface Applied {
  /** Ids of the desks that were added. */
  readonly added: readonly string[];
  readonly plans: readonly DeskPlan[];
}

/** @param how without `apply` nothing is changed, and `added` has the desks that would be added */
type ApplyDesks = (desks: readonly Desk[], how: { readonly apply: boolean }) => Promise<Applied>;

/**
 * Makes desks equal to their files in one transaction, or returns what that would change. It deletes nothing that a
 * booking refers to, and cancels no booking.
 */
export function applyDesks({ storage, now, ids }: Pick<AppDeps, 'storage' | 'now' | 'ids'>): ApplyDesks {
  return (desks, { apply }) => {
    const work = async (stores: Stores): Promise<Applied> => {
      const at = now();
      const [added, plans]: [string[], DeskPlan[]] = [[], []];
      for (const file of desks) {
        const before = await stores.desks.find(file.id);
        if (!before) {
          added.push(file.id);
          if (apply) await stores.desks.add(file);
          continue;
        }
        const plan = await planOf(stores, before, file, at);
        plans.push(plan);
        if (!apply || plan.differences.length === 0) continue;
        const deed = { deskId: file.id, who: SYSTEM, now: at, what: 'file' } as const;
        await keepingVersion(stores, { ids }, deed, () => stores.desks.replace(plan.desk));
        const range = { start: at, end: Number.MAX_SAFE_INTEGER };
        await flagBookings(stores, { ids }, { before, after: plan.desk, range, now: at });
      }
      return { added, plans };
    };
    return apply ? storage.write(work) : work(storage);
  };
}

async function planOf(stores: Stores, before: Desk, file: Desk, now: Instant): Promise<DeskPlan> {
  const staffs = await staffsOwn(stores, before.id);
  const desk = succeed(before, file, staffs);
  const ahead = await stores.bookings.within(before.id, { start: now, end: Number.MAX_SAFE_INTEGER });
  const absences = await stores.desks.absences(before.id, hull(ahead.map(({ time }) => time)));
  const unattendedBefore = needingSomebody({ desk: before, absences }, ahead, now);
  const outsideBefore = new Set(unattendedBefore.map(({ booking }) => booking.id));
  const orphans = needingSomebody({ desk, absences }, ahead, now).filter(
    ({ booking }) => !outsideBefore.has(booking.id),
  );
  return { desk, differences: deskDifferences(before, desk), orphans };
}

async function staffsOwn({ desks }: Pick<Stores, 'desks'>, deskId: string): Promise<StaffsOwn> {
  const entered = (await desks.exceptions(deskId)).filter(isStaffs).map(({ exception }) => exception.id);
  const parts = (entries: readonly PartEntry<{ readonly id: string }>[]) =>
    new Set(entries.filter(isStaffs).map(({ part }) => part.id));
  return {
    exceptions: new Set(entered),
    topics: parts(await desks.topics(deskId)),
    partners: parts(await desks.partners(deskId)),
    advisors: parts(await desks.advisors(deskId)),
    topicOrder: isStaffs(await desks.topicOrder(deskId)),
    rooms: isStaffs(await desks.rooms(deskId)),
  };
}

function isStaffs({ origin }: Pick<PartEntry<unknown>, 'origin'>): boolean {
  return origin === 'staff';
}
