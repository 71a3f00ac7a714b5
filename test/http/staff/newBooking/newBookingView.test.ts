import { newBookingView } from '../../../../src/http/staff/newBooking/view';
import { CLIENT_LOCALES } from '../../../../src/presentation/texts';
import { aDesk, aDeskThatAsks, anAdvisor, aQuestion, NOW, span } from '../../../support/builders';
import { ENGLISH_STAFF, GERMAN_STAFF, RECEPTIONIST } from '../../../support/readers';

const query = { topicId: 'residence', language: 'en', mode: 'in_person' as const, advisorId: undefined, urgent: false };
const slotAt = (start: string) => {
  const time = span(start, 30);
  return { time, blockedUntil: time.end, mode: 'in_person' as const, free: 1, advisors: [anAdvisor()], moves: [] };
};
const RUNNING = slotAt('2026-11-24T10:00:00+01:00');
const NEXT = slotAt('2026-11-24T11:00:00+01:00');
const LATER = slotAt('2026-11-25T09:00:00+01:00');
const found = { slots: [RUNNING, NEXT, LATER], binding: null, nextDay: null };
const page = { desk: aDesk(), staff: RECEPTIONIST, query, date: null, found, now: NOW, newKey: 'k1' };

describe('The page of a new booking', () => {
  it('asks only for the query at first, by an address that keeps the start and the key of what will be typed', () => {
    const fields = { start: '2026-12-01T09:00:00+01:00', date: '2026-12-01', advisor: 'a2' };
    const view = newBookingView({ ...page, query: null, found: null, fields, date: '2026-12-01' }, GERMAN_STAFF);
    expect(view).toMatchObject({
      title: 'Termin eintragen',
      action: '/staff/expat-desk/bookings/new',
      method: 'get',
      hidden: [
        { name: 'typed', value: 'k1' },
        { name: 'start', value: '2026-12-01T09:00:00+01:00' },
      ],
      posts: false,
      typedForm: 'caller',
      searched: false,
      date: '2026-12-01',
      rareOpen: true,
      wrong: {},
      errors: undefined,
      refusal: undefined,
      submit: 'Buchen',
      topics: [
        { value: 'residence', text: 'Aufenthaltsrecht (30 Min.)', selected: false },
        { value: 'career', text: 'Beruf und Karriere (60 Min.)', selected: false },
      ],
      spoken: [
        { value: 'de', text: 'Deutsch', selected: false },
        { value: 'en', text: 'Englisch', selected: false },
        { value: 'ja', text: 'Japanisch', selected: false },
      ],
      spokenHint: undefined,
      whens: [
        { value: 'soon', text: 'so früh wie möglich', selected: false },
        { value: 'afternoon', text: 'nur nachmittags', selected: false },
      ],
      people: [
        { value: '', text: 'Alle, die passen', selected: false },
        { value: 'a1', text: 'Ada Beispiel', selected: false },
        { value: 'a2', text: 'Bo Muster', selected: true },
      ],
    });
  });

  it('has the first times with their days, the running one apart, the first one chosen, and the caller', () => {
    const fields = { topic: 'residence', language: 'en', typed: 'k0' };
    const view = newBookingView({ ...page, fields }, ENGLISH_STAFF);
    expect(view).toMatchObject({
      method: 'post',
      hidden: [{ name: 'key', value: 'k0' }],
      timesLegend: 'The next free times',
      times: [
        {
          span: 'Tue, 24 November, 11:00–11:30',
          advisors: 'Ada Beispiel',
          value: '2026-11-24T11:00:00+01:00',
          checked: true,
        },
        { span: 'Wed, 25 November, 09:00–09:30', value: '2026-11-25T09:00:00+01:00', checked: false },
      ],
      running: [{ span: 'Tue, 24 November, 10:00–10:30', running: 'running since 10:00', checked: false }],
      notFree: undefined,
      moreOpen: false,
      phoneOptional: true,
      sources: [
        { id: 'source', value: 'phone', checked: true },
        { id: 'source-1', value: 'walk_in', checked: false },
      ],
      mailLanguages: [
        { value: '', text: 'as the consultation: English' },
        ...['Deutsch', 'English', 'Français', 'Español', 'Türkçe', 'العربية', 'Українська', '日本語', '中文'].map(
          (text, i) => ({ value: CLIENT_LOCALES[i], text, lang: CLIENT_LOCALES[i], selected: false }),
        ),
      ],
      errors: undefined,
    });
  });

  it('says in German what is wrong, opens what is folded for it, and has another key for a form that was used', () => {
    const desk = aDeskThatAsks([aQuestion({ required: true })]);
    const fields = { topic: 'residence', language: 'en', mode: 'phone', name: 'Kim Probe', start: '', key: 'k0' };
    const wrong = {
      fields: ['phone' as const],
      answers: [{ questionId: 'visa', code: 'missing' as const, expected: 'an answer' }],
    };
    const asked = { ...page, desk, query: { ...query, mode: 'phone' as const } };
    const view = newBookingView(
      { ...asked, fields, sent: true, wrong, isUsed: true, refusal: 'Schon da.' },
      GERMAN_STAFF,
    );
    expect(view).toMatchObject({
      errors: [
        { href: '#start', text: 'Bitte wählen Sie eine Zeit.' },
        { href: '#phone', text: 'Für ein Telefongespräch brauchen wir eine Nummer.' },
        { href: '#answer-visa', about: 'Welches Visum haben Sie?', text: 'Bitte beantworten Sie diese Frage.' },
      ],
      wrong: { phone: 'Für ein Telefongespräch brauchen wir eine Nummer.' },
      refusal: 'Schon da.',
      hidden: [{ name: 'key', value: 'k1' }],
      values: { name: 'Kim Probe', phone: '' },
      phoneHint: 'wird für das Telefongespräch gebraucht',
      asksAttendees: false,
      support: [{ id: 'support-sign_language', text: 'Gebärdensprache', checked: false }],
      moreOpen: true,
      rareOpen: true,
    });
    expect(view.times?.some(({ checked }) => checked)).toBe(false);
  });

  it('offers what is near a time that has gone, and chooses none of it', () => {
    const fields = { topic: 'residence', language: 'en', name: 'Kim', start: '2026-11-24T10:30:00+01:00' };
    const alternatives = { timeZone: 'Europe/Berlin', slots: [NEXT, LATER] };
    const view = newBookingView({ ...page, fields, sent: true, alternatives }, GERMAN_STAFF);
    expect(view).toMatchObject({
      refusal: 'Diese Zeit ist inzwischen vergeben. Es wurde nichts geändert.',
      timesLegend: 'Am nächsten liegen',
      times: [
        { span: 'Di, 24. November, 11:00–11:30', checked: false },
        { span: 'Mi, 25. November, 09:00–09:30', checked: false },
      ],
    });
  });
});
