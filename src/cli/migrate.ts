import { type Command, optionsOf } from './command';
import { withStorage } from './open';

export const migrate: Command = {
  name: 'migrate',
  summary: 'bring the database up to this version, making it if need be',
  usage: '',
  details: 'The server does the same when it starts. It is safe to run twice, and while the server is running.',

  async run(args, terminal) {
    optionsOf(args, {});
    await withStorage(terminal, (storage) => storage.ping());
    terminal.out('The database is up to date.');
  },
};
