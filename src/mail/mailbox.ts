import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AddressObject, ParsedMail } from 'mailparser';
import type { Mailer } from '../app/ports/mailer';
import type { Mail, MailReader } from '../app/ports/mailReader';
import type { WrittenMail } from '../domain/notifications/message';
import { rawMessage } from './mime';

/** The most mails that are listed, as many as the page shows. Older ones stay on disk. */
const MAX_KEPT_MAILS = 200;
/**
 * An id is the date in milliseconds and a digest of the Message-ID. Ids sort by time, and none can name another file.
 */
const ID = /^\d{15}-[0-9a-f]{16}$/;

/**
 * Makes the embedded mailbox for development, which keeps each mail as a file `<id>.eml` in `dir` instead of sending
 * it. A second attempt replaces the first, because the same message has the same id. A file appears whole or not at
 * all.
 */
export function mailbox(dir: string): Mailer & MailReader {
  const file = (id: string) => join(dir, `${id}.eml`);
  let attempts = 0;

  const raw = async (id: string) => {
    if (!ID.test(id)) return undefined;
    return readFile(file(id)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
  };

  const find = async (id: string) => {
    const bytes = await raw(id);
    // It is loaded on first use, because that takes a tenth of the start and production does not read mails.
    const { simpleParser } = await import('mailparser');
    return bytes && toMail(id, await simpleParser(bytes, { skipTextToHtml: true, skipImageLinks: true }));
  };

  return {
    raw,
    find,

    async send(written) {
      const bytes = rawMessage(written);
      // Only the owner may read mails; a folder with wider permissions is corrected once in a process.
      await mkdir(dir, { recursive: true, mode: 0o700 });
      if (attempts === 0) await chmod(dir, 0o700);
      const id = idOf(written);
      // The name contains the process id, because another process may be writing the same mail.
      const temporary = join(dir, `${id}.${process.pid}.${++attempts}.tmp`);
      try {
        await writeFile(temporary, bytes, { mode: 0o600 });
        await rename(temporary, file(id));
      } finally {
        await rm(temporary, { force: true });
      }
    },

    async list() {
      const names = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return [];
        throw error;
      });
      const ids = names.map((name) => name.replace(/\.eml$/, '')).filter((id) => ID.test(id));
      const newest = ids.sort().reverse().slice(0, MAX_KEPT_MAILS);
      return (await Promise.all(newest.map(find))).filter((mail) => mail !== undefined);
    },

    close() {},
  };
}

function idOf({ date, messageId }: WrittenMail): string {
  const digest = createHash('sha256').update(messageId).digest('hex').slice(0, 16);
  return `${String(date).padStart(15, '0')}-${digest}`;
}

function toMail(id: string, mail: ParsedMail): Mail {
  const calendar = mail.attachments.find((part) => part.contentType === 'text/calendar');
  const type = calendar?.headers.get('content-type') as { params?: { method?: string } } | undefined;
  return {
    id,
    from: addresses(mail.from),
    to: addresses(mail.to),
    subject: mail.subject ?? '',
    date: mail.date?.toISOString() ?? '',
    headers: mail.headerLines.map(({ line }) => {
      const colon = line.indexOf(':');
      return {
        name: line.slice(0, colon),
        value: line
          .slice(colon + 1)
          .replace(/\r?\n/g, '')
          .trim(),
      };
    }),
    text: mail.text ?? '',
    html: mail.html || null,
    calendar: calendar ? { method: type?.params?.method ?? '', content: calendar.content.toString() } : null,
    attachments: mail.attachments
      .filter((part) => part !== calendar)
      .map((part) => ({ filename: part.filename ?? '', type: part.contentType, content: part.content })),
  };
}

function addresses(header: AddressObject | AddressObject[] | undefined): string {
  return [header ?? []]
    .flat()
    .map(({ text }) => text)
    .join(', ');
}
