import { gapUses } from '../../../src/domain/slots/gapUse';
import { anAdvisor, aTopic, span } from '../../support/builders';

const topics = [
  aTopic({ id: 'short', durationMinutes: 30 }),
  aTopic({ id: 'buffered', durationMinutes: 30, bufferMinutes: 15 }),
  aTopic({ id: 'long', durationMinutes: 60 }),
  aTopic({ id: 'others', durationMinutes: 30 }),
  aTopic({ id: 'old', durationMinutes: 30, retired: true }),
];
const useOf = gapUses({ topics, gridMinutes: 30 }, [span('2026-12-01T09:00:00+01:00', 180)]);
const advisor = anAdvisor({ topics: ['short', 'buffered', 'long', 'old'] });
const use = (start: string, minutes: number) => {
  const { fit, misfit } = useOf(advisor, span(`2026-12-01T${start}:00+01:00`, minutes));
  return [fit, misfit].map((some) => some.map(({ id }) => id).join(' '));
};

describe('A gap is good for', () => {
  it.each<[string, number, string, string]>([
    ['09:00', 30, 'short', 'buffered long'],
    ['09:00', 45, 'short buffered', 'long'],
    ['09:00', 60, 'short buffered long', ''],
    ['09:00', 29, '', 'short buffered long'],
    ['09:10', 45, '', 'short buffered long'],
    ['09:10', 50, 'short', 'buffered long'],
    ['11:00', 90, 'short buffered long', ''],
    ['11:30', 90, 'short', 'buffered long'],
  ])(
    'what fits from a start on the grid with its buffer, among the topics of the advisor: %s, %d minutes',
    (...given) => {
      const [start, minutes, ...expected] = given;
      expect(use(start, minutes)).toEqual(expected);
    },
  );
});
