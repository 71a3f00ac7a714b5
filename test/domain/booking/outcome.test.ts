import { reopen } from '../../../src/domain/booking/attendance';
import type { Booking } from '../../../src/domain/booking/booking';
import { consultationFact } from '../../../src/domain/booking/consultationFact';
import {
  type AskedOutcome,
  assertFollowable,
  type NotedOutcome,
  noteOutcome,
  readOutcome,
  stepIn,
} from '../../../src/domain/booking/outcome';
import { aBooking, aDesk, aPartner, aTopic, TUESDAY_NINE } from '../../support/builders';
import { refusal } from '../../support/refusal';

const PHRASE = { id: 'send', text: { de: 'Zeugnisse schicken.', en: 'Send certificates.' } };
const desk = aDesk({
  topics: [aTopic({ phrases: [PHRASE] })],
  partners: [aPartner(), aPartner({ id: 'closed', retired: true })],
});
const NOW = TUESDAY_NINE.end;
const by = { by: { kind: 'staff' as const, name: 'Ada Beispiel' }, now: NOW };
const DONE: NotedOutcome = { kind: 'done', nextSteps: [], referral: null, group: null };

const asked = (part: Partial<AskedOutcome> = {}): AskedOutcome => ({
  ...{ kind: 'done', nextSteps: [], referral: null, group: null },
  ...part,
});
const read = (part: Partial<AskedOutcome>, booking: Booking = aBooking()) =>
  readOutcome(asked(part), { booking, desk, now: NOW });

/** Returns where the outcome is refused. */
function wrong(part: Partial<AskedOutcome>, booking?: Booking): string[] {
  try {
    read(part, booking);
    return [];
  } catch (error) {
    const { details } = error as { details: { errors: { pointer: string }[] } };
    return details.errors.map(({ pointer }) => pointer);
  }
}

describe('An outcome', () => {
  it('holds a phrase as it read then, and own words in the language in which they were typed', () => {
    const booking = aBooking({ language: 'uk' });
    const { nextSteps } = read(
      { nextSteps: [{ phrase: 'send', due: '2026-12-12' }, { text: 'Call Bo.', language: 'en' }, { text: 'Далі.' }] },
      booking,
    );
    expect(nextSteps).toEqual([
      { text: PHRASE.text, phraseId: 'send', due: '2026-12-12' },
      { text: { en: 'Call Bo.' }, phraseId: null, due: null },
      { text: { uk: 'Далі.' }, phraseId: null, due: null },
    ]);
  });

  it('keeps a phrase and a partner that were noted, also when the desk has them no longer', () => {
    const nextSteps = [{ text: { de: 'Früher.' }, phraseId: 'gone', due: null }];
    const referral = { partnerId: 'closed', consentedAt: 1 };
    const before = aBooking({ status: 'completed', outcome: { ...DONE, nextSteps, referral } });
    expect(read({ nextSteps: [{ phrase: 'gone' }], referral: 'closed' }, before)).toMatchObject({
      nextSteps,
      referral,
    });
    expect(wrong({ nextSteps: [{ phrase: 'gone' }], referral: 'closed' })).toEqual([
      '/nextSteps/0/phrase',
      '/referral/partner',
    ]);
  });

  it('is refused with a day before the consultation, and as a referral to nobody', () => {
    expect(wrong({ nextSteps: [{ text: 'x', due: '2026-11-30' }] })).toEqual(['/nextSteps/0/due']);
    expect(wrong({ nextSteps: [{ text: 'x', due: '2026-12-01' }] })).toEqual([]);
    expect(wrong({ kind: 'referred' })).toEqual(['/referral']);
    expect(wrong({ kind: 'referred', referral: 'authority' })).toEqual([]);
    expect(wrong({ kind: 'done', referral: 'nobody' })).toEqual(['/referral/partner']);
  });

  it('is noted of what is completed alone, once, and taken back by reopening', () => {
    for (const status of ['requested', 'confirmed', 'checked_in', 'no_show', 'cancelled'] as const)
      expect(() => noteOutcome(aBooking({ status }), DONE, by)).toThrow(refusal('booking-not-changeable'));
    const { booking, event } = noteOutcome(aBooking({ status: 'completed' }), DONE, by);
    expect([event?.type, booking.outcome, booking.version]).toEqual(['outcome_noted', DONE, 2]);
    expect(noteOutcome(booking, DONE, by).event).toBeNull();
    expect(reopen(booking, { ...by, last: undefined }).booking).toMatchObject({ status: 'checked_in', outcome: null });
  });

  it('leaves its partner and group in the fact, and whether it was a first consultation', () => {
    const referral = { partnerId: 'authority', consentedAt: NOW };
    const booking = aBooking({ follows: 'first', outcome: { ...DONE, referral, group: 'family' } });
    const facts = { isFollowUp: true, referredTo: 'authority', group: 'family' };
    expect(consultationFact(booking, { timeZone: 'Europe/Berlin' })).toMatchObject(facts);
    expect(consultationFact(aBooking(), { timeZone: 'Europe/Berlin' })).toMatchObject({
      isFollowUp: false,
      referredTo: null,
    });
  });
});

describe('A next step', () => {
  it('is told in the language of the reader, or in one that it has, which is named', () => {
    const step = { text: PHRASE.text, phraseId: 'send', due: null };
    expect(stepIn(step, 'de-simple')).toEqual({ text: PHRASE.text.de, language: 'de' });
    expect(stepIn(step, 'uk')).toEqual({ text: PHRASE.text.en, language: 'en' });
    expect(stepIn({ ...step, text: { uk: 'Далі.' } }, 'de')).toEqual({ text: 'Далі.', language: 'uk' });
  });
});

describe('A follow-up', () => {
  it('is of a consultation that has begun and was not missed or cancelled', () => {
    for (const status of ['confirmed', 'checked_in', 'completed'] as const)
      expect(() => assertFollowable(aBooking({ status }), TUESDAY_NINE.start)).not.toThrow();
    for (const status of ['requested', 'no_show', 'cancelled'] as const)
      expect(() => assertFollowable(aBooking({ status }), NOW)).toThrow(refusal('booking-not-changeable'));
    expect(() => assertFollowable(aBooking(), TUESDAY_NINE.start - 1)).toThrow(refusal('booking-not-changeable'));
  });
});
