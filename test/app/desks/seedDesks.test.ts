import { seedDesks } from '../../../src/app/desks/seedDesks';
import type { Storage } from '../../../src/app/ports/storage';
import { openSqlite } from '../../../src/storage/sqlite/open';
import { aDesk, NOW } from '../../support/builders';

describe('seedDesks', () => {
  let storage: Storage;
  beforeEach(async () => {
    storage = await openSqlite(':memory:', { now: NOW });
  });
  afterEach(() => storage.close());

  const present = async () => (await storage.desks.list()).map(({ id }) => id);

  it('adds desks, which are read back unchanged', async () => {
    const desks = [aDesk(), aDesk({ id: 'second' })];
    expect(await seedDesks({ storage })(desks)).toEqual({ added: ['expat-desk', 'second'], present: [] });
    expect(await storage.desks.list()).toEqual(desks);
    for (const desk of desks) expect(await storage.desks.find(desk.id)).toEqual(desk);
  });

  it('leaves an existing desk as it is', async () => {
    await seedDesks({ storage })([aDesk()]);
    const changed = aDesk({ phone: 'another' });
    expect(await seedDesks({ storage })([changed, aDesk({ id: 'second' })])).toEqual({
      added: ['second'],
      present: ['expat-desk'],
    });
    expect((await storage.desks.find('expat-desk'))?.phone).toBe(aDesk().phone);
  });

  it('adds a desk once that is given twice', async () => {
    expect(await seedDesks({ storage })([aDesk(), aDesk()])).toEqual({
      added: ['expat-desk'],
      present: ['expat-desk'],
    });
    expect(await present()).toEqual(['expat-desk']);
  });
});
