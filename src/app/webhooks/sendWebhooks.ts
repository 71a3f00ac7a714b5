import { MINUTE } from '../../domain/calendar/interval';
import { nextAttempt } from '../../domain/notifications/attempts';
import { givenUpFrom, isAway, isTaken, type Outcome, restsUntil } from '../../domain/webhooks/delivery';
import { signingSecrets } from '../../domain/webhooks/webhook';
import type { AppDeps, WebhookDeps } from '../deps';
import type { Pause } from '../ports/clock';
import type { DueDelivery } from '../ports/webhooks';
import { SEALED_FOR } from './sealedAnew';

/**
 * The lease of a message, twice as long as any attempt, so that two processes never send it at the same time, and what
 * a process that was killed had begun does not wait for long.
 */
const LEASE_MS = MINUTE / 2;
/** If a receiver has not answered for so many ms, messages to others are looked for again. */
const PATIENCE_MS = 1_000;
/** The most messages that are being sent at the same time, each to another webhook. */
const MAX_SENT_AT_ONCE = 5;

/** The number of messages of a run that were taken, wait for another attempt, or were given up. */
interface WebhooksReport {
  readonly sent: number;
  readonly postponed: number;
  readonly failed: number;
}

/** @param signal when it is aborted, messages that are being sent are finished and no others are started */
type SendWebhooks = (signal: AbortSignal) => Promise<WebhooksReport>;

/**
 * Sends the due messages to webhooks, one at a time to each, in the order in which they were written. What is not taken
 * is tried again with the pauses of mails, and given up after four days. A receiver that is away as a whole rests with
 * all its messages, so that it costs one attempt each time and delays no other receiver.
 */
export function sendWebhooks({
  storage,
  now,
  sealer,
  receivers,
  pause,
}: Pick<AppDeps, 'storage' | 'now'> & WebhookDeps & { pause: Pause }): SendWebhooks {
  return async (signal) => {
    const report = { sent: 0, postponed: 0, failed: 0 };
    const underWay = new Set<Promise<void>>();
    const defects: unknown[] = [];
    const begin = (due: DueDelivery) => {
      const work: Promise<void> = deliver(due)
        .then((outcome) => void report[outcome]++)
        .catch((defect: unknown) => void defects.push(defect))
        .finally(() => underWay.delete(work));
      underWay.add(work);
    };
    for (;;) {
      // What is finished while the next one is looked for may let another one be due.
      const isLast = underWay.size === 0;
      const mayBegin = !signal.aborted && defects.length === 0 && underWay.size < MAX_SENT_AT_ONCE;
      const due = mayBegin ? await claim().catch((defect: unknown) => void defects.push(defect)) : undefined;
      if (due) begin(due);
      else if (isLast) break;
      else if (underWay.size > 0) await firstOf(underWay);
    }
    if (defects.length > 0) throw defects[0];
    return report;
  };

  function claim(): Promise<DueDelivery | undefined> {
    return storage.atomically(({ webhooks }) => webhooks.claim(now(), LEASE_MS));
  }

  /** Waits until one of them is finished, or `PATIENCE_MS` ms have passed. */
  async function firstOf(underWay: ReadonlySet<Promise<void>>): Promise<void> {
    const waiting = new AbortController();
    await Promise.race([...underWay, pause(PATIENCE_MS, waiting.signal)]).finally(() => waiting.abort());
  }

  async function deliver(due: DueDelivery): Promise<keyof WebhooksReport> {
    const outcome = await attempt(due);
    const at = now();
    const tried = {
      at,
      status: 'status' in outcome ? outcome.status : null,
      notReached: 'notReached' in outcome ? outcome.notReached : null,
    };
    return storage.atomically(async ({ webhooks }) => {
      if (isTaken(outcome)) {
        await webhooks.sent(due.id, tried);
        return 'sent';
      }
      const next = nextAttempt(due.attempts, due.wantedAt, at);
      await (next === null ? webhooks.fail(due.id, tried) : webhooks.retry(due.id, tried, next));
      const failures = due.failures + 1;
      if (isAway(outcome))
        await webhooks.rest(due.webhook.id, {
          failures,
          until: restsUntil(failures, at),
          givenUpFrom: givenUpFrom(at),
        });
      return next === null ? 'failed' : 'postponed';
    });
  }

  async function attempt({ id, webhook, body, client }: DueDelivery): Promise<Outcome> {
    const secrets = signingSecrets(webhook, now()).flatMap((sealed) => sealer.open(sealed, SEALED_FOR) ?? []);
    if (secrets.length === 0) return { notReached: 'secret' };
    const message = client === null ? body : { ...body, data: { ...(body.data as object), client } };
    return receivers.post({ url: webhook.url, id, at: now(), body: JSON.stringify(message), secrets });
  }
}
