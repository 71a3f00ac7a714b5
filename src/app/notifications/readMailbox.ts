import { HOUR, type Instant, MINUTE } from '../../domain/calendar/interval';
import { isRefusal } from '../../domain/errors';
import type { IncomingKind, IncomingMail } from '../../domain/notifications/incoming';
import type { AppDeps } from '../deps';
import { type Inbox, MailboxAway, type OpenInbox } from '../ports/inbox';
import type { MailboxFailure } from '../ports/mailboxes';
import type { Stores } from '../ports/storage';
import { noteBounce, SOFT_BOUNCE_WAITS_MS, tellOfSoftBounce } from './noteBounce';
import { noteReply } from './noteReply';

/** The most mails that one look reads; the next look goes on after them. */
const MAX_MAILS_A_LOOK = 100;
const MAX_SOFT_BOUNCES_A_LOOK = 100;
/** Older mails are about nothing that is ahead; so a mailbox that was always there is not read through. */
const LOOK_BACK_MS = 30 * 24 * HOUR;
/** A report without the mail that it is about is taken for the last one to the address, if that was sent so lately. */
const REPORTED_WITHIN_MS = 7 * 24 * HOUR;
/** A mailbox that is away is looked at again after so long, then twice as long, at most `LONGEST_REST_MS`. */
const SHORTEST_REST_MS = MINUTE / 2;
const LONGEST_REST_MS = 5 * MINUTE;

/** A process that has not moved a mail by then was killed, or waits for its server in vain. */
const FILING_MS = MINUTE / 2;

/** Only these leave the inbox. */
const FILED: ReadonlySet<IncomingKind> = new Set(['reply', 'bounce']);

/** Who is told what happens in a mailbox. */
export interface MailboxWatcher {
  /** A mail was read. */
  readonly read: (kind: IncomingKind) => void;
  /** The mailbox cannot be read from now on, or for another reason than before; null: it can again. */
  readonly failing: (why: MailboxFailure | null) => void;
  /** A mail could not be noted because of a defect; the others are read nevertheless. */
  readonly defect: (error: unknown) => void;
}

/** The mailbox, and who is told what happens in it. */
export interface MailboxReading {
  readonly inbox: Inbox;
  readonly watcher: MailboxWatcher;
}

type Deps = Pick<AppDeps, 'storage' | 'now' | 'ids' | 'mailFacts'> & MailboxReading;

/**
 * Reads what is new in the mailbox: answers of calendars, reports of mails that were not delivered, and mails of people,
 * which are left as they are. Each mail is noted with what follows from it in one transaction, in the order of arrival,
 * and so by one process only and once, whoever is killed meanwhile. Only after that it leaves the inbox, if it is for no
 * person; what is missed of that is made up for at the next look.
 */
