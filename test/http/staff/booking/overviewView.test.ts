import { overviewView } from '../../../../src/http/staff/booking/overview/view';
import {
  aBooking,
  aClient,
  aDeskThatAsks,
  anEvent,
  aQuestion,
  aReceptionist,
  aSentMail,
  NOW,
  span,
} from '../../../support/builders';
import { ENGLISH_STAFF, GERMAN_STAFF, RECEPTIONIST } from '../../../support/readers';

/** Nobody can note one yet. */
const NO_OUTCOME = {
  ...{ kind: null, steps: [], partner: undefined, follows: undefined, followedBy: [], isMissing: false },
  ...{ noteHref: undefined, followUpHref: undefined, stepsHref: undefined, elsewhereHref: undefined },
};

describe('The overview of a booking', () => {
  it('has everything about the booking, the next steps, its mails and its history, the latest first', () => {
    const booking = aBooking({
      mode: 'video',
      version: 3,
      tied: true,
      attendees: 2,
      note: 'Two of us.',
      answers: { visa: 'D' },
      client: aClient({ phone: '+492115550100' }),
      onBehalfOf: { name: 'Noor Muster', organisation: 'Muster GmbH' },
      people: [
        { name: 'Noor Muster', email: 'noor@client.example', language: 'ar' },
        { name: 'Ada Beispiel', email: null, language: 'de' },
      ],
      support: ['wheelchair', 'child'],
    });
    const by = aReceptionist();
    const from = { time: span('2026-12-02T10:00:00+01:00', 30), advisorId: 'a2' };
    const facts = {
      desk: aDeskThatAsks([aQuestion()]),
      booking,
      needsSomebody: false,
      history: [anEvent(), anEvent({ type: 'moved', by, reason: 'The advisor is ill.', from })],
      mails: [aSentMail()],
      replies: [],
      hint: null,
      operation: undefined,
      chain: { before: undefined, after: [] },
      staff: RECEPTIONIST,
      now: NOW,
    };
    const others = [{ booking: aBooking({ advisorId: 'a2' }), from: 'a1', to: 'a2' }];
    expect(overviewView(facts, { done: 'moved', others, wrongVideoLink: 'http://x' }, ENGLISH_STAFF)).toStrictEqual({
      ofCase: undefined,
      sendAgain: undefined,
      scripts: [
        { src: '/assets/staffBooking.js', module: true },
        { src: '/assets/staffUndo.js', module: true },
      ],
      reference: 'K7MQ-4XWT',
      client: 'Kim Probe',
      when: 'Tuesday, 1 December 2026, 09:00–09:30',
      iso: '2026-12-01T09:00:00+01:00',
      topic: 'Residence law',
      language: 'English',
      mode: 'video',
      advisor: 'Ada Beispiel',
      urgent: false,
      version: 3,
      bookingHref: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962',
      dayHref: '/staff/expat-desk/day/2026-12-01',
      state: 'confirmed',
      stateText: 'Booked',
      title: 'Consultation: Kim Probe',
      needsSomebody: false,
      email: 'kim@client.example',
      phone: '+49 211 5550100',
      phoneHref: 'tel:+492115550100',
      mailLanguage: 'English',
      tied: true,
      attendees: 2,
      onBehalfOf: 'Noor Muster, Muster GmbH',
      interpreting: undefined,
      people: ['Noor Muster (noor@client.example)', 'Ada Beispiel'],
      support: ['Wheelchair, no steps', 'Child comes along'],
      video: {
        link: null,
        isAdvisors: false,
        typed: 'http://x',
        error: 'Please give a link that begins with https://, without a password in it, of at most 500 characters.',
        action: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/video-link',
      },
      note: 'Two of us.',
      answers: [
        {
          key: 'Which visa do you have?',
          value: 'D',
          dir: 'auto',
        },
      ],
      noteDir: 'ltr',
      noteLang: 'en',
      source: 'On the website',
      booked: 'Tuesday, 24 November 2026 at 10:00',
      actions: {
        buttons: [],
        back: undefined,
        moveBack: {
          href: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/move',
          hidden: [
            {
              name: 'start',
              value: '2026-12-02T09:00:00.000Z',
            },
            {
              name: 'advisor',
              value: 'a2',
            },
            {
              name: 'key',
              value: 'back from 3',
            },
          ],
          text: 'Move back: Wed, 2 December, 10:00–10:30, Bo Muster',
        },
        links: [
          {
            href: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/move',
            text: 'Move',
          },
          {
            href: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/cancel',
            text: 'Cancel',
          },
          {
            href: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/false-bookings',
            text: 'Bookings from the same network',
          },
        ],
      },
      undo: {
        href: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/move',
        hidden: [
          {
            name: 'start',
            value: '2026-12-02T09:00:00.000Z',
          },
          {
            name: 'advisor',
            value: 'a2',
          },
          {
            name: 'key',
            value: 'back from 3',
          },
        ],
        text: 'Move back: Wed, 2 December, 10:00–10:30, Bo Muster',
      },
      backs: [],
      done: 'The consultation has been moved.',
      others: ['Tue, 1 December, 09:00–09:30, Kim Probe: Ada Beispiel hands over to Bo Muster'],
      refusal: undefined,
      errors: [
        {
          href: '#videoLink',
          text: 'Please give a link that begins with https://, without a password in it, of at most 500 characters.',
        },
      ],
      typedForm: 'video-link',
      slipHref: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/slip',
      outcome: { ...NO_OUTCOME, noteText: 'Note the outcome' },
      mails: [
        {
          what: 'Confirmation',
          to: 'to the client',
          state: 'sent',
          stateText: 'sent',
          at: 'Tuesday, 24 November 2026 at 10:00',
        },
      ],
      history: [
        {
          what: 'Moved',
          at: 'Tuesday, 24 November 2026 at 10:00',
          who: 'Rezi Empfang',
          reason: 'The advisor is ill.',
          from: 'before: Wed, 2 December, 10:00–10:30, with Bo Muster',
        },
        {
          what: 'Booked',
          at: 'Tuesday, 24 November 2026 at 10:00',
          who: 'the client',
          reason: null,
          from: null,
        },
      ],
    });
  });

  it('says in German what was just done and offers to take it back, in the hour of the consultation', () => {
    const booking = aBooking({ status: 'no_show', source: 'phone', client: aClient({ email: null, language: 'ar' }) });
    const by = aReceptionist();
    const facts = {
      desk: aDeskThatAsks([]),
      booking,
      needsSomebody: false,
      history: [anEvent({ by }), anEvent({ type: 'no_show', by, at: booking.time.start })],
      mails: [],
      replies: [],
      hint: null,
      operation: undefined,
      chain: { before: undefined, after: [] },
      staff: RECEPTIONIST,
      now: booking.time.start + 60_000,
    };
    expect(overviewView(facts, { done: 'no_show' }, GERMAN_STAFF)).toStrictEqual({
      ofCase: undefined,
      sendAgain: undefined,
      scripts: [
        { src: '/assets/staffBooking.js', module: true },
        { src: '/assets/staffUndo.js', module: true },
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
      state: 'missed',
      stateText: 'Nicht gekommen',
      title: 'Termin: Kim Probe',
      needsSomebody: false,
      email: null,
      phone: null,
      phoneHref: null,
      mailLanguage: 'Arabisch',
      tied: false,
      attendees: null,
      onBehalfOf: null,
      interpreting: undefined,
      people: [],
      support: [],
      video: undefined,
      note: null,
      answers: [],
      noteDir: 'rtl',
      noteLang: 'ar',
      source: 'Am Telefon',
      booked: 'Dienstag, 24. November 2026 um 10:00',
      actions: {
        buttons: [
          {
            href: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/check-in',
            text: 'Doch noch gekommen',
            primary: true,
          },
        ],
        back: {
          href: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/reopen',
          text: 'Wieder öffnen',
        },
        moveBack: undefined,
        links: [],
      },
      undo: {
        href: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/reopen',
        text: 'Wieder öffnen',
      },
      backs: [],
      done: 'Vermerkt: Die Person ist nicht gekommen.',
      others: [],
      refusal: undefined,
      errors: undefined,
      typedForm: undefined,
      slipHref: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/slip',
      outcome: { ...NO_OUTCOME, noteText: 'Ergebnis notieren' },
      mails: [],
      history: [
        {
          what: 'Nicht gekommen',
          at: 'Dienstag, 1. Dezember 2026 um 09:00',
          who: 'Rezi Empfang',
          reason: null,
          from: null,
        },
        {
          what: 'Gebucht',
          at: 'Dienstag, 24. November 2026 um 10:00',
          who: 'Rezi Empfang',
          reason: null,
          from: null,
        },
      ],
    });
  });
});
