import {
  hasRoomFor,
  withoutQuestion,
  withQuestion,
  withQuestionMoved,
} from '../../../src/domain/booking/askedQuestions';
import { MAX_QUESTIONS, type Question } from '../../../src/domain/booking/questions';
import { aQuestion } from '../../support/builders';

const [visa, since, family] = [aQuestion({ id: 'visa' }), aQuestion({ id: 'since' }), aQuestion({ id: 'family' })];
const retired = aQuestion({ id: 'old', retired: true });
const topic = { questions: [visa, since, family, retired] };
const ids = (questions: readonly Question[]) => questions.map(({ id }) => id).join(' ');

describe('What a topic asks', () => {
  it('has a new question as its last', () => {
    expect(ids(withQuestion(topic, aQuestion({ id: 'new' })))).toBe('visa since family new');
  });

  it('has a changed question at its place', () => {
    const asked = withQuestion(topic, { ...since, required: true });
    expect(ids(asked)).toBe('visa since family');
    expect(asked[1]).toMatchObject({ required: true });
  });

  it('lacks one that is taken out, and has one that is brought back as its last', () => {
    expect(ids(withoutQuestion(topic, 'visa'))).toBe('since family');
    expect(ids(withQuestion(topic, aQuestion({ id: 'old' })))).toBe('visa since family old');
  });

  it('is asked in another order, but for the first and the last, which go no further', () => {
    expect(ids(withQuestionMoved(topic, 'since', 'earlier'))).toBe('since visa family');
    expect(ids(withQuestionMoved(topic, 'since', 'later'))).toBe('visa family since');
    expect(ids(withQuestionMoved(topic, 'visa', 'earlier'))).toBe('visa since family');
    expect(ids(withQuestionMoved(topic, 'family', 'later'))).toBe('visa since family');
    expect(ids(withQuestionMoved(topic, 'old', 'earlier'))).toBe('visa since family');
  });

  it('ends with the greatest number of questions; those that are asked no more do not count', () => {
    const many = Array.from({ length: MAX_QUESTIONS }, (_, i) => aQuestion({ id: `q${i}` }));
    const full = { questions: [...many, retired] };
    expect(hasRoomFor(full)).toBe(false);
    expect(hasRoomFor({ questions: [...many.slice(1), retired] })).toBe(true);
    expect(() => withQuestion(full, aQuestion({ id: 'new' }))).toThrow(expect.objectContaining({ code: 'invalid' }));
    expect(withQuestion(full, aQuestion({ id: 'q3', required: true }))).toHaveLength(MAX_QUESTIONS);
  });
});