export function readMailbox(deps: Deps): (signal: AbortSignal) => Promise<void> {
  const { storage, now, ids, inbox, watcher } = deps;
  let rest = 0;
  let restUntil = 0;
  return async (signal) => {
    const at = now();
    // A rest that would last longer than any began before the clock was set back.
    if (at < restUntil && restUntil - at <= LONGEST_REST_MS) return;
    try {
      await inbox.open((open) => look(open, signal));
      if (rest > 0) watcher.failing(null);
      rest = 0;
      restUntil = 0;
    } catch (error) {
      if (!(error instanceof MailboxAway)) throw error;
      rest = Math.min(Math.max(2 * rest, SHORTEST_REST_MS), LONGEST_REST_MS);
      restUntil = now() + rest;
      const isNews = await storage.atomically(({ mailboxes }) => mailboxes.away(inbox.name, error.why, now()));
      if (isNews) watcher.failing(error.why);
    }
    await tellOfSoftBounces(signal);
  };

  async function look(open: OpenInbox, signal: AbortSignal): Promise<void> {
    const { uidValidity } = open;
    await storage.atomically(({ mailboxes }) => mailboxes.begin(inbox.name, uidValidity));
    await file(open);
    const { lastUid = 0 } = (await storage.mailboxes.list()).find(({ name }) => name === inbox.name) ?? {};
    const uids = await open.uidsAfter(lastUid, now() - LOOK_BACK_MS);
    for (const uid of uids.slice(0, MAX_MAILS_A_LOOK)) {
      if (signal.aborted) return;
      const kind = await noted({ uidValidity, uid }, await open.read(uid));
      if (kind !== null) watcher.read(kind);
    }
    await file(open);
    await storage.atomically(({ mailboxes }) => mailboxes.looked(inbox.name, now()));
  }

  /**
   * Moves out of the inbox what was noted, also by a process that was killed after that. IMAP lets two processes move the
   * same mail, which is then there twice; so each takes its turn before.
   */
  async function file({ uidValidity, file: move }: OpenInbox): Promise<void> {
    const of = [inbox.name, uidValidity] as const;
    const turn = { now: now(), until: now() + FILING_MS };
    const uids = await storage.atomically(({ mailboxes }) => mailboxes.takeFiling(...of, turn));
    if (uids.length === 0) return;
    try {
      await move(uids);
    } catch (error) {
      await storage.atomically(({ mailboxes }) => mailboxes.giveBackFiling(...of, uids));
      throw error;
    }
    await storage.atomically(({ mailboxes }) => mailboxes.filed(...of, uids));
  }

  /** Notes one mail. @returns null if another process has done so */
  async function noted(
    { uidValidity, uid }: { readonly uidValidity: string; readonly uid: number },
    mail: IncomingMail | null,
  ): Promise<IncomingKind | null> {
    const noteOnce = async (stores: Stores, work: () => Promise<IncomingKind>) => {
      if (!(await stores.mailboxes.advance(inbox.name, uidValidity, uid))) return null;
      const kind = await work();
      if (FILED.has(kind)) await stores.mailboxes.toFile(inbox.name, uidValidity, uid);
      return kind;
    };
    try {
      const desk = mail === null ? undefined : await deskAbout(storage, mail, now());
      if (mail === null || desk === undefined) {
        const kind = mail === null ? 'unreadable' : withoutBooking(mail);
        return await storage.atomically((stores) => noteOnce(stores, async () => kind));
      }
      return await storage.write((stores) => noteOnce(stores, () => noteMail(deps, stores, mail)), { desk });
    } catch (error) {
      if (isRefusal(error, 'unavailable')) throw error;
      watcher.defect(error);
      return await storage.atomically((stores) => noteOnce(stores, async () => 'unreadable'));
    }
  }

  async function tellOfSoftBounces(signal: AbortSignal): Promise<void> {
    const due = await storage.outbox.bouncedUntil(now() - SOFT_BOUNCE_WAITS_MS, MAX_SOFT_BOUNCES_A_LOOK);
    for (const sent of due) {
      if (signal.aborted) return;
      await storage.write((stores) => tellOfSoftBounce({ ids }, stores, { sent, now: now() }), { desk: sent.deskId });
    }
  }
}

/** Returns the desk whose booking or mail it is about; undefined: none of this program's. */
async function deskAbout(stores: Pick<Stores, 'bookings' | 'outbox'>, mail: IncomingMail, now: Instant) {
  if (mail.kind === 'reply') return (await stores.bookings.findByUid(mail.reply.uid))?.deskId;
  return (await mailAbout(stores, mail, now))?.deskId;
}

/** Returns the mail that it answers or reports. */
async function mailAbout({ outbox }: Pick<Stores, 'outbox'>, mail: IncomingMail, now: Instant) {
  const named = await outbox.findByMessageId(mail.about);
  if (named || mail.kind !== 'bounce') return named;
  for (const { recipient } of mail.bounces) {
    const sent = recipient === '' ? undefined : await outbox.lastSentTo(recipient, now - REPORTED_WITHIN_MS);
    if (sent) return sent;
  }
  return undefined;
}

function withoutBooking({ kind }: IncomingMail): IncomingKind {
  return kind === 'person' || kind === 'automatic' ? kind : 'unknown';
}

async function noteMail(deps: Deps, stores: Stores, mail: IncomingMail): Promise<IncomingKind> {
  const now = deps.now();
  if (mail.kind === 'reply') {
    const booking = await stores.bookings.findByUid(mail.reply.uid);
    return booking ? noteReply(deps, stores, { booking, mail, now }) : 'unknown';
  }
  const sent = await mailAbout(stores, mail, now);
  if (mail.kind === 'bounce') {
    if (!sent) return 'unknown';
    await noteBounce(deps, stores, { sent, bounces: mail.bounces, now });
    return 'bounce';
  }
  if (mail.kind === 'person' && sent?.bookingId) {
    const { bookingId, deskId } = sent;
    const { digest } = mail;
    const nothing = { partstat: null, sequence: null, stamp: null, reader: null };
    await stores.replies.add({ bookingId, deskId, digest, ...nothing, at: now });
  }
  return mail.kind;
}
