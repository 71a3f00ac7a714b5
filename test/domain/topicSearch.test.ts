import { isAtDesk, topicsFor } from '../../src/domain/topicSearch';
import { aDesk, aTopic } from '../support/builders';

const childcare = aTopic({
  id: 'childcare',
  name: { de: 'Kinderbetreuung', en: 'Childcare', ja: '子どもの保育' },
  description: { de: 'Ein Platz für Ihr Kind.', en: 'A place for your child.' },
  searchWords: ['Kita', 'anaokulu', 'дитячий садок', 'روضة', '幼儿园'],
});
const school = aTopic({
  id: 'school',
  name: { de: 'Schule', en: 'School' },
  description: { de: 'Nach der Kita.', en: 'After childcare.' },
});
const old = aTopic({ id: 'old', name: { de: 'Kita alt' }, retired: true });
const desk = aDesk({ topics: [school, childcare, old] });

const found = (typed: string) => topicsFor([desk], typed).map(({ topic }) => topic.id);

describe('The search for a topic', () => {
  it.each(['Kinderbetreuung', 'KINDERBETREUUNG', 'anaokulu', 'садок', 'روضة', '幼儿园', '保育'])(
    'finds it by %s',
    (typed) => {
      expect(found(typed)).toEqual(['childcare']);
    },
  );

  it('puts what is called so before what mentions it, and leaves out what is retired', () => {
    expect(found('kita')).toEqual(['childcare', 'school']);
  });

  it('needs each word, in any order', () => {
    expect(found('platz kind')).toEqual(['childcare']);
    expect(found('kind platz schule')).toEqual([]);
  });

  it.each(['', '   ', '\u0000'])('finds nothing for %j', (typed) => {
    expect(found(typed)).toEqual([]);
    expect(isAtDesk(desk, typed)).toBe(false);
  });
});

describe('The search for a desk', () => {
  it('goes by name, headline and address', () => {
    expect(['expat', 'düsseldorf', 'duesseldorf musterplatz'].map((typed) => isAtDesk(desk, typed))).toEqual([
      true,
      true,
      true,
    ]);
    expect(isAtDesk(desk, 'kita')).toBe(false);
  });
});
