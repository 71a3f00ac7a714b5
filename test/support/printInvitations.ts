import { createHash } from 'node:crypto';
import { calendarFiles } from '../../src/mail/calendarFile';
import { aLife, aMessage, bytesOf, mailDeps, reader, STAGES } from './mails';

/** Returns a digest of the client's mails and the calendar file in one booking's life, in German and in English. */
export async function digestOfMails(): Promise<string> {
  const hash = createHash('sha256');
  for (const language of ['de', 'en'] as const) {
    for (const stage of STAGES) hash.update(bytesOf(aMessage(stage, reader(language))));
    const { booked } = aLife(reader(language));
    hash.update(calendarFiles(mailDeps)(booked.desk, booked.booking));
  }
  return hash.digest('hex');
}

// A test starts this file as a program, in a process with another time zone. It prints the hour that the process's
// clock showed at the epoch, which tells the zone, and then the digest.
if (require.main === module) void digestOfMails().then((digest) => console.log(`${new Date(0).getHours()} ${digest}`));
