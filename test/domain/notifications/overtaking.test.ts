import { type KindOfMessage, MESSAGE_KINDS } from '../../../src/domain/notifications/kinds';
import { overtakenMessages, type QueuedMessage } from '../../../src/domain/notifications/overtaking';
import { NOW } from '../../support/builders';

/** A row as a reminder would have it. */
const reminder: KindOfMessage = {
  to: ['client'],
  calendar: null,
  isChange: false,
  toPeople: true,
  withdrawnBy: ['moved', 'cancelled'],
  sent: 'once',
};
const kinds = { ...MESSAGE_KINDS, reminder };

const aQueued = (part: Partial<QueuedMessage> = {}): QueuedMessage => ({
  kind: 'booked',
  recipient: 'client',
  address: 'kim@client.example',
  state: 'waiting',
  attempts: 0,
  sequence: 0,
  createdAt: NOW,
  hasKnown: true,
  ...part,
});

describe('A kind of mail that tells of no change', () => {
  const waiting = aQueued({ kind: 'reminder', hasKnown: false });
  const tried = aQueued({ kind: 'reminder', hasKnown: false, attempts: 2 });

  it.each(['cancelled', 'moved'] as const)('is withdrawn when the booking is %s, as its row says', (by) => {
    expect(overtakenMessages([waiting, tried], { by }, kinds).outdated).toEqual([waiting, tried]);
  });

  it('stays where its row does not name the change, and where it was sent or given up', () => {
    expect(overtakenMessages([waiting], { by: 'restored' }, kinds).outdated).toEqual([]);
    const over = (['sent', 'failed'] as const).map((state) => aQueued({ kind: 'reminder', state, attempts: 1 }));
    expect(overtakenMessages(over, { by: 'cancelled' }, kinds).outdated).toEqual([]);
  });

  it('stays where the change concerns only the other reader', () => {
    expect(overtakenMessages([waiting], { by: 'moved', only: 'staff' }, kinds).outdated).toEqual([]);
  });

  it('is no change that its reader was told of, so that earlier ones are still told with the new one', () => {
    const booked = aQueued();
    const sent = aQueued({ kind: 'reminder', state: 'sent', attempts: 1 });
    expect(overtakenMessages([booked, sent], { by: 'cancelled' }, kinds)).toEqual({
      client: [booked],
      staff: [],
      outdated: [],
    });
  });

  it('stays if it is a link that was asked for, whatever happens to the booking', () => {
    const link = aQueued({ kind: 'link', hasKnown: false });
    expect(overtakenMessages([link], { by: 'cancelled' })).toEqual({ client: [], staff: [], outdated: [] });
  });
});
