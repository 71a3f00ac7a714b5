import { hasEnded } from '../domain/staff/account';
import { columns, shortId, when } from './columns';
import { argumentsOf, type Command, optionsOf, Refusal, UsageError } from './command';
import { withStorage } from './open';

export const tokenList: Command = {
  name: 'token list',
  summary: 'list which programs have access, and until when',
  usage: '',
  details: 'One line each: id, role, desk, when it was made, ends, was used last (to the hour), and what it is for.',

  async run(args, terminal) {
    optionsOf(args, {});
    const tokens = await withStorage(terminal, ({ staff }) => staff.listTokens());
    const now = Date.now();
    const rows = tokens.map((token) => [
      ...[shortId(token.hash), token.role, token.deskId, when(token.createdAt)],
      ...[hasEnded(token, now) ? 'ended' : when(token.endsAt), when(token.lastUsedAt), token.name],
    ]);
    const head = ['id', 'role', 'desk', 'made', 'ends', 'last used', 'name'];
    for (const line of columns(head, rows)) terminal.out(line);
  },
};

export const tokenRevoke: Command = {
  name: 'token revoke',
  summary: 'take a program’s access away',
  usage: 'NAME|ID',
  details:
    'By its name or by its id in "token list"; where several have the name, by id. It holds at once in every process.',

  async run(args, terminal) {
    const [wanted, ...more] = argumentsOf(args);
    if (wanted === undefined || more.length > 0) throw new UsageError('NAME|ID: expected one token');
    const revoked = await withStorage(terminal, (storage) =>
      storage.write(async ({ staff }) => {
        const all = await staff.listTokens();
        const found = all.filter(({ hash, name }) => shortId(hash) === wanted || name === wanted);
        const [token, ...others] = found;
        if (!token) throw new Refusal(`There is no token ${wanted}; "token list" lists them.`);
        if (others.length > 0)
          throw new Refusal(
            `${found.length} tokens are named ${wanted}: say which, ${found.map(({ hash }) => shortId(hash)).join(' or ')}.`,
          );
        await staff.removeToken(token.hash);
        return token;
      }),
    );
    terminal.out(`${revoked.name}, ${revoked.role} of ${revoked.deskId}: revoked.`);
  },
};
