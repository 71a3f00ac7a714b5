import { visitsBefore } from '../../../src/domain/booking/visits';
import { HOUR } from '../../../src/domain/calendar/interval';
import { aBooking, aClient, TUESDAY_NINE } from '../../support/builders';

const earlier = (hours: number) => ({ start: TUESDAY_NINE.start - hours * HOUR, end: TUESDAY_NINE.end - hours * HOUR });
const now = aBooking({ id: 'now' });
const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id);

describe('visitsBefore', () => {
  it('returns to what the same person has come before, the latest first', () => {
    const others = [
      now,
      aBooking({ id: 'long ago', time: earlier(48), status: 'completed' }),
      aBooking({ id: 'lately', time: earlier(24), status: 'checked_in' }),
      aBooking({ id: 'missed', time: earlier(24), status: 'no_show' }),
      aBooking({ id: 'cancelled', time: earlier(24), status: 'cancelled' }),
      aBooking({ id: 'later', time: earlier(-24), status: 'completed' }),
      aBooking({ id: 'Lea', time: earlier(24), status: 'completed', client: aClient({ email: 'lea@client.example' }) }),
    ];
    expect(ids(visitsBefore(now, others))).toEqual(['lately', 'long ago']);
  });

  it('does not take for one person all for whom one company books', () => {
    const of = (name: string, part = {}) =>
      aBooking({
        id: name,
        status: 'completed',
        time: earlier(24),
        onBehalfOf: { organisation: 'ACME', name },
        ...part,
      });
    const others = [
      of('Bo Muster'),
      of('Noor Muster'),
      aBooking({ id: 'own', status: 'completed', time: earlier(24) }),
    ];
    expect(ids(visitsBefore(of(' noor muster ', { id: 'now', time: TUESDAY_NINE }), others))).toEqual(['Noor Muster']);
    expect(ids(visitsBefore(now, others))).toEqual(['own']);
  });

  it('knows nobody by whom nothing is known', () => {
    const nobody = aClient({ email: null, phone: null });
    const other = aBooking({ id: 'other', client: nobody, status: 'completed', time: earlier(24) });
    expect(visitsBefore(aBooking({ client: nobody }), [other])).toEqual([]);
  });
});
