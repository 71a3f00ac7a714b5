import { acceptedAnswers, answeredFor, questionsFor, readAnswers } from '../../../src/domain/booking/questions';
import { aQuestion, aTopic } from '../../support/builders';

const RESULT = { id: 'degree', label: { de: 'Abschluss', en: 'Degree' } };
const TEXT = aQuestion({ id: 'what', max: 10 });
const YES_NO = aQuestion({ id: 'german', kind: 'yes_no' });
const CHOICE = aQuestion({ id: 'which', kind: 'choice', choices: [RESULT, { ...RESULT, id: 'none' }] });
const DATE = aQuestion({ id: 'permit-end', kind: 'date' });
const ALL = [TEXT, YES_NO, CHOICE, DATE];

const read = (given: Record<string, unknown>, questions = ALL) => readAnswers(questions, given, { complete: true });
const wrongIn = (given: Record<string, unknown>, questions = ALL) =>
  read(given, questions).wrong.map(({ questionId, code }) => `${questionId}: ${code}`);

describe('An answer', () => {
  it('of each kind is kept in one form, whether it comes from a form, from JSON or from a file', () => {
    const kept = { what: 'a\nb', german: true, which: 'degree', 'permit-end': '2027-03-01' };
    expect(read({ what: ' a\r\nb ', german: 'yes', which: 'degree', 'permit-end': '1.3.2027' })).toEqual({
      answers: kept,
      wrong: [],
    });
    expect(read(kept)).toEqual({ answers: kept, wrong: [] });
    expect(read({ german: 'no' }).answers).toEqual({ german: false });
  });

  it.each(['', '  ', null, undefined])('that is %p is none', (nothing) => {
    expect(read({ what: nothing, german: nothing, which: nothing, 'permit-end': nothing })).toEqual({
      answers: {},
      wrong: [],
    });
  });

  it.each<[Record<string, unknown>, string]>([
    [{ what: true }, 'what: text'],
    [{ what: 'a\u0000b' }, 'what: text'],
    [{ what: '\ud83d' }, 'what: text'],
    [{ what: '12345678901' }, 'what: length'],
    [{ german: 'ja' }, 'german: yes_no'],
    [{ german: 1 }, 'german: yes_no'],
    [{ which: 'Degree' }, 'which: choice'],
    [{ which: true }, 'which: choice'],
    [{ 'permit-end': '2027-02-29' }, 'permit-end: date'],
    [{ 'permit-end': '0027-03-01' }, 'permit-end: date'],
    [{ 'permit-end': '03/01/2027' }, 'permit-end: date'],
    [{ 'permit-end': true }, 'permit-end: date'],
    [{ other: 'x' }, 'other: unknown'],
  ])('%j is refused as %s', (given, refused) => {
    expect(wrongIn(given)).toEqual([refused]);
  });

  it('may have as many letters as its question says, in every script', () => {
    expect(wrongIn({ what: '𠮷'.repeat(10) })).toEqual([]);
  });

  it('that is required is missing only where answers have to be complete', () => {
    const required = [{ ...TEXT, required: true }];
    expect(wrongIn({ what: ' ' }, required)).toEqual(['what: missing']);
    expect(readAnswers(required, {}, { complete: false }).wrong).toEqual([]);
  });

  it('never comes out of the prototype', () => {
    const given = JSON.parse('{"__proto__":"x","constructor":"y"}') as Record<string, unknown>;
    expect(wrongIn(given, [aQuestion({ id: 'constructor' })])).toEqual(['__proto__: unknown']);
    expect(read({}, [aQuestion({ id: 'constructor' })]).answers).toEqual({});
  });

  it('that is refused is named by a pointer', () => {
    expect(acceptedAnswers(ALL, { german: 'yes' })).toEqual({ german: true });
    const errors = [
      { pointer: '/answers/german', detail: 'expected true or false' },
      { pointer: '/answers/other', detail: 'is not a question of this topic' },
    ];
    expect(() => acceptedAnswers(ALL, { german: 'maybe', other: 'x' })).toThrow(
      expect.objectContaining({ code: 'invalid', details: { errors } }),
    );
  });
});

describe('A question', () => {
  const internal = aQuestion({ id: 'file-number', audience: 'staff' });
  const old = aQuestion({ id: 'old', retired: true });
  const topic = aTopic({ questions: [old, internal, TEXT] });

  it('for staff is asked by reception alone, and one that retired by nobody', () => {
    expect(questionsFor(topic, 'client')).toEqual([TEXT]);
    expect(questionsFor(topic, 'staff')).toEqual([internal, TEXT]);
  });

  it('stays beside the answers that were given to it, which clients see of their own only', () => {
    const answers = { what: 'a', old: 'b', 'file-number': 'c', lost: 'd' };
    const seenBy = (audience: 'client' | 'staff') =>
      answeredFor(audience, topic, answers).map(({ questionId, question }) => [questionId, question?.id]);
    expect(seenBy('client')).toEqual([
      ['old', 'old'],
      ['what', 'what'],
    ]);
    expect(seenBy('staff')).toEqual([
      ['old', 'old'],
      ['file-number', 'file-number'],
      ['what', 'what'],
      ['lost', undefined],
    ]);
  });
});
