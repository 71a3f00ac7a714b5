import { MINUTE } from '../../../../../src/domain/calendar/interval';
import type { QueueEntry } from '../../../../../src/domain/queue/entry';
import { boardView, laneOf } from '../../../../../src/http/staff/day/board/view';
import { dayQueryOf } from '../../../../../src/http/staff/day/query';
import { aBooking, aClient, aDesk, anAdvisor, aQueueEntry, aTopic, span } from '../../../../support/builders';
import { ENGLISH_STAFF, RECEPTIONIST } from '../../../../support/readers';
import { around, BOARD, bookedAt, plansOf, takenBy } from '../support';

const at = (time: string) => Date.parse(`2026-12-01T${time}:00+01:00`);
const topics = [
  aTopic({ shortName: { de: 'Aufenthalt', en: 'Residence' } }),
  aTopic({ id: 'career', name: { de: 'Beruf und Karriere', en: 'Career' }, durationMinutes: 60 }),
];
const one = aDesk({ topics, advisors: [anAdvisor({ id: 'a1', topics: ['residence', 'career'] })] });

/** The first lane at a moment of Tuesday, 1 December, with these bookings. */
function laneAt(
  now: string,
  bookings = [bookedAt('10:00')],
  more: Parameters<typeof plansOf>[0] = {},
  reader = around().reader,
) {
  const facts = { desk: one, now: at(now), bookings, taken: takenBy(bookings), ...more };
  const { lanes } = boardView({ ...plansOf(facts), query: BOARD }, around({ desk: one, now: at(now), reader }));
  return lanes[0];
}

/** The first card, as far as its state decides. */
function cardAt(now: string, part: Parameters<typeof bookedAt>[1], more: Parameters<typeof plansOf>[0] = {}) {
  const card = laneAt(now, [bookedAt('10:00', part)], more)?.items.find((item) => 'isBooking' in item);
  if (!card || !('isBooking' in card)) throw new Error('no card');
  const { state, sign, stateText, deeds } = card;
  return [state, sign, stateText, deeds.map(({ text, isOpen, opens }) => `${text}${isOpen ? '' : ` ab ${opens}`}`)];
}

