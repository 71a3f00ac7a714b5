import { join } from 'node:path';
import type { CollectMailFacts, Occasion } from '../../src/app/ports/mailWriter';
import type { Booking } from '../../src/domain/booking/booking';
import type { Instant } from '../../src/domain/calendar/interval';
import type { MailFacts } from '../../src/domain/notifications/mailFacts';
import type { Message, WrittenMail } from '../../src/domain/notifications/message';
import { collectMailFacts, type FactsDeps } from '../../src/mail/collectMailFacts';
import { messageWriter, type WriterDeps } from '../../src/mail/mailWriter';
import { contentOf, rawMessage } from '../../src/mail/mime';
import { loadTemplates } from '../../src/presentation/templates';
import { type ClientLocale, loadTexts } from '../../src/presentation/texts';
import { aBooking, aClient, aDesk, NOW, span } from './builders';

const VIEWS = join(__dirname, '..', '..', 'views');

/** What the mail writer and the calendar files need, with the real texts and templates. */
export const mailDeps: FactsDeps & WriterDeps = {
  texts: loadTexts(VIEWS, { production: false }),
  templates: loadTemplates(VIEWS),
  baseUrl: 'https://termine.example',
  mailFrom: null,
  textsVersion: 'of-the-tests',
  manageToken: () => `${'Zm9v'.repeat(10)}abc`,
};

export function mailFacts(part: Partial<FactsDeps> = {}): CollectMailFacts {
  return collectMailFacts({ ...mailDeps, ...part });
}

/** A message that is sent at the moment of the change. */
export type DatedMessage = Message & { readonly date: Instant };

/** Writes the mails of an occasion from what the outbox would store of them. */
export function aMailWriter(part: Partial<FactsDeps> = {}): (occasion: Occasion) => DatedMessage[] {
  return (occasion) => mailFacts(part)(occasion).map((facts) => aMessageFrom(JSON.parse(JSON.stringify(facts))));
}

export function aMessageFrom(facts: MailFacts): DatedMessage {
  return { ...messageWriter(mailDeps)(facts), date: facts.stamp };
}

/** As mailers get it. */
export function written(message: DatedMessage): WrittenMail {
  const { from, to, messageId, date } = message;
  return { from, to, messageId, date, content: contentOf(message) };
}

export function bytesOf(message: DatedMessage): Buffer {
  return rawMessage(written(message));
}

/** An occasion for mails: the client has booked, and the client's calendar has an entry of the booking. */
export function anOccasion(part: Partial<Occasion> = {}): Occasion {
  return {
    desk: aDesk(),
    booking: aBooking(),
    before: null,
    event: { type: 'booked', by: { kind: 'client' }, reason: null },
    calendar: true,
    now: NOW,
    ...part,
  };
}

/**
 * The occasions in the life of one booking: it is booked, moved across the change to summer time on 28 March 2027,
 * cancelled, and restored.
 */
export function aLife(part: Partial<Booking> = {}): {
  booked: Occasion;
  moved: Occasion;
  cancelled: Occasion;
  restored: Occasion;
} {
  const booking = aBooking({ time: span('2027-03-25T09:00:00+01:00', 30), ...part });
  const time = span('2027-03-30T09:00:00+02:00', 30);
  const moved = { ...booking, time, blockedUntil: time.end, sequence: 1, version: 2 };
  const cancelled: Booking = { ...moved, status: 'cancelled', sequence: 2, version: 3 };
  const event = { by: { kind: 'client' }, reason: null } as const;
  return {
    booked: anOccasion({ booking, event: { ...event, type: 'booked' } }),
    moved: anOccasion({ booking: moved, before: booking, event: { ...event, type: 'moved' }, now: NOW + 60_000 }),
    cancelled: anOccasion({
      booking: cancelled,
      before: moved,
      event: { ...event, type: 'cancelled' },
      now: NOW + 120_000,
    }),
    restored: anOccasion({
      booking: { ...cancelled, status: 'confirmed', sequence: 3, version: 4 },
      before: cancelled,
      event: { ...event, type: 'restored' },
      now: NOW + 180_000,
    }),
  };
}

export type Stage = keyof ReturnType<typeof aLife>;
export const STAGES: readonly Stage[] = ['booked', 'moved', 'cancelled', 'restored'];

/** The client's mail at a stage of a booking's life. */
export function aMessage(stage: Stage = 'booked', part: Partial<Booking> = {}): DatedMessage {
  return clientMail(aMailWriter()(aLife(part)[stage]));
}

export function clientMail<M extends Pick<Message, 'recipient'>>(messages: readonly M[]): M {
  const found = messages.find((message) => message.recipient === 'client');
  if (!found) throw new Error('no mail to the client');
  return found;
}

/** The client, with mails in German or English. */
export function reader(language: ClientLocale): Partial<Booking> {
  return { client: aClient({ language, name: language === 'de' ? 'Renée Größe' : 'Kim Probe' }) };
}
