import { followUpOffer } from '../../../src/domain/booking/followUp';
import { toIso } from '../../../src/domain/calendar/zone';

const ZONE = 'Europe/Berlin';
const at = (text: string) => Date.parse(`2026-${text}:00+01:00`);
const offer = (starts: string[]) => {
  const { start, others } = followUpOffer(starts.map(at), { day: '2026-12-08', like: at('12-01T11:30'), zone: ZONE });
  return [start, ...others].map((each) => each && toIso(each, ZONE).slice(5, 16));
};

describe('The start that is proposed for a follow-up', () => {
  it('is on the first day with anything free, near to the time of the last', () => {
    expect(offer(['12-08T09:00', '12-08T11:00', '12-08T12:30', '12-09T11:30'])[0]).toBe('12-08T11:00');
    expect(offer(['12-09T09:00', '12-10T11:30'])[0]).toBe('12-09T09:00');
    expect(offer(['12-08T11:00', '12-08T12:00'])[0]).toBe('12-08T11:00');
  });

  it('comes with others, of one day two at most', () => {
    const day = ['09', '10', '11', '12'].map((hour) => `12-08T${hour}:30`);
    expect(offer([...day, '12-09T11:30', '12-10T11:30', '12-11T11:30', '12-14T11:30'])).toEqual([
      ...['12-08T11:30', '12-08T10:30', '12-08T12:30', '12-09T11:30', '12-10T11:30', '12-11T11:30'],
    ]);
  });

  it('is none where nothing is free', () => {
    expect(offer([])).toEqual([null]);
  });
});
