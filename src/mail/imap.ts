import type * as ImapFlowModule from 'imapflow';
import type { ImapFlow } from 'imapflow';
import { type Inbox, MailboxAway, type OpenInbox } from '../app/ports/inbox';
import type { MailboxFailure } from '../app/ports/mailboxes';
import { readIncoming } from './incoming';

/** Is loaded when a mailbox is first read, not at the start of the program. */
const imapflow = (): typeof ImapFlowModule => require('imapflow');

/** Below the inbox, or beside it where the server has it so. */
const FILED = 'Sprechstunde';
/** What the program looks for stands at the beginning of a mail; pictures and files behind it are not fetched. */
const MAX_MAIL_BYTES = 512 * 1024;
/** How long the program waits for the server, in milliseconds. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 60_000 } as const;

interface ImapOptions {
  /** Whether `imap://` has to become TLS, becomes it where the server offers it, or stays as it is. */
  readonly startTls?: 'required' | 'offered' | 'never';
}

const START_TLS = { required: true, offered: undefined, never: false } as const;

/**
 * Reads a mailbox over IMAP. A connection lasts for one look into it; mails are fetched without marking them as read.
 *
 * @param address `imaps://user:pass@host:port/INBOX`, or `imap://` with STARTTLS where it is offered
 */
export function imapInbox(address: string, { startTls = 'offered' }: ImapOptions = {}): Inbox {
  const url = new URL(address);
  const [user, pass] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const folder = decodeURIComponent(url.pathname.slice(1)) || 'INBOX';
  const secure = url.protocol === 'imaps:';
  return {
    name: `${user}@${url.host}/${folder}`,

    async open(work) {
      const client = new (imapflow().ImapFlow)({
        ...{ host, port: Number(url.port) || (secure ? 993 : 143), secure, auth: { user, pass } },
        ...{ logger: false, disableAutoIdle: true, ...TIMEOUTS },
        ...(!secure && { doSTARTTLS: START_TLS[startTls] }),
      });
      // A broken connection is told twice: by the command that waits, and by this event, which nobody else hears.
      client.on('error', () => {});
      try {
        await asking(client.connect());
        const { uidValidity } = await asking(client.mailboxOpen(folder));
        return await work(openInbox(client, String(uidValidity), folder));
      } finally {
        await client.logout().catch(() => client.close());
      }
    },
  };
}

function openInbox(client: ImapFlow, uidValidity: string, inbox: string): OpenInbox {
  return {
    uidValidity,

    async uidsAfter(after, since) {
      // `5:*` always names the last mail, also if its UID is lower.
      const wanted = { uid: `${after + 1}:*`, since: new Date(since) };
      const found = (await asking(client.search(wanted, { uid: true }))) || [];
      return found.filter((uid) => uid > after).sort((a, b) => a - b);
    },

    async read(uid) {
      const wanted = { source: { maxLength: MAX_MAIL_BYTES } };
      const fetched = await asking(client.fetchOne(String(uid), wanted, { uid: true }));
      const source = fetched ? fetched.source : undefined;
      return source ? readIncoming(source).catch(() => null) : null;
    },

    async file(uids) {
      if (uids.length === 0) return;
      const there = (await asking(client.search({ uid: uids.join(',') }, { uid: true }))) || [];
      if (there.length === 0) return;
      const path = await asking(filedFolder(client, inbox));
      await asking(client.messageMove(there.join(','), path, { uid: true }));
    },
  };
}

/** Returns the folder for what was noted, and makes it if it is not there. */
async function filedFolder(client: ImapFlow, inbox: string): Promise<string> {
  const folders = await client.list();
  const [own] = folders.filter(({ path }) => path.toUpperCase() === inbox.toUpperCase());
  const delimiter = own?.delimiter || '/';
  const candidates = [FILED, `INBOX${delimiter}${FILED}`];
  const there = folders.find(({ path }) => candidates.includes(path));
  if (there) return there.path;
  // Some servers have all folders below the inbox, and refuse others.
  return client.mailboxCreate(FILED).then(
    ({ path }) => path,
    async () => (await client.mailboxCreate(['INBOX', FILED])).path,
  );
}

/** The properties of imapflow's errors, and of the network's. */
interface Failure {
  readonly code?: unknown;
  readonly authenticationFailed?: unknown;
  readonly tlsFailed?: unknown;
  readonly responseStatus?: unknown;
  readonly mailboxMissing?: unknown;
}

const NO_TLS = /^(ERR_(TLS|SSL)|EPROTO$)|CERT|CRL|^(HOSTNAME_MISMATCH|UNABLE_TO_|INVALID_|PATH_LENGTH_)/;

/** Waits for the answer to a command. @throws MailboxAway if there is none, or another than was asked for */
async function asking<T>(command: Promise<T>): Promise<T> {
  try {
    return await command;
  } catch (error) {
    throw new MailboxAway(failureOf(error as Failure), { cause: error });
  }
}

function failureOf({ code, authenticationFailed, tlsFailed, mailboxMissing, responseStatus }: Failure): MailboxFailure {
  if (authenticationFailed) return 'refused';
  if (tlsFailed || NO_TLS.test(String(code))) return 'no_tls';
  return mailboxMissing || responseStatus === 'NO' ? 'no_folder' : 'unreachable';
}
