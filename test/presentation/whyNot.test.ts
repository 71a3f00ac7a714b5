import type { WhyNot } from '../../src/domain/slots/whyNot';
import { whyNotText } from '../../src/presentation/whyNot';
import { aDesk, span } from '../support/builders';
import { ENGLISH_STAFF, GERMAN_STAFF } from '../support/readers';

const at = (time: string, day = '2026-12-01') => span(`${day}T${time}:00+01:00`, 0).start;

const TABLE: readonly (readonly [WhyNot, string, string])[] = [
  [{ why: 'topic', topicId: 'career' }, 'berät nicht zu: Beruf und Karriere', 'does not advise on: Career'],
  [{ why: 'topic', topicId: 'gone' }, 'berät nicht zu: gone', 'does not advise on: gone'],
  [{ why: 'language', language: 'tr' }, 'spricht kein Türkisch', 'speaks no Turkish'],
  [
    { why: 'mode', mode: 'video' },
    'dieses Thema gibt es nicht auf diese Art: Video',
    'this topic is not offered in this mode: video',
  ],
  [{ why: 'past' }, 'schon vorbei', 'already over'],
  [{ why: 'closed', until: null }, 'geschlossen', 'closed'],
  [{ why: 'closed', until: at('17:00') }, 'geschlossen ab 17:00', 'closed from 17:00'],
  [
    { why: 'grid', gridMinutes: 30 },
    'Termine beginnen hier nur alle 30 Min.',
    'appointments begin only every 30 min here',
  ],
  [{ why: 'outside-hours', until: null }, 'nicht im Dienst', 'not on duty'],
  [{ why: 'outside-hours', until: at('13:00') }, 'im Dienst nur bis 13:00', 'on duty only until 13:00'],
  [{ why: 'away', until: at('13:00') }, 'bis 13:00 abwesend', 'away until 13:00'],
  [{ why: 'away', until: at('13:00', '2026-12-02') }, 'abwesend', 'away'],
  [{ why: 'reserved' }, 'wird für andere freigehalten', 'kept for others'],
  [
    { why: 'rooms', mode: 'in_person', capacity: 2 },
    'kein Platz frei (vor Ort, höchstens 2 zugleich)',
    'no place left (in person, at most 2 at once)',
  ],
  [{ why: 'taken', until: at('10:30'), bookingId: 'x' }, 'belegt bis 10:30', 'taken until 10:30'],
  [{ why: 'taken', until: at('10:30'), bookingId: null }, 'wird gerade gebucht', 'being booked just now'],
  [{ why: 'buffer', minutes: 15 }, '15 Min. Nachbereitung', '15 min follow-up'],
];

describe('Why a booking cannot come somewhere', () => {
  it.each(TABLE)('is said in a few words: %j', (against, german, english) => {
    const said = [GERMAN_STAFF, ENGLISH_STAFF].map((reader) => whyNotText(aDesk(), at('10:00'), against, reader));
    expect(said).toEqual([german, english]);
  });
});
