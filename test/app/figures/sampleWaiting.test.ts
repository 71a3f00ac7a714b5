import { DAY } from '../../../src/domain/calendar/dates';
import { HOUR } from '../../../src/domain/calendar/interval';
import { type TestApp, testApp } from '../../support/app';
import { booked } from '../../support/bookings';
import { aDesk, anAdvisor } from '../../support/builders';

let t: TestApp;
afterEach(() => t.close());

const samples = async () => {
  await t.run('sampleWaiting');
  const all = await t.storage.figures.samples({ deskId: 'expat-desk', from: '2026-11', to: '2026-12' });
  return all.map(({ date, topicId, language, firstDays, thirdDays }) => [
    ...[date, topicId, language].slice(0, 3),
    ...[firstDays, thirdDays],
  ]);
};

describe('What is free on a day', () => {
  it('is noted once, for each language in which a topic is offered', async () => {
    t = await testApp({ desks: [aDesk({ advisors: [anAdvisor({ topics: ['residence'] })] })] });
    const tuesday = [
      ['2026-11-24', 'residence', 'de', 0, 0],
      ['2026-11-24', 'residence', 'en', 0, 0],
    ];
    expect((await samples()).sort()).toEqual(tuesday);
    t.clock.advance(HOUR);
    await booked(t);
    expect((await samples()).sort()).toEqual(tuesday);
    t.clock.advance(DAY);
    expect(await samples()).toHaveLength(4);
  });

  it('is counted in days of the calendar to the first and the third start', async () => {
    const rule = { rrule: 'FREQ=WEEKLY;BYDAY=TH,FR', start: '09:00', end: '10:00' };
    const advisor = anAdvisor({ languages: ['de'], topics: ['residence'], workingRules: [rule] });
    t = await testApp({ desks: [aDesk({ advisors: [advisor] })] });
    expect(await samples()).toEqual([['2026-11-24', 'residence', 'de', 2, 3]]);
  });

  it('is the day after the horizon where nothing is free', async () => {
    const never = { rrule: 'FREQ=WEEKLY;BYDAY=SU', start: '09:00', end: '10:00' };
    const advisor = anAdvisor({ languages: ['de'], topics: ['residence'], workingRules: [never] });
    t = await testApp({ desks: [aDesk({ horizonDays: 30, advisors: [advisor] })] });
    expect(await samples()).toEqual([['2026-11-24', 'residence', 'de', 31, 31]]);
  });
});