describe('A lane of the board', () => {
  it('has a card with all that is to be known, and what the time after it is good for', () => {
    const booking = bookedAt('10:00', {
      id: 'b1',
      version: 3,
      client: aClient({ name: 'Aminata Diarrasou' }),
      mode: 'video',
      note: 'Two of us.',
      attendees: 1,
      urgent: true,
      blockedUntil: at('10:45'),
    });
    const lane = laneAt('09:00', [booking]);
    expect(lane).toStrictEqual({
      key: 'a1',
      date: '2026-12-01',
      advisorId: 'a1',
      href: '/staff/expat-desk/day/2026-12-01?lane=a1',
      title: 'Ada Beispiel',
      titleHref: '/staff/expat-desk/day/2026-12-01?view=week&advisor=a1',
      own: false,
      languages: 'Deutsch und Englisch',
      spans: '09:00–17:00',
      free: 'jetzt frei',
      count: '1 Termin',
      items: [
        {
          start: at('09:00'),
          from: '09:00',
          to: '10:00',
          isGap: true,
          href: '/staff/expat-desk/bookings/new?date=2026-12-01&start=2026-12-01T09%3A00%3A00%2B01%3A00&advisor=a1',
          until: '+ bis 10:00',
          use: '60 Min.: alle Themen',
          label: 'Frei 09:00–10:00: 60 Min.: alle Themen',
        },
        {
          start: at('10:00'),
          from: '10:00',
          to: '10:30',
          isBooking: true,
          id: 'b1',
          version: 3,
          href: '/staff/bookings/b1',
          time: '10:00',
          client: 'Aminata Diarrasou',
          code: 'EN',
          topic: 'Aufenthalt',
          state: 'confirmed',
          sign: '○',
          stateText: 'Gebucht',
          isUsual: true,
          marks: [
            { kind: 'urgent', text: 'dringend' },
            { kind: 'video', text: 'Video' },
            { kind: 'note', text: 'Mitteilung' },
          ],
          label: '10:00–10:30, Aminata Diarrasou, Gebucht, Englisch, Aufenthaltsrecht, dringend, Video, Mitteilung',
          deeds: [
            {
              what: 'check-in',
              href: '/staff/bookings/b1/check-in',
              text: 'Ist da',
              label: 'Ist da: Aminata Diarrasou',
              opens: '09:00',
              isOpen: true,
            },
            {
              what: 'no-show',
              href: '/staff/bookings/b1/no-show',
              text: 'Nicht gekommen',
              label: 'Nicht gekommen: Aminata Diarrasou',
              opens: '10:05',
              isOpen: false,
            },
          ],
          video: undefined,
        },
        { start: at('10:30'), from: '10:30', to: '10:45', isTail: true },
        {
          start: at('10:45'),
          from: '10:45',
          to: '17:00',
          isGap: true,
          href: '/staff/expat-desk/bookings/new?date=2026-12-01&start=2026-12-01T10%3A45%3A00%2B01%3A00&advisor=a1',
          until: '+ bis 17:00',
          use: 'alle Themen',
          label: 'Frei 10:45–17:00: alle Themen',
        },
      ],
    });
  });

  it('marks by sign and word how a booking stands, and offers what is next', () => {
    const came = { checkIns: new Map([[bookedAt('10:00').id, at('09:48')]]) };
    const inQueue = (part: Partial<QueueEntry>) => ({
      queue: new Map([[bookedAt('10:00').id, aQueueEntry({ bookingId: bookedAt('10:00').id, ...part })]]),
    });
    const away = {
      absences: [{ id: 'x', advisorId: 'a1', time: span('2026-12-01T10:00:00+01:00', 60), reason: null }],
    };
    expect([
      cardAt('08:30', {}),
      cardAt('09:00', {}),
      cardAt('10:04', {}),
      cardAt('10:12', {}),
      cardAt('09:50', { status: 'checked_in' }, came),
      cardAt('10:12', { status: 'checked_in' }, came),
      cardAt('10:12', { status: 'checked_in' }, { ...came, ...inQueue({ state: 'called', calledAt: at('10:01') }) }),
      cardAt('10:12', { status: 'checked_in' }, { ...came, ...inQueue({ state: 'started', startedAt: at('10:02') }) }),
      cardAt('10:42', { status: 'checked_in' }, { ...came, ...inQueue({ state: 'started', startedAt: at('10:02') }) }),
      cardAt('10:12', { status: 'completed' }, inQueue({ state: 'started', startedAt: at('10:02') })),
      cardAt('10:12', { status: 'no_show' }),
      cardAt('09:00', {}, away),
    ]).toEqual([
      ['confirmed', '○', 'Gebucht', ['Ist da ab 09:00', 'Nicht gekommen ab 10:05']],
      ['confirmed', '○', 'Gebucht', ['Ist da', 'Nicht gekommen ab 10:05']],
      ['confirmed', '○', 'Gebucht', ['Ist da', 'Nicht gekommen ab 10:05']],
      ['late', '⚠', '12 Min. zu spät', ['Ist da', 'Nicht gekommen']],
      ['here', '●', 'da seit 09:48', ['Beginnt', 'Erledigt ab 10:00']],
      ['here', '●', 'da seit 09:48', ['Beginnt', 'Erledigt']],
      ['here', '●', 'aufgerufen um 10:01', ['Beginnt', 'Erledigt']],
      ['consulting', '▶', 'in Beratung seit 10:02', ['Erledigt']],
      ['consulting', '▶', '12 Min. länger als geplant', ['Erledigt']],
      ['done', '✓', 'Erledigt', []],
      ['missed', '✗', 'Nicht gekommen', []],
      ['needs', '!', 'Umzuplanen', ['Ist da', 'Nicht gekommen ab 10:05']],
    ]);
  });

  it('offers nothing on another day, and an advisor nothing at a colleague’s', () => {
    const deeds = (now: number, staff = RECEPTIONIST) => {
      const bookings = [bookedAt('10:00')];
      const facts = plansOf({ desk: one, now, bookings, taken: takenBy(bookings) });
      const { lanes } = boardView({ ...facts, query: BOARD }, around({ desk: one, now, staff }));
      return lanes.flatMap(({ items }) => items.flatMap((item) => ('deeds' in item ? item.deeds : [])));
    };
    expect(deeds(at('09:30'))).toHaveLength(2);
    expect(deeds(at('09:30') - 24 * 60 * MINUTE)).toEqual([]);
    expect(deeds(at('09:30'), { ...RECEPTIONIST, role: 'advisor', advisorId: 'a2' })).toEqual([]);
    expect(deeds(at('09:30'), { ...RECEPTIONIST, role: 'advisor', advisorId: 'a1' })).toHaveLength(2);
  });

  it('says of a short gap what fits into it and what does not', () => {
    const lane = laneAt('08:00', [bookedAt('09:00'), bookedAt('10:00', { id: 'b2' }), bookedAt('10:45', { id: 'b3' })]);
    expect(lane?.items.flatMap((item) => ('use' in item ? [`${item.from} ${item.use}`] : []))).toEqual([
      '09:30 30 Min.: Aufenthalt; nicht Beruf und Karriere',
      '10:30 15 Min.: zu kurz für alle Themen',
      '11:15 alle Themen',
    ]);
    expect([lane?.free, lane?.count]).toEqual(['frei ab 09:30', '3 Termine']);
  });

  it('tells in English what is closed, who is away, and until when a client holds a slot', () => {
    const lane = laneAt(
      '08:00',
      [],
      {
        desk: {
          ...one,
          hours: {
            ...one.hours,
            rules: [
              ['09:00', '12:00'],
              ['13:00', '17:00'],
            ].map(([start = '', end = '']) => ({ rrule: 'FREQ=DAILY', start, end })),
          },
        },
        absences: [{ id: 'x', advisorId: 'a1', time: span('2026-12-01T15:00:00+01:00', 120), reason: null }],
        taken: [
          {
            advisorId: 'a1',
            time: span('2026-12-01T09:00:00+01:00', 180),
            consultation: span('2026-12-01T09:00:00+01:00', 180),
            heldUntil: at('08:12'),
          },
        ],
      },
      ENGLISH_STAFF,
    );
    expect(lane?.items.map((item) => `${item.from}–${item.to} ${'text' in item ? item.text : ''}`)).toEqual([
      '09:00–12:00 being booked just now (until 08:12)',
      '12:00–13:00 closed',
      '13:00–15:00 ',
      '15:00–17:00 away until 17:00',
    ]);
  });
});

