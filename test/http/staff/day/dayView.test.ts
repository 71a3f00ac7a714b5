import { dayQueryOf } from '../../../../src/http/staff/day/query';
import { dayView } from '../../../../src/http/staff/day/view';
import { aBooking, aClient, aDesk, aTaken, NOW, span, TUESDAY_NINE } from '../../../support/builders';
import { ENGLISH_STAFF } from '../../../support/readers';
import { around, plansOf } from './support';

describe('The view of a day', () => {
  it('has a column for each advisor, the numbers, what is printed and what was cancelled', () => {
    const desk = aDesk();
    const date = '2026-12-01';
    const booking = aBooking({ attendees: 2, note: 'Two of us.', client: aClient({ phone: '+492115550100' }) });
    const cancelled = aBooking({ id: 'b2', reference: 'AAAA-BBBB', advisorId: 'a2', status: 'cancelled' });
    const held = span('2026-12-01T10:00:00+01:00', 45);
    const consultation = span('2026-12-01T10:00:00+01:00', 30);
    const plans = plansOf({
      desk,
      date,
      bookings: [booking, cancelled],
      absences: [{ id: 'x', advisorId: 'a2', time: span('2026-12-01T12:00:00+01:00', 300), reason: null }],
      taken: [
        aTaken({ advisorId: 'a1', time: TUESDAY_NINE }),
        aTaken({ advisorId: 'a2', time: held, consultation, heldUntil: NOW + 1 }),
      ],
    });
    const facts = {
      ...plans,
      query: dayQueryOf({ view: 'table' }),
      printEach: true,
      isWrongDate: false,
      otherDesks: [aDesk({ id: 'welcome', name: { de: 'Willkommen', en: 'Welcome' } })],
      did: { booking: aBooking({ status: 'checked_in' }), did: 'checked_in' as const },
    };
    expect(dayView(facts, around({ desk, reader: ENGLISH_STAFF }))).toStrictEqual({
      title: 'Day: Tuesday, 1 December 2026',
      heading: 'Tuesday, 1 December 2026',
      wide: true,
      date: '2026-12-01',
      formAction: '/staff/expat-desk/day',
      previousHref: '/staff/expat-desk/day/2026-11-30?view=table',
      nextHref: '/staff/expat-desk/day/2026-12-02?view=table',
      todayHref: '/staff/expat-desk/day?view=table',
      previousText: 'Previous day',
      nextText: 'Next day',
      hidden: [{ name: 'view', value: 'table' }],
      isToday: false,
      views: [
        { href: '/staff/expat-desk/day/2026-12-01', text: 'Board', current: false },
        { href: '/staff/expat-desk/day/2026-12-01?view=week', text: 'Week', current: false },
        { href: '/staff/expat-desk/day/2026-12-01?view=table', text: 'Table', current: true },
      ],
      strip: [
        {
          date: '2026-11-30',
          href: '/staff/expat-desk/day/2026-11-30?view=table',
          name: 'Mon 30',
          current: false,
          percent: '0 %',
          load: 'taken',
          needs: undefined,
        },
        {
          date: '2026-12-01',
          href: '/staff/expat-desk/day/2026-12-01?view=table',
          name: 'Tue 1',
          current: true,
          percent: '11 %',
          load: 'taken',
          needs: undefined,
        },
        {
          date: '2026-12-02',
          href: '/staff/expat-desk/day/2026-12-02?view=table',
          name: 'Wed 2',
          current: false,
          percent: '0 %',
          load: 'taken',
          needs: undefined,
        },
        {
          date: '2026-12-03',
          href: '/staff/expat-desk/day/2026-12-03?view=table',
          name: 'Thu 3',
          current: false,
          percent: '0 %',
          load: 'taken',
          needs: undefined,
        },
        {
          date: '2026-12-04',
          href: '/staff/expat-desk/day/2026-12-04?view=table',
          name: 'Fri 4',
          current: false,
          percent: '0 %',
          load: 'taken',
          needs: undefined,
        },
      ],
      filter: undefined,
      filterAction: '/staff/expat-desk/day/2026-12-01',
      board: undefined,
      lateText: '# min late',
      collectsMoves: false,
      movesHref: '/api/v1/staff/desks/expat-desk/moves',
      undoMovesHref: '/api/v1/staff/moves/ID/undo',
      overText: '# min longer than planned',
      bookingHref: '/staff/bookings/ID',
      targetsHref: '/staff/bookings/ID/targets',
      keys: expect.any(Array),
      did: {
        client: 'Kim Probe',
        text: 'is here',
        advisorId: 'a1',
        version: 1,
        undoHref: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/undo-check-in',
        outcomeHref: undefined,
      },
      closed: null,
      reached: undefined,
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
          bookings: [
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
              people: '',
              support: '',
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
      localNow: '2026-11-24T10:00',
      zone: 'Central European Standard Time',
      errors: undefined,
      desks: [
        {
          href: '/staff/welcome/day',
          text: 'Welcome',
        },
      ],
      scripts: [
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
    const facts = {
      ...plansOf({ desk, date, ownAdvisorId: 'a1' }),
      query: dayQueryOf({}),
      printEach: false,
      isWrongDate: true,
      otherDesks: [],
      did: undefined,
    };
    expect(dayView(facts, around({ desk }))).toStrictEqual({
      title: 'Tag: Freitag, 25. Dezember 2026',
      heading: 'Freitag, 25. Dezember 2026',
      wide: true,
      date: '2026-12-25',
      formAction: '/staff/expat-desk/day',
      previousHref: '/staff/expat-desk/day/2026-12-24',
      nextHref: '/staff/expat-desk/day/2026-12-28',
      todayHref: '/staff/expat-desk/day',
      previousText: 'Vorheriger Tag',
      nextText: 'Nächster Tag',
      hidden: [],
      isToday: false,
      views: [
        { href: '/staff/expat-desk/day/2026-12-25', text: 'Plan', current: true },
        { href: '/staff/expat-desk/day/2026-12-25?view=week', text: 'Woche', current: false },
        { href: '/staff/expat-desk/day/2026-12-25?view=table', text: 'Tabelle', current: false },
      ],
      strip: [
        {
          date: '2026-12-21',
          href: '/staff/expat-desk/day/2026-12-21',
          name: 'Mo 21.',
          current: false,
          percent: '0 %',
          load: 'belegt',
          needs: undefined,
        },
        {
          date: '2026-12-22',
          href: '/staff/expat-desk/day/2026-12-22',
          name: 'Di 22.',
          current: false,
          percent: '0 %',
          load: 'belegt',
          needs: undefined,
        },
        {
          date: '2026-12-23',
          href: '/staff/expat-desk/day/2026-12-23',
          name: 'Mi 23.',
          current: false,
          percent: '0 %',
          load: 'belegt',
          needs: undefined,
        },
        {
          date: '2026-12-24',
          href: '/staff/expat-desk/day/2026-12-24',
          name: 'Do 24.',
          current: false,
          percent: '0 %',
          load: 'belegt',
          needs: undefined,
        },
        {
          date: '2026-12-25',
          href: '/staff/expat-desk/day/2026-12-25',
          name: 'Fr 25.',
          current: true,
          percent: '–',
          load: 'geschlossen',
          needs: undefined,
        },
      ],
      filter: {
        languages: [
          { value: 'de', text: 'Deutsch', selected: false },
          { value: 'en', text: 'Englisch', selected: false },
        ],
        topics: [
          { value: 'residence', text: 'Aufenthaltsrecht', selected: false },
          { value: 'career', text: 'Beruf und Karriere', selected: false },
        ],
        ticks: [{ name: 'duty', checked: false, text: 'im Dienst' }],
      },
      filterAction: '/staff/expat-desk/day/2026-12-25',
      board: undefined,
      lateText: '# Min. zu spät',
      collectsMoves: false,
      movesHref: '/api/v1/staff/desks/expat-desk/moves',
      undoMovesHref: '/api/v1/staff/moves/ID/undo',
      overText: '# Min. länger als geplant',
      bookingHref: '/staff/bookings/ID',
      targetsHref: '/staff/bookings/ID/targets',
      keys: expect.any(Array),
      did: undefined,
      closed: 'Geschlossen: 1. Weihnachtstag (Feiertag).',
      reached: undefined,
      reason: null,
      counts: [],
      columns: undefined,
      printEach: false,
      printEachHref: '/staff/expat-desk/day/2026-12-25?print=advisors',
      printed: [],
      cancelled: [],
      isEmpty: true,
      localNow: '2026-11-24T10:00',
      zone: 'Mitteleuropäische Normalzeit',
      errors: [
        {
          href: '#date',
          text: 'Bitte einen Tag angeben, den es gibt, zum Beispiel 2026-12-01.',
        },
      ],
      desks: [],
      scripts: [
        {
          src: '/assets/staffDay.js',
          module: true,
        },
      ],
    });
  });
});
