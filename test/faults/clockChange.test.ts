import { arrivals } from './support/arrivals';
import { dayAndNight, HOUR, holdOf, MINUTE, offerOf } from './support/dayAndNight';
import { verdict } from './support/oracle';
import { report } from './support/report';
import { allSent, type Scene, sceneAt } from './support/scene';
import { atOnce, describeWithShim, suite } from './support/suite';

const here = suite();

/** When the clocks change in Berlin, and what they show at the first three half hours from then on. */
const NIGHTS = [
  { name: 'spring', change: '2027-03-28T01:00:00Z', shown: ['03:00+02:00', '03:30+02:00', '04:00+02:00'] },
  { name: 'autumn', change: '2027-10-31T01:00:00Z', shown: ['02:00+01:00', '02:30+01:00', '03:00+01:00'] },
];

describeWithShim('The night in which the clocks change', () => {
  it.each(NIGHTS)(
    'doubles and skips no half hour in $name, and a hold lasts a quarter of an hour',
    async ({ name, change, shown }) => {
      await onAll(name, async (scene) => {
        const at = Date.parse(change);
        await scene.setClock(at - 10 * MINUTE - Date.now());
        const { client } = scene;
        const late = new Date(at + 20 * HOUR).toISOString();
        const holdId = holdOf(await client.hold(late));

        const labels = (await client.slots()).filter((start) => Date.parse(start) >= at).slice(0, 3);
        expect(labels.map((start) => start.slice(11, 16) + start.slice(19))).toEqual(shown);
        const before = await offerOf(scene, 6);
        expect(before).toMatchObject({ missing: [], over: [], wrong: [] });
        const taken = Array.from({ length: 6 }, (_, i) => at + i * 30 * MINUTE);

        await allSent(scene);
        await scene.elapse(at + 4 * MINUTE - scene.now());
        expect((await client.book({ start: late })).status).toBe(409);
        await scene.elapse(3 * MINUTE);
        expect((await client.book({ start: late })).status).toBe(201);
        expect((await client.book({ start: late, hold: holdId })).status).toBe(409);
        const after = await offerOf(scene, 12, taken);
        expect(after).toMatchObject({ missing: [], over: [], wrong: [] });

        await allSent(scene);
        const found = await verdict(scene.place.url, []);
        const mails = await arrivals(scene.database, scene.smtp);
        expect(found).toMatchObject({ doubled: 0, untold: 0 });
        expect(mails).toMatchObject({ copies: 0, astray: 0, disordered: 0, mails: 2 * found.unheard });
        report({
          fault: `${scene.place.kind}: the clock change in ${name}, under the running program`,
          tries: before.tried + after.tried,
          found: found.unheard,
          doubled: found.doubled,
          mails: mails.mails,
          remarks: 'each half hour once; offered = bookable before and after; there are no reminders yet',
        });
      });
    },
    1_800_000,
  );
});

async function onAll(name: string, work: (scene: Scene) => Promise<void>): Promise<void> {
  await atOnce(await here.places(name), async (place) => {
    const scene = await sceneAt(place, here.dir, { desk: dayAndNight(1) });
    await work(scene).finally(() => scene.close());
  });
}
