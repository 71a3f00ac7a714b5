import type { Desk } from '../../src/domain/desk';
import type { WaitingEntry, WaitingWish } from '../../src/domain/waiting/entry';
import { parseWaitToken } from '../../src/domain/waiting/link';
import type { TestApp } from './app';
import { aClient, aDesk, anAdvisor } from './builders';

/** A desk with two starts within the horizon, both next Tuesday: at 9:00 and at 9:30, with one advisor. */
export function aSmallDesk(part: Partial<Desk> = {}): Desk {
  const { hours, ...desk } = aDesk({ horizonDays: 10, advisors: [anAdvisor()] });
  return {
    ...desk,
    hours: { ...hours, rules: [{ rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '09:00', end: '10:00' }] },
    ...part,
  };
}

/** Whoever waits for residence law in English, on any day. */
export function aWish(part: Partial<WaitingWish> = {}): WaitingWish {
  return {
    ...{ topicId: 'residence', languages: ['en'], mode: null, from: null, until: null },
    ...{ weekdays: [], after: null, before: null, deadline: null },
    ...part,
  };
}

/** Puts somebody on the waiting list through the real use case, a moment after who came before. */
export async function waits(
  { app, storage, clock }: Pick<TestApp, 'app' | 'storage' | 'clock'>,
  name: string,
  { earlierThan, ...wish }: Partial<WaitingWish> & { readonly earlierThan?: string } = {},
) {
  clock.advance(1);
  const client = aClient({ name, email: `${name.toLowerCase()}@client.example` });
  const { value } = await app.joinWaitingList({ deskId: 'expat-desk', wish: aWish(wish), client, earlierThan });
  const entry = async () => (await storage.waiting.find(parseWaitToken(value.token)?.entryId ?? '')) as WaitingEntry;
  return { ...value, entry };
}
