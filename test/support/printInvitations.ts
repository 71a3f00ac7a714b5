import { createHash } from 'node:crypto';
import { calendarFiles } from '../../src/mail/calendarFile';
import { rawMessage } from '../../src/mail/mime';
import { aLife, aMessage, mailDeps, reader, STAGES } from './mails';

/** A digest of all that leaves the house in one booking's life. */
export async function digestOfMails(): Promise<string> {
  const hash = createHash('sha256');
  for (const language of ['de', 'en'] as const) {
    for (const stage of STAGES) hash.update(await rawMessage(aMessage(stage, reader(language))));
    const { booked } = aLife(reader(language));
    hash.update(calendarFiles(mailDeps)(booked.desk, booked.booking));
  }
  return hash.digest('hex');
}

// As a program: prints it, in a process with a zone of its own, after the hour that its clock showed at the epoch.
if (require.main === module) void digestOfMails().then((digest) => console.log(`${new Date(0).getHours()} ${digest}`));
