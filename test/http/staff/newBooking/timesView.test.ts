import { newBookingTimesView } from '../../../../src/http/staff/newBooking/times/view';
import { aDesk, anAdvisor, NOW, span } from '../../../support/builders';
import { ENGLISH_STAFF, GERMAN_STAFF, RECEPTIONIST } from '../../../support/readers';

const RUNNING = span('2026-11-24T10:00:00+01:00', 30);

describe('The times of a new booking', () => {
  it('are the free ones, beside what was asked for, with the one that is running marked and no time chosen', () => {
    const advisors = [anAdvisor()];
    const slot = { time: RUNNING, blockedUntil: RUNNING.end, mode: 'in_person' as const, free: 1, advisors, moves: [] };
    const facts = {
      desk: aDesk(),
      staff: RECEPTIONIST,
      fields: { topic: 'residence', language: 'en', mode: 'in_person', name: 'Kim Probe', key: 'k0' },
      date: '2026-11-24',
      found: { slots: [slot], binding: null, nextDay: '2026-11-25' },
      now: NOW,
      missing: true,
      carry: true,
      newKey: 'k1',
    };
    expect(newBookingTimesView(facts, ENGLISH_STAFF)).toStrictEqual({
      timesLegend: 'Free on Tuesday, 24 November 2026',
      times: [
        {
          span: '10:00–10:30',
          advisors: 'Ada Beispiel',
          id: 'start',
          value: '2026-11-24T10:00:00+01:00',
          running: 'running since 10:00',
          checked: false,
        },
      ],
      noTimes: 'Nothing is free on this day.',
      nextDay: {
        date: '2026-11-25',
        text: 'Wednesday, 25 November 2026',
        href: '/staff/expat-desk/bookings/new?topic=residence&language=en&mode=in_person&date=2026-11-25',
      },
      topics: [
        {
          value: 'residence',
          text: 'Residence law (30 min)',
          selected: true,
        },
        {
          value: 'career',
          text: 'Career (60 min)',
          selected: false,
        },
      ],
      spoken: [
        {
          value: 'de',
          text: 'Deutsch (German)',
          selected: false,
        },
        {
          value: 'en',
          text: 'English',
          selected: true,
        },
        {
          value: 'ja',
          text: '日本語 (Japanese)',
          selected: false,
        },
      ],
      modes: [
        {
          value: 'in_person',
          text: 'in person',
          selected: true,
        },
        {
          value: 'phone',
          text: 'phone',
          selected: false,
        },
        {
          value: 'video',
          text: 'video',
          selected: false,
        },
      ],
      people: [
        {
          value: '',
          text: 'Anybody suitable',
          selected: false,
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
      urgent: false,
      mayBeUrgent: false,
      title: 'New booking',
      action: '/staff/expat-desk/bookings/new',
      carry: true,
      details: [
        {
          name: 'name',
          value: 'Kim Probe',
        },
        {
          name: 'key',
          value: 'k0',
        },
      ],
      query: [
        {
          name: 'topic',
          value: 'residence',
        },
        {
          name: 'language',
          value: 'en',
        },
        {
          name: 'mode',
          value: 'in_person',
        },
      ],
      date: '2026-11-24',
      wrong: {},
      searched: true,
      showKind: 'secondary',
      continue: {
        name: 'step',
        value: 'check',
      },
      errors: [
        {
          href: '#start',
          text: 'Please choose a time.',
        },
      ],
      refusal: undefined,
    });
  });

  it('are not looked for if something is missing, which is said in German', () => {
    const facts = {
      desk: aDesk(),
      staff: RECEPTIONIST,
      fields: { topic: 'residence', advisor: 'nobody' },
      date: '2026-11-24',
      found: null,
      now: NOW,
      newKey: 'k1',
    };
    expect(newBookingTimesView(facts, GERMAN_STAFF)).toStrictEqual({
      topics: [
        {
          value: 'residence',
          text: 'Aufenthaltsrecht (30 Min.)',
          selected: true,
        },
        {
          value: 'career',
          text: 'Beruf und Karriere (60 Min.)',
          selected: false,
        },
      ],
      spoken: [
        {
          value: 'de',
          text: 'Deutsch',
          selected: false,
        },
        {
          value: 'en',
          text: 'English (Englisch)',
          selected: false,
        },
        {
          value: 'ja',
          text: '日本語 (Japanisch)',
          selected: false,
        },
      ],
      modes: [
        {
          value: 'in_person',
          text: 'vor Ort',
          selected: false,
        },
        {
          value: 'phone',
          text: 'Telefon',
          selected: false,
        },
        {
          value: 'video',
          text: 'Video',
          selected: false,
        },
      ],
      people: [
        {
          value: '',
          text: 'Alle, die passen',
          selected: false,
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
      urgent: false,
      mayBeUrgent: false,
      title: 'Termin eintragen',
      action: '/staff/expat-desk/bookings/new',
      carry: false,
      details: [],
      query: [
        {
          name: 'topic',
          value: 'residence',
        },
        {
          name: 'advisor',
          value: 'nobody',
        },
        {
          name: 'typed',
          value: 'k1',
        },
      ],
      date: '2026-11-24',
      wrong: {
        language: 'Bitte wählen Sie eine Sprache.',
        mode: 'Dieses Thema gibt es nicht auf diese Art. Bitte wählen Sie eine andere.',
        advisor: 'Diese Person berät hier nicht. Bitte wählen Sie eine andere.',
      },
      searched: false,
      showKind: 'primary',
      continue: {
        name: 'continue',
        value: 'yes',
      },
      errors: [
        {
          href: '#language',
          text: 'Bitte wählen Sie eine Sprache.',
        },
        {
          href: '#mode',
          text: 'Dieses Thema gibt es nicht auf diese Art. Bitte wählen Sie eine andere.',
        },
        {
          href: '#advisor',
          text: 'Diese Person berät hier nicht. Bitte wählen Sie eine andere.',
        },
      ],
      refusal: undefined,
    });
  });
});
