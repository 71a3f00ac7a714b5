import type { ChosenLine } from '../../../src/app/plans/commitPlan';
import type { AbsencePlan } from '../../../src/domain/booking/absencePlan';
import type { Booking } from '../../../src/domain/booking/booking';
import { HOUR, MINUTE } from '../../../src/domain/calendar/interval';
import type { StaffMember } from '../../../src/domain/staff/roles';
import { type TestApp, testApp } from '../../support/app';
import { aRequest, booked } from '../../support/bookings';
import { aReceptionist, TUESDAY_NINE } from '../../support/builders';
import { refusal } from '../../support/refusal';

const NINE = TUESDAY_NINE.start;
const ADA = aReceptionist('Ada Beispiel', { role: 'advisor', advisorId: 'a1' });
const REZI = aReceptionist('Rezi Empfang');
const NOTICE = { de: 'Zu', en: 'Closed' };

let t: TestApp;
let german: Booking;
let promised: Booking;
beforeEach(async () => {
  t = await testApp();
  german = await booked(t, { query: { ...aRequest().query, language: 'de', advisorId: undefined } });
  // Who was promised Ada gets another time with her.
  promised = await booked(t, { start: NINE + HOUR, query: { ...aRequest().query, advisorId: 'a1' } });
});
afterEach(() => t.close());

const propose = async (who: StaffMember = ADA) => {
  const time = { start: NINE, end: NINE + 8 * HOUR };
  const absence = { advisorIds: ['a1'], time, kind: 'sick', reason: null, notice: NOTICE, hours: null } as const;
  return (await t.app.proposePlan({ who, deskId: 'expat-desk', absence })).value;
};
const commit = async ({ id: planId }: AbsencePlan, who: StaffMember = ADA, lines: readonly ChosenLine[] = []) =>
  (await t.app.commitPlan({ who, planId, lines })).value;
const now = async ({ id }: Booking) => (await t.storage.bookings.find(id)) as Booking;
const openTasks = async () =>
  (await t.storage.tasks.open('expat-desk')).map(({ kind, bookingId }) => [kind, bookingId]);
const absences = () => t.storage.desks.absences('expat-desk', { start: 0, end: Number.MAX_SAFE_INTEGER });

describe('An advisor who is away', () => {
  it("leaves to reception what would take a colleague's time, and does what stays in their own calendar", async () => {
    expect([german.advisorId, promised.advisorId]).toEqual(['a1', 'a1']);
    const plan = await propose();
    expect(plan.lines.map(({ action, advisorId }) => [action, advisorId])).toEqual([
      ['reassign', 'a2'],
      ['ask', 'a1'],
    ]);
    const done = await commit(plan);
    expect(done.lines[0]).toMatchObject({ action: 'call', start: NINE, advisorId: 'a2' });
    expect(await now(german)).toEqual(german);
    expect(await absences()).toHaveLength(1);
    expect((await now(promised)).time.start).toBeGreaterThan(NINE + 8 * HOUR);
    expect(await openTasks()).toEqual([['outside_hours', german.id]]);
  });

  it('is refused a line that is not theirs to choose, and may cancel their own', async () => {
    const plan = await propose();
    const choose = (action: ChosenLine['action'], part: Partial<ChosenLine> = {}) =>
      commit(plan, ADA, [{ bookingId: german.id, action, ...part }]);
    await expect(choose('reassign')).rejects.toThrow(refusal('forbidden'));
    await expect(choose('move', { start: NINE, advisorId: 'a2' })).rejects.toThrow(refusal('forbidden'));
    expect(await absences()).toEqual([]);
    await choose('cancel');
    expect(await now(german)).toMatchObject({ status: 'cancelled' });
  });

  it('takes all of it back', async () => {
    const plan = await commit(await propose());
    const undone = await t.app.undoPlan({ who: ADA, planId: plan.id });
    expect(undone.value.state).toBe('undone');
    expect(await absences()).toEqual([]);
    expect(await openTasks()).toEqual([]);
  });

  it('has no part in the plans of others', async () => {
    const plan = await propose(REZI);
    const bo = { ...ADA, advisorId: 'a2' };
    await expect(commit(plan, bo)).rejects.toThrow(refusal('forbidden'));
    await expect(commit(plan, { ...ADA, deskId: 'wuppertal' })).rejects.toThrow(refusal('not-found'));
  });

  it('is seen to by reception: what is left goes to others, and the absence is entered once', async () => {
    await commit(await propose());
    const rest = await commit(await propose(REZI), REZI);
    expect(await now(german)).toMatchObject({ advisorId: 'a2', time: german.time });
    expect(rest.absenceIds).toEqual([]);
    expect(await absences()).toHaveLength(1);
    expect(await openTasks()).not.toContainEqual(['outside_hours', german.id]);
    // Who is back is noted where the absence was entered.
    const back = t.app.endAbsence({ who: REZI, planId: rest.id, at: NINE + 30 * MINUTE, asksBack: false });
    await expect(back).rejects.toThrow(refusal('plan-undone'));
    await t.app.undoPlan({ who: REZI, planId: rest.id });
    expect(await absences()).toHaveLength(1);
  });
});
