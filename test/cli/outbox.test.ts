import { testApp } from '../support/app';
import { booked } from '../support/bookings';
import { kinds, newDatabase } from '../support/databases';
import { operate } from '../support/operator';

describe.each(kinds())('The outbox’s commands on %s', (kind) => {
  it('pause it once, say since when and why, and resume it', async () => {
    const database = await newDatabase(kind);
    const app = await testApp({ databaseUrl: database.url });
    const outbox = (...args: string[]) => operate(database.url, ['outbox', ...args]);
    const said = (out: string | RegExp) => ({ code: 0, out: expect.stringMatching(out), err: '' });

    expect(await outbox('status')).toEqual(said(/^0 mails wait\.\nNot paused\.$/));
    expect(await outbox('pause', '--reason', 'the mail server is moved')).toEqual(
      said('The outbox is paused: no mail is sent.'),
    );
    const again = await outbox('pause', '--reason', 'another');
    expect(again).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(/^The outbox is paused already, since 20.*: the mail server is moved$/),
    });

    await booked(app);
    await app.run('sendOutbox');
    expect(await app.mailbox.list()).toEqual([]);
    const { depth } = await app.storage.outbox.state(app.clock.now());
    expect(await outbox('status')).toEqual(
      said(new RegExp(`^${depth} mails? waits?, the oldest for .*\\.\nPaused since 20.*: the mail server is moved$`)),
    );
    expect(await outbox('resume')).toEqual(
      said(new RegExp(`^The outbox sends again: ${depth} mails? will now go out\\.$`)),
    );
    expect(await outbox('resume')).toEqual(said(/^The outbox was not paused\.$/));
    await app.run('sendOutbox');
    expect(await app.mailbox.list()).toHaveLength(depth);
    await app.close();
    await database.drop();
  });
});

describe('The commands for operation', () => {
  it.each(['backup', 'restore', 'move-database', 'outbox status', 'outbox pause', 'outbox resume'])(
    'explain themselves: %s --help',
    async (command) => {
      const { code, out, err } = await operate('file:/nowhere/desk.db', [...command.split(' '), '--help']);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain(`npm run cli -- ${command}`);
    },
  );

  it.each([
    [['outbox'], 'outbox: no such command; --help lists them.'],
    [['outbox', 'pause'], '--reason: expected; see outbox pause --help.'],
    [['move-database'], '--to: expected; see move-database --help.'],
    [['restore'], 'FILE: expected once; see restore --help.'],
    [['backup', '--force', 'x'], "Unknown option '--force'; see backup --help."],
  ])('say which part they did not understand: %j', async (args, err) => {
    expect(await operate('file:/nowhere/desk.db', args)).toEqual({ code: 2, out: '', err });
  });
});
