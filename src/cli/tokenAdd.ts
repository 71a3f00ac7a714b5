import { randomIds } from '../identity/ids';
import { sha256 } from '../identity/manageTokens';
import { type Command, optionsOf, required } from './command';
import { advisorNamed, deskNamed, roleNamed, withStorage } from './open';

/** Scanners for leaked secrets find a token by what it begins with. */
const PREFIX = 'sst_';

export const tokenAdd: Command = {
  name: 'token add',
  summary: 'give a program access, and print its token',
  usage: '--role advisor|receptionist|manager|admin --desk D --name N [--advisor A]',
  details: `The token is printed once, alone on its line, and only its hash is kept. Programs send it as "Authorization: Bearer TOKEN".
--name says what it is for. --advisor: the advisor in whose name an advisor's token acts.`,

  async run(args, terminal) {
    const options = optionsOf(args, {
      role: { type: 'string' },
      desk: { type: 'string' },
      name: { type: 'string' },
      advisor: { type: 'string' },
    });
    const { role: roleName, desk: deskId, name } = required(options, ['role', 'desk', 'name']);
    const role = roleNamed(roleName);
    const token = `${PREFIX}${randomIds.secret()}`;

    await withStorage(terminal, async (storage) => {
      const advisorId = advisorNamed(await deskNamed(storage, deskId), options.advisor);
      await storage.write(({ staff }) =>
        staff.addToken({ hash: sha256(token), name, role, deskId, advisorId }, Date.now()),
      );
    });
    terminal.err(`Token for ${name}, ${role} of ${deskId}. It is shown only now:`);
    terminal.out(token);
  },
};
