import type { Booking } from '../../domain/booking/booking';
import { FOLLOW_UP_DAYS, FOLLOW_UP_WEEKS, type FollowUpOffer, followUpOffer } from '../../domain/booking/followUp';
import type { LocalDate } from '../../domain/calendar/hours';
import { addDays, localDate, startOfDay } from '../../domain/calendar/zone';
import type { Desk } from '../../domain/desk';
import { isRefusal } from '../../domain/errors';
import type { AppDeps } from '../deps';
import type { FindSlots } from '../slots/findSlots';
import { queryToFollow } from './followUp';

const DAYS_PER_WEEK = 7;

/** A start in so many weeks from now; on a day that was asked for, null. */
export interface FollowUpChoice extends FollowUpOffer {
  readonly weeks: number | null;
}

type FollowUpStarts = (of: {
  readonly desk: Desk;
  readonly booking: Booking;
  /** From this day on instead of in some weeks. */
  readonly day?: LocalDate | undefined;
}) => Promise<readonly FollowUpChoice[]>;

/**
 * Finds when a client can be seen again by the same advisor, on the same topic, in the same way: in one, two and four
 * weeks, or from a day on. A desk that no longer has the topic has nothing free.
 */
export function followUpStarts(
  { now }: Pick<AppDeps, 'now'>,
  { findSlots }: { readonly findSlots: FindSlots },
): FollowUpStarts {
  return async ({ desk, booking, day }) => {
    const zone = desk.hours.timeZone;
    const today = localDate(now(), zone);
    const wished =
      day === undefined
        ? FOLLOW_UP_WEEKS.map((weeks) => ({ weeks, day: addDays(today, weeks * DAYS_PER_WEEK) }))
        : [{ weeks: null, day }];
    const query = queryToFollow(desk, booking, {});
    return Promise.all(
      wished.map(async ({ weeks, day: from }) => {
        const range = { from: startOfDay(from, zone), to: startOfDay(addDays(from, FOLLOW_UP_DAYS), zone) };
        const starts = await startsIn(() => findSlots({ deskId: desk.id, query, ...range, audience: 'staff' }));
        return { weeks, ...followUpOffer(starts, { day: from, like: booking.time.start, zone }) };
      }),
    );
  };
}

async function startsIn(find: () => ReturnType<FindSlots>) {
  try {
    return (await find()).slots.map(({ time }) => time.start);
  } catch (error) {
    if (isRefusal(error, 'invalid')) return [];
    throw error;
  }
}
