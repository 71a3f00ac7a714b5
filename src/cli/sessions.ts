import type { Session, StaffUser } from '../app/ports/staffStore';
import type { Storage } from '../app/ports/storage';
import { isOver } from '../domain/staff/session';
import { columns, shortId, when } from './columns';
import { type Command, optionsAndArguments, optionsOf, Refusal, UsageError } from './command';
import { withStorage } from './open';

export const sessionList: Command = {
  name: 'session list',
  summary: 'list who is signed in',
  usage: '[--email E]',
  details: 'One line for each browser: id, when it signed in, was seen last (to the minute), and the address.',

  async run(args, terminal) {
    const { email } = optionsOf(args, { email: { type: 'string' } });
    const now = Date.now();
    const open = await withStorage(terminal, async ({ staff }) =>
      opened(await staff.listSessions(), await staff.listUsers()),
    );
    const rows = open
      .filter(({ session, user }) => !isOver(session, now) && (email === undefined || isOf(user, email)))
      .map(({ session: { idHash, createdAt, seenAt }, user }) => [
        ...[shortId(idHash), when(createdAt), when(seenAt), user?.email ?? '-'],
      ]);
    for (const line of columns(['id', 'since', 'seen', 'email'], rows)) terminal.out(line);
  },
};

export const sessionEnd: Command = {
  name: 'session end',
  summary: 'sign somebody out',
  usage: 'ID|EMAIL | --all',
  details: `By its id in "session list", all of an address (also as --email E), or everybody with --all. It holds at once in every process.
Whoever has the password signs in again: "user disable" and "user password" keep them out.`,

  async run(args, terminal) {
    const { values, positionals } = optionsAndArguments(args, { all: { type: 'boolean' }, email: { type: 'string' } });
    const wanted = [...positionals, ...(values.email === undefined ? [] : [values.email])];
    const [one, ...more] = wanted;
    if (more.length > 0 || (one === undefined) === !values.all)
      throw new UsageError('ID, EMAIL or --all: expected one of them');
    const count = await withStorage(terminal, (storage) => endSessions(storage, one));
    if (count === 0 && one !== undefined) throw new Refusal(`There is no session ${one}; "session list" lists them.`);
    terminal.out(count === 1 ? '1 session has ended.' : `${count} sessions have ended.`);
  },
};

/**
 * Ends sessions and returns how many.
 *
 * @param wanted the id of a session or the address of a user; undefined ends the
 * sessions of all users
 */
function endSessions({ write }: Pick<Storage, 'write'>, wanted: string | undefined): Promise<number> {
  return write(async ({ staff }) => {
    const all = opened(await staff.listSessions(), await staff.listUsers());
    const meant = all.filter(
      ({ session, user }) => wanted === undefined || shortId(session.idHash) === wanted || isOf(user, wanted),
    );
    for (const { session } of meant) await staff.removeSession(session.idHash);
    return meant.length;
  });
}

function opened(sessions: readonly Session[], users: readonly StaffUser[]) {
  return sessions.map((session) => ({ session, user: users.find(({ id }) => id === session.userId) }));
}

function isOf(user: StaffUser | undefined, email: string): boolean {
  return user?.email === email.toLowerCase();
}
