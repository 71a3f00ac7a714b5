import { DAY } from '../domain/calendar/dates';
import { localDate } from '../domain/calendar/zone';
import { randomIds } from '../identity/ids';
import { sha256 } from '../identity/manageTokens';
import { type Command, optionsOf, required, UsageError } from './command';
import { advisorNamed, deskNamed, ROLE_USAGE, roleNamed, withStorage } from './open';

/** All tokens begin with this, so that scanners for leaked secrets recognise them. */
const PREFIX = 'sst_';
/** A token expires after a year unless the operator says otherwise, so that a forgotten one does not stay valid. */
const USUAL_TOKEN_DAYS = 365;
const MAX_TOKEN_DAYS = 3650;

export const tokenAdd: Command = {
  name: 'token add',
  summary: 'give a program access, and print its token',
  usage: `${ROLE_USAGE} --desk D --name N [--advisor A] [--days N]`,
  details: `The token is printed once, alone on its line, and only its hash is kept. Programs send it as "Authorization: Bearer TOKEN".
--name says what it is for. --advisor: the advisor in whose name an advisor's token acts.
It ends after ${USUAL_TOKEN_DAYS} days, or after --days; "token list" says when, "token revoke" ends it at once.`,

  async run(args, terminal) {
    const options = optionsOf(args, {
      role: { type: 'string' },
      desk: { type: 'string' },
      name: { type: 'string' },
      advisor: { type: 'string' },
      days: { type: 'string' },
    });
    const days = daysFrom(options.days);
    const { role: roleName, desk: deskId, name } = required(options, ['role', 'desk', 'name']);
    const role = roleNamed(roleName);
    const token = `${PREFIX}${randomIds.secret()}`;

    const now = Date.now();
    const endsAt = now + days * DAY;

    const ends = await withStorage(terminal, async (storage) => {
      const desk = await deskNamed(storage, deskId);
      const advisorId = advisorNamed(desk, options.advisor);
      await storage.write(({ staff }) =>
        staff.addToken({ hash: sha256(token), name, role, deskId, advisorId, endsAt }, now),
      );
      return localDate(endsAt, desk.hours.timeZone);
    });
    terminal.err(`Token for ${name}, ${role} of ${deskId}, until ${ends}. It is shown only now:`);
    terminal.out(token);
  },
};

/** Reads `--days`. @throws UsageError for anything but a whole number from 1 to `MAX_TOKEN_DAYS` */
function daysFrom(typed: string | undefined): number {
  if (typed === undefined) return USUAL_TOKEN_DAYS;
  const days = Number(typed);
  if (!/^\d+$/.test(typed) || days < 1 || days > MAX_TOKEN_DAYS)
    throw new UsageError(`--days: expected a whole number from 1 to ${MAX_TOKEN_DAYS}`);
  return days;
}
