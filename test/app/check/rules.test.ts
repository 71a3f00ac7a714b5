import {
  changesAreTold,
  historyAgrees,
  noOverlap,
  type Rule,
  sequencesRise,
  somebodyIsThere,
  wallTimeHolds,
} from '../../../src/app/check/rules';
import type { AuditedRow } from '../../../src/app/ports/audit';
import type { BookingEventType } from '../../../src/domain/booking/booking';
import { type KindOfMessage, MESSAGE_KINDS } from '../../../src/domain/notifications/kinds';
import { aDesk, NOW, span, TUESDAY_NINE } from '../../support/builders';

const aRow = (part: Partial<AuditedRow> = {}): AuditedRow => ({
  id: 'A',
  deskId: 'expat-desk',
  advisorId: 'a1',
  mode: 'in_person',
  status: 'confirmed',
  time: TUESDAY_NINE,
  blockedUntil: (part.time ?? TUESDAY_NINE).end,
  localStart: '2026-12-01T09:00',
  timeZone: 'Europe/Berlin',
  tzdata: '2026a',
  sequence: 0,
  version: 1,
  history: [{ type: 'booked', messages: 2 }],
  messages: [
    { kind: 'booked', sequence: 0 },
    { kind: 'booked', sequence: 0 },
  ],
  flagged: false,
  ...part,
});
const at = (clock: string, minutes = 30) => span(`2026-12-01T${clock}:00+01:00`, minutes);
const violations = async (rule: Rule, ...rows: AuditedRow[]) => (await rule(rows)).violations;
const history = (...types: BookingEventType[]) => types.map((type) => ({ type, messages: 0 }));

describe('An advisor has one booking or hold at a time', () => {
  const [nine, half, ten] = [
    aRow(),
    aRow({ id: 'B', time: at('09:30') }),
    aRow({ id: 'C', time: at('10:00'), status: 'held' }),
  ];

  it.each<[string, AuditedRow[], string[]]>([
    ['that touch', [nine, half, ten], []],
    ['of two advisors', [nine, aRow({ id: 'D', advisorId: 'a2' })], []],
    ['of two desks', [nine, aRow({ id: 'D', deskId: 'wuppertal' })], []],
    ['of which one is cancelled', [nine, aRow({ id: 'D', status: 'cancelled' })], []],
    ['of which one is a lapsed hold', [nine, aRow({ id: 'D', status: 'lapsed' })], []],
    ['in a buffer', [aRow({ blockedUntil: at('09:31').start }), half], ['B']],
    ['of which one is a hold', [half, aRow({ id: 'C', time: at('09:59'), status: 'held' })], ['C']],
    ['that do not follow one another', [aRow({ time: at('09:00', 180) }), half, ten], ['B', 'C']],
  ])('two %s', async (_, rows, found) => {
    expect((await violations(noOverlap(), ...rows)).map((text) => text.slice('booking '.length, 9))).toEqual(found);
  });

  it('also from batch to batch', async () => {
    const rule = noOverlap();
    await rule([nine]);
    expect((await rule([aRow({ id: 'B' })])).violations).toEqual(['booking B: its advisor is taken at that time by A']);
  });
});

describe('Every change has its messages in the outbox', () => {
  const booked = { kind: 'booked', sequence: 0 } as const;

  it.each<[string, Partial<AuditedRow>, string[]]>([
    ['as many', {}, []],
    ['one too few', { messages: [booked] }, ['booking A: 2 messages were queued with its changes, the outbox has 1']],
    [
      'one too many',
      { messages: [booked, booked, booked] },
      ['booking A: 2 messages were queued with its changes, the outbox has 3'],
    ],
    ['the link once more', { messages: [booked, booked, { kind: 'link', sequence: 0 }] }, []],
    ['one that was not counted, and some', { history: [{ type: 'booked', messages: null }] }, []],
    [
      'one that was not counted, and fewer than those that were',
      {
        history: [
          { type: 'booked', messages: null },
          { type: 'moved', messages: 3 },
        ],
      },
      ['booking A: 3 messages were queued with its changes, the outbox has 2'],
    ],
  ])('%s', async (_, part, found) => {
    expect(await violations(changesAreTold(), aRow(part))).toEqual(found);
  });

  it('does not count messages of a kind whose row says that it tells of no change', async () => {
    const reminder: KindOfMessage = { ...MESSAGE_KINDS.link, withdrawnBy: ['cancelled'], sent: 'once' };
    const row = aRow({ messages: [booked, booked, { kind: 'reminder', sequence: 0 }] });
    expect(await violations(changesAreTold({ ...MESSAGE_KINDS, reminder }), row)).toEqual([]);
    const counted = { ...reminder, isChange: true };
    expect(await violations(changesAreTold({ ...MESSAGE_KINDS, reminder: counted }), row)).toHaveLength(1);
  });

  it('counts changes without a message and changes from before messages were counted', async () => {
    const silent = aRow({ history: [...history('booked', 'moved', 'checked_in')], messages: [] });
    const before = aRow({ history: [{ type: 'booked', messages: null }] });
    expect(await changesAreTold()([silent, before])).toEqual({
      looked: 3,
      violations: [],
      remarks: { 'told to nobody': 2, 'from before messages were counted': 1 },
    });
  });
});

