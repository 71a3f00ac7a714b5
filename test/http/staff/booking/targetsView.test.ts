import type { FoundTargets } from '../../../../src/app/booking/moveTargets';
import { HOUR } from '../../../../src/domain/calendar/interval';
import { targetsView } from '../../../../src/http/staff/booking/targets/view';
import { aBooking, aClient, aDesk, anEvent, TUESDAY_NINE } from '../../../support/builders';
import { ENGLISH_STAFF, GERMAN_STAFF } from '../../../support/readers';

const NINE = TUESDAY_NINE.start;
const booking = aBooking({ id: 'b1', version: 3 });
const other = aBooking({ id: 'b2', version: 7, client: aClient({ name: 'Noor Muster' }) });
const others = new Map([[other.id, other]]);
const desk = aDesk();
const facts = (found: Pick<FoundTargets, 'targets' | 'refused'>) => ({
  desk,
  booking,
  date: '2026-12-01',
  others,
  last: anEvent({ type: 'moved', at: NINE - HOUR, by: { kind: 'staff', name: 'Rezi Empfang' } }),
  found: { desk, ...found },
});

describe('The view of the targets of a card', () => {
  it('has each with its place, its words, and what is sent to move the card there', () => {
    const targets: FoundTargets['targets'] = [
      { start: NINE + HOUR, advisorId: 'a2', kind: 'free', others: [], against: null },
      {
        start: NINE + 2 * HOUR,
        advisorId: 'a1',
        kind: 'swap',
        others: [{ bookingId: 'b2', to: { start: NINE, advisorId: 'a1' } }],
        against: null,
      },
      {
        start: NINE + 3 * HOUR,
        advisorId: 'a1',
        kind: 'handover',
        others: [{ bookingId: 'b2', to: { advisorId: 'a2' } }],
        against: null,
      },
    ];
    const view = targetsView(facts({ targets, refused: [] }), ENGLISH_STAFF);
    expect(view).toEqual({
      booking: 'b1',
      date: '2026-12-01',
      movesHref: '/api/v1/staff/desks/expat-desk/moves',
      undoHref: '/api/v1/staff/moves/ID/undo',
      said: 'Kim Probe is in your hand. 3 possible times on Tuesday, 1 December 2026.',
      hint: 'Arrows or the time in digits choose. Alt with arrows goes by five minutes, also against a rule. Enter puts it down, page up and down change the day, Escape puts it back.',
      failed: 'That did not work: somebody was faster. The board shows how it stands now.',
      undone: 'Kim Probe is back in the old place.',
      changed: 'Meanwhile: Moved by Rezi Empfang at 08:00. Kim Probe is at Tue 1 Dec, 09:00 with Ada Beispiel now.',
      targets: [
        {
          kind: 'free',
          advisor: 'a2',
          date: '2026-12-01',
          from: '10:00',
          to: '10:30',
          text: 'free',
          label: '10:00 with Bo Muster, free, 1 of 3',
          done: 'Kim Probe: Tue 1 Dec, 10:00, Bo Muster',
          body: '{"moves":[{"booking":"b1","version":3,"start":"2026-12-01T10:00:00+01:00","advisor":"a2"}]}',
        },
        {
          kind: 'swap',
          advisor: 'a1',
          date: '2026-12-01',
          from: '11:00',
          to: '11:30',
          text: '⇄ Noor Muster',
          label: '11:00 with Ada Beispiel, exchange, Noor Muster goes to 09:00, Ada Beispiel, 2 of 3',
          done: 'Kim Probe: Tue 1 Dec, 11:00, Ada Beispiel',
          body: '{"moves":[{"booking":"b1","version":3,"start":"2026-12-01T11:00:00+01:00","advisor":"a1"},{"booking":"b2","version":7,"start":"2026-12-01T09:00:00+01:00","advisor":"a1"}]}',
        },
        {
          kind: 'handover',
          advisor: 'a1',
          date: '2026-12-01',
          from: '12:00',
          to: '12:30',
          text: '⇄',
          label: '12:00 with Ada Beispiel, somebody else goes to another person, Noor Muster goes to Bo Muster, 3 of 3',
          done: 'Kim Probe: Tue 1 Dec, 12:00, Ada Beispiel',
          body: '{"moves":[{"booking":"b1","version":3,"start":"2026-12-01T12:00:00+01:00","advisor":"a1"}]}',
        },
      ],
      refused: [],
    });
  });

  it('says in the reader’s language why nothing else is possible', () => {
    const refused: FoundTargets['refused'] = [
      { start: NINE, end: NINE + 2 * HOUR, advisorId: 'a2', against: { why: 'language', language: 'tr' } },
    ];
    const view = targetsView(facts({ targets: [], refused }), GERMAN_STAFF);
    expect(view).toEqual({
      booking: 'b1',
      changed:
        'Inzwischen: Verschoben von Rezi Empfang um 08:00. Kim Probe ist jetzt Di 1. Dez., 09:00 bei Ada Beispiel.',
      date: '2026-12-01',
      movesHref: '/api/v1/staff/desks/expat-desk/moves',
      undoHref: '/api/v1/staff/moves/ID/undo',
      said: 'Kim Probe ist in der Hand. 0 mögliche Zeiten am Dienstag, 1. Dezember 2026.',
      hint: 'Pfeile oder die Uhrzeit in Ziffern wählen. Alt mit Pfeilen geht um fünf Minuten, auch gegen eine Regel. Enter legt ab, Bild auf und ab wechseln den Tag, Escape legt zurück.',
      failed: 'Das ging nicht: Jemand war schneller. Die Tafel zeigt, wie es jetzt ist.',
      undone: 'Kim Probe ist wieder am alten Platz.',
      targets: [],
      refused: [{ advisor: 'a2', date: '2026-12-01', from: '09:00', to: '11:00', text: 'spricht kein Türkisch' }],
    });
  });

  it('has for the tray what is said of each move, and where the board shows it until it is saved', () => {
    const others = [{ bookingId: 'b2', to: { start: NINE, advisorId: 'a1' } }];
    const targets: FoundTargets['targets'] = [
      { start: NINE + 2 * HOUR, advisorId: 'a1', kind: 'swap', others, against: null },
      { start: NINE + 3 * HOUR, advisorId: 'a1', kind: 'override', others: [], against: { why: 'reserved' } },
    ];
    const collecting = { ...facts({ targets, refused: [] }), desk: aDesk({ collectsMoves: true }) };
    const [swap, override] = targetsView(collecting, ENGLISH_STAFF).targets;
    expect(JSON.parse(swap?.shown ?? '')).toEqual([
      {
        text: 'Kim Probe: Tue 1 Dec, 09:00 → Tue 1 Dec, 11:00, Ada Beispiel',
        date: '2026-12-01',
        from: '11:00',
        to: '11:30',
      },
      {
        text: 'Noor Muster: Tue 1 Dec, 09:00 → Tue 1 Dec, 09:00, Ada Beispiel',
        date: '2026-12-01',
        from: '09:00',
        to: '09:30',
      },
    ]);
    expect(override).toMatchObject({ against: 'kept for others' });
    expect(JSON.parse(override?.body ?? '').moves).toMatchObject([{ booking: 'b1', override: true }]);
  });
});
