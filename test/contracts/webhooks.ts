import type { Storage } from '../../src/app/ports/storage';
import type { NewDelivery } from '../../src/app/ports/webhooks';
import { HOUR, MINUTE } from '../../src/domain/calendar/interval';
import { withNewSecret } from '../../src/domain/webhooks/webhook';
import { NOW } from '../support/builders';
import { aDelivery, aWebhook } from '../support/webhooks';
import { type Open, withDesks } from './databases';

const LEASE = 2 * MINUTE;
const TRIED = { at: NOW, status: 500, notReached: null };
const TAKEN = { at: NOW, status: 200, notReached: null };
const AWAY = { at: NOW, status: null, notReached: 'connection' } as const;

/** What every store of webhooks does. */
export function webhooksContract(open: Open): void {
  let storage: Storage;
  const first = aWebhook();
  const second = aWebhook({ id: 'w2', events: ['start.freed'], createdAt: NOW + 1 });
  beforeEach(async () => {
    storage = await withDesks(open);
    await storage.write(async ({ webhooks }) => {
      await webhooks.add(first);
      await webhooks.add(second);
      await webhooks.add(aWebhook({ id: 'w3', deskId: 'wuppertal' }));
    });
  });
  afterEach(() => storage.close());

  const queue = (...parts: Partial<NewDelivery>[]) =>
    storage.write(({ webhooks }) => webhooks.queue(parts.map((part) => aDelivery(part))));
  const claim = (now = NOW) => storage.atomically(({ webhooks }) => webhooks.claim(now, LEASE));
  const claimed = async (now = NOW) => (await claim(now))?.id;
  const change = (work: Parameters<Storage['atomically']>[0]) => storage.atomically(work);
  const stateOf = async (id: string) => (await storage.webhooks.findDelivery(id))?.state;

  it('returns webhooks as they were stored, the oldest first, and those of other desks only for the rotation', async () => {
    const rotated = withNewSecret(second, 'another seal', NOW);
    await storage.write(({ webhooks }) => webhooks.save(rotated));
    expect(await storage.webhooks.find('w2')).toEqual(rotated);
    expect((await storage.webhooks.list('expat-desk')).map(({ webhook }) => webhook)).toEqual([first, rotated]);
    expect((await storage.webhooks.all()).map(({ id }) => id)).toEqual(['w1', 'w2', 'w3']);
    expect(await storage.webhooks.listening('expat-desk')).toEqual([
      { id: 'w1', events: first.events },
      { id: 'w2', events: ['start.freed'] },
    ]);
    expect(await storage.webhooks.find('nothing')).toBeUndefined();
  });

  it('names with each webhook the message that was tried last', async () => {
    await queue({ id: 'd1' }, { id: 'd2' });
    const last = async () => (await storage.webhooks.list('expat-desk')).map((each) => each.last?.id ?? null);
    expect(await last()).toEqual(['d2', null]);
    await change(({ webhooks }) => webhooks.retry('d1', { ...TRIED, at: NOW + 1 }, NOW + MINUTE));
    expect(await last()).toEqual(['d1', null]);
  });

  it('takes due messages in their order, one at a time for each webhook', async () => {
    await queue({ id: 'd1' }, { id: 'd2' }, { id: 'd3', webhookId: 'w2', client: { name: 'Kim' }, createdAt: NOW + 1 });
    expect(await claim()).toEqual({
      ...{ id: 'd1', attempts: 1, wantedAt: NOW, failures: 0, webhook: first },
      ...{ body: { type: 'hours.changed', data: {} }, client: null },
    });
    expect(await claimed()).toBeUndefined();
    expect((await claim(NOW + 1))?.client).toEqual({ name: 'Kim' });
    await change(({ webhooks }) => webhooks.sent('d1', TAKEN));
    expect([await claimed(), await stateOf('d1')]).toEqual(['d2', 'sent']);
  });

  it('takes a message again whose lease has run out, or would last longer than any', async () => {
    await queue({ id: 'd1', createdAt: NOW - HOUR });
    await claim();
    expect(await claimed(NOW + LEASE - 1)).toBeUndefined();
    expect((await claim(NOW + LEASE))?.attempts).toBe(2);
    expect((await claim(NOW - HOUR))?.attempts).toBe(3);
  });

  it('keeps the order about one booking, and lets others pass', async () => {
    await queue(
      { id: 'd1', bookingId: 'b1' },
      { id: 'd2', bookingId: 'b1' },
      { id: 'd3', bookingId: 'b2' },
      { id: 'd4' },
    );
    await claim();
    await change(({ webhooks }) => webhooks.retry('d1', TRIED, NOW + MINUTE));
    for (const id of ['d3', 'd4']) {
      expect(await claimed()).toBe(id);
      await change(({ webhooks }) => webhooks.sent(id, TAKEN));
    }
    expect(await claimed()).toBeUndefined();
    expect(await claimed(NOW + MINUTE)).toBe('d1');
    await change(({ webhooks }) => webhooks.fail('d1', TRIED));
    expect([await claimed(NOW + MINUTE), await stateOf('d1')]).toEqual(['d2', 'failed']);
  });

  it('takes what a clock that was set back had delayed beyond any wait', async () => {
    await queue({ id: 'd1' });
    await change(({ webhooks }) => webhooks.retry('d1', TRIED, NOW + 4 * HOUR));
    expect(await claimed(NOW)).toBeUndefined();
    expect(await claimed(NOW - HOUR)).toBe('d1');
  });

  it('lets a receiver rest with all its messages, gives up the old ones, and counts until it is there again', async () => {
    await queue({ id: 'old', createdAt: NOW - HOUR }, { id: 'd1' }, { id: 'd2', webhookId: 'w2' });
    await change(({ webhooks }) => webhooks.rest('w1', { failures: 3, until: NOW + MINUTE, givenUpFrom: NOW - HOUR }));
    expect(await stateOf('old')).toBe('failed');
    expect([await claimed(), await claimed()]).toEqual(['d2', undefined]);
    expect(await claim(NOW + MINUTE)).toMatchObject({ id: 'd1', failures: 3 });
    await change(({ webhooks }) => webhooks.sent('d1', TAKEN));
    await queue({ id: 'd3' });
    expect(await claim()).toMatchObject({ id: 'd3', failures: 0 });
  });

  it('sends again at once, as if it were new, though the receiver rests', async () => {
    await queue({ id: 'd1', createdAt: NOW - HOUR });
    await claim();
    await change(async ({ webhooks }) => {
      await webhooks.fail('d1', AWAY);
      await webhooks.rest('w1', { failures: 1, until: NOW + HOUR, givenUpFrom: 0 });
    });
    expect(await storage.webhooks.findDelivery('d1')).toMatchObject({ notReached: 'connection', triedAt: NOW });
    await change(({ webhooks }) => webhooks.sendAgain('d1', NOW));
    expect(await claim()).toMatchObject({ id: 'd1', attempts: 1, wantedAt: NOW, failures: 0 });
  });

  it('is due at once when its receiver is another one, if it still waits', async () => {
    await queue({ id: 'd1' }, { id: 'd2' });
    await claim();
    await change(async ({ webhooks }) => {
      const attempt = { at: NOW, status: null, notReached: 'connection' } as const;
      await webhooks.retry('d1', attempt, NOW + HOUR);
      await webhooks.fail('d2', attempt);
      await webhooks.rest('w1', { failures: 1, until: NOW + HOUR, givenUpFrom: 0 });
    });
    expect(await claimed()).toBeUndefined();
    await change(({ webhooks }) => webhooks.wake('w1'));
    expect(await claim()).toMatchObject({ id: 'd1', attempts: 2, failures: 0 });
    expect(await storage.webhooks.findDelivery('d2')).toMatchObject({ state: 'failed' });
  });

  it('takes none while the outbox is paused', async () => {
    await queue({ id: 'd1' });
    await change(({ outbox }) => outbox.pause('restored', NOW));
    expect(await claimed()).toBeUndefined();
  });

  it('lists messages page by page, the newest first', async () => {
    await queue({ id: 'd1' }, { id: 'd2' }, { id: 'd3' }, { id: 'x', webhookId: 'w2' });
    const page = await storage.webhooks.deliveries('w1', { limit: 2 });
    expect(page.deliveries.map(({ id }) => id)).toEqual(['d3', 'd2']);
    const rest = await storage.webhooks.deliveries('w1', { limit: 2, cursor: page.next ?? '' });
    expect([rest.deliveries.map(({ id }) => id), rest.next]).toEqual([['d1'], null]);
  });

  it('stores the thousands of messages of one deed', async () => {
    await queue(...Array.from({ length: 6_000 }, (_, i) => ({ id: `d${i}` })));
    expect((await storage.webhooks.state(NOW)).waiting).toBe(6_000);
  });

  it('removes a webhook with its messages, and counts what waits and what was given up', async () => {
    await queue({ id: 'd1', createdAt: NOW - MINUTE }, { id: 'd2' }, { id: 'd3', webhookId: 'w2' });
    await change(({ webhooks }) => webhooks.fail('d2', TRIED));
    expect(await storage.webhooks.state(NOW)).toEqual({ waiting: 2, age: MINUTE, failed: 1 });
    await storage.write(({ webhooks }) => webhooks.remove('w1'));
    expect(await storage.webhooks.state(NOW)).toEqual({ waiting: 1, age: 0, failed: 0 });
    expect([await storage.webhooks.find('w1'), await stateOf('d1')]).toEqual([undefined, undefined]);
  });
}
