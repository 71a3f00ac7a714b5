import type { Engagement } from '../../src/domain/slots/engagement';
import { changedTimes } from '../../src/storage/diaryMarks';

const before: Required<Engagement> = {
  id: 'b1',
  advisorId: 'a1',
  time: { start: 1_000, end: 2_000 },
  consultation: { start: 1_000, end: 1_900 },
  topicId: 'residence',
  language: 'de',
  mode: 'in_person',
  movable: true,
  urgent: false,
  heldUntil: null,
};
const other: Required<Engagement> = {
  id: 'b2',
  advisorId: 'a2',
  time: { start: 1_000, end: 2_100 },
  consultation: { start: 1_100, end: 1_900 },
  topicId: 'career',
  language: 'ja',
  mode: 'video',
  movable: false,
  urgent: true,
  heldUntil: 5_000,
};

describe('The times that have changed between two readings of a diary', () => {
  it('are none if both say the same', () => {
    expect(changedTimes([before], [structuredClone(before)])).toEqual([]);
  });

  it.each(Object.keys(before) as (keyof Engagement)[])('are those before and after if the %s differs', (field) => {
    const after = { ...before, [field]: other[field] };
    const [old, now] = [before.time, after.time];
    // With another id it is another engagement: one has gone, and one has come.
    expect(changedTimes([before], [after])).toEqual(field === 'id' ? [now, old] : [old, now]);
  });

  it('are those of engagements that only one of the readings has', () => {
    expect(changedTimes([before], [other])).toEqual([other.time, before.time]);
  });
});
