import { listView } from '../../../../src/http/staff/booking/falseBookings/list/view';
import { aBooking, aClient, aDesk } from '../../../support/builders';
import { ENGLISH_STAFF, GERMAN_STAFF } from '../../../support/readers';

describe('The list of false bookings', () => {
  it('has what came from the network, with the booking of the page chosen, and how to look further', () => {
    const booking = aBooking();
    const other = aBooking({ id: 'b2', reference: 'AAAA-BBBB', client: aClient({ name: 'Noor Muster', email: null }) });
    const facts = {
      booking,
      desk: aDesk(),
      listing: { network: 'same' as const, hours: 24 as const, all: false },
      found: [booking, other],
      cancelled: undefined,
      isNothingChosen: true,
    };
    expect(listView(facts, ENGLISH_STAFF)).toStrictEqual({
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
      title: 'False bookings?',
      done: undefined,
      refusal: undefined,
      errors: [
        {
          href: '#b-3b241101-e2bb-4255-8caf-4136c566a962',
          text: 'Please choose at least one booking.',
        },
      ],
      isKnown: true,
      widths: [
        {
          text: 'the same connection',
          href: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/false-bookings?width=same&hours=24',
          current: true,
        },
        {
          text: 'its neighbours as well',
          href: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/false-bookings?width=wider&hours=24',
          current: false,
        },
      ],
      spans: [
        {
          text: '1 hour',
          href: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/false-bookings?width=same&hours=1',
          current: false,
        },
        {
          text: '1 day',
          href: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/false-bookings?width=same&hours=24',
          current: true,
        },
        {
          text: '7 days',
          href: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/false-bookings?width=same&hours=168',
          current: false,
        },
      ],
      found: '2 bookings.',
      list: [
        {
          href: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962',
          reference: 'K7MQ-4XWT',
          day: 'Tue, 1 December',
          span: '09:00–09:30',
          client: 'Kim Probe',
          language: 'English',
          topic: 'Residence law',
          mode: 'in person',
          advisor: 'Ada Beispiel',
          video: undefined,
          state: 'confirmed',
          stateText: 'Booked',
          id: '3b241101-e2bb-4255-8caf-4136c566a962',
          email: 'kim@client.example',
          created: 'Tuesday, 24 November 2026 at 10:00',
          checked: true,
        },
        {
          href: '/staff/bookings/b2',
          reference: 'AAAA-BBBB',
          day: 'Tue, 1 December',
          span: '09:00–09:30',
          client: 'Noor Muster',
          language: 'English',
          topic: 'Residence law',
          mode: 'in person',
          advisor: 'Ada Beispiel',
          video: undefined,
          state: 'confirmed',
          stateText: 'Booked',
          id: 'b2',
          email: null,
          created: 'Tuesday, 24 November 2026 at 10:00',
          checked: false,
        },
      ],
      more: undefined,
      allHref: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/false-bookings?width=same&hours=24&all=1',
      action: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/false-bookings',
      hidden: [],
    });
  });

  it('says in German how many were cancelled and how many not, with all others chosen', () => {
    const facts = {
      booking: aBooking({ status: 'cancelled' }),
      desk: aDesk(),
      listing: { network: 'wider' as const, hours: 168 as const, all: true },
      found: [aBooking({ id: 'b2', reference: 'AAAA-BBBB' })],
      cancelled: { done: 2, kept: 1 },
    };
    expect(listView(facts, GERMAN_STAFF)).toStrictEqual({
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
      state: 'cancelled',
      stateText: 'Abgesagt',
      title: 'Falsche Buchungen?',
      done: '2 Buchungen sind abgesagt. Bei einer war nichts mehr abzusagen. War eine doch echt? Auf ihrer Seite lässt sich die Absage zurücknehmen, solange die Zeit frei ist.',
      refusal: undefined,
      errors: undefined,
      isKnown: true,
      widths: [
        {
          text: 'derselbe Anschluss',
          href: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/false-bookings?width=same&hours=168',
          current: false,
        },
        {
          text: 'auch die Nachbaranschlüsse',
          href: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/false-bookings?width=wider&hours=168',
          current: true,
        },
      ],
      spans: [
        {
          text: '1 Stunde',
          href: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/false-bookings?width=wider&hours=1',
          current: false,
        },
        {
          text: '1 Tag',
          href: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/false-bookings?width=wider&hours=24',
          current: false,
        },
        {
          text: '7 Tage',
          href: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/false-bookings?width=wider&hours=168',
          current: true,
        },
      ],
      found: 'Eine Buchung.',
      list: [
        {
          href: '/staff/bookings/b2',
          reference: 'AAAA-BBBB',
          day: 'Di, 1. Dezember',
          span: '09:00–09:30',
          client: 'Kim Probe',
          language: 'Englisch',
          topic: 'Aufenthaltsrecht',
          mode: 'vor Ort',
          advisor: 'Ada Beispiel',
          video: undefined,
          state: 'confirmed',
          stateText: 'Gebucht',
          id: 'b2',
          email: 'kim@client.example',
          created: 'Dienstag, 24. November 2026 um 10:00',
          checked: true,
        },
      ],
      more: undefined,
      allHref: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/false-bookings?width=wider&hours=168&all=1',
      action: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/false-bookings',
      hidden: [],
    });
  });
});
