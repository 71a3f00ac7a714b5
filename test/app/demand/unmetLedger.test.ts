import { type UnmetLedger, unmetLedger } from '../../../src/app/demand/unmetLedger';
import { DAY } from '../../../src/domain/calendar/dates';
import { DomainError } from '../../../src/domain/errors';
import { type TestApp, testApp } from '../../support/app';
import { aDesk, aTopic, NOW } from '../../support/builders';

const desk = aDesk();
const inVain = { desk, topic: aTopic(), language: 'uk', from: 'one', at: NOW };

describe('A search without a result', () => {
  let t: TestApp;
  let ledger: UnmetLedger;
  beforeEach(async () => {
    t = await testApp({ desks: [desk, { ...desk, id: 'other' }] });
    ledger = unmetLedger(t.storage);
  });
  afterEach(() => t.close());

  const counted = async (deskId = 'expat-desk') => {
    await ledger.flush();
    const rows = await t.storage.demand.list(deskId);
    return rows.map(({ language, week, searches }) => `${week} ${language} ${searches}`);
  };

  it('is counted once for each network, desk, topic and language in the weeks that are taken for what is wanted', async () => {
    for (const part of [{}, {}, { from: 'two' }, { language: 'uk-UA' }, { at: NOW + DAY }, { at: NOW + 26 * DAY }])
      ledger.note({ ...inVain, ...part });
    ledger.note({ ...inVain, topic: aTopic({ id: 'career' }) });
    ledger.note({ ...inVain, desk: { ...desk, id: 'other' } });
    expect(await counted()).toEqual(['2026-W48 uk 1', '2026-W48 uk 2']);
    expect(await counted('other')).toEqual(['2026-W48 uk 1']);
    // The week of the first is wanted no more.
    ledger.note({ ...inVain, at: NOW + 28 * DAY });
    expect(await counted()).toContain('2026-W52 uk 1');
  });

  it('is counted by the present name of an existing language', async () => {
    const invented = ['x-one', 'qaa', 'xx', 'qqq', 'und', 'zxx', 'i-klingon', '', 'nonsense', 'de_DE', '💥', 'a'];
    for (const language of [...invented, 'iw', 'he', 'zh-TW', 'zh', 'ckb', 'UK'])
      ledger.note({ ...inVain, language, from: language });
    expect(await counted()).toEqual(['2026-W48 ckb 1', '2026-W48 he 2', '2026-W48 uk 1', '2026-W48 zh 2']);
  });

  it('fills neither memory nor the database, however many different ones there are', async () => {
    for (let i = 0; i < 60_000; i++) ledger.note({ ...inVain, from: `network ${i}` });
    for (let i = 0; i < 2_000; i++) ledger.note({ ...inVain, topic: { id: `topic ${i}` }, at: NOW + DAY });
    await ledger.flush();
    const rows = await t.storage.demand.list('expat-desk');
    expect(rows.find(({ topicId }) => topicId === 'residence')?.searches).toBe(50_000);
    expect(rows).toHaveLength(1_000);
  });

  it('waits while the database cannot be written, and is then written once', async () => {
    let away = true;
    const patient = unmetLedger({
      atomically: (work) => (away ? Promise.reject(new DomainError('unavailable')) : t.storage.atomically(work)),
    });
    patient.note(inVain);
    await expect(patient.flush()).rejects.toMatchObject({ code: 'unavailable' });
    patient.note({ ...inVain, from: 'two' });
    away = false;
    await patient.flush();
    await patient.flush();
    expect(await counted()).toEqual(['2026-W48 uk 2']);
  });
});
