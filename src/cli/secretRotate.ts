import { setTimeout as after } from 'node:timers/promises';
import { rotateSecret } from '../app/secret/rotateSecret';
import { readConfig } from '../config';
import { manageTokens } from '../identity/manageTokens';
import { sealer } from '../identity/sealer';
import { type Command, optionsOf, Refusal } from './command';
import { withStorage } from './open';

export const secretRotate: Command = {
  name: 'secret rotate',
  summary: 'let the links of all bookings be made with a new SECRET',
  usage: '',
  details: `Set SECRET to the new secret and SECRET_PREVIOUS to the one before, for this command and for the server, run it, and restart the server.
Links in mails that were sent go on as long as SECRET_PREVIOUS is set; each mail from now on has the new link. Without SECRET_PREVIOUS the
old links are dead at once: for a secret that got into wrong hands. It is safe to run twice, and while servers are running; a server that
starts with SECRET_PREVIOUS does the same for what was booked meanwhile.`,

  async run(args, terminal) {
    optionsOf(args, {});
    const { secret, secretPrevious } = readConfig(terminal.env);
    // Without SECRET the program would generate one that the server does not know, and every manage link would stop
    // working.
    if (secret === null) throw new Refusal('SECRET: expected, the new one');
    const tokens = manageTokens(secret, secretPrevious);
    const { bookings, renewed } = await withStorage(terminal, (storage) =>
      rotateSecret({
        ...{ storage, tokens, sealer: sealer(secret, secretPrevious) },
        pause: async (ms) => void (await after(ms)),
      })(),
    );
    terminal.out(`${renewed} of ${bookings} bookings have links made with another secret now than before.`);
    terminal.out(
      tokens.previous
        ? 'Links in mails that were sent open their bookings while SECRET_PREVIOUS is set.'
        : 'Links that another SECRET made are dead.',
    );
  },
};
