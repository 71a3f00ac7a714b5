import type { Booking, BookingEvent } from '../../domain/booking/booking';
import type { Hours } from '../../domain/calendar/hours';
import type { Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { groupBy } from '../../domain/groupBy';
import { bookingNews, clientData, freedNews, hoursNews, leftTime, type WebhookNews } from '../../domain/webhooks/news';
import type { TEST_EVENT, WebhookEvent } from '../../domain/webhooks/webhook';
import type { AppDeps } from '../deps';
import type { BookingStore } from '../ports/bookingStore';
import type { DeskStore } from '../ports/deskStore';
import type { Storage, Stores } from '../ports/storage';
import type { NewDelivery } from '../ports/webhooks';
import { slotAt } from '../slots/slotAt';

type Deps = Pick<AppDeps, 'now' | 'ids'>;

/** What a transaction has changed so far that other programs may be told of. */
interface Noted {
  readonly changes: { readonly booking: Booking; readonly event: BookingEvent }[];
  readonly erased: Set<string>;
  /** The hours of each desk as they were before their first change. */
  readonly hours: Map<string, Hours>;
}

/**
 * Wraps a storage so that each `write` stores the messages to webhooks in its own transaction: whatever changes bookings
 * or hours, nobody can forget to tell it, and a message is there if and only if the change is. They are sent later
 * (`sendWebhooks`), so that nobody waits for it. Where a desk has no webhook, it costs one look.
 */
export function tellWebhooks(storage: Storage, deps: Deps): Storage {
  return {
    ...storage,
    write: (work, at) =>
      storage.write(async (stores) => {
        const noted: Noted = { changes: [], erased: new Set(), hours: new Map() };
        const result = await work({
          ...stores,
          bookings: notingBookings(stores.bookings, noted),
          desks: notingHours(stores.desks, noted),
        });
        await tell(stores, deps, noted);
        return result;
      }, at),
  };
}

function notingBookings(bookings: BookingStore, { changes, erased }: Noted): BookingStore {
  const saved = new Map<string, Booking>();
  const noting = <A extends [Booking, ...unknown[]]>(write: (...args: A) => Promise<void>) => {
    return (...args: A) => {
      saved.set(args[0].id, args[0]);
      return write(...args);
    };
  };
  return {
    ...bookings,
    add: noting(bookings.add),
    confirm: noting(bookings.confirm),
    save: noting(bookings.save),
    erase: (id, now) => {
      erased.add(id);
      return bookings.erase(id, now);
    },
    record: async (event, messages) => {
      await bookings.record(event, messages);
      const booking = saved.get(event.bookingId);
      if (booking) changes.push({ booking, event });
    },
  };
}

/** Which methods change when a desk is open; the compiler asks for a new one. Who is away, and when, concerns the desk alone. */
const CHANGES_HOURS: Readonly<Record<keyof DeskStore, boolean>> = {
  ...{ list: false, find: false, withAdvisor: false, add: false, replace: true },
  ...{ topics: false, putTopic: false, advisors: false, putAdvisor: false, rooms: false, putRooms: false },
  ...{ partners: false, putPartner: false, isInUse: false, removePart: false, replaceOpeningRules: true },
  ...{ exceptions: false, addException: true, replaceException: true, removeException: true, replaceExceptions: true },
  ...{ absences: false, absencesFrom: false, findAbsence: false, topicOrder: false, putTopicOrder: false },
  ...{ addAbsence: false, replaceAbsence: false, removeAbsence: false },
  ...{ enteredAbsences: false, replaceBusyTimes: false },
};

type Change = (desk: string | { readonly id: string }, ...rest: unknown[]) => Promise<unknown>;

function notingHours(desks: DeskStore, { hours }: Noted): DeskStore {
  const noting = (change: Change): Change => {
    return async (desk, ...rest) => {
      const id = typeof desk === 'string' ? desk : desk.id;
      const before = hours.has(id) ? undefined : await desks.find(id);
      if (before) hours.set(id, before.hours);
      return change(desk, ...rest);
    };
  };
  const methods = Object.entries(desks) as [keyof DeskStore, Change][];
  return Object.fromEntries(
    methods.map(([name, method]) => [name, CHANGES_HOURS[name] ? noting(method) : method]),
  ) as unknown as DeskStore;
}

async function tell(stores: Stores, { now, ids }: Deps, { changes, erased, hours }: Noted): Promise<void> {
  const at = now();
  const ofDesk = groupBy(changes, ({ booking }) => booking.deskId);
  for (const deskId of new Set([...ofDesk.keys(), ...hours.keys()])) {
    const listening = await stores.webhooks.listening(deskId);
    if (listening.length === 0) continue;
    const desk = await stores.desks.find(deskId);
    if (!desk) continue;
    const isHeard = (event: WebhookEvent) => listening.some(({ events }) => events.includes(event));
    const changed = ofDesk.get(deskId) ?? [];
    const news = [
      ...changed.flatMap(({ booking, event }) => bookingNews(booking, event, desk) ?? []),
      ...(isHeard('start.freed') ? await freed(stores, desk, { changed, now: at }) : []),
      ...newHours(desk, hours.get(deskId), at),
    ];
    const known = new Map(changed.map(({ booking }) => [booking.id, booking]));
    const clientOf = ({ bookingId }: WebhookNews) => {
      const booking = bookingId !== null && !erased.has(bookingId) ? known.get(bookingId) : undefined;
      return desk.clientDataInWebhooks && booking ? clientData(booking) : null;
    };
    await stores.webhooks.queue(
      news.flatMap((each) =>
        listening
          .filter(({ events }) => events.includes(each.event))
          .map(({ id: webhookId }) => ({
            ...{ id: ids.uuid(), webhookId, deskId, createdAt: at },
            ...{ event: each.event, bookingId: each.bookingId, client: clientOf(each) },
            body: bodyOf(each.event, each.data, at),
          })),
      ),
    );
  }
}

function newHours(desk: Desk, before: Hours | undefined, now: Instant): WebhookNews[] {
  const news = before && hoursNews(before, desk, now);
  return news ? [news] : [];
}

/** Returns the starts that were left and can be booked at the end of the transaction, each once. */
async function freed(
  stores: Stores,
  desk: Desk,
  { changed, now }: { changed: Noted['changes']; now: Instant },
): Promise<WebhookNews[]> {
  const of = await stores.snapshot(desk.id);
  const found = new Map<string, WebhookNews>();
  for (const { booking, event } of changed) {
    const left = leftTime(booking, event, now);
    const slot = left && (await slotAt(of, { desk, booking, start: left.start, now }));
    const news = slot && freedNews(booking, slot, desk);
    if (news) found.set(JSON.stringify(news.data), news);
  }
  return [...found.values()];
}

/** Returns what is sent, in the form that the Standard Webhooks scheme proposes. */
export function bodyOf(
  type: WebhookEvent | typeof TEST_EVENT,
  data: WebhookNews['data'],
  at: Instant,
): NewDelivery['body'] {
  return { type, timestamp: new Date(at).toISOString(), data };
}
