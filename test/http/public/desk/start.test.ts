import type { HoursException, HoursRule } from '../../../../src/domain/calendar/hours';
import { startView } from '../../../../src/http/public/desk/start/view';
import { type TestApp, testApp } from '../../../support/app';
import { aDesk, NOW } from '../../../support/builders';
import { aClientWhoReads } from '../../../support/readers';
import { browse, textOf } from '../browser';

const WEEK: HoursRule[] = [
  { rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH', start: '09:00', end: '17:00' },
  { rrule: 'FREQ=WEEKLY;BYDAY=FR', start: '09:00', end: '12:00' },
];

let t: TestApp;

/** The box with the hours of a desk with these rules, as it is read on Tuesday, 24 November 2026 at ten. */
async function hoursBox(
  locale: 'de' | 'en',
  rules: HoursRule[],
  part: { exceptions?: HoursException[]; now?: string } = {},
) {
  const desk = aDesk();
  const hours = { ...desk.hours, rules, exceptions: part.exceptions ?? [] };
  t = await testApp({ desks: [{ ...desk, hours }], ...(part.now ? { now: part.now } : {}) });
  const { text } = await browse(t).get(`/${locale}/expat-desk`).expect(200);
  return textOf({ text: /<aside[\s\S]*?<\/aside>/.exec(text)?.[0] ?? '' });
}

describe('The hours of a desk', () => {
  afterEach(() => t.close());

  it('are sentences, with one way to write a time of day', async () => {
    const box = await hoursBox('en', WEEK);
    expect(box).toContain('Open now, until 17:00');
    expect(box).toContain('Monday to Thursday from 9:00 to 17:00');
    expect(box).toContain('Friday from 9:00 to 12:00');
    expect(box).not.toMatch(/09:|the next/);
  });

  it('are sentences in German', async () => {
    const box = await hoursBox('de', WEEK);
    expect(box).toContain('Jetzt geöffnet, bis 17 Uhr');
    expect(box).toContain('Montag bis Donnerstag von 9 bis 17 Uhr');
    expect(box).toContain('Freitag von 9 bis 12 Uhr');
  });

  it('name single weekdays and two openings of a day', async () => {
    const noonBreak = ['09:00-12:30', '13:30-24:00'].map((times) => {
      const [start = '', end = ''] = times.split('-');
      return { rrule: 'FREQ=WEEKLY;BYDAY=MO,WE,FR', start, end };
    });
    expect(await hoursBox('de', noonBreak)).toContain(
      'Montag, Mittwoch und Freitag von 9 bis 12:30 Uhr und von 13:30 bis 24 Uhr',
    );
  });

  it('that go on beyond midnight are of the day on which they begin', async () => {
    const nights = { rrule: 'FREQ=WEEKLY;BYDAY=FR,SA', start: '22:00', end: '06:00' };
    const part = {
      now: '2026-11-28T00:30:00+01:00',
      exceptions: [
        {
          id: 'x',
          from: '2026-12-05',
          to: '2026-12-06',
          closed: false,
          windows: [{ start: '23:00', end: '05:30' }],
          reason: { de: 'Nikolaus' },
        },
      ],
    };
    const box = await hoursBox('de', [nights], part);
    expect(box).toContain('Jetzt geöffnet, bis 6 Uhr');
    expect(box).toContain('Freitag und Samstag von 22 bis 6 Uhr');
    expect(box).toMatch(/Sa, 5\. Dezember: von 23 bis 5:30 Uhr/);
  });

  it('list the single days for every second Monday, as no sentence about a week would be true', async () => {
    const everySecond = { rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO', start: '09:00', end: '12:00', from: '2026-11-23' };
    const box = await hoursBox('en', [everySecond]);
    expect(box).toContain('Closed. Opens again: Mon, 7 December at 9:00');
    expect(box).toContain('Open in the next 14 days: Mon, 7 December from 9:00 to 12:00');
  });

  it.each([
    ['not yet three months before', 'de', '2026-10-27', /^(?!.*8 bis 16)/s],
    [
      'two months before',
      'de',
      '2026-11-24',
      /Donnerstag von 9 bis 17 Uhr.*Ab Mo, 4. Januar: Montag bis Donnerstag von 8 bis 16 Uhr und Freitag von 9 bis 12 Uhr/s,
    ],
    ['in English', 'en', '2026-11-24', /From Mon, 4 January: Monday to Thursday from 8:00 to 16:00/],
    ['no more on the day itself', 'de', '2027-01-04', /^(?!.*(Ab Mo|9 bis 17)).*Donnerstag von 8 bis 16 Uhr/s],
  ] as const)('announce another week of a later date, %s', async (_, locale, day, said) => {
    const [monToThu, friday] = WEEK as [HoursRule, HoursRule];
    const earlier = { ...monToThu, start: '08:00', end: '16:00', from: '2027-01-04' };
    const rules = [{ ...monToThu, until: '2027-01-04' }, earlier, friday];
    expect(await hoursBox(locale, rules, { now: `${day}T10:00:00+01:00` })).toMatch(said);
  });

  it('list the single days where they are mixed, neighbours of the same hours in one line, without the closures', async () => {
    const firstSaturday = { rrule: 'FREQ=MONTHLY;BYDAY=1SA', start: '10:00', end: '13:00' };
    const day = { id: 'x', from: '2026-12-02', to: '2026-12-03', closed: true, windows: [], reason: { de: 'Ausflug' } };
    const box = await hoursBox('de', [...WEEK, firstSaturday], { exceptions: [day] });
    for (const line of [
      'Di, 24. November bis Do, 26. November von 9 bis 17 Uhr',
      'Fr, 27. November von 9 bis 12 Uhr',
      'Mo, 30. November bis Di, 1. Dezember von 9 bis 17 Uhr',
      'Sa, 5. Dezember von 10 bis 13 Uhr',
      'Mi, 2. Dezember: geschlossen (Ausflug)',
    ])
      expect(box).toContain(line);
    expect(box).not.toContain('Montag bis');
  });

  it('name a pause that comes every week once, and leave room for what else is different', async () => {
    const reason = { de: 'Teambesprechung', en: 'Team meeting' };
    const pauses = [{ start: '12:00', end: '13:00' }];
    const weekly = { id: 'x', from: '2026-12-02', to: '2026-12-03', closed: false, windows: [], pauses, reason };
    const day = { id: 'y', from: '2027-01-07', to: '2027-01-08', closed: true, windows: [], reason: { de: 'Umzug' } };
    const box = await hoursBox('de', WEEK, { exceptions: [{ ...weekly, rrule: 'FREQ=WEEKLY;BYDAY=WE' }, day] });
    expect(box).toContain(
      'Mi, 2. Dezember, Mi, 9. Dezember, Mi, 16. Dezember und weitere Tage: von 9 bis 12 Uhr und von 13 bis 17 Uhr (Teambesprechung)',
    );
    expect(box).toContain('Do, 7. Januar: geschlossen (Umzug)');
  });

  it('name reasons that the desk has in German and English alone as such, also on the page with the times', async () => {
    const reason = { de: 'Umzug', en: 'Moving' };
    const day = { id: 'y', from: '2026-12-02', to: '2026-12-03', closed: true, windows: [], reason };
    await hoursBox('de', WEEK, { exceptions: [day] });
    const said = '<span lang="de" dir="ltr">Umzug</span> · <span lang="en" dir="ltr">Moving</span>';
    const client = browse(t);
    expect((await client.get('/uk/expat-desk').expect(200)).text).toMatch(new RegExp(`hours__closure">[^<]*${said}`));
    const time = '/uk/expat-desk/book/time?language=en&topic=residence&mode=phone&date=2026-12-02';
    expect((await client.get(time).expect(200)).text).toContain(said);
    expect((await client.get(time.replace('/uk/', '/en/')).expect(200)).text).toContain('Moving');
  });

  it('list the single days where they change within two weeks', async () => {
    const [first, friday] = WEEK as [HoursRule, HoursRule];
    const winter = { ...first, start: '10:00', from: '2026-12-01' };
    const box = await hoursBox('en', [{ ...first, until: '2026-12-01' }, winter, friday]);
    expect(box).toContain('Mon, 30 November from 9:00 to 17:00');
    expect(box).toContain('Tue, 1 December to Thu, 3 December from 10:00 to 17:00');
  });

  it.each([
    ['has no hours', []],
    ['opens far off only', [{ rrule: 'FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1', start: '09:00', end: '12:00' }]],
  ])('say so where a desk %s', async (_what, rules: HoursRule[]) => {
    const box = await hoursBox('en', rules);
    expect(box).toContain('Closed');
    expect(box).toContain('Not open in the next 14 days');
  });
});

describe('The view of the start page', () => {
  it('says when the desk is open, what is free first, and what it is about', () => {
    const desk = aDesk();
    const firstFree = [
      { language: 'en', start: Date.parse('2026-11-25T10:30:00+01:00') },
      { language: 'ja', start: null },
    ];
    expect(startView({ desk, firstFree, now: NOW }, aClientWhoReads('en'))).toEqual({
      title: 'Advice for international professionals',
      headline: { de: 'Beratung für internationale Fachkräfte', en: 'Advice for international professionals' },
      about: { de: 'Kostenfreie Erstberatung.', en: 'Free initial advice.' },
      bookHref: '/en/expat-desk/book/language',
      findHref: '/en/expat-desk/find-booking',
      notSureHref: '/en/expat-desk/book/topics',
      open: { now: true, text: 'Open now, until 17:00' },
      hours: ['Monday to Thursday from 9:00 to 17:00', 'Friday from 9:00 to 12:00'],
      closures: ['Fri, 25 December: closed (Christmas Day)', "Fri, 1 January: closed (New Year's Day)"],
      next: [
        {
          language: { text: 'English', lang: 'en', dir: 'ltr' },
          isFree: true,
          when: 'tomorrow, 10:30',
          href: '/en/expat-desk/book/topic?language=en',
        },
        {
          language: { text: '日本語', lang: 'ja', dir: 'ltr' },
          isFree: false,
          when: 'nothing free at present',
          href: '/en/expat-desk/book/topic?language=ja',
        },
      ],
      subscribeHref: '/desks/expat-desk/opening-hours.ics?lang=en',
      onRequest: 'Other languages on request. Call us or write to us.',
      topics: [
        {
          name: { de: 'Aufenthaltsrecht', en: 'Residence law' },
          description: { de: 'Aufenthaltstitel und Behörden.', en: 'Residence permits and authorities.' },
          href: '/en/expat-desk/book/language?topic=residence',
        },
        {
          name: { de: 'Beruf und Karriere', en: 'Career' },
          description: { de: 'Stellensuche und Bewerbung.', en: 'Job search and application.' },
          href: '/en/expat-desk/book/language?topic=career',
        },
      ],
      contact: {
        address: 'Musterplatz 1, 40213 Düsseldorf',
        phone: '+49 211 0000000',
        phoneHref: 'tel:+492110000000',
        email: 'beratung@expat-desk.example',
      },
    });
  });
});

describe('A desk without a paragraph about it', () => {
  it.each([
    ['de', 'Hier können Sie einen Termin buchen.'],
    ['en', 'Here you can book an appointment for a consultation.'],
  ])('says in %s what it is for', async (locale, about) => {
    t = await testApp({ desks: [aDesk({ about: null })] });
    expect(textOf(await browse(t).get(`/${locale}/expat-desk`).expect(200))).toContain(about);
  });
});