describe('Sequences rise', () => {
  const sent = (...sequences: number[]) => sequences.map((sequence) => ({ kind: 'moved', sequence }) as const);

  it.each<[string, Partial<AuditedRow>, string[]]>([
    ['step by step', { sequence: 2, messages: sent(0, 1, 2) }, []],
    ['stay the same, jump, and stand above what was sent', { sequence: 203, messages: sent(0, 0, 101, 101) }, []],
    ['fall', { sequence: 2, messages: sent(0, 2, 1) }, ['booking A: a message of sequence 1 follows one of 2']],
    ['stand below', { sequence: 1, messages: sent(0, 2) }, ['booking A: is at sequence 1, but a message has 2']],
    ['without a version', { version: 0 }, ['booking A: has version 0']],
    ['of a hold', { status: 'held', version: 0, messages: [] }, []],
  ])('%s', async (_, part, found) => {
    expect(await violations(sequencesRise, aRow(part))).toEqual(found);
  });
});

describe('Status and history agree', () => {
  it.each<[AuditedRow['status'], BookingEventType[], string | null]>([
    ['confirmed', ['booked'], null],
    ['requested', ['booked'], null],
    ['confirmed', ['booked', 'moved', 'moved'], null],
    ['checked_in', ['booked', 'checked_in', 'moved'], null],
    ['completed', ['booked', 'no_show', 'checked_in', 'completed'], null],
    ['confirmed', ['booked', 'checked_in', 'moved'], null],
    ['confirmed', ['booked', 'checked_in', 'check_in_undone'], null],
    ['checked_in', ['booked', 'completed', 'reopened'], null],
    ['confirmed', ['booked', 'no_show', 'reopened'], null],
    ['confirmed', ['booked', 'cancelled', 'restored'], null],
    ['cancelled', ['booked', 'cancelled', 'restored', 'cancelled'], null],
    ['cancelled', ['booked', 'moved', 'cancelled'], null],
    ['held', [], null],
    ['confirmed', [], 'its history does not begin with booked'],
    ['confirmed', ['moved'], 'its history does not begin with booked'],
    ['confirmed', ['booked', 'cancelled'], 'is confirmed, but its history ends with cancelled'],
    ['cancelled', ['booked'], 'is cancelled, but its history ends with booked'],
    ['cancelled', ['booked', 'cancelled', 'moved'], 'was changed after it was cancelled'],
    ['cancelled', ['booked', 'cancelled', 'restored'], 'is cancelled, but its history ends with restored'],
    ['confirmed', ['booked', 'completed', 'reopened'], 'is confirmed, but its history ends with reopened'],
    ['no_show', ['booked', 'checked_in'], 'is no_show, but its history ends with checked_in'],
  ])('%s after %j', async (status, types, found) => {
    expect(await violations(historyAgrees, aRow({ status, history: history(...types) }))).toEqual(
      found === null ? [] : [`booking A: ${found}`],
    );
  });
});

describe('Stored wall times are still those that were agreed', () => {
  it.each<[string, Partial<AuditedRow>, string[]]>([
    ['with the same rules', {}, []],
    [
      'with other rules',
      { localStart: '2026-12-01T10:00', tzdata: '2025b' },
      [
        'booking A: was agreed for 2026-12-01T10:00 in Europe/Berlin, which is another moment (tzdata 2025b then, 2026a now)',
      ],
    ],
    [
      'with no rules',
      { timeZone: 'Europe/Nowhere' },
      ['booking A: was agreed for 2026-12-01T09:00 in Europe/Nowhere, which is another moment (tzdata 2026a)'],
    ],
    [
      'in an hour that comes twice, both times',
      { time: span('2026-10-25T02:30:00+01:00', 30), localStart: '2026-10-25T02:30' },
      [],
    ],
  ])('%s', async (_, part, found) => {
    expect(await violations(wallTimeHolds('2026a'), aRow(part))).toEqual(found);
  });
});

describe('Every booking has an advisor at work, or a task for reception', () => {
  const absence = { id: 'x', advisorId: 'a1', time: at('09:15', 5), reason: null };
  const rule = (absences = [absence].slice(1), now = NOW) =>
    somebodyIsThere({ absences: async () => absences }, [aDesk()], now);
  const night = { time: at('20:00') };

  it.each<[string, Partial<AuditedRow>, string[]]>([
    ['in the hours', {}, []],
    ['at night', night, ['booking A: the desk is closed at its time, and reception has no task']],
    ['at night, flagged', { ...night, flagged: true }, []],
    ['at night, cancelled', { ...night, status: 'cancelled' }, []],
    ['at night, a hold', { ...night, status: 'held' }, []],
    ['at night, over', { time: span('2026-11-23T20:00:00+01:00', 30) }, []],
  ])('%s', async (_, part, found) => {
    expect(await violations(rule(), aRow(part))).toEqual(found);
  });

  it('in an absence', async () => {
    expect(await violations(rule([absence]), aRow())).toEqual([
      'booking A: its advisor is away at its time, and reception has no task',
    ]);
    expect(await violations(rule([absence]), aRow({ advisorId: 'a2' }))).toEqual([]);
  });

  it('counts the future bookings, and the flagged among them', async () => {
    expect(await rule()([aRow(), aRow({ ...night, flagged: true }), aRow({ status: 'completed' })])).toEqual({
      looked: 2,
      violations: [],
      remarks: { 'flagged for reception': 1 },
    });
  });
});
