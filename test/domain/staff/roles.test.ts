import {
  mayBookFor,
  mayCancelRuns,
  mayChangeAbsences,
  mayChangeBooking,
  mayChangeHours,
  ROLES,
  type Role,
  type StaffMember,
  seesDesk,
} from '../../../src/domain/staff/roles';

const at = (role: Role, part: Partial<StaffMember> = {}): StaffMember => ({
  name: 'Kim Probe',
  role,
  deskId: 'expat-desk',
  advisorId: null,
  ...part,
});

/** What can be asked of somebody about a desk, and its advisor a1. */
const DEEDS: Readonly<Record<string, (who: StaffMember, deskId: string) => boolean>> = {
  see: seesDesk,
  'change a booking of a1': (who, deskId) => mayChangeBooking(who, { deskId, advisorId: 'a1' }),
  'book with a1': (who, deskId) => mayBookFor(who, deskId, 'a1'),
  'book with anybody': (who, deskId) => mayBookFor(who, deskId, null),
  'cancel false bookings': mayCancelRuns,
  'change hours': mayChangeHours,
  'enter an absence of a1': (who, deskId) => mayChangeAbsences(who, deskId, 'a1'),
};
const deedsOf = (who: StaffMember, deskId = 'expat-desk') =>
  Object.keys(DEEDS).filter((deed) => DEEDS[deed]?.(who, deskId));

const OWN = ['change a booking of a1', 'book with a1'];
const RECEPTION = ['see', ...OWN, 'book with anybody', 'cancel false bookings'];

describe('The permissions of a role', () => {
  it.each([
    ['an advisor with their own things', at('advisor', { advisorId: 'a1' }), ['see', ...OWN, 'enter an absence of a1']],
    ["an advisor with a colleague's", at('advisor', { advisorId: 'a2' }), ['see']],
    ['an advisor who is nobody of the desk', at('advisor'), ['see']],
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
});
