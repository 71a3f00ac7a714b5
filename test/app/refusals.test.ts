import { importBookings } from '../../src/app/booking/importBookings';
import type { Hold } from '../../src/domain/booking/hold';
import { HOUR } from '../../src/domain/calendar/interval';
import { DomainError } from '../../src/domain/errors';
import { type Caller, CLIENT, SYSTEM } from '../../src/domain/staff/caller';
import type { StaffMember } from '../../src/domain/staff/roles';
import { type TestApp, testApp } from '../support/app';
import { aRequest, booked } from '../support/bookings';
import { aClient, aReceptionist, TUESDAY_NINE } from '../support/builders';

const AT = { deskId: 'expat-desk', query: { ...aRequest().query, advisorId: 'a1' }, start: TUESDAY_NINE.start };

const RECEPTION = aReceptionist();
const anAdvisorIs = (advisorId: string): StaffMember => ({ ...RECEPTION, role: 'advisor', advisorId });
/** Everybody who may ask for something at the desk, and somebody of another desk. */
const CALLERS = {
  client: CLIENT,
  'the advisor': anAdvisorIs('a1'),
  'a colleague': anAdvisorIs('a2'),
  reception: RECEPTION,
  'another desk': aReceptionist('Else', { deskId: 'wuppertal' }),
  operator: SYSTEM,
} as const satisfies Record<string, Caller>;
type Name = keyof typeof CALLERS;

const IMPORTED = {
  ...{ advisorId: 'a2', topicId: 'residence', language: 'en', mode: 'phone' },
  client: aClient({ name: 'Somebody Else' }),
};

const FORBIDDEN = 'forbidden';
const UNKNOWN = { 'another desk': 'not-found' } as const;

/** Each deed, and what those hear who may not do it. All others may. */
const DEEDS: readonly (readonly [
  deed: string,
  refused: Partial<Record<Name, string>>,
  run: (t: TestApp, who: Caller, hold: Hold) => Promise<unknown>,
])[] = [
  [
    'Holding a slot',
    { 'a colleague': FORBIDDEN, ...UNKNOWN },
    ({ app }, who) => app.holdSlot({ ...AT, start: AT.start + HOUR, who }),
  ],
  [
    'Renewing a hold',
    { 'a colleague': FORBIDDEN, ...UNKNOWN },
    ({ app }, who, hold) => app.renewHold({ ...hold, who }),
  ],
  [
    'Giving a slot back',
    { 'a colleague': FORBIDDEN, ...UNKNOWN },
    ({ app }, who, hold) => app.giveBack({ ...hold, who }),
  ],
  [
    'Releasing a hold',
    { 'a colleague': FORBIDDEN, ...UNKNOWN },
    ({ app }, who, hold) => app.releaseHold({ ...hold, who }),
  ],
  [
    'Keeping what was typed',
    { 'a colleague': FORBIDDEN, ...UNKNOWN },
    ({ app }, who, hold) => app.keepDraft(hold, who, { note: 'typed' }),
  ],
  [
    'Searching bookings',
    { client: FORBIDDEN, ...UNKNOWN },
    ({ app }, who) => app.searchBookings(who, { deskId: 'expat-desk', text: 'Kim', limit: 5 }),
  ],
  [
    'Having links mailed',
    { 'the advisor': FORBIDDEN, 'a colleague': FORBIDDEN, ...UNKNOWN },
    ({ app }, who) => app.sendManageLink({ deskId: 'expat-desk', reference: '', email: 'kim@client.example', who }),
  ],
  [
    'Importing bookings',
    { client: FORBIDDEN, 'the advisor': FORBIDDEN, 'a colleague': FORBIDDEN, reception: FORBIDDEN, ...UNKNOWN },
    ({ deps }, who) =>
      importBookings({ ...deps, elapsed: () => 0, pause: async () => {} })(
        { deskId: 'expat-desk', who },
        [{ place: 'line 1', told: { ...IMPORTED, start: '2026-12-01T09:00:00+01:00' } }],
        () => {},
      ),
  ],
];

let t: TestApp;
let hold: Hold;
beforeEach(async () => {
  t = await testApp();
  await booked(t, { query: { ...AT.query, advisorId: 'a2' } });
  hold = (await t.app.holdSlot({ ...AT, who: CLIENT })).value;
});
afterEach(() => t.close());

describe.each(DEEDS)('%s', (_, refused, run) => {
  it.each(Object.keys(CALLERS) as Name[])(
    'is refused to those who may not, and changes nothing then: %s',
    async (name) => {
      const before = await t.everything();
      expect(await outcomeOf(run(t, CALLERS[name], hold))).toBe(refused[name] ?? 'done');
      if (refused[name]) expect(await t.everything()).toEqual(before);
    },
  );
});

/** The code of the refusal, or `done`. */
async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}
