import type { Storage } from '../app/ports/storage';
import { isRefusal } from '../domain/errors';
import { isAddress, readAddress } from '../fields/mailAddress';
import { randomIds } from '../identity/ids';
import { type Command, optionsOf, Refusal, required } from './command';
import { advisorNamed, deskNamed, ROLE_USAGE, roleNamed, withStorage } from './open';
import { PASSWORD_HELP, passwordHashFrom } from './password';

export const userAdd: Command = {
  name: 'user add',
  summary: 'let somebody sign in',
  usage: `--email E --name N ${ROLE_USAGE} --desk D [--advisor A] --password-stdin`,
  details: `${PASSWORD_HELP}
  printf %s "$PASSWORD" | npm run --silent cli -- user add … --password-stdin
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
    if (!isAddress(readAddress(email) ?? email)) throw new Refusal(`--email: expected a mail address, not ${email}`);
    const role = roleNamed(roleName);
    const passwordHash = await passwordHashFrom(terminal, options['password-stdin']);

    await withStorage(terminal, async (storage) => {
      const desk = await deskNamed(storage, deskId);
      const advisorId = advisorNamed(desk, options.advisor);
      await add(storage, { id: randomIds.uuid(), email, name, role, deskId, advisorId, passwordHash });
    });
    terminal.out(`${email} can sign in as ${role} of ${deskId}.`);
  },
};

async function add(storage: Storage, user: Parameters<Storage['staff']['addUser']>[0]): Promise<void> {
  try {
    await storage.write(({ staff }) => staff.addUser(user));
  } catch (error) {
    if (isRefusal(error, 'invalid')) throw new Refusal(`${user.email} is taken by another user.`);
    throw error;
  }
}
