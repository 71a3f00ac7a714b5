import type { Desk } from '../../../domain/desk';
import { withOrganisation } from '../../../presentation/format';
import { reachOf } from '../../../presentation/reach';
import { bookingLine } from '../line';
import type { Words } from '../words';
import type { DayPlan } from './plan';

/** Names up to this length are never broken over lines on paper; longer ones only between their words. */
const MAX_UNBROKEN_LENGTH = 40;
/**
 * A longer word is wider than its column can be, and is nobody's name; it may be broken anywhere, so that the page's
 * edge does not cut it off.
 */
const MAX_WORD_LENGTH = 60;

/** Returns what is printed: all bookings by time, or a list for each advisor who has some. */
export function printedView(
  { advisors }: DayPlan,
  { desk, words, printEach }: { desk: Desk; words: Words; printEach: boolean },
) {
  const lists = printEach
    ? advisors.map(({ advisor, bookings }) => ({ name: advisor.name, bookings }))
    : [{ name: null, bookings: advisors.flatMap(({ bookings }) => bookings) }];
  return lists
    .filter(({ bookings }) => bookings.length > 0)
    .map(({ name, bookings }) => ({
      name,
      lines: [...bookings]
        .sort((a, b) => a.booking.time.start - b.booking.time.start)
        .map(({ booking, needsSomebody }) => {
          const { client, onBehalfOf, people, note, attendees } = booking;
          return {
            ...bookingLine(booking, desk, { words, needsSomebody }),
            isShort: client.name.length <= MAX_UNBROKEN_LENGTH,
            words: client.name.split(/\s+/).map((text) => ({ text, isEndless: text.length > MAX_WORD_LENGTH })),
            phone: reachOf(client).phone,
            onBehalfOf: onBehalfOf && withOrganisation(onBehalfOf),
            attendees: attendees > 1 ? attendees : null,
            people: people.map(({ name }) => name).join(', '),
            support: words.support(booking).join(', '),
            note,
          };
        }),
    }));
}
