import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AddressObject, ParsedMail } from 'mailparser';
import type { Mailer } from '../app/ports/mailer';
import type { Mail, MailReader } from '../app/ports/mailReader';
import type { Message } from '../domain/notifications/message';
import { rawMessage } from './mime';

/** As many as a page shows; older ones stay on disk. */
const MAX_KEPT_MAILS = 200;
/** Date in milliseconds, then a digest of the Message-ID: sorts by time, and can name no other file. */
const ID = /^\d{15}-[0-9a-f]{16}$/;

/**
 * The embedded mailbox for development: keeps each mail as a file `<id>.eml` in `dir` instead of sending it.
 * A second attempt replaces the first, because the same message has the same id. Files appear whole or not at all.
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
    // Only here: in production nobody reads these mails, and loading it takes a tenth of the start.
    const { simpleParser } = await import('mailparser');
    return bytes && toMail(id, await simpleParser(bytes, { skipTextToHtml: true, skipImageLinks: true }));
  };

  return {
    raw,
    find,

    async send(message) {
      const bytes = await rawMessage(message);
      // Mails are their owner's alone; a folder that was made with more is put right once in a process.
      await mkdir(dir, { recursive: true, mode: 0o700 });
      if (attempts === 0) await chmod(dir, 0o700);
      const id = idOf(message);
      // Of this process: another one may be writing the same mail.
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

function idOf({ date, messageId }: Message): string {
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
