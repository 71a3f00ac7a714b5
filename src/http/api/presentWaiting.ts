import type { z } from 'zod';
import type { WaitingPlace } from '../../app/waiting/readWaitingList';
import { toIso } from '../../domain/calendar/zone';
import type { WaitingEntry, WaitingWish } from '../../domain/waiting/entry';
import { windowJson } from './present';
import type * as schema from './schemas';

/** Returns an entry as its client sees it. */
export function waitingJson({ state, offer }: Pick<WaitingEntry, 'state' | 'offer'>, zone: string) {
  return { state, offer: offerJson(offer, zone) };
}

/** Returns all that is stored of an entry, for its client. */
export function waitingDataJson(entry: WaitingEntry, zone: string) {
  const { id, topicId, languages, mode, from, until, weekdays, after, before, deadline, client } = entry;
  return {
    ...{
      id,
      topic: topicId,
      languages: [...languages],
      mode,
      from,
      until,
      weekdays: [...weekdays],
      after,
      before,
      deadline,
    },
    booking: entry.bookingId,
    state: entry.state,
    offers: entry.offers,
    offer: offerJson(entry.offer, zone),
    passed: entry.passed.map((start) => toIso(start, zone)),
    joinedAt: toIso(entry.joinedAt, zone),
    endedAt: entry.endedAt === null ? null : toIso(entry.endedAt, zone),
    client: { name: client.name, email: client.email, phone: client.phone, language: client.language },
  };
}

/** Returns an entry as staff see it. */
export function waitingEntryJson({ entry, position }: WaitingPlace, zone: string) {
  const { passed: _passed, endedAt: _endedAt, ...rest } = waitingDataJson(entry, zone);
  return { ...rest, position };
}

function offerJson(offer: WaitingEntry['offer'], zone: string) {
  if (!offer) return null;
  const { time, mode, language, until } = offer;
  return { ...windowJson(time, zone), mode, language, until: toIso(until, zone) };
}

/** Returns what somebody waits for, from the fields of a request. */
export function wishOf(body: AskedWish): WaitingWish {
  const { topic: topicId, languages, weekdays = [] } = body;
  const { mode = null, from = null, until = null, after = null, before = null, deadline = null } = body;
  return { topicId, languages, mode, from, until, weekdays, after, before, deadline };
}

type AskedWish = Omit<z.output<typeof schema.WaitingRequest>, 'client' | 'consent' | 'earlierThan'>;
