import { timeView } from '../../../../src/http/public/journey/time/view';
import { aDesk, aTopic, NOW, span } from '../../../support/builders';
import { aClientWhoReads } from '../../../support/readers';
import { anAnsweredStage, freeAt } from './stages';

const SLOTS = freeAt('2026-12-01T09:00:00+01:00', '2026-12-02T09:00:00+01:00', '2026-12-02T14:30:00+01:00');
const FIRST = SLOTS[0]?.time.start ?? 0;
const NOTHING_ELSE = { desk: aDesk(), first: FIRST, binding: null, relaxed: [] } as const;
const BY_MODE = [
  { mode: 'in_person', start: undefined },
  { mode: 'phone', start: FIRST },
  { mode: 'video', start: span('2026-11-25T09:30:00+01:00', 30).start },
] as const;
const FREE = { slots: SLOTS, firstByMode: BY_MODE, explanation: NOTHING_ELSE };
const WAY = '/en/expat-desk/book/time?language=en&topic=residence';

describe('The view of how, on which day and at what time', () => {
  it('shows each mode with its first time, the earliest time, and the days with their times by week', () => {
    const stage = anAnsweredStage();
    expect(timeView({ stage, free: FREE, now: NOW }, aClientWhoReads('en'))).toEqual({
      title: 'When would suit you?',
      step: { number: 3, total: 5 },
      back: '/en/expat-desk/book/topic?language=en&topic=residence&mode=phone&journey=one-journey',
      chips: [
        {
          of: 'language',
          name: 'Language',
          href: '/en/expat-desk/book/language?language=en&topic=residence&mode=phone&journey=one-journey',
          spoken: { text: 'English', lang: 'en', dir: 'ltr' },
          also: [],
        },
        {
          of: 'topic',
          name: 'Topic',
          href: '/en/expat-desk/book/topic?language=en&topic=residence&mode=phone&journey=one-journey',
          text: 'Residence law · 30 min',
        },
      ],
      form: { method: 'post', action: `${WAY}&mode=phone&journey=one-journey` },
      modes: [
        {
          text: 'In person',
          when: 'nothing free at present',
          href: `${WAY}&mode=in_person&journey=one-journey`,
          isChosen: false,
        },
        { text: 'By phone', when: 'Tue 1 Dec, 9:00', href: `${WAY}&mode=phone&journey=one-journey`, isChosen: true },
        { text: 'By video', when: 'tomorrow, 9:30', href: `${WAY}&mode=video&journey=one-journey`, isChosen: false },
      ],
      where: 'We call you.',
      first: { at: FIRST, value: '2026-12-01T09:00:00+01:00', when: 'Tuesday, 1 December, 09:00' },
      compare: {
        action: '/en/expat-desk/book/time',
        hidden: [
          { name: 'language', value: 'en' },
          { name: 'topic', value: 'residence' },
          { name: 'mode', value: 'phone' },
          { name: 'journey', value: 'one-journey' },
        ],
        options: [
          { id: 'also-1', value: 'de', text: 'Deutsch', lang: 'de', dir: 'ltr', checked: false },
          { id: 'also-2', value: 'ja', text: '日本語', lang: 'ja', dir: 'ltr', checked: false },
        ],
        isUsed: false,
      },
      weeks: [
        {
          name: 'Next week',
          days: [
            {
              date: '2026-12-01',
              name: 'Tuesday, 1 December',
              count: '1 free time',
              hours: '09:00–09:30',
              few: true,
              isOpen: true,
              groups: [
                {
                  id: 'morning',
                  name: 'Morning',
                  times: [
                    {
                      id: 'start-1',
                      value: '2026-12-01T09:00:00+01:00',
                      time: '09:00',
                      label: 'Tuesday, 1 December, 09:00 to 09:30',
                    },
                  ],
                },
              ],
            },
            {
              date: '2026-12-02',
              name: 'Wednesday, 2 December',
              count: '2 free times',
              hours: '09:00–15:00',
              few: true,
              isOpen: false,
              groups: [
                {
                  id: 'morning',
                  name: 'Morning',
                  times: [
                    {
                      id: 'start-1',
                      value: '2026-12-02T09:00:00+01:00',
                      time: '09:00',
                      label: 'Wednesday, 2 December, 09:00 to 09:30',
                    },
                  ],
                },
                {
                  id: 'afternoon',
                  name: 'Afternoon',
                  times: [
                    {
                      id: 'start-2',
                      value: '2026-12-02T14:30:00+01:00',
                      time: '14:30',
                      label: 'Wednesday, 2 December, 14:30 to 15:00',
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
      byDate: {
        action: '/en/expat-desk/book/time',
        hidden: [
          { name: 'language', value: 'en' },
          { name: 'topic', value: 'residence' },
          { name: 'mode', value: 'phone' },
          { name: 'journey', value: 'one-journey' },
        ],
        min: '2026-11-24',
        max: '2027-01-23',
      },
      timeZone: 'Europe/Berlin',
      zone: 'All times are local time at the desk: Central European Standard Time (CET, Europe/Berlin).',
    });
  });

  it('says what is sooner in another language, and where, but leaves the other modes to their own place', () => {
    const explanation = {
      ...NOTHING_ELSE,
      relaxed: [
        { by: 'language', language: 'de', start: span('2026-11-24T14:00:00+01:00', 30).start },
        { by: 'mode', mode: 'video', start: span('2026-11-25T09:30:00+01:00', 30).start },
      ],
    } as const;
    const stage = anAnsweredStage({ also: ['ja'] });
    expect(timeView({ stage, free: { ...FREE, explanation }, now: NOW }, aClientWhoReads('en')).other).toEqual({
      lists: [
        {
          id: 'by-language',
          title: 'By language:',
          ways: [
            { spoken: { text: 'English', lang: 'en', dir: 'ltr' }, text: ': Tue 1 Dec, 9:00' },
            {
              spoken: { text: 'Deutsch', lang: 'de', dir: 'ltr' },
              text: ': today, 14:00',
              href: '/en/expat-desk/book/time?language=de&also=en&also=ja&topic=residence&mode=phone&journey=one-journey',
            },
          ],
          inRow: true,
        },
      ],
      notSooner: 'Nothing is free sooner in Japanese.',
    });
  });

  it('says why nothing is free', () => {
    const explanation = { desk: aDesk(), first: null, binding: 'advisors', relaxed: [] } as const;
    const free = { slots: [], firstByMode: [{ mode: 'phone', start: undefined }] as const, explanation };
    const view = timeView({ stage: anAnsweredStage(), free, now: NOW }, aClientWhoReads('de'));
    expect(view).toMatchObject({ weeks: [], byDate: false });
    expect([view.first, view.modes]).toEqual([undefined, undefined]);
    expect(view.other).toEqual({
      why: 'In den nächsten 60 Tagen ist niemand da, der zu diesem Thema auf Englisch berät.',
      lists: [],
      address: 'Musterplatz 1, 40213 Düsseldorf',
      phone: '+49 211 0000000',
      phoneHref: 'tel:+492110000000',
      email: 'beratung@expat-desk.example',
    });
  });

  it('says of a date that was typed why it has no times, and goes on with the next that has some', () => {
    const stage = anAnsweredStage({ date: '2026-11-28' });
    const view = timeView({ stage, free: FREE, now: NOW }, aClientWhoReads('en'));
    expect(view.notThatDay).toEqual({
      day: 'Saturday, 28 November',
      why: 'The desk is not open on this day. Open again: Mon, 30 November at 9:00.',
    });
    expect(view.weeks[0]?.days[0]).toMatchObject({ date: '2026-12-01', isOpen: true });
  });

  it('says of a date that was typed that it is too soon, and which day is the first', () => {
    const said = (date: string, leadTimeWorkingDays: number | null) => {
      const stage = anAnsweredStage({ date, topic: aTopic({ leadTimeWorkingDays }) });
      return timeView({ stage, free: FREE, now: NOW }, aClientWhoReads('en')).notThatDay?.why;
    };
    expect(said('2026-11-27', 4)).toBe('This is too soon. Earliest day: Monday, 30 November.');
    expect(said('2026-11-24', 4)).toBe('This is too soon. Earliest day: Monday, 30 November.');
    expect(said('2026-11-28', 4)).toMatch(/^The desk is not open on this day/);
    expect(said('2026-11-30', 4)).toBe('Nothing is free any more on this day.');
    expect(said('2026-11-23', 4)).toBe('Nothing is free any more on this day.');
    expect(said('2026-11-27', null)).toBe('Nothing is free any more on this day.');
  });

  it('says that everything lies within the lead time', () => {
    const desk = aDesk({ leadTimeWorkingDays: 50 });
    const explanation = { desk, first: null, binding: 'lead_time', relaxed: [] } as const;
    const free = { slots: [], firstByMode: [], explanation };
    const view = timeView({ stage: { ...anAnsweredStage(), desk }, free, now: NOW }, aClientWhoReads('de'));
    expect(view.other).toMatchObject({ why: expect.stringMatching(/^Das ist zu kurzfristig\. Frühester Tag: .*2027/) });
  });

  describe('after something else was changed', () => {
    const laterOf = (start: number) => timeView({ stage: anAnsweredStage({ start }), free: FREE, now: NOW }, reader);
    const reader = aClientWhoReads('en');

    it('offers the time that was chosen before first, on its day', () => {
      const later = SLOTS[2]?.time.start ?? 0;
      const view = laterOf(later);
      const when = 'Wednesday, 2 December, 14:30';
      expect(view.wanted).toEqual({ at: later, value: '2026-12-02T14:30:00+01:00', when, isFree: true });
      expect(view.first).toMatchObject({ at: FIRST, kind: 'secondary' });
      expect(view.weeks[0]?.days[0]).toMatchObject({ date: '2026-12-02', isOpen: true });
      expect(laterOf(FIRST).first).toBeUndefined();
    });

    it('says when it cannot be had this way', () => {
      const view = laterOf(Date.parse('2026-12-02T10:00:00+01:00'));
      expect(view.wanted).toMatchObject({ when: 'Wednesday, 2 December, 10:00', isFree: false });
      expect(view.first?.kind).toBeUndefined();
    });
  });

  it('shows why a time could not be kept', () => {
    const view = timeView(
      { stage: anAnsweredStage(), free: FREE, error: 'Too many.', now: NOW },
      aClientWhoReads('de'),
    );
    expect(view).toMatchObject({ errors: [{ href: '#times', text: 'Too many.' }], error: 'Too many.' });
  });

  it('says of each day why it is open at other times', () => {
    const desk = aDesk({ topics: [aTopic()] });
    const exception = {
      id: 'x',
      from: '2026-12-02',
      to: '2026-12-03',
      closed: false,
      windows: [{ start: '09:00', end: '15:00' }],
      reason: { de: 'Teambesprechung', en: 'Team meeting' },
    };
    const changed = { ...desk, hours: { ...desk.hours, exceptions: [exception] } };
    const { weeks } = timeView({ stage: anAnsweredStage({}, changed), free: FREE, now: NOW }, aClientWhoReads('en'));
    expect(weeks.flatMap(({ days }) => days.map(({ different }) => different))).toEqual([
      undefined,
      'Open from 9:00 to 15:00 on this day: Team meeting',
    ]);
  });
});
