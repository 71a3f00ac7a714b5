import type { Caller } from '../../../src/domain/staff/caller';
import {
  assertMayMoveTo,
  boundTo,
  mayAskForLinks,
  mayBookFor,
  mayCancelFalseBookings,
  mayChangeAbsences,
  mayChangeBooking,
  mayChangeHours,
  mayImport,
  mayReadBookings,
  mayServeBooking,
  seesDesk,
} from '../../../src/domain/staff/rights';
import { ROLES, type Role, type StaffMember } from '../../../src/domain/staff/roles';

const at = (role: Role, part: Partial<StaffMember> = {}): StaffMember => ({
  kind: 'staff',
  name: 'Kim Probe',
  role,
  deskId: 'expat-desk',
  advisorId: null,
  ...part,
});

/** What can be asked of somebody about a desk, and its advisor a1. */
const DEEDS: Readonly<Record<string, (who: Caller, deskId: string) => boolean>> = {
  see: seesDesk,
  'change a booking of a1': (who, deskId) => mayChangeBooking(who, { deskId, advisorId: 'a1' }),
  'note who came to a1': (who, deskId) => mayServeBooking(who, { deskId, advisorId: 'a1' }),
  'book with a1': (who, deskId) => mayBookFor(who, deskId, 'a1'),
  'book with anybody': (who, deskId) => mayBookFor(who, deskId, null),
  'search bookings': mayReadBookings,
  'have links mailed': mayAskForLinks,
  'cancel false bookings': mayCancelFalseBookings,
  'change hours': mayChangeHours,
  'enter an absence of a1': (who, deskId) => mayChangeAbsences(who, deskId, 'a1'),
};
const deedsOf = (who: Caller, deskId = 'expat-desk') => Object.keys(DEEDS).filter((deed) => DEEDS[deed]?.(who, deskId));

const OWN = ['change a booking of a1', 'note who came to a1', 'book with a1'];
const RECEPTION = [
  ...['see', ...OWN, 'book with anybody'],
  ...['search bookings', 'have links mailed', 'cancel false bookings'],
];

describe('The permissions of a role', () => {
  it.each([
    [
      'an advisor with their own things',
      at('advisor', { advisorId: 'a1' }),
      ['see', ...OWN, 'search bookings', 'enter an absence of a1'],
    ],
    ["an advisor with a colleague's", at('advisor', { advisorId: 'a2' }), ['see', 'search bookings']],
    ['an advisor who is nobody of the desk', at('advisor'), ['see', 'search bookings']],
    ['a receptionist', at('receptionist'), RECEPTION],
    ['a receptionist who is an advisor too', at('receptionist', { advisorId: 'a1' }), RECEPTION],
    ['a manager', at('manager'), Object.keys(DEEDS)],
    ['an admin', at('admin'), Object.keys(DEEDS)],
  ])('are, for %s, those of the list and no others', (_, who, deeds) => {
    expect(deedsOf(who)).toEqual(deeds);
  });

  it('are none at another desk, except for an admin', () => {
    for (const role of ROLES)
      expect(deedsOf(at(role, { advisorId: 'a1' }), 'wuppertal')).toEqual(role === 'admin' ? Object.keys(DEEDS) : []);
  });

  it('are none for a role without a row in the table', () => {
    for (const role of ['trainee', 'constructor', ''])
      expect(deedsOf(at(role as Role, { advisorId: 'a1' }))).toEqual([]);
  });

  it('is, for a client, what their link is about, and everything for a job or a command', () => {
    const ofClients = ['see', 'change a booking of a1', 'book with a1', 'book with anybody', 'have links mailed'];
    expect(deedsOf({ kind: 'client' })).toEqual(ofClients);
    expect(deedsOf({ kind: 'system' })).toEqual(Object.keys(DEEDS));
  });
});

describe('Importing bookings', () => {
  it('is left to a command of the operator, whatever the role', () => {
    expect(mayImport({ kind: 'system' })).toBe(true);
    for (const who of [{ kind: 'client' } as const, ...ROLES.map((role) => at(role))])
      expect(mayImport(who)).toBe(false);
  });
});

describe('Moving a booking', () => {
  const ofA1 = { deskId: 'expat-desk', advisorId: 'a1' };
  const refused = (who: Caller, to: string | null) => {
    try {
      assertMayMoveTo(who, ofA1, to);
      return null;
    } catch (error) {
      return (error as { code?: string }).code;
    }
  };

  it('leads an advisor to their own calendar only, and reception anywhere', () => {
    const a1 = at('advisor', { advisorId: 'a1' });
    expect([refused(a1, 'a1'), refused(a1, 'a2'), refused(a1, null)]).toEqual([null, 'forbidden', 'forbidden']);
    expect([refused(at('receptionist'), 'a2'), refused(at('receptionist'), null)]).toEqual([null, null]);
    expect([boundTo(a1), boundTo(at('receptionist', { advisorId: 'a1' }))]).toEqual(['a1', undefined]);
  });

  it("is refused for a colleague's, and does not exist at another desk", () => {
    expect(refused(at('advisor', { advisorId: 'a2' }), 'a2')).toBe('forbidden');
    expect(refused(at('receptionist', { deskId: 'wuppertal' }), 'a1')).toBe('not-found');
    expect(refused(at('admin', { deskId: 'wuppertal' }), 'a1')).toBeNull();
  });
});
