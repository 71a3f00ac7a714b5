import { type ChangeAccount, type ChangedAccount, changeAccount, removeDemoUsers } from '../app/staff/accounts';
import { isRefusal } from '../domain/errors';
import { columns } from './columns';
import { type Command, optionsOf, Refusal, required, type Terminal } from './command';
import { advisorNamed, deskNamed, ROLE_USAGE, roleNamed, withStorage } from './open';
import { PASSWORD_HELP, passwordHashFrom } from './password';

const EMAIL = { email: { type: 'string' } } as const;
const AT_ONCE = 'It holds at once in every process: accounts are asked of the database at each request.';

export const userList: Command = {
  name: 'user list',
  summary: 'list who can sign in',
  usage: '[--desk D]',
  details: 'One line each: address, role, desk, advisor, state (active, disabled, or demo), name.',

  async run(args, terminal) {
    const { desk } = optionsOf(args, { desk: { type: 'string' } });
    const users = await withStorage(terminal, async (storage) => {
      if (desk !== undefined) await deskNamed(storage, desk);
      return storage.staff.listUsers();
    });
    const rows = users
      .filter(({ deskId }) => desk === undefined || deskId === desk)
      .map(({ email, role, deskId, advisorId, disabledAt, demo, name }) => [
        ...[email, role, deskId, advisorId ?? '-', disabledAt === null ? (demo ? 'demo' : 'active') : 'disabled', name],
      ]);
    for (const line of columns(['email', 'role', 'desk', 'advisor', 'state', 'name'], rows)) terminal.out(line);
  },
};

export const userDisable: Command = {
  name: 'user disable',
  summary: 'let somebody sign in no longer',
  usage: '--email E',
  details: `Their sessions end, and their browsers are strangers again. ${AT_ONCE} "user enable" takes it back.`,

  async run(args, terminal) {
    const { email } = required(optionsOf(args, EMAIL), ['email']);
    const now = Date.now();
    const changed = await change(terminal, email, ({ disabledAt }) => ({ disabledAt: disabledAt ?? now }));
    terminal.out(`${changed.user.email} can sign in no longer; ${ended(changed)}.`);
  },
};

export const userEnable: Command = {
  name: 'user enable',
  summary: 'let somebody sign in again who was disabled',
  usage: '--email E',
  details: 'With the password that they had; "user password" gives them another.',

  async run(args, terminal) {
    const { email } = required(optionsOf(args, EMAIL), ['email']);
    const { user } = await change(terminal, email, () => ({ disabledAt: null }));
    terminal.out(`${user.email} can sign in as ${user.role} of ${user.deskId}.`);
  },
};

export const userRole: Command = {
  name: 'user role',
  summary: 'give somebody another role, desk or advisor',
  usage: `--email E ${ROLE_USAGE} [--desk D] [--advisor A]`,
  details: `What is not named stays, but for the advisor at another desk. Their sessions end: they sign in again. ${AT_ONCE}`,

  async run(args, terminal) {
    const options = optionsOf(args, {
      ...EMAIL,
      role: { type: 'string' },
      desk: { type: 'string' },
      advisor: { type: 'string' },
    });
    const { email, role: roleName } = required(options, ['email', 'role']);
    const role = roleNamed(roleName);
    const changed = await withStorage(terminal, async (storage) => {
      const before = await storage.staff.findUserByEmail(email);
      if (!before) throw nobody(email);
      const desk = await deskNamed(storage, options.desk ?? before.deskId);
      const kept = desk.id === before.deskId ? before.advisorId : null;
      const advisorId = options.advisor === undefined ? kept : advisorNamed(desk, options.advisor);
      return told(
        email,
        changeAccount({ storage })(email, () => ({ role, deskId: desk.id, advisorId })),
      );
    });
    terminal.out(`${changed.user.email} is ${role} of ${changed.user.deskId} now; ${ended(changed)}.`);
  },
};

export const userPassword: Command = {
  name: 'user password',
  summary: 'give somebody a new password',
  usage: '--email E --password-stdin',
  details: `${PASSWORD_HELP} Their sessions end, and their browsers are strangers again. ${AT_ONCE}`,

  async run(args, terminal) {
    const options = optionsOf(args, { ...EMAIL, 'password-stdin': { type: 'boolean' } });
    const { email } = required(options, ['email']);
    const passwordHash = await passwordHashFrom(terminal, options['password-stdin']);
    const changed = await change(terminal, email, ({ demo }) => {
      if (demo) throw new Refusal(`${email} is a demo account, and stays one: add a user in its place.`);
      return { passwordHash };
    });
    terminal.out(`${changed.user.email} has a new password; ${ended(changed)}.`);
  },
};

export const userRemoveDemo: Command = {
  name: 'user remove-demo',
  summary: 'take away the demo accounts, whose passwords everybody knows',
  usage: '',
  details: `For a database that began in development. Production lets nobody in by them, but "check" goes on listing them.
Demo bookings stay: nothing tells them from others, and "purge" forgets them in their time.`,

  async run(args, terminal) {
    optionsOf(args, {});
    const removed = await withStorage(terminal, (storage) => removeDemoUsers({ storage })());
    for (const { email } of removed) terminal.out(`${email}: removed`);
    if (removed.length === 0) terminal.out('There are no demo accounts.');
  },
};

function change(terminal: Terminal, email: string, decide: Parameters<ChangeAccount>[1]): Promise<ChangedAccount> {
  return withStorage(terminal, (storage) => told(email, changeAccount({ storage })(email, decide)));
}

/** Awaits a change of a user. @throws Refusal that names the address, if no user has it */
async function told<T>(email: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw isRefusal(error, 'not-found') ? nobody(email) : error;
  }
}

function nobody(email: string): Refusal {
  return new Refusal(`There is no user ${email}; "user list" lists them.`);
}

function ended({ endedSessions: count }: ChangedAccount): string {
  if (count === 0) return 'no session was open';
  return count === 1 ? '1 session has ended' : `${count} sessions have ended`;
}
