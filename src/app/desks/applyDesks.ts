import type { Booking } from '../../domain/booking/booking';
import { needingSomebody, type Outside } from '../../domain/booking/outsideHours';
import { hull, type Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { type Difference, deskDifferences } from '../../domain/deskDifference';
import { succeed } from '../../domain/deskSuccession';
import type { AppDeps } from '../deps';
import { flagBookings } from '../hours/flagBookings';
import type { Stores } from '../ports/storage';

/** What a desk's file changes of a desk that is there. */
export interface DeskPlan {
  /** As it would be, or is now. */
  readonly desk: Desk;
  /** None: the desk is as its file says. */
  readonly differences: readonly Difference[];
  /** Bookings ahead that would have nobody then and have somebody now; they stay, and reception gets a task for each. */
  readonly orphans: readonly { readonly booking: Booking; readonly why: Outside }[];
}

/** What became of the desks: each is among the added ones or among the plans. */
export interface Applied {
  /** Ids. */
  readonly added: readonly string[];
  readonly plans: readonly DeskPlan[];
}

/** @param how without `apply` nothing is changed, and `added` are those that would be */
export type ApplyDesks = (desks: readonly Desk[], how: { readonly apply: boolean }) => Promise<Applied>;

/**
 * Makes desks what their files say, all in one transaction, or tells what that would change. Nobody and nothing that a booking refers to is
 * deleted, and no booking is cancelled.
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
        await stores.desks.replace(plan.desk);
        const range = { start: at, end: Number.MAX_SAFE_INTEGER };
        await flagBookings(stores, { ids }, { before, after: plan.desk, range, now: at });
      }
      return { added, plans };
    };
    return apply ? storage.write(work) : work(storage);
  };
}

async function planOf(stores: Stores, before: Desk, file: Desk, now: Instant): Promise<DeskPlan> {
  const entries = await stores.desks.exceptions(before.id);
  const staffs = new Set(entries.filter(({ origin }) => origin === 'staff').map(({ exception }) => exception.id));
  const desk = succeed(before, file, (id) => staffs.has(id));
  const ahead = await stores.bookings.within(before.id, { start: now, end: Number.MAX_SAFE_INTEGER });
  const absences = await stores.desks.absences(before.id, hull(ahead.map(({ time }) => time)));
  const unattendedBefore = needingSomebody({ desk: before, absences }, ahead, now);
  const outsideBefore = new Set(unattendedBefore.map(({ booking }) => booking.id));
  const orphans = needingSomebody({ desk, absences }, ahead, now).filter(
    ({ booking }) => !outsideBefore.has(booking.id),
  );
  return { desk, differences: deskDifferences(before, desk), orphans };
}
