import type { WaitingPlace } from '../../../app/waiting/readWaitingList';
import type { StartForWaiter } from '../../../app/waiting/startsForWaiter';
import type { Booking } from '../../../domain/booking/booking';
import type { Instant } from '../../../domain/calendar/interval';
import { toIso } from '../../../domain/calendar/zone';
import type { Desk } from '../../../domain/desk';
import { MAX_OFFERS, suitsUntil, type WaitingEntry } from '../../../domain/waiting/entry';
import { isNear } from '../../../domain/waiting/task';
import { assetUrl, paths, url } from '../../../paths';
import { anyOf, dayName } from '../../../presentation/format';
import { reachOf } from '../../../presentation/reach';
import type { Reader } from '../../../presentation/texts';
import { type Words, wordsOf } from '../words';
import type { WaitingDone } from './form';
import { whenItSuits } from './wish';

interface Facts {
  readonly desk: Desk;
  /** In the order of their turn. */
  readonly places: readonly WaitingPlace[];
  /** The bookings that are to become earlier, by the id of the entry. */
  readonly bookings: ReadonlyMap<string, Booking>;
  /** The entry that is open, and what can be offered to it. */
  readonly opened: WaitingEntry | undefined;
  readonly starts: readonly StartForWaiter[];
  /** The entry of the address, which may have left the list. */
  readonly entryId: string | undefined;
  /** The topic that the list is limited to. */
  readonly topic: string | undefined;
  readonly done: WaitingDone | undefined;
  readonly refusal: string | undefined;
  readonly now: Instant;
  /** Makes two presses of a button count once. */
  readonly key: string;
  /** Returns what can be said to the client on the phone, in their language. */
  readonly sentence: (entry: WaitingEntry, start: Instant) => { readonly text: string; readonly lang: string };
}

/** From how many entries on the list can be limited to a topic. */
const LONG_LIST = 8;

/** Returns the waiting list, with one entry open. */
export function waitingListView(facts: Facts, reader: Reader) {
  const { desk, places, topic, done, refusal, entryId } = facts;
  const { t } = reader;
  const words = wordsOf(desk, reader);
  const topics = [...new Set(places.map(({ entry }) => entry.topicId))];
  const chosen = topics.find((id) => id === topic);
  const shown = places.filter(({ entry }) => chosen === undefined || entry.topicId === chosen);
  const href = (query: Record<string, string | undefined>) => url(paths.staffWaitingList, { desk: desk.id }, query);
  const action = href({});
  return {
    title: t('staff.waitingList.title'),
    count: t('staff.waitingList.count', { count: places.length }),
    scripts: [{ src: assetUrl('staffWaitingList.js'), module: true }],
    action,
    done: done && t(`staff.waitingList.done.${done}`),
    undo: done === 'left' && entryId ? { href: action, hidden: undoFields(entryId) } : undefined,
    refusal,
    filter:
      (places.length >= LONG_LIST && topics.length > 1) || chosen !== undefined
        ? [undefined, ...topics].map((id) => ({
            href: href({ topic: id }),
            text: id === undefined ? t('staff.waitingList.allTopics') : words.topic(id),
            current: id === chosen,
          }))
        : undefined,
    entries: shown.length > 0 ? shown.map((place) => entryView(place, facts, { words, reader, href })) : undefined,
  };
}

function undoFields(entryId: string) {
  return [
    { name: 'step', value: 'undo' },
    { name: 'entry', value: entryId },
  ];
}

interface Around {
  readonly words: Words;
  readonly reader: Reader;
  readonly href: (query: Record<string, string | undefined>) => string;
}

