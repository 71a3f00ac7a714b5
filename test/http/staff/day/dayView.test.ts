import { dayPlan } from '../../../../src/http/staff/day/plan';
import { dayView } from '../../../../src/http/staff/day/view';
import { aBooking, aClient, aDesk, aTaken, NOW, span, TUESDAY_NINE } from '../../../support/builders';
import { ENGLISH_STAFF, GERMAN_STAFF, RECEPTIONIST } from '../../../support/readers';

describe('The view of a day', () => {
  it('has a column for each advisor, the numbers, what is printed and what was cancelled', () => {
    const desk = aDesk();
    const date = '2026-12-01';
    const booking = aBooking({ attendees: 2, note: 'Two of us.', client: aClient({ phone: '+492115550100' }) });
    const cancelled = aBooking({ id: 'b2', reference: 'AAAA-BBBB', advisorId: 'a2', status: 'cancelled' });
    const held = span('2026-12-01T10:00:00+01:00', 45);
    const consultation = span('2026-12-01T10:00:00+01:00', 30);
    const plan = dayPlan({
      desk,
      date,
      now: NOW,
      bookings: [booking, cancelled],
      absences: [{ id: 'x', advisorId: 'a2', time: span('2026-12-01T12:00:00+01:00', 300), reason: null }],
      taken: [
        aTaken({ advisorId: 'a1', time: TUESDAY_NINE }),
        aTaken({ advisorId: 'a2', time: held, consultation, heldUntil: NOW + 1 }),
      ],
      ownAdvisorId: null,
    });
    const facts = {
      desk,
      date,
      now: NOW,
      plan,
      staff: RECEPTIONIST,
      view: 'table' as const,
      printEach: true,
      isWrongDate: false,
      otherDesks: [aDesk({ id: 'welcome', name: { de: 'Willkommen', en: 'Welcome' } })],
    };
    expect(dayView(facts, ENGLISH_STAFF)).toStrictEqual({
      title: 'Day: Tuesday, 1 December 2026',
      heading: 'Tuesday, 1 December 2026',
      wide: true,
      date: '2026-12-01',
      view: 'table',
      formAction: '/staff/expat-desk/day',
      previousHref: '/staff/expat-desk/day/2026-11-30?view=table',
      nextHref: '/staff/expat-desk/day/2026-12-02?view=table',
      todayHref: '/staff/expat-desk/day?view=table',
      isToday: false,
      calendarHref: '/staff/expat-desk/day/2026-12-01',
      tableHref: '/staff/expat-desk/day/2026-12-01?view=table',
      isTable: true,
      closed: null,
      reason: null,
      counts: [
        {
          state: 'confirmed',
          text: '1 booked',
        },
        {
          state: 'cancelled',
          text: '1 cancelled',
        },
      ],
      columns: [
        {
          id: 'a1',
          name: 'Ada Beispiel',
          own: false,
          languages: 'German and English',
          hours: ['09:00–17:00'],
          away: [],
          free: ['09:30–17:00'],
          held: [],
          newHref: '/staff/expat-desk/bookings/new?date=2026-12-01&advisor=a1',
          newLabel: 'Book with Ada Beispiel',
          localHours: '09:00-17:00',
          localAway: '',
          localFree: '09:30-17:00',
          localHeld: '',
          localBuffers: '',
          bookings: [
            {
              href: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962',
              reference: 'K7MQ-4XWT',
              day: 'Tue, 1 December',
              span: '09:00–09:30',
              localStart: '2026-12-01T09:00',
              localEnd: '2026-12-01T09:30',
              client: 'Kim Probe',
              language: 'English',
              topic: 'Residence law',
              mode: 'in person',
              advisor: 'Ada Beispiel',
              video: undefined,
              state: 'confirmed',
              stateText: 'Booked',
            },
          ],
        },
        {
          id: 'a2',
          name: 'Bo Muster',
          own: false,
          languages: 'German, English and Japanese',
          hours: ['09:00–17:00'],
          away: ['12:00–17:00'],
          free: ['09:00–10:00', '10:45–12:00'],
          held: ['10:00–10:30'],
          newHref: '/staff/expat-desk/bookings/new?date=2026-12-01&advisor=a2',
          newLabel: 'Book with Bo Muster',
          localHours: '09:00-17:00',
          localAway: '12:00-17:00',
          localFree: '09:00-10:00 10:45-12:00',
          localHeld: '10:00-10:30',
          localBuffers: '10:30-10:45',
          bookings: [],
        },
      ],
      printEach: true,
      printEachHref: '/staff/expat-desk/day/2026-12-01?view=table&print=advisors',
      printed: [
        {
          name: 'Ada Beispiel',
          lines: [
            {
              href: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962',
              reference: 'K7MQ-4XWT',
              day: 'Tue, 1 December',
              span: '09:00–09:30',
              localStart: '2026-12-01T09:00',
              localEnd: '2026-12-01T09:30',
              client: 'Kim Probe',
              language: 'English',
              topic: 'Residence law',
              mode: 'in person',
              advisor: 'Ada Beispiel',
              video: undefined,
              state: 'confirmed',
              stateText: 'Booked',
              isShort: true,
              words: [
                {
                  text: 'Kim',
                  isEndless: false,
                },
                {
                  text: 'Probe',
                  isEndless: false,
                },
              ],
              phone: '+49 211 5550100',
              onBehalfOf: null,
              attendees: 2,
              note: 'Two of us.',
            },
          ],
        },
      ],
      cancelled: [
        {
          href: '/staff/bookings/b2',
          reference: 'AAAA-BBBB',
          day: 'Tue, 1 December',
          span: '09:00–09:30',
          localStart: '2026-12-01T09:00',
          localEnd: '2026-12-01T09:30',
          client: 'Kim Probe',
          language: 'English',
          topic: 'Residence law',
          mode: 'in person',
          advisor: 'Bo Muster',
          video: undefined,
          state: 'cancelled',
          stateText: 'Cancelled',
        },
      ],
      isEmpty: false,
      grounds: [
        {
          kind: 'free',
          text: 'free',
        },
        {
          kind: 'held',
          text: 'being booked',
        },
        {
          kind: 'buffer',
          text: 'buffer',
        },
        {
          kind: 'away',
          text: 'away',
        },
      ],
      isIdle: false,
      localNow: '2026-11-24T10:00',
      fromHour: '09:00',
      toHour: '17:00',
      zone: 'Central European Standard Time',
      errors: undefined,
      desks: [
        {
          href: '/staff/welcome/day',
          text: 'Welcome',
        },
      ],
      styles: ['/assets/event-calendar/event-calendar.min.css'],
      scripts: [
        {
          src: '/assets/event-calendar/event-calendar.min.js',
        },
        {
          src: '/assets/staffDay.js',
          module: true,
        },
      ],
    });
  });

  it('says in German why the desk is closed, and that the day that was asked for does not exist', () => {
    const desk = aDesk({ advisors: aDesk().advisors.slice(0, 1) });
    const date = '2026-12-25';
    const plan = dayPlan({ desk, date, now: NOW, bookings: [], absences: [], taken: [], ownAdvisorId: 'a1' });
    const facts = {
      desk,
      date,
      now: NOW,
      plan,
      staff: RECEPTIONIST,
      view: 'calendar' as const,
      printEach: false,
      isWrongDate: true,
      otherDesks: [],
    };
    expect(dayView(facts, GERMAN_STAFF)).toStrictEqual({
      title: 'Tag: Freitag, 25. Dezember 2026',
      heading: 'Freitag, 25. Dezember 2026',
      wide: true,
      date: '2026-12-25',
      view: undefined,
      formAction: '/staff/expat-desk/day',
      previousHref: '/staff/expat-desk/day/2026-12-24',
      nextHref: '/staff/expat-desk/day/2026-12-26',
      todayHref: '/staff/expat-desk/day',
      isToday: false,
      calendarHref: '/staff/expat-desk/day/2026-12-25',
      tableHref: '/staff/expat-desk/day/2026-12-25?view=table',
      isTable: false,
      closed: 'Geschlossen: 1. Weihnachtstag (Feiertag).',
      reason: null,
      counts: [],
      columns: [
        {
          id: 'a1',
          name: 'Ada Beispiel',
          own: true,
          languages: 'Deutsch und Englisch',
          hours: [],
          away: [],
          free: [],
          held: [],
          newHref: null,
          newLabel: 'Bei Ada Beispiel eintragen',
          localHours: '',
          localAway: '',
          localFree: '',
          localHeld: '',
          localBuffers: '',
          bookings: [],
        },
      ],
      printEach: false,
      printEachHref: '/staff/expat-desk/day/2026-12-25?print=advisors',
      printed: [],
      cancelled: [],
      isEmpty: true,
      grounds: [],
      isIdle: true,
      localNow: '2026-11-24T10:00',
      fromHour: '09:00',
      toHour: '17:00',
      zone: 'Mitteleuropäische Normalzeit',
      errors: [
        {
          href: '#date',
          text: 'Bitte einen Tag angeben, den es gibt, zum Beispiel 2026-12-01.',
        },
      ],
      desks: [],
      styles: ['/assets/event-calendar/event-calendar.min.css'],
      scripts: [
        {
          src: '/assets/event-calendar/event-calendar.min.js',
        },
        {
          src: '/assets/staffDay.js',
          module: true,
        },
      ],
    });
  });
});
