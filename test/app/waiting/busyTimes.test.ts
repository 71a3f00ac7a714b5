import { SYSTEM } from '../../../src/domain/staff/caller';
import { testApp } from '../../support/app';
import { aCalendar, aCalendarServer } from '../../support/calendarServer';
import { aSmallDesk, waits } from '../../support/waiting';

describe('Who waits', () => {
  it('is offered what an advisor’s own calendar leaves free again', async () => {
    const server = await aCalendarServer();
    const desk = aSmallDesk();
    const t = await testApp({ desks: [desk], calendarAllow: [server.host] });
    try {
      const about = { who: SYSTEM, deskId: desk.id, advisorId: desk.advisors[0]?.id ?? '' };
      server.gives(aCalendar('20261101T000000Z/P90D'));
      await t.app.setBusyCalendar({ ...about, url: server.url });
      const ana = await waits(t, 'Ana');
      expect((await ana.entry()).state).toBe('waiting');
      await t.app.setBusyCalendar({ ...about, url: null });
      expect((await ana.entry()).state).toBe('offered');
    } finally {
      await t.close();
      await server.close();
    }
  });
});
