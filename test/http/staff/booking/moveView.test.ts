import { moveView } from '../../../../src/http/staff/booking/move/view';
import { aBooking, aClient, aDesk, anAdvisor, NOW, span, TUESDAY_NINE } from '../../../support/builders';
import { ENGLISH_STAFF, GERMAN_STAFF } from '../../../support/readers';

const ADA = anAdvisor();
const BO = anAdvisor({ id: 'a2', name: 'Bo Muster' });
const TOO_LONG = 'x'.repeat(501);
const TEN = span('2026-12-01T10:00:00+01:00', 30);

function aSlot(time = TEN, advisors = [ADA, BO]) {
  return { time, blockedUntil: time.end, mode: 'in_person' as const, free: 1, advisors, moves: [] };
}

describe('The view of a move', () => {
  it('has the free times other than the present one, with whom, who will be told, and what is wrong', () => {
    const facts = {
      booking: aBooking(),
      desk: aDesk(),
      date: '2026-12-01',
      receivers: { any: true, advisors: [ADA, BO], everybody: [ADA, BO] },
      advisorId: undefined,
      found: { slots: [aSlot(TUESDAY_NINE), aSlot()], binding: null, nextDay: '2026-12-02' },
      now: NOW,
      key: 'k1',
      fields: { start: '2026-12-01T10:00:00+01:00', reason: TOO_LONG },
      errors: [{ href: '#reason', text: 'Too long.' }],
    };
    expect(moveView(facts, ENGLISH_STAFF)).toStrictEqual({
      against: {
        advisors: [
          { value: 'a1', text: 'Ada Beispiel', selected: true },
          { value: 'a2', text: 'Bo Muster', selected: false },
        ],
        error: undefined,
        isOpen: false,
        time: undefined,
      },
      tells: [
        { value: 'mail', text: 'by mail', selected: true },
        { value: 'phone', text: 'by phone', selected: false },
        { value: 'nobody', text: 'not at all', selected: false },
      ],
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
      timesLegend: 'Free on Tuesday, 1 December 2026',
      times: [
        {
          span: '10:00–10:30',
          advisors: 'Ada Beispiel or Bo Muster',
          id: 'start',
          value: '2026-12-01T10:00:00+01:00',
          running: undefined,
          checked: true,
        },
      ],
      noTimes: 'Nothing is free on this day.',
      nextDay: {
        date: '2026-12-02',
        text: 'Wednesday, 2 December 2026',
        href: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/move?date=2026-12-02',
      },
      title: 'Move the consultation',
      action: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/move',
      date: '2026-12-01',
      people: [
        {
          value: '',
          text: 'Anybody suitable',
          selected: true,
        },
        {
          value: 'a1',
          text: 'Ada Beispiel',
          selected: false,
        },
        {
          value: 'a2',
          text: 'Bo Muster',
          selected: false,
        },
      ],
      hidden: [
        {
          name: 'version',
          value: '1',
        },
        {
          name: 'key',
          value: 'k1',
        },
        {
          name: 'date',
          value: '2026-12-01',
        },
      ],
      notice: 'Kim Probe gets a mail to kim@client.example, language: English.',
      reason: TOO_LONG,
      reasonError: 'Too long.',
      tie: undefined,
      typedForm: 'move',
      exchangeHref: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/exchange',
      hasMail: true,
      submit: 'Move and send the mail',
      errors: [
        {
          href: '#reason',
          text: 'Too long.',
        },
      ],
      refusal: undefined,
    });
  });

  it('says in German whom the booking stays promised to, why nothing is free, and what is nearest', () => {
    const facts = {
      booking: aBooking({ tied: true, client: aClient({ email: null, phone: '+492115550100' }) }),
      desk: aDesk(),
      date: '2026-12-05',
      receivers: { any: false, advisors: [ADA, BO], everybody: [ADA, BO] },
      advisorId: 'a2',
      found: { slots: [], binding: 'hours' as const, nextDay: null },
      now: NOW,
      key: 'k1',
      fields: { start: '2026-12-01T10:00:00+01:00', reason: 'Urlaub' },
      refusal: 'Die Zeit ist vergeben.',
      alternatives: { timeZone: 'Europe/Berlin', slots: [{ time: TEN, free: 1 }] },
    };
    expect(moveView(facts, GERMAN_STAFF)).toStrictEqual({
      against: {
        advisors: [
          { value: 'a1', text: 'Ada Beispiel', selected: true },
          { value: 'a2', text: 'Bo Muster', selected: false },
        ],
        error: undefined,
        isOpen: false,
        time: undefined,
      },
      tells: [
        { value: 'mail', text: 'per Mail', selected: true },
        { value: 'phone', text: 'per Anruf', selected: false },
        { value: 'nobody', text: 'gar nicht', selected: false },
      ],
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
      timesLegend: 'Am nächsten liegen',
      times: [
        {
          span: 'Di, 1. Dezember, 10:00–10:30',
          id: 'start',
          value: '2026-12-01T10:00:00+01:00',
          running: undefined,
          checked: true,
        },
      ],
      noTimes: 'In der Nähe ist nichts frei. Bitte wählen Sie einen anderen Tag.',
      nextDay: null,
      title: 'Termin verschieben',
      action: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/move',
      date: '2026-12-05',
      people: [
        {
          value: 'a1',
          text: 'Ada Beispiel',
          selected: false,
        },
        {
          value: 'a2',
          text: 'Bo Muster',
          selected: true,
        },
      ],
      hidden: [
        {
          name: 'version',
          value: '1',
        },
        {
          name: 'key',
          value: 'k1',
        },
        {
          name: 'date',
          value: '2026-12-05',
        },
        {
          name: 'advisor',
          value: 'a2',
        },
      ],
      notice: 'Kim Probe hat keine Mail-Adresse. Bitte rufen Sie an: +49 211 5550100.',
      reason: 'Urlaub',
      reasonError: undefined,
      tie: {
        label: undefined,
        ticked: undefined,
        stays:
          'Dieser Termin ist Kim Probe mit einer bestimmten Person zugesagt. Er bleibt fest zugesagt, dann mit Bo Muster.',
      },
      typedForm: 'move',
      exchangeHref: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/exchange',
      hasMail: false,
      submit: 'Verschieben',
      errors: undefined,
      refusal: 'Die Zeit ist vergeben.',
    });
  });
});
