import { moveView } from '../../../../src/http/public/manage/move/view';
import { NOW } from '../../../support/builders';
import { aClientWhoReads } from '../../../support/readers';
import { freeAt } from '../journey/stages';
import { aManagedBooking } from './managed';

const managed = aManagedBooking();
/** The first is when the booking is already. */
const slots = freeAt(
  '2026-12-01T09:00:00+01:00',
  '2026-12-01T09:30:00+01:00',
  '2026-12-02T14:00:00+01:00',
  '2026-12-02T14:30:00+01:00',
);

describe('The view of the page that moves a booking', () => {
  it('shows the days to choose from', () => {
    const given = { managed, slots, date: '', from: undefined, now: NOW };
    expect(moveView(given, aClientWhoReads('en'))).toEqual({
      title: 'Move to another time',
      back: '/b/a-token',
      keepHref: '/b/a-token',
      now: 'Tuesday, 1 December 2026, 09:00–09:30',
      zone: 'Central European Standard Time (Europe/Berlin)',
      none: false,
      form: { method: 'post', action: '/b/a-token/move', hidden: [] },
      weeks: [
        {
          name: 'Next week',
          days: [
            {
              date: '2026-12-01',
              name: 'Tuesday, 1 December',
              count: '1 free time',
              hours: '09:30–10:00',
              few: true,
              groups: [
                {
                  id: 'morning',
                  name: 'Morning',
                  times: [
                    {
                      id: 'start-1',
                      value: '2026-12-01T09:30:00+01:00',
                      time: '09:30',
                      label: 'Tuesday, 1 December, 09:30 to 10:00',
                    },
                  ],
                },
              ],
              href: '/b/a-token/move?date=2026-12-01',
            },
            {
              date: '2026-12-02',
              name: 'Wednesday, 2 December',
              count: '2 free times',
              hours: '14:00–15:00',
              few: true,
              groups: [
                {
                  id: 'afternoon',
                  name: 'Afternoon',
                  times: [
                    {
                      id: 'start-1',
                      value: '2026-12-02T14:00:00+01:00',
                      time: '14:00',
                      label: 'Wednesday, 2 December, 14:00 to 14:30',
                    },
                    {
                      id: 'start-2',
                      value: '2026-12-02T14:30:00+01:00',
                      time: '14:30',
                      label: 'Wednesday, 2 December, 14:30 to 15:00',
                    },
                  ],
                },
              ],
              href: '/b/a-token/move?date=2026-12-02',
            },
          ],
        },
      ],
    });
  });

  it('shows the times of the chosen day', () => {
    const given = { managed, slots, date: '2026-12-02', from: undefined, now: NOW };
    expect(moveView(given, aClientWhoReads('de'))).toEqual({
      title: 'Auf andere Zeit verschieben',
      back: '/b/a-token/move',
      keepHref: '/b/a-token',
      now: 'Dienstag, 1. Dezember 2026, 09:00–09:30',
      zone: 'Mitteleuropäische Normalzeit (Europe/Berlin)',
      none: false,
      form: { method: 'post', action: '/b/a-token/move', hidden: [{ name: 'date', value: '2026-12-02' }] },
      day: 'Mittwoch, 2. Dezember',
      count: '2 Termine frei',
      groups: [
        {
          id: 'afternoon',
          name: 'Nachmittag',
          times: [
            {
              id: 'start-1',
              value: '2026-12-02T14:00:00+01:00',
              time: '14:00',
              label: 'Mittwoch, 2. Dezember, 14:00 bis 14:30 Uhr',
            },
            {
              id: 'start-2',
              value: '2026-12-02T14:30:00+01:00',
              time: '14:30',
              label: 'Mittwoch, 2. Dezember, 14:30 bis 15:00 Uhr',
            },
          ],
        },
      ],
      otherDays: { previous: { href: '/b/a-token/move?date=2026-12-01', name: 'Dienstag, 1. Dezember' } },
      weeks: [
        {
          name: 'Nächste Woche',
          days: [
            {
              date: '2026-12-01',
              name: 'Dienstag, 1. Dezember',
              count: '1 Termin frei',
              hours: '09:30–10:00',
              few: true,
              groups: [
                {
                  id: 'morning',
                  name: 'Vormittag',
                  times: [
                    {
                      id: 'start-1',
                      value: '2026-12-01T09:30:00+01:00',
                      time: '09:30',
                      label: 'Dienstag, 1. Dezember, 09:30 bis 10:00 Uhr',
                    },
                  ],
                },
              ],
              href: '/b/a-token/move?date=2026-12-01',
            },
            {
              date: '2026-12-02',
              name: 'Mittwoch, 2. Dezember',
              count: '2 Termine frei',
              hours: '14:00–15:00',
              few: true,
              groups: [
                {
                  id: 'afternoon',
                  name: 'Nachmittag',
                  times: [
                    {
                      id: 'start-1',
                      value: '2026-12-02T14:00:00+01:00',
                      time: '14:00',
                      label: 'Mittwoch, 2. Dezember, 14:00 bis 14:30 Uhr',
                    },
                    {
                      id: 'start-2',
                      value: '2026-12-02T14:30:00+01:00',
                      time: '14:30',
                      label: 'Mittwoch, 2. Dezember, 14:30 bis 15:00 Uhr',
                    },
                  ],
                },
              ],
              href: '/b/a-token/move?date=2026-12-02',
            },
          ],
        },
      ],
    });
  });

  it('shows the nearest times if the chosen one was taken', () => {
    const alternatives = { timeZone: 'Europe/Berlin', slots: freeAt('2026-12-03T10:00:00+01:00') };
    const refused = { text: 'Just taken.', alternatives };
    const given = { managed, slots: [], date: '2026-12-02', from: undefined, refused, now: NOW };
    expect(moveView(given, aClientWhoReads('en'))).toEqual({
      title: 'Move to another time',
      back: '/b/a-token/move',
      keepHref: '/b/a-token',
      now: 'Tuesday, 1 December 2026, 09:00–09:30',
      zone: 'Central European Standard Time (Europe/Berlin)',
      errors: [{ href: '#start-1', text: 'Just taken.' }],
      error: 'Just taken.',
      none: 'No other time is free at present. Call us and we will find a way.',
      form: { method: 'post', action: '/b/a-token/move', hidden: [] },
      groups: [
        {
          id: 'nearest',
          name: 'The nearest free times',
          times: [
            {
              id: 'start-1',
              value: '2026-12-03T10:00:00+01:00',
              time: 'Thu, 3 December, 10:00',
              label: 'Thursday, 3 December, 10:00 to 10:30',
            },
          ],
        },
      ],
      weeks: [],
    });
  });
});