describe('The board', () => {
  const many = (count: number) =>
    aDesk({ advisors: Array.from({ length: count }, (_, i) => anAdvisor({ id: `p${i}`, name: `Person ${i}` })) });
  const boardOf = (
    desk: ReturnType<typeof aDesk>,
    fields: Record<string, string> = {},
    more: Parameters<typeof plansOf>[0] = {},
  ) => {
    const now = more.now ?? at('09:30');
    return boardView({ ...plansOf({ desk, now, ...more }), query: dayQueryOf(fields) }, around({ desk, now }));
  };

  it('has columns for up to twelve people on duty, and rows for more', () => {
    expect([boardOf(many(12)).layout, boardOf(many(13)).layout]).toEqual(['columns', 'rows']);
  });

  it('has whole hours, and the line of the time within them on its own day', () => {
    const { from, to, hours, now } = boardOf(many(1));
    expect([from, to, hours.length, hours[0], now]).toEqual(['09:00', '17:00', 8, '09:00', '09:30']);
    expect(boardOf(many(1), {}, { now: at('08:59') }).now).toBeUndefined();
    expect(boardOf(many(1), {}, { now: at('17:00') }).now).toBeUndefined();
    expect(boardOf(many(1), {}, { date: '2026-12-02' }).now).toBeUndefined();
  });

  it('folds who is not on duty and has no booking', () => {
    const rules = [{ rrule: 'FREQ=WEEKLY;BYDAY=MO', start: '09:00', end: '17:00' }];
    const advisors = ['here', 'off', 'off-but-booked'].map((id) =>
      anAdvisor({ id, name: id, workingRules: id === 'here' ? [] : rules }),
    );
    const bookings = [aBooking({ advisorId: 'off-but-booked' })];
    const { lanes, folded } = boardOf(aDesk({ advisors }), {}, { bookings });
    expect(lanes.map(({ key }) => key)).toEqual(['here', 'off-but-booked']);
    expect(folded).toEqual({ text: '1 nicht im Dienst', names: 'off' });
  });

  it('shows whom the filter means, and says how many', () => {
    const advisors = [
      anAdvisor({ id: 'fr', languages: ['de', 'fr'], topics: ['career'] }),
      anAdvisor({ id: 'en', languages: ['de', 'en'], topics: ['residence'] }),
      anAdvisor({ id: 'busy', languages: ['de', 'en'], topics: ['residence', 'career'] }),
      anAdvisor({
        id: 'off',
        languages: ['de'],
        topics: [],
        workingRules: [{ rrule: 'FREQ=DAILY', start: '06:00', end: '07:00' }],
      }),
    ];
    const desk = aDesk({ advisors });
    const bookings = [bookedAt('09:30', { advisorId: 'busy' }, 60), bookedAt('11:00', { id: 'b2', advisorId: 'off' })];
    const shown = (fields: Record<string, string>) => {
      const { lanes, hidden } = boardOf(desk, fields, { bookings, taken: takenBy(bookings) });
      return `${lanes.map(({ key }) => key).join(' ')}${hidden ? `, ${hidden}` : ''}`;
    };
    expect([
      shown({}),
      shown({ language: 'fr' }),
      shown({ topic: 'career' }),
      shown({ language: 'en', topic: 'residence' }),
      shown({ duty: '1' }),
      shown({ soon: '1' }),
    ]).toEqual([
      'fr en busy off',
      'fr, 1 von 4 gezeigt',
      'fr busy, 2 von 4 gezeigt',
      'en busy, 2 von 4 gezeigt',
      'fr en busy, 3 von 4 gezeigt',
      'fr en, 2 von 4 gezeigt',
    ]);
  });

  it('shows the week of one advisor with a column for each day on which the desk is open', () => {
    const bookings = [bookedAt('10:00', { advisorId: 'a2' })];
    const query = dayQueryOf({ view: 'week', advisor: 'a2' });
    const facts = { ...plansOf({ bookings, taken: takenBy(bookings) }), query };
    const { layout, lanes } = boardView(facts, around());
    expect([layout, lanes.map(({ title, count }) => `${title}: ${count}`)]).toEqual([
      'columns',
      [
        'Mo, 30. November: 0 Termine',
        'Di, 1. Dezember: 1 Termin',
        'Mi, 2. Dezember: 0 Termine',
        'Do, 3. Dezember: 0 Termine',
        'Fr, 4. Dezember: 0 Termine',
      ],
    ]);
    expect(laneOf(facts, '2026-12-01', around())?.items).toEqual(lanes[1]?.items);
    expect(laneOf(facts, '2026-12-05', around())).toBeUndefined();
  });
});
