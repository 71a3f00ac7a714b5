import type { Interval } from '../../../src/domain/calendar/interval';
import { candidates } from '../../../src/domain/slots/candidates';

const at = (time: string) => Date.parse(`2030-06-03T${time}:00Z`);
const span = (start: string, end: string): Interval => ({ start: at(start), end: at(end) });
const starts = (slots: readonly Interval[]) => slots.map(({ start }) => new Date(start).toISOString().slice(11, 16));

describe('candidates', () => {
  it('begin at the window’s start, wherever that is, and on the grid after it', () => {
    expect(starts(candidates([span('09:10', '10:30')], { duration: 30, buffer: 0, grid: 20 }))).toEqual([
      '09:10',
      '09:30',
      '09:50',
    ]);
  });

  it('last as long as the consultation, and the buffer must fit, too', () => {
    const slots = candidates([span('09:00', '11:00')], { duration: 45, buffer: 15, grid: 60 });
    expect(slots).toEqual([span('09:00', '09:45'), span('10:00', '10:45')]);
    expect(starts(candidates([span('09:00', '10:59')], { duration: 45, buffer: 15, grid: 60 }))).toEqual(['09:00']);
  });

  it('do not exist in a window that is too short, nor without a window', () => {
    expect(candidates([span('09:00', '09:29')], { duration: 30, buffer: 0, grid: 30 })).toEqual([]);
    expect(candidates([], { duration: 30, buffer: 0, grid: 30 })).toEqual([]);
  });

  it('follow a grid of its own in every window', () => {
    const windows = [span('09:00', '10:00'), span('13:15', '14:15')];
    expect(starts(candidates(windows, { duration: 30, buffer: 0, grid: 30 }))).toEqual([
      '09:00',
      '09:30',
      '13:15',
      '13:45',
    ]);
  });

  it.each([
    ['duration', { duration: 0 }],
    ['duration', { duration: -30 }],
    ['duration', { duration: 7.5 }],
    ['duration', { duration: Number.POSITIVE_INFINITY }],
    ['buffer', { buffer: -1 }],
    ['buffer', { buffer: Number.NaN }],
    ['grid', { grid: 0 }],
    ['grid', { grid: 0.1 }],
  ])('are refused for a wrong %s: %p', (part, wrong) => {
    const refusal = expect.objectContaining({ code: 'invalid', details: expect.objectContaining({ part }) });
    expect(() => candidates([], { duration: 30, buffer: 0, grid: 30, ...wrong })).toThrow(refusal);
  });

  it('do not exist for a consultation of a thousand years', () => {
    expect(candidates([span('09:00', '17:00')], { duration: 1e9, buffer: 0, grid: 30 })).toEqual([]);
  });
});
