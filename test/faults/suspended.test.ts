import { arrivals, outboxState } from './support/arrivals';
import { anyone, bookingOf } from './support/client';
import { dayAndNight, HOUR, holdOf, MINUTE } from './support/dayAndNight';
import { verdict } from './support/oracle';
import { FULL, pause } from './support/program';
import { report } from './support/report';
import { allSent, quiet, type Scene, sceneAt } from './support/scene';
import { atOnce, describeWithShim, suite } from './support/suite';

const here = suite();

/** Another process takes the jobs when their holder was silent for 20 s, and looks every 5 s. */
const TAKEN_OVER_MS = 30_000;
/** How long after its waking a process has certainly looked whose the jobs are. */
const NEXT_BEAT_MS = 6_000;

describeWithShim('A machine that is suspended', () => {
  it('comes back after two hours with its holds over and its jobs running, and sends what waited', async () => {
    await onAll('alone', 1, async ([scene]) => {
      const { client, smtp } = scene as Scene;
      const only = scene as Scene;
      const [start = '', other = ''] = (await client.slots()).slice(100);
      const holdId = holdOf(await client.hold(start));
      smtp.behave(451);
      const { email } = bookingOf(await client.book({ start: other }));
      await quiet(only);
      smtp.behave('accept');

      await only.suspend();
      // During a suspension, the machine's wall clock goes on, but the monotonic clock of its processes stands still.
      await only.setClock(2 * HOUR);
      only.wake();
      await allSent(only);
      expect((await client.book({ start })).status).toBe(201);
      expect((await client.book({ start, hold: holdId })).status).toBe(409);
      expect((await client.slots()).filter((each) => Date.parse(each) < only.now() - MINUTE)).toEqual([]);
      await allSent(only);
      const found = await verdict(only.place.url, []);
      const { tales, ...mails } = await arrivals(only.database, smtp);
      expect(found).toMatchObject({ doubled: 0, untold: 0, unheard: 2 });
      expect(mails).toEqual({ mails: 4, copies: 0, needless: 0, unlike: 0, astray: 0, disordered: 0 });
      expect(tales.get(email)).toEqual(['REQUEST 0']);
      tell(only, 'suspended for 2 h', {
        doubled: found.doubled,
        mails: mails.mails,
        remarks: 'hold over, retry sent at once',
      });
    });
  }, 1_800_000);

  it('leaves its jobs to another, and does nothing again that is done when it wakes', async () => {
    await onAll('beside', 2, async ([first, second]) => {
      const [sleeper, other] = [first as Scene, second as Scene];
      const starts = (await sleeper.client.slots()).slice(100);
      // The sleeper has begun to hand one mail over, and the mail server never answers.
      const email = anyone();
      sleeper.smtp.behave('hang', email);
      expect((await sleeper.client.book({ start: starts[0] as string, email })).status).toBe(201);
      while (sleeper.smtp.unacknowledged.length === 0) await pause(20);
      while ((await outboxState(sleeper.database, sleeper.now())).waiting > 1) await pause(20);

      await sleeper.suspend();
      const asked = performance.now();
      expect((await other.client.book({ start: starts[1] as string })).status).toBe(201);
      const answeredIn = performance.now() - asked;
      const took = await takesOver(other);
      // The outbox leases the sleeper's mail to it for five minutes.
      await other.elapse(6 * MINUTE);
      await allSent(other);

      // The sleeper's connections do not outlive the sleep.
      await sleeper.line.cut();
      await sleeper.line.mend();
      sleeper.smtp.behave('accept');
      await sleeper.setClock(other.now() - sleeper.now());
      sleeper.wake();
      await pause(NEXT_BEAT_MS);
      expect((await other.client.book({ start: starts[2] as string })).status).toBe(201);
      await allSent(other);
      expect((await sleeper.client.book({ start: starts[3] as string })).status).toBe(201);
      await allSent(other);

      const found = await verdict(other.place.url, []);
      const peers = [sleeper.smtp, other.smtp];
      const mails = await arrivals(other.database, {
        received: peers.flatMap(({ received }) => received),
        unacknowledged: peers.flatMap(({ unacknowledged }) => unacknowledged),
      });
      expect(found).toMatchObject({ doubled: 0, untold: 0, unheard: 4 });
      expect(mails).toMatchObject({ mails: 8, copies: 1, needless: 0, unlike: 0, astray: 0, disordered: 0 });
      expect(mails.tales.get(email)).toEqual(['REQUEST 0']);
      expect(sleeper.smtp.received).toHaveLength(1);
      tell(other, 'one of two programs suspended with a mail in its hands', {
        doubled: found.doubled,
        mails: mails.mails,
        remarks: `the other answered in ${Math.round(answeredIn)} ms and ${took}; nothing was sent twice after the waking`,
      });
    });
  }, 1_800_000);
});

/**
 * Waits until this program has sent all mails but the one that the other was handing over. In the short form, the
 * program's own time jumps; in the full one, the test waits as long as it takes.
 */
async function takesOver(scene: Scene): Promise<string> {
  const began = performance.now();
  if (!FULL) {
    // The program must have looked at the other processes once before the time passes.
    await scene.elapse(6_000);
    await scene.elapse(TAKEN_OVER_MS);
  }
  while ((await outboxState(scene.database, scene.now())).waiting > 1) {
    if (performance.now() - began > 2 * TAKEN_OVER_MS) throw new Error('nobody takes the jobs');
    await pause(50);
  }
  return FULL ? `sent after ${Math.round((performance.now() - began) / 1000)} s` : 'took the jobs over';
}

function tell({ place }: Scene, what: string, counted: { doubled: number; mails: number; remarks: string }): void {
  report({ fault: `${place.kind}: ${what}`, tries: 1, ...counted });
}

/** Does the work with `count` programs, started one after the other, on one database of each kind at once. */
async function onAll(name: string, count: number, work: (all: readonly Scene[]) => Promise<void>): Promise<void> {
  await atOnce(await here.places(name), async (place) => {
    const together: Scene[] = [];
    for (let i = 0; i < count; i++)
      together.push(here.closing(await sceneAt(place, here.dir, { desk: dayAndNight(1) })));
    await work(together);
  });
}
