import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { memo } from '../domain/memo';

/**
 * Returns a digest of the files from which mails are written, which stands in the facts of each mail (see
 * `MailFacts.texts`): the templates in `mail` and every `mail.json` of the texts. It is computed once in a process.
 */
export const textsVersion: (viewsDir: string) => string = memo(2, (viewsDir) => {
  const files = readdirSync(viewsDir, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
  const hash = createHash('sha256');
  for (const file of files.filter((name) => OF_MAILS.test(name)).sort())
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(viewsDir, file)))
      .update('\0');
  return hash.digest('hex').slice(0, 12);
});

const OF_MAILS = /^mail\/.*\.hbs$|^locales\/.*\/mail\.json$/;
