import type { HoursException } from '../../../src/domain/calendar/hours';
import { type TestApp, testApp } from '../../support/app';
import { refusal } from '../../support/refusal';

const DESK = 'expat-desk';

let program: TestApp;
beforeEach(async () => {
  program = await testApp();
});
afterEach(() => program.close());

const hours = async () => (await program.storage.desks.find(DESK))?.hours;

describe('Changing the hours', () => {
  it.each([
    [{ windows: [{ start: '09:00', end: '25:00' }] }, 'invalid-time'],
    [{ windows: [{ start: '12:00', end: '12:00' }] }, 'invalid-time'],
    [{ closed: true, windows: [{ start: '09:00', end: '12:00' }] }, 'invalid'],
    [{ windows: [] }, 'invalid'],
    [{ to: '2026-12-01' }, 'invalid-time'],
    [{ from: '2026-02-30' }, 'invalid-time'],
  ] as const)('refuses the exception %j, which cannot be expanded', async (part, code) => {
    const windows = [{ start: '09:00', end: '12:00' }];
    const exception: Omit<HoursException, 'id'> = {
      from: '2026-12-01',
      to: '2026-12-02',
      closed: false,
      windows,
      reason: { en: 'x' },
      ...part,
    };
    const before = await hours();
    await expect(program.app.addException({ who: { kind: 'system' }, deskId: DESK, exception })).rejects.toEqual(
      refusal(code),
    );
    expect(await hours()).toEqual(before);
  });

  it.each([
    [{ rrule: 'FREQ=SECONDLY' }, 'invalid-rule'],
    [{ end: '09:00' }, 'invalid-time'],
  ] as const)('refuses all rules if one is %j, and keeps the old ones', async (part, code) => {
    const rule = { rrule: 'FREQ=DAILY', start: '09:00', end: '17:00' };
    const before = await hours();
    const rules = [rule, { ...rule, ...part }];
    await expect(program.app.replaceOpeningRules({ who: { kind: 'system' }, deskId: DESK, rules })).rejects.toEqual(
      refusal(code),
    );
    expect(await hours()).toEqual(before);
  });
});
