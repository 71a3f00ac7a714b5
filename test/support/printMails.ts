import { createHash } from 'node:crypto';
import { manageTokens } from '../../src/identity/manageTokens';
import { mailWriter } from '../../src/mail/mailWriter';
import { SECRET } from './app';
import { openUrl } from './databases';
import { mailDeps } from './mails';

/** A digest of each mail that waits in a database, in the order of queueing, as this process would write it at this time. */
async function digestsOfWaiting(databaseUrl: string, now: number): Promise<string[]> {
  const { storage } = await openUrl(databaseUrl, { now });
  const writeMail = mailWriter({ ...mailDeps, manageToken: (id) => manageTokens(SECRET).tokenFor(id) });
  const waiting = await storage.outbox.unwritten(now, 100);
  await storage.close();
  return waiting.map(({ from }) => createHash('sha256').update(writeMail(from)).digest('hex'));
}

// As a program: prints them for the database and the time that its arguments name.
void digestsOfWaiting(process.argv[2] ?? '', Number(process.argv[3])).then((digests) =>
  console.log(JSON.stringify(digests)),
);
