import {
  byNeed,
  type Case,
  type CaseStep,
  changedCase,
  withAdvisor,
  withoutAdvisor,
} from '../../../src/domain/cases/case';
import { caseFact } from '../../../src/domain/cases/caseFact';
import { casesFound } from '../../../src/domain/cases/findCases';
import { EMPTY_INTAKE, OBSTACLES } from '../../../src/domain/cases/intake';
import { mayKeepCases, mayReadCase } from '../../../src/domain/staff/caseRights';
import { ROLES } from '../../../src/domain/staff/roles';
import { aCase, aReceptionist, NOW } from '../../support/builders';
import { refusal } from '../../support/refusal';

const WORK = { kind: 'work', on: '2027-05-24' } as const;
const step = (part: Partial<CaseStep> = {}): CaseStep => ({
  ...{ id: 's', text: 'Kurs suchen', owner: 'client', due: null, state: 'open', partnerId: null },
  ...part,
});
const changed = (of: Case, change: Parameters<typeof changedCase>[1]) => changedCase(of, change, NOW);

describe('A case', () => {
  it('keeps what is not changed', () => {
    const before = aCase({ intake: { ...EMPTY_INTAKE, goal: 'Pflege', obstacles: ['german'] } });
    const next = changed(before, { intake: { obstacles: [], goal: undefined } });
    expect(next).toEqual({ ...before, intake: { ...before.intake, obstacles: [] }, version: 2 });
  });

  it('is closed with what it came to, and reopened without', () => {
    const closed = changed(aCase(), { state: 'closed', result: WORK });
    expect(closed).toMatchObject({ state: 'closed', result: WORK, closedAt: NOW, version: 2 });
    expect(changed(closed, { state: 'open' })).toMatchObject({
      state: 'open',
      result: null,
      closedAt: null,
      version: 3,
    });
  });

  it('is not closed without a result, and has none while it is open', () => {
    expect(() => changed(aCase(), { state: 'closed' })).toThrow(refusal('invalid'));
    expect(() => changed(aCase(), { result: WORK })).toThrow(refusal('invalid'));
  });

  it('is not changed while it is closed', () => {
    const closed = changed(aCase(), { state: 'closed', result: WORK });
    expect(() => changed(closed, { steps: [] })).toThrow(refusal('case-not-changeable'));
    expect(() => changed(closed, { state: 'closed', result: WORK })).toThrow(refusal('case-not-changeable'));
  });

  it('follows what is changed after the client agreed, but not that a step is done', () => {
    const agreed = changed(aCase({ steps: [step()] }), { strategy: { text: 'Erst Deutsch', agreedOn: '2026-11-24' } });
    expect(agreed.strategy).toEqual({
      text: 'Erst Deutsch',
      language: 'de',
      agreedOn: '2026-11-24',
      changedSince: false,
    });
    const since = (change: Parameters<typeof changedCase>[1]) => changed(agreed, change).strategy.changedSince;
    expect(since({ steps: [step({ state: 'done' })] })).toBe(false);
    expect(since({ intake: { obstacles: ['german'] } })).toBe(false);
    expect(since({ steps: [step({ due: '2027-01-01' })] })).toBe(true);
    expect(since({ intake: { goal: 'Ausbildung' } })).toBe(true);
    expect(since({ strategy: { text: 'Erst arbeiten' } })).toBe(true);
    expect(since({ strategy: { agreedOn: '2026-12-01' } })).toBe(false);
  });

  it('keeps its last advisor', () => {
    const shared = withAdvisor(aCase(), 'a2');
    expect(shared).toMatchObject({ advisors: ['a1', 'a2'], version: 2 });
    expect(withAdvisor(shared, 'a2')).toBe(shared);
    const alone = withoutAdvisor(shared, 'a1');
    expect(alone).toMatchObject({ advisors: ['a2'], version: 3 });
    expect(withoutAdvisor(alone, 'a1')).toBe(alone);
    expect(() => withoutAdvisor(alone, 'a2')).toThrow(refusal('case-not-changeable'));
  });

  it('comes by when its next step is due, those without one last, and closed ones after all', () => {
    const due = (id: string, ...days: (string | null)[]) =>
      aCase({ id, steps: days.map((day, i) => step({ id: `${i}`, due: day })) });
    const done = aCase({ id: 'done', steps: [step({ due: '2026-01-01', state: 'done' })] });
    const closed = changed(due('closed', '2026-01-01'), { state: 'closed', result: WORK });
    const all = [closed, done, due('late', '2027-02-01'), due('soon', null, '2027-01-01')];
    expect(all.sort(byNeed).map(({ id }) => id)).toEqual(['soon', 'late', 'done', 'closed']);
  });

  it('is found by a name in another spelling', () => {
    const of = aCase({ client: { name: 'Łukasz Müller', email: null, phone: '+4920255501', languages: ['pl'] } });
    for (const typed of ['mueller', 'Lukasz', 'müll luk', '55501']) expect(casesFound([of], typed)).toEqual([of]);
    for (const typed of ['meier', '…']) expect(casesFound([of], typed)).toEqual([]);
  });

  it('leaves how long it took to its result', () => {
    expect(caseFact(aCase(), 'Europe/Berlin')).toBeNull();
    const closed = changed(aCase({ openedAt: Date.parse('2026-01-10T10:00:00Z') }), { state: 'closed', result: WORK });
    expect(caseFact(closed, 'Europe/Berlin')).toEqual({
      ...{ deskId: 'expat-desk', month: '2026-11', result: 'work', months: 16 },
    });
  });

  it('has no obstacle that tells of health, religion or origin', () => {
    for (const obstacle of OBSTACLES)
      expect(obstacle).not.toMatch(/health|ill|disab|relig|church|ethnic|nation|origin/);
  });
});

describe('The right to a case', () => {
  it.each(ROLES)('is that of its advisors: %s', (role) => {
    const as = (advisorId: string | null, deskId = 'expat-desk') => aReceptionist('X', { role, advisorId, deskId });
    const isAdvisor = role === 'advisor';
    expect(mayReadCase(as('a1'), aCase())).toBe(isAdvisor);
    expect(mayKeepCases(as('a2'), 'expat-desk')).toBe(isAdvisor);
    for (const other of [as('a2'), as(null), as('a1', 'wuppertal')]) expect(mayReadCase(other, aCase())).toBe(false);
  });
});
