import { HOUR, MINUTE } from '../../../../src/domain/calendar/interval';
import { type FoundLine, planView } from '../../../../src/http/staff/plan/view';
import { aBooking, aClient, aDesk, aPlan, aReceptionist, NOW, TUESDAY_NINE } from '../../../support/builders';
import { ENGLISH_STAFF, GERMAN_STAFF } from '../../../support/readers';

const NINE = TUESDAY_NINE.start;
const booking = aBooking({ id: 'b1' });
const silent = aBooking({
  id: 'b2',
  reference: 'AAAA-BBBB',
  client: aClient({ name: 'Noor Muster', email: null, phone: '+492115550100' }),
});
const found: FoundLine[] = [
  { line: { bookingId: 'b1', version: 1, action: 'ask', start: NINE + HOUR, advisorId: 'a2' }, booking },
  { line: { bookingId: 'b2', version: 1, action: 'call', start: NINE + 2 * HOUR, advisorId: 'a2' }, booking: silent },
];
const plan = aPlan({ lines: found.map(({ line }) => line), reason: 'flu' });
const who = aReceptionist('Rezi Empfang');
const facts = { desk: aDesk(), plan, found, who, now: NOW, key: 'k1', sentence: () => ({ text: 'Hello', lang: 'en' }) };

describe('The view of a plan', () => {
  it('has what is proposed, the calls first, what can be chosen instead, and who is mailed', () => {
    const view = planView(facts, ENGLISH_STAFF, ENGLISH_STAFF);
    expect(view).toEqual({
      title: 'Ada Beispiel: proposal',
      when: 'Tuesday, 1 December 2026, 09:00–17:00',
      why: 'Ill',
      reason: 'flu',
      state: 'proposed',
      isOpen: true,
      groups: [
        {
          action: 'call',
          title: 'Please call: 1 appointment',
          lines: [
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
              state: 'confirmed',
              stateText: 'Booked',
              email: null,
              phone: '+49 211 5550100',
              phoneHref: 'tel:+492115550100',
              action: 'call',
              field: 'do-b2',
              label: 'What becomes of the appointment of Noor Muster',
              options: [
                { value: 'call', text: 'Call', selected: true },
                { value: 'move', text: 'Tell: Tue 1 Dec, 11:00, Bo Muster', selected: false },
                { value: 'cancel', text: 'Cancel and tell', selected: false },
                { value: 'keep', text: 'Leave as it is', selected: false },
              ],
              text: 'Stays until you have called',
              offer: 'You can offer: Tuesday, 1 December 2026 at 11:00',
              speakers: 'English is spoken by Bo Muster',
              sentence: { text: 'Hello', lang: 'en' },
            },
          ],
        },
        {
          action: 'ask',
          title: 'Another time, the client is asked: 1',
          lines: [
            {
              href: '/staff/bookings/b1',
              reference: 'K7MQ-4XWT',
              day: 'Tue, 1 December',
              span: '09:00–09:30',
              client: 'Kim Probe',
              language: 'English',
              topic: 'Residence law',
              mode: 'in person',
              advisor: 'Ada Beispiel',
              state: 'confirmed',
              stateText: 'Booked',
              email: 'kim@client.example',
              phone: null,
              phoneHref: null,
              action: 'ask',
              field: 'do-b1',
              label: 'What becomes of the appointment of Kim Probe',
              options: [
                { value: 'ask', text: 'Ask: Tue 1 Dec, 10:00, Bo Muster', selected: true },
                { value: 'move', text: 'Tell: Tue 1 Dec, 10:00, Bo Muster', selected: false },
                { value: 'call', text: 'Call', selected: false },
                { value: 'cancel', text: 'Cancel and tell', selected: false },
                { value: 'keep', text: 'Leave as it is', selected: false },
              ],
              text: 'Asked whether Tue 1 Dec, 10:00 with Bo Muster suits',
            },
          ],
        },
      ],
      isEmpty: false,
      totals: '1 client gets a mail: English (1). It goes out a minute after you carry the plan out.',
      action: '/staff/expat-desk/plans/plan',
      hidden: [{ name: 'key', value: 'k1' }],
      newHref: '/staff/expat-desk/plans',
      dayHref: '/staff/expat-desk/day',
      scripts: [{ src: '/assets/staffUndo.js', module: true }],
    });
  });

  it('says in German what was done, and until when it can be undone', () => {
    const done = { ...plan, state: 'committed' as const, committedAt: NOW, absenceIds: ['away'] };
    const view = planView({ ...facts, plan: done, now: NOW + 14 * MINUTE }, GERMAN_STAFF, GERMAN_STAFF);
    expect(view).toEqual({
      title: 'Ada Beispiel: erledigt',
      rest: 'Einige Termine liegen noch in der Abwesenheit.',
      back: { at: '2026-12-01T09:00', asks: false, mayAsk: true },
      when: 'Dienstag, 1. Dezember 2026, 09:00–17:00',
      why: 'Krank',
      reason: 'flu',
      state: 'committed',
      isOpen: false,
      groups: [
        {
          action: 'call',
          title: 'Bitte anrufen: 1 Termin',
          lines: [
            {
              href: '/staff/bookings/b2',
              reference: 'AAAA-BBBB',
              day: 'Di, 1. Dezember',
              span: '09:00–09:30',
              client: 'Noor Muster',
              language: 'Englisch',
              topic: 'Aufenthaltsrecht',
              mode: 'vor Ort',
              advisor: 'Ada Beispiel',
              state: 'confirmed',
              stateText: 'Gebucht',
              email: null,
              phone: '+49 211 5550100',
              phoneHref: 'tel:+492115550100',
              action: 'call',
              field: 'do-b2',
              label: 'Was aus dem Termin von Noor Muster wird',
              options: [],
              text: 'Bleibt, bis Sie angerufen haben',
              offer: 'Sie können anbieten: Dienstag, 1. Dezember 2026 um 11:00',
              speakers: 'Englisch spricht: Bo Muster',
              sentence: { text: 'Hello', lang: 'en' },
              moveHref: '/staff/bookings/b2/move',
            },
          ],
        },
        {
          action: 'ask',
          title: 'Andere Zeit, mit Rückfrage: 1',
          lines: [
            {
              href: '/staff/bookings/b1',
              reference: 'K7MQ-4XWT',
              day: 'Di, 1. Dezember',
              span: '09:00–09:30',
              client: 'Kim Probe',
              language: 'Englisch',
              topic: 'Aufenthaltsrecht',
              mode: 'vor Ort',
              advisor: 'Ada Beispiel',
              state: 'confirmed',
              stateText: 'Gebucht',
              email: 'kim@client.example',
              phone: null,
              phoneHref: null,
              action: 'ask',
              field: 'do-b1',
              label: 'Was aus dem Termin von Kim Probe wird',
              options: [],
              text: 'Gefragt, ob Di 1. Dez., 10:00 bei Bo Muster passt',
            },
          ],
        },
      ],
      isEmpty: false,
      totals: '1 Person bekommt eine Mail: Englisch (1). Sie geht eine Minute nach dem Ausführen hinaus.',
      action: '/staff/expat-desk/plans/plan',
      hidden: [{ name: 'key', value: 'k1' }],
      done: 'Der Plan ist ausgeführt.',
      undo: { href: '/staff/expat-desk/plans/plan', hidden: [{ name: 'step', value: 'undo' }] },
      undoUntil: 'Bis 10:15 können Sie alles rückgängig machen.',
      newHref: '/staff/expat-desk/plans',
      dayHref: '/staff/expat-desk/day',
      scripts: [{ src: '/assets/staffUndo.js', module: true }],
    });
  });
});
