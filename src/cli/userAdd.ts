import type { Storage } from '../app/ports/storage';
import { isRefusal } from '../domain/errors';
import { randomIds } from '../identity/ids';
import { argon2Passwords } from '../identity/passwords';
import { isAddress } from '../mail/address';
import { type Command, optionsOf, Refusal, required, type Terminal, UsageError } from './command';
import { advisorNamed, deskNamed, roleNamed, withStorage } from './open';

/** NIST SP 800-63B-4 §3.1.1.2 asks for 15 where a password is all there is, OWASP ASVS 6.2.1 for 8 at least. */
const SHORTEST = 12;
/** What a sign-in accepts. */
const LONGEST = 1024;

export const userAdd: Command = {
  name: 'user add',
  summary: 'let somebody sign in',
  usage: '--email E --name N --role advisor|receptionist|manager|admin --desk D [--advisor A] --password-stdin',
  details: `The password is read from standard input, so that it stands in no list of processes and no shell history:
  printf %s "$PASSWORD" | npm run --silent cli -- user add … --password-stdin
It has at least ${SHORTEST} characters; a newline at its end does not count.
--advisor says which of the desk's advisors this person is; without it, an advisor may read but change nothing.`,

  async run(args, terminal) {
    const options = optionsOf(args, {
      email: { type: 'string' },
      name: { type: 'string' },
      role: { type: 'string' },
      desk: { type: 'string' },
      advisor: { type: 'string' },
      'password-stdin': { type: 'boolean' },
    });
    const { email, name, role: roleName, desk: deskId } = required(options, ['email', 'name', 'role', 'desk']);
    if (!options['password-stdin'])
      throw new UsageError('--password-stdin: expected, with the password on standard input');
    if (!isAddress(email)) throw new Refusal(`--email: expected a mail address, not ${email}`);
    const role = roleNamed(roleName);
    const passwordHash = await argon2Passwords.hash(await passwordFrom(terminal));

    await withStorage(terminal, async (storage) => {
      const desk = await deskNamed(storage, deskId);
      const advisorId = advisorNamed(desk, options.advisor);
      await add(storage, { id: randomIds.uuid(), email, name, role, deskId, advisorId, passwordHash });
    });
    terminal.out(`${email} can sign in as ${role} of ${deskId}.`);
  },
};

async function passwordFrom(terminal: Terminal): Promise<string> {
  const password = (await terminal.readInput()).replace(/\r?\n$/, '');
  const length = [...password].length;
  if (length < SHORTEST)
    throw new Refusal(
      `The password has ${length} characters; it must have at least ${SHORTEST}. Several words are fine.`,
    );
  if (password.length > LONGEST) throw new Refusal(`The password is longer than ${LONGEST} characters.`);
  return password;
}

async function add(storage: Storage, user: Parameters<Storage['staff']['addUser']>[0]): Promise<void> {
  try {
    await storage.write(({ staff }) => staff.addUser(user));
  } catch (error) {
    if (isRefusal(error, 'invalid')) throw new Refusal(`${user.email} is taken by another user.`);
    throw error;
  }
}
