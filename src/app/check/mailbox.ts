import type { MailboxState } from '../ports/mailboxes';
import type { Verdict } from './check';

/** Says whether the mailbox for answers and reports is read. Nothing is wrong where none is to be read. */
export function mailboxIsRead(mailboxes: readonly MailboxState[], name: string | null): Verdict {
  const meant = mailboxes.filter((mailbox) => mailbox.name === name);
  const since = (at: number) => new Date(at).toISOString();
  return {
    invariant: 'Answers and reports are read',
    unit: meant.length === 1 ? 'mailbox' : 'mailboxes',
    looked: meant.length,
    violations: meant.flatMap(({ failing }) =>
      failing ? [`IMAP_URL: the mailbox cannot be read since ${since(failing.since)} (${failing.why})`] : [],
    ),
    remarks: {},
  };
}
