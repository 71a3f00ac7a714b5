import { setTimeout as after } from 'node:timers/promises';
import { rotateSecret } from '../app/secret/rotateSecret';
import { readSecret } from '../compose';
import { readConfig } from '../config';
import { randomIds } from '../identity/ids';
import { manageTokens } from '../identity/manageTokens';
import { type Command, optionsOf } from './command';
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
    const config = readConfig(terminal.env);
    const tokens = manageTokens(readSecret(config, randomIds), config.secretPrevious);
    const { bookings, renewed } = await withStorage(terminal, (storage) =>
      rotateSecret({ storage, tokens, pause: async (ms) => void (await after(ms)) })(),
    );
    terminal.out(`${renewed} of ${bookings} bookings have links made with another secret now than before.`);
    terminal.out(
      tokens.previous
        ? 'Links in mails that were sent open their bookings while SECRET_PREVIOUS is set.'
        : 'Links that another SECRET made are dead.',
    );
  },
};
