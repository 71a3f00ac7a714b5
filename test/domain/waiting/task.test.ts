import { HOUR } from '../../../src/domain/calendar/interval';
import type { WaitingOffer } from '../../../src/domain/waiting/entry';
import { waitingTask } from '../../../src/domain/waiting/task';
import { aClient, aWaitingEntry, NOW, TUESDAY_NINE } from '../../support/builders';

const zone = 'Europe/Berlin';
const PHONE = '+492115550100';
const anOffer = (part: Partial<WaitingOffer> = {}): WaitingOffer => ({
  ...{ holdId: 'hold', time: TUESDAY_NINE, language: 'en', mode: 'in_person', mailId: 'mail' },
  ...{ tellAt: NOW, until: NOW + 24 * HOUR },
  ...part,
});
const offeredTo = (client: Partial<Parameters<typeof aClient>[0]>) =>
  aWaitingEntry({ state: 'offered', offers: 1, offer: anOffer(), client: aClient(client) });

describe('What reception has to do about somebody who waits', () => {
  it('is to call whoever has no mail address, until the offer ends', () => {
    expect(waitingTask(offeredTo({ email: null, phone: PHONE }), { zone, now: NOW })).toEqual({
      kind: 'call',
      due: NOW + 24 * HOUR,
    });
  });

  it('is to ask whoever has not answered in half of the time, and can be phoned', () => {
    const entry = offeredTo({ phone: PHONE });
    expect(waitingTask(entry, { zone, now: NOW + 12 * HOUR - 1 })).toBeNull();
    expect(waitingTask(entry, { zone, now: NOW + 12 * HOUR })?.kind).toBe('unanswered_offer');
    expect(waitingTask(offeredTo({ phone: null }), { zone, now: NOW + 12 * HOUR })).toBeNull();
  });

  it('is to find something in the last seven days before a deadline, while nothing is offered', () => {
    const soon = { deadline: '2026-11-30' };
    expect(waitingTask(aWaitingEntry(soon), { zone, now: NOW })).toEqual({
      kind: 'waiting_deadline',
      due: Date.parse('2026-12-01T00:00:00+01:00'),
    });
    expect(waitingTask(aWaitingEntry({ deadline: '2026-12-01' }), { zone, now: NOW })).toBeNull();
    expect(waitingTask(aWaitingEntry(), { zone, now: NOW })).toBeNull();
    expect(waitingTask(aWaitingEntry({ ...soon, state: 'left' }), { zone, now: NOW })).toBeNull();
  });
});
