import { openUrl } from '../../support/databases';
import type { Received, SmtpPeer } from '../../support/smtpPeer';
import { pause } from './program';

/** How the mails that arrived at mail servers agree with the outbox. */
export interface Post {
  /** The number of different mails, by Message-ID. */
  readonly mails: number;
  /** Further copies of mails: the program sends one again if it does not know the outcome of the first. */
  readonly copies: number;
  /** Mails of which a copy has other bytes than the first. */
  readonly unlike: number;
  /** Mails that the outbox marks as sent and that never arrived, or that arrived and are not marked as sent. */
  readonly astray: number;
  /** Clients who did not get exactly one mail, among those who were told that they have a booking. */
  readonly miscounted: number;
}

/** Compares the mailboxes with the outbox after `outboxEmpty`. @param clients addresses that have one booking each */
export async function post(
  databaseUrl: string,
  peers: readonly SmtpPeer[],
  clients: readonly { email: string }[],
): Promise<Post> {
  const received = peers.flatMap((peer) => peer.received);
  const byId = new Map<string, Received[]>();
  for (const mail of received) byId.set(messageId(mail), [...(byId.get(messageId(mail)) ?? []), mail]);

  const { db, storage } = await openUrl(databaseUrl, { now: Date.now() });
  const rows = await db.selectFrom('outbox').select('dedupe_key').where('state', '=', 'sent').execute();
  await storage.close();
  const sent = new Set(rows.map(({ dedupe_key }) => dedupe_key));
  const astray = [...sent].filter((id) => !byId.has(id)).length + [...byId.keys()].filter((id) => !sent.has(id)).length;

  const perClient = new Map<string, number>();
  for (const [first] of byId.values())
    for (const to of first?.to ?? []) perClient.set(to, (perClient.get(to) ?? 0) + 1);
  return {
    mails: byId.size,
    copies: received.length - byId.size,
    unlike: [...byId.values()].filter(([first, ...rest]) => rest.some((mail) => !mail.raw.equals(first?.raw as Buffer)))
      .length,
    astray,
    miscounted: clients.filter(({ email }) => perClient.get(email) !== 1).length,
  };
}

/** Longer than a lease of the outbox and a turn of its job. */
const WAIT_MS = 6 * 60_000;
const LOOK_MS = 250;
/**
 * After more than so many looks without a change, which take 2 s, the process that was sending these messages is dead.
 */
const STILL = 8;

/**
 * Waits until no message waits any more. A message whose process died while sending it stays leased for five minutes.
 *
 * @param patient false: once only such messages are left, ends their leases in the database instead of waiting for it
 * @throws Error if messages still wait after the longest lease
 */
export async function outboxEmpty(databaseUrl: string, { patient }: { patient: boolean }): Promise<void> {
  const { db, storage } = await openUrl(databaseUrl, { now: Date.now() });
  try {
    const until = performance.now() + WAIT_MS;
    let [before, still] = [0, 0];
    for (; performance.now() < until; await pause(LOOK_MS)) {
      const rows = await db.selectFrom('outbox').select(['id', 'attempts']).where('state', '=', 'waiting').execute();
      if (rows.length === 0) return;
      still = rows.length === before && rows.every(({ attempts }) => attempts > 0) ? still + 1 : 0;
      if (still > STILL && !patient)
        await db.updateTable('outbox').set({ lease_until: null }).where('state', '=', 'waiting').execute();
      before = rows.length;
    }
    throw new Error('messages still wait');
  } finally {
    await storage.close();
  }
}

function messageId({ raw }: Received): string {
  return /^Message-ID:\s+(<[^>]+>)/im.exec(raw.toString('latin1'))?.[1] ?? '';
}
