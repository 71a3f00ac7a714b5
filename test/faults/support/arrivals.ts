import { simpleParser } from 'mailparser';
import type { OpenDatabase } from '../../../src/storage/engine';
import type { Received, SmtpPeer } from '../../support/smtpPeer';

/**
 * How the mails that arrived agree with the outbox and with each other. All but `mails`, `copies` and `tales` must be
 * 0.
 */
export interface Arrivals {
  /** The number of different mails that a server has acknowledged. */
  readonly mails: number;
  /** Further copies of a mail, acknowledged or not. */
  readonly copies: number;
  /**
   * Further acknowledged copies of mails of which every copy was acknowledged: the program knew the outcome and sent
   * again.
   */
  readonly needless: number;
  /** Copies of a mail whose bytes differ from those of another. */
  readonly unlike: number;
  /** Mails that the outbox marks as sent and no server has acknowledged, or the reverse. */
  readonly astray: number;
  /** Mails that were acknowledged before an earlier message about the same booking to the same address. */
  readonly disordered: number;
  /**
   * By client address, what the calendar part of each mail said, in order: method and SEQUENCE, such as `REQUEST 0`, or
   * `plain` for a mail without calendar part.
   */
  readonly tales: ReadonlyMap<string, readonly string[]>;
}

/** The mails that one server has got, or several together. */
export type Mailboxes = Pick<SmtpPeer, 'received' | 'unacknowledged'>;

/**
 * Compares the mailboxes with the outbox. The caller has waited until no message waits any more.
 *
 * @param since only outbox rows with a greater id count
 */
export async function arrivals({ db }: Pick<OpenDatabase, 'db'>, peer: Mailboxes, since = 0): Promise<Arrivals> {
  const rows = await db
    .selectFrom('outbox')
    .select(['id', 'booking_id', 'address', 'recipient', 'state', 'dedupe_key'])
    .where('id', '>', since)
    .orderBy('id')
    .execute();
  const ours = new Set(rows.map(({ dedupe_key }) => dedupe_key));
  const received = peer.received.filter((mail) => ours.has(messageId(mail)));
  const unacknowledged = peer.unacknowledged.filter((mail) => ours.has(messageId(mail)));
  const first = new Map<string, number>();
  received.forEach((mail, i) => {
    if (!first.has(messageId(mail))) first.set(messageId(mail), i);
  });
  const all = [...unacknowledged, ...received];
  const doubtful = new Set(unacknowledged.map(messageId));
  const bytes = new Map<string, Buffer>();
  for (const mail of all) if (!bytes.has(messageId(mail))) bytes.set(messageId(mail), mail.raw);

  let disordered = 0;
  const latest = new Map<string, number>();
  for (const { booking_id, address, dedupe_key } of rows) {
    const at = first.get(dedupe_key);
    if (at === undefined) continue;
    const line = `${booking_id} ${address}`;
    if (at < (latest.get(line) ?? -1)) disordered++;
    latest.set(line, at);
  }
  const sent = new Set(rows.filter(({ state }) => state === 'sent').map(({ dedupe_key }) => dedupe_key));
  return {
    mails: first.size,
    copies: all.length - new Set(all.map(messageId)).size,
    needless: received.filter((mail, i) => first.get(messageId(mail)) !== i && !doubtful.has(messageId(mail))).length,
    unlike: all.filter((mail) => !mail.raw.equals(bytes.get(messageId(mail)) as Buffer)).length,
    astray: [...sent].filter((id) => !first.has(id)).length + [...first.keys()].filter((id) => !sent.has(id)).length,
    disordered,
    tales: await talesOf([...first.values()].map((i) => received[i] as Received)),
  };
}

/**
 * Returns how many messages wait, and how many of those are `busy`: the first of their booking and address, and either
 * leased by a process or due at `now`. Also returns the attempts of all messages, and the last id.
 */
export async function outboxState({ db }: Pick<OpenDatabase, 'db'>, now: number) {
  const rows = await db
    .selectFrom('outbox')
    .select(['id', 'state', 'next_at', 'lease_until', 'attempts', 'booking_id', 'address'])
    .orderBy('id')
    .execute();
  const waiting = rows.filter(({ state }) => state === 'waiting');
  const lines = new Set<string>();
  const busy = waiting.filter(({ booking_id, address, lease_until, next_at }) => {
    const line = `${booking_id} ${address}`;
    const isFirst = !lines.has(line);
    lines.add(line);
    return isFirst && (lease_until !== null || next_at <= now);
  });
  return {
    waiting: waiting.length,
    busy: busy.length,
    attempts: rows.reduce((sum, { attempts }) => sum + attempts, 0),
    last: rows.at(-1)?.id ?? 0,
  };
}

async function talesOf(mails: readonly Received[]): Promise<Map<string, string[]>> {
  const tales = new Map<string, string[]>();
  for (const { to, raw } of mails) {
    const address = to[0] ?? '';
    if (!address.endsWith('@client.example')) continue;
    const { attachments } = await simpleParser(raw);
    const file =
      attachments.find(({ contentType }) => contentType === 'application/ics')?.content.toString('utf8') ?? '';
    const property = (name: string) => new RegExp(`^${name}:(.*)\\r$`, 'm').exec(file)?.[1];
    const told = file ? `${property('METHOD')} ${property('SEQUENCE')}` : 'plain';
    tales.set(address, [...(tales.get(address) ?? []), told]);
  }
  return tales;
}

function messageId({ raw }: Received): string {
  return /^Message-ID:\s+(<[^>]+>)/im.exec(raw.toString('latin1'))?.[1] ?? '';
}
