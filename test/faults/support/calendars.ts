import { simpleParser } from 'mailparser';
import { parseCalendar } from '../../support/calendars';
import type { Received } from '../../support/smtpPeer';

/** An appointment as it stands in a client's calendar. */
export interface Entry {
  readonly sequence: number;
  /** ISO 8601, in UTC. */
  readonly start: string;
}

/**
 * Returns each client's calendar, by address and UID: the entries that a program following RFC 5546 §3.2 has after
 * these mails, in the order in which they arrived. A mail changes nothing if its SEQUENCE is lower than that of the
 * entry.
 */
export async function calendars(mails: readonly Received[]): Promise<Map<string, Map<string, Entry>>> {
  const all = new Map<string, Map<string, Entry>>();
  for (const { to, raw } of mails) {
    const { attachments } = await simpleParser(raw);
    const file = attachments.find(({ contentType }) => contentType === 'application/ics');
    if (!file) continue;
    const entries = all.get(to[0] ?? '') ?? new Map<string, Entry>();
    all.set(to[0] ?? '', entries);
    const { root, text, instant } = parseCalendar(file.content.toString('utf8'));
    const [uid, sequence] = [text('uid'), Number(text('sequence'))];
    if (sequence < (entries.get(uid)?.sequence ?? 0)) continue;
    if (root.getFirstPropertyValue('method') === 'CANCEL') entries.delete(uid);
    else entries.set(uid, { sequence, start: instant('dtstart') });
  }
  return all;
}
