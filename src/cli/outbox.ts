import { MINUTE } from '../domain/calendar/interval';
import { type Command, optionsOf, Refusal, required } from './command';
import { withStorage } from './open';

export const outboxStatus: Command = {
  name: 'outbox status',
  summary: 'say how many mails wait, and whether they are held back',
  usage: '',
  details: 'Mails wait until their time has come, until the mail server takes them, or while the outbox is paused.',

  async run(args, terminal) {
    optionsOf(args, {});
    const { depth, age, paused } = await withStorage(terminal, ({ outbox }) => outbox.state(Date.now()));
    terminal.out(
      `${mails(depth)} ${depth === 1 ? 'waits' : 'wait'}${depth > 0 ? `, the oldest for ${duration(age)}` : ''}.`,
    );
    terminal.out(paused ? `Paused since ${isoTime(paused.since)}: ${paused.reason}` : 'Not paused.');
  },
};

export const outboxPause: Command = {
  name: 'outbox pause',
  summary: 'send no mail until "outbox resume"',
  usage: '--reason R',
  details:
    'Bookings go on; their mails wait. The reason is shown by "outbox status". It takes effect with the next mail, on all machines.',

  async run(args, terminal) {
    const { reason } = required(optionsOf(args, { reason: { type: 'string' } }), ['reason']);
    const before = await withStorage(terminal, ({ write }) =>
      write(async ({ outbox }) => {
        const { paused } = await outbox.state(Date.now());
        await outbox.pause(reason, Date.now());
        return paused;
      }),
    );
    if (before) throw new Refusal(`The outbox is paused already, since ${isoTime(before.since)}: ${before.reason}`);
    terminal.out('The outbox is paused: no mail is sent.');
  },
};

export const outboxResume: Command = {
  name: 'outbox resume',
  summary: 'send the mails that were held back',
  usage: '',
  details: `The confirmation after a restore. Look at "outbox status" first: what the backup believes unsent may have been sent before the loss;
then it is sent once more, byte for byte the same, and calendars take it as the same.`,

  async run(args, terminal) {
    optionsOf(args, {});
    const waiting = await withStorage(terminal, ({ write }) =>
      write(async ({ outbox }) => {
        const { depth } = await outbox.state(Date.now());
        return (await outbox.resume()) ? depth : null;
      }),
    );
    terminal.out(
      waiting === null ? 'The outbox was not paused.' : `The outbox sends again: ${mails(waiting)} will now go out.`,
    );
  },
};

function mails(count: number): string {
  return count === 1 ? '1 mail' : `${count} mails`;
}

function isoTime(at: number): string {
  return new Date(at).toISOString();
}

/** Formats milliseconds as `3 d 4 h 5 min`, without seconds. */
function duration(ms: number): string {
  const minutes = Math.floor(ms / MINUTE);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  return `${days > 0 ? `${days} d ` : ''}${days + hours > 0 ? `${hours} h ` : ''}${minutes % 60} min`;
}
