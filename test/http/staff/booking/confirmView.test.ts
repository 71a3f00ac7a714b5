import { type Booking, move } from '../../../../src/domain/booking/booking';
import { confirmView } from '../../../../src/http/staff/booking/confirm/view';
import { aBooking, aClient, aDesk, aReceptionist, NOW, span } from '../../../support/builders';
import { ENGLISH_STAFF, GERMAN_STAFF } from '../../../support/readers';

const BY = { by: aReceptionist(), now: NOW };
const TEN = span('2026-12-02T10:00:00+01:00', 30);
const TEN_WITH_BO = { time: TEN, blockedUntil: TEN.end, advisorId: 'a2', tied: false };
const TOO_LONG = 'x'.repeat(501);
const KIM = aBooking();
const NOOR = aBooking({
  id: 'b2',
  reference: 'AAAA-BBBB',
  advisorId: 'a2',
  time: TEN,
  client: aClient({ name: 'Noor Muster', email: null, phone: '+492115550100' }),
});

describe('The view of a move to be confirmed', () => {
  it('has old and new place, whoever changes their advisor, and that the client is told', () => {
    const booking = aBooking();
    const other = aBooking({ advisorId: 'a2', client: aClient({ name: 'Noor Muster' }), time: TEN });
    const facts = {
      desk: aDesk(),
      booking,
      plan: { moves: [{ before: booking, ...move(booking, TEN_WITH_BO, BY) }] },
      others: [{ booking: other, to: 'a1' }],
      action: '/move',
      backHref: '/back',
      what: 'move' as const,
      hidden: [{ name: 'key', value: 'k1' }],
    };
    expect(confirmView(facts, ENGLISH_STAFF)).toStrictEqual({
      reference: 'K7MQ-4XWT',
      client: 'Kim Probe',
      when: 'Tuesday, 1 December 2026, 09:00–09:30',
      iso: '2026-12-01T09:00:00+01:00',
      topic: 'Residence law',
      language: 'English',
      mode: 'in person',
      advisor: 'Ada Beispiel',
      urgent: false,
      version: 1,
      bookingHref: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962',
      dayHref: '/staff/expat-desk/day/2026-12-01',
      state: 'confirmed',
      stateText: 'Booked',
      action: '/move',
      backHref: '/back',
      hidden: [
        {
          name: 'key',
          value: 'k1',
        },
      ],
      title: 'Confirm the move',
      moves: [
        {
          client: 'Kim Probe',
          reference: 'K7MQ-4XWT',
          from: 'Tuesday, 1 December 2026, 09:00–09:30, Ada Beispiel',
          to: 'Wednesday, 2 December 2026, 10:00–10:30, Bo Muster',
          notice: 'Kim Probe gets a mail to kim@client.example, language: English.',
          hasMail: true,
        },
      ],
      others: ['Wed, 2 December, 10:00–10:30, Noor Muster: Bo Muster hands over to Ada Beispiel'],
      asksReason: false,
      typedForm: undefined,
      reason: undefined,
      reasonError: undefined,
      errors: undefined,
      submit: 'Move and send the mail',
      back: 'Do not move',
    });
  });

  it('says in German who of an exchange gets a mail, who is phoned, and what is wrong with the reason', () => {
    expect(confirmView(anExchange(NOOR, { reason: TOO_LONG }), GERMAN_STAFF)).toStrictEqual({
      reference: 'K7MQ-4XWT',
      client: 'Kim Probe',
      when: 'Dienstag, 1. Dezember 2026, 09:00–09:30',
      iso: '2026-12-01T09:00:00+01:00',
      topic: 'Aufenthaltsrecht',
      language: 'Englisch',
      mode: 'vor Ort',
      advisor: 'Ada Beispiel',
      urgent: false,
      version: 1,
      bookingHref: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962',
      dayHref: '/staff/expat-desk/day/2026-12-01',
      state: 'confirmed',
      stateText: 'Gebucht',
      action: '/exchange',
      backHref: '/back',
      hidden: [
        {
          name: 'key',
          value: 'k1',
        },
      ],
      title: 'Tausch bestätigen',
      moves: [
        {
          client: 'Kim Probe',
          reference: 'K7MQ-4XWT',
          from: 'Dienstag, 1. Dezember 2026, 09:00–09:30, Ada Beispiel',
          to: 'Mittwoch, 2. Dezember 2026, 10:00–10:30, Bo Muster',
          notice: 'Kim Probe bekommt eine Mail an kim@client.example, Sprache: Englisch.',
          hasMail: true,
        },
        {
          client: 'Noor Muster',
          reference: 'AAAA-BBBB',
          from: 'Mittwoch, 2. Dezember 2026, 10:00–10:30, Bo Muster',
          to: 'Dienstag, 1. Dezember 2026, 09:00–09:30, Ada Beispiel',
          notice: 'Noor Muster hat keine Mail-Adresse. Bitte rufen Sie an: +49 211 5550100.',
          hasMail: false,
        },
      ],
      others: [],
      asksReason: true,
      typedForm: 'confirm',
      reason: TOO_LONG,
      reasonError: 'Bitte höchstens 500 Zeichen.',
      errors: [
        {
          href: '#reason',
          text: 'Bitte höchstens 500 Zeichen.',
        },
      ],
      submit: 'Tauschen und Mails senden',
      back: 'Nicht tauschen',
    });
  });

  it('says that nothing changes for clients who keep their time and were promised nobody', () => {
    const noor = aBooking({ ...NOOR, time: KIM.time, client: aClient({ name: 'Noor Muster' }) });
    expect(confirmView(anExchange(noor), ENGLISH_STAFF)).toStrictEqual({
      reference: 'K7MQ-4XWT',
      client: 'Kim Probe',
      when: 'Tuesday, 1 December 2026, 09:00–09:30',
      iso: '2026-12-01T09:00:00+01:00',
      topic: 'Residence law',
      language: 'English',
      mode: 'in person',
      advisor: 'Ada Beispiel',
      urgent: false,
      version: 1,
      bookingHref: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962',
      dayHref: '/staff/expat-desk/day/2026-12-01',
      state: 'confirmed',
      stateText: 'Booked',
      action: '/exchange',
      backHref: '/back',
      hidden: [
        {
          name: 'key',
          value: 'k1',
        },
      ],
      title: 'Confirm the exchange',
      moves: [
        {
          client: 'Kim Probe',
          reference: 'K7MQ-4XWT',
          from: 'Tuesday, 1 December 2026, 09:00–09:30, Ada Beispiel',
          to: 'Tuesday, 1 December 2026, 09:00–09:30, Bo Muster',
          notice: 'Kim Probe gets no mail: nothing changes for Kim Probe.',
          hasMail: false,
        },
        {
          client: 'Noor Muster',
          reference: 'AAAA-BBBB',
          from: 'Tuesday, 1 December 2026, 09:00–09:30, Bo Muster',
          to: 'Tuesday, 1 December 2026, 09:00–09:30, Ada Beispiel',
          notice: 'Noor Muster gets no mail: nothing changes for Noor Muster.',
          hasMail: false,
        },
      ],
      others: [],
      asksReason: false,
      typedForm: undefined,
      reason: undefined,
      reasonError: undefined,
      errors: undefined,
      submit: 'Exchange',
      back: 'Do not exchange',
    });
  });
});

/** Kim's place for the other's, and the other way round. */
function anExchange(other: Booking, part: { reason?: string } = {}) {
  const to = (before: Booking, { time, blockedUntil, advisorId }: Booking) => ({
    before,
    ...move(before, { time, blockedUntil, advisorId, tied: false }, BY),
  });
  return {
    desk: aDesk(),
    booking: KIM,
    plan: { moves: [to(KIM, other), to(other, KIM)] },
    others: [],
    action: '/exchange',
    backHref: '/back',
    what: 'exchange' as const,
    hidden: [{ name: 'key', value: 'k1' }],
    ...part,
  };
}
