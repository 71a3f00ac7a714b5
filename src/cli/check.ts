import { noDemoUsers } from '../app/check/accounts';
import { check, type Verdict } from '../app/check/check';
import { mailboxIsRead } from '../app/check/mailbox';
import { compareZoneData, zoneDataAgree } from '../app/check/zoneData';
import { openDatabase, openInbox } from '../compose';
import { type Config, readConfig } from '../config';
import { calendarAgrees } from '../feeds/vtimezone';
import { audit } from '../storage/audit/audit';
import type { OpenDatabase } from '../storage/engine';
import { type Command, optionsOf, Refusal } from './command';

export const checkCommand: Command = {
  name: 'check',
  summary: 'look through the whole database for contradictions',
  usage: '',
  details: `One line for each thing that must be true, with how many were looked at, and one for each violation, by the booking's id.
Demo accounts are a violation where NODE_ENV=production opens the database, and only counted in development.
Exit code 0 if all holds, 1 if anything does not. It changes nothing, and is safe to run while the server is running.`,

  async run(args, terminal) {
    optionsOf(args, {});
    const config = readConfig(terminal.env);
    const opened = await openDatabase(config, Date.now);
    const verdicts = await verdictsOn(opened, config).finally(() => opened.storage.close());

    for (const { invariant, unit, looked, violations, remarks } of verdicts) {
      const counted = Object.entries(remarks).filter(([, count]) => count > 0);
      const facts = [`${looked} ${unit}`, ...counted.map(([name, count]) => `${count} ${name}`)].join(', ');
      terminal.out(`${violations.length === 0 ? 'ok      ' : 'VIOLATED'}  ${invariant} (${facts})`);
      for (const violation of violations) terminal.out(`  ${violation}`);
    }
    const broken = verdicts.filter(({ violations }) => violations.length > 0).length;
    if (broken > 0) throw new Refusal(`${broken} of ${verdicts.length} do not hold.`);
  },
};

async function verdictsOn(
  opened: OpenDatabase,
  config: Pick<Config, 'production' | 'imapUrl' | 'allowHttp'>,
): Promise<Verdict[]> {
  const verdicts = await check({ audit: audit(opened), now: Date.now })();
  const zones = await compareZoneData({ storage: opened.storage, now: Date.now, calendarAgrees })();
  const mailbox = mailboxIsRead(await opened.storage.mailboxes.list(), openInbox(config)?.name ?? null);
  const users = noDemoUsers(await opened.storage.staff.listUsers(), config);
  return [...verdicts, zoneDataAgree(zones), mailbox, users];
}