function entryView({ entry, position }: WaitingPlace, facts: Facts, around: Around) {
  const { bookings, opened, topic } = facts;
  const { words, reader, href } = around;
  const { t, locale } = reader;
  const { id, client, languages, mode, offers, offer, joinedAt } = entry;
  const booking = bookings.get(id);
  const isOpened = opened?.id === id;
  return {
    id: `entry-${id}`,
    position,
    name: client.name,
    ...reachOf(client),
    what: [
      words.topic(entry.topicId),
      anyOf(locale, languages.map(words.language)),
      mode ? words.mode(mode) : t('staff.waitingList.anyMode'),
    ].join(' · '),
    when: whenItSuits(entry, reader),
    earlier: booking && {
      href: url(paths.staffBooking, { id: booking.id }),
      text: t('staff.waitingList.earlier', { when: words.time.dateAndTime(booking.time.start) }),
    },
    since: t('staff.waitingList.since', { day: words.time.date(joinedAt) }),
    deadline: deadlineOf(entry, facts, reader),
    offers: offers > 0 ? t('staff.waitingList.offers', { count: offers, most: MAX_OFFERS }) : undefined,
    offer: offer
      ? t(client.email === null ? 'staff.waitingList.reserved' : 'staff.waitingList.offered', {
          when: words.time.dateAndTime(offer.time.start),
          until: words.time.dateAndTime(offer.until),
        })
      : undefined,
    openHref: isOpened ? undefined : `${href({ topic, entry: id })}#entry-${id}`,
    openText: t(client.email === null || offer ? 'staff.waitingList.openCall' : 'staff.waitingList.open'),
    panel: isOpened ? panelView(entry, facts, around) : undefined,
  };
}

function deadlineOf({ deadline, until }: WaitingEntry, { desk, now }: Facts, { t, locale }: Reader) {
  if (deadline === null) return undefined;
  const end = suitsUntil({ deadline, until }, desk.hours.timeZone);
  return {
    text: t('staff.waitingList.deadline', { day: dayName(locale, deadline) }),
    isNear: end !== null && isNear(end, now),
  };
}

/** Returns what is needed with the receiver at one's ear: what to say, and the starts, each with what can be done. */
function panelView(entry: WaitingEntry, facts: Facts, { words, reader: { t } }: Around) {
  const { desk, starts, key, sentence, places } = facts;
  const { client, offer } = entry;
  const first = offer?.time.start ?? starts.find(({ kind }) => kind === 'fits')?.time.start;
  const valueAt = (start: Instant) => toIso(start, desk.hours.timeZone);
  const whenOf = ({ time, mode, language }: Pick<StartForWaiter, 'time' | 'mode' | 'language'>) =>
    [`${words.time.shortDay(time.start)}, ${words.time.span(time)}`, words.mode(mode), words.language(language)].join(
      ' · ',
    );
  const isFirst = places[0]?.entry.id === entry.id;
  return {
    hidden: [
      { name: 'key', value: key },
      { name: 'entry', value: entry.id },
    ],
    sentence: client.phone !== null && first !== undefined ? sentence(entry, first) : undefined,
    turn: isFirst ? undefined : t('staff.waitingList.notFirst', { count: places.findIndex((p) => p.entry === entry) }),
    standing: offer && { text: whenOf(offer), value: valueAt(offer.time.start) },
    starts: starts.map((start) => {
      const text = whenOf(start);
      return {
        text,
        value: valueAt(start.time.start),
        note: start.kind === 'fits' ? undefined : t(`staff.waitingList.kind.${start.kind}`),
        // Nothing else is offered while an offer stands; it can be booked instead.
        offer:
          start.mayOffer && !offer
            ? {
                text: t(client.email === null ? 'staff.waitingList.reserve' : 'staff.waitingList.offer'),
                label: t('staff.waitingList.label', {
                  deed: t(client.email === null ? 'staff.waitingList.reserve' : 'staff.waitingList.offer'),
                  when: text,
                }),
              }
            : undefined,
        bookLabel: t('staff.waitingList.label', { deed: t('staff.waitingList.book'), when: text }),
      };
    }),
    bookText: t('staff.waitingList.book'),
    leaveLabel: t('staff.waitingList.label', { deed: t('staff.waitingList.leave'), when: client.name }),
    noMail: client.email === null,
  };
}
