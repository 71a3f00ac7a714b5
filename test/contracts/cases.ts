import type { Storage } from '../../src/app/ports/storage';
import { consultationFact } from '../../src/domain/booking/consultationFact';
import type { Case } from '../../src/domain/cases/case';
import { caseFact } from '../../src/domain/cases/caseFact';
import { EMPTY_INTAKE } from '../../src/domain/cases/intake';
import { aBooking, aCase, NOW, TUESDAY_NINE } from '../support/builders';
import { refusal } from '../support/refusal';
import { type Open, withDesks } from './databases';

const FULL = aCase({
  advisors: ['a2', 'a1'],
  meetings: [
    { bookingId: 'gone', start: NOW - 1, topicId: 'career' },
    { bookingId: 'b1', start: TUESDAY_NINE.start, topicId: 'residence' },
  ],
  intake: {
    ...EMPTY_INTAKE,
    qualifications: [
      { what: 'Дипломована медсестра', country: 'Україна', level: 'vocational', papers: 'there', recognition: 'asked' },
    ],
    obstacles: ['german', 'childcare'],
    goal: 'Працювати за фахом',
    topicId: 'residence',
    answers: { which: 'x', known: true },
  },
  steps: [{ id: 's1', text: 'B2', owner: 'client', due: '2027-03-01', state: 'open', partnerId: 'authority' }],
  strategy: { text: 'Erst B2', language: 'uk', agreedOn: '2026-11-24', changedSince: true },
});

/** What every store of cases does. */
export function casesContract(open: Open): void {
  let storage: Storage;
  beforeEach(async () => {
    storage = await withDesks(open);
    const booking = aBooking({ id: 'b1', advisorId: 'a1', time: TUESDAY_NINE });
    await storage.write(({ bookings }) => bookings.add(booking, 'hash of b1'));
  });
  afterEach(() => storage.close());

  const write = (work: Parameters<Storage['write']>[0]) => storage.write(work);
  const save = (of: Case) => write(({ cases }) => cases.save(of));
  const closed = (part: Partial<Case>) =>
    aCase({ state: 'closed', result: { kind: 'work', on: '2026-11-24' }, closedAt: NOW, ...part });

  it('returns a case as it was stored, and as it was changed, but only over the version before', async () => {
    await write(({ cases }) => cases.add(FULL));
    expect(await storage.cases.find('case')).toEqual(FULL);
    const next: Case = {
      ...FULL,
      ...{ advisors: ['a1'], meetings: [], steps: [], version: 2, state: 'closed', closedAt: NOW },
      result: { kind: 'training', on: '2026-11-24' },
    };
    await save(next);
    expect(await storage.cases.find('case')).toEqual(next);
    await expect(save(next)).rejects.toEqual(refusal('version-moved-on'));
    expect(await storage.cases.find('none')).toBeUndefined();
  });

  it('knows the cases of an advisor at one desk, and the case of a booking', async () => {
    await write(async ({ cases }) => {
      await cases.add(FULL);
      await cases.add(aCase({ id: 'other', advisors: ['a1'] }));
      await cases.add(aCase({ id: 'elsewhere', deskId: 'wuppertal' }));
    });
    const idsOf = async (advisorId: string) =>
      (await storage.cases.ofAdvisor('expat-desk', advisorId)).map(({ id }) => id).sort();
    expect([await idsOf('a1'), await idsOf('a2')]).toEqual([['case', 'other'], ['case']]);
    expect((await storage.cases.ofBooking('b1'))?.id).toBe('case');
    expect(await storage.cases.ofBooking('b2')).toBeUndefined();
  });

  it('tells when a meeting is by its booking, and keeps its last time when that is purged', async () => {
    await write(({ cases }) => cases.add(FULL));
    const moved = { start: TUESDAY_NINE.start + 1_800_000, end: TUESDAY_NINE.end + 1_800_000 };
    const before = await storage.bookings.find('b1');
    if (!before) throw new Error('no booking');
    const changed = { ...before, time: moved, blockedUntil: moved.end, version: before.version + 1 };
    await write(({ bookings }) => bookings.save(changed));
    const startOf = async () => (await storage.cases.find('case'))?.meetings.at(-1)?.start;
    expect(await startOf()).toBe(moved.start);
    const all = { deskId: 'expat-desk', until: Number.MAX_SAFE_INTEGER };
    await write(({ retention }) =>
      retention
        .bookings(all, 0, (booking) =>
          consultationFact(booking, { timeZone: 'Europe/Berlin', cancellation: undefined, reminders: undefined }),
        )
        .forget(1),
    );
    expect(await storage.bookings.find('b1')).toBeUndefined();
    expect(await startOf()).toBe(moved.start);
  });

  it('lets the client have a booking erased, which is then no part of the case', async () => {
    await write(({ cases }) => cases.add(FULL));
    await write(({ bookings }) => bookings.erase('b1', NOW));
    expect((await storage.cases.find('case'))?.meetings.map(({ bookingId }) => bookingId)).toEqual(['gone']);
  });

  it('removes a case with all that belongs to it, and keeps a fact', async () => {
    const of = closed({ id: 'over', meetings: FULL.meetings });
    await write(({ cases }) => cases.add(of));
    expect(await storage.cases.closed('expat-desk')).toEqual([of]);
    await write(({ cases }) => cases.remove('over', caseFact(of, 'Europe/Berlin')));
    expect([await storage.cases.find('over'), await storage.cases.ofBooking('b1')]).toEqual([undefined, undefined]);
    expect(await storage.cases.facts('expat-desk')).toEqual([
      { deskId: 'expat-desk', month: '2026-11', result: 'work', months: 0 },
    ]);
    expect(await storage.cases.facts('wuppertal')).toEqual([]);
  });

  it('purges what was closed at an instant or earlier', async () => {
    await write(async ({ cases }) => {
      await cases.add(closed({ id: 'first' }));
      await cases.add(closed({ id: 'second', closedAt: NOW + 1 }));
      await cases.add(aCase({ id: 'open' }));
    });
    const at = { deskId: 'expat-desk', until: NOW };
    const over = storage.retention.cases(at, (of) => caseFact(of, 'Europe/Berlin'));
    expect(await over.count()).toBe(1);
    await write(async ({ retention }) => void (await retention.cases(at, () => null).forget(5)));
    expect(await over.count()).toBe(0);
    expect((await storage.cases.closed('expat-desk')).map(({ id }) => id)).toEqual(['second']);
  });

  it('keeps a trail, the latest line first, and purges it', async () => {
    const line = (id: string, at: number) => ({
      ...({ id, at, deskId: 'expat-desk', by: 'Ada', deed: 'case_read', about: 'case' } as const),
    });
    const { id: _one, ...first } = line('t1', NOW);
    const { id: _two, ...second } = line('t2', NOW + 1);
    await write(async ({ trail }) => {
      await trail.add([line('t1', NOW), line('t2', NOW + 1), { ...line('t3', NOW), about: 'other' }]);
      await trail.add([]);
    });
    expect(await storage.trail.about('case', 5)).toEqual([second, first]);
    expect(await storage.trail.about('case', 1)).toEqual([second]);
    await write(async ({ retention }) => void (await retention.trail({ deskId: 'expat-desk', until: NOW }).forget(5)));
    expect(await storage.trail.about('case', 5)).toEqual([second]);
  });
}
